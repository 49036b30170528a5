"""The chronology annex: what happened when, in one dated table; what has no date stands at its end."""

from __future__ import annotations

from collections.abc import Sequence

from magdesk.document.blocks import Block, Cell, CrossRef, Inline, Mention, Paragraph, Table, Text
from magdesk.document.citing import Citing
from magdesk.document.context import Brief
from magdesk.document.events import Event, EventKind, events
from magdesk.document.facts import incident_anchor, incident_number
from magdesk.document.money import payment_words
from magdesk.document.narrative import sentence
from magdesk.document.spans import ranged, standing, when
from magdesk.document.tables import fields, heads, joined, words
from magdesk.document.titles import exhibit_title, source, speaker
from magdesk.model.assets import Payment
from magdesk.model.drafting import OtherSanction, Proceeding
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import Position, Relation

_SOURCES = 4  # exhibits named for an incident: its paragraphs give them all


def chronology_section(brief: Brief) -> tuple[Block, ...]:
    """The table of all dated events."""
    found = _told(events(brief.dossier))
    if not found:
        return brief.open_paragraph("chronology_none")
    writer = _ChronologyWriter(brief)
    rows = [
        heads(
            brief.label("date"), brief.label("chronology_what"), brief.label("source"),
        )
    ]  # fmt: skip
    rows += [writer.row(event) for event in found]
    intro = Paragraph((Text(brief.label("chronology_intro")),))
    return (intro, Table(tuple(rows), (1.3, 5.0, 1.9), header_rows=1))


def _told(found: Sequence[Event]) -> list[Event]:
    """The events that a reader needs in one timeline.

    Ties between parties stand with their dates in their own table. A post that was left on the day on which the same
    party took up the next is not told twice; neither is a proceeding of which there is none.
    """
    begun = {
        (row.party_id, event.start)
        for event in found
        if event.kind is EventKind.POSITION_START and isinstance(row := event.row, Position)
    }
    out: list[Event] = []
    for event in found:
        row = event.row
        if isinstance(row, Relation) or (isinstance(row, Proceeding) and event.start is None):
            continue
        if (
            isinstance(row, Position)
            and event.kind is EventKind.POSITION_END
            and (row.party_id, event.start) in begun
        ):
            continue
        out.append(event)
    return out


class _ChronologyWriter:
    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._citing = Citing(brief)
        self._targets = {target.id: target for target in brief.dossier.targets}

    def row(self, event: Event) -> tuple[Cell, ...]:
        """One event."""
        day = when(event.start, event.end) if event.kind is EventKind.INCIDENT else self._day(event)
        return (
            words(day or self._brief.label("date_unknown")),
            words(*self._what(event), shade="muted" if event.kind is EventKind.INCIDENT else ""),
            words(*self._source(event)),
        )

    def _day(self, event: Event) -> str:
        return ranged(event.start.display()) if event.start else ""

    def _what(self, event: Event) -> tuple[Inline, ...]:
        brief = self._brief
        row = event.row
        match row:
            case Incident():
                number = str(incident_number(brief, row))
                ref = CrossRef(brief.label("incident_ref", number=number), incident_anchor(brief, row))
                told = joined([(ref,), sentence(row.title.strip()), row.place.strip()], ": ")
                who = self._who(event)
                return (*fields(told), Text(" ("), *who, Text(")")) if who else told
            case Fact():
                return (*fields(sentence(row.text.strip())), Text(" ("), brief.fact_ref(row), Text(")"))
            case Payment():
                ends = {
                    name: (Mention(str(key), article=True),)
                    if key is not None
                    else (Text(brief.label("money_nobody")),)
                    for name, key in (("payer", row.payer_id), ("payee", row.payee_id))
                }
                told = brief.phrase("chronology_paid", **ends, amount=payment_words(brief, row))
                purpose = sentence(row.purpose.strip())
                return (*told, Text(" ("), *purpose, Text(")")) if purpose else told
            case Position():
                key = "chronology_begins" if event.kind is EventKind.POSITION_START else "chronology_ends"
                # A company's post is no office.
                key = key if row.government else f"{key}_private"
                return brief.phrase(key, party=Mention(str(row.party_id)), post=standing(row))
            case Relation():
                return ()  # left out before
            case Proceeding():
                who = self._who(event)
                told = joined([sentence(row.forum.strip()), brief.choice(row.status)], ": ")
                return (*fields(told), Text(" ("), *who, Text(")")) if who else told
            case OtherSanction():
                return joined([brief.label("chronology_listed", list=row.jurisdiction), row.reference.strip()])
            case Evidence():
                return brief.phrase(
                    "chronology_published", title=Text(exhibit_title(row, speaker(brief, row)), italic=True)
                )

    def _who(self, event: Event) -> tuple[Inline, ...]:
        named: list[tuple[Inline, ...]] = [
            (Mention(str(target.party_id)),) for key, target in self._targets.items() if key in event.targets
        ]
        if isinstance(event.row, Incident):
            named += [(Mention(str(harm.party_id)),) for harm in event.row.harms]
        if isinstance(event.row, Evidence):
            publisher = source(self._brief, event.row).publisher
            named += [(Text(publisher),)] if publisher else []
        return joined(named)

    def _source(self, event: Event) -> tuple[Inline, ...]:
        if isinstance(event.row, Evidence):
            ref = self._brief.exhibit_ref(event.row.id)
            return (ref,) if ref else ()
        if isinstance(event.row, Incident):
            facts = self._brief.dossier.facts_by_incident.get(event.row.id, [])
            return self._brief.fact_refs(facts)
        return (
            self._citing.places(event.sources[:_SOURCES])
            if event.sources
            else (Text(self._brief.label("linkage_unsourced")),)
        )
