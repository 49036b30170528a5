"""The true type of a file by its content. The name only breaks ties between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath
from typing import BinaryIO

import olefile

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
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"WARC/", "application/warc"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-elf"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"heif"}
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
    "application/epub+zip": ".epub",
    "application/zip": ".zip",
    "application/wacz": ".wacz",
    "application/warc": ".warc",
    "application/gzip": ".gz",
    "application/x-7z-compressed": ".7z",
    "application/vnd.rar": ".rar",
    "application/mbox": ".mbox",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/xml": ".xml",
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
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for offset, magic, media_type in _MAGIC:
        if head.startswith(magic, offset):
            return media_type
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], OPAQUE)
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head[:2] == b"\xff\xfb" or head[:2] == b"\xff\xf3" or head[:2] == b"\xff\xf2":
        return "audio/mpeg"
    if head[:4] == b"PK\x03\x04":
        return _zip(stream)
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
    return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"


def _zip(stream: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                if declared in SUFFIXES:
                    return declared
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "application/zip"
    if "[Content_Types].xml" in names:
        for folder, part in (
            ("word/", "wordprocessingml.document"),
            ("xl/", "spreadsheetml.sheet"),
            ("ppt/", "presentationml.presentation"),
        ):
            if any(member.startswith(folder) for member in names):
                return _OOXML + part
    if "datapackage.json" in names and any(member.startswith("archive/") for member in names):
        return "application/wacz"
    return "application/zip"


def _ole(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as ole:
            names = {"/".join(entry) for entry in ole.listdir(streams=True, storages=False)}
    except (OSError, ValueError, IndexError):
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


def _text(head: bytes, name: str) -> str:
    if not head:
        return "application/x-empty"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if b"\x00" in head:
        return OPAQUE
    if head.startswith(b"From ") and b"\nSubject:" in head:
        return "application/mbox"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if len(_MAIL_HEADER.findall(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])) >= 2:
        return "message/rfc822"
    if start.startswith(b"<") or _HTML.search(head[:1024]):
        if b"<svg" in head:
            return "image/svg+xml"
        if _HTML.search(head):
            return "text/html"
        if start.startswith(b"<?xml"):
            return "application/xml"
    try:
        head[:-4].decode("utf-8") if len(head) == _HEAD else head.decode("utf-8")
    except UnicodeDecodeError:
        # Old single-byte encodings are text too, as long as there are hardly any control characters.
        controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
        if controls * 100 > len(head):
            return OPAQUE
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), "text/plain")
