from __future__ import annotations

import pytest

from magdesk.countedplaces import CellRange, read_cells, read_counted


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("B7", [CellRange("", 6, 1, 6, 1)]),
        ("Transfers!B7:D9", [CellRange("Transfers", 6, 1, 8, 3)]),
        ("'Year ''24'!$A$1", [CellRange("Year '24", 0, 0, 0, 0)]),
        ("cells AA3–AB4, F2", [CellRange("", 2, 26, 3, 27), CellRange("", 1, 5, 1, 5)]),
    ],
)
def test_cells_as_people_write_them(text: str, ranges: list[CellRange]) -> None:
    assert list(read_cells(text)) == ranges


@pytest.mark.parametrize("text", ["", "7", "B", "B0", "D9:B7", "!B7", "B7:", "Transfers B7", "page 4"])
def test_what_is_no_cell(text: str) -> None:
    assert read_cells(text) == ()


def test_lines_and_messages() -> None:
    assert read_counted("12") == ((12, 12),)
    assert read_counted("messages 12-14, 20") == ((12, 14), (20, 20))
    assert read_counted("line 3") == ((3, 3),)


@pytest.mark.parametrize("text", ["", "0", "14-12", "twelve", "12.5", "3-"])
def test_what_is_not_counted(text: str) -> None:
    assert read_counted(text) == ()
