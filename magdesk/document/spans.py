"""Periods, places and positions in the words of the template."""

from __future__ import annotations

from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Inline, Mention, Text
from magdesk.document.context import Brief
from magdesk.document.tables import joined
from magdesk.model.people import EndState, Position


def span(brief: Brief, start: PartialDate | None, end: PartialDate | None, state: EndState) -> str:
    """A period in words: ``March 2019 to the present``."""
    # The template says "since" and "until" itself.
    first = start.display().removeprefix("since ") if start else ""
    last = end.display().removeprefix("until ") if end else ""
    if first and first == last and not (start and start.display().startswith("since ")):
        return ranged(first)
    if first and last:
        return brief.label("span_closed", start=first, end=last)
    if last:
        return brief.label("span_until", end=last)
    if state is EndState.ONGOING:
        return brief.label("span_ongoing", start=first) if first else brief.label("span_now")
    if first:
        key = "span_ended" if state is EndState.ENDED else "span_open"
        return brief.label(key, start=first)
    return brief.label("span_unknown")


def when(start: PartialDate | None, end: PartialDate | None) -> str:
    """A date or a range of dates, what both ends share said once: ``4–9 March 2024``; empty when there is none."""
    if start and end and start != end:
        return ranged(f"{start.display()} – {end.display()}")
    only = start or end
    return ranged(only.display()) if only else ""


def ranged(text: str) -> str:
    """A displayed date; a range without the month or year that both its ends share."""
    first, dash, last = text.partition(" – ")
    begin, end = first.split(), last.split()
    if not dash or len(begin) != len(end) or begin[-1] != end[-1] or len(begin) < 2:
        return text
    if len(begin) == 3 and begin[1] == end[1]:
        return f"{begin[0]}–{last}"
    return f"{' '.join(begin[:-1])} – {last}"


def institution(position: Position) -> tuple[Inline, ...]:
    """Where a position is or was held."""
    body: tuple[Inline, ...] = (
        (Mention(str(position.organisation_id)),) if position.organisation_id else (Text(position.body),)
    )
    return joined([body if position.organisation_id or position.body else (), position.place])


def standing(position: Position) -> tuple[Inline, ...]:
    """Title and institution: ``Commander, 5th Brigade``."""
    body: tuple[Inline, ...] = ()
    if position.organisation_id:
        body = (Mention(str(position.organisation_id)),)
    elif position.body:
        body = (Text(position.body),)
    return joined([position.title, body])
