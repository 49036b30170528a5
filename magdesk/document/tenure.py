"""Drawings of time in office against acts: bars for posts, marks for acts, what lies outside hatched and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from magdesk.document.blocks import Drawing, Drawn, DrawnBox, DrawnLine, DrawnText, Inline, Text
from magdesk.document.chart import years
from magdesk.document.context import Brief
from magdesk.document.events import Career, TargetAct, careers
from magdesk.document.facts import incident_number
from magdesk.document.lettering import LEADING, wrapped
from magdesk.document.mask import Mask
from magdesk.document.spans import when
from magdesk.dossier.tenure import Fit, Tenure
from magdesk.isolates import isolated
from magdesk.model.incidents import Mode
from magdesk.model.people import EndState, Position, Relation

_WIDTH = 436.0
_LEFT = 168.0
_NAME, _TEXT = 9.0, 7.6
_BAR = 9.0
_TALLEST = 520.0
_MARGIN = 10.0  # right of the last year


@dataclass(frozen=True, slots=True)
class Axis:
    """Days as places.

    Attributes:
        first: the first day shown.
        last: the last one.
    """

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def years(self) -> list[int]:
        """The years to mark: at most some ten."""
        count = self.last.year - self.first.year + 1
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if count / step <= 11)
        return [year for year in range(self.first.year, self.last.year + 2) if year % step == 0]


def axis_of(found: Sequence[Career], today: date, left: float, right: float) -> Axis | None:
    """An axis of whole years that shows every known date; none where there is none."""
    days: list[date] = []
    for career in found:
        for _row, tenure in career.posts:
            if tenure is not None:
                days += [tenure.perhaps_from, min(tenure.perhaps_to, today)]
        for act in career.acts:
            for day in (act.incident.start, act.incident.end):
                if day is not None:
                    days += [day.earliest(), day.latest()]
    if not days:
        return None
    return Axis(date(min(days).year, 1, 1), date(max(days).year, 12, 31), left, right)


def tenure_drawings(brief: Brief) -> tuple[Drawing, ...]:
    """One drawing for as many targets as a page holds; targets with neither posts nor acts are left out."""
    today = brief.options.date
    found = [
        career for career in careers(brief.dossier, today) if career.acts and (career.posts or _needs_post(career))
    ]
    axis = axis_of(found, today, _LEFT, _WIDTH - _MARGIN)
    if axis is None:
        return ()
    painter = _Painter(brief, axis, today)
    pages: list[list[Career]] = []
    heights = {career.target: painter.height(career) for career in found}
    for career in found:
        if pages and sum(heights[one.target] for one in pages[-1]) + heights[career.target] <= _TALLEST:
            pages[-1].append(career)
        else:
            pages.append([career])
    return tuple(painter.page(page, number, len(pages)) for number, page in enumerate(pages, 1))


def _needs_post(career: Career) -> bool:
    """Whether an act is charged through an office of which none is documented."""
    return any(
        row.target_id == career.target and row.mode in (Mode.COMMAND, Mode.STATUS)
        for act in career.acts
        for row in act.incident.participations
    )


class _Painter:
    """Draws careers one below the other on one axis."""

    def __init__(self, brief: Brief, axis: Axis, today: date) -> None:
        self._brief = brief
        self._axis = axis
        self._today = today
        self._mask = Mask(brief.dossier, brief.label("protected_person"), brief.label("hidden_organisation"))

    def height(self, career: Career) -> float:
        """What a career takes of the page."""
        return self._career(career, 0.0)[1] + 14.0

    def page(self, page: Sequence[Career], number: int, total: int) -> Drawing:
        """One drawing."""
        shapes: list[Drawn] = []
        told: list[tuple[Inline, ...]] = []
        y = 20.0
        for career in page:
            drawn, bottom = self._career(career, y)
            shapes += drawn
            told += self._told(career)
            y = bottom + 14.0
        shapes = [*self._grid(y - 6.0), *shapes]
        names = ", ".join(self._name(career) for career in page)
        key = "tenure_caption" if total == 1 else "tenure_caption_part"
        values = {} if total == 1 else {"number": str(number), "total": str(total)}
        return Drawing(
            tuple(shapes), _WIDTH, y, self._brief.label("tenure_alt", names=names),
            (Text(self._brief.label(key, **values)),), tuple(told),
        )  # fmt: skip

    def _grid(self, bottom: float) -> list[Drawn]:
        out: list[Drawn] = []
        for year in self._axis.years():
            day = date(year, 1, 1)
            if not self._axis.first <= day <= self._axis.last:
                continue
            x = self._axis.x(day)
            out.append(DrawnLine(((x, 14.0), (x, bottom)), line="faint", weight=0.5))
            out.append(DrawnText(x - 16, 2.0, 32, (Text(str(year)),), _TEXT, tone="grey"))
        out.append(DrawnLine(((_LEFT, 14.0), (_WIDTH - _MARGIN, 14.0)), line="grey", weight=0.6))
        return out

    def _career(self, career: Career, y: float) -> tuple[list[Drawn], float]:
        out: list[Drawn] = []
        name = (Text(self._name(career)),)
        out.append(DrawnText(0, y, _WIDTH, name, _NAME, bold=True, align="start", tone="navy"))
        y += _NAME * LEADING + 3
        first = y
        if not career.posts:
            y = self._row(out, self._brief.label("tenure_no_post"), y, tone="bad")
        for row, tenure in career.posts:
            y = self._row(out, self._post(row), y, tone="ink")
            self._bar(out, tenure, y)
        for act in career.acts:
            text, tone = self._act(act)
            y = self._row(out, text, y, tone=tone)
            self._mark(out, act, y, first)
        return out, y

    def _row(self, out: list[Drawn], text: str, y: float, *, tone: str) -> float:
        """The words of a row at the left; its lower edge comes back."""
        lines = wrapped(text, _LEFT - 12, _TEXT, lines=3)
        for number, line in enumerate(lines):
            at = y + number * _TEXT * LEADING
            out.append(
                DrawnText(0, at, _LEFT - 10, (Text(line),), _TEXT, align="start", tone=tone, bold=tone == "bad")
            )
        return y + max(len(lines), 1) * _TEXT * LEADING + 3.5

    def _bar(self, out: list[Drawn], tenure: Tenure | None, bottom: float) -> None:
        top = bottom - 3.5 - _BAR
        if tenure is None:
            word = self._brief.label("tenure_undated")
            out.append(DrawnText(_LEFT, top, 160, (Text(word, italic=True),), _TEXT, align="start", tone="grey"))
            return
        axis = self._axis
        x0, x1 = axis.x(tenure.perhaps_from), axis.x(min(tenure.perhaps_to, self._today))
        if (tenure.perhaps_from, tenure.perhaps_to) != (tenure.surely_from, tenure.surely_to):
            out.append(DrawnBox(x0, top, max(x1 - x0, 2.0), _BAR, line="grey", weight=0.6, dash=(2.0, 1.6)))
        if tenure.surely_to >= tenure.surely_from:
            s0, s1 = axis.x(tenure.surely_from), axis.x(min(tenure.surely_to, self._today))
            out.append(DrawnBox(s0, top, max(s1 - s0, 2.0), _BAR, fill="strong"))

    def _mark(self, out: list[Drawn], act: TargetAct, bottom: float, top: float) -> None:
        first, last = act.incident.start or act.incident.end, act.incident.end or act.incident.start
        if first is None or last is None:
            return
        x0, x1 = self._axis.x(first.earliest()), self._axis.x(last.latest())
        outside = act.fit is Fit.OUTSIDE
        tone = "bad" if outside else "ink"
        middle = (x0 + x1) / 2
        at = bottom - 3.5 - _BAR
        out.append(DrawnLine(((middle, top), (middle, at)), line=tone, weight=0.6, dash=(1.2, 1.8)))
        wide = max(x1 - x0, 7.0)
        out.append(
            DrawnBox(
                middle - wide / 2, at, wide, _BAR, fill="bad" if outside else "warn", line=tone,
                weight=0.9, hatched=outside,
            )
        )  # fmt: skip

    def _name(self, career: Career) -> str:
        return self._mask.text(self._brief.naming.printed(career.party))

    def _post(self, row: Position | Relation) -> str:
        brief = self._brief
        if isinstance(row, Relation):
            other = brief.dossier.parties.get(row.other_id)
            name = brief.naming.short(other) if other is not None else brief.label("protected_person")
            text = f"{brief.label('tie_commands')} {name}"
        else:
            party = brief.dossier.parties.get(row.organisation_id) if row.organisation_id else None
            body = brief.naming.short(party) if party is not None else brief.naming.plain(row.body)
            text = ", ".join(part for part in (brief.naming.plain(row.title).strip(), body.strip()) if part)
        span = years(brief, row.start, row.end, row.end_state)
        if not span and row.end_state is EndState.ONGOING:
            span = brief.label("linkage_now")
        text = self._mask.text(text)
        return f"{isolated(text)} ({span})" if span else text

    def _act(self, act: TargetAct) -> tuple[str, str]:
        """The words of an act and their tone."""
        number = str(incident_number(self._brief, act.incident))
        day = when(act.incident.start, act.incident.end) or self._brief.label("date_unknown")
        text = f"{self._brief.label('incident_ref', number=number)}, {day}"
        match act.fit:
            case Fit.OUTSIDE:
                return f"{text}: {self._brief.label('tenure_outside')}", "bad"
            case Fit.POSSIBLE:
                return f"{text}: {self._brief.label('tenure_possible')}", "ink"
            case Fit.INSIDE:
                return f"{text}: {self._brief.label('tenure_inside')}", "ink"
        return text, "ink"

    def _told(self, career: Career) -> list[tuple[Inline, ...]]:
        name = self._name(career)
        lines = [self._post(row) for row, _tenure in career.posts] or [self._brief.label("tenure_no_post")]
        lines += [self._act(act)[0] for act in career.acts]
        return [(Text(f"{isolated(name)}: {line}"),) for line in lines]
