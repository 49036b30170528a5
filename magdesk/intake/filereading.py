"""Collects what a reader learns, piece by piece, so that a failure halfway keeps what was read before it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import BinaryIO

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.intake.filefacts import FileDetail, FileFacts
from magdesk.intake.language import guess_language
from magdesk.values import clean_text

PAGE_LIMIT = 400_000  # characters of one page; more is not prose
TEXT_LIMIT = 24_000_000  # characters of one file: some eight thousand dense pages
DETAIL_LIMIT = 500
CHILD_LIMIT = 10_000
_NAME_LIMIT = 300_000  # characters of all names of files inside
_VALUE_LIMIT = 2_000
_SAMPLE = 20_000  # characters the language is guessed from

NEW_COPY = _("Ask for a new copy, or open it where it was made and save it as PDF.")
LOCKED = _("The file is locked with a password; nothing could be read from it.")
WRONG_PASSWORD = _("The password does not open the file.")
ENTER_PASSWORD = _("Enter its password under “Where it comes from”.")

OnText = Callable[[int, str], None]
OnChild = Callable[[str, BinaryIO], None]


class FileReading:
    """What is known of one file so far. Readers write into it; :meth:`facts` sums up.

    Attributes:
        media_type: true type by content.
        pages: page count, where the file has pages.
        width: pixels.
        height: pixels.
        duration: seconds.
        created: date the file says it was made.
        locked: whether a password is needed.
    """

    def __init__(
        self,
        media_type: str,
        *,
        on_text: OnText | None = None,
        on_child: OnChild | None = None,
        on_pulse: Callable[[], None] | None = None,
    ) -> None:
        """Start with nothing known.

        Args:
            on_text: takes each text as it is read; without it they are kept for :meth:`facts`.
            on_child: takes the bytes of each file found inside; without it they are only named.
            on_pulse: called now and then during long work.
        """
        self.media_type = media_type
        self.pages: int | None = None
        self.width: int | None = None
        self.height: int | None = None
        self.duration: float | None = None
        self.created: PartialDate | None = None
        self.locked = False
        self._on_text = on_text
        self._on_child = on_child
        self._on_pulse = on_pulse
        self._texts: list[tuple[int, str]] = []
        self._details: dict[FileDetail, None] = {}
        self._notes: dict[str, None] = {}
        self._attached: list[str] = []
        self._named = 0
        self._characters = 0
        self._own_text = False
        self.recognised: list[int] = []
        self._sample: list[str] = []

    @property
    def wants_children(self) -> bool:
        """Whether files found inside are taken."""
        return self._on_child is not None

    @property
    def has_text(self) -> bool:
        """Whether any text was read so far."""
        return self._characters > 0

    def text(self, page: int, text: str, *, recognised: bool = False) -> None:
        """Text of a page; 0 where there are no pages.

        Args:
            recognised: it was recognised in a picture and is not the file's own.
        """
        cleaned = clean_text(text)
        for start in range(0, len(cleaned), PAGE_LIMIT):
            if page and start:
                self.note(_("Very long pages are only partly searchable."))
                return
            self._take(page, cleaned[start : start + PAGE_LIMIT], recognised)

    def _take(self, page: int, text: str, recognised: bool) -> None:
        if not text.strip():
            return
        if self._characters + len(text) > TEXT_LIMIT:
            self.note(_("The text is very long; only its beginning is searchable."))
            return
        if self._characters < _SAMPLE:
            self._sample.append(text[:_SAMPLE])
        self._characters += len(text)
        self._own_text = self._own_text or not recognised
        if recognised and page not in self.recognised[-1:]:
            self.recognised.append(page)
        if self._on_text is not None:
            self._on_text(page, text)
        else:
            self._texts.append((page, text))

    def lock(self, *, tried: bool) -> None:
        """Say that a password is needed.

        Args:
            tried: one was given, and does not open it.
        """
        self.locked = True
        self.note(f"{WRONG_PASSWORD if tried else LOCKED} {ENTER_PASSWORD}")

    def detail(self, section: str, name: str, value: object) -> None:
        """Note a statement of the file about itself; empty ones and repetitions are left out."""
        if isinstance(value, datetime):
            value = moment_text(value)
        text = clean_text(str(value)).strip() if value is not None else ""
        if text and len(self._details) < DETAIL_LIMIT:
            label = clean_text(name, multiline=False).strip()[:120]
            self._details[FileDetail(section, label, text[:_VALUE_LIMIT])] = None

    def note(self, sentence: str) -> None:
        """Say what could not be read, or what a reader has to know."""
        self._notes[clean_text(sentence, multiline=False).strip()] = None

    def damaged(self, sentence: str, reason: str = "") -> None:
        """Say that something is damaged, with what to do; what a parser says of it is kept apart, as a detail.

        Args:
            sentence: what is damaged and what that means.
            reason: a parser's own words, for whoever looks into it.
        """
        self.note(f"{sentence} {NEW_COPY}")
        self.detail("reading", "What the reader reports", reason)

    def child(self, name: str, data: bytes | BinaryIO) -> None:
        """A file inside this one: named, and handed on where files inside are taken."""
        if not self._name(name):
            return
        if self._on_child is not None:
            self._on_child(name, io.BytesIO(data) if isinstance(data, bytes) else data)

    def mention(self, name: str) -> None:
        """A file inside this one that cannot be taken out."""
        self._name(name)

    def _name(self, name: str) -> bool:
        cleaned = clean_text(name, multiline=False)[:255]
        self._named += len(cleaned) + 1
        if len(self._attached) >= CHILD_LIMIT or self._named > _NAME_LIMIT:
            self.note(_("It contains a very large number of files; not all of them are listed."))
            return False
        self._attached.append(cleaned)
        return True

    def pulse(self) -> None:
        """Show that work goes on."""
        if self._on_pulse is not None:
            self._on_pulse()

    def made_on(self, moment: date | str | None) -> None:
        """Note the date the file says it was made, where it says one that can be true."""
        if isinstance(moment, date):
            moment = moment.strftime("%Y-%m-%d") if moment.year >= 1000 else None
        if not moment:
            return
        try:
            self.created = PartialDate(moment)
        except InputError:
            return

    def facts(self) -> FileFacts:
        """All of it."""
        language = guess_language("\n".join(self._sample)[:_SAMPLE])
        details = tuple(self._details)
        if language:
            details += (FileDetail("reading", "Language (guess)", language),)
        return FileFacts(
            self.media_type,
            pages=self.pages,
            width=self.width,
            height=self.height,
            duration=self.duration,
            text=tuple(self._texts),
            text_layer=self._own_text,
            created=self.created,
            note=" ".join(note for note in self._notes if note),
            details=details,
            language=language,
            locked=self.locked,
            attached=tuple(self._attached),
        )


def moment_text(moment: datetime) -> str:
    """A moment as it stands in a detail: as written, and in UTC where its offset is known."""
    plain = moment.replace(microsecond=0)
    if plain.tzinfo is None:
        return f"{plain:%Y-%m-%d %H:%M:%S}" if plain.year >= 1000 else ""
    try:
        utc = plain.astimezone(UTC)
    except OverflowError:
        return plain.isoformat(" ")
    written = plain.isoformat(" ")
    return f"{utc:%Y-%m-%d %H:%M:%S} UTC" if not plain.utcoffset() else f"{written} ({utc:%Y-%m-%d %H:%M:%S} UTC)"
