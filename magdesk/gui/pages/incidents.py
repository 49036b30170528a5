"""Incidents: what was done, when, where, to whom, and who took part in it how."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from magdesk.checks.counted import counted_group, victims_in_words
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import add_cards
from magdesk.gui.forms.choices import Choice, party_choices, party_name, plain_text, target_choices
from magdesk.gui.forms.codes import CodesField
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.lawquestions import KindGuide, ModeGuide, cells_of
from magdesk.gui.forms.rowkind import RowKind, pick_kind, pick_of
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.words import _, joined
from magdesk.model import Authority, Base, Harm, Incident, Participation, Party
from magdesk.model.incidents import Mode


def abuse_types(desk: Desk) -> list[tuple[str, str]]:
    """The kinds of abuse and corruption that the case's authorities know."""
    asked = [row.regime for row in desk.rows(Authority)]
    found: dict[str, str] = {"": _("Choose…")}
    for code in asked or list(desk.law.regimes):
        regime = desk.law.regimes.get(code)
        for kind in regime.abuse_types if regime else ():
            found.setdefault(kind.code, kind.title)
    return list(found.items())


def _other_kinds(desk: Desk, row: Base) -> list[tuple[str, str]]:
    return [(code, title) for code, title in abuse_types(desk) if code and code != getattr(row, "kind", "")]


def _kind_title(desk: Desk, code: str) -> str:
    return next((title for known, title in abuse_types(desk) if known == code and code), code)


def _victims_first(desk: Desk) -> list[Choice]:
    victims = {party.id for party in desk.rows(Party) if party.victim is not None}
    return sorted(party_choices(desk), key=lambda choice: choice.key not in victims)


def _build_harm(form: Form) -> None:
    form.narrative("description", _("What was done to them"))
    form.narrative("property", _("What was taken, destroyed or damaged of theirs, and how much"), lines=1)


HARM = RowKind(
    kind=Harm,
    page="incidents",
    add=_("Add a victim"),
    one=_("harm"),
    empty=_("No victim yet: to whom was this done?"),
    title=lambda _desk, row: party_name(row.party) if row.party else "",
    detail=lambda desk, row: joined(counted_group(row.party), plain_text(desk, row.description or row.property)[:80]),
    build=_build_harm,
    picks=(pick_of("party_id", _victims_first),),
)


def _build_participation(form: Form) -> None:
    form.choice("mode", _("Mode of responsibility"), Mode)
    guide = ModeGuide(form.desk)
    form.widget(guide)
    form.watch(lambda: guide.refresh(form.row))
    form.narrative("description", _("What this target did, ordered, knew or failed to do"))
    add_sources(form)


def _shown(desk: Desk, row: Participation) -> str:
    """How much of what the mode needs is there."""
    law = desk.law.modes.get(row.mode.value)
    found = cells_of(desk, row)
    if law is None or not found:
        return ""
    there = sum(any(cell.facts for cell in found.get(element.code, ())) for element in law.elements)
    return _("{there} of {all} shown").format(there=there, all=len(law.elements))


PARTICIPATION = RowKind(
    kind=Participation,
    page="incidents",
    add=_("Add a target’s part"),
    one=_("part"),
    empty=_("No target linked yet: who took part, and how?"),
    title=lambda _desk, row: party_name(row.target.party) if row.target else "",
    detail=lambda desk, row: joined(label(row.mode), _shown(desk, row), sources(row)),
    build=_build_participation,
    picks=(pick_of("target_id", target_choices), pick_kind("mode", tuple(Mode), _("How did it take part?"))),
)


def _detail(desk: Desk, row: Incident) -> str:
    when = row.start.display() if row.start else _("no date")
    kinds = ", ".join(_kind_title(desk, code) for code in row.kinds)
    return joined(when, kinds, row.place, victims_in_words(harm.party for harm in row.harms))


INCIDENT = RowKind(
    kind=Incident,
    page="incidents",
    add=_("Add an incident"),
    one=_("incident"),
    empty=_("No incident yet. Add the act, or the closely linked acts, that the case is about."),
    title=lambda _desk, row: row.title,
    detail=_detail,
    build=lambda _form: None,
)


class IncidentsPage(ListPage):
    """The incidents."""

    code = "incidents"

    def __init__(self, desk: Desk) -> None:
        lead = _("What was done, when, where and to whom, and who took part and how.")
        super().__init__(desk, _("Incidents"), lead, INCIDENT)

    def make_detail(self) -> QWidget:
        """One form."""
        form = Form(self.desk, "incidents")
        form.text("title", _("Title"))
        form.code("kind", _("Kind of abuse or corruption"), lambda _row: abuse_types(self.desk), 6)
        form.partial_date("start", _("Date, or first day"), 3)
        form.partial_date("end", _("Last day"), 3)
        form.add(
            CodesField(
                self.desk,
                "incidents",
                "other_kinds",
                _("What else the same act is"),
                self.desk.guidance("incidents", "other_kinds"),
                options=lambda row: _other_kinds(self.desk, row),
                add=_("Add another kind…"),
            )
        )
        guide = KindGuide(self.desk)
        form.widget(guide)
        form.watch(lambda: guide.refresh(form.row))
        form.text("place", _("Place"), 8)
        form.standard("country", _("Country"), Standard.COUNTRY, 4)
        form.narrative("summary", _("Summary in two or three sentences"))
        add_cards(form, HARM, "harms", _("Victims"))
        add_cards(form, PARTICIPATION, "participations", _("Who took part"))
        form.multiline("old_justification", _("Why it still counts despite its age"), lines=1)
        self.form = form
        return scrolled(form)

    def bind(self, row: Base | None) -> None:
        """Show an incident."""
        self.form.bind(row)
