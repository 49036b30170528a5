"""The dialog that splits a fact: where, and which source goes to which part."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.choices import plain_text
from magdesk.gui.forms.rowkinds import CITATION
from magdesk.gui.words import _, joined
from magdesk.model import Fact
from magdesk.services.facts import Side, split_places


class SplitDialog(QDialog):
    """Two parts of a statement, side by side with what each will rest on.

    Attributes:
        split: it is to be done: offset into the text, the side of each citation by its key.
    """

    split = Signal(int, object)

    def __init__(self, desk: Desk, fact: Fact, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Split the fact"))
        self._desk, self._text = desk, fact.text
        places = set(split_places(fact.text))
        if fact.text[:place].strip() and fact.text[place:].strip():
            places.add(place)
        self._places = sorted(places)
        self._at = self._places.index(place) if place in places else 0
        self.first, self.second = _part(), _part()
        self.back = QPushButton(_("One sentence less"))
        self.onward = QPushButton(_("One sentence more"))
        self.back.clicked.connect(partial(self._move, -1))
        self.onward.clicked.connect(partial(self._move, 1))
        self.sides: dict[uuid.UUID, CalmCombo] = {}
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = buttons.addButton(_("Split"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setProperty("kind", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        steps = QHBoxLayout()
        steps.addWidget(self.back)
        steps.addWidget(self.onward)
        steps.addStretch(1)
        box = QVBoxLayout(self)
        box.setSpacing(8)
        for title, part in ((_("First part"), self.first), (_("Second part"), self.second)):
            heading = Label(title)
            heading.setObjectName("fieldLabel")
            box.addWidget(heading)
            box.addWidget(part)
            if part is self.first:
                box.addLayout(steps)
        if fact.citations:
            box.addWidget(self._citations(fact))
        note = Label(_("Both parts prove the same elements; afterwards, untick what either of them does not prove."))
        note.setObjectName("help")
        note.setWordWrap(True)
        box.addWidget(note)
        box.addWidget(buttons)
        self.setMinimumWidth(560)
        self._show()

    def accept(self) -> None:
        """Tell what was chosen."""
        sides = {key: Side(combo.currentData()) for key, combo in self.sides.items()}
        self.split.emit(self._places[self._at], sides)
        super().accept()

    def _citations(self, fact: Fact) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        heading = Label(_("Where each source goes"))
        heading.setObjectName("sectionTitle")
        grid.addWidget(heading, 0, 0, 1, 2)
        for line, row in enumerate(sorted(fact.citations, key=lambda row: (row.rank, row.id)), 1):
            text = Label(joined(CITATION.title(self._desk, row), CITATION.detail(self._desk, row)))
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            if row.quote_english or row.quote:
                text.setToolTip(row.quote_english or row.quote)
            combo = CalmCombo()
            combo.setAccessibleName(text.text())
            for side, words in (
                (Side.BOTH, _("Both parts")),
                (Side.FIRST, _("First part")),
                (Side.SECOND, _("Second part")),
            ):
                combo.addItem(words, side.value)
            self.sides[row.id] = combo
            grid.addWidget(text, line, 0)
            grid.addWidget(combo, line, 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(min(240, 34 + 44 * len(fact.citations)))
        return area

    def _move(self, step: int) -> None:
        self._at = max(0, min(len(self._places) - 1, self._at + step))
        self._show()

    def _show(self) -> None:
        self.yes.setEnabled(bool(self._places))
        self.back.setEnabled(self._at > 0)
        self.onward.setEnabled(self._at < len(self._places) - 1)
        if not self._places:
            self.first.setText(plain_text(self._desk, self._text))
            self.second.setText(
                _(
                    "This is a single sentence. Close this window, put the cursor where it should be split, and try "
                    "again."
                )
            )
            return
        place = self._places[self._at]
        self.first.setText(plain_text(self._desk, self._text[:place]))
        self.second.setText(plain_text(self._desk, self._text[place:]))


def _part() -> QLabel:
    part = Label()
    part.setObjectName("card")
    part.setWordWrap(True)
    part.setMargin(10)
    part.setFrameShape(QFrame.Shape.NoFrame)
    part.setTextFormat(Qt.TextFormat.PlainText)
    return part
