"""How content leaves the graphics state, and that the stamp stands right behind any of it."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.packet.content import Balance, _careful_words, _quick_words, balance_of, read_content
from tests.packet.making import bundle, changed, exhibit, text_pdf


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Balance()),
        (b"q 1 0 0 1 0 0 cm Q", Balance()),
        (b"q q Q", Balance(0, 1)),
        (b"Q Q", Balance(2, 0)),
        (b"Q q q", Balance(1, 2)),
        (b"BT (q) Tj ET", Balance()),
        (b"BT (a) Tj", Balance(0, 0, in_text=True)),
        (b"(un(bal)anced q) Tj q", Balance(0, 1)),
        (b"(esc \\) q) Tj q", Balance(0, 1)),
        (b"(never ends q", Balance(broken=True)),
        (b"<0041 q", Balance(broken=True)),
        (b"/q gs q/Im0 Do Q", Balance()),
        (b"% q q q\nq", Balance(0, 1)),
        (b"BI /W 1 ID \x00 q q ( \x01 EI q", Balance(0, 1)),
        (b"BI /W 1 ID \x00 q q", Balance(broken=True)),
        (b"<</A<41>>>q", Balance(0, 1)),
        (b"[(q)]TJ q[(Q)]TJ", Balance(0, 1)),
        (b"q\x00Q", Balance()),
        (b"<?xpacket begin?>", Balance(broken=True)),
    ],
)
def test_balance(content: bytes, expected: Balance) -> None:
    assert balance_of(content) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                b"q",
                b"Q",
                b"BT",
                b"ET",
                b"(q Q)",
                b"(a\\)q)",
                b"(q(Q)",
                b")",
                b"<41 42>",
                b"/q",
                b"[(Q)]",
                b"1 cm",
                b"<<",
            ]
        )
    ).map(b" ".join)
)
def test_the_quick_way_agrees_with_the_careful_one(content: bytes) -> None:
    quick = _quick_words(content)
    assert quick is None or quick == _careful_words(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_read(content: bytes) -> None:
    balance_of(content)


def test_a_decompression_bomb_is_not_unpacked() -> None:
    with pikepdf.new() as pdf:
        bomb = pdf.make_stream(zlib.compress(bytes(70 << 20)), Filter=pikepdf.Name.FlateDecode)
        assert read_content([bomb]) is None
        broken = pdf.make_stream(b"no zlib", Filter=pikepdf.Name.FlateDecode)
        assert read_content([broken]) is None


TROUBLE = {
    "open": b"q 0.1 0 0 0.1 300 300 cm q 0.5 0 0 0.5 0 0 cm",
    "closed too often": b"Q Q 0.1 0 0 0.1 300 300 cm",
    "open text": b"BT /F1 12 Tf 5 0 0 5 0 0 Tm (x) Tj",
    "open string": b"0.1 0 0 0.1 300 300 cm BT /F1 12 Tf (never ends",
    "open picture": b"BI /W 8 /H 8 /BPC 8 /CS /G ID abc",
    "garbage": b"<?xml \xff\xfe >> << [[[ (((",
    "clipped": b"0 0 1 1 re W n",
    "white": b"1 1 1 rg 1 1 1 RG 3 Tr /GS gs",
}


@pytest.mark.parametrize("name", sorted(TROUBLE))
def test_the_stamp_stands_right_behind_troubled_content(name: str) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(TROUBLE[name])

    _, data, info = bundle([exhibit(1, changed(text_pdf(), spoil))])
    assert not info.problems
    _assert_stamped(data, 1)


def test_content_in_pieces_that_break_inside_a_string_is_stamped() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pikepdf.Array([pdf.make_stream(b"q BT /F1 12 Tf (ab"), pdf.make_stream(b"cd")])

    _, data, _ = bundle([exhibit(1, changed(text_pdf(), spoil))])
    _assert_stamped(data, 1)


def test_a_page_without_content_or_resources_is_stamped() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj["/Contents"]
        pdf.pages[0].obj.Resources = pikepdf.Array()

    _, data, _ = bundle([exhibit(1, changed(text_pdf(), spoil))])
    _assert_stamped(data, 1)


def _assert_stamped(data: bytes, index: int) -> None:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        page = document[index]
        width, height = page.get_size()
        text = page.get_textpage()
        found = text.get_text_bounded(width / 2, 0, width, height * 0.06)
        text.close()
        page.close()
    assert "Exhibit 1 · page 1 of 1" in found
    assert "GEN-000002" in found
