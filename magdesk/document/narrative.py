"""Text that people wrote becomes blocks: CommonMark with the tokens of ``magdesk.model.text``.

Raw HTML stays text, pictures become their description: a narrative can print nothing but words, and prints all of
them (``grammar`` says what is no markup here, ``enumeration`` what is no list).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from magdesk.document.blocks import (
    Block,
    Cite,
    Heading,
    Inline,
    LineBreak,
    Link,
    Mention,
    Note,
    Paragraph,
    ParagraphStyle,
    Quote,
    Rule,
    Text,
)
from magdesk.document.enumeration import TypedItem, bulleted, numbered
from magdesk.document.grammar import ProseMarkdown
from magdesk.document.typedlines import own_lines
from magdesk.model.text import TOKEN, references

_REFERENCE = "magdesk_reference"


def _reference_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "{[":
        return False
    match = TOKEN.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push(_REFERENCE, "", 0).content = match[0]
    state.pos = match.end()
    return True


@lru_cache(maxsize=1)
def _parser() -> ProseMarkdown:
    parser = ProseMarkdown()
    parser.inline.ruler.before("escape", _REFERENCE, _reference_rule)
    return parser


def narrative(text: str, *, level: int = 1, style: ParagraphStyle = ParagraphStyle.BODY) -> tuple[Block, ...]:
    """The blocks of a text in CommonMark.

    Args:
        text: the text as stored, with tokens.
        level: level of the heading it stands under; its own first headings are one deeper.
        style: style of its paragraphs.
    """
    return tuple(_BlockReader(_parser().parse(text), level, style).blocks())


def sentence(text: str) -> tuple[Inline, ...]:
    """The inlines of a short field: plain words with tokens, line breaks kept, no markup read."""
    out: list[Inline] = []
    end = 0
    for reference in references(text):
        out += _lines(text[end : reference.start])
        out.append(_reference(text[reference.start : reference.end]))
        end = reference.end
    return (*out, *_lines(text[end:]))


def _lines(text: str) -> list[Inline]:
    out: list[Inline] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            out.append(LineBreak())
        if line:
            out.append(Text(line))
    return out


def _reference(token: str) -> Inline:
    found = next(references(token))
    match found.kind:
        case "party":
            return Mention(str(found.key), running=True)
        case "fact":
            return Cite(fact=str(found.key))
        case _:
            return Cite(evidence=str(found.key), pinpoint=found.pinpoint)


class _BlockReader:
    """Turns the parser's flat list of tokens into nested blocks."""

    def __init__(self, tokens: Sequence[Token], level: int, style: ParagraphStyle) -> None:
        self._tokens = tokens
        self._at = 0
        self._level = level
        self._style = style

    def blocks(self, end: str = "") -> list[Block]:
        out: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                break
            out += self._block(token)
        return out

    def _block(self, token: Token) -> list[Block]:
        match token.type:
            case "paragraph_open":
                inlines = self._inline()
                return [Paragraph(inlines, self._style)] if inlines else []
            case "heading_open":
                depth = min(4, self._level + int(token.tag[1:]))
                inlines = self._inline()
                return [Heading(depth, inlines)] if inlines else []
            case "bullet_list_open":
                return list(bulleted(self._items("bullet_list_close"), self._style))
            case "ordered_list_open":
                return list(numbered(self._items("ordered_list_close"), self._style))
            case "blockquote_open":
                quoted = tuple(self.blocks("blockquote_close"))
                return [Quote(quoted)] if quoted else []
            case "fence":
                text = f"{token.info.strip()}\n{token.content}".strip("\n")
                return [Paragraph(_code_lines(text))] if text.strip() else []
            case "hr":
                return [Rule()]
            case _:
                return []

    def _items(self, end: str) -> list[TypedItem]:
        items: list[TypedItem] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                break
            if token.type == "list_item_open":
                items.append(TypedItem(f"{token.info}{token.markup}", tuple(self.blocks("list_item_close"))))
        return items

    def _inline(self) -> tuple[Inline, ...]:
        token = self._tokens[self._at]
        self._at += 2  # the inline token and the closing one
        return _Inlines(_with_own_lines(token.children or ())).read()


def _with_own_lines(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a paragraph, a line end that its drafter meant made one that is printed."""
    starts = [0, *(number + 1 for number, token in enumerate(tokens) if token.type in ("softbreak", "hardbreak"))]
    kept = own_lines([tokens[start].content if start < len(tokens) else "" for start in starts])
    hard = {starts[line] - 1 for line in kept if line}
    return [Token("hardbreak", "br", 0) if number in hard else token for number, token in enumerate(tokens)]


def _code_lines(text: str) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for number, line in enumerate(text.rstrip("\n").split("\n")):
        if number:
            out.append(LineBreak())
        out.append(Text(line, mono=True))
    return tuple(out)


class _Inlines:
    """Turns the inline tokens of one paragraph into styled runs."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def read(self, end: str = "", *, bold: bool = False, italic: bool = False) -> tuple[Inline, ...]:
        out: list[Inline] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            match token.type:
                case kind if kind == end:
                    break
                case "text" | "text_special" | "html_inline":
                    if token.content:
                        out.append(Text(token.content, bold=bold, italic=italic))
                case "softbreak":
                    out.append(Text(" ", bold=bold, italic=italic))
                case "hardbreak":
                    out.append(LineBreak())
                case "code_inline":
                    out.append(Text(token.content, bold=bold, italic=italic, mono=True))
                case "strong_open":
                    out += self.read("strong_close", bold=True, italic=italic)
                case "em_open":
                    out += self.read("em_close", bold=bold, italic=True)
                case "link_open":
                    words = self.read("link_close", bold=bold, italic=italic)
                    out += _link(words, str(token.attrGet("href") or ""), str(token.attrGet("title") or ""))
                case "image":
                    words = (Text(token.content, bold=bold, italic=True),) if token.content else ()
                    out += _link(words, str(token.attrGet("src") or ""), str(token.attrGet("title") or ""))
                case kind if kind == _REFERENCE:
                    out.append(_reference(token.content))
                case _:
                    pass
        return tuple(out)


def _link(inlines: tuple[Inline, ...], url: str, title: str) -> tuple[Inline, ...]:
    """A link whose address is also on paper: as its own text, else in a note, with the title it was given."""
    shown = inlines or (Text(url),)
    printed = "".join(inline.text for inline in shown if isinstance(inline, Text))
    named = (Text(f"{title}: "),) if title else ()
    if printed in (url, url.removeprefix("mailto:")) and not title:
        return (Link(shown, url),)
    return (Link(shown, url), Note((*named, Link((Text(url),), url), Text("."))))
