"""Rows that belong to the row of a form: a stack of cards, one line each, opened to edit in place."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label, elided, line_width
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton, OneLine
from magdesk.gui.flow import FlowRow
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.picker import Picker
from magdesk.gui.forms.rowkind import RowKind, in_order, remove, reorder
from magdesk.gui.layouts import discard
from magdesk.gui.words import _
from magdesk.model import Base

if TYPE_CHECKING:
    from magdesk.casefile import Session


class HeadButton(QPushButton):
    """The line of a card: a title that elides and a muted detail to its right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = self._detail = ""
        self.detail = Label()
        self.detail.setObjectName("help")
        self.detail.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.addStretch(1)
        line.addWidget(self.detail)

    def set_texts(self, title: str, detail: str) -> None:
        """Say this."""
        self._title, self._detail = " ".join(title.split()), " ".join(detail.split())
        self.setAccessibleName(f"{self._title}. {self._detail}" if detail else self._title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide anew."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Long titles must not widen the page."""
        return QSize(80, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As high as a button."""
        return QSize(200, super().sizeHint().height())

    def _fit(self) -> None:
        if not self._title:
            return
        room = max(60, self.width() - 56)
        metrics = self.detail.fontMetrics()
        wanted = min(line_width(metrics, self._detail) + 12, int(room * 0.36))
        free = max(60, room - line_width(self.fontMetrics(), self._title))
        width = max(wanted, min(free, line_width(metrics, self._detail) + 12)) if self._detail else 0
        self.detail.setText(elided(metrics, self._detail, max(0, width)))
        title = elided(self.fontMetrics(), self._title, room - width)
        self.setText(" " + title.replace("&", "&&"))
        whole = title == self._title and self.detail.text() == self._detail
        self.setToolTip("" if whole else "\n".join(filter(None, (self._title, self._detail))))


class Card(QFrame):
    """One row."""

    opened = Signal(object)

    def __init__(self, desk: Desk, kind: RowKind, owner: Cards, row: Base) -> None:
        super().__init__()
        self.setObjectName("rowCard")
        self.desk, self.kind, self.owner, self.row = desk, kind, owner, row
        self.form: Form | None = None
        self.head = HeadButton()
        self.head.setCheckable(True)
        self.head.setIcon(desk.theme.icon("expand", "muted"))
        line = QHBoxLayout()
        line.setContentsMargins(4, 2, 4, 2)
        line.setSpacing(0)
        line.addWidget(self.head, 1)
        self.buttons: dict[str, QToolButton] = {}
        for name, icon, text in (
            ("source", "eye", _("Show in the source")),
            ("up", "up", _("Move up")),
            ("down", "down", _("Move down")),
            ("remove", "remove", _("Delete this {thing}").format(thing=kind.one)),
        ):
            if (name in ("up", "down") and not kind.ranked) or (name == "source" and kind.source is None):
                continue
            button = QToolButton()
            button.setIcon(desk.theme.icon(icon, "muted"))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.setEnabled(name == "source" or not desk.read_only)
            line.addWidget(button)
            self.buttons[name] = button
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.box.addLayout(line)
        # Signals
        self.head.toggled.connect(self._on_toggled)
        if kind.ranked:
            self.buttons["up"].clicked.connect(self._on_up)
            self.buttons["down"].clicked.connect(self._on_down)
        self.buttons["remove"].clicked.connect(self._on_remove)
        if kind.source is not None:
            self.buttons["source"].clicked.connect(self._on_source)
        self.refresh()

    def _on_up(self) -> None:
        self.owner.move_row(self.row, -1)

    def _on_down(self) -> None:
        self.owner.move_row(self.row, 1)

    def _on_remove(self) -> None:
        self.owner.remove_row(self.row)

    def _on_source(self) -> None:
        if self.kind.source is not None:
            self.desk.flush()
            key, page, words, counted = self.kind.source(self.row)
            self.desk.go(Place("evidence", key))
            self.desk.reading_requested.emit(key, page, words, counted)

    def refresh(self) -> None:
        """Say what the row is now."""
        self.head.set_texts(self.kind.shown_title(self.desk, self.row), self.kind.detail(self.desk, self.row))
        against = self.kind.against(self.row)
        if bool(self.property("against")) != against:
            self.setProperty("against", against)
            self.head.detail.setObjectName("fieldError" if against else "help")
            for widget in (self, self.head.detail):
                widget.style().polish(widget)
        if self.form is not None and self.head.isChecked():
            self.form.load()

    def set_open(self, on: bool) -> None:
        """Open or close it."""
        self.head.setChecked(on)

    def _on_toggled(self, on: bool) -> None:
        if on and self.form is None:
            # Forms cost; a card that is never opened has none.
            self.form = Form(self.desk, self.kind.page)
            self.kind.build(self.form)
            self.form.setContentsMargins(14, 4, 14, 14)
            self.box.addWidget(self.form)
        if self.form is not None:
            if on:
                self.form.bind(self.row)
            else:
                self.form.flush()
            self.form.setVisible(on)
        self.head.setIcon(self.desk.theme.icon("chevron" if on else "expand", "muted"))
        self.setProperty("open", on)
        self.style().polish(self)
        if on:
            self.opened.emit(self)


class Cards(QWidget):
    """The rows of one collection of the bound row."""

    def __init__(self, desk: Desk, kind: RowKind, attribute: str, title: str = "", lead: str = "") -> None:
        super().__init__()
        self.desk, self.kind, self.attribute = desk, kind, attribute
        self.row: Base | None = None
        self._cards: dict[uuid.UUID, Card] = {}
        self.title = OneLine(title)
        self.title.setObjectName("sectionTitle")
        _hide_without_text(self.title)
        self.lead = Label(lead)
        self.lead.setObjectName("muted")
        self.lead.setWordWrap(True)
        _hide_without_text(self.lead)
        self.empty = Label(kind.empty)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.button = ElidedButton(kind.add)
        self.button.setProperty("kind", "quiet")
        self.button.setIcon(desk.theme.icon("add", "accent"))
        self.button.setEnabled(not desk.read_only)
        self.button.clicked.connect(self.add)
        top = FlowRow(self.title, self.button, side=Qt.AlignmentFlag.AlignJustify)
        top.line.setContentsMargins(0, 6, 0, 0)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(top)
        box.addWidget(self.lead)
        box.addWidget(self.empty)
        box.addLayout(self._stack)
        self.setAccessibleName(title)

    @property
    def rows(self) -> list[Any]:
        """The rows, in order."""
        return [] if self.row is None else in_order(getattr(self.row, self.attribute))

    def bind(self, row: Base | None) -> None:
        """Show the rows of this one."""
        if row is not self.row:
            self.row = row
            for card in self._cards.values():
                self._drop(card)
            self._cards.clear()
        self.refresh()

    def refresh(self) -> None:
        """Follow what was added, deleted or moved."""
        rows = self.rows
        keys = {row.id for row in rows}
        for key in [key for key in self._cards if key not in keys]:
            self._drop(self._cards.pop(key))
        for place, row in enumerate(rows):
            card = self._cards.get(row.id)
            if card is None:
                card = Card(self.desk, self.kind, self, row)
                card.opened.connect(self._on_opened)
                self._cards[row.id] = card
            else:
                card.row = row
                card.refresh()
            if self._stack.indexOf(card) != place:
                self._stack.insertWidget(place, card)
            if self.kind.ranked and not self.desk.read_only:
                card.buttons["up"].setEnabled(place > 0)
                card.buttons["down"].setEnabled(place < len(rows) - 1)
        self.empty.setVisible(not rows)

    def add(self) -> None:
        """Add a row, after choosing what it must refer to."""
        if self.row is None:
            return
        self._ask(())

    def _ask(self, picked: tuple[Any, ...]) -> None:
        """Ask for what is still to be chosen; then add the row."""
        if len(picked) == len(self.kind.picks):
            self.add_row(*picked)
            return
        pick = self.kind.picks[len(picked)]
        picker = Picker(self, pick.source(self.desk, self.row), pick.title or self.kind.add)
        picker.chosen.connect(partial(self._on_picked, picked))
        corner = self.button.mapToGlobal(QPoint(self.button.width() - 380, self.button.height() + 2))
        picker.open_at(corner, 380)

    def _on_picked(self, before: tuple[Any, ...], value: object) -> None:
        self._ask((*before, value))

    def add_row(self, *picked: Any) -> None:
        """Add a row and open it."""
        owner = self.row
        if owner is None:
            return
        self.desk.flush()
        row = self.kind.fresh(self.desk, owner, self.rows, picked)
        label = _("Add {thing}").format(thing=self.kind.one)
        if self.desk.try_change(label, lambda session: self.insert(session, owner, row)):
            self.refresh()
            self.show_row(row.id)

    def insert(self, session: Session, owner: Base, row: Base) -> None:
        """Put a fresh row into the collection."""
        getattr(owner, self.attribute).append(row)

    def show_row(self, key: uuid.UUID, field: str = "") -> bool:
        """Open the card of a row and put the cursor into it; also finds rows inside cards."""
        card = self._cards.get(key)
        if card is not None:
            card.set_open(True)
            if card.form is not None:
                card.form.focus(field) or card.form.focus()
            return True
        for outer in self._cards.values():
            if any(child.id == key for child in getattr(outer.row, "citations", ())):
                outer.set_open(True)
                return any(inner.show_row(key, field) for inner in outer.findChildren(Cards))
        return False

    def move_row(self, row: Base, step: int) -> None:
        """Move a row up or down."""
        rows = self.rows
        to = rows.index(row) + step
        label = _("Move {thing}").format(thing=self.kind.one)
        if self.desk.try_change(label, lambda _session: reorder(rows, row, to)):
            self.refresh()

    def remove_row(self, row: Base) -> None:
        """Delete a row."""
        self.desk.flush()
        if remove(self.desk, self, row, self.kind.one):
            self.forget()
            self.refresh()
            self.button.setFocus()

    def forget(self) -> None:
        """Read the collection anew when it is next asked for."""
        if self.row is not None:
            self.desk.forget_collections(self.row, self.attribute)

    def _on_opened(self, opened: Card) -> None:
        for card in self._cards.values():
            if card is not opened and card.head.isChecked():
                card.set_open(False)

    def _drop(self, card: Card) -> None:
        for form in card.findChildren(Form):
            for field in form.fields:
                field.row = None
                self.desk.note_unsaved(field, False)
            form.row = None  # it lives on until Qt takes it down, and hears of findings meanwhile
        self._stack.removeWidget(card)
        discard(card)


class TableCards(Cards):
    """All rows of a kind, or those with certain values, where they are no collection of another row."""

    def __init__(
        self,
        desk: Desk,
        kind: RowKind,
        title: str = "",
        lead: str = "",
        *,
        equal: Callable[[Base], dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(desk, kind, "", title, lead)
        self._equal = equal

    @property
    def rows(self) -> list[Any]:
        """The rows, in order."""
        if self.row is None:
            return []
        return self.desk.rows(self.kind.kind, **(self._equal(self.row) if self._equal else {}))

    def insert(self, session: Session, owner: Base, row: Base) -> None:
        """Give the row the values that make it one of these."""
        for name, value in (self._equal(owner) if self._equal else {}).items():
            setattr(row, name, value)
        session.add(row)

    def forget(self) -> None:
        """Nothing is kept."""


def add_cards(form: Form, kind: RowKind, attribute: str, title: str = "", lead: str = "") -> Cards:
    """Put the rows of a collection into a form; they follow the form's row."""
    cards = Cards(form.desk, kind, attribute, title, lead)
    form.widget(cards)
    form.watch(lambda: cards.bind(form.row))
    return cards


def _hide_without_text(label: QLabel) -> None:
    # Only ever hide: a widget that is shown before it has a parent is a window of its own for a moment.
    if not label.text():
        label.hide()
