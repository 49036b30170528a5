"""The list of findings: by cause, the worst harm first, chosen by weight, page and target; moved through by keys."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.checks.finding import Finding, Severity
from magdesk.checks.groups import FindingChoice, FindingGroup, grouped
from magdesk.checks.run import PAGES
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.repeated import RunState
from magdesk.gui.findings.card import FindingCard
from magdesk.gui.findings.group import FindingGroupCard
from magdesk.gui.findings.line import SummaryLine
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.choices import target_choices
from magdesk.gui.labels import label
from magdesk.gui.layouts import discard
from magdesk.gui.pagenames import PAGE_TITLES
from magdesk.gui.words import _
from magdesk.services.checking import listed

_STEP = 60  # lines shown at once

_FindingRow = FindingCard | FindingGroupCard


class FindingsPanel(QWidget):
    """Every finding of the case, as the command line tells them.

    Attributes:
        weights: the buttons that choose how grave they are; none for all.
        pages: which page's findings are shown.
        targets: which target's.
        aside: the button that shows what somebody set aside.
        clean: what an empty list means.
        lines: findings and groups of findings, in their order.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown = _STEP
        self._severity: Severity | None = None
        self._aside = False
        self.weights: dict[Severity | None, QToolButton] = {}
        self.pages, self.targets = CalmCombo(), CalmCombo()
        self.pages.setAccessibleName(_("Findings of which page"))
        self.targets.setAccessibleName(_("Findings about which target"))
        for choice in (self.pages, self.targets):
            choice.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
            choice.setMaximumWidth(260)
            choice.activated.connect(self._on_chosen)
        self.clean = Label()
        self.clean.setObjectName("muted")
        self.clean.setWordWrap(True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        self.more = QPushButton(_("Show more"))
        self.more.clicked.connect(self._on_more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._weighing())
        narrowing = QHBoxLayout()
        narrowing.setSpacing(6)
        narrowing.addWidget(self.pages)
        narrowing.addWidget(self.targets)
        narrowing.addStretch(1)
        box.addLayout(narrowing)
        box.addWidget(self.clean)
        box.addLayout(self.lines)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._seen: tuple[object, ...] = ()
        self.refresh()

    def _weighing(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        group = QButtonGroup(self)
        self.aside = QToolButton()
        for severity in (None, *Severity):
            self.weights[severity] = QToolButton()
            self.weights[severity].setChecked(severity is None)
            self.weights[severity].clicked.connect(partial(self._on_weight, severity))
        self.aside.clicked.connect(self._on_aside)
        for button in (*self.weights.values(), self.aside):
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            group.addButton(button)
            line.addWidget(button)
        self.weights[None].setChecked(True)
        line.addStretch(1)
        return line

    # ----------------------------------------------------------------------------------------- what is shown

    def refresh(self) -> None:
        """Follow the findings; lines are rebuilt only when they differ."""
        found = [*self.desk.findings(), *self.desk.survey.set_aside]
        self._offer(found)
        told = listed(found, self.desk.law, self.choice)
        of_all = listed(found, self.desk.law, FindingChoice(page=self._page, target=self._target))
        for severity, button in self.weights.items():
            count = sum(severity in (None, finding.severity) for finding in of_all.findings)
            button.setText(f"{label(severity) if severity else _('All')}  {count}")
        self.aside.setText(_("Set aside  {count}").format(count=len(of_all.set_aside)))
        self.aside.setVisible(bool(self.desk.survey.set_aside) or self._aside)
        groups = told.groups
        if self._aside:
            # Each has a reason of its own.
            groups = [one for finding in told.set_aside for one in grouped([finding], self.desk.law)]
        seen = (tuple(groups), self._shown, self.desk.checking.outcome)
        if seen == self._seen:
            return
        self._seen = seen
        self._fill(groups[: self._shown])
        self.clean.setText(self._nothing(chosen=len(found) > 0))
        self.clean.setVisible(not groups)
        self.more.setVisible(len(groups) > self._shown)
        # New lines are shown in an event of their own: until then they would take no room, and press the others.
        for line in self.shown:
            line.show()
        self._stretch()

    @property
    def choice(self) -> FindingChoice:
        """What is to be seen, as the filters say."""
        if self._severity is None or self._aside:
            return FindingChoice(page=self._page, target=self._target)
        return FindingChoice(self._severity, self._severity, self._page, self._target)

    @property
    def cards(self) -> list[FindingCard]:
        """The findings that are shown, in their order; not those of groups that are closed."""
        return [
            card for line in self.shown for card in (line.cards if isinstance(line, FindingGroupCard) else [line])
        ]

    @property
    def groups(self) -> list[FindingGroupCard]:
        """The groups that are shown, in their order."""
        return [line for line in self.shown if isinstance(line, FindingGroupCard)]

    def focus_first(self) -> None:
        """The first line, or the filters where there is none."""
        first = next(iter(self.shown), None)
        (first.line if first is not None else self.weights[None]).setFocus()

    @property
    def shown(self) -> list[_FindingRow]:
        """The lines that are shown, in their order."""
        items = (self.lines.itemAt(place) for place in range(self.lines.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, FindingCard | FindingGroupCard)]

    def _fill(self, groups: Sequence[FindingGroup]) -> None:
        """Show these; what is still there stays, with what is being written in it."""
        kept: dict[object, _FindingRow] = {_kept_by(line): line for line in self.shown}
        wanted = {one.findings[0] if one.count == 1 else one.cause: one for one in groups}
        for key, line in kept.items():
            if key not in wanted:
                self.lines.removeWidget(line)
                discard(line)
        for place, (key, group) in enumerate(wanted.items()):
            present = kept.get(key)
            if isinstance(present, FindingGroupCard):
                present.show_group(group)
            elif present is None and group.count > 1:
                present = FindingGroupCard(self.desk, group)
            elif present is None:
                present = FindingCard(self.desk, group.findings[0])
            assert present is not None
            if self.lines.indexOf(present) != place:
                self.lines.insertWidget(place, present)

    def _nothing(self, *, chosen: bool) -> str:
        """What an empty list means."""
        match self.desk.checking.outcome:
            case RunState.WAITING:
                return _("Checking the case…")
            case RunState.FAILED:
                return _("The case could not be checked, so there are no results to show.")
            case RunState.DONE if self._aside:
                return _("Nothing has been set aside.")
        if chosen:
            return _("There are no findings for this selection. Other pages, targets or severities have findings.")
        return _("Nothing to do here: the checks found nothing.")

    def event(self, event: QEvent) -> bool:
        """As high as its wrapped lines: a scroll area asks for the least height, which knows nothing of the width."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._stretch()
        return handled

    def _stretch(self) -> None:
        layout = self.layout()
        if layout is not None:
            wraps, least = layout.hasHeightForWidth(), layout.totalMinimumSize().height()
            height = layout.totalHeightForWidth(self.width()) if wraps else least
            if height != self.minimumHeight():
                self.setMinimumHeight(height)

    # ----------------------------------------------------------------------------------------- the keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down from line to line, right and left to open and close a group."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Right | Qt.Key.Key_Left:
                self._open(event.key() == Qt.Key.Key_Right)
            case _:
                super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        stops = [stop for line in self.shown for stop in _stops(line)]
        here = _place_of_focus(stops)
        if here is not None and 0 <= here + step < len(stops):
            stops[here + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, opened: bool) -> None:
        for group in self.groups:
            inside = _place_of_focus([card.line for card in group.cards]) is not None
            if group.line.hasFocus() or (inside and not opened):
                group.line.setChecked(opened)
                group.line.setFocus(Qt.FocusReason.TabFocusReason)

    # ----------------------------------------------------------------------------------------- the filters

    @property
    def _page(self) -> str:
        return str(self.pages.currentData() or "")

    @property
    def _target(self) -> uuid.UUID | None:
        chosen = self.targets.currentData()
        return chosen if isinstance(chosen, uuid.UUID) else None

    def _offer(self, found: Sequence[Finding]) -> None:
        """The pages and targets that have findings; what was chosen stays offered."""
        with_findings = {one.place.page for one in found} | {self._page}
        pages = [(PAGE_TITLES[code], code) for code in PAGES if code in with_findings]
        _refill(self.pages, [(_("Every page"), ""), *pages])
        about = {key for one in found for key in one.targets} | {self._target}
        named = [(choice.title, choice.key) for choice in target_choices(self.desk)]
        _refill(self.targets, [(_("Every target"), None), *(one for one in named if one[1] in about)])
        self.pages.setVisible(bool(found))  # where there is nothing there is nothing to choose from
        self.targets.setVisible(bool(found) and len(named) > 1)

    def _on_chosen(self) -> None:
        self._shown = _STEP
        self.refresh()

    def _on_aside(self) -> None:
        self._aside = True
        self._on_chosen()

    def _on_weight(self, severity: Severity | None) -> None:
        self._severity = severity
        self._aside = False
        self._on_chosen()

    def _on_more(self) -> None:
        self._shown += _STEP
        self.refresh()


def _kept_by(line: _FindingRow) -> object:
    """By what a line is known again: the finding, or the cause of several."""
    return line.group.cause if isinstance(line, FindingGroupCard) else line.finding


def _stops(line: _FindingRow) -> list[SummaryLine]:
    """Where the keys stop: a finding, or a group and what is shown of it."""
    if isinstance(line, FindingGroupCard):
        return [line.line, *(card.line for card in line.cards)]
    return [line.line]


def _place_of_focus(stops: Sequence[SummaryLine]) -> int | None:
    return next((place for place, stop in enumerate(stops) if stop.hasFocus()), None)


def _refill(box: CalmCombo, entries: Sequence[tuple[str, object]]) -> None:
    """Offer these; what was chosen stays chosen."""
    if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] == list(entries):
        return
    chosen = box.currentData()
    box.clear()
    for title, data in entries:
        box.addItem(title, data)
    # By value: the box itself would compare keys by identity.
    box.setCurrentIndex(next((place for place, one in enumerate(entries) if one[1] == chosen), 0))
