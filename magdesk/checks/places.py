"""The place of each row of a case, and what findings call it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from magdesk.checks.finding import Place
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.memory import Memory
from magdesk.model.base import Base
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import LegalBasis, Party, Target
from magdesk.regimes.regime import Law


@dataclass(frozen=True)
class Places:
    """One run of the checks over one state of the case: where its rows are edited, by which name."""

    dossier: Dossier
    law: Law
    today: date
    memory: Memory = field(default_factory=Memory)

    def label(self, kind: str, **words: str) -> str:
        """The name of a place in words, e.g. ``Fact 12``."""
        text = self.law.places.get(kind)
        return text.format_map(words) if text else ""

    def party_name(self, party: Party) -> str:
        """What findings call a party: never the name of a protected one."""
        if party.protected:
            return party.pseudonym or self.label("protected")
        return party.name or self.label("unnamed")

    def target_place(self, target: Target, name: str = "", row: Base | None = None) -> Place:
        """A target, or a row that belongs to it."""
        label = self.label("target", name=self.party_name(target.party))
        return Place("targets", (row or target).id, name, label)

    def basis_place(self, target: Target, basis: LegalBasis, name: str = "", page: str = "targets") -> Place:
        """A legal basis of a target."""
        label = self.label("basis", name=self.party_name(target.party), prong=basis.prong)
        return Place(page, basis.id, name, label)

    def party_place(self, party: Party, name: str = "", row: Base | None = None) -> Place:
        """A party, on the page where it is edited."""
        if party.target is not None:
            return self.target_place(party.target, name, row or party)
        label = self.label("person", name=self.party_name(party))
        return Place("people", (row or party).id, name, label)

    def fact_place(self, fact: Fact, name: str = "", row: Base | None = None) -> Place:
        """A numbered fact, or a citation of it."""
        return Place("facts", (row or fact).id, name, self.fact_label(fact.id))

    def fact_label(self, key: uuid.UUID) -> str:
        """What findings call a fact."""
        return self.label("fact", number=str(self.dossier.fact_numbers[key]))

    def incident_place(self, incident: Incident, name: str = "", row: Base | None = None) -> Place:
        """An incident, or a row that belongs to it."""
        label = self.label("incident", title=incident.title or self.label("untitled"))
        return Place("incidents", (row or incident).id, name, label)

    def evidence_place(self, item: Evidence, name: str = "") -> Place:
        """An item of evidence."""
        return Place("evidence", item.id, name, self.evidence_label(item))

    def evidence_label(self, item: Evidence) -> str:
        """What findings call an item of evidence."""
        number = self.dossier.exhibit_numbers.get(item.id)
        title = item.title_english or item.title or item.file_name or self.label("untitled")
        return (
            self.label("exhibit", number=str(number), title=title) if number else self.label("evidence", title=title)
        )

    def case_place(self, name: str = "", page: str = "overview") -> Place:
        """The case row itself."""
        return Place(page, self.dossier.case.id, name, self.label("case"))

    def row_place(self, page: str, kind: str, row: Base, name: str = "", **words: str) -> Place:
        """Any other row."""
        return Place(page, row.id, name, self.label(kind, **words))

    def heading(self, code: str) -> str:
        """The heading of a section of the submission, by its code."""
        sections = (packet.section(code) for packet in self.law.packets.values())
        return next((section.heading for section in sections if section is not None), code)
