"""One door to all readers: sniff the stream, hand it to the reader of its kind."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.errors import IntakeError
from magdesk.intake.facts import FileFacts
from magdesk.intake.image import read_image
from magdesk.intake.media import read_media
from magdesk.intake.pdf import read_pdf
from magdesk.intake.plain import read_plain
from magdesk.intake.sniff import sniff

_PLAIN = {"application/json", "application/xml", "message/rfc822", "application/mbox"}


def read_file(stream: BinaryIO, name: str) -> FileFacts:
    """What can be read from a file.

    A file that cannot be understood is not refused: it is taken as it is, and the facts say what could not be
    read.

    Args:
        stream: the file, seekable; typically the encrypted store's reader.
        name: its name, used only where the content leaves a choice.

    Raises:
        IntakeError: the file is empty.
    """
    media_type = sniff(stream, name)
    if media_type == "application/x-empty":
        raise IntakeError("The file is empty.", "Check whether the copy you have is complete.")
    if media_type == "application/pdf":
        return read_pdf(stream)
    kind = media_type.partition("/")[0]
    if kind == "image" and media_type != "image/svg+xml":
        return read_image(stream, media_type)
    if kind in ("audio", "video"):
        return read_media(stream, media_type)
    if kind == "text" or media_type in _PLAIN:
        return read_plain(stream, media_type)
    return FileFacts(media_type)
