"""Which passphrases may protect a case, and how one is read from a file.

Whoever seizes a laptop has the file, time and rented machines; Argon2id makes each guess cost memory and a quarter of
a second (:mod:`magdesk.casefile.keys`), so a thousand machines make some 10^11 guesses in a year. A new passphrase
must withstand ten times as many.

Letters are compared after Unicode NFC, as the OpaqueString profile of RFC 8265 has it for passwords. What that
profile would change beyond NFC (spaces that look alike) is not changed, since files made before would no longer
open; a *new* passphrase with characters that keyboards do not write alike is refused instead.
"""

from __future__ import annotations

import codecs
import re
import secrets
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from itertools import islice
from pathlib import Path

from anyascii import anyascii

from magdesk.errors import UserError
from magdesk.i18n import _

NEEDED = 12.0
"""How many guesses a new passphrase must withstand, as a power of ten."""

_JUDGED = 72  # letters; zxcvbn takes more than a second on long ones
_FILE_LIMIT = 1 << 16  # bytes
_ONE_WORD = 4.0  # a word of a language whose dictionary zxcvbn lacks counts as one of 10,000
_WAYS = 3.0  # that many powers of ten for what separates, orders and capitalises words
_ALL_KNOW = ("magdesk", "magnitsky", "generica", "republic of generica", "correct horse battery staple")
_WORD = re.compile(r"\w+")
# Thai, Lao, Burmese, Khmer, kana, Han: no blanks between words, so letters are counted as zxcvbn counts them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_JOINERS = "\u200c\u200d"  # typed in Persian and in Indic scripts


_MADE_FROM = 4096  # common words; five of them are 2 to the 60th
_LETTERS = re.compile("[a-z]{4,7}")
_NOBODY_WANTS = re.compile(
    "kill|murder|rap[ei]|nazi|sex|bomb|dea[dt]|tortur|slave|victim|weapon|attack|gun|hang|shoot|shot|piss|shit"
)


@cache
def _made_words() -> tuple[str, ...]:
    """Common English words of four to seven letters that are no names, from the lists of zxcvbn (MIT licence)."""
    from zxcvbn.frequency_lists import (  # type: ignore[import-untyped]  # noqa: PLC0415  large, seldom wanted
        FREQUENCY_LISTS,
    )

    # A word stands in that list of zxcvbn in which it is the most common: what is a name first is not in this one.
    common = (word for word in FREQUENCY_LISTS["english_wikipedia"] if _LETTERS.fullmatch(word))
    kept = (word for word in common if not _NOBODY_WANTS.search(word))
    return tuple(islice(kept, _MADE_FROM))


def made_passphrase(words: int = 5) -> str:
    """A new passphrase of common words, each drawn by the system's source of chance.

    Whoever knows the list and the way has 4096 to the power of the number of words to try: 10 to the 18th for five.
    """
    return " ".join(secrets.choice(_made_words()) for _ in range(words))


class PassphraseStrength(IntEnum):
    """How well a passphrase withstands someone who has the file; ``FAIR`` and less is not accepted for a case."""

    VERY_WEAK = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3
    VERY_STRONG = 4


def strength(passphrase: str, known: Iterable[str] = ()) -> PassphraseStrength:
    """How strong a passphrase is.

    Args:
        known: words that an attacker tries first, such as the title of the case.
    """
    power = _guesses(passphrase, known)
    return PassphraseStrength(sum(power >= limit for limit in (6.0, 9.0, NEEDED, 15.0)))


def require_strong(passphrase: str, known: Iterable[str] = ()) -> None:
    """Refuse a new passphrase that would not protect a case.

    Args:
        known: as in :func:`strength`.

    Raises:
        UserError: it is empty, too weak, or holds a character that another keyboard would not write.
    """
    remedy = _("Choose four or more random words that do not belong together.")
    if not passphrase.strip():
        raise UserError(_("The new passphrase is empty."), remedy)
    odd = _odd_character(passphrase)
    if odd:
        raise UserError(
            _("The new passphrase contains a character that cannot be typed on every keyboard ({name}).").format(
                name=odd
            ),
            _("Use letters, digits, plain spaces and punctuation, on one line."),
        )
    if strength(passphrase, known) < PassphraseStrength.STRONG:
        raise UserError(_("The new passphrase is too weak: a computer could guess it."), remedy)


def readings(path: Path) -> tuple[str, ...]:
    """The passphrase in a file: first as it is meant, then as earlier versions read the same bytes.

    The file is text in UTF-8 or UTF-16, with or without a byte order mark (RFC 3629, RFC 2781). Line ends at its end
    do not count; everything else does, blanks too. Earlier versions took the mark for a part of the passphrase.

    Raises:
        UserError: the file cannot be read, or is no such text, or is empty.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_FILE_LIMIT + 1)
        text = "" if len(data) > _FILE_LIMIT else data.decode(_encoding(data))
    except (OSError, UnicodeError) as error:
        raise _unreadable() from error
    phrase = text.removeprefix("\ufeff").rstrip("\r\n")
    if len(data) > _FILE_LIMIT or "\0" in phrase:
        raise _unreadable()
    if not phrase:
        raise UserError(_("The passphrase file is empty."), _("Write the passphrase into it, on one line."))
    if data.startswith(codecs.BOM_UTF8):
        return phrase, f"\ufeff{phrase}"
    return (phrase,)


def _unreadable() -> UserError:
    return UserError(
        _("The passphrase file cannot be read."),
        _("Check its path and permissions; it must be one line of text in UTF-8 or UTF-16."),
    )


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(data) % 2 == 0 and data.count(0) > 0:
        # A passphrase holds no zero; in UTF-16 the upper half of each Latin letter and of each line end is one.
        return "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"
    return "utf-8"


def _odd_character(passphrase: str) -> str:
    """The name of the first character that keyboards and systems do not write alike; empty when there is none."""
    text = unicodedata.normalize("NFC", passphrase)
    for letter in text:
        kind = unicodedata.category(letter)
        hidden = kind[0] == "C" and letter not in _JOINERS
        if hidden or (kind[0] == "Z" and letter != " ") or unicodedata.normalize("NFKC", letter) != letter:
            return unicodedata.name(letter, "").lower() or f"U+{ord(letter):04X}"
    return ""


def _guesses(passphrase: str, known: Iterable[str]) -> float:
    """How many guesses it takes, as a power of ten: the lowest of what zxcvbn says of the whole and of its words.

    Of the whole alone it says too much: it takes "i love you so much" for stronger than ten random letters, since it
    does not think of programs that put words together.
    """
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # noqa: PLC0415  its word lists take a tenth of a second

    text = unicodedata.normalize("NFC", passphrase)[:_JUDGED].strip()
    if not text:
        return 0.0
    hints = [word for hint in (*_ALL_KNOW, *known) for word in (hint, *hint.split()) if len(word) > 2]

    def judged(part: str) -> float:
        return float(zxcvbn(part, user_inputs=hints)["guesses_log10"])

    spaced = _UNSPACED.sub(" ", text)
    words = {word.casefold() for word in _WORD.findall(spaced)}
    powers = [judged(word) if word.isascii() else min(_ONE_WORD, float(len(word))) for word in words]
    signs = len(_UNSPACED.findall(text)) + len(set(_WORD.sub("", spaced)) - {" "})
    spellings = {text, anyascii(text)[:_JUDGED]} - {""}
    return min([*map(judged, spellings), sum(powers) + signs + _WAYS])
