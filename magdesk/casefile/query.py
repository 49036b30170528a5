"""What a person typed into the search line, understood: words, phrases, alternatives, exclusions, fields.

Nothing is an error. What cannot be understood as a field is a word, and what has no letters is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from magdesk.casefile.folding import ALONE, compose, fold, index_words, is_alone, syllables
from magdesk.casefile.variants import joined_with, other_spellings

_MOST_TERMS = 24
"""Terms of a query that are taken: a page pasted into the search line is not looked up word by word."""

_LEAST_BEGINNING = 6
_PIECE = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)("?)|([^\s"]+))', re.UNICODE)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂〝〞", '"') | {"：": ":", "−": "-", "–": "-"})
_EDGES = f" {ALONE}"


class SearchField(StrEnum):
    """A property that hits can be restricted to."""

    TITLE = "title"
    FROM = "from"
    TYPE = "type"
    LANGUAGE = "lang"
    EXHIBIT = "exhibit"
    PAGE = "page"
    IN = "in"
    DATE = "date"


PLACES = {
    "evidence": ("evidence", "detail"),
    "facts": ("fact", "citation", "proof", "element_note"),
    "people": ("party", "name", "identifier", "position", "relation", "target", "victim", "witness", "consent"),
    "incidents": ("incident", "harm", "participation"),
    "money": ("payment", "asset"),
    "narrative": (
        "section",
        "interest_argument",
        "adverse_item",
        "proceeding",
        "other_sanction",
        "list_search",
        "legal_basis",
    ),
}
"""Parts of a case by the name that ``in:`` takes, and the tables they are stored in."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_VALID: dict[SearchField, Callable[[str], bool]] = {
    SearchField.TITLE: lambda value: bool(fold(compose(value)).strip()),
    SearchField.FROM: lambda value: bool(fold(compose(value)).strip()),
    SearchField.TYPE: lambda value: re.fullmatch(r"[\w./+-]+", value) is not None,
    SearchField.LANGUAGE: lambda value: re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", value) is not None,
    SearchField.EXHIBIT: lambda value: value.isascii() and value.isdigit() and len(value) < 8,
    SearchField.PAGE: lambda value: value.isascii() and value.isdigit() and len(value) < 8,
    SearchField.IN: lambda value: value.casefold() in PLACES,
    SearchField.DATE: lambda value: all(_DATE.fullmatch(part) for part in value.split("..", 1)),
}


@dataclass(frozen=True)
class Term:
    """A word, or words that stand side by side.

    Attributes:
        text: folded.
        whole: the last word must end where it ends; otherwise longer words that begin with it count too.
        others: the same in other spellings; any of them will do.
    """

    text: str
    whole: bool = False
    others: tuple[Term, ...] = field(default=(), compare=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds it in folded text, in any of its spellings."""
        return re.compile("|".join(_regex(one) for one in (self, *self.others)))

    def match(self, *, single_letters: bool) -> str:
        """It, in any of its spellings, in the language of the index.

        Args:
            single_letters: one letter finds every word that begins with it; otherwise only itself, because it would
                find nearly every page.
        """
        ways = [way for one in (self, *self.others) for way in _phrases(one, single_letters=single_letters)]
        return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"

    def also(self, *others: Term) -> Term:
        """The term with further spellings."""
        return replace(self, others=(*self.others, *others))


def _regex(term: Term) -> str:
    pieces = term.text.split()
    before = "" if is_alone(pieces[0][0]) else f"(?<![^{_EDGES}])"
    after = f"(?![^{_EDGES}])" if term.whole and not is_alone(pieces[-1][-1]) else ""
    return before + " +".join(map(re.escape, pieces)) + after


def _phrases(term: Term, *, single_letters: bool) -> list[str]:
    words, open_end = index_words(term.text, whole=term.whole)
    last = words[-1]
    begins = open_end and (single_letters or len(last) > 1 or is_alone(last))
    phrase = f'"{" ".join(words)}"'
    if not begins:
        return [phrase]
    if not syllables(last):
        return [f"{phrase} *"]
    # A syllable may be the beginning of another; where it is whole the place counts twice.
    ways = [phrase, f"{phrase} *"]
    if len(words) > 1 and len(last) == 1:
        ways.append(f'"{" ".join([*words[:-2], words[-2] + last])}" *')
    return ways


@dataclass(frozen=True, slots=True)
class Filter:
    """One property that every hit has, or lacks when ``negative``."""

    field: SearchField
    value: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        clauses: each must occur: one of its terms at least.
        excluded: none of these may.
        filters: properties of the hits.
    """

    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term that a hit can contain."""
        return tuple(term for clause in self.clauses for term in clause)


def parse(typed: str) -> Query:
    """The query that a person typed."""
    clauses: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    filters: list[Filter] = []
    joining = False
    before = ""
    for match in _PIECE.finditer(typed.translate(_QUOTES)[:4000]):
        minus, name, quoted, closed, plain = match.groups()
        value = plain if quoted is None else quoted
        if not minus and name is None and plain == "OR":
            joining = bool(clauses)
            continue
        field = _field(name)
        if field is not None and value and _VALID[field](value):
            filters.append(Filter(field, value, bool(minus)))
            joining = False
            continue
        if quoted is None and plain.endswith(":") and _field(plain[:-1]) is not None:
            continue  # A field whose value is still to be typed.
        if name is not None and value:
            value = f"{name}:{value}"
        text = " ".join(fold(compose(value)).split())
        if not text or len(clauses) + len(excluded) >= _MOST_TERMS:
            continue
        # A quotation that is not closed is still being typed.
        term = Term(text, whole=quoted is not None and bool(closed))
        term = _spelled(term, value)
        together = joined_with(before, text) if not (minus or joining or quoted is not None) else ""
        before = text if not (minus or joining or quoted is not None) else ""
        if minus:
            excluded.append(term)
        elif joining:
            clauses[-1] += (term,)
        elif together:
            # The two words, or both in one: (a OR ab) AND (b OR ab).
            one = Term(together)
            clauses[-1] = tuple(first.also(one) for first in clauses[-1])
            clauses.append((term.also(one),))
        else:
            clauses.append((term,))
        joining = False
    return Query(tuple(clauses), tuple(excluded), tuple(filters))


def _spelled(term: Term, typed: str) -> Term:
    """The term with the other ways in which it may be written."""
    words = term.text.split()
    if len(words) == 2:  # in quotation marks, or parts of a word with a hyphen
        together = joined_with(*words)
        return term.also(Term(together, term.whole)) if together else term
    if len(words) > 2:
        return term
    # Few letters begin too many words: "fuels" is not to find what begins with "ful".
    short = len(term.text) < _LEAST_BEGINNING
    return term.also(
        *(
            Term(text, term.whole or (short and len(text) < len(term.text)))
            for text in other_spellings(typed, term.text)
        )
    )


def _field(name: str | None) -> SearchField | None:
    try:
        return SearchField((name or "").casefold())
    except ValueError:
        return None
