"""Recorded changes and comments of an OpenDocument text, in brackets where they stand (ODF 1.3 part 3, 5.5, 14.1).

What was deleted is kept apart from the text, and who reads the text alone neither sees it nor that anything is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from magdesk.i18n import _
from magdesk.intake.readers.odftext import odf_text
from magdesk.intake.readers.xmltext import local

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(slots=True)
class OdtMarks:
    """What was marked.

    Attributes:
        insertions: how many.
        deletions: how many.
        comments: how many.
    """

    insertions: int = 0
    deletions: int = 0
    comments: int = 0

    def sentence(self) -> str:
        """What a reader has to know of the brackets; empty where there are none."""
        told = (
            (_("insertions: {count}"), self.insertions),
            (_("deletions: {count}"), self.deletions),
            (_("comments: {count}"), self.comments),
        )
        parts = ", ".join(text.format(count=count) for text, count in told if count)
        if not parts:
            return ""
        return _("The document records changes or comments, which are shown in brackets ({parts}).").format(
            parts=parts
        )


def mark(root: Any) -> OdtMarks:
    """Set brackets into the tree of a document; it is changed."""
    marks = OdtMarks()
    regions = _regions(root)
    for element in list(root.iter(f"{TEXT}change", f"{TEXT}change-start", f"{TEXT}change-end")):
        kind, about, words = regions.get(str(element.get(f"{TEXT}change-id")), ("", "", ""))
        point = local(element)
        if kind == "deletion" and point == "change":
            marks.deletions += 1
            _replace(element, _("[deleted{about}: {words}]").format(about=about, words=words))
        elif kind == "insertion" and point == "change-start":
            marks.insertions += 1
            _replace(element, _("[inserted{about}: ").format(about=about))
        elif kind == "insertion" and point == "change-end":
            _replace(element, "]")
    for record in list(root.iter(f"{TEXT}tracked-changes")):
        record.getparent().remove(record)
    for comment in list(root.iter(f"{_OFFICE}annotation")):
        marks.comments += 1
        about = _about(comment)
        for child in list(comment):
            if local(child) not in ("p", "list"):
                comment.remove(child)
        words = " / ".join(line.strip() for line in odf_text(comment).split("\n") if line.strip())
        _replace(comment, _("[comment{about}: {words}]").format(about=about, words=words))
    return marks


def _regions(root: Any) -> dict[str, tuple[str, str, str]]:
    """Kind, person and date, and the words of each recorded change."""
    found: dict[str, tuple[str, str, str]] = {}
    for region in root.iter(f"{TEXT}changed-region"):
        change = next((one for one in region if local(one) in ("insertion", "deletion")), None)
        if change is None:
            continue
        about = _about(next((one for one in change if local(one) == "change-info"), change))
        words = ""
        if local(change) == "deletion":
            lines = [odf_text(one) for one in change if local(one) != "change-info"]
            words = " / ".join(line.strip() for text in lines for line in text.split("\n") if line.strip())
        for name in (_ID, f"{TEXT}id"):
            if region.get(name):
                found[str(region.get(name))] = local(change), about, words
    return found


def _about(element: Any) -> str:
    """Who and when, as far as it says so."""
    told = {local(one): " ".join(str(one.text or "").split()) for one in element if local(one) in ("creator", "date")}
    parts = [told.get("creator", ""), told.get("date", "")[:10]]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _replace(element: Any, words: str) -> None:
    """Put words in the place of an element."""
    parent, before = element.getparent(), element.getprevious()
    words += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(element)
