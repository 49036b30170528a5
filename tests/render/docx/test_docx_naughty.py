"""The Big List of Naughty Strings in every kind of text there is."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import docx
import pytest

from magdesk.document.blocks import (
    Block,
    Cell,
    Contents,
    CrossRef,
    Document,
    ExhibitRef,
    Figure,
    Heading,
    Link,
    ListBlock,
    Note,
    Paragraph,
    ParagraphStyle,
    Quote,
    Table,
    Text,
)
from magdesk.render.text import render_text
from magdesk.values import clean_text
from tests.render.docx.docx_reading import Written, words
from tests.render.docx.docx_sample import picture
from tests.render.docx.test_docx_validity import VALIDATOR, validator_errors

LIST = Path(os.environ.get("MAGDESK_TEST_DATA", "../shared/data")) / "text" / "blns.json"


@pytest.fixture(scope="module")
def strings() -> list[str]:
    if not LIST.is_file():
        pytest.skip(f"needs {LIST}: set MAGDESK_TEST_DATA")
    found: list[str] = json.loads(LIST.read_text("utf-8"))
    assert len(found) > 500
    # Lone surrogates, controls and non-characters cannot be in the list's own file.
    return [*found, "\ud800x", "\x00\x01\x1b[31m", "\ufffe\uffff", "]]>", "\x85\u2028\u2029"]


def everywhere(naughty: str, number: int) -> tuple[Block, ...]:
    """The string in every field of every block and inline."""
    text = (Text(naughty, bold=True, italic=True, lang=naughty),)
    paragraph = Paragraph(text, label=naughty, anchor=f"{naughty}{number}", lang=naughty)
    note = Note((*text, Link(text, naughty), ExhibitRef(naughty, number), CrossRef(naughty, naughty)))
    return (
        Heading(1 + number % 4, (*text, note), naughty),
        *(Paragraph(text, style) for style in (ParagraphStyle.TITLE, ParagraphStyle.ADDRESS)),
        paragraph,
        Paragraph((Text(naughty, mono=True), note, Link(text, f"https://{naughty}"), CrossRef(naughty, naughty))),
        Quote((paragraph,), lang=naughty),
        ListBlock(((paragraph,),), ordered=bool(number % 2)),
        Table(((Cell((paragraph,), shade=naughty),),), (1,), caption=text),
        Figure(picture(), 0.1, naughty, text),
    )


def document(blocks: tuple[Block, ...], naughty: str) -> Document:
    return Document(
        title=naughty,
        blocks=blocks,
        lang=naughty,
        banner=naughty,
        running_head=naughty,
        author=naughty,
        date=naughty,
        exhibits_file=naughty,
        draft=True,
    )


def test_nothing_breaks_the_file(strings: list[str], tmp_path: Path) -> None:
    blocks: list[Block] = [Contents(4)]
    for number, naughty in enumerate(strings):
        blocks += everywhere(naughty, number)
    result = Written(document(tuple(blocks), "".join(strings)))
    docx.Document(io.BytesIO(result.data))
    if VALIDATOR:
        assert validator_errors(result.data, tmp_path) == []


def test_every_string_alone_in_the_fields_of_the_document(strings: list[str]) -> None:
    for naughty in strings:
        docx.Document(io.BytesIO(Written(document((), naughty)).data))


def test_the_words_come_back(strings: list[str]) -> None:
    blocks = tuple(
        block for number, naughty in enumerate(strings) for block in everywhere(clean_text(naughty), number)
    )
    tree = Document(title="x", blocks=blocks)
    assert Written(tree).words() == words(render_text(tree))
