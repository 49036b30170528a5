"""The table of contents: a real field, filled beforehand so that it reads before anyone updates it.

Only Word knows its own page numbers. Guessed ones would be wrong ones, and asking Word to update on opening greets
the reader with a warning; so the entries stand as links without numbers, and "Update Table" adds them.
"""

from __future__ import annotations

import itertools

from magdesk.document.blocks import Block, Contents, Document, Heading, Inline, LineBreak, Link, Note, Text, walk
from magdesk.render.docx.inlines import Voice, text_runs
from magdesk.render.docx.links import Bookmarks
from magdesk.render.docx.oxml import XmlElement, element, flag, properties


def titles_of_contents(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The headings, by identity, that stand directly over a table of contents: it does not list them."""
    every = list(walk(blocks))
    pairs = itertools.pairwise(every)
    return frozenset(id(one) for one, two in pairs if isinstance(one, Heading) and isinstance(two, Contents))


def contents(document: Document, depth: int, bookmarks: Bookmarks, *, rtl: bool, new_page: bool) -> list[XmlElement]:
    """The table of headings down to the depth; empty when there are none."""
    depth = min(max(depth, 1), 4)
    titles = titles_of_contents(document.blocks)
    headings = [block for block in walk(document.blocks) if isinstance(block, Heading)]
    entries = [
        (min(max(heading.level, 1), 4), bookmarks.contents_name(number), _line(heading.inlines))
        for number, heading in enumerate(headings, start=1)
        if heading.level <= depth and id(heading) not in titles
    ]
    if not entries:
        return []
    paragraphs = []
    for number, (level, name, line) in enumerate(entries):
        link = element("w:hyperlink", {"w:anchor": name, "w:history": 1}, *_runs(line, rtl=rtl))
        style = properties(
            "w:pPr",
            [
                flag("pStyle", f"TOC{level}"),
                flag("pageBreakBefore") if new_page and number == 0 else None,
                flag("bidi") if rtl else None,
            ],
        )
        opening = _field_begin(depth) if number == 0 else []
        closing = [_field_mark("end")] if number == len(entries) - 1 else []
        paragraphs.append(element("w:p", None, style, *opening, link, *closing))
    gallery = element(
        "w:docPartObj",
        None,
        flag("docPartGallery", "Table of Contents"),
        flag("docPartUnique"),
    )
    return [element("w:sdt", None, element("w:sdtPr", None, gallery), element("w:sdtContent", None, *paragraphs))]


def _line(inlines: tuple[Inline, ...]) -> tuple[Text, ...]:
    """The heading in one line: no notes, no links, no line breaks."""
    out: list[Text] = []
    for inline in inlines:
        match inline:
            case Text():
                out.append(Text(" ".join(inline.text.split("\n")), italic=inline.italic, lang=inline.lang))
            case LineBreak():
                out.append(Text(" "))
            case Link():
                out += _line(inline.inlines)
            case Note():
                pass
            case _:
                out.append(Text(getattr(inline, "text", "")))
    return tuple(out)


def _runs(line: tuple[Text, ...], *, rtl: bool) -> list[XmlElement]:
    return [run for text in line for run in text_runs(text, Voice(rtl=rtl))]


def _field_begin(depth: int) -> list[XmlElement]:
    code = element("w:instrText", {"xml:space": "preserve"}, text=f' TOC \\o "1-{depth}" \\h \\z \\u ')
    return [_field_mark("begin"), element("w:r", None, code), _field_mark("separate")]


def _field_mark(kind: str) -> XmlElement:
    return element("w:r", None, element("w:fldChar", {"w:fldCharType": kind}))
