"""What the whole program speaks in: keys, moments, clean text, scripts of names. No database here."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import UTC, datetime
from functools import lru_cache

import uuid_utils.compat


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
    if text.isprintable():
        return text
    # A long text holds few different characters.
    return text.translate({ord(ch): _printable(ch, multiline=multiline) for ch in set(text) if not ch.isprintable()})


def _printable(ch: str, *, multiline: bool) -> str | None:
    """What becomes of a character that does not print by itself; nothing of those that nothing can carry."""
    if ch in "\n\t\v\f\x85\u2028\u2029":
        return (ch if ch in "\n\t" else "\n") if multiline else " "
    kept = unicodedata.category(ch) not in ("Cc", "Cs") and (ord(ch) & 0xFFFE) != 0xFFFE
    return ch if kept else None


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
