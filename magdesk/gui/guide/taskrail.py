"""The navigation of the Guide: the twelve tasks with their rings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import OneLine
from magdesk.gui.guide.ring import Ring
from magdesk.gui.guide.rowbutton import RowButton
from magdesk.gui.guide.words import progress_words, state_words
from magdesk.gui.words import _
from magdesk.guide.content import tasks


class TaskRail(QFrame):
    """All tasks, in their order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(desk.theme.palette.metrics["rail"])
        self.setAccessibleName(_("Tasks"))
        self._desk = desk
        self.buttons: dict[int, RowButton] = {}
        self._rings: dict[int, Ring] = {}
        inner = QWidget()
        inner.setObjectName("scrollBody")
        box = QVBoxLayout(inner)
        box.setContentsMargins(4, 8, 4, 8)
        box.setSpacing(0)
        for task in tasks():
            button = RowButton()
            button.setCheckable(True)
            button.line.setContentsMargins(8, 6, 8, 6)
            button.line.setSpacing(8)
            ring = Ring(desk.theme)
            button.show_picture(ring)
            title = OneLine(task.title)
            title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            button.words.addWidget(title)
            button.line.addLayout(button.words, 1)
            button.setAccessibleName(task.title)
            button.clicked.connect(partial(desk.ask_task, task.number))
            self.buttons[task.number], self._rings[task.number] = button, ring
            box.addWidget(button)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        desk.guided.connect(self.refresh)
        self.refresh()

    def show_chosen(self, number: int) -> None:
        """Mark the task that is worked at."""
        for one, button in self.buttons.items():
            button.setChecked(one == number)

    def refresh(self) -> None:
        """Follow how far they are."""
        for task in self._desk.guide.tasks:
            self._rings[task.number].show_state(task.state, task.answered, task.applicable)
            words = f"{task.number}. {task.title}. {progress_words(task)}. {state_words(task)}"
            self.buttons[task.number].setAccessibleName(words)
            self.buttons[task.number].setToolTip(f"{progress_words(task)}. {state_words(task)}")
