"""The timeline in lanes: what each target held, when, the acts across it, and what happened besides."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from magdesk.dates.partialdate import PartialDate
from magdesk.document.events import Event, EventKind, TargetAct
from magdesk.dossier.tenure import Fit
from magdesk.gui.chart.snapshot import Snapshot
from magdesk.gui.forms.choices import incident_title
from magdesk.gui.forms.rowkinds import span_of
from magdesk.gui.words import _, between
from magdesk.isolates import isolated
from magdesk.model.people import Position, Relation


@dataclass(frozen=True, slots=True)
class Bar:
    """A time that lasted.

    Attributes:
        first: first day it can have begun.
        last: last day it can have lasted.
        sure: the days between which it is certain; none where nothing is.
    """

    key: uuid.UUID
    first: date
    last: date
    sure: tuple[date, date] | None
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened.

    Attributes:
        tone: colour of the theme.
        flagged: whether it lies outside documented tenure.
    """

    key: uuid.UUID
    first: date
    last: date
    text: str
    tone: str
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Swimlane:
    """One row of the picture.

    Attributes:
        head: whether it begins a target's part.
    """

    title: str
    detail: str = ""
    head: bool = False
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def things(self) -> tuple[Bar | Mark, ...]:
        """Bars and marks."""
        return (*self.bars, *self.marks)


_BESIDES: tuple[tuple[EventKind, str, str], ...] = (
    (EventKind.FACT, _("Facts"), "fact"),
    (EventKind.PAYMENT, _("Payments"), "fact"),
    (EventKind.PROCEEDING, _("Proceedings"), "exhibit"),
    (EventKind.SANCTION, _("Other lists"), "exhibit"),
    (EventKind.PUBLICATION, _("Published"), "muted"),
)


def lanes_of(
    snapshot: Snapshot,
    shown: Collection[Event],
    target: uuid.UUID | None,
    today: date,
    words: Callable[[Event], str],
) -> tuple[Swimlane, ...]:
    """The lanes of what the filters leave.

    Args:
        shown: the events that are shown.
        target: only this target's; none for all.
        today: the last day that is drawn.
        words: an event in a few words.
    """
    visible = {event.row.id for event in shown}
    out: list[Swimlane] = []
    told: set[uuid.UUID] = set()
    for career in snapshot.careers:
        if target is not None and career.target != target:
            continue
        acts = [act for act in career.acts if act.incident.id in visible]
        told |= {act.incident.id for act in acts}
        marks = [mark for mark in (_act(act) for act in acts) if mark is not None]
        outside = sum(act.fit is Fit.OUTSIDE for act in acts)
        detail = _("{count} outside documented tenure").format(count=outside) if outside else ""
        out.append(Swimlane(snapshot.names.get(career.party.id, ""), detail, head=True, marks=tuple(marks)))
        for row, tenure in career.posts:
            title = _post(row, snapshot)
            if tenure is None:
                out.append(Swimlane(title, _("dates not known")))
                continue
            sure = None
            if tenure.surely_to >= tenure.surely_from:
                sure = (tenure.surely_from, min(tenure.surely_to, today))
            span = span_of(row.start, row.end, row.end_state)
            bar = Bar(row.id, tenure.perhaps_from, min(tenure.perhaps_to, today), sure, f"{isolated(title)}, {span}")
            out.append(Swimlane(title, bars=(bar,)))
    rest = [event for event in shown if event.kind is EventKind.INCIDENT and event.row.id not in told]
    for kind, title, tone in ((EventKind.INCIDENT, _("Other incidents"), "ink"), *_BESIDES):
        events = rest if kind is EventKind.INCIDENT else [event for event in shown if event.kind is kind]
        found = [mark for mark in (_mark(event, words(event), tone) for event in events) if mark is not None]
        if found:
            out.append(Swimlane(title, head=True, marks=tuple(found)))
    return tuple(out)


def _post(row: Position | Relation, snapshot: Snapshot) -> str:
    if isinstance(row, Relation):
        return _("Commands {name}").format(name=snapshot.names.get(row.other_id, ""))
    body = row.body.strip() or snapshot.names.get(row.organisation_id or row.id, "")
    return between(", ", (row.title.strip(), body)) or _("Post")


def _act(act: TargetAct) -> Mark | None:
    day = _days(act.incident.start, act.incident.end)
    if day is None:
        return None
    text = isolated(incident_title(act.incident))
    if act.fit is Fit.OUTSIDE:
        text += " – " + _("outside documented tenure")
    elif act.fit is Fit.POSSIBLE:
        text += " – " + _("tenure on that date not certain")
    return Mark(act.incident.id, *day, text, "danger" if act.fit is Fit.OUTSIDE else "warn", act.fit is Fit.OUTSIDE)


def _mark(event: Event, text: str, tone: str) -> Mark | None:
    day = _days(event.start, event.end)
    return Mark(event.row.id, *day, text, tone) if day is not None else None


def _days(start: PartialDate | None, end: PartialDate | None) -> tuple[date, date] | None:
    first, last = start or end, end or start
    return (first.earliest(), last.latest()) if first is not None and last is not None else None


def range_of(lanes: Sequence[Swimlane]) -> tuple[date, date] | None:
    """The first and the last day of all lanes."""
    days = [day for lane in lanes for thing in lane.things for day in (thing.first, thing.last)]
    return (min(days), max(days)) if days else None
