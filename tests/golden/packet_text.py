"""A packet as text that people review: the words of each document in their order, its bookmarks, its lists, its keys.

Layout is left out: lines are joined and written one sentence to a line, running heads and feet stand once at the top,
and a page break is a line of its own, so that a word that is added moves that line and no other.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pikepdf
import pypdfium2
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

_SENTENCE = re.compile(r"(?<=[^\s.]{4}[.;?!])\s+(?=[^\s\da-z])")
_LEADER = re.compile(r"(?: ?\.){4,}")  # dots of a table of contents: how many is a matter of width
_EDGE = 3  # lines at the top and foot of a page that may be running heads and feet


def packet_text(folder: Path) -> dict[str, str]:
    """The reviewable texts of a packet by file name, as they stand in ``tests/golden/sample``."""
    found = {"files.txt": _files(folder), "packet-keys.txt": _keys(folder)}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".pdf":
            found[f"{path.name}.txt"] = _lines(_pdf(path))
        elif path.suffix == ".docx":
            found[f"{path.name}.txt"] = _lines(_docx(path))
    return found


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _files(folder: Path) -> str:
    return _lines(str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file())


def _keys(folder: Path) -> str:
    """Every path of keys in ``packet.json`` with the kinds of its values."""
    found: dict[str, set[str]] = {}

    def walk(value: object, at: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{at}.{key}" if at else str(key))
        elif isinstance(value, list):
            for inner in value:
                walk(inner, f"{at}[]")
        else:
            found.setdefault(at, set()).add(type(value).__name__)

    walk(json.loads((folder / "packet.json").read_text("utf-8")), "")
    return _lines(f"{key}: {' or '.join(sorted(kinds))}" for key, kinds in sorted(found.items()))


def _pdf(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        yield "# Bookmarks"
        yield from _bookmarks(outline.root, 0)
    with pypdfium2.PdfDocument(path) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            # A hyphen that only ends a line comes out as U+FFFE.
            pages.append([line.strip() for line in text.get_text_bounded().replace("\ufffe", "-").splitlines()])
            text.close()
            page.close()
    running = _running(pages)
    yield "# On every page"
    yield from sorted(running)
    for number, lines in enumerate(pages, 1):
        yield f"# Page {number}"
        kept = [line for at, line in enumerate(lines) if not (_at_edge(at, lines) and _form(line) in running)]
        yield from _sentences(" ".join(line for line in kept if line))


def _bookmarks(items: Sequence[pikepdf.OutlineItem], depth: int) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}- {item.title}"
        yield from _bookmarks(item.children, depth + 1)


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines at the edges of more than half of the pages, their numbers aside."""
    if len(pages) < 3:
        return set()
    count: Counter[str] = Counter()
    for lines in pages:
        count.update({_form(line) for at, line in enumerate(lines) if line and _at_edge(at, lines)})
    return {form for form, times in count.items() if times * 2 > len(pages)}


def _at_edge(at: int, lines: Sequence[str]) -> bool:
    return at < _EDGE or at >= len(lines) - _EDGE


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _docx(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            style = block.style.name if block.style is not None else ""
            yield from _sentences(f"[{style}] {block.text}" if block.text.strip() else "")
        elif isinstance(block, Table):
            for row in block.rows:
                cells = {id(cell._tc): cell.text for cell in row.cells}  # a cell that spans columns is told once
                yield "| " + " | ".join(" / ".join(text.split("\n")) for text in cells.values())
    for part in document.part.package.iter_parts():
        if part.partname.endswith("footnotes.xml"):
            yield "# Notes"
            yield from _notes(part.blob)


def _notes(xml: bytes) -> Iterator[str]:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for note in etree.fromstring(xml).iter(f"{word}footnote"):
        text = "".join(run.text or "" for run in note.iter(f"{word}t"))
        if text.strip():
            yield f"{note.get(f'{word}id')}. {text.strip()}"


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(_LEADER.sub(" ...", " ".join(text.split()))):
        if sentence:
            yield sentence
