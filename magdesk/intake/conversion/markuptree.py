"""HTML as our neutral tree: an allow-list of what a reader sees. No script, no style, nothing fetched."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.tree import DEPTH, Node
from magdesk.intake.readers.markuptext import parse_html, replaced_text, struck_out

Find = Callable[[str], bytes | None]
_SKIPPED = {
    "script", "style", "noscript", "template", "head", "math", "object", "embed", "audio", "video",
    "canvas", "map", "datalist", "title", "meta", "link", "base", "applet", "frameset",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "nav", "aside", "main", "form", "figure", "address",
    "fieldset", "body", "html", "center", "tr", "td", "th", "tbody", "thead", "tfoot", "details", "summary", "legend",
    "dd", "dt", "dl", "li", "label", "caption", "figcaption", "hgroup", "search", "dialog", "menu", "dir",
}  # fmt: skip
_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "var": "italic", "dfn": "italic",
    "code": "mono", "kbd": "mono", "samp": "mono", "tt": "mono", "dt": "bold", "summary": "bold", "legend": "bold",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BESIDE = re.compile(r"(?!/)[^:?#]*$")  # an address without a server: it lay where the page lay
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=.+-]+)*),", re.IGNORECASE)
_DATA_LIMIT = 24 << 20
_TABLE_ROWS = 4_000
_DEEPEST = 230


class MarkupTree:
    """Reads one page.

    Attributes:
        elsewhere: how many pictures lie elsewhere on the web and were not fetched.
        missing: how many lay beside the page and did not come with it.
    """

    def __init__(self, gathering: Gathering, find: Find, *, saved: bool = False) -> None:
        """Prepare.

        Args:
            find: gives the bytes of a picture that the file itself carries, by its address.
            saved: it is a page saved as a file, whose pictures may lie beside it.
        """
        self._saved = saved
        self.elsewhere = self.missing = 0
        self._gathering = gathering
        self._find = find
        self._pictures = 0

    def add(self, text: str) -> None:
        """Add the visible content of a page.

        Raises:
            Enough: it is longer than is shown.
        """
        root = parse_html(text)
        if root is None:
            return
        for block in self._inside(root, 0):
            self._gathering.add(block)
        if self.elsewhere:
            self._gathering.note(
                _("Pictures stored elsewhere on the web ({count}) were not downloaded.").format(count=self.elsewhere)
            )

        if self.missing:
            self._gathering.note(
                _("Pictures that lay beside the page ({count}) did not come with it; add it with its folder.").format(
                    count=self.missing
                )
            )

    def _inside(self, element: Any, depth: int, **style: bool) -> list[Node]:
        """The content of an element as blocks."""
        flow = _Flow()
        self._walk(element, flow, depth, style)
        flow.close()
        return flow.blocks

    def _walk(self, element: Any, flow: _Flow, depth: int, style: dict[str, bool]) -> None:
        if element.text:
            flow.text(element.text, style)
        for child in element:
            if isinstance(child.tag, str) and depth < _DEEPEST:
                self._element(child, child.tag.rpartition("}")[2].lower(), flow, depth + 1, style)
            if child.tail:
                flow.text(child.tail, style)

    def _element(self, element: Any, tag: str, flow: _Flow, depth: int, style: dict[str, bool]) -> None:
        if tag in _SKIPPED or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            return
        if tag in _STYLES:
            style = {**style, _STYLES[tag]: True}
        if struck_out(element, tag):
            flow.text(_("[struck out: "), style)
            self._shown(element, tag, flow, depth, style)
            flow.text("]", style)
        else:
            self._shown(element, tag, flow, depth, style)

    def _shown(self, element: Any, tag: str, flow: _Flow, depth: int, style: dict[str, bool]) -> None:
        if tag == "br":
            flow.line_break()
        elif tag == "sup" and not len(element) and tree.raised(element.text or ""):
            flow.text(tree.raised(element.text or ""), style)
        elif tag == "img":
            self._image(element, flow)
        elif tag == "a":
            self._walk(element, flow, depth, style)
            self._link(element, flow, style)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            flow.close()
            inner = _Flow()
            self._walk(element, inner, depth, style)
            inner.close(heading=min(int(tag[1]) + 1, 4))
            flow.blocks += inner.blocks
        elif tag in ("ul", "ol", "menu", "dir"):
            flow.close()
            self._list(element, flow, depth, style, ordered=tag == "ol")
        elif tag == "table":
            flow.close()
            self._table(element, flow, depth, style)
        elif tag in ("blockquote", "dd"):
            flow.close()
            inner_blocks = self._inside(element, depth, **style)
            if inner_blocks:
                flow.blocks.append(tree.quote(inner_blocks))
        elif tag in ("pre", "textarea", "listing", "xmp"):
            flow.close()
            self._preformatted(element, flow)
        elif tag == "hr":
            flow.close()
            flow.blocks.append(tree.rule())
        elif tag in ("input", "select"):
            flow.text(f" {replaced_text(element, tag)} ", style)
        elif tag == "svg":
            told = replaced_text(element, tag)
            flow.text(f" [{told}] " if told else " ", {"italic": True})
        elif tag == "iframe":
            self._frame(element, flow, depth)
        elif tag in _BLOCKS:
            flow.close()
            self._walk(element, flow, depth, style)
            flow.close()
        else:
            self._walk(element, flow, depth, style)

    def _link(self, element: Any, flow: _Flow, style: dict[str, bool]) -> None:
        address = str(element.get("href") or "").strip()
        said = " ".join("".join(element.itertext()).split())
        if said and said.removesuffix("/") not in address:
            number = self._gathering.link(address)
            if number:
                flow.text(f"\u00a0[{number}]", style)

    def _image(self, element: Any, flow: _Flow) -> None:
        source = str(element.get("src") or "").strip()
        said = " ".join(str(element.get("alt") or "").split())
        match = _DATA.match(source[:200])
        data = _inline_bytes(source, match) if match else self._find(source)
        if data is None:
            if source and not match:
                if self._saved and _BESIDE.match(source):
                    self.missing += 1
                else:
                    self.elsewhere += 1
            if said:
                flow.text(f" [{said[:300]}] ", {"italic": True})
            return
        self._pictures += 1
        key = f"data {self._pictures}" if match else source
        block = self._gathering.picture(key, data, said, _pixels(element.get("width")))
        if block is not None:
            flow.aside.append(block)

    def _list(self, element: Any, flow: _Flow, depth: int, style: dict[str, bool], *, ordered: bool) -> None:
        if depth > DEPTH * 6:
            self._walk(element, flow, depth, style)
            return
        items = []
        for child in element:
            if isinstance(child.tag, str):
                inner = _Flow()
                tag = child.tag.lower()
                self._walk(child, inner, depth + 1, style) if tag == "li" else self._element(
                    child, tag, inner, depth + 1, style
                )
                inner.close()
                if inner.blocks:
                    items.append(inner.blocks)
        if items:
            flow.blocks.append(tree.listing(items, ordered=ordered))

    def _table(self, element: Any, flow: _Flow, depth: int, style: dict[str, bool]) -> None:
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element][:_TABLE_ROWS]
        cells = [[one for one in row if one.tag in ("td", "th")] for row in rows]
        if not _is_data(element, cells):
            for row in cells:
                for one in row:
                    if not _HIDDEN.search(one.get("style") or ""):
                        flow.blocks += self._inside(one, depth + 2, **style)
            return
        count = min(max(sum(_span(one) for one in row) for row in cells), 60)
        told = []
        head = 0
        for number, row in enumerate(cells):
            header = bool(row) and all(one.tag == "th" for one in row)
            head += header and head == number and len(row) > 1
            out: list[Node] = []
            room = count
            for one in row:
                span = min(_span(one), room)
                if span:
                    blocks = self._inside(one, depth + 2, **style)
                    out.append(tree.cell(blocks, span=span, header=one.tag == "th"))
                    room -= span
            if out:
                told.append(out)
        if told:
            caption = next((one for one in element if one.tag == "caption"), None)
            said = " ".join("".join(caption.itertext()).split()) if caption is not None else ""
            flow.blocks.append(
                tree.table(
                    told, tree.fair_widths(told, count), header_rows=head, caption=[tree.run(said)] if said else ()
                )
            )

    def _preformatted(self, element: Any, flow: _Flow) -> None:
        lines: list[Node] = []
        for number, line in enumerate("".join(element.itertext()).strip("\n").split("\n"), 1):
            lines += [tree.run(line.expandtabs(8).replace("  ", "\u00a0\u00a0"), mono=True), tree.line_break()]
            if number % 60 == 0:
                flow.blocks.append(tree.paragraph(lines[:-1], "code"))
                lines = []
        if lines:
            flow.blocks.append(tree.paragraph(lines[:-1], "code"))

    def _frame(self, element: Any, flow: _Flow, depth: int) -> None:
        """A page inside the page; one inside that is left out: nobody writes such pages by hand."""
        inner = element.get("srcdoc")
        root = parse_html(str(inner)) if inner and depth < 100 else None
        if root is None:
            return
        for frame in list(root.iter("iframe")):
            frame.attrib.pop("srcdoc", None)
        flow.close()
        blocks = self._inside(root, 100)
        if blocks:
            flow.blocks.append(tree.quote(blocks))


class _Flow:
    """Blocks so far, and the line that is being filled."""

    def __init__(self) -> None:
        self.blocks: list[Node] = []
        self.aside: list[Node] = []
        self._line: list[Node] = []

    def text(self, text: str, style: dict[str, bool]) -> None:
        """Add text to the line, its white space as a browser would show it."""
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not self._line or str(self._line[-1].get("x", " ")).endswith(" ")):
            text = text[1:]
        if text:
            self._line.append(tree.run(text, **style))

    def line_break(self) -> None:
        """End the line, not the paragraph; two in a row end the paragraph."""
        if self._line and "br" in self._line[-1]:
            self.close()
        elif self._line:
            self._line.append(tree.line_break())

    def close(self, *, heading: int = 0) -> None:
        """End the paragraph."""
        line, self._line = self._line, []
        while line and "br" in line[-1]:
            line.pop()
        line = tree.joined(line)
        if tree.words(line).strip():
            short = heading and len(tree.words(line)) <= 300
            self.blocks.append(tree.heading(heading, line) if short else tree.paragraph(line))
        self.blocks += self.aside
        self.aside = []


def _is_data(element: Any, cells: list[list[Any]]) -> bool:
    """Whether a table holds data; most in mail and old pages only hold the layout together."""
    if element.get("role") == "presentation" or not any(cells):
        return False
    if next((inner for inner in element.iter("table") if inner is not element), None) is not None:
        return False
    if any(one.tag == "th" for row in cells for one in row):
        return True
    wide = [row for row in cells if len(row) >= 2]
    if len(wide) < 2 or max(map(len, cells)) > 40:
        return False
    filled = [one for row in wide for one in row if "".join(one.itertext()).strip()]
    return len(filled) * 2 >= sum(map(len, wide)) and all(len("".join(one.itertext())) < 1_500 for one in filled)


def _span(element: Any) -> int:
    told = str(element.get("colspan") or "1").strip()
    return min(max(int(told), 1), 60) if told.isdigit() and len(told) < 5 else 1


def _pixels(told: Any) -> float | None:
    match = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", str(told or ""))
    return int(match[1]) / 96 if match and int(match[1]) else None


def _inline_bytes(source: str, match: re.Match[str]) -> bytes | None:
    if len(source) > _DATA_LIMIT:
        return None
    body = source[match.end() :]
    if "base64" not in match[1].lower():
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"[^A-Za-z0-9+/=]", "", body.replace("%2B", "+").replace("%2F", "/")))
    except binascii.Error:
        return None
