"""The whole case, loaded once and read many times: what checks, builders and exports work on.

A dossier is a snapshot of one session: ordered rows plus the numbers that follow from their order. It never
writes. Facts are numbered in the order in which a submission tells them (background, then incident by
incident); exhibits in the order in which the numbered facts first cite them, then other citations, so that a
reader meets Exhibit 1 first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from sqlalchemy.orm import Session

from magdesk.dossier.memory import Memory
from magdesk.dossier.reach import ProofLink, Reach, reach_of
from magdesk.dossier.rows import Leaning, Rows, Touched
from magdesk.dossier.texts import Texts
from magdesk.dossier.told import ties_told, told_parties
from magdesk.errors import InputError
from magdesk.model import text as tokens
from magdesk.model.assets import Asset, Payment
from magdesk.model.authentication import Authentication
from magdesk.model.base import Base
from magdesk.model.case import Authority, Case, Contact, Engagement, Organisation
from magdesk.model.drafting import (
    AdverseItem,
    InterestArgument,
    ListSearch,
    OtherSanction,
    Proceeding,
    Recipient,
    Section,
)
from magdesk.model.evidence import Access, Evidence
from magdesk.model.facts import Citation, ElementNote, Fact, Proof
from magdesk.model.guide import GuideMark
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
from magdesk.model.submissions import Outcome, Submission


@dataclass(frozen=True)
class Dossier:
    """All rows of a case in their order, with lookups.

    Attributes:
        case: the one case row.
        parties: every party by key.
        evidence: every item of evidence by key, in the user's order.
        part: whether this is what one submission tells, not the whole case.
        unpleaded: of what one submission tells: the targets that it leaves out, as every other one does.
        forgotten: of what one submission tells: the incidents that it leaves out, as every other one does.
        memory: what was worked out from these rows, where someone keeps it from look to look.
        texts: what the evidence says, where whoever loaded the case could hand that over.
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
    assets: tuple[Asset, ...] = ()
    payments: tuple[Payment, ...] = ()
    list_searches: tuple[ListSearch, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    answers: tuple[Answer, ...] = ()
    guide_marks: tuple[GuideMark, ...] = ()
    unknowns: dict[tuple[uuid.UUID, str], Unknown] = field(default_factory=dict)
    part: bool = False
    unpleaded: tuple[Target, ...] = ()
    forgotten: tuple[Incident, ...] = ()
    memory: Memory = field(default_factory=Memory)
    texts: Texts | None = field(default=None, compare=False)

    @cached_property
    def facts_by_key(self) -> dict[uuid.UUID, Fact]:
        """Every fact by key, in their order."""
        return self.memory.once("facts by key", self.facts, lambda: {fact.id: fact for fact in self.facts})

    @cached_property
    def fact_numbers(self) -> dict[uuid.UUID, int]:
        """The number of each fact, from 1."""
        keys = self.facts_by_key
        return self.memory.once("fact numbers", keys, lambda: {key: number for number, key in enumerate(keys, 1)})

    @cached_property
    def facts_by_incident(self) -> dict[uuid.UUID | None, list[Fact]]:
        """The facts of each incident; background facts, and those whose incident is not told, under ``None``."""
        grouped: dict[uuid.UUID | None, list[Fact]] = {}
        told = {incident.id for incident in self.incidents}
        for fact in self.facts:
            grouped.setdefault(fact.incident_id if fact.incident_id in told else None, []).append(fact)
        return grouped

    @cached_property
    def reach(self) -> Reach:
        """Where proofs count that name no single ground."""
        found = reach_of(self.targets, self.incidents)
        return self.memory.once("reach", found, lambda: found)

    @cached_property
    def links(self) -> dict[uuid.UUID, tuple[ProofLink, ...]]:
        """What each fact proves, ground by ground."""
        return self.memory.each("proofs", self.facts_by_key, self.reach.links, self.reach)

    @cached_property
    def proofs(self) -> dict[tuple[uuid.UUID, str], list[Proof]]:
        """The proofs of each (legal basis, element), in the order of their facts."""
        links = self.links

        def group() -> dict[tuple[uuid.UUID, str], list[Proof]]:
            grouped: dict[tuple[uuid.UUID, str], list[Proof]] = {}
            for linked in links.values():
                for basis, element, proof in linked:
                    grouped.setdefault((basis, element), []).append(proof)
            return grouped

        return self.memory.once("proofs by element", links, group)

    def citations(self) -> Iterator[tuple[Base, Citation]]:
        """Every citation with its owner: facts first, in their order, then the rows around them."""
        for fact in self.facts:
            for citation in fact.citations:
                yield fact, citation
        yield from self.citations_beside_facts

    @cached_property
    def citations_beside_facts(self) -> tuple[tuple[Base, Citation], ...]:
        """The citations of the rows around the facts, with their owners."""
        identity = self.memory.each("citations of parties", self.parties, _identifying)
        found: list[tuple[Base, Citation]] = []
        shown = {target.party_id: None for target in self.targets}
        for key in (*shown, *(key for key in self.parties if key not in shown)):
            # One submission identifies its targets, and the relatives that it asks for; of others it tells the ties.
            asked = key in shown or not self.part or any(row.include_in_request for row in self._ties[key])
            if identity[key] and key in self.told and asked:
                found += identity[key]
            found += _citations(ties_told(self, self.parties[key]))
        targets = {target.id for target in self.targets}
        harmed = {harm.party_id for incident in self.incidents for harm in incident.harms}
        groups: list[Sequence[Base]] = [
            [row for row in incident.participations if row.target_id in targets] for incident in self.incidents
        ]
        groups += [self.adverse_items, self.interest_arguments, self.proceedings, self.other_sanctions]
        groups += [[row for row in self.victims if row.party_id in harmed], self.assets, self.payments]
        found += (pair for group in groups for pair in _citations(group))
        # Why an exhibit is held to be genuine is printed with it, so of what is an exhibit by then.
        cited = {key for keys in self.cites.values() for key in keys} | {row.evidence_id for _owner, row in found}
        vouching = [row for key, item in self.evidence.items() if key in cited for row in item.authentications]
        return (*found, *_citations(vouching))

    @cached_property
    def told(self) -> frozenset[uuid.UUID]:
        """The parties that are told of."""
        return told_parties(self)

    @cached_property
    def cited_beside_facts(self) -> tuple[uuid.UUID, ...]:
        """The evidence that the rows around the facts cite, once for each citation."""
        return tuple(citation.evidence_id for _owner, citation in self.citations_beside_facts)

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
    def cites(self) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
        """The evidence that each fact cites, in the order of its citations."""
        return self.memory.each("cites", self.facts_by_key, _cited_by)

    @cached_property
    def exhibits(self) -> tuple[Evidence, ...]:
        """Cited evidence in exhibit order; a translation follows its original at once."""
        return tuple(self.evidence[key] for key in self.exhibit_numbers)

    @cached_property
    def exhibit_numbers(self) -> dict[uuid.UUID, int]:
        """The number of each exhibit, from 1."""
        cites, items = self.cites, self.memory.each("exhibit", self.evidence, _exhibit)
        named = (
            reference.key
            for section in self.sections
            for reference in tokens.references(section.text)
            if reference.kind == "evidence" and reference.key in items
        )
        photos = (target.photo_id for target in self.targets if target.photo_id is not None)
        beside = (*self.cited_beside_facts, *named, *photos)
        return self.memory.once("exhibits", (cites, items, beside), lambda: _numbered(cites, items, beside))

    @cached_property
    def statements(self) -> Mapping[uuid.UUID, uuid.UUID]:
        """The first statement of each party that made one, in the order of the evidence."""
        speakers = self.memory.each("whose statement", self.evidence, attrgetter("speaker_id"))

        def first() -> dict[uuid.UUID, uuid.UUID]:
            return {speaker: key for key, speaker in reversed(speakers.items()) if speaker is not None}

        return self.memory.once("statements", speakers, first)

    def root_of(self, evidence_id: uuid.UUID) -> uuid.UUID:
        """The independent root of an item: follow translation, attachment and derivation back to where it began.

        What a party handed over is no second source beside what that party says; what anyone can look up is.
        """
        root, supplier = self._beginning(evidence_id)
        said = self.statements.get(supplier) if supplier is not None else None
        return root if said is None else self._beginning(said)[0]

    def _beginning(self, evidence_id: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID | None]:
        """Where an item began, and who handed it over, or what it was made from."""
        seen: set[uuid.UUID] = set()
        key = evidence_id
        supplier: uuid.UUID | None = None
        while key not in seen:
            seen.add(key)
            item = self.evidence.get(key)
            if item is None:
                break
            if item.access is not Access.OPEN_SOURCE:
                supplier = supplier or item.supplier_id
            back = item.translation_of_id or item.derived_from_id or item.part_of_id
            if back is None or back not in self.evidence:
                break
            key = back
        return key, supplier

    def speaker_of(self, item: Evidence) -> Party | None:
        """Whose statement an item is; a translation or attachment speaks for what it belongs to."""
        speakers = (self.parties.get(origin.speaker_id) for origin in item.origins() if origin.speaker_id)
        return next((party for party in speakers if party is not None), None)

    @property
    def title(self) -> str:
        """The title of the submission: that of the first of its authorities that has one, else that of the case."""
        own = (row.title.strip() for row in self.authorities)
        return next(filter(None, own), self.case.title)

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


def _numbered(
    cites: Mapping[uuid.UUID, Iterable[uuid.UUID]],
    items: Mapping[uuid.UUID, tuple[bool, uuid.UUID | None]],
    beside: Iterable[uuid.UUID],
) -> dict[uuid.UUID, int]:
    """The numbers of what is cited and produced.

    Args:
        cites: what each fact cites, in the order of the facts.
        items: of each item of evidence, whether it is produced, and what it is a translation of.
        beside: what is cited beside the facts.
    """
    order = dict.fromkeys(key for keys in cites.values() for key in keys)
    order |= dict.fromkeys(key for key in beside if key not in order)
    translations: dict[uuid.UUID, list[uuid.UUID]] = {}
    for key, (_produce, original) in items.items():
        if original is not None:
            translations.setdefault(original, []).append(key)
            if key in order:
                order.setdefault(original)
    numbers: dict[uuid.UUID, int] = {}

    def add(key: uuid.UUID) -> None:
        if key in numbers or not items[key][0]:
            return
        numbers[key] = len(numbers) + 1
        for translation in translations.get(key, ()):
            add(translation)

    for key in order:
        original = items[key][1]
        if original is not None and original in items:
            add(original)
        add(key)
    return numbers


def _exhibit(item: Evidence) -> tuple[bool, uuid.UUID | None]:
    return item.produce, item.translation_of_id


_Pairs = tuple[tuple[Base, Citation], ...]


def _identifying(party: Party) -> _Pairs:
    """What identifies a party, with the sources."""
    return tuple(pair for group in (party.names, party.identifiers) for pair in _citations(group))


def _citations(owners: Iterable[Base]) -> Iterator[tuple[Base, Citation]]:
    for owner in owners:
        for citation in owner.citations:  # type: ignore[attr-defined]
            yield owner, citation


def _cited_by(fact: Fact) -> tuple[uuid.UUID, ...]:
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
    ElementNote, AdverseItem, InterestArgument, Proceeding, OtherSanction, ListSearch, Asset, Payment, Authentication,
    Section, Recipient, Signoff, Submission, Outcome, Waiver, Answer,
    GuideMark,
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
        memory: what was worked out from its rows; of one law, where laws come in.
    """

    def __init__(self, session: Session) -> None:
        self._rows = Rows(session, _KINDS, _LEANING)
        self.memory = Memory()
        self.dossier = _assembled(self._rows, self.memory)

    def refresh(self, touched: Touched) -> None:
        """Read the touched rows anew.

        The memory forgets the rows that changed, those that rest on evidence that did, and the rows that they belong
        to.
        """
        self.memory.forget(self._rows.refresh(touched))
        self.dossier = _assembled(self._rows, self.memory)


def _assembled(rows: Rows, memory: Memory) -> Dossier:
    case = next(iter(rows.of(Case)), None)
    if case is None:
        raise InputError("The file contains no case.", "Create a case first, or load one from a dump.")
    targets, incidents = rows.of(Target, "rank"), rows.of(Incident, "rank")
    told: dict[uuid.UUID | None, int] = {key: place for place, key in enumerate(telling_order(targets, incidents))}
    facts = rows.by_key(Fact, "rank")
    belongs = memory.each("incident", facts, attrgetter("incident_id"))

    def in_order() -> tuple[Fact, ...]:
        return tuple(facts[key] for key in sorted(facts, key=lambda key: told.get(belongs[key], -1)))

    return Dossier(
        case=case,
        organisations=rows.of(Organisation, "rank"),
        authorities=rows.of(Authority, "rank"),
        parties=rows.by_key(Party),
        targets=targets,
        victims=rows.of(Victim, "rank"),
        witnesses=rows.of(Witness, "rank"),
        incidents=incidents,
        evidence=rows.by_key(Evidence, "rank"),
        facts=memory.once("facts in order", (tuple(facts.values()), belongs, tuple(told)), in_order),
        element_notes=rows.of(ElementNote),
        adverse_items=rows.of(AdverseItem, "rank"),
        interest_arguments=rows.of(InterestArgument, "rank"),
        proceedings=rows.of(Proceeding, "rank"),
        other_sanctions=rows.of(OtherSanction, "rank"),
        sections=rows.of(Section, "code", "regime"),
        recipients=rows.of(Recipient, "rank"),
        signoffs=rows.of(Signoff, "rank"),
        submissions=rows.of(Submission, "rank"),
        assets=rows.of(Asset, "rank"),
        payments=rows.of(Payment, "rank"),
        list_searches=rows.of(ListSearch, "rank"),
        waivers=rows.of(Waiver, "code"),
        answers=rows.of(Answer, "question"),
        guide_marks=rows.of(GuideMark, "screen"),
        unknowns={(row.subject_id, row.field): row for row in rows.of(Unknown)},
        memory=memory,
    )
