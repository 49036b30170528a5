"""What was told in a task: every question with its answer in words, and a way to change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from magdesk.dates.partialdate import PartialDate
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.guidelook import Stop, TaskLook
from magdesk.gui.forms.choices import party_name, plain_text
from magdesk.gui.forms.fields import CodeField
from magdesk.gui.guide.questionpart import QuestionPart
from magdesk.gui.guide.words import progress_words
from magdesk.gui.labels import label
from magdesk.gui.words import _
from magdesk.guide.content import screen as screen_of
from magdesk.guide.state import QuestionState
from magdesk.model import GuideMark, Party

_LONGEST = 240  # letters of an answer; the whole of it is one click away
_MOST = 24  # answers listed; the rest of a very full case is one dot away
_REPLIES = {
    QuestionState.OPEN: _("Not answered yet."),
    QuestionState.ANSWERED: _("Answered."),
    QuestionState.LATER: _("Left for later."),
    QuestionState.NOT_APPLICABLE: _("Does not apply."),
}


class ToldPart(QWidget):
    """The end of a task."""

    def __init__(self, desk: Desk, task: TaskLook) -> None:
        super().__init__()
        self.desk = desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        count = Label(progress_words(task))
        count.setObjectName("muted")
        box.addWidget(count)
        self.changes: list[QPushButton] = []
        for stop in task.stops[:_MOST]:
            box.addWidget(self._line(stop))
        if len(task.stops) > _MOST:
            rest = Label(_("And {count} more.").format(count=len(task.stops) - _MOST))
            rest.setObjectName("muted")
            box.addWidget(rest)
        box.addStretch(1)

    def _line(self, stop: Stop) -> QWidget:
        screen = screen_of(stop.screen)
        question = screen.question if screen is not None else ""
        title = Label(f"{question} ({stop.name})" if stop.name else question)
        title.setObjectName("help")
        title.setWordWrap(True)
        words = Label(answer_words(self.desk, stop))
        words.setWordWrap(True)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(title)
        text.addWidget(words)
        change = QPushButton(_("Change") if stop.reply is not QuestionState.OPEN else _("Answer"))
        change.setProperty("kind", "quiet")
        change.setAccessibleName(f"{change.text()}: {title.text()}")
        change.clicked.connect(partial(self.desk.ask_question, stop.screen, stop.subject))
        self.changes.append(change)
        frame = QFrame()
        frame.setObjectName("card")
        line = QHBoxLayout(frame)
        line.setContentsMargins(12, 8, 8, 8)
        line.addLayout(text, 1)
        line.addWidget(change)
        return frame


def answer_words(desk: Desk, stop: Stop) -> str:
    """The answer to a question in a line of words; what it has come to where the words stand elsewhere."""
    if stop.reply in (QuestionState.LATER, QuestionState.NOT_APPLICABLE):
        mark = next(iter(desk.rows(GuideMark, screen=stop.screen, subject_id=stop.subject)), None)
        return f"{_REPLIES[stop.reply]} {mark.note if mark is not None else ''}".strip()
    screen = screen_of(stop.screen)
    if screen is None:
        return _REPLIES[stop.reply]
    part = QuestionPart(desk, screen, stop.subject, [field for field in stop.fields if not field.more])
    text = "; ".join(_values(desk, part))
    part.release()
    part.deleteLater()
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…") or _REPLIES[stop.reply]


def _values(desk: Desk, part: QuestionPart) -> Iterator[str]:
    for form in part.forms:
        for field in form.fields:
            value = getattr(field.row, field.name, None)
            words = _words(desk, value, field.title)
            if isinstance(field, CodeField) and value:
                words = field.chosen_words
            if words:
                yield words
    for cards in part.cards:
        for row in cards.rows:
            yield cards.kind.shown_title(desk, row)


def _words(desk: Desk, value: Any, title: str) -> str:
    match value:
        case bool():
            return title if value else ""
        case StrEnum():
            return label(value)
        case PartialDate():
            return value.display()
        case date():
            return value.isoformat()
        case Party():
            return party_name(value)
        case str():
            return plain_text(desk, value)
        case _:
            return ""
