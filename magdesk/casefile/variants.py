"""Other ways in which the words of a query are written on pages: compounds, joiners, umlauts.

The index keeps one spelling of each letter; what is written in more or fewer words is asked for in each way. Nothing
of this is shown.
"""

from __future__ import annotations

import re

from magdesk.casefile.folding import compose, fold

_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc]+")
# What names begin with and writers join: servant of, father of, son of, mother of, people of.
_HEADS = ("عبد", "ابو", "ابي", "ابا", "ابن", "ام")
_ARTICLE = "ال"
# What Persian writes joined, parted or with a joiner: the prefixes of verbs, the plural and what follows on it.
_PREFIXES = ("نمي", "مي")
_SUFFIXES = ("هايشان", "هايي", "هاي", "ها")
_LEAST_REST = 3
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_DIGRAPH = re.compile("(?<=[b-df-hj-npr-tv-z])(?:[aou]e)(?=[a-z])|^(?:aa|[ao]e|ue(?=b))(?=[a-z])")
_UMLAUT = re.compile("[aou](?=[b-df-hj-np-tv-z])")
_LEAST_LETTERS = 5
_MOST = 4


def other_spellings(typed: str, folded: str) -> list[str]:
    """The ways to write one word of a query, folded; several words stand side by side.

    Args:
        typed: the word as it was typed, which shows joiners and umlauts.
        folded: the same, folded.
    """
    found: dict[str, None] = {}
    if "\u200c" in typed:
        found[_folded(typed.replace("\u200c", " "))] = None
    if _ARABIC.fullmatch(folded):
        found.update(dict.fromkeys(_parted(folded)))
    written = typed.lower().translate(_WRITTEN_OUT)
    if written != typed.lower():
        found[_folded(written)] = None
    if folded.isascii() and folded.isalpha() and len(folded) >= _LEAST_LETTERS:
        found.update(dict.fromkeys(_german(folded)))
    found.pop(folded, None)
    return [text for text in found if text][:_MOST]


def joined_with(first: str, second: str) -> str:
    """Two folded words that stand side by side as one, where writers of their script join some; else nothing."""
    return first + second if _ARABIC.fullmatch(first) and _ARABIC.fullmatch(second) else ""


def _folded(text: str) -> str:
    return " ".join(fold(compose(text)).split())


def _parted(word: str) -> list[str]:
    """A compound in two words: ``عبدالرحمن``, ``نورالدين``, ``کتابها``."""
    begun = (head for head in _HEADS if word.startswith(head) and len(word) >= len(head) + _LEAST_REST)
    out = [f"{head} {word[len(head) :]}" for head in begun]
    at = word.find(_ARTICLE, 2)
    while at > 0:
        if len(word) - at - len(_ARTICLE) >= 2:
            out.append(f"{word[:at]} {word[at:]}")
        at = word.find(_ARTICLE, at + 1)
    out += [
        f"{head} {word[len(head) :]}" for head in _PREFIXES if word.startswith(head) and len(word) > len(head) + 2
    ]
    out += [f"{word[: -len(tail)]} {tail}" for tail in _SUFFIXES if word.endswith(tail) and len(word) > len(tail) + 1]
    return list(dict.fromkeys(out))


def _german(word: str) -> list[str]:
    """``mueller`` for ``müller``, which is folded to ``muller``, and the reverse: one change, or all of them."""
    out = [_DIGRAPH.sub(lambda found: found[0][0], word)]
    places = [found.end() for found in _UMLAUT.finditer(word)]
    out += [f"{word[:place]}e{word[place:]}" for place in places[:2]]
    return [text for text in dict.fromkeys(out) if text != word]
