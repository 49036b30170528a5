"""Presentations of the format before 2007: the text atoms in the order they are stored ([MS-PPT] 2.9)."""

from __future__ import annotations

import struct

import olefile

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.officelock import opened_office, read_ole_properties
from magdesk.intake.source import Source

_LIMIT = 256 << 20
_CHARS, _BYTES = 0x0FA0, 0x0FA8


def read_ppt(source: Source, findings: FileReading) -> None:
    """The text of the slides; where one slide ends and the next begins is told only by the order."""
    stream = opened_office(source, findings)
    if stream is None:
        return
    read_ole_properties(stream, findings)
    stream.seek(0)
    with olefile.OleFileIO(stream) as ole:
        name = "PowerPoint Document"
        raw: bytes = ole.openstream(name).read() if ole.get_size(name) <= _LIMIT else b""
    findings.text(0, "\n".join(_texts(raw)).replace("\x0b", "\n"))
    if not findings.has_text:
        findings.note(_("The slides hold no text that could be read."))


def _texts(raw: bytes) -> list[str]:
    found: dict[str, None] = {}
    at = 0
    while at + 8 <= len(raw):
        flags, kind, length = struct.unpack_from("<HHI", raw, at)
        at += 8
        if flags & 0x000F == 0x000F:  # a container: its records come next
            continue
        body = raw[at : at + length]
        if kind == _CHARS:
            found[body.decode("utf-16-le", "replace").replace("\r", "\n")] = None
        elif kind == _BYTES:
            found[body.decode("latin-1").replace("\r", "\n")] = None
        at += length
    return list(found)
