"""Other spellings under which a name is looked for: in Latin letters, by its consonants, with umlauts written out.

Romanisation is that of the anyascii tables: one spelling of the many a person may think of. Arabic and Hebrew names
are written without most vowels, so there the consonants alone are compared. For finding only; documents never show
any of this.
"""

from __future__ import annotations

import re

from anyascii import anyascii

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f]+[^\W\d_]*)*")
_VOWELLESS = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_OU = re.compile("ο[υύ]", re.IGNORECASE)  # Greek; letter by letter it would be "oy".
_SYLLABLE = re.compile(r"[A-Z][a-z]*|[a-z]+")
_SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "j"} | dict.fromkeys("aeiouwy'", ""))
_LEAST_CONSONANTS = 3
_LEAST_LETTERS = 4


def latin(text: str) -> str:
    """The words that are not in plain Latin letters, in Latin letters."""
    found: dict[str, None] = {}
    for word in () if text.isascii() else _WORD.findall(text):
        if word.isascii():
            continue
        roman = anyascii(_OU.sub("ou", word))
        syllables = _SYLLABLE.findall(roman)
        found["".join(syllables).lower()] = None
        if len(syllables) > 1:
            found.update((syllable.lower(), None) for syllable in syllables)
        if (written := word.lower().translate(_UMLAUTS)).isascii():
            found[written] = None
    return " ".join(word for word in found if word)


def sounds(text: str) -> str:
    """The consonants of the words of scripts that leave out vowels, each behind a zero, as no word is written."""
    if text.isascii():
        return ""
    words = [word for word in _WORD.findall(text) if _VOWELLESS.search(word)]
    return " ".join(dict.fromkeys(sound for word in words if (sound := _consonants(anyascii(word).lower()))))


def sound_of(word: str) -> str:
    """What :func:`sounds` makes of a name that is typed in Latin letters; empty when it says too little."""
    return _consonants(word) if word.isascii() and word.isalpha() and len(word) >= _LEAST_LETTERS else ""


def _consonants(roman: str) -> str:
    letters = "".join(filter(str.isalpha, roman.translate(_SOUNDS)))
    single = re.sub(r"(.)\1+", r"\1", letters)
    return f"0{single}" if len(single) >= _LEAST_CONSONANTS else ""
