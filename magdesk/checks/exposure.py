"""Whether the exhibits themselves name a protected person: their text, their files' names, what files say (N01)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from magdesk.checks.matching import NameFinder, bare, words
from magdesk.checks.protection import Sought, hidden_name, sought
from magdesk.checks.scope import Hit, Scope
from magdesk.dossier.texts import Texts
from magdesk.model.evidence import Evidence
from magdesk.model.people import IdentifierKind, Party

_NUMBERS = frozenset(
    {
        IdentifierKind.PASSPORT, IdentifierKind.NATIONAL_ID, IdentifierKind.TAX_NUMBER,
        IdentifierKind.REGISTRATION_NUMBER, IdentifierKind.EMAIL, IdentifierKind.PHONE, IdentifierKind.SOCIAL_MEDIA,
    }
)  # fmt: skip
_SHORTEST_NUMBER = 5  # signs; a shorter one stands anywhere
_WORD = re.compile(r"[^\W_]+")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\n\s*(?=[^\W\d_])")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")  # RFC 5545 and 6350: calendars and cards fold their lines
_BESIDE = -1  # no page: what a file is called and says of itself
_MOST_PAGES = 6  # that one finding names


@dataclass(frozen=True, slots=True)
class _Exposed:
    """A protected person whom an exhibit shows.

    Attributes:
        way: by a full name, by a surname only, or by a number of theirs.
        pages: where; 0 for the text of what has no pages, `_BESIDE` for the file's name and what it says of itself.
    """

    key: uuid.UUID
    way: str
    pages: tuple[int, ...]


_WAYS = ("", "number", "surname")  # the first that is found of a person is told


@dataclass(frozen=True, eq=False, slots=True)
class _Search:
    """What exhibits are searched for. Another one is another search.

    Attributes:
        surnames: by their word, folded, those who bear them and nobody who may be named does.
        numbers: of documents, telephones, mail: whose they are, and what finds them in bare text.
    """

    full: NameFinder[uuid.UUID]
    surnames: Mapping[str, Sequence[uuid.UUID]]
    numbers: Sequence[tuple[uuid.UUID, re.Pattern[str]]]
    starts: frozenset[str]

    def look(self, text: str) -> Iterator[tuple[uuid.UUID, str]]:
        """Who stands in a text, and in which way."""
        plain = bare(text)
        found = set(_WORD.findall(plain))
        if not found.isdisjoint(self.starts) or (self.full.in_pieces and not text.isascii()):
            yield from ((match.key, "") for match in self.full.find(text))
            for word in found & self.surnames.keys():
                yield from ((key, "surname") for key in self.surnames[word])
        yield from ((key, "number") for key, pattern in self.numbers if pattern.search(plain))


def _searched(scope: Scope) -> _Search | None:
    """What exhibits are searched for; none where nobody is protected."""
    names = sought(scope)
    if names is None:
        return None
    protected = {key: party for key, party in scope.dossier.parties.items() if party.protected}
    numbers = scope.memory.each("numbers of the protected", protected, _numbers)
    bearers = scope.memory.each("surnames", protected, _surnames)
    return scope.memory.once("exposure", (names, numbers, bearers), partial(_search, names, numbers, bearers))


def named_in(scope: Scope) -> Callable[[str], str] | None:
    """What finds in bare text a full name or a number of a protected person, and tells whose by the pseudonym.

    A surname alone is nothing here: among the bytes of a file a short one stands by chance.

    Returns:
        a function that gives an empty text where there is none; or none, where nobody is protected.
    """
    search = _searched(scope)
    if search is None:
        return None

    def look(text: str) -> str:
        found = (key for key, way in search.look(text) if way != "surname")
        return next((hidden_name(scope, key) for key in found), "")

    return look


def exposed(scope: Scope) -> Iterator[Hit]:
    """N01: no exhibit names a protected person: its text, its file's name, what the file says of itself."""
    texts, search = scope.dossier.texts, _searched(scope)
    if texts is None or search is None:
        return
    known = scope.memory.of_texts("exposed", search)
    unread: list[int] = []
    for item in scope.dossier.exhibits:
        key = repr((item.id, texts.stamp(item.id), item.file_name))
        shown: tuple[_Exposed, ...] | None = known.get(key)
        if shown is None:
            shown = known[key] = tuple(_of_item(item, texts, search))
        number = scope.dossier.exhibit_numbers[item.id]
        if item.sha256 and not item.text_layer and texts.stamp(item.id) is None:
            unread.append(number)
        yield from _told(scope, item, number, shown)
    if unread:
        told = ", ".join(map(str, unread))
        yield Hit(scope.case_place("exhibits", page="evidence"), "unread", {"exhibits": told}, mark=told)


def _told(scope: Scope, item: Evidence, number: int, shown: Iterable[_Exposed]) -> Iterator[Hit]:
    label = scope.label("exhibit_number", number=str(number))
    # The title may hold the very name.
    place = replace(scope.evidence_place(item, "produce"), label=label)
    for one in shown:
        pages = [str(page) for page in one.pages if page > 0]
        inside = ", ".join(pages[:_MOST_PAGES]) + (" …" if len(pages) > _MOST_PAGES else "")
        where = [scope.label("exposed_page", pages=inside)] if inside else []
        where += [scope.label("exposed_text")] if 0 in one.pages else []
        where += [scope.label("exposed_file")] if _BESIDE in one.pages else []
        words_of = {"name": hidden_name(scope, one.key), "where": "; ".join(where)}
        way = one.way if one.key in scope.dossier.parties else "organisation"
        yield Hit(place, way, words_of, mark=str(one.key))


def _of_item(item: Evidence, texts: Texts, search: _Search) -> Iterator[_Exposed]:
    found: dict[uuid.UUID, dict[str, dict[int, None]]] = {}

    def note(page: int, text: str) -> None:
        for key, way in search.look(text):
            found.setdefault(key, {}).setdefault(way, {})[page] = None

    for said in (item.file_name, *texts.said(item.id)):
        note(_BESIDE, said)
        note(_BESIDE, _HUMP.sub(" ", said))
    for page, text in texts.pages(item.id).items():
        note(page, text)
        joined = _BROKEN_WORD.sub("", text)
        if text.lstrip().startswith("BEGIN:V"):
            joined = _FOLDED_LINE.sub("", joined)
        if joined != text:
            note(page, joined)
    for key, ways in found.items():
        way = next(one for one in _WAYS if one in ways)
        yield _Exposed(key, way, tuple(sorted(ways[way])))


def _search(
    names: Sought,
    numbers: Mapping[uuid.UUID, tuple[str, ...]],
    bearers: Mapping[uuid.UUID, frozenset[str]],
) -> _Search:
    surnames: dict[str, list[uuid.UUID]] = {}
    for word, keys in names.parts.items():
        borne = [key for key in keys if word in bearers.get(key, ())]
        if borne:
            surnames[word] = borne
    patterns = [(key, re.compile(pattern)) for key, found in numbers.items() for pattern in found]
    return _Search(names.full, surnames, patterns, names.full.starts | surnames.keys())


def _surnames(party: Party) -> frozenset[str]:
    """The words, folded, that are the party's surnames: before a comma, in capitals, else the last word."""
    found: set[str] = set()
    for name in party.names:
        before, comma, _after = name.text.partition(",")
        parts = (before if comma else name.text).split()
        capitals = [part for part in parts if len(part) > 1 and part.isupper() and part != part.lower()]
        chosen = parts if comma else capitals or parts[-1:]
        found.update(word for part in chosen for word in words(part))
    return frozenset(found)


def _numbers(party: Party) -> tuple[str, ...]:
    """What finds the party's numbers and addresses in bare text, however they are parted there."""
    found: dict[str, None] = {}
    for datum in party.identifiers:
        signs = re.findall(r"[^\W_]", bare(datum.value))
        counts = datum.kind in _NUMBERS and len(signs) >= _SHORTEST_NUMBER
        if counts and (any(map(str.isdigit, signs)) or "@" in datum.value):
            inner = r"[\s\-./()_@+]*".join(map(re.escape, signs))
            found[rf"(?<![^\W_]){inner}(?![^\W_])"] = None
    return tuple(found)
