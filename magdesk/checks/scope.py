"""What every check reads: the dossier and the law, with the look-ups that several checks share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from magdesk.checks.exported import Exported, Nature, exported
from magdesk.checks.finding import Place
from magdesk.checks.gists import Gists
from magdesk.checks.matching import without_tokens, words
from magdesk.model.case import Authority
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident, Participation
from magdesk.model.people import LegalBasis, Target
from magdesk.regimes.filing import Filing, filings
from magdesk.regimes.regime import AbuseType, Element, ModeOfResponsibility, Prong, Regime

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found, before it is put into words.

    Attributes:
        variant: which of the check's sentences fits; empty for the main one.
        words: values of the sentence's placeholders.
        mark: what tells it from other hits of the same kind at the same place, e.g. the word found there.
        filings: codes of the packets that it is about; empty where it is about the case itself.
    """

    place: Place
    variant: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    filings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plea:
    """One legal basis whose regime and prong are known.

    Attributes:
        kind: the pleaded type of abuse or corruption, if any.
    """

    target: Target
    basis: LegalBasis
    regime: Regime
    prong: Prong
    kind: AbuseType | None

    @property
    def elements(self) -> tuple[Element, ...]:
        """Everything to prove, the prong's elements first."""
        return self.regime.elements(self.prong.code, self.basis.abuse_type)


def mode_code(mode: ModeOfResponsibility, element: Element) -> str:
    """What ``Proof.element`` stores of a fact that a mode of responsibility needs: ``command:C3``."""
    return f"{mode.code}:{element.code}"


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
        """The legal bases that can be judged: the authority is asked for, regime and prong exist."""
        return tuple(plea for plea in self.every_plea if plea.regime.code in self._asked)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(row.regime for row in self.dossier.authorities)

    @cached_property
    def every_plea(self) -> tuple[Plea, ...]:
        """The legal bases whose regime and prong exist, asked for or not."""
        return tuple(self._pleas())

    def _pleas(self) -> Iterator[Plea]:
        for target in self.dossier.targets:
            for basis in target.legal_bases:
                regime = self.law.regimes.get(basis.regime)
                prong = regime.prong(basis.prong) if regime else None
                if regime and prong:
                    yield Plea(target, basis, regime, prong, regime.abuse_type(basis.abuse_type))

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
        return {plea.basis.id: modes | {element.code for element in plea.elements} for plea in self.pleas}

    # ------------------------------------------------------------------------------------------- dates

    @cached_property
    def filing_day(self) -> date:
        """The day from which the age of acts is counted."""
        return self.dossier.case.filing_date or self.today

    # ------------------------------------------------------------------------------------------- proof

    def proving_facts(self, plea: Plea, element: Element) -> list[Fact]:
        """The facts that prove an element; those of the pleaded type prove the prong's act."""
        known = self._proving.get((plea.basis.id, element.code))
        if known is None:
            known = self._proving[plea.basis.id, element.code] = self._proving_facts(plea, element)
        return known

    @cached_property
    def _proving(self) -> dict[tuple[uuid.UUID, str], list[Fact]]:
        return {}

    def _proving_facts(self, plea: Plea, element: Element) -> list[Fact]:
        codes = [element.code]
        if element.aspect == "act" and plea.kind is not None and element in plea.prong.elements:
            codes += [own.code for own in plea.kind.elements]
        facts: dict[uuid.UUID, Fact] = {}
        for code in codes:
            for proof in self.dossier.proofs.get((plea.basis.id, code), ()):
                facts.setdefault(proof.fact_id, proof.fact)
        return list(facts.values())

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
        proved = self._incidents_by_basis.get(plea.basis.id, {})
        if proved:
            return [self.incidents[key] for key in proved if key in self.incidents]
        return list(
            {incident.id: incident for incident, _part in self.participations.get(plea.target.id, ())}.values()
        )

    @cached_property
    def _incidents_by_basis(self) -> dict[uuid.UUID, dict[uuid.UUID, None]]:
        found: dict[uuid.UUID, dict[uuid.UUID, None]] = {}
        for gist in self.gists.values():
            if gist.incident_id is not None:
                for basis in gist.bases:
                    found.setdefault(basis, {})[gist.incident_id] = None
        return found

    @cached_property
    def told_before(self) -> dict[uuid.UUID, frozenset[str]]:
        """The authorities before which each incident is pleaded: through who took part, or what its facts prove."""
        regimes = {plea.basis.id: plea.regime.code for plea in self.pleas}
        found: dict[uuid.UUID, set[str]] = {}
        for target_id, parts in self.participations.items():
            pleaded = {plea.regime.code for plea in self.pleas_by_target.get(target_id, ())}
            for incident, _part in parts:
                found.setdefault(incident.id, set()).update(pleaded)
        for gist in self.gists.values():
            if gist.incident_id is not None:
                pleaded = {regimes[key] for key in gist.bases if key in regimes}
                found.setdefault(gist.incident_id, set()).update(pleaded)
        return {key: frozenset(codes) for key, codes in found.items()}

    @cached_property
    def incidents(self) -> dict[uuid.UUID, Incident]:
        """Every incident by key."""
        return {incident.id: incident for incident in self.dossier.incidents}

    @cached_property
    def texts(self) -> tuple[Exported, ...]:
        """Every text that a packet prints."""
        return exported(self)

    @cached_property
    def prose(self) -> tuple[Exported, ...]:
        """The texts in the drafter's own words."""
        return tuple(text for text in self.texts if text.nature is Nature.PROSE)

    def found(
        self, purpose: str, sought: Hashable, texts: Iterable[Exported], look: Callable[[str], tuple[Found, ...]]
    ) -> Iterator[tuple[Exported, tuple[Found, ...]]]:
        """The texts in which something is found, with what is found. A text is looked through once.

        Args:
            sought: all that the answer depends on besides the text.
        """
        known: dict[str, tuple[Found, ...]] = self.memory.of_texts(purpose, sought)
        for text in texts:
            answer = known.get(text.text)
            if answer is None:
                answer = known[text.text] = look(text.text)
            if answer:
                yield text, answer

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
