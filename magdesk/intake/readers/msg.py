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
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.mail import read_headers
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.readers.rtf import rtf_text, unpack_rtf
from magdesk.intake.source import Source

_DEPTH = 5
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
_HEADERS, _BODY, _RTF, _HTML = "007D", "1000", "1009", "1013"


def read_msg(source: Source, findings: FileReading) -> None:
    """Headers, body and attachments of an Outlook item."""
    source.stream.seek(0)
    with olefile.OleFileIO(source.stream) as ole:
        _MsgItem(ole, "", findings).read(0)
    if not findings.has_text:
        findings.note(_("The message holds no text that could be read."))


class _MsgItem:
    """One message: that of the file itself, or one attached to another."""

    def __init__(self, ole: Any, folder: str, findings: FileReading) -> None:
        self._ole = ole
        self._folder = folder
        self._findings = findings
        self._fixed = self._fixed_values(24 if folder else 32)
        page = self._number(0x3FDE) or self._number(0x3FFD) or 1252
        self._encoding = _CODEPAGES.get(page, f"cp{page}")

    def read(self, depth: int) -> None:
        """All that the message says; an attached message is told as part of it."""
        findings = self._findings
        if depth == 0:
            self._read_headers()
        body = self._body()
        if depth:
            subject = self.text("0037")
            head = "\n".join(line for line in (self.text("0C1A"), self.text("0E04"), subject) if line)
            findings.text(0, f"{head}\n\n{body}")
            findings.mention(f"{subject or 'message'}.msg")
            findings.note(
                _("A message attached to this one was read as part of it; open the original to see it whole.")
            )
        else:
            findings.text(0, body)
        for folder in self._folders("__attach_version1.0_"):
            try:
                with foreign("olefile"):
                    self._attachment(folder, depth)
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

    def _attachment(self, folder: str, depth: int) -> None:
        part = _MsgItem(self._ole, folder, self._findings)
        name = part.text("3707") or part.text("3704") or part.text("3001") or "attachment"
        if self._ole.exists(f"{folder}/__substg1.0_37010102"):
            self._findings.child(name, self._stream(f"{folder}/__substg1.0_37010102"))
        elif any("/".join(entry).startswith(f"{folder}/__substg1.0_3701000D/") for entry in self._ole.listdir()):
            if depth + 1 < _DEPTH:
                _MsgItem(self._ole, f"{folder}/__substg1.0_3701000D", self._findings).read(depth + 1)
        else:
            self._findings.mention(name)
            self._findings.note(_("An attachment is only a link or is empty; it is named but not there."))

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
