"""Converted exhibits in the bundle: stamped as what they are, delivered with their originals, the same every time."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from magdesk.document.blocks import Figure, ListBlock, Note, Paragraph, Table, Text, walk
from magdesk.intake.conversion import DocumentConverter
from magdesk.intake.sandbox.programs import Program, find_program
from magdesk.packet.converters import NoPages, Pages, convert
from magdesk.packet.converters.blocktree import BlockTree
from tests.intake.conversion.conversion_samples import DOCX, MAIL, XLSX, png, word, workbook
from tests.packet.making import bundle, exhibit

needs_pandoc = pytest.mark.skipif(find_program(Program.PANDOC) is None, reason="pandoc is not installed")


def _texts(data: bytes) -> list[str]:
    out = []
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        for page in document:
            text = page.get_textpage()
            out.append(text.get_text_bounded().replace("\r\n", "\n"))
            text.close()
            page.close()
    return out


@needs_pandoc
def test_every_page_is_stamped_and_the_original_lies_beside() -> None:
    items = [
        exhibit(1, word(*["A paragraph about the order that was given that night."] * 60), DOCX, file_name="x.docx"),
        exhibit(2, MAIL, "message/rfc822", file_name="x.eml"),
        exhibit(3, workbook(), XLSX, file_name="x.xlsx"),
    ]
    plan, data, info = bundle(items)
    assert not info.problems
    places = [plan.place(one) for one in plan.exhibits]
    assert [place.native for place in places] == ["ex-001.docx", "ex-002.eml", "ex-003.xlsx"]
    pages = _texts(data)
    for place in places:
        assert place.pages
        first = pages[place.first_page - 1]
        assert "Converted view, not the original layout" in first
        assert f"04-native/{place.native}" in first.replace("\n", " ")
        for own in range(place.pages):
            assert "converted view" in pages[place.first_page - 1 + own]
            assert place.bates[own] in pages[place.first_page - 1 + own]
    assert "They came at night." in "".join(pages)


def test_the_same_document_gives_the_same_bytes() -> None:
    found = [convert(exhibit(1, MAIL, "message/rfc822")) for _ in range(2)]
    assert isinstance(found[0], Pages)
    assert isinstance(found[1], Pages)
    assert found[0].open().read() == found[1].open().read()


def test_a_large_view_is_made_again_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.packet.converters.convertedview._KEPT", 0)
    found = convert(exhibit(1, MAIL, "message/rfc822"))
    assert isinstance(found, Pages)
    assert found.open().read(5) == b"%PDF-"


def test_what_cannot_be_converted_gets_a_slip_sheet_and_the_next_one_pages() -> None:
    with DocumentConverter() as converter:
        broken = convert(exhibit(1, b"PK\x03\x04 broken", XLSX), converter)
        empty = convert(exhibit(2, b"", "text/html"), converter)
        whole = convert(exhibit(3, b"<p>Words</p>", "text/html"), converter)
    assert isinstance(broken, NoPages)
    assert isinstance(empty, NoPages)
    assert isinstance(whole, Pages)
    assert empty.reason == "The file is empty."


def test_paragraphs_run_the_way_they_begin() -> None:
    texts = ["قررت اللجنة (Commission 12) الاحتجاز", "Решение 12", "12 الشهود", "2014"]
    nodes = [{"t": "p", "i": [{"x": text}]} for text in texts]
    for rtl, wanted in ((False, ["ar", "", "ar", ""]), (True, ["ar", "und", "ar", ""])):
        blocks = list(BlockTree({}, rtl=rtl).blocks(nodes))
        assert [block.lang for block in blocks if isinstance(block, Paragraph)] == wanted


def test_a_tree_is_taken_for_what_it_is() -> None:
    deep: dict[str, object] = {"t": "p", "i": [{"x": "end"}]}
    for _ in range(60):
        deep = {"t": "q", "b": [deep]}
    nodes = [
        {
            "t": "p",
            "i": [{"x": "a\x00\u202eb", "b": 1}, {"fn": [{"x": "n"}, {"fn": [{"x": "inner"}]}]}, 7, {"br": 1}],
        },
        {"t": "h", "l": "nine", "i": [{"x": "title"}]},
        {"t": "f", "k": "missing", "w": 0.5},
        {"t": "f", "k": "seal", "w": "wide", "a": "Seal"},
        {"t": "l", "n": [[], [{"t": "p", "i": [{"x": "item"}]}]]},
        {"t": "t", "w": ["x", -1, 2], "h": 99, "r": [["a", {"b": [], "n": 900, "g": "evil"}], "row", []]},
        {"t": "t", "r": []},
        {"t": "script", "i": "x"},
        "text",
        deep,
    ]
    blocks = tuple(BlockTree({"seal": png()}).blocks(nodes))
    first = blocks[0]
    assert isinstance(first, Paragraph)
    assert first.inlines[0] == Text("ab", bold=True)
    assert first.inlines[1] == Note((Text("n"),))
    kinds = [type(block) for block in walk(blocks)]
    assert kinds.count(Figure) == 1
    assert kinds.count(ListBlock) == 1
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert table.header_rows == 0
    assert [cell.span for cell in table.rows[0]] == [1, 3]
    assert table.rows[0][1].shade == ""
