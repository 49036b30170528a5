"""Asks who has seen that the quoted words stand in the source, where no program can tell."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.words import _
from magdesk.services.waivers import confirm_seen


class SeenForm(QWidget):
    """The sentence that a person stands up for, and a name under it.

    Attributes:
        who: the name; it is printed in the list of exhibits.
        done: the button that records it.
        ended: the button that closes without doing anything.
    """

    def __init__(self, desk: Desk, citation: uuid.UUID, who: str) -> None:
        super().__init__()
        self.desk, self._citation = desk, citation
        said = Label(_("I have looked at the source. The quoted words stand there, at the place that is cited."))
        said.setWordWrap(True)
        self.who = QLineEdit(who)
        self.who.setPlaceholderText(_("Seen by"))
        self.who.setAccessibleName(_("Who"))
        self.done = QPushButton(_("Confirm"))
        self.done.setProperty("kind", "primary")
        self.ended = QPushButton(_("Cancel"))
        note = Label(
            _("The list of exhibits prints this name with today’s date. Other words are to be looked at again.")
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
        box.addWidget(said)
        box.addLayout(line)
        box.addWidget(note)
        self.who.textChanged.connect(self._enable)
        self.done.clicked.connect(self._on_done)
        self._enable()

    def _enable(self) -> None:
        self.done.setEnabled(bool(self.who.text().strip()))

    def _on_done(self) -> None:
        work = partial(confirm_seen, citation_id=self._citation, who=self.who.text().strip(), today=self.desk.today())
        self.desk.flush()
        self.desk.try_change(_("Confirm a quotation"), work)
