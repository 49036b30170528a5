"""Every text of the case that a packet prints, with the place where it is edited. Judges nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from magdesk.checks.factsupport import Gists
from magdesk.checks.finding import Place
from magdesk.checks.places import Places
from magdesk.model.base import Base
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Citation, Fact
from magdesk.model.incidents import Harm, Incident, Participation
from magdesk.model.people import Identifier, Name, Party, Position, Relation, Target


class Nature(Enum):
    """What kind of text it is."""

    PROSE = "prose"  # the drafter's own words
    DATUM = "datum"  # a title, a name, a place
    QUOTE = "quote"  # the words of a source


ALL_WORDS = frozenset(Nature)
OWN_WORDS = frozenset({Nature.PROSE, Nature.DATUM})
"""What the drafter answers for."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One printed text."""

    text: str
    place: Place
    nature: Nature


TextRow = TypeVar("TextRow")
_NOBODY = uuid.UUID(int=0)
_CASE = (
    ("title", Nature.DATUM), ("version", Nature.DATUM), ("reference", Nature.DATUM),
    ("country", Nature.DATUM), ("banner", Nature.DATUM),
    ("standard_of_proof", Nature.PROSE), ("programme_check", Nature.PROSE), ("side_effects", Nature.PROSE),
    ("no_adverse_statement", Nature.PROSE),
)  # fmt: skip
_ORGANISATION = ("name", "legal_form", "founded", "seats", "mandate", "link_to_case", "contribution", "website")
_EVIDENCE = (
    "title", "title_english", "author", "publisher", "document_number", "cite_as", "translator", "obtained_by",
    "obtained_from", "obtained_where", "obtained_how", "capture_method", "device", "context",
    "lawfulness", "bias_note", "verification", "url", "archive_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartTexts:
    """The texts of one part of the packet.

    Attributes:
        name: of the kind of rows whose texts are kept until they change; empty where they are put together each time.
        texts: by the key of the row that they belong to.
        label: what findings call a numbered row; its number changes although the row does not.
    """

    name: str
    texts: Mapping[uuid.UUID, tuple[Exported, ...]]
    label: Callable[[uuid.UUID], str] | None = None

    def __iter__(self) -> Iterator[Exported]:
        return (self.labelled(key, text) for key, texts in self.texts.items() for text in texts)

    def labelled(self, key: uuid.UUID, text: Exported) -> Exported:
        """A text of that row, with the row's number in its place."""
        return replace(text, place=replace(text.place, label=self.label(key))) if self.label else text


def exported(gists: Gists) -> tuple[PartTexts, ...]:
    """All texts that are not empty, in the order of the packet."""
    dossier = gists.dossier
    # By the party: what a target is called stands in the label of each place.
    targets = {target.party_id: target for target in dossier.targets}
    incidents = {incident.id: incident for incident in dossier.incidents}
    shown = gists.cited.keys() | dossier.exhibit_numbers.keys()
    cited = {key: item for key, item in dossier.evidence.items() if key in shown}
    return (
        _loose(_front(gists)),
        _kept(gists, "target", targets, _target),
        _loose(_notes(gists)),
        _kept(gists, "party", dossier.parties, _party),
        _loose(_searches(gists)),
        _kept(gists, "incident", incidents, _incident),
        _kept(gists, "fact", dossier.facts_by_key, _fact, gists.fact_label),
        _loose(_back(gists)),
        _kept(gists, "evidence", cited, _item, lambda key: gists.evidence_label(cited[key])),
    )


def _loose(texts: Iterable[Exported]) -> PartTexts:
    return PartTexts("", {_NOBODY: tuple(text for text in texts if text.text.strip())})


def _kept(
    places: Places,
    name: str,
    rows: Mapping[uuid.UUID, TextRow],
    texts: Callable[[Places, TextRow], Iterable[Exported]],
    label: Callable[[uuid.UUID], str] | None = None,
) -> PartTexts:
    """The texts of rows and what belongs to them, as remembered while none of that changes."""

    def written(row: TextRow) -> tuple[Exported, ...]:
        return tuple(text for text in texts(places, row) if text.text.strip())

    return PartTexts(name, places.memory.each(f"texts of {name}", rows, written), label)


def _front(places: Places) -> Iterator[Exported]:
    case = places.dossier.case
    for name, nature in _CASE:
        yield Exported(
            getattr(case, name),
            places.case_place(name, "adverse" if name == "no_adverse_statement" else "overview"),
            nature,
        )
    for row in places.dossier.organisations:
        if not row.may_be_named:
            continue  # nothing of it is printed
        for name in _ORGANISATION:
            nature = Nature.PROSE if name in ("mandate", "link_to_case", "contribution") else Nature.DATUM
            yield Exported(
                getattr(row, name), places.row_place("overview", "organisation", row, name, title=row.name), nature
            )
        for record in row.engagements:
            place = places.row_place("overview", "organisation", record, "title", title=row.name)
            yield Exported(f"{record.title}\n{record.body}\n{record.url}", place, Nature.DATUM)
        for contact in row.contacts:
            for name in ("name", "position"):
                place = places.row_place("overview", "contact", contact, name, title=contact.name)
                yield Exported(getattr(contact, name), place, Nature.DATUM)
    for asked in places.dossier.authorities:
        confirmed = places.row_place("overview", "authority", asked, "citation", regime=asked.regime)
        yield Exported(asked.citation, confirmed, Nature.DATUM)
        titled = places.row_place("overview", "authority", asked, "title", regime=asked.regime)
        yield Exported(asked.title, titled, Nature.DATUM)
        place = places.row_place("overview", "authority", asked, "publicity_reason", regime=asked.regime)
        yield Exported(asked.publicity_reason, place, Nature.PROSE)
    for office in places.dossier.recipients:
        for name in ("office", "addressee", "salutation", "address"):
            place = places.row_place("export", "recipient", office, name, title=office.office)
            yield Exported(getattr(office, name), place, Nature.DATUM)
    for section in places.dossier.sections:
        packet_place = places.row_place("narrative", "section", section, "text", heading=places.heading(section.code))
        yield Exported(section.text, packet_place, Nature.PROSE)


def _notes(places: Places) -> Iterator[Exported]:
    """The comments on elements."""
    bases = {basis.id: (target, basis) for target in places.dossier.targets for basis in target.legal_bases}
    for note in places.dossier.element_notes:
        if note.legal_basis_id in bases:
            place = places.basis_place(*bases[note.legal_basis_id], note.element, "facts")
            yield Exported(note.text, place, Nature.PROSE)


def _target(places: Places, target: Target) -> Iterator[Exported]:
    for name in ("role", "request", "foreign_person_basis", "namesake_check", "designation_check"):
        yield Exported(getattr(target, name), places.target_place(target, name), Nature.PROSE)
    for ask in target.asks:
        for name in ("text", "role", "summary"):
            yield Exported(getattr(ask, name), places.target_place(target, name, ask), Nature.PROSE)
    for row in (row for row in places.dossier.assets if row.target_id == target.id):
        for name in ("place", "country", "number", "currency"):
            yield Exported(getattr(row, name), places.target_place(target, name, row), Nature.DATUM)
        for name in ("description", "note"):
            yield Exported(getattr(row, name), places.target_place(target, name, row), Nature.PROSE)
        for citation in row.citations:
            yield from _citation(citation, places.target_place(target, "quote", citation))
    for basis in target.legal_bases:
        yield Exported(basis.argument, places.basis_place(target, basis, "argument"), Nature.PROSE)
        listing = places.basis_place(target, basis, "principal_listing")
        yield Exported(basis.principal_listing, listing, Nature.DATUM)


def _party(places: Places, party: Party) -> Iterator[Exported]:
    yield Exported(party.description, places.party_place(party, "description"), Nature.PROSE)
    if party.victim is not None:
        for name, nature in (
            ("present_situation", Nature.PROSE), ("counted_in", Nature.DATUM), ("estimate", Nature.PROSE),
        ):  # fmt: skip
            yield Exported(getattr(party.victim, name), places.party_place(party, name, party.victim), nature)
        for citation in party.victim.citations:
            yield from _citation(citation, places.party_place(party, "quote", citation))
    if party.witness is not None:
        for name in ("basis_of_knowledge", "interviewed_by", "prior_statements"):
            place = places.party_place(party, name, party.witness)
            yield Exported(getattr(party.witness, name), place, Nature.PROSE)
    if not party.protected:
        yield from _open_party(places, party)


def _open_party(places: Places, party: Party) -> Iterator[Exported]:
    """What is printed of a party that may be named."""
    yield Exported(party.short_name, places.party_place(party, "short_name"), Nature.DATUM)
    for name in party.names:
        yield Exported(name.text, places.party_place(party, "text", name), Nature.DATUM)
    for datum in party.identifiers:
        place = places.party_place(party, "value", datum)
        yield Exported(f"{datum.value}\n{datum.country}", place, Nature.DATUM)
        yield Exported(datum.note, places.party_place(party, "note", datum), Nature.PROSE)
    for post in party.positions:
        place = places.party_place(party, "title", post)
        yield Exported(f"{post.title}\n{post.body}\n{post.place}", place, Nature.DATUM)
    for relation in party.relations:
        yield Exported(relation.note, places.party_place(party, "note", relation), Nature.PROSE)
    rows: list[Name | Identifier | Position | Relation] = []
    rows += [*party.names, *party.identifiers, *party.positions, *party.relations]
    for row in rows:
        for citation in row.citations:
            yield from _citation(citation, places.party_place(party, "quote", citation))


def _searches(places: Places) -> Iterator[Exported]:
    """Where a datum was looked for: printed in its stead."""
    owners = {party.id: party for party in places.dossier.parties.values()}
    owners |= {row.id: party for party in places.dossier.parties.values() for row in party.positions}
    for row in places.dossier.unknowns.values():
        party = owners.get(row.subject_id)
        spot = (
            places.party_place(party, "searched", row)
            if party
            else replace(places.case_place("searched"), row=row.id)
        )
        yield Exported(row.searched, spot, Nature.PROSE)
        yield Exported(row.note, replace(spot, field="note"), Nature.PROSE)


def _incident(places: Places, incident: Incident) -> Iterator[Exported]:
    for name in ("title", "place", "country"):
        yield Exported(getattr(incident, name), places.incident_place(incident, name), Nature.DATUM)
    for name in ("summary", "old_justification"):
        yield Exported(getattr(incident, name), places.incident_place(incident, name), Nature.PROSE)
    rows: list[Harm | Participation] = [*incident.harms, *incident.participations]
    for row in rows:
        yield Exported(row.description, places.incident_place(incident, "description", row), Nature.PROSE)
    for harm in incident.harms:
        yield Exported(harm.property, places.incident_place(incident, "property", harm), Nature.PROSE)
    for part in incident.participations:
        for citation in part.citations:
            yield from _citation(citation, places.incident_place(incident, "quote", citation))


def _fact(_places: Places, fact: Fact) -> Iterator[Exported]:
    spot = Place("facts", fact.id, "text")
    yield Exported(fact.text, spot, Nature.PROSE)
    yield Exported(fact.place, replace(spot, field="place"), Nature.DATUM)
    for citation in fact.citations:
        yield from _citation(citation, replace(spot, row=citation.id, field="quote"))


def _back(places: Places) -> Iterator[Exported]:
    dossier = places.dossier
    groups: tuple[tuple[str, str, tuple[str, ...], tuple[Base, ...]], ...] = (
        ("adverse", "adverse", ("title", "text", "answer"), dossier.adverse_items),
        ("interest", "interest", ("text",), dossier.interest_arguments),
        ("accountability", "proceeding", ("forum", "text"), dossier.proceedings),
        ("accountability", "sanction", ("jurisdiction", "reference", "text"), dossier.other_sanctions),
        ("accountability", "search", ("name", "jurisdiction", "searched_by", "result"), dossier.list_searches),
        ("money", "payment", ("currency", "from_account", "to_account", "purpose"), dossier.payments),
    )
    for page, kind, names, rows in groups:
        for row in rows:
            title = next(
                (
                    str(getattr(row, name))
                    for name in ("title", "forum", "jurisdiction", "code")
                    if hasattr(row, name)
                ),
                "",
            )
            for name in names:
                nature = Nature.PROSE if name in ("text", "answer", "purpose", "result") else Nature.DATUM
                yield Exported(getattr(row, name), places.row_place(page, kind, row, name, title=title), nature)
            for citation in getattr(row, "citations", ()):
                yield from _citation(citation, places.row_place(page, kind, citation, "quote", title=title))


def _citation(citation: Citation, place: Place) -> Iterator[Exported]:
    if citation.quote:
        yield Exported(citation.quote, place, Nature.QUOTE)
    if citation.quote_english:
        yield Exported(citation.quote_english, replace(place, field="quote_english"), Nature.QUOTE)
    if citation.note:
        yield Exported(citation.note, replace(place, field="note"), Nature.PROSE)
    if citation.seen_by:
        yield Exported(citation.seen_by, replace(place, field="seen_by"), Nature.DATUM)


def _item(_places: Places, item: Evidence) -> Iterator[Exported]:
    """What the source list, the notes and the cover sheets print of evidence that is cited."""
    for name in _EVIDENCE:
        if getattr(item, name):
            yield Exported(getattr(item, name), Place("evidence", item.id, name), Nature.DATUM)
    for row in item.authentications:
        yield Exported(row.text, Place("evidence", row.id, "text"), Nature.PROSE)
        yield Exported(row.done_by, Place("evidence", row.id, "done_by"), Nature.DATUM)
        for citation in row.citations:
            yield from _citation(citation, Place("evidence", citation.id, "quote"))
    if not item.title.strip() and not item.title_english.strip():
        # Without a title the file's name is what a reader would see.
        yield Exported(item.file_name, Place("evidence", item.id, "title"), Nature.DATUM)
