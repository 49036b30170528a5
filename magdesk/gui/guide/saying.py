"""What can be said of a question instead of an answer: not known yet, searched in vain, does not apply."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from magdesk.casefile import Session
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo, ElidedButton
from magdesk.gui.flow import FlowRow
from magdesk.gui.labels import label
from magdesk.gui.words import _
from magdesk.guide.screens import Screen, ScreenField
from magdesk.model import GuideMark, Target, Unknown
from magdesk.model.base import Base
from magdesk.model.guide import GuideState
from magdesk.model.people import IdentifierKind
from magdesk.services.guide import clear_mark, set_mark

_DATA = {"native_name": _("Name in its own letters"), "start": _("When"), "place": _("Where"), "photo": _("Photo")}


class Saying(StrEnum):
    """What is said instead of an answer."""

    LATER = "later"
    SEARCHED = "searched"
    NOT_APPLICABLE = "not_applicable"


class InsteadOfAnswer(QWidget):
    """Three buttons of the same weight, and the line that each of them asks for.

    Attributes:
        said: it was said and stored.
    """

    said = Signal()

    def __init__(
        self, desk: Desk, screen: Screen, about: Base, key: uuid.UUID | None, fields: tuple[ScreenField, ...]
    ) -> None:
        super().__init__()
        self.desk, self.asked, self.about, self.key = desk, screen, about, key
        self._saying = Saying.LATER
        self.buttons: dict[Saying, QPushButton] = {}
        row = FlowRow()
        self._data = tuple(dict.fromkeys(field.unknown for field in fields if field.unknown))
        for saying, text, offered in (
            (Saying.LATER, _("I do not know yet"), screen.later),
            (Saying.SEARCHED, _("We searched and found nothing"), bool(self._data)),
            (Saying.NOT_APPLICABLE, _("Does not apply"), bool(screen.does_not_apply)),
        ):
            if not offered:
                continue
            button = ElidedButton(text)
            button.setEnabled(not desk.read_only)
            button.clicked.connect(partial(self._ask, saying))
            self.buttons[saying] = button
            row.line.addWidget(button)
        self.form = QFrame()
        self.form.setObjectName("card")
        self.prompt = Label()
        self.prompt.setWordWrap(True)
        self.which = CalmCombo()
        for name in self._data:
            self.which.addItem(_datum(name), name)
        self.line = QLineEdit()
        self.line.returnPressed.connect(self._store)
        self.remember = QPushButton(_("Remember it"))
        self.remember.clicked.connect(self._store)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setProperty("kind", "quiet")
        self.cancel.clicked.connect(self._put_away)
        last = QHBoxLayout()
        last.addWidget(self.remember)
        last.addWidget(self.cancel)
        last.addStretch(1)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.addWidget(self.prompt)
        inner.addWidget(self.which)
        inner.addWidget(self.line)
        inner.addLayout(last)
        self.note = QFrame()
        self.note.setObjectName("card")
        self.note_text = Label()
        self.note_text.setWordWrap(True)
        self.again = QPushButton(_("Ask again"))
        self.again.setEnabled(not desk.read_only)
        self.again.clicked.connect(self._ask_again)
        noted = QHBoxLayout(self.note)
        noted.setContentsMargins(12, 8, 12, 8)
        noted.addWidget(self.note_text, 1)
        noted.addWidget(self.again)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.note)
        box.addWidget(row)
        box.addWidget(self.form)
        self.form.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show what was said."""
        mark = next(iter(self.desk.rows(GuideMark, screen=self.asked.id, subject_id=self.key)), None)
        text = ""
        if mark is not None:
            text = _("Left for later.") if mark.state is GuideState.LATER else _("Does not apply.")
            text = f"{text} {mark.note}".strip()
        searched = [
            _("{datum}: searched, nothing found. {where}").format(datum=_datum(row.field), where=row.searched)
            for row in self.desk.rows(Unknown, subject_id=self._owner)
            if row.field in self._data
        ]
        self.note_text.setText("\n".join(filter(None, (text, *searched))))
        self.note.setVisible(bool(self.note_text.text()))
        self.again.setVisible(mark is not None)

    @property
    def _owner(self) -> uuid.UUID:
        return self.about.party_id if isinstance(self.about, Target) else self.about.id

    def _ask(self, saying: Saying) -> None:
        self._saying = saying
        words = {
            Saying.LATER: _("Who could know?"),
            Saying.SEARCHED: _("Where did you search?"),
            Saying.NOT_APPLICABLE: self.asked.does_not_apply,
        }
        self.prompt.setText(words[saying])
        self.line.setAccessibleName(words[saying])
        self.which.setVisible(saying is Saying.SEARCHED and len(self._data) > 1)
        self.line.clear()
        self.form.show()
        self.line.setFocus()

    def _put_away(self) -> None:
        self.form.hide()
        self.buttons[self._saying].setFocus()

    def _store(self) -> None:
        text = self.line.text().strip()
        if self._saying is Saying.SEARCHED and not text:
            self.prompt.setText(_("Where did you search? Only a search that can be named is an answer."))
            return
        work: Callable[[Session], None] = partial(self._mark, text)
        title = _("Leave the question for later")
        if self._saying is Saying.SEARCHED:
            work, title = partial(self._record, text), _("Record a search in vain")
        elif self._saying is Saying.NOT_APPLICABLE:
            title = _("Note that the question does not apply")
        if self.desk.try_change(title, work):
            self.form.hide()
            self.refresh()
            self.said.emit()

    def _mark(self, text: str, session: Session) -> None:
        state = GuideState.LATER if self._saying is Saying.LATER else GuideState.NOT_APPLICABLE
        today = self.desk.today()
        set_mark(session, self.asked.id, self.key, state, note=text, today=today)

    def _record(self, text: str, session: Session) -> None:
        name = str(self.which.currentData())
        known = next(iter(self.desk.rows(Unknown, subject_id=self._owner, field=name)), None)
        row = known or Unknown(subject_id=self._owner, field=name)
        row.searched, row.searched_on = text, self.desk.today()
        session.add(row)

    def _ask_again(self) -> None:
        self.desk.try_change(_("Ask the question again"), self._clear)
        self.refresh()

    def _clear(self, session: Session) -> None:
        clear_mark(session, self.asked.id, self.key)


def _datum(name: str) -> str:
    if name in [kind.value for kind in IdentifierKind]:
        return label(IdentifierKind(name))
    return _DATA.get(name, name.replace("_", " ").capitalize())
