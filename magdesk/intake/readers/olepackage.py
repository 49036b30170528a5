"""What an OLE object embedded in a document holds: the document itself, under its own name."""

from __future__ import annotations

import io
import struct

import olefile

from magdesk.intake.foreign import Damaged, foreign

_LIMIT = 256 << 20
_WHOLE = ("Package", "CONTENTS")
_NATIVE = "\x01Ole10Native"


def unwrap(name: str, data: bytes) -> tuple[str, bytes]:
    """Name and bytes of the embedded document; those handed in, where it is not wrapped."""
    if not data.startswith(olefile.MAGIC):
        return name, data
    try:
        with foreign("olefile"), olefile.OleFileIO(io.BytesIO(data)) as ole:
            for stream in _WHOLE:
                if ole.exists(stream) and 0 < ole.get_size(stream) <= _LIMIT:
                    return name, ole.openstream(stream).read()
            if ole.exists(_NATIVE) and ole.get_size(_NATIVE) <= _LIMIT:
                return _unpack(name, ole.openstream(_NATIVE).read(), data)
    except Damaged:
        pass
    return name, data


def _unpack(name: str, native: bytes, data: bytes) -> tuple[str, bytes]:
    """A packaged file: size, kind, label, path, kind again, path again, size, bytes; texts end with a zero."""
    label, _zero, rest = native[6:].partition(b"\x00")
    _path, _zero, rest = rest.partition(b"\x00")
    (length,) = struct.unpack_from("<I", rest, 4)
    rest = rest[8 + length :]
    (size,) = struct.unpack_from("<I", rest)
    content = rest[4 : 4 + size]
    if not content or len(content) != size:
        return name, data
    own = label.decode("cp1252", "replace").replace("\\", "/").rpartition("/")[2]
    return own or name, content
