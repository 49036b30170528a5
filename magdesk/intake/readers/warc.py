"""Web archives (ISO 28500, WACZ): which addresses were captured when, and the text of their pages."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_member, check_whole, open_archive, read_member
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.markuptext import html_text, parse_html
from magdesk.intake.source import Source

_RECORDS = 200_000
_PAGES_TOLD = 100
_BODY_LIMIT = 16 << 20
_WACZ_LIMIT = 8 << 30


def read_warc(source: Source, findings: FileReading) -> None:
    """The captures in a WARC file."""
    source.stream.seek(0)
    capture = _Capture(findings)
    capture.read(source.stream)
    capture.sum_up()


def read_wacz(source: Source, findings: FileReading) -> None:
    """The captures in a WACZ file, its statements, and whether its parts are what it lists."""
    try:
        with open_archive(source.stream, findings) as archive:
            check_whole(archive, _WACZ_LIMIT)
            _read_package(archive, findings)
            capture = _Capture(findings)
            names = [name for name in archive.namelist() if name.startswith("archive/") and ".warc" in name]
            for name in names:
                check_member(archive.getinfo(name), _WACZ_LIMIT)
                with archive.open(name) as part:
                    capture.read(part)
            capture.sum_up()
            if not names:
                findings.note(_("The web archive holds no captures."))
    except DAMAGED as error:
        findings.damaged(_("The web archive is damaged."), type(error).__name__)


def _read_package(archive: zipfile.ZipFile, findings: FileReading) -> None:
    try:
        package: Any = json.loads(read_member(archive, "datapackage.json", 16 << 20))
    except (KeyError, ValueError, RecursionError):
        package = None
    if not isinstance(package, dict):
        findings.note(_("The list of the archive's parts (datapackage.json) is missing or damaged."))
        return
    for key, name in (
        ("title", "Title"), ("description", "Description"), ("software", "Captured with"), ("created", "Created"),
        ("modified", "Changed"), ("mainPageUrl", "Main page"), ("mainPageURL", "Main page"),
        ("mainPageDate", "Main page captured"), ("wacz_version", "WACZ version"),
    ):  # fmt: skip
        findings.detail("web", name, package.get(key))
    parts = package.get("resources")
    listed = [part for part in (parts if isinstance(parts, list) else [])[:1_000] if isinstance(part, dict)]
    wrong = [str(part.get("path")) for part in listed if not _as_listed(archive, part)]
    if wrong:
        findings.note(
            _("Parts of the web archive do not match its own list: {names}.").format(names=", ".join(wrong[:5]))
        )
    else:
        findings.detail("web", "Parts", _("all match the archive's own list (SHA-256)"))
    if "datapackage-digest.json" in archive.namelist():
        try:
            told = json.loads(read_member(archive, "datapackage-digest.json", 16 << 20))
        except (ValueError, RecursionError):
            told = {}
        signed = told.get("signedData") if isinstance(told, dict) else None
        if isinstance(signed, dict) and signed:
            who = signed.get("domain") or signed.get("software") or "?"
            findings.detail(
                "web", "Signature", _("{who}, {when} (not verified)").format(who=who, when=signed.get("created", "?"))
            )


def _as_listed(archive: zipfile.ZipFile, part: dict[str, Any]) -> bool:
    kind, _colon, wanted = str(part.get("hash", "")).partition(":")
    if kind not in ("sha256", "md5"):
        return True
    digest = hashlib.new(kind, usedforsecurity=False)
    try:
        with archive.open(str(part.get("path"))) as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except (KeyError, *DAMAGED):
        return False
    return digest.hexdigest() == wanted.lower()


class _Capture:
    """Goes through records and keeps what a person wants to know of them."""

    def __init__(self, findings: FileReading) -> None:
        self._findings = findings
        self._records = 0
        self._pages = 0
        self._others = 0
        self._damaged = False
        self._first: str | None = None
        self._last = ""

    def read(self, stream: IO[bytes]) -> None:
        """All records of one WARC file."""
        try:
            with foreign("warcio"):
                for record in ArchiveIterator(stream, arc2warc=True):
                    self._records += 1
                    if self._records > _RECORDS:
                        self._findings.note(_("The web archive is very large; only its beginning was read."))
                        return
                    if self._records % 100 == 0:
                        self._findings.pulse()
                    self._take(record)
        except Damaged:
            self._damaged = True

    def _take(self, record: Any) -> None:
        if record.rec_type == "warcinfo":
            for line in record.content_stream().read(20_000).decode("utf-8", "replace").splitlines():
                name, _colon, value = line.partition(":")
                if name.lower() in ("software", "operator", "hostname", "ip", "isPartOf", "description"):
                    self._findings.detail("web", f"Captured: {name.lower()}", value)
            return
        if record.rec_type not in ("response", "resource", "revisit", "conversion"):
            return
        url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
        stamp = _utc(str(record.rec_headers.get_header("WARC-Date") or ""))
        if stamp:
            self._first = min(self._first or stamp, stamp)
            self._last = max(self._last, stamp)
        headers = record.http_headers
        kind = str(
            (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
        )
        status = str(headers.get_statuscode() or "") if headers else ""
        if "html" not in kind or status[:1] in ("3", "4", "5") or record.rec_type == "revisit":
            self._others += 1
            return
        self._pages += 1
        text = self._page_text(record, kind)
        if self._pages <= _PAGES_TOLD:
            title = _title(text)
            told = f"{url} · {stamp}" + (f" · {title}" if title else "")
            self._findings.detail("web", f"Page {self._pages}", told)
        self._findings.text(self._pages, f"{url}\n\n{html_text(text)}")

    def _page_text(self, record: Any, kind: str) -> str:
        try:
            with foreign("warcio"):
                raw = record.content_stream().read(_BODY_LIMIT)
        except Damaged:
            self._findings.note(_("Some captured pages are damaged and were not read."))
            return ""
        charset = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
        return decode_page(raw, charset)

    def sum_up(self) -> None:
        """Say how much there was, and when it was captured."""
        findings = self._findings
        findings.detail("web", "Pages captured", self._pages)
        findings.detail("web", "Other captures", self._others or None)
        if self._first:
            findings.detail("web", "First capture", self._first)
            findings.detail("web", "Last capture", self._last if self._last != self._first else None)
            findings.made_on(self._first[:10])
        if self._damaged:
            findings.note(_("The web archive is damaged or cut off; what could be read was read."))
        elif not self._records:
            findings.note(_("The web archive holds no records."))
        elif not self._pages:
            findings.note(_("The web archive holds no page of text."))


def _title(text: str) -> str:
    root = parse_html(text[:200_000])
    if root is None:
        return ""
    return " ".join("".join(root.xpath("(//title)[1]//text()")).split())[:200]


def _utc(stamp: str) -> str:
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
