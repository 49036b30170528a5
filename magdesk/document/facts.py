"""Incidents told fact by fact: heading, what/when/where/who, then numbered paragraphs, each with its sources."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from magdesk.dates.calendars import Calendar
from magdesk.dates.edtf import Extent
from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Block, Cite, CrossRef, Heading, Inline, Mention, Paragraph, Text
from magdesk.document.context import Brief, fact_anchor
from magdesk.document.names import capital
from magdesk.document.narrative import narrative, sentence
from magdesk.document.spans import ranged, when
from magdesk.document.tables import joined, label_table
from magdesk.document.victims import counting, groups_beside_status, harmed_in, victim_mention
from magdesk.dossier.dossier import telling_order
from magdesk.isolates import isolated
from magdesk.model.facts import Fact
from magdesk.model.incidents import Harm, Incident, Participation
from magdesk.model.people import Target
from magdesk.model.text import TOKEN


def incident_number(brief: Brief, incident: Incident) -> int:
    """The number of an incident, from 1, in the user's order."""
    return brief.dossier.incidents.index(incident) + 1


def incident_anchor(brief: Brief, incident: Incident) -> str:
    """The anchor of the place where an incident is told."""
    return f"incident-{incident_number(brief, incident)}"


def incident_ref(brief: Brief, incident: Incident) -> CrossRef:
    """A link to the place where an incident is told: ``Incident 2``."""
    number = str(incident_number(brief, incident))
    return CrossRef(brief.label("incident_ref", number=number), incident_anchor(brief, incident))


def tellers(brief: Brief) -> dict[uuid.UUID, uuid.UUID | None]:
    """Under which target each incident is told; none if no target took part in it."""
    return telling_order(brief.dossier.targets, brief.dossier.incidents)


def target_incidents(brief: Brief, target: Target, level: int) -> tuple[Block, ...]:
    """The acts of one target: incidents told in full here, or where they are told already."""
    told = tellers(brief)
    out: list[Block] = []
    shown: set[uuid.UUID] = set()
    for incident in brief.dossier.incidents:
        parts = [row for row in brief.parts(incident) if row.target_id == target.id]
        if not parts:
            continue
        shown.add(incident.id)
        if told[incident.id] == target.id:
            out += incident_blocks(brief, incident, level)
        else:
            out += _told_elsewhere(brief, incident, parts, level)
    others = [fact for fact in brief.target_facts(target) if fact.incident_id not in shown]
    if others:
        refs = brief.fact_refs(others)
        out.append(Paragraph(brief.phrase("target_other_facts", facts=refs, target=brief.subject(target))))
    return tuple(out) or brief.open_paragraph()


def incident_blocks(brief: Brief, incident: Incident, level: int) -> tuple[Block, ...]:
    """One incident in full."""
    out: list[Block] = [
        Heading(level, _title(brief, incident), incident_anchor(brief, incident)),
        *label_table(
            (
                (brief.label("date"), _lines([when(incident.start, incident.end)])),
                (brief.label("place"), _lines([place(incident)])),
                (brief.label("act"), _lines([_kind(brief, incident)])),
                (brief.label("victims"), tuple(Paragraph(_victim(brief, harm)) for harm in incident.harms)),
                (brief.label("victim_groups"), _lines([groups_beside_status(brief, harmed_in(incident))])),
                (
                    brief.label("targets_part"),
                    tuple(Paragraph(_part(brief, row, named=True)) for row in brief.parts(incident)),
                ),
                (brief.label("old_justification"), narrative(incident.old_justification, level=level)),
            ),
            widths=(1.0, 4.2),
        ),
    ]
    if incident.summary.strip():
        out += narrative(incident.summary, level=level)
    return (*out, *fact_blocks(brief, brief.dossier.facts_by_incident.get(incident.id, [])))


def told_incident(brief: Brief, fact: Fact) -> Incident | None:
    """The incident that a fact is told under, if this submission tells it."""
    return brief.incidents.get(fact.incident_id) if fact.incident_id is not None else None


def fact_blocks(brief: Brief, facts: Sequence[Fact]) -> tuple[Block, ...]:
    """Numbered paragraphs, each with a note that gives its sources."""
    out: list[Block] = []
    for fact in facts:
        number = brief.dossier.fact_numbers[fact.id]
        body = sentence(fact.text.strip())
        if not body:
            body = (Text(brief.label("not_written"), italic=True),)
        inlines = (*_when_where(fact), *body, Cite(row=str(fact.id)))
        out.append(Paragraph(inlines, label=f"{number}.", anchor=fact_anchor(number)))
    return tuple(out)


def other_incidents(brief: Brief, level: int) -> tuple[Block, ...]:
    """The incidents that no target took part in, told all the same: they show the pattern."""
    told = tellers(brief)
    alone = [incident for incident in brief.dossier.incidents if told[incident.id] is None]
    if not alone:
        return ()
    out: list[Block] = [Heading(level, (Text(brief.label("other_incidents")),), "other-incidents")]
    for incident in alone:
        out += incident_blocks(brief, incident, min(4, level + 1))
    return tuple(out)


def background_facts(brief: Brief) -> tuple[Block, ...]:
    """The numbered facts that belong to no incident, or to one that this submission does not tell."""
    return fact_blocks(brief, [fact for fact in brief.dossier.facts if told_incident(brief, fact) is None])


def place(incident: Incident) -> str:
    """Place and country, without saying the country twice."""
    parts = [incident.place.strip()]
    if incident.country.strip() and incident.country.casefold() not in incident.place.casefold():
        parts.append(incident.country.strip())
    return ", ".join(isolated(part) for part in parts if part)


def _title(brief: Brief, incident: Incident) -> tuple[Inline, ...]:
    number = str(incident_number(brief, incident))
    if not incident.title.strip():
        return (Text(brief.label("incident_ref", number=number)),)
    return brief.phrase("incident_heading", number=number, title=sentence(incident.title))


def _kind(brief: Brief, incident: Incident) -> str:
    kinds = [brief.abuse_type(code) for code in incident.kinds]
    return "; ".join(kind.title for kind in kinds if kind)


def _lines(texts: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Paragraph(sentence(text)) for text in texts if text.strip())


def _victim(brief: Brief, harm: Harm) -> tuple[Inline, ...]:
    lost = harm.property.strip()
    described = harm.description.strip()
    # What goes on behind a semicolon has not ended.
    described = described.removesuffix(".") if lost else described
    told = joined([victim_mention(brief, harm.party), sentence(described)], ": ")
    if lost:
        told = joined([told, (Text(brief.label("harm_property")), Text(" "), *sentence(lost))], "; ")
    if harm.incident_id != _first_told(brief, harm):
        return told
    how = counting(brief, harm.party)
    # How many there are is explained once, where a reader first meets the number.
    return (*told, Text(". " if told and not _ends(told) else " "), *how) if how else told


def _first_told(brief: Brief, harm: Harm) -> uuid.UUID | None:
    """The first incident that tells of this victim."""
    return next(
        (
            incident.id
            for incident in brief.dossier.incidents
            if any(row.party_id == harm.party_id for row in incident.harms)
        ),
        None,
    )


def _ends(told: tuple[Inline, ...]) -> bool:
    last = told[-1]
    return isinstance(last, Text) and last.text.rstrip().endswith((".", "!", "?"))


def _part(brief: Brief, row: Participation, *, named: bool) -> tuple[Inline, ...]:
    mode = brief.choice(row.mode)
    head: tuple[Inline, ...] = (Mention(str(row.target.party_id)), Text(f" ({mode})")) if named else (Text(mode),)
    cite: tuple[Inline, ...] = (Cite(row=str(row.id)),) if row.citations else ()
    return (*joined([head, sentence(row.description.strip())], ": "), *cite)


def _told_elsewhere(
    brief: Brief, incident: Incident, parts: Sequence[Participation], level: int
) -> tuple[Block, ...]:
    facts = brief.dossier.facts_by_incident.get(incident.id, [])
    told = brief.phrase(
        "incident_told",
        incident=incident_ref(brief, incident),
        date=when(incident.start, incident.end) or brief.label("date_unknown"),
        place=place(incident) or brief.label("place_unknown"),
        facts=brief.fact_refs(facts) or (Text(brief.label("no_fact")),),
    )
    return (
        Heading(level, _title(brief, incident)),
        Paragraph(told),
        *(Paragraph(_part(brief, row, named=True)) for row in parts),
    )


def _when_where(fact: Fact) -> tuple[Inline, ...]:
    """Date and place in front of a fact, as far as neither its own words nor its incident says them."""
    text = TOKEN.sub("", fact.text).casefold()
    parts: list[str] = []
    if fact.date is not None and not _says_date(text, fact.date):
        parts.append(ranged(fact.date.display()))
    known = f"{text} {fact.incident.place if fact.incident else ''}".casefold()
    if fact.place.strip() and fact.place.strip().casefold() not in known:
        parts.append(isolated(fact.place.strip()))
    return (Text(f"{capital(', '.join(parts))}. ", italic=True),) if parts else ()


def _says_date(text: str, date: PartialDate) -> bool:
    """Whether the text says when: month and year of the first day stand in it, and the day where it is known."""
    found = date.expression
    if found.form is not Extent.ONE and found.form is not Extent.RANGE:
        return False
    if found.calendar is not Calendar.GREGORIAN:
        return False
    first = PartialDate(found.points[0].rstrip("?~%")).display().casefold().split()
    if len(first) == 3:
        return re.search(rf"\b{first[0]}\b", text) is not None and first[1] in text and first[2] in text
    return " ".join(first) in text
