"""The case itself: its authorities and the submitting organisations. Findings call the page ``overview``."""

from __future__ import annotations

from typing import Any

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import TableCards, add_cards
from magdesk.gui.forms.choices import Choice
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.rowkind import RowKind, pick_of
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.pages.authority import Measures, ToVerify
from magdesk.gui.words import _, joined
from magdesk.model import Authority, Base, Contact, Engagement, Organisation
from magdesk.model.case import CaseStatus, EngagementKind, OrganisationRole, Publicity


def _authority_choices(desk: Desk) -> list[Choice]:
    taken = {row.regime for row in desk.rows(Authority)}
    return [
        Choice(regime.code, regime.short, joined(regime.jurisdiction, regime.title))
        for regime in desk.law.regimes.values()
        if regime.code not in taken
    ]


def _build_authority(form: Form) -> None:
    citation = form.text("citation", _("This year’s citation"), 8)
    confirmed = form.date("citation_confirmed_on", _("Confirmed on"), 4)
    form.choice("publicity", _("Ask for"), Publicity, 4)
    form.text("publicity_reason", _("Reason"), 8)
    form.text("title", _("Title of that submission, if not that of the case"))
    measures, to_verify = Measures(form.desk), ToVerify(form.desk)
    form.widget(measures)
    form.widget(to_verify)

    def refresh() -> None:
        row = form.row
        regime = form.desk.law.regimes.get(row.regime) if isinstance(row, Authority) else None
        for field in (citation, confirmed):
            field.setVisible(regime is None or regime.yearly_citation)
        measures.bind(row)
        to_verify.bind(row)

    form.watch(refresh)


def _authority_title(desk: Desk, row: Authority) -> str:
    regime = desk.law.regimes.get(row.regime)
    return regime.title if regime else row.regime


def _authority_detail(desk: Desk, row: Authority) -> str:
    regime = desk.law.regimes.get(row.regime)
    if regime is not None and regime.yearly_citation:
        if row.citation_confirmed_on:
            return _("citation confirmed {day}").format(day=row.citation_confirmed_on.isoformat())
        return _("confirm this year’s citation")
    return label(row.publicity)


AUTHORITY = RowKind(
    kind=Authority,
    page="overview",
    add=_("Add an authority"),
    one=_("authority"),
    empty=_("No authority yet: under which law are you asking for sanctions?"),
    title=_authority_title,
    detail=_authority_detail,
    build=_build_authority,
    picks=(pick_of("regime", _authority_choices),),
)


def _build_contact(form: Form) -> None:
    form.text("name", _("Name"), 6)
    form.text("position", _("Position"), 6)
    form.text("email", _("E-mail"), 6)
    form.text("phone", _("Phone"), 6)
    form.boolean("point_of_contact", _("Point of contact for this submission"))


CONTACT = RowKind(
    kind=Contact,
    page="overview",
    add=_("Add a contact"),
    one=_("contact"),
    empty=_("No contact yet. The cover page names one, with e-mail and phone."),
    title=lambda _desk, row: row.name,
    detail=lambda _desk, row: joined(row.position, row.email),
    build=_build_contact,
)


def _build_engagement(form: Form) -> None:
    form.choice("kind", _("Kind"), EngagementKind, 4)
    form.partial_date("date", _("Date"), 4)
    form.text("body", _("Body"), 4)
    form.text("title", _("Title"), 6)
    form.text("url", _("Address"), 6)


ENGAGEMENT = RowKind(
    kind=Engagement,
    page="overview",
    add=_("Add a publication or briefing"),
    one=_("publication or briefing"),
    empty=_("None yet. Publications, testimony and briefings show the organization’s credentials."),
    title=lambda _desk, row: row.title or row.body,
    detail=lambda _desk, row: joined(label(row.kind), row.date.display() if row.date else ""),
    build=_build_engagement,
)


def _build_organisation(form: Form) -> None:
    form.text("name", _("Name"), 8)
    form.choice("role", _("Role"), OrganisationRole, 4)
    form.text("legal_form", _("Legal form"), 4)
    form.text("founded", _("Founded"), 3)
    form.text("seats", _("Offices"), 5)
    form.multiline("mandate", _("Mandate and work"))
    form.multiline("link_to_case", _("How it knows the facts of this case"))
    form.multiline("contribution", _("What it contributed"), lines=1)
    form.text("website", _("Website"))
    form.boolean("may_be_named", _("The packet may name it"))
    add_cards(form, CONTACT, "contacts", _("Contacts"))
    add_cards(form, ENGAGEMENT, "engagements", _("Publications and briefings"))


def _first_lead(desk: Desk, _owner: Base | None) -> dict[str, Any]:
    return {"role": OrganisationRole.PARTNER if desk.rows(Organisation) else OrganisationRole.LEAD}


ORGANISATION = RowKind(
    kind=Organisation,
    page="overview",
    add=_("Add an organization"),
    one=_("organization"),
    empty=_("No organization yet: who is submitting this case?"),
    title=lambda _desk, row: row.name,
    detail=lambda _desk, row: label(row.role),
    build=_build_organisation,
    start=_first_lead,
)


class OverviewPage(Page):
    """The case itself."""

    code = "overview"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Case"), _("What this case is called, who is submitting it, and to whom."))
        self.form = Form(desk, "overview")
        self._build(self.form)
        self.body.addWidget(scrolled(self.form), 1)
        self.form.bind(desk.row)

    def _build(self, form: Form) -> None:
        form.text("title", _("Working title"))
        form.text("reference", _("Our reference"), 4)
        form.text("version", _("Version"), 3)
        form.choice("status", _("Status"), CaseStatus, 5)
        form.standard("country", _("Country"), Standard.COUNTRY, 4)
        form.standard("language", _("Language of the documents"), Standard.LANGUAGE, 4, hint=_("e.g. en"))
        form.date("filing_date", _("Planned filing date"), 4)
        authorities = TableCards(self.desk, AUTHORITY, _("Authorities addressed"))
        form.widget(authorities)
        form.watch(lambda: authorities.bind(form.row))
        organisations = TableCards(self.desk, ORGANISATION, _("Submitting organizations"))
        form.widget(organisations)
        form.watch(lambda: organisations.bind(form.row))
        form.section(_("Standards and checks"))
        form.multiline("standard_of_proof", _("Our standard of proof"))
        form.date("order_status_verified_on", _("Order confirmed to be in force on"), 6)
        form.date("programme_checked_on", _("Country program checked on"), 6)
        form.multiline("programme_check", _("What the check for a country program found"), lines=1)
        form.multiline("side_effects", _("Side effects on victims and third parties"))
        form.section(_("On every page of the packet"))
        form.text("banner", _("Confidentiality banner"), 8, hint=_("leave empty for the default"))
        form.text("bates_prefix", _("Bates prefix"), 4, hint=_("e.g. GEN-"))

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self.form.bind(self.desk.row)

    def show_place(self, place: Place) -> None:
        """Open the card or focus the field."""
        if not self.reveal(self.form, place):
            self.form.focus(place.field) or self.form.focus()

    def focus_first(self) -> None:
        """The title."""
        self.form.focus()
