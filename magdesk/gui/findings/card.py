"""One finding on the review page: what is wrong, why it matters, what to do, where; and setting it aside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.checks.finding import Finding
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.findings.line import FindingLine
from magdesk.gui.findings.seenform import SeenForm
from magdesk.gui.findings.wrapped import WrappedFrame
from magdesk.gui.layouts import discard
from magdesk.gui.words import _, joined
from magdesk.model import Waiver
from magdesk.services.corrections import correct
from magdesk.services.waivers import QUOTATIONS, set_aside, take_up

_OFFERS = {"pinpoint": _("Correct the page"), "quote": _("Use the words on the page")}


class FindingCard(WrappedFrame):
    """A finding as a line that leads to its place, and below it, when asked for, its reasons.

    Attributes:
        line: what is wrong, what to do; a click goes there.
        reasons: the button that opens the rest.
    """

    def __init__(self, desk: Desk, finding: Finding) -> None:
        super().__init__()
        self.desk, self.finding = desk, finding
        self.line = FindingLine(desk, finding, remedy=True)
        self.reasons = QToolButton()
        self.reasons.setCheckable(True)
        self.reasons.setIcon(desk.theme.icon("chevron", "muted"))
        self.reasons.setToolTip(_("Why this matters and what to do"))
        self.reasons.setAccessibleName(_("More about: {finding}").format(finding=finding.sentence))
        self.reasons.toggled.connect(self._on_opened)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.line, 1)
        head.addWidget(self.reasons, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(head)
        if finding.waived is not None:
            self._box.addWidget(_said(finding))
        self.body: QWidget | None = None
        self.form: SetAsideForm | None = None
        self.seen_form: SeenForm | None = None

    def _on_opened(self, opened: bool) -> None:
        if not opened:
            if self.body is not None:
                discard(self.body)
            self.body = self.form = self.seen_form = None
            return
        self.body = QWidget()
        box = QVBoxLayout(self.body)
        box.setContentsMargins(34, 0, 6, 10)
        box.setSpacing(6)
        text = self.desk.law.checks.get(self.finding.code)
        if text is not None:
            why = Label(text.why)
            why.setWordWrap(True)
            why.setObjectName("muted")
            box.addWidget(why)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        self.show_button = self._button(_("Show"), buttons, partial(self.desk.go, self.finding.place))
        correction = self.finding.correction
        if correction is not None:
            self.correct = self._button(_OFFERS[correction.field], buttons, self._on_corrected)
            self.correct.setToolTip(
                _("“{before}” becomes “{after}”").format(before=correction.before, after=correction.after)
            )
        if self.finding.waived is not None:
            self.again = self._button(_("Reopen"), buttons, self._on_taken_up)
        elif self.finding.code == "W01":
            self.again = self._button(_("Remove the decision"), buttons, self._on_taken_up)
        elif self.finding.waivable:
            if self.finding.code == QUOTATIONS:
                self.seen = self._button(_("I have seen the words…"), buttons, self._on_seen)
            self.aside = self._button(_("Set aside…"), buttons, self._on_set_aside)
        buttons.addStretch(1)
        box.addLayout(buttons)
        if not self.finding.waivable and self.finding.waived is None and self.finding.code != "W01":
            cannot = Label(_("This cannot be set aside; it must be resolved."))
            cannot.setObjectName("help")
            box.addWidget(cannot)
        self._box.addWidget(self.body)

    def _button(self, title: str, line: QHBoxLayout, clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(title)
        button.setEnabled(not self.desk.read_only or title == _("Show"))
        button.clicked.connect(partial(clicked))
        line.addWidget(button)
        return button

    def _on_set_aside(self) -> None:
        if self.form is None and self.body is not None:
            self.form = SetAsideForm(self.desk, self.finding)
            self.form.ended.clicked.connect(partial(self.reasons.setChecked, False))
            layout = self.body.layout()
            assert layout is not None
            layout.addWidget(self.form)
        if self.form is not None:
            self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_seen(self) -> None:
        row = self.finding.place.row
        if self.seen_form is None and self.body is not None and row is not None:
            self.seen_form = SeenForm(self.desk, row, _who(self.desk))
            self.seen_form.ended.clicked.connect(partial(self.reasons.setChecked, False))
            layout = self.body.layout()
            assert layout is not None
            layout.addWidget(self.seen_form)
        if self.seen_form is not None:
            self.seen_form.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_corrected(self) -> None:
        correction = self.finding.correction
        if correction is not None:
            self.desk.flush()
            if self.desk.try_change(_("Correct a source"), partial(correct, correction=correction)):
                self.correct.setEnabled(False)
                self.desk.notice_requested.emit(_("Corrected: {value}").format(value=correction.after), True)

    def _on_taken_up(self) -> None:
        self.desk.try_change(_("Reopen a finding"), partial(take_up, finding=self.finding))


class SetAsideForm(QWidget):
    """Asks why a finding is set aside, and who decides it.

    Attributes:
        ended: the button that closes without doing anything.
    """

    def __init__(self, desk: Desk, finding: Finding) -> None:
        super().__init__()
        self.desk, self.finding = desk, finding
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText(_("Why it does not matter here, or what makes up for it"))
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(64)
        self.who = QLineEdit(_who(desk))
        self.who.setPlaceholderText(_("Decided by"))
        self.who.setAccessibleName(_("Who"))
        self.done = QPushButton(_("Set aside"))
        self.done.setProperty("kind", "primary")
        self.ended = QPushButton(_("Cancel"))
        note = Label(
            _("The finding stays in the list of findings set aside, with the reason, the name and today’s date.")
        )
        note.setObjectName("help")
        note.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.who, 1)
        line.addWidget(self.ended)
        line.addWidget(self.done)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.reason)
        box.addLayout(line)
        box.addWidget(note)
        self.reason.textChanged.connect(self._enable)
        self.who.textChanged.connect(self._enable)
        self.done.clicked.connect(self._on_done)
        self._enable()

    def _enable(self) -> None:
        self.done.setEnabled(bool(self.reason.toPlainText().strip() and self.who.text().strip()))

    def _on_done(self) -> None:
        reason, who = self.reason.toPlainText().strip(), self.who.text().strip()
        work = partial(set_aside, finding=self.finding, reason=reason, who=who, today=self.desk.today())
        self.desk.try_change(_("Set a finding aside"), work)


def _who(desk: Desk) -> str:
    """Who decided last, else who works on the case."""
    decided = [row.waived_by for row in desk.rows(Waiver) if row.waived_by]
    steps = desk.case.history(1)
    return decided[-1] if decided else (steps[0].who if steps else "")


def _said(finding: Finding) -> QLabel:
    """Why it was set aside, by whom, when."""
    waived = finding.waived
    assert waived is not None
    day = waived.on.isoformat() if waived.on else ""
    label = Label(_("Set aside: {reason}").format(reason=waived.reason) + f"\n{joined(waived.by, day)}")
    label.setObjectName("help")
    label.setWordWrap(True)
    label.setContentsMargins(34, 0, 6, 8)
    return label
