"""Prose goes through the parser, the three renderers and the editor's storage with every word and number in place.

Markup is made of punctuation, so the words and numbers of a source are those of its print, in the same order.
"""

from __future__ import annotations

import random
import re

import pytest

from magdesk.document.blocks import Block, Document, Heading, ListBlock, Paragraph, Rule, Text
from magdesk.document.narrative import narrative
from magdesk.document.rewrite import all_inlines
from magdesk.render.text import render_text
from tests.render.docx.docx_reading import written
from tests.render.pdf.pdf_reading import pages, render

SEED = 20240305
STARTS = [
    "2014. ",
    "10. April 2020 ",
    "1. April 2020 ",
    "1. ",
    "1) ",
    "2. ",
    "3. ",
    "4. ",
    "7) ",
    "007. ",
    "0. ",
    "999. ",
    "1000. ",
    "2024) ",
    "- ",
    "+ ",
    "* ",
    "- 5 ",
    "+ 30 ",
    "> ",
    "> 50 ",
    ">50 ",
    "# ",
    "## 5 ",
    "    ",
    "\t",
    "   3. ",
    "  - ",
    "    - ",
    "[a]: ",
    "[^1]: ",
    "12 Bahman. ",
    "٢٠١٤. ",
    "~~~ ",
    "``` ",
    "=== ",
    "--- ",
    "| 4 | ",
    "",
]
WORDS = [
    "prison",
    "Goma",
    "12",
    "1,499.99",
    "2*3*4",
    "2 * 3 * 4",
    "_5_",
    "*6*",
    "**seven**",
    "**1**st",
    "a_b_c",
    "snake_2_x",
    "`code 8`",
    "``9",
    "`",
    "*",
    "_",
    "**",
    "<b>",
    "&amp;",
    "&copy;",
    "&#50;",
    "[sic](2014)",
    "[x]",
    "![p](q)",
    "no. 4",
    "\\",
    "\\*",
    "C:\\new",
    "3.5",
    ">7",
    "#5",
    "50%",
    "§ 1263",
    "café",
    "Қазақ",
    "ــد",
    "<2014>",
    "~~gone~~",
    ":---:",
    "10.",
    "1)",
]


def words(text: str) -> list[str]:
    """Letters and figures, in order; what stands between them is markup or punctuation."""
    return re.findall(r"[^\W_]+", text)


def sources(count: int, *, latin: bool = False) -> list[str]:
    """Texts full of what CommonMark takes for markup, the same in each run."""
    chance = random.Random(SEED)
    starts = [start for start in STARTS if start.isascii() or not latin]
    parts = [word for word in WORDS if max(word) < "\u0250" or not latin]
    out = []
    for _text in range(count):
        lines = [
            chance.choice(starts) + " ".join(chance.choice(parts) for _word in range(chance.randint(1, 5)))
            for _line in range(chance.randint(1, 5))
        ]
        out.append("".join(line + chance.choice(["\n", "\n", "  \n", "\\\n", "\n\n"]) for line in lines))
    return out


def pdf_text(*blocks: Block) -> str:
    return " ".join(pages(render(*blocks, page_numbers=False)[0]))


def printed(blocks: tuple[Block, ...]) -> str:
    return render_text(Document("t", blocks))


def test_every_word_and_number_of_a_narrative_is_printed_in_its_place() -> None:
    for source in sources(4000):
        assert words(printed(narrative(source))) == words(source), source


def test_pdf_and_word_print_the_words_and_numbers_that_were_typed() -> None:
    texts = [source for source in sources(260, latin=True) if len(source) < 200]
    blocks = tuple(block for source in texts for block in (*narrative(source), Paragraph((Text("zzz"),))))
    typed = [words(text) for text in texts]
    pdf = pdf_text(*blocks)
    word = " ".join(written(*blocks).words())
    for back in (pdf, word):
        assert [words(part) for part in back.split("zzz")[:-1]] == typed


@pytest.mark.parametrize(
    "source",
    [
        "2014. That year the prison was built.",
        "10. April 2020 he was moved.",
        "1. April 2020 he was moved.",
        "- 20 degrees",
        "He was moved on\n1. April 2020 to Goma",
        "[sic](2014)",
        "[2014]: that year",
        "2*3*4",
        "R&amp;D",
    ],
)
def test_a_sentence_that_looks_like_markup_is_printed_as_it_stands(source: str) -> None:
    (paragraph,) = narrative(source)
    assert isinstance(paragraph, Paragraph)
    assert "".join(part.text for part in all_inlines((paragraph,)) if isinstance(part, Text)) == source.replace(
        "\n", " "
    )


def test_a_list_is_numbered_as_it_was_typed_at_each_depth() -> None:
    (outer,) = narrative("3. a\n4. b\n   7. x\n   8. y")
    assert isinstance(outer, ListBlock)
    assert outer.start == 3
    assert words(pdf_text(outer)) == ["3", "a", "4", "b", "7", "x", "8", "y"]
    assert words(" ".join(written(outer).words())) == ["3", "a", "4", "b", "7", "x", "8", "y"]


@pytest.mark.parametrize("behind", [".", ")"])
def test_a_list_keeps_what_stands_behind_its_numbers(behind: str) -> None:
    blocks = narrative(f"1{behind} aa\n2{behind} bb\n   7{behind} cc\n   8{behind} dd")
    marks = [f"1{behind}", "aa", f"2{behind}", "bb", f"7{behind}", "cc", f"8{behind}", "dd"]
    assert printed(blocks).split() == marks
    assert pdf_text(*blocks).split() == marks
    word = written(*blocks)
    assert word.words() == [mark.rstrip(".)") for mark in marks]
    used = {str(number) for number in word.find("//w:numPr/w:numId/@w:val")}
    for number in used:
        kind = word.one(f"/w:numbering/w:num[@w:numId='{number}']/w:abstractNumId/@w:val", "word/numbering.xml")
        texts = word.find(f"//w:abstractNum[@w:abstractNumId='{kind}']//w:lvlText/@w:val", "word/numbering.xml")
        assert {text[-1] for text in texts} == {behind}


def test_a_list_ends_where_its_numbers_do_not_follow() -> None:
    blocks = narrative("1. a\n2. b\n2014. That year\n\n5. c\n7. d")
    assert [type(block) for block in blocks] == [ListBlock, Paragraph, Paragraph, Paragraph]
    assert words(printed(blocks)) == ["1", "a", "2", "b", "2014", "That", "year", "5", "c", "7", "d"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("(a) first\n(b) second\n(c) third", 3),
        ("a) x\nb) y", 2),
        ("i. one\nii. two\niii. three\niv. four", 4),
        ("I. First\nII. Second", 2),
        ("١. أولا\n٢. ثانيا", 2),
        ("أ) أولا\nب) ثانيا", 2),
        ("The counts:\n(1) murder\n(2) torture", 3),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 3),
        ("Section (b)\n(a) comes first", 1),
        ("He was moved on\n1. April 2020 to Goma", 1),
        ("No. 5\n5. x", 1),
        ("as A. Smith\nB. Jones said", 1),
        ("wrapped by\na machine\nat thirty", 1),
    ],
)
def test_lines_that_count_stay_lines_of_their_own(source: str, lines: int) -> None:
    (paragraph,) = narrative(source)
    assert isinstance(paragraph, Paragraph)
    text = printed((paragraph,)).rstrip("\n")
    assert text.replace("\n", " ") == source.replace("\n", " ")
    assert text.count("\n") + 1 == lines


def test_real_markup_is_still_markup() -> None:
    blocks = narrative("# Head\n\n---\n\n- one\n- two\n\n*slanted*")
    assert [type(block) for block in blocks] == [Heading, Rule, ListBlock, Paragraph]
    assert blocks[3] == Paragraph((Text("slanted", italic=True),))
