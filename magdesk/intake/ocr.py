"""Text recognition, optional, behind one interface: a ``tesseract`` that is on the system, fed through pipes only.

MagDesk brings no recognition of its own. Where the program is not there, everything else works and says so. It runs
inside the reading process, under its limits, and can neither write a file nor reach a network.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from typing import Protocol

from PIL import Image, ImageOps

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading

_PAGE_SECONDS = 120
_LONGEST = 8_000  # points of the longer side; letters are legible far below that
_NO_WINDOW = 0x08000000  # Windows: no console flashes up


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
            OSError: the program failed.
        """


class Tesseract:
    """The tesseract program of the system."""

    def __init__(self, program: str) -> None:
        """Use the program at that path."""
        self._program = program

    @property
    def name(self) -> str:
        """Program and version."""
        first = self._run(["--version"]).partition("\n")[0].strip()
        return first if first.startswith("tesseract") else "tesseract"

    def languages(self) -> tuple[str, ...]:
        """The languages installed."""
        lines = self._run(["--list-langs"]).splitlines()[1:]
        return tuple(sorted(line.strip() for line in lines if line.strip() not in ("", "osd")))

    def recognise(self, picture: bytes, languages: tuple[str, ...]) -> str:
        """The text of a picture in PNG form."""
        return self._run(["stdin", "stdout", "-l", "+".join(languages)], picture)

    def _run(self, arguments: list[str], data: bytes = b"") -> str:
        try:
            done = subprocess.run(  # noqa: S603  found on PATH and asked for by the user; no shell
                [self._program, *arguments],
                input=data,
                capture_output=True,
                timeout=_PAGE_SECONDS,
                check=False,
                env=os.environ | {"OMP_THREAD_LIMIT": "1"},
                creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except subprocess.TimeoutExpired as error:
            raise OSError("text recognition took too long") from error
        if done.returncode:
            raise OSError("text recognition failed")
        # Old versions list languages on the error channel.
        return (done.stdout or done.stderr).decode("utf-8", "replace")


def find_ocr() -> Ocr | None:
    """The recognition that is there, if any."""
    program = shutil.which("tesseract")
    return Tesseract(program) if program else None


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
    except OSError:
        findings.note(_("Text recognition failed on some pages."))
    findings.pulse()


def say_recognised(engine: Ocr | None, languages: tuple[str, ...], findings: FileReading) -> None:
    """Say, once, where recognised text came from."""
    if engine is None:
        findings.note(_("No text recognition (tesseract) is installed on this computer."))
        return
    findings.detail("reading", "Text recognised by", f"{engine.name} ({'+'.join(languages)})")
    findings.note(_("Text was recognised by a program and may contain errors; compare it with the picture."))
