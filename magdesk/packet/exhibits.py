"""What the bundle needs to know of one exhibit, and the neutral name its file gets in the packet."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.mediatypes import SUFFIXES, suffix_for


@dataclass(frozen=True, slots=True)
class PictureBeside:
    """A picture that lay beside a saved page and is an item of its own.

    Attributes:
        name: its path from the folder of the page, with ``/``.
        size: bytes.
        open: gives a new seekable reader.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ExhibitInput:
    """One exhibit as it comes out of the case file.

    Attributes:
        number: exhibit number, from 1; the bundle follows the order of the sequence, not of the numbers.
        title: cleaned title for the bookmark and the manifest.
        sha256: hex digest of the original's bytes.
        size: bytes.
        media_type: true type by content.
        open: gives a new seekable reader over the original's bytes; may be called several times.
        file_name: name the file had; only its ending is ever used.
        duration: seconds, for media.
        password: that opens the original, where it is locked; never shown.
        encoding: what is known of its encoding, where it is text: as the index read it, so the page shows it.
        beside: pictures that lay beside it, where it is a saved page.
        withheld: its file is never delivered: it is the statement of somebody who must not be known.
    """

    evidence_id: uuid.UUID
    number: int
    title: str
    sha256: str
    size: int
    media_type: str
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    file_name: str = ""
    duration: float | None = None
    password: str = field(default="", repr=False, compare=False)
    withheld: bool = False
    encoding: KnownEncoding = UNKNOWN
    beside: tuple[PictureBeside, ...] = ()


# Endings that say what a file is where its content does not, none of which a desktop runs.
_HARMLESS = frozenset(
    {
        ".aac", ".accdb", ".amr", ".dbf", ".dta", ".eps", ".geojson", ".gpx", ".ics", ".jp2", ".key",
        ".kml", ".kmz", ".log", ".m4v", ".mdb", ".mht", ".mhtml", ".mpg", ".numbers", ".ogv", ".opus",
        ".pages", ".parquet", ".sav", ".shp", ".sqlite", ".srt", ".tar", ".vcf", ".vtt", ".webm", ".wma",
        ".wmv", ".xlsb", ".3gp"
    }
)  # fmt: skip


def native_name(item: ExhibitInput) -> str:
    """The neutral name of the exhibit's file in ``04-native``: ``ex-012.eml``.

    The ending follows the true type. Where that says little the file's own ending is taken if it is a known
    harmless one, so that a name typed by someone can neither identify anybody nor make the file executable.
    """
    ending = suffix_for(item.media_type.partition(";")[0].strip().lower())
    if ending == ".bin":
        own = PurePath(item.file_name.replace("\\", "/")).suffix.lower()
        ending = own if own in _HARMLESS or own in SUFFIXES.values() else ending
    return f"ex-{item.number:03d}{ending}"
