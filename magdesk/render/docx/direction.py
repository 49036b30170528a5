"""The text of inlines, and whether a paragraph runs from right to left."""

from __future__ import annotations

from magdesk.document.blocks import CrossRef, ExhibitRef, Inline, LineBreak, Link, Text
from magdesk.render.docx.itemise import only_right_to_left
from magdesk.render.scripts import is_rtl_language


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """The printed text of the inlines, without notes."""
    out: list[str] = []
    for inline in inlines:
        match inline:
            case Text() | ExhibitRef() | CrossRef():
                out.append(inline.text)
            case LineBreak():
                out.append("\n")
            case Link():
                out.append(inline_text(inline.inlines))
            case _:
                pass
    return "".join(out)


def runs_right_to_left(inlines: tuple[Inline, ...], lang: str, *, document_rtl: bool, guess: bool) -> bool:
    """Whether the paragraph does: by its language, else by the document's, else by its letters if ``guess``."""
    if lang:
        return is_rtl_language(lang)
    return document_rtl or (guess and only_right_to_left(inline_text(inlines)))
