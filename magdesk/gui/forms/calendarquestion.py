"""Under a date whose year can hardly be ours: which calendar is it? Each answer is one button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from magdesk.dates.calendars import Calendar
from magdesk.dates.partialdate import PartialDate
from magdesk.gui.boundedwords import Label
from magdesk.gui.flow import FlowLayout
from magdesk.gui.words import _


class CalendarQuestion(QWidget):
    """Hidden while there is nothing to ask.

    Attributes:
        answered: with the date in the calendar that was chosen.
    """

    answered = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.words = Label()
        self.words.setObjectName("fieldWarning")
        self.words.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        row = QWidget()
        self._flow = FlowLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self.words)
        box.addWidget(row)
        self.hide()

    def ask(self, value: PartialDate | None) -> None:
        """Ask about this date, if its year is in doubt."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        doubtful = value is not None and value.doubtful
        self.setVisible(doubtful)
        if value is None or not doubtful:
            return
        self.words.setText(_("This is unlikely to be a Gregorian year. Which calendar is it in?"))
        for calendar in (*value.calendars, Calendar.GREGORIAN):
            self._offer(value.of(calendar), calendar.label)

    def _offer(self, day: PartialDate, label: str) -> None:
        button = QPushButton(label)
        button.setToolTip(day.display())
        button.setAccessibleName(_("{field} is a {calendar} date").format(field=self._title, calendar=label))
        button.clicked.connect(partial(self._on_chosen, day))
        self._flow.addWidget(button)
        self.buttons.append(button)

    def _on_chosen(self, day: PartialDate, _on: bool = False) -> None:
        self.answered.emit(day)
