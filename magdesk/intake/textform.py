"""A file that is text, as the letters that a person reads: one reading for the index and for the exhibit page."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from magdesk.i18n import _
from magdesk.intake.encodings import encoding_known
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding

_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.IGNORECASE)
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\u[0-9a-fA-F]{4})+)")
_BYTES = re.compile(r"(?:\\u00[0-9a-fA-F]{2})+")
_JSON = ("application/json", "application/geo+json")
_SURE = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be")

_NAMES = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 (LE)", "utf-16-be": "UTF-16 (BE)",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1252": "Windows-1252", "cp1253": "Windows-1253",
    "cp1254": "Windows-1254", "cp1255": "Windows-1255", "cp1256": "Windows-1256", "cp1257": "Windows-1257",
    "cp1258": "Windows-1258", "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "mac-cyrillic": "Mac Cyrillic",
    "cp866": "DOS 866", "cp437": "DOS 437",
    "cp850": "DOS 850", "gb18030": "GB 18030", "big5": "Big5", "shift_jis": "Shift JIS", "cp932": "Shift JIS",
    "euc_jp": "EUC-JP", "euc_kr": "EUC-KR", "cp949": "Korean (949)", "cp874": "Windows-874",
}  # fmt: skip


ENCODINGS = dict(sorted(_NAMES.items(), key=lambda one: (not one[0].startswith("utf"), one[1])))
"""Encodings that a person can choose, with their names."""


@dataclass(frozen=True, slots=True)
class TextForm:
    """The letters.

    Attributes:
        encoding: that they were read in.
        guessed: whether nothing in the file says so.
        chosen: whether a person said so.
        notes: what was done to them, in sentences.
    """

    text: str = field(repr=False)
    encoding: str
    guessed: bool
    notes: tuple[str, ...] = ()
    chosen: bool = False


def text_form(raw: bytes, media_type: str, known: KnownEncoding = UNKNOWN) -> TextForm:
    """A file that is text, read.

    Args:
        media_type: its kind; XML names its encoding, JSON writes letters as numbers.
        known: what is known of its encoding beforehand.
    """
    if media_type.endswith("xml") and not known.chosen:
        declared = _declared(raw)
        if declared:
            return TextForm(raw.decode(declared, "replace"), declared, guessed=False)
    encoding = encoding_known(raw, known)
    text = raw.decode(encoding, "replace")
    notes: tuple[str, ...] = ()
    if media_type in _JSON:
        text, notes = _unescaped(text)
    chosen = known.chosen and encoding == known.name
    return TextForm(text, encoding, guessed=not chosen and encoding not in _SURE, notes=notes, chosen=chosen)


def _declared(raw: bytes) -> str:
    """The encoding that an XML file names, unless its first bytes say otherwise."""
    found = _XML_DECLARED.match(raw[:400].lstrip())
    if found is None or raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    name = found[1].decode("ascii")
    try:
        raw.decode(name)
    except (LookupError, UnicodeDecodeError):
        return ""
    return name.lower()


def _unescaped(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its letters in place of their numbers."""
    notes: dict[str, None] = {}

    def letters(found: re.Match[str]) -> str:
        told = _letters(found[2], notes)
        # What would break the form of the file stays as it is written.
        return found[1] + (told if told.isprintable() and '"' not in told and "\\" not in told else found[2])

    shown = _ESCAPED.sub(letters, text)
    if shown != text:
        notes[_("The file writes letters as numbers (\\uXXXX); the letters themselves are shown.")] = None
    return shown, tuple(notes)


def _letters(escaped: str, notes: dict[str, None]) -> str:
    units = [int(escaped[at + 2 : at + 6], 16) for at in range(0, len(escaped), 6)]
    if _BYTES.fullmatch(escaped) and len(units) > 1 and all(unit >= 0x80 for unit in units):
        try:
            told = bytes(units).decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            # Exports of Facebook and Instagram write each byte of a letter as if it were one.
            notes[_("The file writes each byte of a letter as a number; the resulting letters are shown.")] = None
            return told
    return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")


def encoding_said(form: TextForm) -> str:
    """The sentence on a guess or a choice; empty where the file itself says in what it is written."""
    if form.chosen:
        return _("The file is read as {encoding}, which a person chose.").format(
            encoding=_NAMES.get(form.encoding, form.encoding)
        )
    if not form.guessed:
        return ""
    return _(
        "The file does not state its encoding; it was read as {encoding}, which is a guess. Compare "
        "names with the original."
    ).format(encoding=_NAMES.get(form.encoding, form.encoding))
