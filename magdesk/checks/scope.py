"""What every check reads: the dossier and the law, with the look-ups that several checks share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from magdesk.checks.carrying import Carrying
from magdesk.checks.exported import OWN_WORDS, Exported, Nature, PartTexts, exported
from magdesk.checks.factsupport import Gists
from magdesk.checks.finding import Correction, Place, Waived
from magdesk.checks.matching import capitals, without_tokens, words
from magdesk.model.case import Authority
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident, Participation
from magdesk.model.people import LegalBasis, Target
from magdesk.regimes.filing import Filing, filings
from magdesk.regimes.proving import mode_code, proving_codes
from magdesk.regimes.regime import AbuseType, Element, Prong, Regime

Looked = TypeVar("Looked")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found, before it is put into words.

    Attributes:
        variant: which of the check's sentences fits; empty for the main one.
        words: values of the sentence's placeholders.
        mark: what tells it from other hits of the same kind at the same place, e.g. the word found there.
        filings: codes of the packets that it is about; empty where it is about the case itself.
        correction: what would mend it, where that is known.
        settled: that a person has settled it already, in the row that it is about.
    """

    place: Place
    variant: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    filings: tuple[str, ...] = ()
    correction: Correction | None = None
    settled: Waived | None = None


@dataclass(frozen=True, slots=True)
class Plea:
    """One legal basis whose regime and prong are known.

    Attributes:
        kind: the pleaded type of abuse or corruption, if any.
        elements: everything to prove, the prong's elements first.
    """

    target: Target
    basis: LegalBasis
    regime: Regime
    prong: Prong
    kind: AbuseType | None
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Scope(Gists):
    """One run of the checks over one state of the case."""

    # --------------------------------------------------------------------------------------------- law

    @cached_property
    def authorities(self) -> tuple[tuple[Authority, Regime], ...]:
        """The authorities asked for whose regime is known."""
        known = self.law.regimes
        return tuple((row, known[row.regime]) for row in self.dossier.authorities if row.regime in known)

    @cached_property
    def filings(self) -> tuple[Filing, ...]:
        """The submissions that the case makes; as long as no authority is chosen, the one it would begin with."""
        asked = filings((row.regime for row in self.dossier.authorities), self.law)
        return asked or filings(self.law.regimes, self.law)[:1]

    def submission_names(self, packets: Iterable[str]) -> str:
        """What findings call submissions: the places they are made to."""
        named = {filing.packet.code: filing.regimes[0].jurisdiction for filing in self.filings}
        return ", ".join(named[code] for code in packets if code in named)

    @cached_property
    def pleas(self) -> tuple[Plea, ...]:
        """The legal bases that can be judged: the authority is asked for, and the prong can reach such a target.

        Of one that cannot, C03 says so; what it lacks beside that is no matter.
        """
        return tuple(plea for plea in self._asked_pleas if plea.target.party.kind.value in plea.prong.applies_to)

    @cached_property
    def _asked_pleas(self) -> tuple[Plea, ...]:
        return tuple(plea for plea in self.every_plea if plea.regime.code in self._asked)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(row.regime for row in self.dossier.authorities)

    @cached_property
    def every_plea(self) -> tuple[Plea, ...]:
        """The legal bases whose regime and prong exist, asked for or not."""
        return tuple(plea for target in self.dossier.targets for plea in self.pleas_of(target))

    def pleas_of(self, target: Target) -> Iterator[Plea]:
        """Those of one target."""
        for basis in target.legal_bases:
            regime = self.law.regimes.get(basis.regime)
            prong = regime.prong(basis.prong) if regime else None
            if regime and prong:
                elements = regime.elements(prong.code, basis.abuse_type)
                yield Plea(target, basis, regime, prong, regime.abuse_type(basis.abuse_type), elements)

    @cached_property
    def pleas_by_target(self) -> dict[uuid.UUID, list[Plea]]:
        """The pleas of each target."""
        grouped: dict[uuid.UUID, list[Plea]] = {}
        for plea in self.pleas:
            grouped.setdefault(plea.target.id, []).append(plea)
        return grouped

    def accused(self, target: Target) -> bool:
        """Whether the case alleges anything against the target; a family member is named by association only."""
        pleas = self.pleas_by_target.get(target.id, [])
        return not pleas or any(not plea.prong.neutral for plea in pleas)

    @cached_property
    def element_codes(self) -> dict[uuid.UUID, frozenset[str]]:
        """The codes of the elements that each judged legal basis has to prove, and of what modes need."""
        modes = frozenset(mode_code(mode, element) for mode in self.law.modes.values() for element in mode.elements)
        return {plea.basis.id: modes | {element.code for element in plea.elements} for plea in self._asked_pleas}

    # ------------------------------------------------------------------------------------------- dates

    @cached_property
    def filing_day(self) -> date:
        """The day from which the age of acts is counted."""
        return self.dossier.case.filing_date or self.today

    # ------------------------------------------------------------------------------------------- proof

    def proving_codes(self, plea: Plea, element: Element) -> tuple[str, ...]:
        """The codes whose proofs count for an element of a ground, its own first."""
        return proving_codes(plea.prong, plea.kind, element, self.law.modes.values())

    def proving_facts(self, plea: Plea, element: Element) -> list[Fact]:
        """The facts that prove an element; those of the pleaded type prove the prong's act."""
        facts = self.dossier.facts_by_key
        links = [(plea.basis.id, code) for code in self.proving_codes(plea, element)]
        return [facts[key] for key in dict.fromkeys(key for link in links for key in self.linked.get(link, ()))]

    def is_proved(self, plea: Plea, element: Element) -> bool:
        """Whether a fact proves the element."""
        return any((plea.basis.id, code) in self.linked for code in self.proving_codes(plea, element))

    def roots_of(self, plea: Plea, element: Element) -> frozenset[uuid.UUID]:
        """The independent roots of the facts that prove an element."""
        known = self.link_roots
        links = [(plea.basis.id, code) for code in self.proving_codes(plea, element)]
        return frozenset().union(*(known[link] for link in links if link in known))

    def carried_of(self, plea: Plea, element: Element) -> Carrying:
        """What the best of what supports the facts that prove an element can carry."""
        links = [(plea.basis.id, code) for code in self.proving_codes(plea, element)]
        return max((self.link_carrying.get(link, Carrying.NOTHING) for link in links), default=Carrying.NOTHING)

    @cached_property
    def notes(self) -> dict[tuple[uuid.UUID, str], str]:
        """The drafter's comment on each element of each legal basis."""
        return {(row.legal_basis_id, row.element): row.text.strip() for row in self.dossier.element_notes}

    @cached_property
    def participations(self) -> dict[uuid.UUID, list[tuple[Incident, Participation]]]:
        """The incidents in which each target took part."""
        grouped: dict[uuid.UUID, list[tuple[Incident, Participation]]] = {}
        for incident in self.dossier.incidents:
            for part in incident.participations:
                grouped.setdefault(part.target_id, []).append((incident, part))
        return grouped

    def incidents_of(self, plea: Plea) -> list[Incident]:
        """The incidents that a ground rests on: those of its facts; without any, those the target took part in."""
        proved = self.incidents_by_basis.get(plea.basis.id, {})
        if proved:
            return [self.incidents[key] for key in proved if key in self.incidents]
        return list(
            {incident.id: incident for incident, _part in self.participations.get(plea.target.id, ())}.values()
        )

    @cached_property
    def told_before(self) -> dict[uuid.UUID, frozenset[str]]:
        """The authorities before which each incident is pleaded: through who took part, or what its facts prove."""
        regimes = {plea.basis.id: plea.regime.code for plea in self.pleas}
        found: dict[uuid.UUID, set[str]] = {}
        for target_id, parts in self.participations.items():
            pleaded = {plea.regime.code for plea in self.pleas_by_target.get(target_id, ())}
            for incident, _part in parts:
                found.setdefault(incident.id, set()).update(pleaded)
        for basis, incidents in self.incidents_by_basis.items():
            if basis in regimes:
                for key in incidents:
                    found.setdefault(key, set()).add(regimes[basis])
        return {key: frozenset(codes) for key, codes in found.items()}

    @cached_property
    def incidents(self) -> dict[uuid.UUID, Incident]:
        """Every incident by key."""
        return {incident.id: incident for incident in self.dossier.incidents}

    @cached_property
    def sheets(self) -> tuple[PartTexts, ...]:
        """Every text that a packet prints."""
        return exported(self)

    def found(
        self, purpose: str, sought: Hashable, natures: Collection[Nature], look: Callable[[str], tuple[Looked, ...]]
    ) -> Iterator[tuple[Exported, tuple[Looked, ...]]]:
        """The texts of some kinds in which something is found, with what is found. A text is looked through once.

        Args:
            purpose: always for the same kinds of text.
            sought: all that the answer depends on besides the text.
        """
        known: dict[str, tuple[Looked, ...]] = self.memory.of_texts(purpose, sought)

        def among(texts: Iterable[Exported]) -> tuple[tuple[Exported, tuple[Looked, ...]], ...]:
            telling = []
            for text in texts:
                if text.nature in natures:
                    answer = known.get(text.text)
                    if answer is None:
                        answer = known[text.text] = look(text.text)
                    if answer:
                        telling.append((text, answer))
            return tuple(telling)

        for sheet in self.sheets:
            if sheet.name:
                rows = self.memory.each(f"{purpose} in {sheet.name}", sheet.texts, among, sought)
            else:
                rows = {key: among(texts) for key, texts in sheet.texts.items()}
            for key, telling in rows.items():
                for text, answer in telling:
                    yield sheet.labelled(key, text), answer

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words, folded, that stand with a capital in what the drafter wrote."""
        known: dict[str, frozenset[str]] = self.memory.of_texts("capitals", None)

        def among(texts: Iterable[Exported]) -> frozenset[str]:
            found: set[str] = set()
            for text in texts:
                if text.nature in OWN_WORDS:
                    answer = known.get(text.text)
                    if answer is None:
                        answer = known[text.text] = frozenset(capitals(without_tokens(text.text)))
                    found |= answer
            return frozenset(found)

        kept = [
            self.memory.each(f"capitals in {sheet.name}", sheet.texts, among) for sheet in self.sheets if sheet.name
        ]
        loose = frozenset().union(*(among(sheet) for sheet in self.sheets if not sheet.name))

        def unite() -> frozenset[str]:
            return loose.union(*(words for rows in kept for words in rows.values()))

        return self.memory.once("capitals", (*kept, loose), unite)

    def words_of(self, text: str) -> frozenset[str]:
        """The words of a text, folded; references to rows are no words."""
        known = self.memory.of_texts("words", None)
        answer: frozenset[str] | None = known.get(text)
        if answer is None:
            answer = known[text] = frozenset(words(without_tokens(text)))
        return answer

    def plea_place(self, plea: Plea, name: str = "", page: str = "targets") -> Place:
        """The legal basis of a plea."""
        return self.basis_place(plea.target, plea.basis, name, page)

    def searched(self, subject_id: uuid.UUID, *names: str) -> bool:
        """Whether one of the data is recorded as looked for and not found, with the place of the search."""
        rows = (self.dossier.unknown(subject_id, name) for name in names)
        return any(row is not None and bool(row.searched.strip()) for row in rows)
