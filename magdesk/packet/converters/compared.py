"""The printed pages of a document against what the index finds in it: what is lost is said on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

import pypdfium2

from magdesk.i18n import _
from magdesk.intake.comparison import lost_words
from magdesk.intake.conversion import DocumentConverter, Refusal
from magdesk.packet.exhibits import ExhibitInput

_NAMED = 12  # words named in the sentence
# A line may end at a space, and behind a hyphen or a slash.
_BREAK = {" ": r"\s+", "-": r"[-\ufffe]\s*", "/": r"/\s*"}
_LONGEST = 40  # characters of one of them


def losses(item: ExhibitInput, media_type: str, printed: str, converter: DocumentConverter) -> tuple[str, ...]:
    """What is to be said of words that a search finds in the file and that its pages do not show.

    Args:
        printed: what the pages show of the file, without what we say of it.

    Returns:
        Sentences; none where every word is there.
    """
    try:
        with item.open() as stream:
            found = converter.words(
                stream, item.file_name, media_type, item.size, password=item.password, encoding=item.encoding
            )
    except Refusal:
        return (_("These pages could not be compared with the text that a search finds in the file."),)
    lost = lost_words(found.texts, printed)
    sentences = [loss_sentence(lost)] if lost else []
    if not found.whole:
        sentences.append(_("Only part of the file could be compared with these pages."))
    return tuple(sentences)


def loss_sentence(lost: tuple[str, ...]) -> str:
    """The words that are lost, counted and the first of them named."""
    named = ", ".join(word[:_LONGEST] for word in lost[:_NAMED])
    more = " …" if len(lost) > _NAMED else ""
    if len(lost) == 1:
        return _(
            "One word or number that a search finds in the file is not on these pages: {named}. It is in the "
            "original, which is produced with them."
        ).format(named=named)
    return _(
        "{count:,} words or numbers that a search finds in the file are not on these pages: "
        "{named}{more}. They are in the original, which is produced with them."
    ).format(count=len(lost), named=named, more=more)


def without(printed: str, own: Iterable[str]) -> str:
    """A printed text without sentences of ours, however they were broken into lines; such words show nothing."""
    for sentence in own:
        letters = (_BREAK.get(letter, re.escape(letter)) for letter in " ".join(sentence.split()))
        printed = re.sub("".join(letters), " ", printed)
    return printed


def printed_text(printed: BinaryIO) -> str:
    """The text of a PDF that we made, page by page."""
    with pypdfium2.PdfDocument(printed) as document:
        return "\n".join(_page_text(page) for page in document)


def _page_text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()
