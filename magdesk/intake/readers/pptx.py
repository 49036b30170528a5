"""Slides: the text of each, with its notes; properties; embedded files."""

from __future__ import annotations

import re
import zipfile

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_whole, open_archive
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.ooxml import hand_on_embedded, part_root, read_properties
from magdesk.intake.readers.xmltext import flat_text
from magdesk.intake.source import Source

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_MOST = 5_000


def read_pptx(source: Source, findings: FileReading) -> None:
    """The text of the slides in their order."""
    try:
        with open_archive(source.stream, findings) as archive:
            check_whole(archive)
            read_properties(archive, findings)
            slides = _slides(archive)
            findings.pages = len(slides)
            findings.detail("document", "Hidden slides", ", ".join(map(str, sorted(_hidden(archive, slides)))))
            for number, name in enumerate(slides[:_MOST], 1):
                notes = _related(archive, name, "/notesSlide")
                text = _text(archive, name)
                if notes:
                    text += "\n" + _text(archive, notes[0])
                for comments in _related(archive, name, "/comments"):
                    text += "\n" + _text(archive, comments)
                findings.text(number, text)
            hand_on_embedded(archive, findings)
    except DAMAGED as error:
        findings.damaged(_("The presentation is damaged."), type(error).__name__)
    if not findings.has_text:
        findings.note(_("The slides hold no text that could be read."))


def hidden_slides(archive: zipfile.ZipFile) -> tuple[frozenset[int], int]:
    """Which slides are hidden, by their number from 1, and how many there are (ECMA-376 part 1, 19.3.1.38)."""
    slides = _slides(archive)
    return _hidden(archive, slides), len(slides)


def _hidden(archive: zipfile.ZipFile, slides: list[str]) -> frozenset[int]:
    roots = ((number, part_root(archive, name)) for number, name in enumerate(slides[:_MOST], 1))
    return frozenset(
        number for number, root in roots if root is not None and str(root.get("show", "1")) in ("0", "false")
    )


def _slides(archive: zipfile.ZipFile) -> list[str]:
    names = set(archive.namelist())
    found = [name for name in names if _SLIDE.fullmatch(name)]
    by_number = sorted(found, key=lambda name: int(_SLIDE.fullmatch(name)[1]))  # type: ignore[index]
    root = part_root(archive, "ppt/presentation.xml")
    relations = part_root(archive, "ppt/_rels/presentation.xml.rels")
    if root is None or relations is None:
        return by_number
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    ordered = []
    for slide in root.iter("{*}sldId"):
        target = targets.get(str(slide.get(key)), "")
        name = target.lstrip("/") if target.startswith("/") else f"ppt/{target}"
        if name in names:
            ordered.append(name)
    return ordered + [name for name in by_number if name not in ordered]


def _related(archive: zipfile.ZipFile, name: str, kind: str) -> list[str]:
    folder, _slash, file = name.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    root = part_root(archive, path) if path in archive.namelist() else None
    found = []
    for relation in root if root is not None else ():
        if str(relation.get("Type", "")).endswith(kind):
            target = str(relation.get("Target", ""))
            found.append(target.lstrip("/") if target.startswith("/") else f"ppt/{target.removeprefix('../')}")
    return found


def _text(archive: zipfile.ZipFile, name: str) -> str:
    root = part_root(archive, name)
    if root is None:
        return ""
    for field in list(root.iter("{*}fld")):
        if field.get("type") == "slidenum":  # a count of the program, and no word of the slide
            field.clear()
    return flat_text(
        root,
        carriers={"t", "text"},
        marks={"br": "\n", "tab": "\t"},
        ends={"p": "\n", "tc": "\t", "text": "\n"},
        skipped={"Fallback"},
    ).strip()
