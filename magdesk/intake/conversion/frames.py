"""What the converting process sends: the frames of :mod:`magdesk.intake.wire` with kinds of their own."""

from __future__ import annotations

JOB, DATA, READ = b"J", b"D", b"R"
BLOCK, PICTURE, END, REFUSED, PULSE = b"K", b"I", b"N", b"E", b"P"


def pack_picture(key: str, data: bytes) -> bytes:
    """A picture under its key."""
    return key.encode("utf-8", "replace").replace(b"\0", b"")[:2_000] + b"\0" + data


def unpack_picture(payload: bytes) -> tuple[str, bytes]:
    """Key and bytes of a picture.

    Raises:
        ValueError: it is none, or in a format that was not agreed on.
    """
    key, mark, data = payload.partition(b"\0")
    if not mark or not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise ValueError("not a picture")
    return key.decode("utf-8", "replace"), data
