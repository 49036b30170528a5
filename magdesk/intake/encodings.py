"""The encoding that a text seems to be in."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import charset_normalizer

from magdesk.intake.codepages import codepage_of
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.language import guess_language
from magdesk.intake.textkind import wide_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 60_000
_EASY_TO_CONFUSE = {"cp1250", "cp1254", "cp1257", "cp1258", "cp437", "cp850", "cp858", "mac_roman", "iso8859_10"}
_WESTERN = {"en", "fr", "es", "pt", "it", "de", "nl", "sv", "da", "no", "fi", "ca"}


def decode(raw: bytes, known: KnownEncoding = UNKNOWN) -> str:
    """Text from bytes, in the encoding that is known, else in whatever they seem to be."""
    return raw.decode(encoding_known(raw, known), "replace")


def encoding_known(raw: bytes, known: KnownEncoding) -> str:
    """The encoding that a person chose, or that was guessed before and fits; else the one it seems to be."""
    if known.name:
        try:
            raw.decode(known.name, "replace" if known.chosen else "strict")
        except (LookupError, UnicodeDecodeError):
            pass
        else:
            return known.name
    return encoding_of(raw, known.languages)


def encoding_of(raw: bytes, languages: Sequence[str] = ()) -> str:
    """The encoding of a text: by byte order mark, else UTF-8 if it fits, else the likeliest old one.

    Args:
        languages: in which it may be, as ISO 639-1 codes; they weigh, and decide nothing alone.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    if b"\x00" in raw[:4_000] and wide_encoding(raw[:4_000]):
        return wide_encoding(raw[:4_000])
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=False)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    fitting = codepage_of(raw[:_SAMPLE], languages)
    if fitting:
        return fitting
    # Text in sixteen bits was told above; a detector takes any two old letters for one of those.
    best = charset_normalizer.from_bytes(raw[:_SAMPLE], cp_exclusion=["utf_16", "utf_32"]).best()
    # Windows-1252 never fails: every byte means something there, or is replaced.
    encoding = best.encoding if best is not None else "cp1252"
    if encoding == "mac_cyrillic" and sum(0xC0 <= byte < 0xE0 for byte in raw) >= sum(
        0x80 <= byte < 0xA0 for byte in raw
    ):
        return "cp1251"  # they differ in capital letters only
    if encoding in _EASY_TO_CONFUSE and guess_language(raw[:_SAMPLE].decode("cp1252", "replace")) in _WESTERN:
        return "cp1252"
    return encoding
