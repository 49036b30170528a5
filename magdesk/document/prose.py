"""A person's name as it stands in a sentence: given name first, surname as the drafters themselves write it.

Lists and tables keep the form in which lists of designated persons print a name (``SURNAME, Given``).
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from functools import cached_property

from magdesk.dossier.dossier import Dossier
from magdesk.model.people import Party, PartyKind
from magdesk.model.text import TOKEN, references

_ARTICLE = re.compile(r"\bthe \**$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def name_parts(name: str) -> tuple[str, str] | None:
    """Surname and given names of ``SURNAME, Given`` or ``Given SURNAME``; none where the name does not show them."""
    surname, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        return (surname, given) if surname and given and "," not in given else None
    words = name.split()
    capitals = [word for word in words if word.isupper() and len(_WORD.sub("", word)) < len(word) - 1]
    others = [word for word in words if word not in capitals]
    return (" ".join(capitals), " ".join(others)) if capitals and others else None


class Prose:
    """The sentence forms of the names of one case."""

    def __init__(self, dossier: Dossier, names: dict[Party, str]) -> None:
        """Reads the names.

        Args:
            dossier: the case, in whose texts the drafters' own spelling of a surname is looked up.
            names: the name of each unprotected person, as lists print it.
        """
        self._dossier = dossier
        self._names = {party: name for party, name in names.items() if party.kind is PartyKind.PERSON}

    def full(self, party: Party) -> str:
        """``Radomir Velislavovich Tverezhin``."""
        name = self._names.get(party, "")
        parts = name_parts(name)
        return f"{parts[1]} {self._spelled(parts[0])}" if parts else name

    def short(self, party: Party) -> str:
        """``Tverezhin``; with the first given name where somebody else in the case has the same surname."""
        name = self._names.get(party, "")
        parts = name_parts(name)
        if parts is None:
            return name
        surname = self._spelled(parts[0])
        alone = self._surnames[surname.casefold()] == 1
        return surname if alone else f"{parts[1].split()[0]} {surname}"

    def takes_article(self, party: Party) -> bool:
        """Whether the drafters write "the" before the name more often than not."""
        return self._articles[party.id] > 0 and not party.protected

    @cached_property
    def _articles(self) -> Counter[uuid.UUID]:
        """How many more mentions of each party follow "the" than do not."""
        found: Counter[uuid.UUID] = Counter()
        for text in self._raw:
            for reference in references(text):
                if reference.kind == "party":
                    found[reference.key] += 1 if _ARTICLE.search(text, 0, reference.start) else -1
        return found

    @cached_property
    def _surnames(self) -> Counter[str]:
        return Counter(
            (parts[0] if (parts := name_parts(name)) else name.split()[-1]).casefold()
            for name in self._names.values()
            if name.split()
        )

    @cached_property
    def _texts(self) -> str:
        """Everything the drafters wrote, for how they spell a surname (``al-Zahwan``, ``McBride``)."""
        return TOKEN.sub(" ", "\n".join(self._raw))

    @cached_property
    def _raw(self) -> list[str]:
        """Everything the drafters wrote, with its tokens."""
        case = self._dossier
        texts = [section.text for section in case.sections]
        for target in case.targets:
            texts += [text for ask in target.asks for text in (ask.text, ask.role, ask.summary)]
            texts += [target.role, target.request, target.foreign_person_basis, target.namesake_check]
            texts += [basis.argument for basis in target.legal_bases]
            texts += [relation.note for relation in target.party.relations]
        texts += [fact.text for fact in case.facts]
        texts += [text for item in case.adverse_items for text in (item.title, item.text, item.answer)]
        texts += [text for item in case.evidence.values() for text in (item.title, item.title_english)]
        return texts

    def _spelled(self, surname: str) -> str:
        if not surname.isupper():
            return surname
        found = re.findall(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", self._texts, re.IGNORECASE)
        spellings = Counter(form for form in found if not form.isupper() and not form.islower())
        if spellings:
            return str(max(sorted(spellings), key=lambda form: spellings[form]))
        return _WORD.sub(lambda word: word[0].capitalize(), surname)
