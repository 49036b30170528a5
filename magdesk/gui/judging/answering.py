"""The ten steps: each question with the answer of the case, and the answer given by hand, which takes precedence."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.checks.suitability import TargetSuitability
from magdesk.checks.suitability_answers import Given
from magdesk.checks.suitability_questions import STEPS, UNKNOWN, Question, stored_code
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.words import _
from magdesk.services.pleading import store_answer, withdraw_answers


class AnswerLine(QWidget):
    """One question, for all countries or for one."""

    def __init__(self, desk: Desk, question: Question, country: str = "") -> None:
        super().__init__()
        self.desk, self.question, self.country = desk, question, country
        self.target: uuid.UUID | None = None
        self.given: Given | None = None
        name = f"{question.text} {country}".strip()
        self.combo = CalmCombo()
        self.combo.setAccessibleName(name)
        for value, words in question.choices:
            self.combo.addItem(words, value)
        self.button = QPushButton()
        self.button.setText(_("Choose…"))
        self.button.setAccessibleName(name)
        self.chosen = Label()
        self.chosen.setWordWrap(True)
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.basis = Label()
        self.basis.setObjectName("help")
        self.basis.setWordWrap(True)
        self.where = QToolButton()
        self.where.setIcon(desk.theme.icon("expand", "muted"))
        self.where.setIconSize(QSize(14, 14))
        self.where.setAccessibleName(_("Go to the entries behind: {question}").format(question=name))
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("What is your answer based on?"))
        self.note.setAccessibleName(_("Basis of your answer: {question}").format(question=name))
        self.back = QPushButton(_("Use the answer from the case"))
        self.back.setProperty("kind", "quiet")
        self._assemble()
        # Signals
        self.combo.activated.connect(self._on_chosen)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.where.clicked.connect(self._on_where)
        self.note.editingFinished.connect(self._on_note)
        self.back.clicked.connect(self.return_to_case)

    def _assemble(self) -> None:
        said = QHBoxLayout()
        said.setSpacing(4)
        said.addWidget(self.basis, 1)
        said.addWidget(self.where, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        line = QHBoxLayout()
        if self.country:
            label = Label(self.country)
            label.setObjectName("fieldLabel")
            label.setFixedWidth(112)
            label.setBuddy(self.combo)
            line.addWidget(label)
        line.addWidget(self.combo, 1)
        line.addWidget(self.chosen, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(line)
        box.addLayout(said)
        box.addWidget(self.note)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        # Not before they have a parent: until then, what is made visible is a window of its own.
        self.combo.setVisible(not self.question.several and not self.question.settled)
        for widget in (self.button, self.chosen):
            widget.setVisible(self.question.several)

    def show_given(self, target: uuid.UUID, given: Given) -> None:
        """Show the answer in force and what the case says."""
        self.target, self.given = target, given
        writable = not self.desk.read_only
        value = given.values[0] if given.values else UNKNOWN
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)))
        self.combo.setEnabled(writable)
        self.chosen.setText(self._words(given.values))
        self.button.setEnabled(writable)
        text = given.basis
        if self.question.settled:
            text = f"{self._words(given.values)}. {given.basis}"
        if given.by_hand:
            text = _("Answered manually. The case says: {answer}. {basis}").format(
                answer=self._words(given.derived), basis=given.basis
            )
        self.basis.setText(text)
        self.where.setVisible(bool(given.places))
        self.where.setToolTip(given.places[0].label if given.places else "")
        self.note.setVisible(given.by_hand)
        self.back.setVisible(given.by_hand and writable)
        self.note.setReadOnly(not writable)
        if not self.note.hasFocus():
            self.note.setText(given.note)

    def _words(self, values: tuple[str, ...]) -> str:
        if not self.question.several:
            return ", ".join(self.question.words(value) for value in values)
        titles = self._titles()
        return ", ".join(titles.get(value, self.question.words(value)) for value in values if value != UNKNOWN) or _(
            "Not yet known"
        )

    def _titles(self) -> dict[str, str]:
        law = self.desk.law
        found = {kind.code: kind.title for kind in law.acts.values()}
        for regime in law.regimes.values():
            found |= {kind.code: kind.title for kind in regime.abuse_types if kind.code not in found}
        return found

    def _fill_menu(self) -> None:
        self.menu.clear()
        chosen = set(self.given.values) if self.given is not None else set()
        for code, title in self._titles().items():
            action = QAction(title, self.menu, checkable=True)
            action.setChecked(code in chosen)
            action.toggled.connect(partial(self._on_toggled, code))
            self.menu.addAction(action)

    def _on_toggled(self, code: str, on: bool) -> None:
        values = [value for value in (self.given.values if self.given else ()) if value not in (UNKNOWN, code)]
        if on:
            values.append(code)
        self.answer(",".join(values) or UNKNOWN)

    def _on_chosen(self) -> None:
        value = str(self.combo.currentData())
        given = self.given
        if given is None or (not given.by_hand and given.values == (value,)):
            return
        self.answer(value)

    def answer(self, value: str) -> None:
        """Answer by hand, as one undoable step."""
        self._store(_("Answer: {question}").format(question=self.question.text), value=value)

    def _on_note(self) -> None:
        if self.given is not None and self.given.by_hand and self.note.text().strip() != self.given.note:
            self._store(_("Basis of an answer"), note=self.note.text().strip())

    def _store(self, label: str, *, value: str = "", note: str | None = None) -> None:
        target, code = self.target, stored_code(self.question.code, self.country)
        if target is not None:
            self.desk.try_change(label, partial(store_answer, target=target, question=code, value=value, note=note))

    def return_to_case(self) -> None:
        """Take the answer by hand back, wherever it was given."""
        codes = {stored_code(self.question.code, self.country), self.question.code}
        work = partial(withdraw_answers, target=self.target, questions=codes)
        self.desk.try_change(_("Use the answer from the case: {question}").format(question=self.question.text), work)

    def _on_where(self) -> None:
        if self.given is not None and self.given.places:
            self.desk.go(self.given.places[0])


class CountryLines(QWidget):
    """A question whose answer depends on the country: one line while all are the same, else one for each."""

    def __init__(self, desk: Desk, question: Question, countries: tuple[str, ...]) -> None:
        super().__init__()
        self.question = question
        self.common = AnswerLine(desk, question)
        self.lines = {country: AnswerLine(desk, question, country) for country in countries}
        self.toggle = QPushButton()
        self.toggle.setProperty("kind", "quiet")
        self.toggle.setCheckable(True)
        self.toggle.setAccessibleName(_("Answer by country: {question}").format(question=question.text))
        self._differ = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.common)
        for line in self.lines.values():
            box.addWidget(line)
        box.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self.toggle.toggled.connect(self._arrange)

    def show_answers(self, judged: TargetSuitability) -> None:
        """Show what counts for each country."""
        given = {one.country: one for one in judged.answers if one.question == self.question.code}
        for country, line in self.lines.items():
            if country in given:
                line.show_given(judged.target_id, given[country])
        first = next(iter(given.values()), None)
        if first is not None:
            self.common.show_given(judged.target_id, first)
        self._differ = len({(one.values, one.by_hand) for one in given.values()}) > 1
        self._arrange()

    def _arrange(self) -> None:
        apart = self._differ or self.toggle.isChecked()
        self.common.setVisible(not apart)
        for line in self.lines.values():
            line.setVisible(apart)
        self.toggle.setVisible(not self._differ and len(self.lines) > 1)
        self.toggle.setText(_("Same for all countries") if self.toggle.isChecked() else _("By country…"))


class Questions(QWidget):
    """All ten steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.lines: dict[str, AnswerLine | CountryLines] = {}
        countries = tuple(dict.fromkeys(regime.jurisdiction for regime in desk.law.regimes.values()))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for number, step in enumerate(STEPS, 1):
            frame = QFrame()
            frame.setObjectName("rowCard")
            title = Label(f"{number}.  {step.title}")
            title.setObjectName("cardTitle")
            inner = QVBoxLayout(frame)
            inner.setContentsMargins(12, 9, 12, 10)
            inner.setSpacing(5)
            inner.addWidget(title)
            for place, question in enumerate(step.questions):
                text = Label(question.text)
                text.setWordWrap(True)
                text.setContentsMargins(0, 6 if place else 0, 0, 0)
                inner.addWidget(text)
                line = CountryLines(desk, question, countries) if question.by_country else AnswerLine(desk, question)
                self.lines[question.code] = line
                inner.addWidget(line)
            box.addWidget(frame)
        box.addStretch(1)

    def show_answers(self, judged: TargetSuitability) -> None:
        """Follow what was judged."""
        for code, line in self.lines.items():
            if isinstance(line, CountryLines):
                line.show_answers(judged)
            else:
                given = judged.answer(code)
                if given is not None:
                    line.show_given(judged.target_id, given)

    def line(self, question: str, country: str = "") -> AnswerLine:
        """The line of a question, for a country where it depends on it."""
        line = self.lines[question]
        if isinstance(line, CountryLines):
            return line.lines[country] if country else line.common
        return line
