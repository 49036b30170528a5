"""Text recognition, optional, behind one interface: a ``tesseract`` that is on the system, fed through pipes only.

MagDesk brings no recognition of its own. Where the program is not there, everything else works and says so. It runs
in a box of its own (:mod:`magdesk.intake.sandbox.launch`), reads nothing but its own data and can neither write a
file nor reach a network.
"""

from __future__ import annotations

import io
from typing import Protocol

from PIL import Image, ImageOps

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.sandbox.programs import Program, ProgramFailed, Programs
from magdesk.pageranges import PAGES_RECOGNISED, ranges

PAGES_WITHOUT_TEXT = "Pages without text"
"""Name of the detail that says which pages of a PDF have no text of their own."""
RECOGNISED_BY = "Text recognised by"
"""Name of the detail that says which program did, with its languages in parentheses."""

_PAGE_SECONDS = 120.0
_LONGEST = 8_000  # points of the longer side; letters are legible far below that


class Ocr(Protocol):
    """Something that reads letters off a picture."""

    @property
    def name(self) -> str:
        """Program and version."""

    def languages(self) -> tuple[str, ...]:
        """The languages it can read, by its own codes, e.g. ``eng``, ``rus``, ``ara``."""

    def recognise(self, picture: bytes, languages: tuple[str, ...]) -> str:
        """The text of a picture in PNG form; empty when there is none.

        Raises:
            ProgramFailed: the program failed.
        """


class Tesseract:
    """The tesseract program of the system."""

    def __init__(self, programs: Programs, version: str) -> None:
        self._programs = programs
        self._version = version

    @property
    def name(self) -> str:
        """Program and version."""
        return self._version

    def languages(self) -> tuple[str, ...]:
        """The languages installed."""
        try:
            told = self._programs.run(Program.TESSERACT, ("languages",), b"", _PAGE_SECONDS)
        except ProgramFailed:
            return ()
        lines = told.decode("utf-8", "replace").splitlines()[1:]
        return tuple(sorted(line.strip() for line in lines if line.strip() not in ("", "osd")))

    def recognise(self, picture: bytes, languages: tuple[str, ...]) -> str:
        """The text of a picture in PNG form."""
        return self._programs.run(Program.TESSERACT, languages, picture, _PAGE_SECONDS).decode("utf-8", "replace")


def find_ocr(programs: Programs) -> Ocr | None:
    """The recognition that is there, if any."""
    try:
        told = programs.run(Program.TESSERACT, ("version",), b"", _PAGE_SECONDS)
    except ProgramFailed:
        return None
    first = told.decode("utf-8", "replace").partition("\n")[0].strip()
    return Tesseract(programs, first if first.startswith("tesseract") else "tesseract")


def recognise_page(
    engine: Ocr, image: Image.Image, page: int, languages: tuple[str, ...], findings: FileReading
) -> None:
    """Recognise the text of one page and add it to what was found."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_LONGEST, _LONGEST))
    if upright.mode not in ("L", "1"):
        upright = upright.convert("L")
    out = io.BytesIO()
    upright.save(out, "PNG", compress_level=1)
    try:
        findings.text(page, engine.recognise(out.getvalue(), languages), recognised=True)
    except ProgramFailed:
        findings.note(_("Text recognition failed on some pages."))
    findings.pulse()


def say_recognised(engine: Ocr | None, languages: tuple[str, ...], findings: FileReading) -> None:
    """Say, once, where recognised text came from."""
    if engine is None:
        findings.note(_("Text recognition (tesseract) is not installed on this computer."))
        return
    if not findings.recognised:
        findings.note(_("No text could be recognized by a program; look at the pages."))
        return
    findings.detail("reading", RECOGNISED_BY, f"{engine.name} ({'+'.join(languages)})")
    findings.detail("reading", PAGES_RECOGNISED, ranges(findings.recognised))
    findings.note(_("The text was recognized by a program and may contain errors; compare it with the picture."))
