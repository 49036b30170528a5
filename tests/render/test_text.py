from __future__ import annotations

from dataclasses import replace

import pytest

from magdesk.document.blocks import (
    Block,
    Cite,
    Document,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Mention,
    Note,
    Paragraph,
    ParagraphStyle,
    Quote,
    Rule,
    Space,
    Table,
    Text,
    plain,
)
from magdesk.render.text import render_text
from tests.render.docx.docx_sample import cell, every_feature, note, paragraph


def text(*blocks: Block) -> str:
    return render_text(Document(title="Not printed", blocks=blocks))


def test_a_letter_reads_as_one() -> None:
    letter = text(
        Paragraph(plain("The Secretary"), ParagraphStyle.ADDRESS),
        Paragraph(plain("Washington"), ParagraphStyle.ADDRESS),
        Space(3),
        paragraph("Dear Secretary:", LineBreak(), "We write."),
        Paragraph((Text("It entered."), note("Ex. 1.")), label="12."),
        Quote((paragraph("We had orders."), paragraph("All of us."))),
        Rule(),
    )
    assert letter == (
        "The Secretary\nWashington\n\nDear Secretary:\nWe write.\n\n12. It entered.[1]\n\n"
        "    We had orders.\n\n    All of us.\n\n"
        "----------------------------------------\n\n----------------------------------------\n\n[1] Ex. 1.\n"
    )


def test_headings_lists_and_tables() -> None:
    inner = ListBlock(((paragraph("x"),), (ListBlock(((paragraph("deep"),),), ordered=True),)), ordered=True)
    assert text(Heading(1, plain("One")), Heading(2, plain("Two")), Heading(3, plain("Three"))) == (
        "One\n===\n\nTwo\n---\n\nThree\n"
    )
    assert text(ListBlock(((paragraph("a"), inner), ()), ordered=True)) == "1. a\n\n    1. x\n    2. 1. deep\n2.\n"
    table = Table(((cell("a"), cell("b", note("n"))), (cell("c |"), cell(""))), (1, 1), caption=plain("Cap"))
    assert text(table) == f"Cap\na | b[1]\nc |\n\n{'-' * 40}\n\n[1] n\n"


def test_a_list_begins_with_its_own_number() -> None:
    assert text(ListBlock(((paragraph("x"),), (paragraph("y"),)), ordered=True, start=9)) == "9. x\n10. y\n"


def test_a_note_in_a_note_stands_in_brackets() -> None:
    assert text(paragraph("x", note("outer", Note(plain("inner"))))).endswith("[1] outer [inner]\n")


def test_a_link_prints_its_words_only() -> None:
    assert text(paragraph(Link(plain("here"), "https://x.example"))) == "here\n"


def test_banner_and_draft_stand_first() -> None:
    rendered = render_text(every_feature(draft=True))
    assert rendered.startswith("DRAFT\n\nCONFIDENTIAL – in confidence to the U.S. Government.\n\nFormal Submission\n")
    assert not render_text(every_feature()).startswith("DRAFT")


def test_contents_lists_the_headings_but_not_its_own_title_nor_notes() -> None:
    rendered = render_text(replace(every_feature(), banner=""))
    assert "Contents\n========\n\nSummary\n    Иван Петров, 李伟\n        Numbered facts\n\nSummary[1]" in rendered


def test_what_a_terminal_would_obey_is_left_out() -> None:
    assert text(paragraph("a\x1b[31m\x00b\u202ec\ud800")) == "a[31mbc\ufffd\n"


def test_an_empty_document_is_one_line_feed() -> None:
    assert text() == "\n"


@pytest.mark.parametrize("inline", [Mention("x"), Cite(fact="x")])
def test_unresolved_references_are_refused(inline: Mention | Cite) -> None:
    with pytest.raises(TypeError, match="resolved"):
        text(Paragraph((inline,)))
