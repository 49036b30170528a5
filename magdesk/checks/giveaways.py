"""Whether what is told of a protected person says who they are, although no name of theirs stands there (C59).

Whoever reads that a witness is the brother of a person who is named looks up one family, not a country. The same goes
for a post that one person holds, and for a place of birth with its year.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from magdesk.checks.exported import Nature
from magdesk.checks.matching import words
from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import FAMILY, Party, PartyKind, Position, RelationKind
from magdesk.model.text import TOKEN

_KIN = (
    r"(?i:\b(?:(?:step|grand|great-grand|god)-?|half-|foster )?"
    r"(?:brothers?|sisters?|siblings?|twins?|sons?|daughters?|child|children|fathers?|mothers?|parents?"
    r"|wi(?:fe|dow|dower)|husband|spouse|fianc[ée]e?|uncles?|aunts?|nephews?|nieces?|cousins?"
    # Spanish, French, Russian and Ukrainian, Arabic
    r"|herman[oa]s?|hij[oa]s?|padre|madre|espos[oa]|marido|viud[oa]|prim[oa]|sobrin[oa]"
    r"|frères?|sœurs?|fils|fille|père|mère|épou(?:x|se)|mari|veu(?:f|ve)|neveu|nièce"
    r"|брат|сестра|сын|син|дочь|дочка|отец|батько|мать|мати|жена|дружина|муж|чоловік|вдова"
    r"|شقيق|شقيقة|أخ|أخت|ابن|ابنة|والد|والدة|زوج|زوجة|أرملة)(?:-in-law)?\b)"
)
_NAMED, _HIDDEN, _HIDDEN_LAST = "\ue000", "\ue100", "\ue1ff"
_P = f"(?P<who>[{_HIDDEN}-{_HIDDEN_LAST}])"
_OF = r"(?i:\W{1,2}(?:of|to|de|du|d[eo]s?|del|von)\b|\W{1,2}d[’'])"
# Of somebody: who is in the case and may be named, or two words with capitals.
_WORD = r"\w[\w’'-]*"
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]+"
_BY_NAME = rf"(?:(?:\W{{1,3}}{_WORD}){{0,3}}?\W{{1,3}}{_NAMED}|\W{{1,3}}(?:the late\s+)?{_CAPITAL}\s+{_CAPITAL})"
_TIE = rf"{_KIN}(?:{_OF}{_BY_NAME}|\W{{1,3}}{_NAMED})|{_NAMED}[’']s?\W+(?:\w+\W+){{0,2}}{_KIN}"
_OWN = re.compile(_TIE)
_LIKE = r"(?i:,|\W+(?:is|was|being|as))?(?:\W+(?:an?|the|his|her|own|only|older|younger|elder|eldest|late))*\W+"
_NEAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_P}{_LIKE}{_KIN}{_OF}{_BY_NAME}",
        rf"{_P}{_LIKE}{_NAMED}[’']s?\W+(?:\w+\W+){{0,2}}{_KIN}",
        rf"{_NAMED}[’']s?\W+(?:\w+\W+){{0,2}}{_KIN}\W{{1,3}}{_P}",
        rf"{_NAMED}.*\b(?:his|her|their)\W+(?:\w+\W+)?{_KIN}\W{{1,3}}{_P}",
        rf"{_P}.*\b(?:his|her|their)\W+(?:\w+\W+)?{_KIN}\W{{1,3}}{_NAMED}",
    )
)
_A_KIN = re.compile(_KIN)
# Posts that one person holds at a time; “personal” and “only” make one of any.
_POST = re.compile(
    r"(?:^|[;,]\s*|\b(?:as|was|is)\s+)(?i:(?:(?:the|its|their|his|her|former|formerly|then|acting)\s+)*"
    r"(?:(?:personal|private|only|sole)\s+[\w-]+|(?:deputy\s+|vice[- ])?(?:head|director|chief|commander|governor"
    r"|mayor|minister|ambassador|consul|president|chair(?:man|woman|person)?|rector|warden|principal|treasurer"
    r"|superintendent|editor-in-chief|secretary[- ]general|prosecutor[- ]general|attorney[- ]general)"
    r"(?:\s+[a-z]+){0,2})\s+(?:of|at|in|to|for)\s+(?:the\s+|an?\s+)?)[A-ZÀ-Þ\ue000{]"
)
_BORN = re.compile(r"\b[Bb]orn\b(?=.*\b(?:18|19|20)\d\d\b)(?=.*\b(?:in|at|near)\s+[A-ZÀ-Þ])")
_TITLES = "".join(
    rf"(?<!\b{title}\.)" for title in ("Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Maj", "Capt", "Lt")
)
_SENTENCE = re.compile(rf"(?<=[.!?;]){_TITLES}\s+|\n+")
# What a reader who knows the one would follow to the other.
_LEADS = FAMILY | {RelationKind.EMPLOYS, RelationKind.REPRESENTS, RelationKind.ACTS_FOR}


@dataclass(frozen=True, slots=True)
class _Given:
    """What gives somebody away.

    Attributes:
        way: by kinship, a post, a birth.
        key: whom; nobody where it does so only in a text about one person.
        said: the words that do, with names as they are printed.
    """

    way: str
    key: uuid.UUID | None
    said: str


@dataclass(frozen=True, slots=True)
class _Sought:
    """Who may be named, who may not. Another one is another search.

    Attributes:
        open_names: what persons who may be named are called, by their key.
        hidden: the pseudonyms of the protected ones, by their key.
    """

    open_names: tuple[tuple[uuid.UUID, tuple[str, ...]], ...]
    hidden: tuple[tuple[uuid.UUID, str], ...]


def given_away(scope: Scope) -> Iterator[Hit]:
    """C59: no kinship with a named person, no post of one holder, no place with year of birth of a protected one."""
    parties = scope.dossier.parties
    hidden = {key: party for key, party in parties.items() if party.protected and party.target is None}
    if not hidden:
        return
    called = scope.memory.each("called openly", parties, _names)
    sought = _Sought(
        tuple((key, names) for key, names in called.items() if names),
        tuple((key, party.pseudonym.strip()) for key, party in hidden.items()),
    )
    finder = scope.memory.once("who gives away", sought, partial(_Finder, sought))
    owners = _owners(scope, hidden)
    for text, found in scope.found("given away", sought, (Nature.PROSE,), partial(_look, finder)):
        about = owners.get(text.place.row) if text.place.row is not None else None
        for one in found:
            key = one.key or about
            if key is not None:
                words_of = {"name": scope.party_name(parties[key]), "said": one.said}
                yield Hit(text.place, one.way, words_of, mark=f"{key} {one.way}")
    for party in hidden.values():
        yield from _posts(scope, party)
    yield from _relations(scope, hidden)


def _owners(scope: Scope, hidden: dict[uuid.UUID, Party]) -> dict[uuid.UUID, uuid.UUID]:
    """The rows whose texts are about one protected person, with whom."""
    owners = {key: key for key in hidden}
    for key, party in hidden.items():
        owners |= {row.id: key for row in (party.victim, party.witness) if row is not None}
    for incident in scope.dossier.incidents:
        owners |= {harm.id: harm.party_id for harm in incident.harms if harm.party_id in hidden}
    return owners


def _posts(scope: Scope, party: Party) -> Iterator[Hit]:
    """A post of theirs that is told with whom it was held at."""
    told = frozenset(words(party.description))
    for post in party.positions:
        title, body = frozenset(words(post.title)), frozenset(words(_body(post)))
        if title and body and title | body <= told and not _POST.search(party.description):
            said = f"{post.title}, {_body(post)}"
            yield Hit(
                scope.party_place(party, "description"), "post", {"name": scope.party_name(party), "said": said}
            )


def _body(post: Position) -> str:
    return post.organisation.name if post.organisation is not None else post.body


def _relations(scope: Scope, hidden: dict[uuid.UUID, Party]) -> Iterator[Hit]:
    """Rows that tie a protected person to one who is named: no text must tell what they say."""
    for party in scope.dossier.parties.values():
        for row in party.relations:
            other = scope.dossier.parties.get(row.other_id)
            if row.kind not in _LEADS or other is None or (party.id in hidden) == (other.id in hidden):
                continue
            who, known = (party, other) if party.id in hidden else (other, party)
            if known.protected:
                continue
            words_of = {"name": scope.party_name(who), "other": scope.party_name(known)}
            # Only who is asked for as family is printed.
            printed = row.include_in_request and row.kind in FAMILY
            place = scope.party_place(party, "include_in_request" if printed else "kind", row)
            yield Hit(place, "asked" if printed else "relation", words_of)


class _Finder:
    """Puts one sign in the place of each name, so that what stands between them can be read."""

    def __init__(self, sought: _Sought) -> None:
        self._open = frozenset(key for key, _spelled in sought.open_names)
        self._names = dict(sought.open_names)
        self.hidden = tuple(key for key, _pseudonym in sought.hidden)[: ord(_HIDDEN_LAST) - ord(_HIDDEN) + 1]
        self._pseudonyms = {pseudonym: key for key, pseudonym in sought.hidden if pseudonym and key in self.hidden}
        spelled = {name for _key, names in sought.open_names for name in names}
        self._spelled = _either(spelled)
        self._hidden_spelled = _either(self._pseudonyms)

    def signs(self, sentence: str) -> tuple[str, dict[str, uuid.UUID]]:
        """The sentence with signs, and whom the signs of protected persons stand for."""
        marks = {key: chr(ord(_HIDDEN) + place) for place, key in enumerate(self.hidden)}

        def of_token(match: re.Match[str]) -> str:
            key = uuid.UUID(match["party"]) if match["party"] else None
            if key is None:
                return match[0]
            return marks.get(key, _NAMED if key in self._open else " ")

        text = TOKEN.sub(of_token, sentence)
        text = self._hidden_spelled.sub(lambda match: marks[self._pseudonyms[match[0]]], text)
        return self._spelled.sub(_NAMED, text), {mark: key for key, mark in marks.items()}


def _look(finder: _Finder, text: str) -> tuple[_Given, ...]:
    return tuple(_given(finder, text))


def _given(finder: _Finder, text: str) -> Iterator[_Given]:
    kin, born = _A_KIN.search(text), _BORN.search(text)
    if not kin and not born and not _POST.search(text):
        return
    for sentence in _SENTENCE.split(text):
        signs, whose = finder.signs(sentence.strip())
        if kin:
            near = next(filter(None, (pattern.search(signs) for pattern in _NEAR)), None)
            if near is not None:
                yield _Given("", whose[near["who"]], _shown(signs))
            elif _OWN.search(signs):
                yield _Given("", None, _shown(signs))
        if _POST.search(signs):
            yield _Given("post", None, _shown(signs))
        if _BORN.search(signs):
            yield _Given("birth", None, _shown(signs))


def _shown(signs: str) -> str:
    """What a finding quotes: the words with a stroke for each name."""
    return re.sub(rf"[{_NAMED}{_HIDDEN}-{_HIDDEN_LAST}]", "…", signs).strip(" .;")


def _names(party: Party) -> tuple[str, ...]:
    """What a person who may be named is called; nothing for anybody else."""
    if party.protected or party.kind is not PartyKind.PERSON:
        return ()
    called = (*(name.text.strip() for name in party.names), party.short_name.strip())
    return tuple(dict.fromkeys(filter(None, called)))


def _either(spelled: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these as whole words; the longest first, since one may begin with another."""
    inner = "|".join(r"\W+".join(map(re.escape, name.split())) for name in sorted(spelled, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)" if inner else r"(?!)")
