"""Strangers' documents as a neutral tree: nothing is lost, nothing acts, nothing takes the program along."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from magdesk.intake.conversion import CONVERTED_TYPES, Converted, DocumentConverter, Refusal
from magdesk.intake.conversion.convert import convert_source
from magdesk.intake.conversion.frames import unpack_frame
from magdesk.intake.conversion.gathering import Enough, Gathering
from magdesk.intake.conversion.pictures import shown_picture
from magdesk.intake.readerchoice import LOCKED_OOXML
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.sandbox.programs import Program, ProgramMissing, Programs, SystemPrograms, find_program
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.cells import column_letters
from tests.intake.conversion.conversion_samples import (
    DOCX,
    MAIL,
    ODP,
    ODS,
    XLSX,
    open_document,
    png,
    word,
    word_with_changes,
    workbook,
)
from tests.intake.making import fake_worker, packed
from tests.realfiles import suite_files

needs_pandoc = pytest.mark.skipif(find_program(Program.PANDOC) is None, reason="pandoc is not installed")


@pytest.fixture(scope="module")
def converter() -> Iterator[DocumentConverter]:
    with DocumentConverter(whole=240) as made:
        yield made


def _made(converter: DocumentConverter, data: bytes, media_type: str, name: str = "x") -> Converted:
    return converter.convert(io.BytesIO(data), name, media_type, len(data))


def _here(data: bytes, media_type: str, programs: Programs | None = None) -> tuple[list[dict[str, Any]], Gathering]:
    """The same without a process."""
    blocks: list[dict[str, Any]] = []
    gathering = Gathering(lambda block: blocks.append(json.loads(block)), lambda _key, _data: None)
    convert_source(Source(io.BytesIO(data), "x", media_type, programs=programs or SystemPrograms()), gathering)
    return blocks, gathering


def _text(node: Any) -> str:
    """All words below a node."""
    if isinstance(node, dict):
        return str(node.get("x", "")) + "".join(_text(value) for key, value in node.items() if key != "x")
    if isinstance(node, list | tuple):
        return "".join(_text(one) for one in node)
    return f" {node}" if isinstance(node, str) else ""


@needs_pandoc
def test_a_word_document_is_told_with_its_structure(converter: DocumentConverter) -> None:
    made = _made(converter, word("Свидетель saw الشاهد 证人"), DOCX)
    kinds = [block["t"] for block in made.blocks]
    assert kinds == ["h", "p", "l", "t", "f"]
    assert "Свидетель saw الشاهد 证人" in _text(made.blocks)
    (picture,) = made.pictures.values()
    assert picture.startswith(b"\x89PNG")


@needs_pandoc
def test_recorded_changes_are_shown_both_ways(converter: DocumentConverter) -> None:
    made = _made(converter, word_with_changes(), DOCX)
    assert "The colonel [−ordered−][+suggested+] it." in _text(made.blocks)
    (said,) = made.first
    for part in ("insertions: 1, deletions: 1", "A. Editor, B. Clerk", "2015-03-01 to 2015-03-04"):
        assert part in said


class NoPrograms:
    def run(self, program: Program, words: Sequence[str], data: bytes, seconds: float) -> bytes:
        raise ProgramMissing(program.value)


def test_without_pandoc_the_words_are_shown_and_said_to_be_all() -> None:
    blocks, gathering = _here(word("The order was given."), DOCX, NoPrograms())
    assert "The order was given." in _text(blocks)
    assert any("Only the words" in sentence for sentence in gathering.preface)


def test_a_workbook_has_sheet_names_row_numbers_and_values(converter: DocumentConverter) -> None:
    made = _made(converter, workbook(), XLSX)
    headings = [_text(block) for block in made.blocks if block["t"] == "h"]
    assert headings[0].endswith("Payments")
    assert "Second set (hidden sheet)" in headings[1]
    told = _text(made.blocks)
    assert "r3c3" in told
    assert "25.6%" in told
    assert "not the formulas" in made.first[0]


def test_wide_sheets_are_parted_and_long_ones_say_how_much_is_shown() -> None:
    wide, _ = _here(workbook(2, 60), XLSX)
    captions = [_text(block) for block in wide if block.get("s") == "caption"]
    assert len(captions) > 1
    assert "part 2 of" in captions[1]
    long, _ = _here(workbook(4_000, 2), XLSX)
    assert "The sheet reaches down to row 4,000; shown are its rows up to 3,000." in _text(long)
    assert "r3000c2" in _text(long)
    assert "r3001c2" not in _text(long)


def test_open_spreadsheets_and_slides() -> None:
    rows = (
        '<table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>twice</text:p>'
        '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000">'
        "<table:table-cell/></table:table-row>"
    )
    sheets, _ = _here(open_document(ODS, f'<table:table table:name="Sums">{rows}</table:table>'), ODS)
    assert _text(sheets).count("twice") == 2
    assert "Sums" in _text(sheets)
    slide = "<draw:page><draw:frame><draw:text-box><text:p>A slide</text:p></draw:text-box></draw:frame></draw:page>"
    slides, _ = _here(open_document(ODP, slide * 2), ODP)
    assert [_text(block) for block in slides if block["t"] == "h"] == [" hSlide 1", " hSlide 2"]


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (b"a;b\n1,5;2\n", ["a", "b", "1,5", "2"]),
        (b'a,b\n"x, y",z\n', ["x, y", "z"]),
        ("имя\tдата\n".encode("utf-16"), ["имя"]),
    ],
)
def test_tables_in_text_form(data: bytes, cells: list[str]) -> None:
    blocks, _ = _here(data, "text/tab-separated-values" if b"\t" in data else "text/csv")
    told = [cell for row in blocks[0]["r"] for cell in row if isinstance(cell, str)]
    assert set(cells) <= set(told)


def test_mail_has_headers_text_and_attachments(converter: DocumentConverter) -> None:
    made = _made(converter, MAIL, "message/rfc822")
    told = _text(made.blocks)
    for part in ("Письмо", "w@example.org", "2014-03-05 08:00:00 UTC", "They came at night.", "order.pdf", "8 bytes"):
        assert part in told
    assert "f02e326f800ee26f" in told.replace(" ", "") or "SHA-256" in told


def test_a_mailbox_is_told_message_by_message() -> None:
    blocks, gathering = _here(
        b"From a\n" + MAIL.replace(b"\r\n", b"\n") + b"\n\nFrom b\nSubject: Two\n\nText\n", "application/mbox"
    )
    told = _text(blocks)
    assert "Message 2 of 2" in told
    assert "The mailbox holds 2 messages." in gathering.preface
    assert sum(block["t"] == "n" for block in blocks) == 1


HTML = (
    "<html><head><title>Decree 12</title><script>alert('no')</script></head><body onload='x()'>"
    "<h1>Decree</h1><p>Signed <b>today</b><script>bad()</script></p>"
    "<img src='https://tracker.example/p.png' alt='seal'>"
    "<img src='data:image/png;base64,{}'><p style='display:none'>unseen</p><ul><li>one<li>two</ul>"
    "<table><tr><th>A<th>B<tr><td>1<td>2</table><a href='https://example.org/x'>a link</a>"
    "<a href='javascript:evil()'>bad link</a><iframe src='https://frame.example'></iframe></body></html>"
)


def test_web_pages_keep_what_a_reader_sees_and_nothing_that_acts() -> None:
    page = HTML.replace("{}", base64.b64encode(png()).decode())
    blocks, gathering = _here(page.encode(), "text/html")
    told = json.dumps(blocks)
    for part in ("Decree 12", "today", "seal", "one", "a link", "https://example.org/x"):
        assert part in told
    for part in ("alert", "bad()", "unseen", "evil", "tracker", "frame.example"):
        assert part not in told
    assert {"h", "p", "f", "l", "t"} <= {block["t"] for block in blocks}
    assert any("were not downloaded" in note for note in gathering.notes)


@pytest.mark.parametrize(
    ("markup", "shown", "found"),
    [
        ("paid €5<del>00</del>", "paid €5[struck out: 00]", "paid €5 [− 00 −]"),
        ("is <s>not</s> guilty", "is [struck out: not] guilty", "is [− not −] guilty"),
        ("5<span style='color:red; text-decoration:line-through'>00</span>", "5[struck out: 00]", "5 [− 00 −]"),
        ("10<sup>6</sup> m", "10⁶ m", "106 m"),
        ("the 1<sup>st</sup>", "the 1st", "the 1st"),
    ],
)
def test_what_is_struck_out_or_raised_on_a_page_makes_no_other_number(markup: str, shown: str, found: str) -> None:
    blocks, _gathering = _here(f"<html><meta charset=utf-8><p>{markup}</p></html>".encode(), "text/html")
    assert _text(blocks).endswith(shown)
    assert " ".join(html_text(f"<p>{markup}</p>").split()) == found


def test_deep_nesting_and_endless_pages_end() -> None:
    deep = "<p>before</p>" + "<div>" * 200 + "inside" + "<table><tr><td>" * 300 + "x"
    blocks, _ = _here(deep.encode(), "text/html")
    assert "inside" in _text(blocks)
    with pytest.raises(Enough):
        _here(b"<p>word word word</p>" * 60_000, "text/html")


def test_refusals_are_sentences(converter: DocumentConverter) -> None:
    for data, media_type in (
        (b"PK\x03\x04broken", ODS),
        (b"x", XLSX),
        (b"", "text/html"),
        (b"\xd0\xcf", "application/msword"),
    ):
        with pytest.raises(Refusal) as caught:
            _made(converter, data, media_type)
        assert caught.value.message.endswith(".")
    assert converter.deaths == 0


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(3)",
        "import sys; sys.stdout.buffer.write(b'K' + b'\\xff' * 20); sys.stdout.flush()",
        "import sys,struct; sys.stdout.buffer.write(struct.pack('<cQ', b'N', 2) + b'[]'); sys.stdout.flush()",
        "import sys,struct; sys.stdout.buffer.write(struct.pack('<cQ', b'I', 3) + b'a\\0b'); sys.stdout.flush()",
    ],
)
def test_a_child_that_dies_or_lies_costs_one_document(program: str) -> None:
    with DocumentConverter(fake_worker(program)) as converter, pytest.raises(Refusal):
        _made(converter, b"x", DOCX)
    assert converter.deaths == 1


def test_a_child_that_hangs_is_stopped() -> None:
    with (
        DocumentConverter(fake_worker("import time; time.sleep(3600)"), whole=0.5) as converter,
        pytest.raises(Refusal, match="too long"),
    ):
        _made(converter, b"x", DOCX)


def test_pictures_are_made_anew_and_bombs_are_not_unpacked() -> None:
    small = shown_picture(png())
    assert small is not None
    assert (small.width, small.height) == (120, 80)
    bomb = bytearray(png())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    assert shown_picture(bytes(bomb)) is None
    assert shown_picture(b"nothing") is None


def test_frames_of_pictures_come_packed_and_are_checked(converter: DocumentConverter) -> None:
    data = png()
    (frame,), count = converter.frames(io.BytesIO(data), len(data), all_frames=True, lossy=False)
    assert (frame.width, frame.height, frame.components, frame.packing, count) == (120, 80, 3, "FlateDecode", 1)
    packed = converter.frame_data(io.BytesIO(data), len(data), 0, lossy=False)
    assert len(packed) == frame.size
    assert len(zlib.decompress(packed)) == 120 * 80 * 3
    with pytest.raises(Refusal, match="damaged"):
        converter.frames(io.BytesIO(b"x"), 1, all_frames=True, lossy=False)
    for spoilt in (b"[]", b"[1,2,3]", b'[99999,99999,9,"FlateDecode",3,8,""]', b'[1,1,1,"JBIG2Decode",3,8,""]'):
        with pytest.raises(ValueError):  # noqa: PT011  any will do
            unpack_frame(spoilt)


def test_column_names() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.slow
def test_real_files_are_told_or_refused(converter: DocumentConverter, real_files: Path) -> None:
    seen = 0
    for path in (one for one in suite_files(real_files) if one.stat().st_size < 400_000):
        data = path.read_bytes()
        media_type = sniff(io.BytesIO(data), path.name)
        if media_type not in CONVERTED_TYPES:
            continue
        seen += 1
        with contextlib.suppress(Refusal):
            assert _made(converter, data, media_type, path.name).blocks, path.name
    assert seen > 20
    assert converter.deaths == 0


def test_what_is_locked_and_no_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = packed({"a.txt": "One"})
    monkeypatch.setattr("magdesk.intake.conversion.office.opened_office", lambda *_given, **_how: io.BytesIO(inside))
    with pytest.raises(Refusal, match="no document"):
        _here(b"x", LOCKED_OOXML)
