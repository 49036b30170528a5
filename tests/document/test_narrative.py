from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.document.blocks import (
    Cite,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Mention,
    Note,
    Paragraph,
    Quote,
    Rule,
    Text,
)
from magdesk.document.narrative import narrative, sentence
from magdesk.document.rewrite import all_inlines
from magdesk.model.text import evidence_token, fact_token, party_token

KEY = uuid.UUID("01900000-0000-7000-8000-000000000001")


def test_markup_becomes_styles_and_blocks() -> None:
    blocks = narrative("Plain *slanted* **strong** `code`\n\n- one\n- two\n\n> said\n\n---\n", level=1)
    assert blocks == (
        Paragraph(
            (
                Text("Plain "),
                Text("slanted", italic=True),
                Text(" "),
                Text("strong", bold=True),
                Text(" "),
                Text("code", mono=True),
            )
        ),
        ListBlock(((Paragraph((Text("one"),)),), (Paragraph((Text("two"),)),))),
        Quote((Paragraph((Text("said"),)),)),
        Rule(),
    )


def test_headings_stand_below_their_section_and_no_deeper_than_four() -> None:
    blocks = narrative("# One\n\n###### Six", level=1)
    assert blocks == (Heading(2, (Text("One"),)), Heading(4, (Text("Six"),)))


def test_tokens_become_references() -> None:
    text = f"By {party_token(KEY)}.{fact_token(KEY)} And{evidence_token(KEY, 'p. 4')} **{party_token(KEY)}**"
    (paragraph,) = narrative(text)
    assert isinstance(paragraph, Paragraph)
    key = str(KEY)
    assert [inline for inline in paragraph.inlines if not isinstance(inline, Text)] == [
        Mention(key, running=True),
        Cite(fact=key),
        Cite(evidence=key, pinpoint="p. 4"),
        Mention(key, running=True),
    ]


def test_a_short_field_reads_tokens_but_no_markup() -> None:
    assert sentence(f"2 * 3 * 4 by {party_token(KEY)}\nnext") == (
        Text("2 * 3 * 4 by "),
        Mention(str(KEY), running=True),
        LineBreak(),
        Text("next"),
    )


def test_an_address_is_printed_too() -> None:
    (named, bare, mail) = narrative("[here](https://x.example/a)\n\n<https://x.example/b>\n\n<a@x.example>")
    assert isinstance(named, Paragraph)
    assert named.inlines == (
        Link((Text("here"),), "https://x.example/a"),
        Note((Link((Text("https://x.example/a"),), "https://x.example/a"), Text("."))),
    )
    assert bare == Paragraph((Link((Text("https://x.example/b"),), "https://x.example/b"),))
    assert mail == Paragraph((Link((Text("a@x.example"),), "mailto:a@x.example"),))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html;base64,AA"])
def test_no_other_addresses_are_linked(url: str) -> None:
    blocks = narrative(f"[click]({url})")
    assert not [inline for inline in all_inlines(blocks) if isinstance(inline, Link)]


def test_html_stays_text_and_pictures_become_words() -> None:
    blocks = narrative("<b>bold</b> <script>x</script>\n\n<div>\nblock\n</div>\n\n![a dog](https://x.example/d.png)")
    texts = "".join(inline.text for inline in all_inlines(blocks) if isinstance(inline, Text))
    assert "<script>x</script>" in texts
    assert "<div>" in texts
    picture = blocks[-1]
    assert isinstance(picture, Paragraph)
    assert picture.inlines[0] == Link((Text("a dog", italic=True),), "https://x.example/d.png")
    assert isinstance(picture.inlines[1], Note)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for block in (*narrative(text), Paragraph(sentence(text))):
        assert block is not None
