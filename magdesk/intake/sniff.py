"""The true type of a file by its content. The name only breaks ties between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

import olefile

from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.mediatypes import SUFFIXES
from magdesk.intake.textkind import OPAQUE, text_kind

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
    (0, b"caff\x00", "audio/x-caf"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (0, b"\xffWPC", "application/vnd.wordperfect"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
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
_OGG_FILMS = (b"\x80theora", b"OVP80", b"BBCD\x00", b"\x01video\x00\x00\x00")
_PLIST = 4 << 20  # bytes searched for what a property list is of
_ENDINGS = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
_CONTAINERS = (b"PK\x03\x04", b"\x78\x9f\x3e\x22", b"Rar!\x1a\x07", b"bplist00", olefile.MAGIC)
_LETTERS = ("message/rfc822", "application/x-emlx", "application/mbox", "multipart/related")
_CORRESPONDENT = re.compile(rb"^(?:From|To|Subject):", re.IGNORECASE | re.MULTILINE)
_CMS = (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", 32)  # RFC 5652: a content type, and where it may begin
_MAIN_PART = re.compile(rb'ContentType="(application/vnd\.[\w.+-]+?)(?:\.main\+xml|\.main)"', re.IGNORECASE)
_MAIN_PARTS = 1 << 20  # bytes of a list of parts


_BY_MAIN_PART = {kind.lower(): kind for kind in SUFFIXES if kind.startswith("application/vnd.")}


def sniff(stream: BinaryIO, name: str) -> str:
    """The media type of the stream's content.

    Args:
        stream: seekable; its position afterwards is undefined.
        name: the file's name, used only to tell apart kinds of plain text.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if head[:1] == b"\x30" and _CMS[0] in head[: _CMS[1]]:
        return "application/pkcs7-mime"
    if _is_pdf(head, name) or (name.lower().endswith(".pdf") and (b"%PDF-" in head or b" obj" in head)):
        return "application/pdf"
    for offset, magic, media_type in _MAGIC:
        if head.startswith(magic, offset):
            return media_type
    if head[:4] == b"OggS":
        return "video/ogg" if any(mark in head for mark in _OGG_FILMS) else "audio/ogg"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if head[:4] == b"\x01\x00\x00\x00" and head[40:44] == b" EMF":
        return "image/x-emf"
    if head[:8] == b"bplist00":
        return _property_list(stream, name)
    if any(_is_transport_stream(head, at, length) for at, length in ((0, 188), (4, 192))):
        return "video/mp2t"
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
    if head[:1] == b"\xff" and head[1:2] in (b"\xf1", b"\xf9", b"\xf0", b"\xf8"):
        return "audio/aac"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(stream, name)
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip") and head[:1] == b"\x00":
        return "video/quicktime"
    if head[:8] == olefile.MAGIC:
        return _ole(stream)
    if not head:
        return "application/x-empty"
    return text_kind(head, name)


def _is_pdf(head: bytes, name: str) -> bool:
    """Whether a PDF begins here, be it behind some rubbish; a container or a letter may only hold one."""
    at = head.find(b"%PDF-", 0, 1024)
    if at < 0 or head.startswith(_CONTAINERS):
        return False
    # What a server said before it sent a PDF looks like a letter from nobody to nobody.
    return not (_CORRESPONDENT.search(head[:at]) and text_kind(head[:at], name) in _LETTERS)


def _is_transport_stream(head: bytes, at: int, length: int) -> bool:
    """Whether packets of that length follow each other, each with its mark (ISO/IEC 13818-1)."""
    return len(head) > at + 4 * length and all(head[at + n * length] == 0x47 for n in range(5))


def _property_list(stream: BinaryIO, name: str) -> str:
    stream.seek(0)
    told = b"WebMainResource" in stream.read(_PLIST)
    return "application/x-webarchive" if told or name.lower().endswith(".webarchive") else "application/x-plist"


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
            main = _main_part(archive) if "[Content_Types].xml" in names else ""
    except Damaged:
        return _broken_zip(stream, name)
    if main in SUFFIXES:
        return main
    if "[Content_Types].xml" in names:
        for folder, part in (
            ("word/", "wordprocessingml.document"),
            ("xl/", "spreadsheetml.sheet"),
            ("ppt/", "presentationml.presentation"),
        ):
            if any(member.startswith(folder) for member in names):
                return _OOXML + part
    if "QuickLook/Preview.pdf" in names or any(member.startswith("Index/") and ".iwa" in member for member in names):
        return _apple(names, name)
    if "doc.kml" in names:
        return "application/vnd.google-earth.kmz"
    packed = any(member.startswith("archive/") for member in names)
    if "datapackage.json" in names and (packed or name.lower().endswith(".wacz")):
        return "application/wacz"
    return "application/zip"


def _main_part(archive: zipfile.ZipFile) -> str:
    """What an office file says that it is, in the form that its media type has."""
    if archive.getinfo("[Content_Types].xml").file_size > _MAIN_PARTS:
        return ""
    for found in _MAIN_PART.finditer(archive.read("[Content_Types].xml")):
        told = found[1].decode("ascii").lower()
        for kind in (told, f"{told}.12"):
            if kind in _BY_MAIN_PART:
                return _BY_MAIN_PART[kind]
    return ""


def _apple(names: set[str], name: str) -> str:
    """Which of the three programs wrote it."""
    for ending in (".pages", ".numbers", ".key"):
        if name.lower().endswith(ending):
            return "application/vnd.apple." + {".key": "keynote"}.get(ending, ending[1:])
    if any(member in names for member in ("index.apxl", "Index/Slide.iwa", "Index/Presentation.iwa")):
        return "application/vnd.apple.keynote"
    return (
        "application/vnd.apple.pages" if "index.xml" in names or "Index/Document.iwa" in names else "application/zip"
    )


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
    except (Damaged, RecursionError):  # of storages one in another without end
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
