"""Which one-byte encoding a text is in: by whether its letters are those of one language, where they stand.

A general detector weighs how often letters follow each other, which says little about a short table of names. Here
each old encoding is tried with the languages that were written in it: letters that the language has, none alone
among those of another script, no capital after a small letter. Languages that are expected weigh in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from magdesk.values import script_of

_ALPHABETS = {
    "cp1252": "àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿß",
    "cp1254": "çğıöşüâîûÇĞİÖŞÜÂÎÛ",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžöüőűâîășşțţđäľĺôŕ",
    "cp1257": "ąčęėįšųūžāēģīķļņõäöüß",
}
_SCRIPTS = {
    "cp1251": "Cyrl", "koi8-r": "Cyrl", "koi8-u": "Cyrl", "cp866": "Cyrl", "mac-cyrillic": "Cyrl",
    "cp1253": "Grek", "cp1255": "Hebr", "cp1256": "Arab",
}  # fmt: skip
# Of those that fit equally the first is taken: their letters are the same, or it is the commoner by far.
_LANGUAGES = {
    "cp1252": "en fr es pt it de nl sv da no fi ca", "cp1254": "tr az",
    "cp1255": "he", "cp1251": "ru uk be bg sr mk kk ky tg mn",
    "cp1253": "el", "cp1256": "ar fa ur ps", "koi8-r": "ru", "koi8-u": "uk", "cp1250": "pl cs sk hu hr sl ro sq",
    "cp1257": "lt lv et", "cp866": "ru", "mac-cyrillic": "ru",
}  # fmt: skip
_WIDE = {"cp932": ("ja", "Jpan"), "gb18030": ("zh", "Hani"), "big5": ("zh", "Hani"), "cp949": ("ko", "Kore")}
_SIGNS = frozenset("«»“”„’‘–—…№\u00a0€§°،؛؟")
_RARE = frozenset("ΰΐ")  # where Cyrillic has its commonest letter
_EASTERN, _SOUTHERN = frozenset("йыьэюя"), frozenset("ЃѓЌќЏџЉЊЋЂљњћђЈјЅѕ")  # no language has letters of both
_FEWEST = 0.97  # share of letters beyond ASCII that must fit
_EXPECTED = 0.5
_EQUAL = 0.005


def codepage_of(raw: bytes, languages: Iterable[str] = ()) -> str:
    """The old encoding that fits; empty where none does.

    Args:
        languages: in which the text may be, as ISO 639-1 codes.
    """
    expected = {one.partition("-")[0].lower() for one in languages}
    scores: dict[str, float] = {}
    for encoding, known in _LANGUAGES.items():
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        share, capitals = _share(text, encoding)
        if share >= _FEWEST:
            scores[encoding] = share - capitals / 20 + (_EXPECTED if expected & set(known.split()) else 0.0)
    best = max(scores.values(), default=0.0)
    wide = "" if best > 1 else _wide(raw, expected)
    return wide or next((one for one, score in scores.items() if score > best - _EQUAL), "")


def _wide(raw: bytes, expected: set[str]) -> str:
    """An encoding of two bytes a letter, only where its language is expected: almost anything can be read as one."""
    for encoding, (language, script) in _WIDE.items():
        if language in expected:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if script_of("".join(letter for letter in text if not letter.isascii())) in (script, "Hani"):
                return encoding
    return ""


def _share(text: str, encoding: str) -> tuple[float, float]:
    """Which share of what is beyond ASCII is letters of the language where it has them, and how many are capitals."""
    good = bad = capitals = run = 0
    script, alphabet = _SCRIPTS.get(encoding, ""), _ALPHABETS.get(encoding, "")
    odd = _SOUTHERN | _RARE if _EASTERN & set(text) else _RARE
    before = " "
    for letter in text:
        run = run + 1 if letter.isalpha() and not letter.isascii() else 0
        if not letter.isascii():
            if unicodedata.combining(letter):
                fits = bool(script) and not before.isascii()
            elif script:
                fits = (
                    letter not in odd and script_of(letter) == script and not (before.isascii() and before.isalpha())
                )
            else:
                # Western languages have no three in a row of the letters that English has not; Polish has “Żółć”.
                fits = run < (3 if encoding == "cp1252" else 5) and (letter in alphabet or letter.lower() in alphabet)
            capitals += letter.isupper()
            fits = (fits and not (letter.isupper() and before.islower())) or letter in _SIGNS
            good, bad = good + fits, bad + (not fits)
        before = letter
    total = good + bad
    return (good / total, capitals / total) if total else (0.0, 0.0)
