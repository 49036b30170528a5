"""Reads what the DOCX renderer wrote: parts as XML, and the words in the order a reader meets them."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

from magdesk.document.blocks import Block, Document
from magdesk.render.docx import render_docx
from magdesk.render.docx.oxml import NS, qname

XPATH_NS = {prefix: uri for prefix, uri in NS.items() if prefix != "xml"}


class Written:
    """A rendered document."""

    def __init__(self, document: Document) -> None:
        out = io.BytesIO()
        render_docx(document, out)
        self.data = out.getvalue()
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            assert package.testzip() is None
            self.entries = package.infolist()
            self.parts = {name: package.read(name) for name in package.namelist()}

    def xml(self, name: str = "word/document.xml") -> Any:
        """The root of a part."""
        return etree.fromstring(self.parts[name])

    def find(self, path: str, name: str = "word/document.xml") -> list[Any]:
        """What an XPath finds in a part."""
        return list(self.xml(name).xpath(path, namespaces=XPATH_NS))

    def one(self, path: str, name: str = "word/document.xml") -> Any:
        """The only thing an XPath finds in a part."""
        found = self.find(path, name)
        assert len(found) == 1, (path, len(found))
        return found[0]

    def targets(self, part: str = "document") -> dict[str, str]:
        """The outside addresses of a part by relationship."""
        root = etree.fromstring(self.parts[f"word/_rels/{part}.xml.rels"])
        return {str(r.get("Id")): str(r.get("Target")) for r in root if r.get("TargetMode") == "External"}

    def words(self) -> list[str]:
        """All words of body and notes, with the marks of notes and list items."""
        text = _Reader(self._starts()).text(self.xml().find(qname("w:body")))
        for note in self.find("/w:footnotes/w:footnote[not(@w:type)]", "word/footnotes.xml"):
            text += f"\n[{note.get(qname('w:id'))}] " + _Reader({}).text(note)
        return words(text)

    def _starts(self) -> dict[tuple[str, str], int]:
        """The first number of each list by list and level; all lists count in figures."""
        formats = self.find("//w:abstractNum[@w:abstractNumId='1']//w:numFmt/@w:val", "word/numbering.xml")
        assert set(formats) == {"decimal"}
        return {
            (
                start.getparent().getparent().get(qname("w:numId")),
                start.getparent().get(qname("w:ilvl")),
            ): int(start.get(qname("w:val")))
            for start in self.find("//w:startOverride", "word/numbering.xml")
        }


def written(*blocks: Block, **fields: Any) -> Written:
    """The blocks rendered as a document."""
    return Written(Document(title=fields.pop("title", "Title"), blocks=blocks, **fields))


def words(text: str) -> list[str]:
    """The words of a text: letters and digits, without spaces and marks."""
    return re.findall(r"\w+", text)


class _Reader:
    def __init__(self, starts: dict[tuple[str, str], int]) -> None:
        self._counts = Counter({place: start - 1 for place, start in starts.items()})

    def text(self, root: Any) -> str:
        out: list[str] = []
        for node in root.iter():
            if not isinstance(node.tag, str):
                continue
            match etree.QName(node).localname:
                case "p":
                    out.append("\n")
                case "numPr":
                    out.append(self._mark(node))
                case "t":
                    out.append(node.text or "")
                case "tab" if node.getparent().tag == qname("w:r"):
                    out.append(" ")
                case "br":
                    out.append("\n")
                case "footnoteReference":
                    out.append(f"[{node.get(qname('w:id'))}]")
                case "docPr":
                    out.append(f"[{node.get('descr')}]")
        return "".join(out)

    def _mark(self, node: Any) -> str:
        level, number = (node.find(qname(f"w:{name}")).get(qname("w:val")) for name in ("ilvl", "numId"))
        if number == "1":
            return "• "
        self._counts[number, level] += 1
        return f"{self._counts[number, level]}. "
