"""The text of an OpenDocument tree."""

from __future__ import annotations

from typing import Any

from lxml import etree

from magdesk.i18n import _
from magdesk.intake.readers.xmltext import local

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def odf_text(root: Any) -> str:
    """The text below an element, paragraph by paragraph."""
    out: list[str] = []
    inside = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        paragraph = name in ("p", "h")
        if event == "start":
            inside += paragraph
            if name == "s":
                count = str(element.get(f"{_TEXT}c") or "1")
                out.append(" " * (min(int(count), 200) if count.isdigit() else 1))
            elif name in ("tab", "line-break"):
                out.append("\t" if name == "tab" else "\n")
            elif name in ("hidden-text", "hidden-paragraph") and element.get(f"{_TEXT}string-value"):
                out.append(_("[hidden: {words}]").format(words=element.get(f"{_TEXT}string-value")))
            elif inside and element.text:
                out.append(element.text)
        else:
            if paragraph:
                inside -= 1
                out.append("\n")
            if inside and element.tail and element is not root:
                out.append(element.tail)
            elif name == "table-cell":
                out.append("\t")
    return "".join(out)
