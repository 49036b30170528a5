"""Values the whole program speaks in: keys, clean text, partial dates, scripts of names. No database here."""

from __future__ import annotations

import calendar
import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import uuid_utils.compat

from magdesk.errors import InputError


def new_id() -> uuid.UUID:
    """A fresh UUIDv7 key (RFC 9562): ordered by time, so two copies of a case can later be merged."""
    return uuid_utils.compat.uuid7()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


# Bidirectional embeddings, overrides and isolates can make a text read as something it is not.
# The weak marks (LRM, RLM, ALM) stay: names need them.
_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def clean_text(untrusted_text: str, *, multiline: bool = True) -> str:
    """Text as it may be stored, shown and printed.

    Removes control characters (tab and line feed stay when ``multiline``), bidirectional overrides,
    surrogates and non-characters, none of which XML, PDF or a terminal can carry. Everything else stays
    as typed: no normalisation, so that copy and paste give back the original characters.
    """
    text = untrusted_text.translate(_BIDI_CONTROLS).replace("\r\n", "\n").replace("\r", "\n")
    keep = "\n\t" if multiline else ""
    if text.isprintable():
        return text
    out: list[str] = []
    for ch in text:
        if ch in keep:
            out.append(ch)
        elif ch in "\n\t\v\f\x85\u2028\u2029":
            out.append(" " if not multiline else "\n")
        elif unicodedata.category(ch) not in ("Cc", "Cs") and (ord(ch) & 0xFFFE) != 0xFFFE:
            out.append(ch)
    return "".join(out)


_MONTHS = {name.lower(): n for n in range(1, 13) for name in (calendar.month_name[n], calendar.month_abbr[n])}
_MONTHS["sept"] = 9
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%])?")
_ABOUT = re.compile(r"^(?:c\.|ca\.?|circa|about|around|approx\.?|approximately)\s+", re.IGNORECASE)
_WORDS = (
    re.compile(r"(?P<d>\d{1,2})\s+(?P<m>[A-Za-z]+)\.?,?\s+(?P<y>\d{4})"),
    re.compile(r"(?P<m>[A-Za-z]+)\.?\s+(?P<d>\d{1,2}),\s*(?P<y>\d{4})"),
    re.compile(r"(?P<m>[A-Za-z]+)\.?,?\s+(?P<y>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known as far as it is known: a year, a month, a day, perhaps uncertain, perhaps a range.

    Attributes:
        text: canonical form, a subset of EDTF (ISO 8601-2): ``2014``, ``2014-03``, ``2014-03-05``, each with
            an optional ``?`` (uncertain), ``~`` (approximate) or ``%`` (both); a range is two of them with ``/``.
    """

    text: str

    def __post_init__(self) -> None:
        parts = self.text.split("/")
        if len(parts) > 2:
            raise _not_a_date(self.text)
        for part in parts:
            _bounds(part)
        if self.earliest() > self.latest():
            raise InputError(f"The range “{self.text}” ends before it begins.", "Write the earlier date first.")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date that a person typed: EDTF, ``5 March 2014``, ``March 2014``, ``about 2014``.

        Raises:
            InputError: the text is none of these.
        """
        stripped = text.strip()
        for separator in ("/", " – ", " to ", "–"):
            first, found, second = stripped.partition(separator)
            if found:
                return cls(f"{_parse_one(first)}/{_parse_one(second)}")
        return cls(_parse_one(stripped))

    def earliest(self) -> date:
        """The first day it can have been."""
        return _bounds(self.text.partition("/")[0])[0]

    def latest(self) -> date:
        """The last day it can have been."""
        return _bounds(self.text.rpartition("/")[2])[1]

    @property
    def precision(self) -> str:
        """``range``, ``year``, ``month`` or ``day``."""
        if "/" in self.text:
            return "range"
        return {4: "year", 7: "month", 10: "day"}[len(self.text.rstrip("?~%"))]

    @property
    def approximate(self) -> bool:
        """Whether any part is marked uncertain or approximate."""
        return any(mark in self.text for mark in "?~%")

    def display(self) -> str:
        """The date as it stands in an English document: ``5 March 2014``, ``about March 2014``."""
        first, slash, second = self.text.partition("/")
        return f"{_display(first)} – {_display(second)}" if slash else _display(first)

    def __str__(self) -> str:
        return self.text


def _not_a_date(text: str) -> InputError:
    return InputError(f"“{text}” is not a date.", "Write 2014, 2014-03, 2014-03-05, “5 March 2014” or “about 2014”.")


def _parse_one(text: str) -> str:
    text = text.strip()
    if _EDTF.fullmatch(text):
        return text
    about = _ABOUT.match(text)
    mark = "~" if about else ""
    if about:
        text = text[about.end() :]
        if _EDTF.fullmatch(text) and text[-1] not in "?~%":
            return text + mark
    for pattern in _WORDS:
        match = pattern.fullmatch(text)
        if match:
            month = _MONTHS.get(match["m"].lower())
            if month:
                day = f"-{int(match['d']):02d}" if "d" in match.groupdict() else ""
                return f"{match['y']}-{month:02d}{day}{mark}"
    raise _not_a_date(text)


@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date]:
    match = _EDTF.fullmatch(text)
    if not match:
        raise _not_a_date(text)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise _not_a_date(text) from error
    return first, last


@lru_cache(maxsize=4096)
def _display(text: str) -> str:
    match = _EDTF.fullmatch(text)
    assert match is not None
    words = match[1]
    if match[2]:
        words = f"{calendar.month_name[int(match[2])]} {words}"
    if match[3]:
        words = f"{int(match[3])} {words}"
    qualifier = {"~": "about ", "?": "possibly ", "%": "possibly about ", None: ""}[match[4]]
    return qualifier + words


_SCRIPT_WORDS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "GREEK": "Grek",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
    "MYANMAR": "Mymr",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "ETHIOPIC": "Ethi",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "SINHALA": "Sinh",
    "TIBETAN": "Tibt",
}


@lru_cache(maxsize=10_000)
def script_of(text: str) -> str:
    """The ISO 15924 code of the script most letters of the text are in; ``Zyyy`` when it has no letters."""
    counts: dict[str, int] = {}
    for ch in text:
        if ch.isalpha():
            word = unicodedata.name(ch, "").partition(" ")[0]
            code = _SCRIPT_WORDS.get(word, "Zzzz")
            counts[code] = counts.get(code, 0) + 1
    if not counts:
        return "Zyyy"
    best = max(counts, key=lambda code: counts[code])
    return "Jpan" if best == "Hani" and "Jpan" in counts else best
