"""Outlook messages ([MS-OXMSG]): properties in an OLE file, read directly; attachments as files of their own."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from typing import Any

import olefile

from magdesk.i18n import _
from magdesk.intake.compoundfile import Storage, compound_file
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.mail import read_headers
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.readers.rtf import rtf_text, unpack_rtf
from magdesk.intake.source import Source

_DEPTH = 24  # folders inside each other
_STREAM_LIMIT = 256 << 20
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_TEXTS = (
    ("001A", "Class"),
    ("0C1A", "From"),
    ("0042", "On behalf of"),
    ("0E04", "To"),
    ("0E03", "Cc"),
    ("0E02", "Bcc"),
    ("0037", "Subject"),
    ("1035", "Message-ID"),
    ("1042", "In-Reply-To"),
    ("0070", "Topic"),
)
_TIMES = ((0x0039, "Sent"), (0x0E06, "Received"), (0x3007, "Created"), (0x3008, "Changed"))
_CODEPAGES = {65001: "utf-8", 1200: "utf-16-le", 20127: "cp1252", 28591: "cp1252", 936: "gb18030", 0: "cp1252"}
_PROPERTIES, _NAMES = "__properties_version1.0", "__nameid_version1.0"
_HEAD, _HEAD_INSIDE = 32, 24  # bytes before the properties of a message: of a file, of an attached one
_HEADERS, _BODY, _RTF, _HTML = "007D", "1000", "1009", "1013"


def read_msg(source: Source, findings: FileReading) -> None:
    """Headers, body and attachments of an Outlook item."""
    source.stream.seek(0)
    with olefile.OleFileIO(source.stream) as ole:
        _MsgItem(ole, "", findings).read()
    if not findings.has_text:
        findings.note(_("The message holds no text that could be read."))


class _MsgItem:
    """The message of the file itself, or what stands in one of its folders: a recipient, an attachment."""

    def __init__(self, ole: Any, folder: str, findings: FileReading) -> None:
        self._ole = ole
        self._folder = folder
        self._findings = findings
        self._fixed = self._fixed_values(_HEAD_INSIDE if folder else _HEAD)
        page = self._number(0x3FDE) or self._number(0x3FFD) or 1252
        self._encoding = _CODEPAGES.get(page, f"cp{page}")

    def read(self) -> None:
        """All that the message says; an attached message becomes a file of its own."""
        findings = self._findings
        self._read_headers()
        findings.text(0, self._body())
        for folder in self._folders("__attach_version1.0_"):
            try:
                with foreign("olefile"):
                    self._attachment(folder)
            except Damaged:
                findings.note(_("An attachment is damaged and could not be taken out."))

    def _read_headers(self) -> None:
        findings = self._findings
        for code, name in _TEXTS:
            value = self.text(code)
            if not (code == "001A" and value == "IPM.Note"):
                findings.detail("mail", name, value)
        address = self.text("5D01") or self.text("0C1F")
        if "@" in address:
            findings.detail("mail", "From (address)", address)
        for number, name in _TIMES:
            moment = self._moment(number)
            if moment is not None:
                findings.detail("mail", name, moment)
                if findings.created is None:
                    findings.made_on(moment.date())
        for folder in self._folders("__recip_version1.0_"):
            recipient = _MsgItem(self._ole, folder, findings)
            label = {1: "To (address)", 2: "Cc (address)", 3: "Bcc (address)"}.get(self._kind(folder), "To (address)")
            findings.detail("mail", label, recipient.text("39FE") or recipient.text("3003"))
        transport = self.text(_HEADERS)
        if transport:
            read_headers(message_from_string(transport, policy=default), findings)

    def _kind(self, folder: str) -> int:
        raw = self._stream(f"{folder}/__properties_version1.0")
        for entry in _entries(raw, 8):
            if entry[1] == 0x0C15:
                return int.from_bytes(entry[2][:4], "little")
        return 1

    def _body(self) -> str:
        plain = self.text(_BODY)
        if plain.strip():
            return plain
        raw = self._bytes(f"{_HTML}0102")
        if raw:
            return html_text(decode_page(raw, self._encoding))
        markup = self.text(_HTML)
        if markup:
            return html_text(markup)
        packed = self._bytes(f"{_RTF}0102")
        return rtf_text(unpack_rtf(packed)) if packed else ""

    def _attachment(self, folder: str) -> None:
        part = _MsgItem(self._ole, folder, self._findings)
        name = part.text("3707") or part.text("3704") or part.text("3001") or "attachment"
        if self._ole.exists(f"{folder}/__substg1.0_37010102"):
            self._findings.child(name, self._stream(f"{folder}/__substg1.0_37010102"))
            return
        inside = self._storage(f"{folder}/__substg1.0_3701000D")
        if inside:
            self._hand_on(name, f"{folder}/__substg1.0_3701000D", inside)
        else:
            self._findings.mention(name)
            self._findings.note(_("An attachment is only a link, or is empty; it is named but not included."))

    def _hand_on(self, name: str, folder: str, inside: Storage) -> None:
        """A message, or a document of another program, that is stored as a folder."""
        properties = inside.get(_PROPERTIES)
        if isinstance(properties, bytes):
            # A file of its own has eight bytes more at its head, and the names of properties beside it.
            head = properties[:_HEAD_INSIDE] + bytes(_HEAD - _HEAD_INSIDE)
            whole = {**inside, _PROPERTIES: head + properties[_HEAD_INSIDE:]}
            names = self._storage(_NAMES)
            if names:
                whole[_NAMES] = names
            subject = _MsgItem(self._ole, folder, self._findings).text("0037")
            inside, name = whole, f"{subject or 'message'}.msg"
        self._findings.child(name, compound_file(inside))

    def _storage(self, folder: str, limit: int = _STREAM_LIMIT) -> Storage:
        """The streams and storages below a folder."""
        found: dict[str, Any] = {}
        for entry in self._ole.listdir():
            path = "/".join(entry)
            if not path.startswith(f"{folder}/"):
                continue
            limit -= self._ole.get_size(path)
            if limit < 0 or len(entry) > _DEPTH:
                raise Damaged(ValueError("what is attached is unreasonably large"))
            place = found
            *above, last = entry[folder.count("/") + 1 :]
            for one in above:
                place = place.setdefault(one, {})
                if not isinstance(place, dict):
                    raise Damaged(ValueError("a stream and a storage of one name"))
            place[last] = self._stream(path)
        return found

    def text(self, code: str) -> str:
        """A text property, in whichever of its two forms it is stored."""
        wide = self._bytes(f"{code}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self._bytes(f"{code}001E")
        if not narrow:
            return ""
        try:
            return narrow.decode(self._encoding).rstrip("\x00")
        except (LookupError, UnicodeDecodeError):
            return decode_page(narrow).rstrip("\x00")

    def _bytes(self, suffix: str) -> bytes:
        path = f"__substg1.0_{suffix}"
        return self._stream(f"{self._folder}/{path}" if self._folder else path)

    def _stream(self, path: str) -> bytes:
        try:
            with foreign("olefile"):
                if not self._ole.exists(path) or self._ole.get_size(path) > _STREAM_LIMIT:
                    return b""
                data = self._ole.openstream(path).read()
        except Damaged:
            return b""
        return bytes(data)

    def _folders(self, prefix: str) -> list[str]:
        start = f"{self._folder}/" if self._folder else ""
        found = dict.fromkeys(
            "/".join(entry[: start.count("/") + 1])
            for entry in self._ole.listdir()
            if "/".join(entry).startswith(start + prefix)
        )
        return list(found)[:2_000]

    def _fixed_values(self, header: int) -> dict[int, bytes]:
        path = "__properties_version1.0"
        raw = self._stream(f"{self._folder}/{path}" if self._folder else path)
        return {number: value for _kind, number, value in _entries(raw, header)}

    def _number(self, number: int) -> int:
        return int.from_bytes(self._fixed.get(number, b"")[:4], "little")

    def _moment(self, number: int) -> datetime | None:
        ticks = int.from_bytes(self._fixed.get(number, b""), "little")
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None


def _entries(raw: bytes, header: int) -> Iterator[tuple[int, int, bytes]]:
    """Type, number and value of each property of fixed length."""
    for at in range(header, len(raw) - 15, 16):
        kind, number, _flags, value = struct.unpack_from("<HHI8s", raw, at)
        yield kind, number, value
