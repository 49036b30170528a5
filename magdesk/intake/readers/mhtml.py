"""A web page saved as MHTML (RFC 2557): one page, with its pictures in it. Nothing it points to is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urldefrag, urljoin

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.mailparts import LIMIT, leaves, parse_message, payload_of, text_of
from magdesk.intake.readers.html import read_page
from magdesk.intake.source import Source


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page.

    Attributes:
        address: where it was saved from, as the file says.
        saved: when, as the file says.
        pictures: what came along, by address.
    """

    text: str = field(repr=False)
    address: str
    saved: str
    pictures: Mapping[str, bytes] = field(repr=False)

    def find(self, address: str) -> bytes | None:
        """The bytes of a picture, by the address that the page calls it by."""
        plain = urldefrag(address.strip()).url
        return self.pictures.get(plain) or self.pictures.get(urljoin(self.address, plain))


def take_page(message: Message) -> SavedPage | None:
    """The page in a file; none where there is none."""
    page: Message | None = None
    pictures: dict[str, bytes] = {}
    for part in leaves(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = page if page is not None else part
        elif part.get_content_type().startswith("image/"):
            for mark in (part.get("Content-Location"), f"cid:{str(part.get('Content-ID') or '').strip('<> ')}"):
                if mark:
                    pictures[str(mark).strip()] = payload_of(part)
    if page is None:
        return None
    address = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    return SavedPage(text_of(page), str(address).strip(), str(message.get("Date") or "").strip(), pictures)


def read_mhtml(source: Source, findings: FileReading) -> None:
    """Text, title and statements of the page, where and when it was saved; its pictures are counted."""
    raw = source.bytes(LIMIT)
    if len(raw) > LIMIT:
        findings.note(_("The page is very large; only its beginning was read."))
    page = take_page(parse_message(raw[:LIMIT]))
    if page is None:
        findings.note(_("The page holds no text; its content may be loaded by script."))
        return
    findings.detail("web", "Saved from", page.address)
    findings.detail("web", "Saved on", page.saved)
    findings.detail("web", "Pictures that came with it", len(set(page.pictures.values())) or None)
    read_page(page.text, findings)
