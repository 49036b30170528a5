"""A Word document made ready for pandoc: what that would leave out is moved to where it reads.

Text boxes (DrawingML and VML) stand after the paragraph that anchors them, page headers at the head, page footers at
the end, hidden text in brackets; rows of a table that are shorter than others get empty cells, without which pandoc
drops whole columns (ECMA-376 part 1, 17.3.2.41, 17.4.14, 17.4.15, 17.10).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, ArchiveTrap, read_member
from magdesk.intake.readers.docx import body_text, main_part
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.xmltext import local

_COLUMNS = 64
_OFF = ("0", "false", "off")
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document and what is to be said of it.

    Attributes:
        data: the document.
        hidden: it holds hidden text.
        pictures: names of the pictures in its headers and footers.
    """

    data: bytes
    hidden: bool = False
    pictures: tuple[str, ...] = ()


def prepared(data: bytes) -> PreparedDocument:
    """The document made ready; as it is, where its main part cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = main_part(archive, archive.namelist())
            root = part_root(archive, name)
            body = next((one for one in root if local(one) == "body"), None) if root is not None else None
            if root is None or body is None:
                return PreparedDocument(data)
            space = etree.QName(root).namespace or _TRANSITIONAL
            word = _Word(space)
            hidden = word.mark_hidden(root, _hidden_styles(archive, space))
            word.free_boxes(root)
            for table in root.iter(word.tag("tbl")):
                word.even_rows(table)
            word.add_margins(archive, body)
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
                for one in dict.fromkeys(archive.namelist()):
                    made.writestr(one, etree.tostring(root) if one == name else read_member(archive, one))
            return PreparedDocument(out.getvalue(), hidden, tuple(_margin_pictures(archive)))
    except (ArchiveTrap, RuntimeError, KeyError, *DAMAGED):
        return PreparedDocument(data)


def _margins(archive: zipfile.ZipFile, kind: str) -> list[str]:
    return [name for name in archive.namelist() if name.startswith(f"word/{kind}") and name.endswith(".xml")][:100]


def _margin_pictures(archive: zipfile.ZipFile) -> Iterator[str]:
    for kind in ("header", "footer"):
        for name in _margins(archive, kind):
            relations = part_root(archive, f"word/_rels/{name.removeprefix('word/')}.rels")
            for relation in relations if relations is not None else ():
                if str(relation.get("Type", "")).endswith("/image"):
                    yield str(relation.get("Target", ""))


def _hidden_styles(archive: zipfile.ZipFile, space: str) -> frozenset[str]:
    root = part_root(archive, "word/styles.xml")
    if root is None:
        return frozenset()
    return frozenset(
        str(style.get(f"{{{space}}}styleId"))
        for style in root.iter(f"{{{space}}}style")
        for about in style
        if local(about) == "rPr" and _vanishes(about)
    )


def _vanishes(about: Any) -> bool:
    return any(
        local(one) == "vanish" and not any(str(value) in _OFF for value in one.attrib.values()) for one in about
    )


class _Word:
    """Changes the tree of a document's main part.

    Attributes:
        space: the namespace of its elements, transitional or strict.
    """

    def __init__(self, space: str) -> None:
        self.space = space

    def tag(self, name: str) -> str:
        return f"{{{self.space}}}{name}"

    def _paragraph(self, text: str) -> Any:
        paragraph = etree.Element(self.tag("p"))
        for order, line in enumerate(text.split("\n")):
            run = etree.SubElement(paragraph, self.tag("r"))
            if order:
                etree.SubElement(run, self.tag("br"))
            piece = etree.SubElement(run, self.tag("t"))
            piece.text = line
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return paragraph

    def mark_hidden(self, root: Any, styles: frozenset[str]) -> bool:
        """Set hidden text in brackets; whether there was any."""
        found = False
        for run in list(root.iter(self.tag("r"))):
            texts = [one for one in run if local(one) in ("t", "delText") and one.text]
            if texts and self._is_hidden(run, styles):
                texts[0].text = _("[hidden: ") + texts[0].text
                texts[-1].text += "]"
                found = True
        return found

    def _is_hidden(self, run: Any, styles: frozenset[str]) -> bool:
        for about in (one for one in run if local(one) == "rPr"):
            own = [one for one in about if local(one) == "vanish"]
            if own:
                return _vanishes(about)
            if any(local(one) == "rStyle" and str(one.get(self.tag("val"))) in styles for one in about):
                return True
        style = run.getparent().find(f"{self.tag('pPr')}/{self.tag('pStyle')}")
        return style is not None and str(style.get(self.tag("val"))) in styles

    def free_boxes(self, root: Any) -> None:
        """Move what stands in text boxes behind the paragraph that anchors them."""
        for box in list(root.iter(self.tag("txbxContent"))):
            above = list(box.iterancestors())
            if any(local(one) == "Fallback" for one in above):
                box.clear()
                continue
            anchor = next((one for one in above if one.tag == self.tag("p")), None)
            if anchor is None or anchor.getparent() is None:
                continue
            place = anchor
            for block in [self._paragraph(_("[Text box:]")), *box]:
                place.addnext(block)
                place = block

    def even_rows(self, table: Any) -> None:
        """Give each row as many columns as the widest has."""
        rows = [(row, *self._width(row)) for row in table if row.tag == self.tag("tr")]
        widest = min(max((before + cells + after for _row, before, cells, after in rows), default=0), _COLUMNS)
        for row, before, cells, _after in rows:
            first = next((place for place, one in enumerate(row) if local(one) not in ("trPr", "tblPrEx")), len(row))
            for _one in range(before):
                row.insert(first, self._empty_cell())
            for _one in range(widest - before - cells):
                row.append(self._empty_cell())

    def _width(self, row: Any) -> tuple[int, int, int]:
        """Columns left out before a row's cells, taken by them, and left out after them."""
        before = after = 0
        about = row.find(self.tag("trPr"))
        for one in list(about) if about is not None else ():
            if local(one) in ("gridBefore", "gridAfter"):
                count = self._count(one)
                before, after = (count, after) if local(one) == "gridBefore" else (before, count)
                about.remove(one)
        return before, sum(self._span(cell) for cell in self._cells(row)), after

    def _cells(self, row: Any) -> Iterator[Any]:
        for one in row:
            if local(one) == "tc":
                yield one
            elif local(one) in ("sdt", "sdtContent", "customXml", "ins", "del"):
                yield from self._cells(one)

    def _span(self, cell: Any) -> int:
        span = cell.find(f"{self.tag('tcPr')}/{self.tag('gridSpan')}")
        return max(self._count(span), 1) if span is not None else 1

    def _count(self, element: Any) -> int:
        told = str(element.get(self.tag("val")) or "")
        return min(int(told), _COLUMNS) if told.isdigit() else 0

    def _empty_cell(self) -> Any:
        cell = etree.Element(self.tag("tc"))
        etree.SubElement(cell, self.tag("p"))
        return cell

    def add_margins(self, archive: zipfile.ZipFile, body: Any) -> None:
        """Set each text of the page headers at the head, and of the page footers at the end."""
        for kind, label in (("header", _("[Page header] {text}")), ("footer", _("[Page footer] {text}"))):
            roots = (part_root(archive, name) for name in _margins(archive, kind))
            texts = dict.fromkeys(body_text(root).strip() for root in roots if root is not None)
            told = [self._paragraph(label.format(text=text)) for text in texts if text]
            if kind == "header":
                for paragraph in reversed(told):
                    body.insert(0, paragraph)
            else:
                last = body[-1] if len(body) and local(body[-1]) == "sectPr" else None
                for paragraph in told:
                    body.append(paragraph) if last is None else last.addprevious(paragraph)
