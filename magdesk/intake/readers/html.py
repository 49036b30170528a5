"""A saved web page: text, title, and what it says of itself. Nothing it points to is fetched."""

from __future__ import annotations

import codecs
import re
from typing import Any
from urllib.parse import unquote

from magdesk.i18n import _
from magdesk.intake.encodings import decode
from magdesk.intake.filefacts import FOLDER_BESIDE
from magdesk.intake.filereading import FileReading
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.readers.markuptext import parse_html, tree_text
from magdesk.intake.readers.plain import say_encoding
from magdesk.intake.source import Source

_LIMIT = 30_000_000
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{4,2000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+)", re.IGNORECASE)
_META = {
    "author": "Author", "article:author": "Author", "date": "Date", "article:published_time": "Published",
    "article:modified_time": "Changed", "dc.date": "Date", "dcterms.created": "Date", "description": "Description",
    "og:title": "Title (Open Graph)", "og:url": "Address (Open Graph)", "og:site_name": "Site",
    "generator": "Made with",
    "keywords": "Keywords",
}  # fmt: skip
_BESIDE = re.compile(r"(?:\./)?([^/\\:?#]{1,200}_files)/", re.IGNORECASE)
_REMOTE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)


def read_html(source: Source, findings: FileReading) -> None:
    """Text, title and statements of a saved page."""
    raw = source.bytes(_LIMIT)
    if len(raw) > _LIMIT:
        findings.note(_("The page is very large; only its beginning was read."))
    read_page(decode_page(raw[:_LIMIT], known=source.encoding), findings)
    if source.encoding.chosen:
        say_encoding(source.encoding.name, findings, guessed=False, chosen=True)


def read_page(text: str, findings: FileReading, page: int = 0) -> None:
    """The same for the text of a page."""
    root = parse_html(text)
    if root is None:
        findings.note(_("The page holds no text."))
        return
    findings.text(page, tree_text(root))
    title = " ".join("".join(root.xpath("(//head/title|//title)[1]//text()")).split())
    findings.detail("web", "Title", title)
    findings.detail("web", "Language", root.get("lang"))
    for name, value in _statements(root):
        findings.detail("web", name, value)
    for pattern in (_SAVED_FROM, _SINGLE_FILE):
        match = pattern.search(text[:20_000])
        if match:
            findings.detail("web", "Saved from", match[1])
            if pattern is _SINGLE_FILE:
                findings.detail("web", "Saved on", match[2])
    folders = {unquote(found[1]) for one in root.xpath("//img/@src") if (found := _BESIDE.match(str(one)))}
    if len(folders) == 1:
        findings.detail("web", FOLDER_BESIDE, folders.pop())
    remote = sum(bool(_REMOTE.match(str(value))) for value in root.xpath("//*/@src|//link[@rel='stylesheet']/@href"))
    if remote:
        findings.detail(
            "web", "Parts that lie elsewhere", _("{count}; they were not downloaded").format(count=remote)
        )
    if not findings.has_text:
        findings.note(_("The page holds no text; its content may be loaded by script."))


def _statements(root: Any) -> list[tuple[str, str]]:
    found = []
    for meta in root.xpath("//meta[@content]")[:200]:
        key = str(meta.get("name") or meta.get("property") or "").lower()
        if key in _META:
            found.append((_META[key], str(meta.get("content"))))
    found += [("Address it claims", str(link)) for link in root.xpath("//link[@rel='canonical']/@href")[:1]]
    found += [("Time it names", str(stamp)) for stamp in root.xpath("//time/@datetime")[:5]]
    return found


def decode_page(raw: bytes, charset: str = "", known: KnownEncoding = UNKNOWN) -> str:
    """The text of a page: as a person chose; by byte order mark; as the server or the page declares; as it seems."""
    if known.chosen:
        return decode(raw, known)
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(raw)
    match = _CHARSET.search(raw[:4_096])
    for name in (charset, match[1].decode("ascii", "replace") if match else ""):
        if name:
            try:
                return raw.decode("cp1252" if name.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii") else name)
            except (LookupError, UnicodeDecodeError, ValueError):
                continue
    return decode(raw, known)
