"""The whole case, loaded once and read many times: what checks, builders and exports work on.

A dossier is a snapshot of one session: ordered rows plus the numbers that follow from their order. It never
writes. Facts are numbered in the order in which a submission tells them (background, then incident by
incident); exhibits in the order in which the numbered facts first cite them, then other citations, so that a
reader meets Exhibit 1 first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session

from magdesk.errors import InputError
from magdesk.model import text as tokens
from magdesk.model.base import Base
from magdesk.model.case import Authority, Case, Contact, Engagement, Organisation
from magdesk.model.drafting import (
    AdverseItem,
    InterestArgument,
    OtherSanction,
    Proceeding,
    Recipient,
    Section,
)
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Citation, ElementNote, Fact, Proof
from magdesk.model.incidents import Harm, Incident, Participation
from magdesk.model.people import (
    Ask,
    Consent,
    Identifier,
    LegalBasis,
    Name,
    Party,
    Position,
    Relation,
    Target,
    Unknown,
    Victim,
    Witness,
)
from magdesk.model.review import Answer, Signoff, Waiver
from magdesk.model.rows import Leaning, Rows, Touched
from magdesk.model.submissions import Outcome, Submission


@dataclass(frozen=True)
class Dossier:
    """All rows of a case in their order, with lookups.

    Attributes:
        case: the one case row.
        parties: every party by key.
        evidence: every item of evidence by key, in the user's order.
        part: whether this is what one submission tells, not the whole case.
        cites: the evidence that facts cite, in the order of their citations, where it was put together before.
    """

    case: Case
    organisations: tuple[Organisation, ...]
    authorities: tuple[Authority, ...]
    parties: dict[uuid.UUID, Party]
    targets: tuple[Target, ...]
    victims: tuple[Victim, ...]
    witnesses: tuple[Witness, ...]
    incidents: tuple[Incident, ...]
    evidence: dict[uuid.UUID, Evidence]
    facts: tuple[Fact, ...]
    element_notes: tuple[ElementNote, ...]
    adverse_items: tuple[AdverseItem, ...]
    interest_arguments: tuple[InterestArgument, ...]
    proceedings: tuple[Proceeding, ...]
    other_sanctions: tuple[OtherSanction, ...]
    sections: tuple[Section, ...]
    recipients: tuple[Recipient, ...]
    signoffs: tuple[Signoff, ...]
    submissions: tuple[Submission, ...]
    waivers: tuple[Waiver, ...] = ()
    answers: tuple[Answer, ...] = ()
    unknowns: dict[tuple[uuid.UUID, str], Unknown] = field(default_factory=dict)
    part: bool = False
    cites: Mapping[uuid.UUID, tuple[uuid.UUID, ...]] = field(default_factory=dict)

    @cached_property
    def fact_numbers(self) -> dict[uuid.UUID, int]:
        """The number of each fact, from 1."""
        return {fact.id: number for number, fact in enumerate(self.facts, 1)}

    @cached_property
    def facts_by_incident(self) -> dict[uuid.UUID | None, list[Fact]]:
        """The facts of each incident; background facts, and those whose incident is not told, under ``None``."""
        grouped: dict[uuid.UUID | None, list[Fact]] = {}
        told = {incident.id for incident in self.incidents}
        for fact in self.facts:
            grouped.setdefault(fact.incident_id if fact.incident_id in told else None, []).append(fact)
        return grouped

    @cached_property
    def proofs(self) -> dict[tuple[uuid.UUID, str], list[Proof]]:
        """The proofs of each (legal basis, element), in the order of their facts."""
        grouped: dict[tuple[uuid.UUID, str], list[Proof]] = {}
        for fact in self.facts:
            for proof in fact.proofs:
                grouped.setdefault((proof.legal_basis_id, proof.element), []).append(proof)
        return grouped

    def citations(self) -> Iterator[tuple[Base, Citation]]:
        """Every citation with its owner: facts first, in their order, then the rows around them."""
        for fact in self.facts:
            for citation in fact.citations:
                yield fact, citation
        yield from self.citations_beside_facts()

    def citations_beside_facts(self) -> Iterator[tuple[Base, Citation]]:
        """The citations of the rows around the facts, with their owners."""
        owners: list[Sequence[Base]] = []
        for target in self.targets:
            party = target.party
            owners += [party.names, party.identifiers, party.positions, party.relations]
        shown = {target.party_id for target in self.targets}
        for key, party in self.parties.items():
            if key in shown:
                continue
            # One submission identifies its targets, and the relatives that it asks for; of others it tells the ties.
            if not self.part or any(row.include_in_request for row in self._ties[key]):
                owners += [party.names, party.identifiers]
            owners += [party.positions, party.relations]
        owners += [incident.participations for incident in self.incidents]
        owners += [self.adverse_items, self.interest_arguments, self.proceedings, self.other_sanctions]
        for group in owners:
            for owner in group:
                for citation in owner.citations:  # type: ignore[attr-defined]
                    yield owner, citation

    @cached_property
    def _ties(self) -> dict[uuid.UUID, list[Relation]]:
        """The relations of each party, from either side."""
        found: dict[uuid.UUID, list[Relation]] = {key: [] for key in self.parties}
        for party in self.parties.values():
            for row in party.relations:
                found[row.party_id].append(row)
                if row.other_id in found:
                    found[row.other_id].append(row)
        return found

    @cached_property
    def exhibits(self) -> tuple[Evidence, ...]:
        """Cited evidence in exhibit order; a translation follows its original at once."""
        order: dict[uuid.UUID, None] = {}
        for fact in self.facts:
            keys = self.cites.get(fact.id)
            if keys is None:
                keys = cited_by(fact)
            for key in keys:
                order.setdefault(key)
        for _owner, citation in self.citations_beside_facts():
            order.setdefault(citation.evidence_id)
        for section in self.sections:
            for reference in tokens.references(section.text):
                if reference.kind == "evidence" and reference.key in self.evidence:
                    order.setdefault(reference.key)
        for target in self.targets:
            if target.photo_id is not None:
                order.setdefault(target.photo_id)
        translations: dict[uuid.UUID, list[Evidence]] = {}
        for item in self.evidence.values():
            if item.translation_of_id is not None:
                translations.setdefault(item.translation_of_id, []).append(item)
                if item.id in order:
                    order.setdefault(item.translation_of_id)
        listed: dict[uuid.UUID, Evidence] = {}

        def add(item: Evidence) -> None:
            if item.id in listed or not item.produce:
                return
            listed[item.id] = item
            for translation in translations.get(item.id, ()):
                add(translation)

        for key in order:
            item = self.evidence[key]
            if item.translation_of_id is not None and item.translation_of_id in self.evidence:
                add(self.evidence[item.translation_of_id])
            add(item)
        return tuple(listed.values())

    @cached_property
    def exhibit_numbers(self) -> dict[uuid.UUID, int]:
        """The number of each exhibit, from 1."""
        return {item.id: number for number, item in enumerate(self.exhibits, 1)}

    def root_of(self, evidence_id: uuid.UUID) -> uuid.UUID:
        """The independent root of an item: follow translation, attachment and derivation back to where it began."""
        seen: set[uuid.UUID] = set()
        key = evidence_id
        while key not in seen:
            seen.add(key)
            item = self.evidence.get(key)
            if item is None:
                break
            back = item.translation_of_id or item.derived_from_id or item.part_of_id
            if back is None or back not in self.evidence:
                break
            key = back
        return key

    def unknown(self, subject_id: uuid.UUID, field_name: str) -> Unknown | None:
        """The recorded reason why a datum is missing, if there is one."""
        return self.unknowns.get((subject_id, field_name))

    def section(self, code: str, *regimes: str) -> str:
        """The drafter's text of a section: that of the first of these regimes that has one, else the common one."""
        row = self.section_row(code, *regimes)
        return row.text if row is not None else ""

    def section_row(self, code: str, *regimes: str) -> Section | None:
        """The row of that text, if it is written."""
        rows = {row.regime: row for row in self.sections if row.code == code and row.text.strip()}
        return next((rows[regime] for regime in (*regimes, "") if regime in rows), None)


def cited_by(fact: Fact) -> tuple[uuid.UUID, ...]:
    """The evidence that a fact cites, in the order of its citations."""
    return tuple(row.evidence_id for row in fact.citations)


def telling_order(targets: Sequence[Target], incidents: Sequence[Incident]) -> dict[uuid.UUID, uuid.UUID | None]:
    """The incidents in the order in which a submission tells them, each with the target it is told under.

    An incident is told under the first target that took part in it; those that none took part in come last.
    """
    told: dict[uuid.UUID, uuid.UUID | None] = {}
    taken_part: dict[uuid.UUID, list[uuid.UUID]] = {}
    for incident in incidents:
        for row in incident.participations:
            taken_part.setdefault(row.target_id, []).append(incident.id)
    for target in targets:
        for key in taken_part.get(target.id, ()):
            told.setdefault(key, target.id)
    for incident in incidents:
        told.setdefault(incident.id, None)
    return told


_KINDS: tuple[type[Base], ...] = (
    Case, Organisation, Engagement, Contact, Authority, Party, Name, Identifier, Position, Relation, Consent, Target,
    LegalBasis, Ask, Victim, Witness, Unknown, Incident, Harm, Participation, Evidence, Fact, Citation, Proof,
    ElementNote, AdverseItem, InterestArgument, Proceeding, OtherSanction, Section, Recipient, Signoff, Submission,
    Outcome, Waiver, Answer,
)  # fmt: skip

_LEANING = (
    Leaning("citation", "evidence_id", "evidence"),
    Leaning("evidence", "translation_of_id", "evidence"),
    Leaning("evidence", "derived_from_id", "evidence"),
    Leaning("evidence", "part_of_id", "evidence"),
)


def load_dossier(session: Session) -> Dossier:
    """Everything of the case, in a bounded number of queries however large it is.

    Raises:
        InputError: the session's database holds no case row.
    """
    return LiveDossier(session).dossier


class LiveDossier:
    """The case in memory, brought up to date by reading what changed.

    Attributes:
        dossier: the case as last read. Its rows are those of the session: they change with the next refresh.
    """

    def __init__(self, session: Session) -> None:
        self._rows = Rows(session, _KINDS, _LEANING)
        self._cites = {fact.id: cited_by(fact) for fact in self._rows.of(Fact)}
        self.dossier = _assembled(self._rows, self._cites)

    def refresh(self, touched: Touched) -> set[uuid.UUID]:
        """Read the touched rows anew.

        Returns:
            The keys of the rows that changed, of those that rest on evidence that did, and of the rows that they
            belong to.
        """
        changed = self._rows.refresh(touched)
        # A dictionary of its own: the dossier handed out before stays as it was.
        self._cites = dict(self._cites)
        for key in changed:
            fact = self._rows.get(Fact, key)
            if fact is not None:
                self._cites[key] = cited_by(fact)
            else:
                self._cites.pop(key, None)
        self.dossier = _assembled(self._rows, self._cites)
        return changed


def _assembled(rows: Rows, cites: Mapping[uuid.UUID, tuple[uuid.UUID, ...]]) -> Dossier:
    case = next(iter(rows.of(Case)), None)
    if case is None:
        raise InputError("The file holds no case.", "Create a case first, or load one from a dump.")
    targets, incidents = rows.of(Target, "rank"), rows.of(Incident, "rank")
    told = {key: place for place, key in enumerate(telling_order(targets, incidents))}
    facts = rows.of(Fact, "rank")
    return Dossier(
        case=case,
        organisations=rows.of(Organisation, "rank"),
        authorities=rows.of(Authority, "rank"),
        parties={row.id: row for row in rows.of(Party)},
        targets=targets,
        victims=rows.of(Victim, "rank"),
        witnesses=rows.of(Witness, "rank"),
        incidents=incidents,
        evidence={row.id: row for row in rows.of(Evidence, "rank")},
        facts=tuple(sorted(facts, key=lambda fact: told.get(fact.incident_id, -1) if fact.incident_id else -1)),
        element_notes=rows.of(ElementNote),
        adverse_items=rows.of(AdverseItem, "rank"),
        interest_arguments=rows.of(InterestArgument, "rank"),
        proceedings=rows.of(Proceeding, "rank"),
        other_sanctions=rows.of(OtherSanction, "rank"),
        sections=rows.of(Section, "code", "regime"),
        recipients=rows.of(Recipient, "rank"),
        signoffs=rows.of(Signoff, "rank"),
        submissions=rows.of(Submission, "rank"),
        waivers=rows.of(Waiver, "code"),
        answers=rows.of(Answer, "question"),
        unknowns={(row.subject_id, row.field): row for row in rows.of(Unknown)},
        cites=cites,
    )
