"""Presentations of OpenDocument: slide by slide the text, lists, tables, pictures and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.archivepictures import ArchivePictures
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.hiddenslides import HIDDEN_TITLE, say_hidden
from magdesk.intake.conversion.office import check_archive
from magdesk.intake.conversion.refusal import NEW_COPY, Refusal
from magdesk.intake.conversion.ziparchive import whole_archive
from magdesk.intake.readers.odfslides import hidden_slides
from magdesk.intake.readers.odftext import odf_text
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.xmltext import local
from magdesk.intake.source import Source

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SLIDES = 1_000


def convert_odp(source: Source, gathering: Gathering) -> None:
    """The slides in their order."""
    check_archive(source.stream)
    with whole_archive(source.stream) as archive:
        root = part_root(archive, "content.xml")
    if root is None:
        raise Refusal(_("The presentation is damaged and could not be read."), NEW_COPY)
    slides = _Slides(gathering, ArchivePictures(source.stream))
    hidden = hidden_slides(root)
    say_hidden(hidden, gathering)
    for number, page in enumerate(root.iter(f"{_DRAW}page"), 1):
        if number > _SLIDES:
            gathering.first(_("The original is longer than what is shown here; only its beginning is shown."))
            break
        if number > 1:
            gathering.add(tree.rule())
        title = HIDDEN_TITLE if number in hidden else _("Slide {number}")
        gathering.add(tree.heading(2, [tree.run(title.format(number=number))]))
        for block in slides.blocks(page):
            gathering.add(block)


class _Slides:
    def __init__(self, gathering: Gathering, pictures: ArchivePictures) -> None:
        self._gathering, self._pictures = gathering, pictures

    def blocks(self, element: Any, depth: int = 0) -> Iterator[tree.Node]:
        """What stands in an element, in document order."""
        if depth > tree.DEPTH:
            return
        for child in element:
            match local(child):
                case "p" | "h":
                    text = odf_text(child).strip()
                    if text:
                        yield tree.paragraph(_lines(text))
                case "list":
                    items = [list(self.blocks(item, depth + 1)) for item in child if local(item) == "list-item"]
                    if any(items):
                        yield tree.listing([item for item in items if item])
                case "table":
                    yield from self._table(child)
                case "image":
                    yield from self._image(child, element)
                case "notes":
                    inner = list(self.blocks(child, depth + 1))
                    if inner:
                        yield tree.paragraph([tree.run(_("Speaker notes:"), bold=True)], "small")
                        yield tree.quote(inner)
                case "page-thumbnail" | "forms" | "object":
                    continue
                case _:
                    yield from self.blocks(child, depth + 1)

    def _table(self, element: Any) -> Iterator[tree.Node]:
        rows: list[list[tree.Node]] = []
        for row in element.iter("{*}table-row"):
            cells = [tree.text_cell(odf_text(cell).strip()) for cell in row if local(cell) == "table-cell"][:40]
            if cells:
                rows.append(cells)
        if rows:
            yield tree.table(rows, tree.fair_widths(rows, max(map(len, rows))))

    def _image(self, element: Any, frame: Any) -> Iterator[tree.Node]:
        name = str(element.get(_LINK) or "")
        told = str(frame.get(f"{_SVG}width") or "")
        width = tree.inches(told)
        block = self._gathering.picture(name, self._pictures.find(name), "", min(width, 6.0) if width else None)
        if block is not None:
            yield block


def _lines(text: str) -> list[tree.Node]:
    out: list[tree.Node] = []
    for line in text.split("\n"):
        out += [tree.run(line), tree.line_break()]
    return out[:-1]
