"""The small parts: Bates numbers, neutral names, roman numbers, pieced and watched readers."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.errors import CaseFileError, ExportError, UserError
from magdesk.packet.bates import BatesSeries
from magdesk.packet.exhibits import native_name
from magdesk.packet.originals import Originals
from magdesk.packet.roman import roman
from magdesk.packet.segments import Made, SegmentReader, Slice
from tests.packet.making import exhibit


def test_bates_numbers_are_padded_and_continuous() -> None:
    series = BatesSeries("GEN", 6, 41)
    assert [series.label(offset) for offset in (0, 1)] == ["GEN-000041", "GEN-000042"]
    assert BatesSeries("GEN-").label(0) == "GEN-000001"


@pytest.mark.parametrize("prefix", ["", " ", "Ä", "A B", "-A", "A" * 21, "A/B", "A\n"])
def test_a_prefix_that_cannot_be_printed_is_refused(prefix: str) -> None:
    with pytest.raises(UserError):
        BatesSeries(prefix)


def test_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UserError):
        BatesSeries("A", 3)
    with pytest.raises(UserError):
        BatesSeries("A", 4, 9_999).label(1)


@pytest.mark.parametrize(
    ("media_type", "file_name", "expected"),
    [
        ("message/rfc822", "Letter from Ms Witness.eml", "ex-012.eml"),
        ("application/octet-stream", "data.dbf", "ex-012.dbf"),
        ("application/octet-stream", "Witness Name.exe", "ex-012.bin"),
        ("application/x-unheard-of", "name.J. Doe", "ex-012.bin"),
        ("text/plain; charset=utf-8", "x", "ex-012.txt"),
        ("application/pdf", "evil.exe", "ex-012.pdf"),
    ],
)
def test_native_names_tell_only_the_kind(media_type: str, file_name: str, expected: str) -> None:
    assert native_name(exhibit(12, b"x", media_type, file_name=file_name)) == expected


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 1994)] == ["i", "iv", "ix", "xiv", "xl", "mcmxciv"]


@given(st.lists(st.binary(max_size=20), max_size=6), st.integers(0, 130), st.integers(0, 130))
def test_a_pieced_reader_reads_like_the_whole(parts: list[bytes], start: int, count: int) -> None:
    whole = b"".join(parts)
    pieces = [
        part
        if index % 3 == 0
        else Slice(io.BytesIO(b"##" + part + b"##"), 2, len(part))
        if index % 3 == 1
        else Made(lambda part=part: part, len(part))  # type: ignore[misc]
        for index, part in enumerate(parts)
    ]
    reader = SegmentReader(pieces)
    reader.seek(start)
    assert reader.read(count) == whole[start : start + count]
    assert reader.seek(0, io.SEEK_END) == len(whole)
    reader.seek(0)
    assert reader.readall() == whole


def test_a_piece_that_comes_out_differently_is_an_error() -> None:
    with pytest.raises(ExportError):
        SegmentReader([Made(lambda: b"abc", 4)]).read(2)


def test_a_pieced_reader_refuses_to_go_before_its_beginning() -> None:
    with pytest.raises(ValueError, match="negative"):
        SegmentReader([b"abc"]).seek(-1)


@pytest.mark.parametrize("size", [10, 6 << 20])
def test_a_failing_case_file_is_told_from_a_damaged_original(size: int) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise CaseFileError("The case file is damaged.")

    originals = Originals()
    originals.check()
    with pytest.raises(CaseFileError):
        originals.open(lambda: Failing(bytes(10)), size).read(1)
    with pytest.raises(CaseFileError):
        originals.check()


@pytest.mark.parametrize("size", [1000, 5 << 20])
def test_originals_are_read_as_they_are_and_closed(size: int) -> None:
    inner = io.BytesIO(bytes(range(250)) * (size // 250))
    data = inner.getvalue()
    with Originals().open(lambda: inner, len(data)) as reader:
        assert reader.seek(-3, io.SEEK_END) == len(data) - 3
        assert reader.read() == data[-3:]
        reader.seek(500)
        assert reader.read(7) == data[500:507]
    assert inner.closed
