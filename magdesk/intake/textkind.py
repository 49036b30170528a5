"""What kind of text a text is: by how it begins and is built. That a tag occurs in it somewhere says nothing."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import PurePath

OPAQUE = "application/octet-stream"
_BY_SUFFIX = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".md": "text/markdown",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".vtt": "text/vtt",
    ".srt": "text/x-subrip",
}
_PLAIN = frozenset({*_BY_SUFFIX, ".txt", ".log", ".text", ".jsonl", ".ndjson"})
_PAGE_NAMES = (".htm", ".html", ".xhtml", ".shtml")
_FIRST_LINES = (
    (re.compile(r"BEGIN:VCALENDAR\s*$", re.IGNORECASE | re.MULTILINE), "text/calendar"),
    (re.compile(r"BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE), "text/vcard"),
    (re.compile(r"WEBVTT(?:[ \t].*)?$", re.MULTILINE), "text/vtt"),
    (re.compile(r"-----BEGIN PGP MESSAGE-----\s*$", re.MULTILINE), "application/pgp-encrypted"),
    (re.compile(r"-----BEGIN (?:PKCS7|CMS)-----\s*$", re.MULTILINE), "application/pkcs7-mime"),
)
_MBOX = re.compile(r"From [^\n]{4,200}\r?\n(?:>?[\w-]+:|X-)", re.IGNORECASE)
_COUNTED = re.compile(r"\d{1,10}[ \t]*\r?\n(?=[\w-]+:[ \t])")
_HEADER = re.compile(r"[!-9;-~]+:(?:[ \t]|$)|[A-Za-z-]+:\S")
_MAIL_HEADER = re.compile(
    r"(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Delivered-To|Content-Type|X-[\w-]+):",
    re.IGNORECASE,
)
_RELATED = re.compile(r"^Content-Type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_SAVED_PAGE = re.compile(
    r"^(?:Snapshot-Content-Location:|From:[^\n]*Saved by |X-MimeOLE: Produced By Microsoft MHTML|Content-Location:)",
    re.IGNORECASE | re.MULTILINE,
)
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype\b(?:[^>\[]|\[.*?\])*>)", re.IGNORECASE | re.DOTALL)
_DOCTYPE_HTML = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_ROOT = re.compile(r"\s*<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>]|$)")
_OPENING = re.compile(r"^\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)
_XML_ROOTS = {
    "svg": "image/svg+xml",
    "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml",
}
_PAGE_ROOTS = frozenset({
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "span", "table", "tr", "td", "ul",
    "ol", "li", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "a", "b", "i", "em", "strong", "br", "hr", "img", "center",
    "font", "form", "section", "article", "main", "header", "footer", "nav", "pre", "blockquote", "frameset",
    "iframe", "base",
})  # fmt: skip


def text_kind(head: bytes, name: str) -> str:
    """The media type of a text.

    Args:
        head: its beginning.
        name: its file name; its ending tells kinds of text apart that are built alike.
    """
    suffix = PurePath(name).suffix.lower()
    text = _decoded(head)
    if text is None:
        return OPAQUE
    start = text.lstrip("\ufeff").lstrip()
    for pattern, media_type in _FIRST_LINES:
        if pattern.match(start):
            return media_type
    return _mail_kind(start, suffix) or _markup_kind(start, suffix) or _plain_kind(start, suffix)


def wide_encoding(head: bytes) -> str:
    """The kind of UTF-16 a text without a mark seems to be in: every second byte is one of two small numbers."""
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        common = Counter(high).most_common(2)
        small = sum(count for value, count in common if value < 16)
        controls = sum(byte < 9 for byte in low)
        if len(head) >= 8 and small * 10 >= len(high) * 9 and controls * 20 <= len(low):
            return encoding
    return ""


def _decoded(head: bytes) -> str | None:
    """The beginning as letters, those beyond ASCII not to be relied on; none for what is no text."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return head[: len(head) // 4 * 4].decode("utf-32", "replace")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\x00" in head:
        wide = wide_encoding(head)
        return head[: len(head) // 2 * 2].decode(wide, "replace") if wide else None
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=False)
    except UnicodeDecodeError:
        # Old single-byte encodings are text too, as long as there are hardly any control characters.
        controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
        return head.decode("latin-1") if controls * 100 <= len(head) else None


def _mail_kind(start: str, suffix: str) -> str:
    if _MBOX.match(start):
        return "message/rfc822" if suffix in (".eml", ".emlx", ".msg") else "application/mbox"
    counted = _COUNTED.match(start)
    lines = start[counted.end() if counted else 0 :].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    block: list[str] = []
    for line in lines:
        if not line.strip():
            break
        block.append(line)
    headers = sum(bool(_MAIL_HEADER.match(line)) for line in block)
    if not headers or not _is_header_block(block, strict=suffix in _PLAIN):
        return ""
    told = "\n".join(block)
    mostly_page = suffix in (".mht", ".mhtml") or (_RELATED.search(told) and _SAVED_PAGE.search(told))
    if mostly_page and (_RELATED.search(told) or _SAVED_PAGE.search(told)):
        return "multipart/related"
    if headers >= 2 or suffix in (".eml", ".emlx"):
        return "application/x-emlx" if counted else "message/rfc822"
    return ""


def _is_header_block(block: list[str], *, strict: bool) -> bool:
    """Whether the first lines are headers and what continues them; in a damaged message not every one is.

    Args:
        strict: the name says that it is no message, so that every line has to be one of a message.
    """
    if not _HEADER.match(block[0]):
        return False
    fit = sum(line[0] in " \t" or bool(_HEADER.match(line)) for line in block)
    return fit == len(block) if strict else fit * 5 >= len(block) * 4


def _markup_kind(start: str, suffix: str) -> str:
    if not start.startswith("<"):
        if suffix in _PAGE_NAMES and _TAG.search(start):
            return "text/html"
        # A server's warning before the page, in a file that nobody named a text.
        return "text/html" if suffix not in _PLAIN and _OPENING.search(start) else ""
    rest, xml = start, start.startswith("<?xml")
    while (before := _BEFORE_ROOT.match(rest)) is not None:
        if _DOCTYPE_HTML.match(before.group().lstrip()):
            return "text/html"
        rest = rest[before.end() :]
    root = _ROOT.match(rest)
    if root is None:
        return "text/html" if suffix in _PAGE_NAMES else "application/xml" if xml else ""
    tag = root[2].lower()
    if tag in _XML_ROOTS:
        return _XML_ROOTS[tag]
    if tag == "plist" and "<key>WebMainResource</key>" in rest:
        return "application/x-webarchive"
    if suffix in _PAGE_NAMES or tag == "html":
        return "text/html"
    if xml or suffix in (".xml", ".plist"):
        return "application/xml"
    return "text/html" if tag in _PAGE_ROOTS and suffix not in _PLAIN else ""


def _plain_kind(start: str, suffix: str) -> str:
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    return "application/json" if suffix != ".txt" and re.match(r'[{\[]\s*(?:["{\[]|\}|\])', start) else "text/plain"
