"""Blocks set as one long column of slugs, before anyone asks where pages end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from magdesk.document.blocks import (
    Block,
    Contents,
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
)
from magdesk.render.pdf import styles
from magdesk.render.pdf.contents import ContentsEntry, set_contents
from magdesk.render.pdf.drawings import fit_drawing
from magdesk.render.pdf.paragraphs import Composer, Line
from magdesk.render.pdf.richtext import NoteRegister, RichText, look_of, plain_text, rich_text
from magdesk.render.pdf.setting import Setting
from magdesk.render.pdf.slugs import (
    BreakSlug,
    DrawingSlug,
    FigureSlug,
    LineSlug,
    RuleSlug,
    Slug,
    SpaceSlug,
    image_size,
    spaced,
)
from magdesk.render.pdf.styles import Align, Spacing, Type
from magdesk.render.pdf.tables import set_table
from magdesk.render.scripts import is_rtl_language, is_rtl_text, printable

_LIST_INDENT = 17.0
_QUOTE_INDENT = 26.0
_DRAWING_SHARE = 0.88  # of a page's height; the rest is for its caption


class Galley:
    """Sets blocks in a column.

    Attributes:
        composer: breaks lines.
        notes: numbers the notes.
    """

    def __init__(self, composer: Composer, notes: NoteRegister, entries: Sequence[ContentsEntry]) -> None:
        self.composer = composer
        self.notes = notes
        self._entries = entries
        self._headings = 0

    def flow(self, blocks: Iterable[Block], setting: Setting) -> list[Slug]:
        """The blocks as slugs."""
        out: list[Slug] = []
        for block in blocks:
            match block:
                case Heading():
                    out += self._heading(block, setting)
                case Paragraph():
                    out += self._paragraph(block, setting)
                case Quote():
                    out += self._quote(block, setting)
                case ListBlock():
                    out += self._list(block, setting)
                case Table():
                    out += set_table(self, block, setting)
                case Figure():
                    out += self._figure(block, setting)
                case Drawing():
                    out += self._drawing(block, setting)
                case Contents():
                    # The heading right above the list need not be listed.
                    entries = [entry for n, entry in enumerate(self._entries) if n != self._headings - 1]
                    out += set_contents(self.composer, entries, block.depth, setting.x, setting.width)
                case PageBreak():
                    out.append(BreakSlug())
                case Rule():
                    out.append(
                        RuleSlug(
                            height=1.0,
                            before=8,
                            after=8,
                            x=setting.x,
                            width=setting.width,
                            thickness=0.6,
                            colour=styles.HAIRLINE,
                        )
                    )
                case Space():
                    leading = setting.cell.leading if setting.cell else styles.BODY.leading
                    out.append(SpaceSlug(height=max(block.lines, 0.0) * leading))
        return out

    # ------------------------------------------------------------------------------------------ text

    def text(
        self,
        inlines: Iterable[Inline],
        style: Type,
        setting: Setting,
        space: Spacing,
        *,
        rtl: bool = False,
        each: bool = False,
        label: Line | None = None,
        label_x: float = 0.0,
        anchors: tuple[str, ...] = (),
        outline: tuple[int, str] | None = None,
        keep_all: bool = False,
        keep_last: bool = False,
    ) -> list[Slug]:
        """Running text as slugs: no single first line at the foot of a page, no single last line at the head."""
        rich = rich_text(inlines, style, self.notes)
        lines = self.composer.lines(rich, style, setting.width, rtl=rtl, each=each)
        count = len(lines)
        out: list[Slug] = []
        for number, line in enumerate(lines):
            first, last = number == 0, number == count - 1
            keep = keep_all or first or number == count - 2
            out.append(
                LineSlug(
                    height=line.height,
                    before=space.before if first else 0.0,
                    after=space.after if last else 0.0,
                    keep=keep_last if last else keep,
                    notes=line.notes,
                    anchors=anchors if first else (),
                    outline=outline if first else None,
                    line=line,
                    x=setting.x,
                    labels=((label, label_x),) if first and label is not None else (),
                )
            )
        return out

    def _heading(self, block: Heading, setting: Setting) -> list[Slug]:
        level = min(max(block.level, 1), 4)
        own = f"heading {self._headings}"
        self._headings += 1
        if setting.cell is not None:
            style, space = styles.CELL_HEADINGS[level - 1], Spacing(3, 2)
        else:
            style, space = styles.HEADINGS[level - 1], styles.HEADING_SPACE[level - 1]
        return self.text(
            block.inlines,
            style,
            setting,
            space,
            rtl=self._direction("", block.inlines, setting),
            anchors=(own, block.anchor) if block.anchor else (own,),
            outline=(level, plain_text(block.inlines)),
            keep_all=True,
            keep_last=True,
        )

    def _paragraph(self, block: Paragraph, setting: Setting) -> list[Slug]:
        style, space = self._style(block.style, setting)
        if block.style == ParagraphStyle.TITLE and setting.cell is None:
            style = self._title(block.inlines, style, setting)
        # Where each line says for itself, one without a letter follows the document and not its neighbours.
        told = () if block.each_line else block.inlines
        rtl = self._direction(block.lang, told, setting)
        if rtl and setting.cell is not None and not block.lang and not setting.rtl:
            style = replace(style, align=Align.END)
        label = None
        label_x = 0.0
        if block.label:
            kind = replace(styles.LABEL, size=min(styles.LABEL.size, style.size), leading=style.leading)
            rich = RichText()
            rich.add(printable(block.label), look_of(kind))
            label = self.composer.single(rich, kind)
            wide = label.right
            if setting.margin and wide <= styles.LABEL_COLUMN:
                label_x = setting.x - 9.0 - wide
            else:
                indent = max(wide + 7.0, 18.0)
                label_x = setting.x
                setting = replace(setting, x=setting.x + indent, width=max(setting.width - indent, 40.0))
        return self.text(
            block.inlines,
            style,
            setting,
            space,
            rtl=rtl,
            each=block.each_line,
            label=label,
            label_x=label_x,
            anchors=(block.anchor,) if block.anchor else (),
            keep_all=block.style in (ParagraphStyle.TITLE, ParagraphStyle.SUBTITLE, ParagraphStyle.CAPTION),
            keep_last=block.keep_with_next,
        )

    def _title(self, inlines: Iterable[Inline], style: Type, setting: Setting) -> Type:
        """The style of a title, smaller where the title is long."""
        for scale in styles.TITLE_SCALES:
            scaled = replace(style, size=style.size * scale, leading=style.leading * scale)
            if len(self.composer.lines(rich_text(inlines, scaled, None), scaled, setting.width)) <= 3:
                break
        return scaled

    def _style(self, role: ParagraphStyle, setting: Setting) -> tuple[Type, Spacing]:
        style, space = styles.PARAGRAPHS[role]
        if setting.cell is not None:
            cell = setting.cell
            if role in (ParagraphStyle.CENTRED, ParagraphStyle.BANNER, ParagraphStyle.TITLE, ParagraphStyle.SUBTITLE):
                cell = replace(cell, align=Align.CENTRE)
            elif role == ParagraphStyle.SMALL:
                cell = replace(cell, size=cell.size * 0.9, leading=cell.leading * 0.92, colour=styles.GREY)
            return cell, Spacing(0, 3)
        if setting.quoted and role == ParagraphStyle.BODY:
            style, space = styles.QUOTE, Spacing(0, 6)
        if setting.tight:
            space = Spacing(0, min(space.after, 4))
        return style, space

    def _direction(self, lang: str, inlines: Iterable[Inline], setting: Setting) -> bool:
        """Whether the base direction is from right to left: by language, else by what the text holds."""
        if lang:
            return is_rtl_language(lang)
        if setting.rtl:
            return True
        return is_rtl_text(plain_text(inlines))

    # --------------------------------------------------------------------------------- nested blocks

    def _quote(self, block: Quote, setting: Setting) -> list[Slug]:
        indent = _QUOTE_INDENT if setting.cell is None else 8.0
        inner = replace(
            setting,
            x=setting.x + indent,
            width=max(setting.width - 2 * indent, 60.0),
            rtl=is_rtl_language(block.lang) if block.lang else setting.rtl,
            quoted=True,
            margin=False,
        )
        return spaced(self.flow(block.blocks, inner), Spacing(2, 9 if setting.cell is None else 3))

    def _list(self, block: ListBlock, setting: Setting) -> list[Slug]:
        style = self._style(ParagraphStyle.BODY, setting)[0]
        numbers = range(block.start, block.start + len(block.items))
        labels = [f"{number}{block.behind}" if block.ordered else "•" for number in numbers]
        marks: list[Line] = []
        for label in labels:
            rich = RichText()
            rich.add(label, look_of(style))
            marks.append(self.composer.single(rich, style, rtl=setting.rtl))
        indent = _LIST_INDENT if setting.cell is None else 10.0
        if block.ordered:
            indent = max(indent, max((line.right for line in marks), default=0.0) + 6.0)
        out: list[Slug] = []
        for item, mark in zip(block.items, marks, strict=True):
            rtl = setting.rtl
            inner = replace(
                setting,
                x=setting.x + (0.0 if rtl else indent),
                width=max(setting.width - indent, 40.0),
                margin=False,
                tight=True,
            )
            slugs = self.flow(item, inner)
            if not slugs or not isinstance(slugs[0], LineSlug):
                # A table or picture cannot bear the mark: it gets a line of its own.
                slugs = [*self.flow((Paragraph((), keep_with_next=True),), inner), *slugs]
            first = slugs[0]
            if isinstance(first, LineSlug):
                left = setting.x + setting.width - mark.right if rtl else inner.x - 6.0 - mark.right
                if not block.ordered and not rtl:
                    left = setting.x + 4.0
                slugs[0] = replace(first, labels=(*first.labels, (mark, left)))
            out += slugs
        after = styles.PARAGRAPHS[ParagraphStyle.BODY][1].after if setting.cell is None else 3.0
        return spaced(out, Spacing(0, 4.0 if setting.tight else after))

    def _figure(self, block: Figure, setting: Setting) -> list[Slug]:
        out: list[Slug] = []
        pixels = image_size(block.data)
        width = max(min(block.width, 1.0), 0.05) * setting.width
        height = width * pixels[1] / max(pixels[0], 1)
        limit = styles.BODY_HEIGHT * 0.82
        if height > limit:
            width, height = width * limit / height, limit
        out.append(
            FigureSlug(
                height=height,
                before=6,
                after=6,
                keep=bool(block.caption),
                data=block.data,
                alt=block.alt,
                x=setting.x + (setting.width - width) / 2,
                width=width,
            )
        )
        return [*out, *self._caption(block.caption, setting)]

    def _drawing(self, block: Drawing, setting: Setting) -> list[Slug]:
        limit = styles.BODY_HEIGHT * _DRAWING_SHARE
        scale, turned = fit_drawing(block, setting.width, limit, may_turn=setting.cell is None)
        wide, high = block.width * scale, block.height * scale
        if turned:
            wide, high = high, wide
        out: list[Slug] = [
            DrawingSlug(
                height=high,
                before=8,
                after=8,
                keep=bool(block.caption),
                drawing=block,
                x=setting.x + (setting.width - wide) / 2,
                width=wide,
                turned=turned,
            )
        ]
        return [*out, *self._caption(block.caption, setting)]

    def _caption(self, caption: Iterable[Inline], setting: Setting) -> list[Slug]:
        if not caption:
            return []
        style = replace(styles.CAPTION, bold=False, align=Align.CENTRE, colour=styles.GREY)
        return self.text(caption, style, setting, Spacing(0, 10), keep_all=True)
