"""XML from outside: no entities, no DTD, no network; and its text in document order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from lxml import etree


def parse_xml(data: bytes) -> Any:
    """The root element.

    Raises:
        etree.XMLSyntaxError: it is not well-formed, or deeper or larger than any honest document.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def local(element: Any) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def flat_text(
    root: Any,
    *,
    carriers: Collection[str],
    marks: Mapping[str, str],
    ends: Mapping[str, str],
    skipped: Collection[str] = (),
    starts: Mapping[str, str] | None = None,
) -> str:
    """The text of an element tree whose letters stand only in certain elements.

    Args:
        carriers: local names of elements whose own text counts.
        marks: what stands for an empty element such as a tab.
        ends: what follows an element such as a paragraph.
        skipped: elements left out with all they contain.
        starts: what precedes an element.
    """
    out: list[str] = []
    depth = 0
    opened = starts or {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if name in skipped:
            depth += 1 if event == "start" else -1
            continue
        if depth:
            continue
        if event == "start":
            out.append(opened.get(name, ""))
            if name in carriers and element.text:
                out.append(element.text)
            elif name in marks:
                out.append(marks[name])
        else:
            out.append(ends.get(name, ""))
    return "".join(out)
