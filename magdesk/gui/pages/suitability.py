"""Which authorities fit: ten questions about a target at the left, what follows from the answers at the right."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.checks.suitability import TargetSuitability, Verdict
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.rereading import Rereading
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.choices import party_name
from magdesk.gui.forms.page import Page
from magdesk.gui.judging.answering import Questions
from magdesk.gui.judging.authorities import VERDICTS, Authorities
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import EmptyState
from magdesk.gui.words import _
from magdesk.model import Target
from magdesk.services.judging import judge_suitability

_NARROW = 800  # below this width, one of the two halves is shown at a time
_LEFT = 420


class SuitabilityPage(Page):
    """The questions and the authorities."""

    code = "suitability"

    def __init__(self, desk: Desk) -> None:
        lead = _("Ten questions, answered from the case where possible. The authorities update at once.")
        super().__init__(desk, _("Which authorities fit"), lead)
        self.target = CalmCombo()
        self.target.setAccessibleName(_("Target"))
        self.target.setMinimumWidth(240)
        self.summary = Label()
        self.summary.setObjectName("muted")
        self.summary.setWordWrap(True)
        self.questions = Questions(desk)
        self.authorities = Authorities(desk)
        self.halves = QTabBar()
        self.halves.addTab(_("Questions"))
        self.halves.addTab(_("Authorities"))
        self.halves.setCurrentIndex(1)
        text = _("No target yet. Enter whom the case recommends for sanctions on the page “Targets”.")
        self.empty = EmptyState(desk, self.code, text)
        self._assemble()
        self.lookout: Rereading[tuple[TargetSuitability, ...]] = Rereading(
            self, desk, _("Assessing which authorities fit"), judge_suitability, self._on_judged, self.show_failure
        )
        # Signals
        self.target.activated.connect(self._show)
        self.halves.currentChanged.connect(self._arrange)
        self._fill()
        self.lookout.ask()

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 8)
        line.setSpacing(14)
        line.addWidget(self.target)
        line.addWidget(self.summary, 1)
        self.left = scrolled(self.questions, 560)
        self.right = scrolled(self.authorities, 760)
        for area in (self.left, self.right):
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.left)
        across.addWidget(self.right, 1)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(18, 0, 24, 0)
        tabs.addWidget(self.halves)
        tabs.addStretch(1)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(line)
        box.addLayout(tabs)
        box.addLayout(across, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)

    # ----------------------------------------------------------------------------------------- following

    def on_changed(self, changes: Changes) -> None:
        """The answers may be others now."""
        self._fill()
        self.lookout.ask()

    def show_place(self, place: Place) -> None:
        """A target."""
        index = self.target.findData(place.row)
        if index >= 0:
            self.target.setCurrentIndex(index)
            self._show()

    def focus_first(self) -> None:
        """The choice of the target."""
        self.target.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self.halves.setVisible(narrow)
        self.left.setVisible(not narrow or self.halves.currentIndex() == 0)
        self.right.setVisible(not narrow or self.halves.currentIndex() == 1)
        self.left.setMinimumWidth(0 if narrow else min(_LEFT, self.width() * 2 // 5))
        self.left.setMaximumWidth(16777215 if narrow else max(_LEFT, self.width() * 2 // 5))

    def _fill(self) -> None:
        chosen = self.target.currentData()
        targets = self.desk.rows(Target)
        names = [(row.id, party_name(row.party)) for row in targets]
        if [(self.target.itemData(n), self.target.itemText(n)) for n in range(self.target.count())] != names:
            self.target.clear()
            for key, name in names:
                self.target.addItem(name, key)
            self.target.setCurrentIndex(max(0, self.target.findData(chosen)))
        self.stack.setCurrentIndex(0 if targets else 1)

    @property
    def shown(self) -> TargetSuitability | None:
        """What was judged of the chosen target."""
        key: uuid.UUID | None = self.target.currentData()
        judged = self.lookout.result or ()
        return next((one for one in judged if one.target_id == key), None)

    def _on_judged(self, _judged: tuple[TargetSuitability, ...]) -> None:
        self._show()

    def _show(self) -> None:
        judged = self.shown
        if judged is None:
            return
        counts = []
        for verdict in Verdict:
            number = sum(fit.verdict is verdict for fit in judged.regimes)
            if number:
                counts.append(f"{VERDICTS[verdict][0]}: {number}")
        self.summary.setText("   ".join(counts))
        self.questions.show_answers(judged)
        self.authorities.show_fits(judged)
        self._arrange()
        # The cards take their places now, not after the next picture of the page.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
