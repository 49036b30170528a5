"""The true type of a file by its content. The name only breaks ties between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from pathlib import PurePath
from typing import BinaryIO

import olefile

from magdesk.intake.foreign import Damaged, foreign

OPAQUE = "application/octet-stream"
_HEAD = 4096
_OOXML = "application/vnd.openxmlformats-officedocument."

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x00\x0cjP  \r\n", "image/jp2"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (257, b"ustar", "application/x-tar"),
    (0, b"WARC/", "application/warc"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-elf"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"heif"}
_ENDINGS = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
_BY_SUFFIX = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".md": "text/markdown",
    ".json": "application/json",
}
_MAIL_HEADER = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Delivered-To|X-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_MBOX = re.compile(rb"From [^\n]{4,200}\r?\n(?:>?[\w-]+:|X-)", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title)\b", re.IGNORECASE)

SUFFIXES: dict[str, str] = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
    "application/rtf": ".rtf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.ms-outlook": ".msg",
    _OOXML + "wordprocessingml.document": ".docx",
    _OOXML + "spreadsheetml.sheet": ".xlsx",
    _OOXML + "presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.graphics": ".odg",
    "application/epub+zip": ".epub",
    "application/zip": ".zip",
    "application/wacz": ".wacz",
    "application/warc": ".warc",
    "application/gzip": ".gz",
    "application/x-7z-compressed": ".7z",
    "application/vnd.rar": ".rar",
    "application/mbox": ".mbox",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/xml": ".xml",
    "application/x-tar": ".tar",
    "application/x-bzip2": ".bz2",
    "application/x-xz": ".xz",
    "image/jp2": ".jp2",
    "image/vnd.adobe.photoshop": ".psd",
    "video/x-ms-asf": ".wmv",
    "video/mpeg": ".mpg",
    "video/x-flv": ".flv",
    "audio/amr": ".amr",
    "video/webm": ".webm",
    "video/3gpp": ".3gp",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/x-matroska": ".mkv",
    "video/x-msvideo": ".avi",
}


def suffix_for(media_type: str) -> str:
    """The usual ending of a file of that type, with its dot; ``.bin`` for what is not known."""
    return SUFFIXES.get(media_type, ".bin")


def sniff(stream: BinaryIO, name: str) -> str:
    """The media type of the stream's content.

    Args:
        stream: seekable; its position afterwards is undefined.
        name: the file's name, used only to tell apart kinds of plain text.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if b"%PDF-" in head[:1024] or (name.lower().endswith(".pdf") and (b"%PDF-" in head or b" obj" in head)):
        return "application/pdf"
    for offset, magic, media_type in _MAGIC:
        if head.startswith(magic, offset):
            return media_type
    if head[:2] == b"\x1f\x8b":
        return _gzip(stream)
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], OPAQUE)
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head[:2] == b"\xff\xfb" or head[:2] == b"\xff\xf3" or head[:2] == b"\xff\xf2":
        return "audio/mpeg"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(stream, name)
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip") and head[:1] == b"\x00":
        return "video/quicktime"
    if head[:8] == olefile.MAGIC:
        return _ole(stream)
    return _text(head, name)


def _iso_media(head: bytes) -> str:
    brands = {head[8:12], *(head[i : i + 4] for i in range(16, min(len(head), 64), 4))}
    if b"avif" in brands or b"avis" in brands:
        return "image/avif"
    if head[8:12] in _HEIF:
        return "image/heic"
    if head[8:12] == b"qt  ":
        return "video/quicktime"
    if head[8:11] in (b"3gp", b"3g2"):
        return "video/3gpp"
    return "audio/mp4" if head[8:11] in (b"M4A", b"M4B") else "video/mp4"


def _gzip(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        start = zlib.decompressobj(31).decompress(stream.read(_HEAD), 16)
    except zlib.error:
        start = b""
    return "application/warc" if start.startswith(b"WARC/") else "application/gzip"


def _zip(stream: BinaryIO, name: str) -> str:
    try:
        with foreign("zipfile"), zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                if declared in SUFFIXES:
                    return declared
    except Damaged:
        return _broken_zip(stream, name)
    if "[Content_Types].xml" in names:
        for folder, part in (
            ("word/", "wordprocessingml.document"),
            ("xl/", "spreadsheetml.sheet"),
            ("ppt/", "presentationml.presentation"),
        ):
            if any(member.startswith(folder) for member in names):
                return _OOXML + part
    packed = any(member.startswith("archive/") for member in names)
    if "datapackage.json" in names and (packed or name.lower().endswith(".wacz")):
        return "application/wacz"
    return "application/zip"


def _broken_zip(stream: BinaryIO, name: str) -> str:
    """Its list is gone; the first members may still tell what it was."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if head[30:38] == b"mimetype":
        declared = re.match(rb"[\w.+/-]+", head[38:138])
        if declared and declared[0].decode() in SUFFIXES:
            return declared[0].decode()
    for folder, part in (
        (b"word/", "wordprocessingml.document"),
        (b"xl/", "spreadsheetml.sheet"),
        (b"ppt/", "presentationml.presentation"),
    ):
        if b"[Content_Types].xml" in head and (folder in head or name.lower().endswith(_ENDINGS[folder])):
            return _OOXML + part
    return "application/zip"


def _ole(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        with foreign("olefile"), olefile.OleFileIO(stream) as ole:
            names = {"/".join(entry) for entry in ole.listdir(streams=True, storages=False)}
    except Damaged:
        return "application/x-ole-storage"
    for stream_name, media_type in (
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("EncryptedPackage", _OOXML + "encrypted"),
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("Book", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ):
        if stream_name in names:
            return media_type
    return "application/x-ole-storage"


def wide_encoding(head: bytes) -> str:
    """The kind of UTF-16 a text without a mark seems to be in: every second byte is one of two small numbers."""
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        common = Counter(high).most_common(2)
        small = sum(count for value, count in common if value < 16)
        controls = sum(byte < 9 for byte in low)
        if len(head) >= 8 and small * 10 >= len(high) * 9 and controls * 20 <= len(low):
            return encoding
    return ""


def _text(head: bytes, name: str) -> str:
    if not head:
        return "application/x-empty"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\x00" in head and wide_encoding(head)):
        return _BY_SUFFIX.get(PurePath(name).suffix.lower(), "text/plain")
    if b"\x00" in head:
        return OPAQUE
    if _MBOX.match(head):
        return "message/rfc822" if name.lower().endswith((".eml", ".emlx", ".msg")) else "application/mbox"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    headers = _MAIL_HEADER.findall(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])
    if start.startswith(b"<") and name.lower().endswith((".htm", ".html", ".xhtml")):
        return "text/html"
    if len(headers) >= 2 or (headers and name.lower().endswith((".eml", ".emlx"))):
        return "message/rfc822"
    if b"multipart/related" in head[:2000].lower() and name.lower().endswith((".mht", ".mhtml")):
        return "multipart/related"
    if start.startswith(b"<") or _HTML.search(head[:1024]):
        if b"<svg" in head:
            return "image/svg+xml"
        if _HTML.search(head):
            return "text/html"
        if start.startswith(b"<?xml"):
            return "application/xml"
        if name.lower().endswith((".htm", ".html", ".xhtml")):
            return "text/html"
    try:
        head[:-4].decode("utf-8") if len(head) == _HEAD else head.decode("utf-8")
    except UnicodeDecodeError:
        # Old single-byte encodings are text too, as long as there are hardly any control characters.
        controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
        if controls * 100 > len(head):
            return OPAQUE
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), "text/plain")
