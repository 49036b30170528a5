"""A binary workbook ([MS-XLSB]) made record by record, small and the same bytes each time."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from tests.intake.making import packed

TYPES = (
    '<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.'
    'macroEnabled.main"/></Types>'
)
_RELS = "<Relationships>{}</Relationships>"


def record(number: int, data: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, left = b"", len(data)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 127 else 0)])
        left >>= 7
        if not left:
            return head + size + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def cell(kind: int, column: int, style: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def rk(number: int, *, hundredths: bool = False) -> bytes:
    return struct.pack("<I", (number << 2 & 0xFFFFFFFC) | 2 | hundredths)


def workbook(sheet: bytes, forms: Sequence[str] = (), *, since_1904: bool = False) -> bytes:
    """One sheet that is shown and one that is hidden; style n has the n-th format."""
    styles = b"".join(record(44, struct.pack("<H", 164 + n) + wide(form)) for n, form in enumerate(forms))
    cells = b"".join(record(47, struct.pack("<HH", 0, 164 + n) + bytes(12)) for n in range(len(forms)))
    book = record(153, struct.pack("<II", int(since_1904), 0) + wide(""))
    for n, title in enumerate(("Платежи", "Secret")):
        book += record(156, struct.pack("<II", n, n + 1) + wide(f"rId{n + 1}") + wide(title))
    relations = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2))
    return packed({
        "[Content_Types].xml": TYPES,
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _RELS.format(relations),
        "xl/sharedStrings.bin": record(19, b"\0" + wide("Олег Ж.")) + record(19, b"\0" + wide("two\nlines")),
        # A style of a table before the styles of cells is none of theirs.
        "xl/styles.bin": styles + record(47, struct.pack("<HH", 0, 9) + bytes(12)) + record(617) + cells,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/worksheets/sheet2.bin": record(145) + row(0) + cell(6, 0, 0, wide("hidden words")) + record(146),
    })  # fmt: skip


FORMS = ("General", "#,##0.00", "yyyy\\-mm\\-dd", "0.0%")
SHEET = (
    record(60, struct.pack("<IIIIH", 3, 4, 0, 0, 1))
    + record(145)
    + row(0)
    + cell(7, 0, 0, struct.pack("<I", 0))
    + cell(5, 1, 1, struct.pack("<d", 1499.99))
    + cell(2, 3, 2, rk(41703))
    + row(2, hidden=True)
    + cell(2, 0, 1, rk(-149950, hundredths=True))
    + record(13, struct.pack("<I", 0) + rk(8))
    + cell(9, 2, 3, struct.pack("<d", 0.125))
    + cell(4, 4, 0, b"\1")
    + cell(3, 5, 0, b"\x07")
    + row(4)
    + cell(8, 0, 0, wide("calculated"))
    + cell(62, 1, 0, b"\0" + wide("rich"))
    + cell(1, 2, 1, b"")
    + record(146)
    + record(176, struct.pack("<IIII", 0, 1, 0, 1))
)  # fmt: skip
