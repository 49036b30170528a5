"""Review: every finding of the checks by cause, the worst harm first, and the sign-offs."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.findings.panel import FindingsPanel
from magdesk.gui.forms.cards import TableCards
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.words import _, joined
from magdesk.model import Signoff
from magdesk.model.review import ReviewRole


def _build_signoff(form: Form) -> None:
    form.choice("role", _("Capacity"), ReviewRole, 4)
    form.text("name", _("Name"), 5)
    form.date("signed_on", _("Signed on"), 3)
    form.multiline("statement", _("Statement"))


SIGNOFF = RowKind(
    kind=Signoff,
    page="review",
    add=_("Add a sign-off"),
    one=_("sign-off"),
    empty=_("No one has signed yet. Before filing, someone other than the drafter must read the whole case."),
    title=lambda _desk, row: joined(label(row.role), row.name),
    detail=lambda _desk, row: row.signed_on.isoformat() if row.signed_on else _("not signed"),
    build=_build_signoff,
)


class ReviewPage(Page):
    """Findings and sign-offs."""

    code = "review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _("Review"),
            _("What the checks found. Click a finding to go to its place; corrections are saved automatically."),
        )
        self.findings = FindingsPanel(desk)
        self.signoffs = TableCards(desk, SIGNOFF, _("Sign-offs"))
        self.signoffs.bind(desk.row)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolled(self.findings), _("Findings"))
        self.tabs.addTab(scrolled(self.signoffs), _("Sign-offs"))
        self.body.addWidget(self.tabs, 1)

    def on_surveyed(self) -> None:
        """New findings."""
        self.findings.refresh()

    def on_changed(self, changes: Changes) -> None:
        """Follow the sign-offs."""
        self.signoffs.bind(self.desk.row)

    def show_place(self, place: Place) -> None:
        """A sign-off, or the findings."""
        rows = {row.id for row in self.signoffs.rows}
        self.tabs.setCurrentIndex(1 if place.row in rows or "sign" in place.field else 0)
        if place.row in rows and place.row is not None:
            self.signoffs.show_row(place.row, place.field)

    def focus_first(self) -> None:
        """The first finding."""
        self.findings.focus_first()
