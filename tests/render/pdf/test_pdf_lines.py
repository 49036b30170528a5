from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magdesk.document.blocks import Text
from magdesk.render.pdf import breaks, styles
from magdesk.render.pdf.paragraphs import Composer, Line
from magdesk.render.pdf.richtext import rich_text
from magdesk.render.pdf.shaping import Shaper
from magdesk.render.scripts import itemise, printable
from tests.render.pdf.pdf_reading import LOREM, NAMES

_MIXED = st.text(
    st.one_of(
        st.sampled_from("abc ABC 12 (),.-/§“” \n"),
        st.sampled_from("".join(NAMES.values())),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


def _lines(text: str, width: float = 200.0, *, rtl: bool = False) -> list[Line]:
    return Composer(Shaper()).lines(rich_text((Text(text),), styles.BODY, None), styles.BODY, width, rtl=rtl)


@settings(max_examples=120, deadline=None)
@given(_MIXED, st.booleans())
def test_every_character_stands_in_some_line(text: str, rtl: bool) -> None:
    lines = _lines(text, rtl=rtl)
    shown = Counter(char for line in lines for placed in line.pieces for char in placed.piece.text)
    typed = Counter(printable(text).replace("\ufffc", "\ufffd"))
    for char in typed:
        if not char.isspace():
            assert shown[char] == typed[char]
    glyphs = Counter(char for line in lines for placed in line.pieces for g in placed.piece.glyphs for char in g.text)
    for char in typed:
        if not char.isspace():
            assert glyphs[char] == typed[char]


@settings(max_examples=120, deadline=None)
@given(_MIXED)
def test_runs_of_scripts_make_up_the_text(text: str) -> None:
    assert "".join(run.text for run in itemise(text)) == text


@pytest.mark.parametrize("width", [330.0, 384.0, 436.0])
def test_justified_lines_end_at_the_measure(width: float) -> None:
    lines = _lines(LOREM * 3, width)
    full = [line for line in lines[:-1] if sum(placed.piece.space for placed in line.pieces) > 3]
    assert all(line.right <= width + 0.01 for line in lines)
    assert all(line.right > width - 0.01 for line in full)


def test_a_word_wider_than_the_measure_is_cut() -> None:
    lines = _lines("9f86d081884c7d65" * 8, 100.0)
    assert len(lines) > 5
    assert all(line.right <= 100.01 for line in lines)


@pytest.mark.parametrize("figure", ["1,250,000.50", "1,251,000.75", "12,345,678.00"])
def test_a_sum_is_cut_from_its_currency_before_it_is_cut_between_digits(figure: str) -> None:
    whole = _lines(figure, 500.0)[0].right
    lines = _lines(f"paid CNY\u00a0{figure}", whole + 4.0)
    shown = ["".join(placed.piece.text for placed in line.pieces).strip() for line in lines]
    assert shown[-1] == figure
    assert "CNY" in shown[-2]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("see Ex. 7 at 3", ["see ", "Ex. 7 ", "at ", "3"]),
        ("5 U.S.C. § 552(b)", ["5 ", "U.S.C. ", "§ 552(b)"]),
        ("well-known 2014-2015", ["well-", "known ", "2014-2015"]),
        ("E.O. 13818 § 1(a)", ["E.O. 13818 ", "§ 1(a)"]),
        ("漢字、かな。", ["漢", "字、", "か", "な。"]),
        ("no\u00a0break", ["no\u00a0break"]),
        ("“Quoted” (in brackets)", ["“Quoted” ", "(in ", "brackets)"]),
    ],
)
def test_where_lines_may_end(text: str, parts: list[str]) -> None:
    edges = [0, *sorted(breaks.opportunities(text)), len(text)]
    assert [text[a:b] for a, b in pairwise(edges)] == parts
