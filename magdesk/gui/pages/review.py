"""Review: every finding of the checks, gravest first, and the sign-offs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Finding, Place, Severity
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.repeated import RunState
from magdesk.gui.findings.card import FindingCard
from magdesk.gui.forms.cards import TableCards
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import joined
from magdesk.gui.labels import label
from magdesk.gui.layouts import discard, scrolled
from magdesk.i18n import _
from magdesk.model import Signoff
from magdesk.model.review import ReviewRole

_STEP = 100  # findings shown at once


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
    empty=_("Nobody has signed yet. Before filing, somebody other than the drafter reads the whole case."),
    title=lambda _desk, row: joined(label(row.role), row.name),
    detail=lambda _desk, row: row.signed_on.isoformat() if row.signed_on else _("not signed"),
    build=_build_signoff,
)


class ReviewPage(Page):
    """Findings and sign-offs."""

    code = "review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, _("Review"), _("What the checks found. A click goes to the place; the fix saves itself.")
        )
        self._shown = _STEP
        self._severity: Severity | None = None
        self._aside = False
        self.filters = QHBoxLayout()
        self.filters.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[Severity | None, QToolButton] = {}
        for severity in (None, *Severity):
            button = QToolButton()
            button.setCheckable(True)
            button.setChecked(severity is None)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.clicked.connect(partial(self._on_filter, severity))
            self._group.addButton(button)
            self._buttons[severity] = button
            self.filters.addWidget(button)
        self.aside = QToolButton()
        self.aside.setCheckable(True)
        self.aside.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.aside.clicked.connect(self._on_aside)
        self._group.addButton(self.aside)
        self.filters.addWidget(self.aside)
        self.filters.addStretch(1)
        self.clean = QLabel(_("Nothing to do here: the checks found nothing."))
        self.clean.setObjectName("muted")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        self.more = QPushButton(_("Show more"))
        self.more.clicked.connect(self._on_more)
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(8)
        box.addLayout(self.filters)
        box.addWidget(self.clean)
        box.addLayout(self.lines)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.signoffs = TableCards(desk, SIGNOFF, _("Sign-offs"))
        self.signoffs.bind(desk.row)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolled(content), _("Findings"))
        self.tabs.addTab(scrolled(self.signoffs), _("Sign-offs"))
        self.body.addWidget(self.tabs, 1)
        self._seen: tuple[object, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Follow the findings; lines are rebuilt only when they differ."""
        findings, aside = self.desk.findings(), list(self.desk.survey.set_aside)
        self.aside.setText(_("Set aside  {count}").format(count=len(aside)))
        self.aside.setVisible(bool(aside) or self._aside)
        for severity, button in self._buttons.items():
            count = sum(severity in (None, finding.severity) for finding in findings)
            name = label(severity) if severity else _("All")
            button.setText(f"{name}  {count}")
        chosen = aside if self._aside else [one for one in findings if self._severity in (None, one.severity)]
        seen = (tuple(chosen), self._shown, self.desk.checking.outcome)
        if seen == self._seen:
            return
        self._seen = seen
        self._fill(chosen[: self._shown])
        self.clean.setText(self._nothing())
        self.clean.setVisible(not chosen)
        self.more.setVisible(len(chosen) > self._shown)

    def _nothing(self) -> str:
        """What an empty list means."""
        match self.desk.checking.outcome:
            case RunState.WAITING:
                return _("Checking the case…")
            case RunState.FAILED:
                return _("The case could not be checked, so nothing can be said of it here.")
            case RunState.DONE if self._aside:
                return _("Nothing was set aside.")
        return _("Nothing to do here: the checks found nothing.")

    @property
    def cards(self) -> list[FindingCard]:
        """The findings that are shown, in their order."""
        items = (self.lines.itemAt(place) for place in range(self.lines.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, FindingCard)]

    def _fill(self, findings: list[Finding]) -> None:
        """Show these; a card whose finding is still there stays, with what is being written in it."""
        wanted, kept = set(findings), {card.finding: card for card in self.cards}
        for finding, card in kept.items():
            if finding not in wanted:
                self.lines.removeWidget(card)
                discard(card)
        for place, finding in enumerate(findings):
            present = kept.get(finding)
            if present is None:
                self.lines.insertWidget(place, FindingCard(self.desk, finding))
            elif self.lines.indexOf(present) != place:
                self.lines.insertWidget(place, present)

    def on_surveyed(self) -> None:
        """New findings."""
        self.refresh()

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
        first = next(iter(self.cards), None)
        (first.line if first is not None else self._buttons[None]).setFocus()

    def _on_aside(self) -> None:
        self._aside = True
        self._shown = _STEP
        self.refresh()

    def _on_filter(self, severity: Severity | None) -> None:
        self._severity = severity
        self._aside = False
        self._shown = _STEP
        self.refresh()

    def _on_more(self) -> None:
        self._shown += _STEP
        self.refresh()
