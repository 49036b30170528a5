"""Word documents: text with insertions and deletions, notes, comments, headers; properties; embedded files."""

from __future__ import annotations

import zipfile
from typing import Any

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_whole, open_archive, read_member
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.readers.ooxml import hand_on_embedded, part_root, read_properties
from magdesk.intake.readers.rtf import rtf_text
from magdesk.intake.readers.xmltext import flat_text, local
from magdesk.intake.source import Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CARRIERS = {"t", "delText"}
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "ptab": "\t"}
# The same signs as on the exhibit page; words of ours would be looked for there.
_STARTS = {"del": " [− ", "moveFrom": " [− "}
_ENDS = {"p": "\n", "tc": "\t", "tr": "\n", "del": " −] ", "moveFrom": " −] "}
_SKIPPED = {"Fallback", "instrText", "rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr"}
_SIDE_PARTS = (
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/comments.xml",
)


def read_docx(source: Source, findings: FileReading) -> None:
    """The text of a Word document in order, deletions marked, and what it says of itself."""
    try:
        with open_archive(source.stream, findings) as archive:
            check_whole(archive)
            read_properties(archive, findings)
            _read_text(archive, findings)
            hand_on_embedded(archive, findings)
    except DAMAGED as error:
        findings.damaged(_("The document is damaged."), type(error).__name__)
    if not findings.has_text:
        findings.note(_("The document holds no text that could be read."))


def _read_text(archive: zipfile.ZipFile, findings: FileReading) -> None:
    names = archive.namelist()
    main = main_part(archive, names)
    root = part_root(archive, main)
    if root is None:
        findings.note(_("The main part of the document is missing or damaged."))
        return
    _tell_changes(root, findings)
    findings.text(0, body_text(root))
    for name in _SIDE_PARTS:
        side = part_root(archive, name) if name in names else None
        text = _side_text(side).strip() if side is not None else ""
        if text:
            findings.text(0, f"\n{text}")
    margins = [name for name in names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")]
    seen = dict.fromkeys(
        body_text(side).strip() for name in margins[:200] if (side := part_root(archive, name)) is not None
    )
    findings.text(0, "\n".join(text for text in seen if text))
    for name in names:
        if (
            name.startswith("word/afchunk")
            or "/afchunk" in name.lower()
            or name.lower().endswith((".mht", ".htm", ".html"))
        ):
            findings.text(0, _chunk_text(name, read_member(archive, name)))


def main_part(archive: zipfile.ZipFile, names: list[str]) -> str:
    """The name of the part that holds the document itself."""
    root = part_root(archive, "_rels/.rels") if "_rels/.rels" in names else None
    for relation in root if root is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _chunk_text(name: str, raw: bytes) -> str:
    if raw.startswith(b"{\\rtf"):
        return rtf_text(raw)
    if name.lower().endswith((".htm", ".html", ".xhtml")) or b"<html" in raw[:2_000].lower():
        return html_text(decode_page(raw))
    return ""


def body_text(root: Any) -> str:
    """The text of a part in order, deletions marked."""
    return flat_text(root, carriers=_CARRIERS, marks=_MARKS, ends=_ENDS, starts=_STARTS, skipped=_SKIPPED)


def _side_text(root: Any) -> str:
    lines = []
    for note in root:
        who = note.get(f"{_W}author")
        when = str(note.get(f"{_W}date") or "")[:10]
        text = body_text(note).strip()
        if text:
            lines.append(f"{who}, {when}: {text}" if who else text)
    return "\n".join(lines)


def _tell_changes(root: Any, findings: FileReading) -> None:
    counts = {"ins": 0, "del": 0}
    authors: dict[str, None] = {}
    for element in root.iter(f"{_W}ins", f"{_W}del"):
        counts[local(element)] += 1
        authors[str(element.get(f"{_W}author") or "?")] = None
    if counts["ins"] or counts["del"]:
        told = _("{inserted} insertions, {deleted} deletions, by {who}")
        findings.detail(
            "document",
            "Tracked changes",
            told.format(inserted=counts["ins"], deleted=counts["del"], who=", ".join(list(authors)[:10])),
        )
