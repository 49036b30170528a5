"""What the law asks about an act and a way of taking part in it, shown where both are entered, and what is there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from magdesk.checks.finding import Place
from magdesk.checks.strength import ElementCell
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.labels import label
from magdesk.gui.layouts import take_all
from magdesk.gui.tones import TONES
from magdesk.gui.words import _, ngettext
from magdesk.model import Authority, Base, Incident, Participation
from magdesk.regimes.regime import AbuseType, Element


class Guide(QFrame):
    """Words above, then one line for each thing that has to be shown; closed until someone asks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("rowCard")
        self.head = ElidedButton()
        self.head.setProperty("kind", "row")
        self.head.setCheckable(True)
        self.head.setAccessibleName(_("What must be shown"))
        self.head.toggled.connect(self._on_toggled)
        self.words = _text("muted")
        self.body = QWidget()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(14, 2, 14, 12)
        inner.setSpacing(6)
        inner.addWidget(self.words)
        inner.addLayout(self._lines)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(self.body)
        self._shown: object = None
        self._on_toggled(on=False)

    def show_guide(self, title: str, words: Sequence[str], lines: Sequence[QWidget]) -> None:
        """Show this."""
        self.head.setText(" " + title.replace("&", "&&"))
        self.head.setAccessibleName(title)
        self.words.setText("\n".join(word for word in words if word))
        self.words.setVisible(bool(self.words.text()))
        take_all(self._lines)
        for line in lines:
            self._lines.addWidget(line)

    def _on_toggled(self, on: bool) -> None:
        self.body.setVisible(on)
        self.head.setIcon(self.desk.theme.icon("chevron" if on else "expand", "muted"))


class KindGuide(Guide):
    """The elements of the kind of abuse or corruption that an incident is."""

    def refresh(self, row: Base | None) -> None:
        """Follow the incident."""
        kind = kind_of(self.desk, row.kind) if isinstance(row, Incident) else None
        self.setVisible(kind is not None)
        if kind is None or kind == self._shown:
            return
        self._shown = kind
        title = _("What must be shown: {kind}").format(kind=kind.title)
        self.show_guide(title, (kind.definition, kind.note), [_element_line(one) for one in kind.elements])


class ModeGuide(Guide):
    """The facts that a mode of responsibility needs, and which of them are there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._row: Base | None = None
        desk.surveyed.connect(self._follow)

    def refresh(self, row: Base | None) -> None:
        """Follow the participation."""
        self._row = row
        self._follow()

    def _follow(self) -> None:
        row = self._row if isinstance(self._row, Participation) and self.desk.holds(self._row) else None
        law = self.desk.law.modes.get(row.mode.value) if isinstance(row, Participation) else None
        self.setVisible(law is not None)
        if law is None or not isinstance(row, Participation):
            return
        found = cells_of(self.desk, row)
        shown = (law, tuple((key, cell.facts, cell.strength) for key, cells in found.items() for cell in cells))
        if shown == self._shown:
            return
        self._shown = shown
        there = sum(any(cell.facts for cell in found.get(element.code, ())) for element in law.elements)
        title = _("Requirements: {there} of {all} shown").format(there=there, all=len(law.elements))
        words = [law.description, law.note]
        if not found:
            words.append(
                _("No ground against this target pleads such an act yet; facts can be linked once there is one.")
            )
        lines = [self._line(element, found.get(element.code, ())) for element in law.elements]
        self.show_guide(title, words, lines)

    def _line(self, element: Element, cells: Sequence[ElementCell]) -> QWidget:
        line = _element_line(element)
        if cells:
            best = max(cells, key=lambda cell: len(cell.facts))
            count = len(best.facts)
            facts = ngettext("{n} fact", "{n} facts", count).format(n=count)
            button = QPushButton(f"{label(best.strength)}, {facts}" if count else _("No fact yet"))
            button.setProperty("kind", "quiet")
            button.setIcon(self.desk.theme.icon("matrix", TONES[best.strength]))
            button.setToolTip(_("Open in the element matrix"))
            button.setAccessibleName(f"{element.code} {element.title}: {button.text()}")
            place = Place("matrix", best.basis, best.code)
            button.clicked.connect(partial(self.desk.go, place))
            layout = line.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line


def kind_of(desk: Desk, code: str) -> AbuseType | None:
    """A kind of abuse or corruption as the first authority asked for that knows it has it."""
    asked = [row.regime for row in desk.rows(Authority)] or list(desk.law.regimes)
    found = (desk.law.regimes[one].abuse_type(code) for one in asked if one in desk.law.regimes)
    return next((kind for kind in found if kind is not None), None) if code else None


def cells_of(desk: Desk, row: Participation) -> dict[str, list[ElementCell]]:
    """What is there of the things that a participation needs, by code, in every ground that pleads its act."""
    found: dict[str, list[ElementCell]] = {}
    keys: tuple[uuid.UUID, uuid.UUID] = (row.target_id, row.incident_id)
    for ground in desk.survey.matrix.grounds:
        for part in ground.modes if ground.target == keys[0] else ():
            if part.mode == row.mode.value and keys[1] in part.incidents:
                for cell in part.cells:
                    found.setdefault(cell.element.code, []).append(cell)
    return found


def _element_line(element: Element) -> QWidget:
    line = QWidget()
    code = _text("cardTitle")
    code.setText(element.code)
    code.setFixedWidth(44)
    words = _text("")
    words.setText(element.title if element.required else _("{title} (supporting only)").format(title=element.title))
    question = _text("help")
    question.setText(element.question)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(words)
    column.addWidget(question)
    box = QHBoxLayout(line)
    box.setContentsMargins(0, 2, 0, 2)
    box.setSpacing(6)
    box.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(column, 1)
    return line


def _text(name: str) -> QLabel:
    text = Label()
    text.setObjectName(name)
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    return text
