"""What a screen is asked about: the rows of the case, each with its name in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from magdesk.checks.finding import Finding
from magdesk.dossier.dossier import Dossier
from magdesk.guide.screens import Per
from magdesk.i18n import _
from magdesk.model.assets import Payment
from magdesk.model.base import Base
from magdesk.model.case import Authority
from magdesk.model.evidence import Evidence
from magdesk.model.facts import ElementNote
from magdesk.model.incidents import Participation
from magdesk.model.people import LegalBasis, Party, PartyKind, Relation, Target
from magdesk.model.text import references
from magdesk.regimes.regime import Law, Regime

_LONGEST = 60  # letters of a name in a list of next steps


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that is asked about.

    Attributes:
        row: the row; the case itself for a question about the whole case.
        key: what a mark stores for it; none for the case as a whole.
        name: what the window calls it; a protected person by the pseudonym.
        body: whether it is a company, an organisation or a unit that is accused, not a human being.
    """

    row: Base
    key: uuid.UUID | None
    name: str
    body: bool = False


@dataclass(frozen=True)
class GuideView:
    """All that the Guide looks at. Nothing of it is changed.

    Attributes:
        dossier: the whole case, not what one submission tells.
        law: the law in force.
        today: the day on which it is looked at.
        findings: what the checks found in this very state.
        open_questions: how many questions of suitability are open about each target, where somebody worked it out.
    """

    dossier: Dossier
    law: Law
    today: date
    findings: tuple[Finding, ...] = ()
    open_questions: Mapping[uuid.UUID, int] = field(default_factory=dict)

    @cached_property
    def regimes(self) -> tuple[Regime, ...]:
        """The known laws that the case asks to be used."""
        codes = dict.fromkeys(row.regime for row in self.dossier.authorities)
        return tuple(self.law.regimes[code] for code in codes if code in self.law.regimes)

    @cached_property
    def families(self) -> dict[str, str]:
        """Of each kind of act, whether it is ``abuse`` or ``corruption``."""
        own = {kind.code: kind.family for regime in self.law.regimes.values() for kind in regime.abuse_types}
        return {kind.code: kind.family for kind in self.law.acts.values()} | own

    @cached_property
    def grounds(self) -> tuple[tuple[Target, LegalBasis], ...]:
        """Each rule that is relied on, with the person it is relied on against."""
        return tuple((target, basis) for target in self.dossier.targets for basis in target.legal_bases)

    @cached_property
    def people(self) -> tuple[Party, ...]:
        """Who was hurt or speaks, each once, in the order in which they were entered."""
        speakers = {item.speaker_id for item in self.dossier.evidence.values() if item.speaker_id is not None}
        hurt = [row.party_id for row in self.dossier.victims]
        keys = dict.fromkeys([*hurt, *(row.party_id for row in self.dossier.witnesses)])
        accused = {target.party_id for target in self.dossier.targets}
        spoken = speakers - keys.keys() - accused
        every = (*keys, *(key for key in self.dossier.parties if key in spoken))
        return tuple(self.dossier.parties[key] for key in every if key in self.dossier.parties)

    @cached_property
    def cited(self) -> tuple[Evidence, ...]:
        """What is cited; what is not never counts against anyone."""
        keys = {key for cited in self.dossier.cites.values() for key in cited}
        keys.update(self.dossier.cited_beside_facts)
        return tuple(item for key, item in self.dossier.evidence.items() if key in keys)

    @cached_property
    def proved(self) -> frozenset[uuid.UUID]:
        """The rules that some fact is connected with."""
        return frozenset(basis for basis, _element in self.dossier.proofs)

    @cached_property
    def marks(self) -> dict[tuple[str, uuid.UUID | None], str]:
        """The state of each mark, by screen and subject."""
        return {(row.screen, row.subject_id): row.state.value for row in self.dossier.guide_marks}

    @cached_property
    def ties(self) -> dict[uuid.UUID, list[Relation]]:
        """The ties of each party, from whichever side they were entered."""
        grouped: dict[uuid.UUID, list[Relation]] = {}
        for party in self.dossier.parties.values():
            for row in party.relations:
                grouped.setdefault(row.party_id, []).append(row)
                grouped.setdefault(row.other_id, []).append(row)
        return grouped

    @cached_property
    def parts(self) -> dict[uuid.UUID, list[Participation]]:
        """How each person accused took part, event by event."""
        grouped: dict[uuid.UUID, list[Participation]] = {}
        for incident in self.dossier.incidents:
            for row in incident.participations:
                grouped.setdefault(row.target_id, []).append(row)
        return grouped

    @cached_property
    def payments(self) -> dict[uuid.UUID | None, list[Payment]]:
        """The payments of each event."""
        grouped: dict[uuid.UUID | None, list[Payment]] = {}
        for row in self.dossier.payments:
            grouped.setdefault(row.incident_id, []).append(row)
        return grouped

    @cached_property
    def notes(self) -> dict[uuid.UUID, list[ElementNote]]:
        """The comments on each rule that is relied on."""
        grouped: dict[uuid.UUID, list[ElementNote]] = {}
        for row in self.dossier.element_notes:
            grouped.setdefault(row.legal_basis_id, []).append(row)
        return grouped

    @cached_property
    def found(self) -> dict[str, list[Finding]]:
        """The findings that count, by check."""
        grouped: dict[str, list[Finding]] = {}
        for one in self.findings:
            if one.waived is None:
                grouped.setdefault(one.code, []).append(one)
        return grouped

    @cached_property
    def contradicted(self) -> dict[str, frozenset[uuid.UUID | None]]:
        """The rows that a check finds to contradict themselves or the law, or to put somebody in danger, by check."""
        wrong = {code: (one.place.row for one in found if one.interrupts) for code, found in self.found.items()}
        return {code: frozenset(rows) for code, rows in wrong.items()}

    @cached_property
    def _subjects(self) -> dict[Per, tuple[Subject, ...]]:
        return {per: tuple(self._of(per)) for per in Per}

    def subjects(self, per: Per) -> tuple[Subject, ...]:
        """Everything that such a screen is asked about, in the order of the case."""
        return self._subjects[per]

    def _of(self, per: Per) -> Iterator[Subject]:
        dossier = self.dossier
        match per:
            case Per.CASE:
                yield Subject(dossier.case, None, "")
            case Per.TARGET:
                for row in dossier.targets:
                    body = row.party.kind is not PartyKind.PERSON
                    yield Subject(row, row.id, party_words(row.party), body)
            case Per.INCIDENT:
                yield from (
                    Subject(row, row.id, _short(row.title) or self._untitled(row.kind)) for row in dossier.incidents
                )
            case Per.PERSON:
                yield from (Subject(row, row.id, party_words(row)) for row in self.people)
            case Per.EXHIBIT:
                yield from (Subject(row, row.id, _evidence_words(row)) for row in self.cited)
            case Per.FACT:
                for number, fact in enumerate(dossier.facts, 1):
                    yield Subject(fact, fact.id, _("fact {number}").format(number=number))
            case Per.GROUND:
                for target, basis in self.grounds:
                    yield Subject(basis, basis.id, self._ground_words(target, basis))
            case Per.COUNTRY:
                for authority, regime in self._first_of_each_country():
                    yield Subject(authority, authority.id, regime.jurisdiction)
            case Per.ADVERSE:
                yield from (Subject(row, row.id, _short(row.title or row.text)) for row in dossier.adverse_items)

    def _first_of_each_country(self) -> Iterator[tuple[Authority, Regime]]:
        seen: set[str] = set()
        for row in self.dossier.authorities:
            regime = self.law.regimes.get(row.regime)
            if regime is not None and regime.jurisdiction not in seen:
                seen.add(regime.jurisdiction)
                yield row, regime

    def _untitled(self, kind: str) -> str:
        known = self.law.acts.get(kind)
        return known.plain or known.title if known is not None else _("an event without a title")

    def _ground_words(self, target: Target, basis: LegalBasis) -> str:
        regime = self.law.regimes.get(basis.regime)
        prong = regime.prong(basis.prong) if regime is not None else None
        if regime is None or prong is None:
            return party_words(target.party)
        kind = regime.abuse_type(basis.abuse_type)
        rule = prong.plain or prong.title
        if kind is not None:
            rule = _("{rule}: {kind}").format(rule=rule, kind=(kind.plain or kind.title).lower())
        return _("{name}, “{rule}”, {country}").format(
            name=party_words(target.party), rule=rule, country=regime.jurisdiction
        )


def party_words(party: Party) -> str:
    """What the Guide calls somebody: never by a name that is protected."""
    if party.protected:
        return party.pseudonym or _("a protected person")
    return party.name or _("a person without a name")


def _evidence_words(item: Evidence) -> str:
    return _short(item.title_english or item.title or item.file_name) or _("a document without a title")


def _short(text: str) -> str:
    """A text as it stands in a sentence; references to rows are no words."""
    for reference in reversed(list(references(text))):
        text = text[: reference.start] + "…" + text[reference.end :]
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
