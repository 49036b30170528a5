"""Web archives: what was captured when, and the pages of text among it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_member, check_whole
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.addresses import add_addresses
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.refusal import NEW_COPY, Refusal
from magdesk.intake.conversion.webpage import add_page
from magdesk.intake.conversion.ziparchive import whole_archive
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.html import decode_page
from magdesk.intake.source import Source

_RECORDS = 100_000
_LISTED = 200
_PAGES = 25
_PAGE = 8 << 20
_PICTURE = 12 << 20
_PICTURES = 40 << 20  # bytes of all pictures that are held for the pages
_WACZ = 8 << 30


def convert_warc(source: Source, gathering: Gathering) -> None:
    """The captures of a WARC file."""
    source.stream.seek(0)
    capture = _ShownCapture(gathering)
    capture.read(source.stream)
    capture.tell()


def convert_wacz(source: Source, gathering: Gathering) -> None:
    """The captures of a WACZ file."""
    capture = _ShownCapture(gathering)
    try:
        with whole_archive(source.stream) as archive:
            check_whole(archive, _WACZ)
            for name in archive.namelist():
                if name.startswith("archive/") and ".warc" in name:
                    check_member(archive.getinfo(name), _WACZ)
                    with archive.open(name) as part:
                        capture.read(part)
    except DAMAGED as error:
        raise Refusal(_("The web archive is damaged and could not be read."), NEW_COPY) from error
    capture.tell()


class _ShownCapture:
    """Goes through records and keeps what can be shown."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._listed: list[tuple[str, str, str, str]] = []
        self._pages: list[tuple[str, str, str]] = []
        self._pictures: dict[str, bytes] = {}
        self._room = _PICTURES
        self._records = self._captures = self._all_pages = 0
        self._cut = False

    def read(self, stream: IO[bytes]) -> None:
        """All records of one WARC file."""
        try:
            with foreign("warcio"):
                for record in ArchiveIterator(stream, arc2warc=True):
                    self._records += 1
                    if self._records > _RECORDS:
                        self._cut = True
                        return
                    if self._records % 100 == 0:
                        self._gathering.pulse()
                    if record.rec_type in ("response", "resource", "conversion"):
                        self._take(record)
        except Damaged:
            self._cut = True

    def _take(self, record: Any) -> None:
        url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
        when = _utc(str(record.rec_headers.get_header("WARC-Date") or ""))
        headers = record.http_headers
        own = record.rec_headers.get_header("Content-Type")
        kind = str((headers.get_header("Content-Type") if headers else own) or "")
        status = str(headers.get_statuscode() or "") if headers else ""
        self._captures += 1
        if len(self._listed) < _LISTED:
            self._listed.append((url, when, kind.partition(";")[0].strip(), status))
        if status[:1] in ("3", "4", "5"):
            return
        if "html" in kind:
            self._all_pages += 1
            if len(self._pages) < _PAGES:
                charset = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
                self._pages.append((url, when, decode_page(record.content_stream().read(_PAGE), charset)))
        elif kind.startswith("image/") and self._room > 0:
            data = record.content_stream().read(_PICTURE + 1)
            if len(data) <= min(_PICTURE, self._room):
                self._pictures.setdefault(url, data)
                self._room -= len(data)

    def tell(self) -> None:
        """Add the list of captures, then the pages.

        Raises:
            Refusal: there are none.
        """
        gathering = self._gathering
        if not self._captures:
            raise Refusal(_("The web archive holds no captures that could be read."), NEW_COPY)
        said = _("The archive contains {count:,} captures, {pages:,} of which are pages of text.").format(
            count=self._captures, pages=self._all_pages
        )
        gathering.first(said)
        if self._all_pages > len(self._pages):
            gathering.first(_("The first {count} pages are shown.").format(count=len(self._pages)))
        if self._cut:
            gathering.first(_("The original is damaged or very large; it is shown as far as it could be read."))
        for number, (url, when, text) in enumerate(self._pages, 1):
            if number > 1:
                gathering.add(tree.new_page())
            label = _("Captured page {number} of {count:,}").format(number=number, count=self._all_pages)
            gathering.add(tree.paragraph([tree.run(label)], "small"))
            known = ((_("Address"), url), (_("Captured"), when))
            try:
                add_page(text, gathering, lambda address, base=url: self._picture(address, base), known)  # type: ignore[misc]
            except Refusal as refusal:
                gathering.add(tree.particulars(known))
                gathering.add(tree.paragraph([tree.run(refusal.message, italic=True)], "small"))
        add_addresses(gathering)
        self._tell_captures()

    def _tell_captures(self) -> None:
        head = [tree.text_cell(word, header=True) for word in (_("Address"), _("Captured"), _("Type"), _("Response"))]
        rows: list[list[tree.Node | str]] = [list(head)]
        rows += [[url[:500], when, kind[:60], status] for url, when, kind, status in self._listed]
        if self._pages:
            self._gathering.add(tree.new_page())
        self._gathering.add(tree.heading(2, [tree.run(_("Contents of the archive"))]))
        if self._captures > len(self._listed):
            said = _("The first {limit} of {count:,} captures.").format(limit=_LISTED, count=self._captures)
            self._gathering.add(tree.paragraph([tree.run(said, italic=True)], "small"))
        self._gathering.add(tree.table(rows, (5.0, 2.0, 1.8, 0.9), header_rows=1))

    def _picture(self, address: str, base: str) -> bytes | None:
        try:
            return self._pictures.get(urljoin(base, address))
        except ValueError:
            return None


def _utc(stamp: str) -> str:
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
