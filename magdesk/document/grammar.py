"""What of CommonMark counts in text that people wrote as prose.

CommonMark reads some ordinary sentences as markup, and loses words of them: ``2014. That year`` is the first item of
a list there, ``2*3*4`` is 2, a slanted 3 and 4, ``[a]: b`` is nothing at all. Here such text stays text.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.rules_inline.state_inline import Delimiter

_WEB = ("http://", "https://", "mailto:")
_FIRST_ITEM = re.compile(r"0*1([.)])")
_MORE_THAN = re.compile(r">[ \t]*[0-9]")


class ProseMarkdown(MarkdownIt):
    """CommonMark that keeps every word of a narrative.

    Left out: HTML, definitions of links (they print nothing), names of letters (``&copy;``), code by indentation
    (people indent first lines), links and pictures that lead to no web address, emphasis between digits, a list that
    interrupts a paragraph with its only item, and ``>`` before a number in running text, which is "more than".
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable(["reference", "code", "entity"])
        self.block.ruler.at("list", _list_rule, {"alt": ["paragraph", "reference", "blockquote"]})
        self.block.ruler.at("blockquote", _quote_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
        self.inline.ruler.at("emphasis", _emphasis_rule)
        self.inline.ruler.at("backticks", _code_rule)

    def validateLink(self, url: str) -> bool:
        """Whether this address makes a link; anything else in its place stays as typed: ``[sic](2014)``."""
        return url.lower().startswith(_WEB)


def _list_rule(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    if silent and state.parentType == "paragraph" and state.sCount[first] >= state.blkIndent:
        item = _FIRST_ITEM.match(_line(state, first))
        if item and not _has_second(state, first, last, item[1]):
            return False
    return list_block(state, first, last, silent)


def _has_second(state: StateBlock, first: int, last: int, delimiter: str) -> bool:
    return any(_line(state, line).startswith(f"2{delimiter}") for line in range(first + 1, last))


def _quote_rule(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    line = _line(state, first)
    if _MORE_THAN.match(line) and (line[1].isdigit() or (silent and state.parentType == "paragraph")):
        return False
    return blockquote(state, first, last, silent)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _emphasis_rule(state: StateInline, silent: bool) -> bool:
    """The parser's rule, but for a mark that stands between two letters or digits of which one is a digit."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos]
    after = state.src[state.pos + scanned.length : state.pos + scanned.length + 1]
    literal = before.isalnum() and after.isalnum() and (before.isdigit() or after.isdigit())
    for _mark in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open and not literal,
                close=scanned.can_close and not literal,
            )
        )
    state.pos += scanned.length
    return True


def _code_rule(state: StateInline, silent: bool) -> bool:
    """The parser's rule, but for the spaces inside the marks, which may be all that parts two words."""
    start, before = state.pos, len(state.tokens)
    found = backtick(state, silent)
    if len(state.tokens) > before:
        token = state.tokens[-1]
        marks = len(token.markup)
        token.content = state.src[start + marks : state.pos - marks].replace("\n", " ")
    return found
