"""Blocks become paragraphs and tables, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from magdesk.document.blocks import (
    Block,
    Contents,
    Document,
    Drawing,
    Figure,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Quote,
    Rule,
    Space,
    Table,
    Text,
)
from magdesk.render.docx.contents import contents, titles_of_contents
from magdesk.render.docx.direction import runs_right_to_left
from magdesk.render.docx.inlines import Inlines, Voice
from magdesk.render.docx.links import Bookmarks
from magdesk.render.docx.looks import BODY_LINE, HANG, STYLE_IDS, TEXT_WIDTH
from magdesk.render.docx.numbering import LEVELS, Numbering, indent
from magdesk.render.docx.oxml import XmlChild, XmlElement, element, flag, properties, qname
from magdesk.render.docx.pictures import Pictures
from magdesk.render.docx.tables import table
from magdesk.render.drawn import drawn_figure
from magdesk.render.scripts import is_rtl_language

_SMALLEST_WIDTH = 720
_TALLEST_SPACE = 40
_MEASURED = (ParagraphStyle.BODY, ParagraphStyle.LEAD, ParagraphStyle.SMALL)


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block stands.

    Attributes:
        width: of the column, in twips, from its own left edge.
        indent: how far in from that edge, in twips.
        right: how far in from the right edge.
        lang: language of a quotation around it; empty for none.
        depth: how many lists it is in.
        cell: whether it is in a table cell.
        header: whether that is a header cell.
        keep: whether its row is tied to the next one.
        quote: whether it is in a block quotation.
    """

    width: int = TEXT_WIDTH
    indent: int = 0
    right: int = 0
    lang: str = ""
    depth: int = 0
    cell: bool = False
    header: bool = False
    keep: bool = False
    quote: bool = False

    @property
    def measure(self) -> int:
        """The width left for text."""
        return max(self.width - self.indent - self.right, _SMALLEST_WIDTH)


class Flow:
    """Writes the blocks of one document."""

    def __init__(
        self, document: Document, inlines: Inlines, bookmarks: Bookmarks, lists: Numbering, pictures: Pictures
    ) -> None:
        self._document = document
        self._rtl = is_rtl_language(document.lang)
        self._inlines = inlines
        self._bookmarks = bookmarks
        self._lists = lists
        self._pictures = pictures
        self._titles = titles_of_contents(document.blocks)
        self._headings = 0
        self._new_page = False

    def body(self) -> list[XmlElement]:
        """The document's blocks as children of the body."""
        out = self.write(self._document.blocks, BlockPlace())
        if len(out) > 1 and out[-2].tag == qname("w:tbl"):
            # The paragraph that must follow a table shall not be what starts one more page.
            out[-1] = self._paragraph("Spacer", [], Voice(), [_exact(20)])
        return out or [self._paragraph("BodyText", [], Voice(), [])]

    def write(self, blocks: tuple[Block, ...], place: BlockPlace) -> list[XmlElement]:
        """The blocks as children of the body, or of a cell."""
        out: list[XmlElement] = []
        for block in blocks:
            out += self._block(block, place, None)
        return out

    def _block(self, block: Block, place: BlockPlace, item: XmlElement | None) -> list[XmlElement]:
        """One block; ``item`` is the numbering of the list item that it opens."""
        if item is not None and not isinstance(block, Paragraph):
            # The mark of an item needs a paragraph of its own when a table or figure opens the item.
            return [self._paragraph("ListParagraph", [], Voice(), [item]), *self._block(block, place, None)]
        match block:
            case Heading():
                return [self._heading(block, place)]
            case Paragraph():
                return [self._text(block, place, item)]
            case Quote():
                step = 240 if place.cell else HANG
                inner = replace(
                    place,
                    quote=True,
                    indent=place.indent + step,
                    right=place.right + step,
                    lang=block.lang or place.lang,
                )
                return self.write(block.blocks, inner)
            case ListBlock():
                return self._list(block, place)
            case Table():
                return self._table(block, place)
            case Figure():
                return self._figure(block, place)
            case Drawing():
                return self._figure(drawn_figure(block, place.measure / 20), place)
            case Contents():
                return self._contents(block)
            case PageBreak():
                self._new_page = self._new_page or not place.cell
                return []
            case Rule():
                return [self._paragraph("Rule", [], Voice(), [self._indent(place)])]
            case Space():
                return self._space(block)

    def _paragraph(self, style: str, content: list[XmlElement], voice: Voice, items: list[XmlChild]) -> XmlElement:
        page = flag("pageBreakBefore") if self._new_page else None
        self._new_page = False
        bidi = flag("bidi") if voice.rtl else None
        return element("w:p", None, properties("w:pPr", [flag("pStyle", style), page, bidi, *items]), *content)

    def _voice(self, inlines: tuple[Inline, ...], lang: str, *, guess: bool) -> Voice:
        rtl = runs_right_to_left(inlines, lang, document_rtl=self._rtl, guess=guess)
        return Voice(lang=lang, rtl=rtl)

    def _heading(self, block: Heading, place: BlockPlace) -> XmlElement:
        self._headings += 1
        voice = self._voice(block.inlines, "", guess=False)
        names = [self._bookmarks.contents_name(self._headings), self._bookmarks.name(block.anchor)]
        content = self._bookmarks.around(self._inlines.write(block.inlines, voice), names)
        style = "TOCHeading" if id(block) in self._titles else f"Heading{min(max(block.level, 1), 4)}"
        return self._paragraph(style, content, voice, [self._indent(place)])

    def _text(self, block: Paragraph, place: BlockPlace, item: XmlElement | None) -> XmlElement:
        guess = block.style in _MEASURED and not place.cell
        voice = self._voice(block.inlines, block.lang or place.lang, guess=guess)
        content = self._inlines.write(block.inlines, voice)
        items: list[XmlChild] = [flag("keepNext") if block.keep_with_next or place.keep else None]
        if block.label:
            label = self._inlines.write((Text(block.label),), Voice(rtl=voice.rtl))
            content = [*label, element("w:r", None, element("w:tab")), *content]
        content = self._bookmarks.around(content, [self._bookmarks.name(block.anchor)])
        if item is not None:
            items += [item, self._item_indent(place)]
        elif block.label:
            items += self._label_items(block, place)
        else:
            items.append(self._indent(place))
        return self._paragraph(self._style(block, place, item), content, voice, items)

    @staticmethod
    def _style(block: Paragraph, place: BlockPlace, item: XmlElement | None) -> str:
        if place.cell and block.style is ParagraphStyle.SMALL:
            return "TableSmall"
        if block.style is not ParagraphStyle.BODY:
            return STYLE_IDS[block.style]
        if place.cell:
            return "TableHeading" if place.header else "TableText"
        if place.quote:
            return "BlockText"
        if item is not None:
            return "ListParagraph"
        if place.depth:
            return "ListContinue"
        return "NumberedFact" if block.label else "BodyText"

    @staticmethod
    def _label_items(block: Paragraph, place: BlockPlace) -> list[XmlChild]:
        """The hanging margin; the style of numbered facts has it already."""
        if block.style is ParagraphStyle.BODY and place == BlockPlace():
            return []
        hang = HANG if place.measure > 4 * HANG else HANG // 2
        left = place.indent + hang
        attributes: dict[str, str | int] = {"w:left": left, "w:hanging": hang}
        if place.right:
            attributes["w:right"] = place.right
        tab = element("w:tab", {"w:val": "left", "w:pos": left})
        return [element("w:tabs", None, tab), element("w:ind", attributes)]

    @staticmethod
    def _indent(place: BlockPlace) -> XmlChild:
        if not place.indent and not place.right:
            return None
        attributes: dict[str, str | int] = {"w:left": place.indent}
        if place.right:
            attributes["w:right"] = place.right
        return element("w:ind", attributes)

    @staticmethod
    def _item_indent(place: BlockPlace) -> XmlChild:
        """An item's indent, where something around the list moves it from where its level alone would stand."""
        if place.indent == indent(min(place.depth, LEVELS) - 1) and not place.right:
            return None
        attributes: dict[str, str | int] = {"w:left": place.indent, "w:hanging": indent(0)}
        if place.right:
            attributes["w:right"] = place.right
        return element("w:ind", attributes)

    def _list(self, block: ListBlock, place: BlockPlace) -> list[XmlElement]:
        level = min(place.depth, LEVELS - 1)
        number = self._lists.restart(block.start, block.behind) if block.ordered else self._lists.bullets()
        inner = replace(place, depth=place.depth + 1, indent=place.indent + indent(0))
        out: list[XmlElement] = []
        for blocks in block.items:
            numbered = element("w:numPr", None, flag("ilvl", level), flag("numId", number))
            first, *rest = blocks or (Paragraph(()),)
            out += self._block(first, inner, numbered)
            out += self.write(tuple(rest), inner)
        return out

    def _table(self, block: Table, place: BlockPlace) -> list[XmlElement]:
        out: list[XmlElement] = []
        if block.caption:
            voice = self._voice(block.caption, "", guess=False)
            content = self._inlines.write(block.caption, voice)
            out.append(self._paragraph("Caption", content, voice, [flag("keepNext"), self._indent(place)]))
        elif self._new_page:
            out.append(self._paragraph("Spacer", [], Voice(), [_exact(20)]))
        drawn = table(block, place.measure, place.indent, rtl=self._rtl, cell=self._cell)
        if drawn is None:
            return out
        return [*out, drawn, self._paragraph("Spacer", [], Voice(), [_exact(40 if place.cell else 180)])]

    def _cell(self, blocks: tuple[Block, ...], width: int, *, header: bool, keep: bool) -> list[XmlElement]:
        inner = self.write(blocks, BlockPlace(width=width, cell=True, header=header, keep=keep))
        # A cell must end in a paragraph.
        if inner and inner[-1].tag.endswith("}p"):
            return inner
        return [*inner, self._paragraph("TableText", [], Voice(), [])]

    def _figure(self, block: Figure, place: BlockPlace) -> list[XmlElement]:
        drawing = self._pictures.drawing(block, place.measure)
        content = [drawing] if drawing is not None else self._inlines.write((Text(f"[{block.alt}]"),), Voice())
        keep = flag("keepNext") if block.caption else None
        out = [self._paragraph("Figure", content, Voice(), [keep, self._indent(place)])]
        if block.caption:
            voice = self._voice(block.caption, "", guess=False)
            caption = self._inlines.write(block.caption, voice)
            before = element("w:spacing", {"w:before": 40, "w:after": 200})
            out.append(
                self._paragraph("Caption", caption, voice, [flag("jc", "center"), before, self._indent(place)])
            )
        return out

    def _contents(self, block: Contents) -> list[XmlElement]:
        page = self._new_page
        drawn = contents(self._document, block.depth, self._bookmarks, rtl=self._rtl, new_page=page)
        self._new_page = page and not drawn
        return drawn

    def _space(self, block: Space) -> list[XmlElement]:
        height = round(min(max(block.lines, 0.0), _TALLEST_SPACE) * BODY_LINE)
        return [self._paragraph("Spacer", [], Voice(), [_exact(height)])] if height else []


def _exact(height: int) -> XmlElement:
    return element("w:spacing", {"w:before": 0, "w:after": 0, "w:line": height, "w:lineRule": "exact"})
