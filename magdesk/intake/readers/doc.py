"""Word documents of the format before 2007: text by the piece table ([MS-DOC] 2.4.1)."""

from __future__ import annotations

import re
import struct
from typing import Any

import olefile

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.officelock import opened_office, read_ole_properties
from magdesk.intake.source import Source

_MAGIC = 0xA5EC
_LIMIT = 256 << 20
_OWN_SIGNS = {7: "\t", 11: "\n", 12: "\n\n", 13: "\n", 30: "‑", 31: "", 160: "\u00a0"}
_FIELD = re.compile("\x13[^\x13\x14\x15]{0,2000}\x14?|\x15|\x14")
_CP1252 = {
    0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰", 0x8A: "Š", 0x8B: "‹",
    0x8C: "Œ", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—", 0x98: "˜", 0x99: "™",
    0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9F: "Ÿ",
}  # fmt: skip


def read_doc(source: Source, findings: FileReading) -> None:
    """Text and properties of an old Word document."""
    stream = opened_office(source, findings)
    if stream is None:
        return
    read_ole_properties(stream, findings)
    stream.seek(0)
    with olefile.OleFileIO(stream) as ole:
        main = _stream(ole, "WordDocument")
        try:
            text = _document_text(ole, main)
        except (struct.error, IndexError, ValueError):
            text = ""
    findings.text(0, _plain(text))
    if not findings.has_text:
        findings.note(_("The text of this old Word document could not be read; convert a copy to see it in full."))


def _stream(ole: Any, name: str) -> bytes:
    if not ole.exists(name) or ole.get_size(name) > _LIMIT:
        return b""
    data: bytes = ole.openstream(name).read()
    return data


def _document_text(ole: Any, main: bytes) -> str:
    magic, version = struct.unpack_from("<HH", main)
    flags = struct.unpack_from("<H", main, 10)[0]
    if magic != _MAGIC or version < 0x00C1:
        return ""
    table = _stream(ole, "1Table" if flags & 0x0200 else "0Table")
    start, length = struct.unpack_from("<II", main, 0x01A2)
    return "".join(_pieces(main, table[start : start + length]))


def _pieces(main: bytes, clx: bytes) -> list[str]:
    at = 0
    while at < len(clx) and clx[at] == 1:  # formatting that comes before the pieces
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    out = []
    for number in range(count):
        letters = positions[number + 1] - positions[number]
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        if not 0 <= letters <= len(main):
            raise ValueError("piece out of bounds")
        if place & 0x40000000:
            offset = (place & 0x3FFFFFFF) // 2
            raw = main[offset : offset + letters]
            out.append("".join(_CP1252.get(byte, chr(byte)) for byte in raw))
        else:
            raw = main[place : place + 2 * letters]
            out.append(raw.decode("utf-16-le", "replace"))
    return out


def _plain(text: str) -> str:
    return _FIELD.sub("", text).translate(_OWN_SIGNS)
