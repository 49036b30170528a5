"""Which way a stored file is shown."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from magdesk.intake.applepreview import TYPES
from magdesk.intake.mediatypes import read_as
from magdesk.intake.namedkinds import NAMED
from magdesk.intake.spreadsheets.book import OPENERS

_SEPARATED = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
_MAIL = {"message/rfc822", "application/vnd.ms-outlook", "application/mbox", "application/vnd.ms-tnef"}
_TEXTS = {
    "application/rtf", "application/msword", "application/vnd.ms-powerpoint", "application/epub+zip",
    "application/json", "application/xml", "application/xhtml+xml", "application/warc", "application/wacz",
    "application/zip", "multipart/related", "image/svg+xml", "application/geo+json", "application/gpx+xml",
    "application/vnd.google-earth.kml+xml", "application/vnd.google-earth.kmz", "application/x-webarchive",
}  # fmt: skip
_OFFICE = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")


class Way(StrEnum):
    """How an item is shown."""

    PAGES = "pages"
    TABLE = "table"
    TEXT = "text"
    MAIL = "mail"
    MEDIA = "media"
    NONE = "none"


def way_of(media_type: str, name: str = "") -> Way:
    """How a file of that kind is shown.

    Args:
        name: its file name, for what content cannot tell.
    """
    media_type = read_as(media_type)
    family = media_type.partition("/")[0]
    if media_type in TYPES:
        return Way.PAGES
    if media_type in NAMED:
        return Way.TEXT if media_type == "application/zip" else Way.NONE
    if media_type == "text/plain" and PurePath(name).suffix.lower() in _SEPARATED:
        return Way.TABLE
    if media_type in OPENERS:
        return Way.TABLE
    if media_type in _MAIL:
        return Way.MAIL
    if media_type in _TEXTS or media_type.startswith(_OFFICE) or family == "text":
        return Way.TEXT
    if media_type == "application/pdf" or family == "image":
        return Way.PAGES
    if family in ("audio", "video"):
        return Way.MEDIA
    return Way.NONE
