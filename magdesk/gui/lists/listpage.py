"""Master list and detail: rows at the left, the chosen one at the right; add, delete, move, filter, find."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Place, Severity
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk, worst
from magdesk.gui.desk.places import find_row, master_of
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page, PageState
from magdesk.gui.forms.rowkind import RowKind, remove, reorder
from magdesk.gui.rowpainting import BADGE_ROLE, DETAIL_ROLE, HEADING_ROLE, MARK_ROLE, TwoLineDelegate
from magdesk.gui.words import _, ngettext
from magdesk.model import Base

_Index = QModelIndex | QPersistentModelIndex
_MIME = "application/x-magdesk-row"
TONES = {Severity.BLOCK: "danger", Severity.WARN: "warn", Severity.INFO: "muted"}


@dataclass(frozen=True, slots=True)
class ListItem:
    """One line of a master list, ready to paint."""

    key: uuid.UUID
    title: str
    detail: str
    mark: str
    badge: tuple[str, QColor] | None
    spoken: str
    group: str = ""


class ItemModel(QAbstractListModel):
    """Lines that were worked out beforehand; painting asks nothing of the case.

    Attributes:
        dropped: a line was dragged: from, to.
    """

    dropped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ListItem] = []
        self.items: list[ListItem] = []
        self.words = ""

    def set_items(self, items: list[ListItem]) -> None:
        """Show these; when only their words changed, without resetting the view."""
        before = [item.key for item in self.items]
        self._all = items
        shown = self._shown()
        if [item.key for item in shown] == before:
            self.items = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self.items = shown
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Keep the lines that hold every word."""
        self.words = text.casefold()
        self.set_items(self._all)

    @property
    def total(self) -> int:
        """How many lines there are with and without the filter."""
        return len(self._all)

    def _shown(self) -> list[ListItem]:
        words = self.words.split()
        if not words:
            return self._all
        return [
            item
            for item in self._all
            if all(w in f"{item.mark} {item.title} {item.detail} {item.group}".casefold() for w in words)
        ]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == DETAIL_ROLE:
            return item.detail
        if role == MARK_ROLE:
            return item.mark
        if role == BADGE_ROLE:
            return item.badge
        if role == HEADING_ROLE:
            first = not index.row() or self.items[index.row() - 1].group != item.group
            return item.group if first else None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return item.spoken
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Lines can be dragged; only the gaps between them take a drop."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only lines of this list."""
        return [_MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The place of the dragged line."""
        data = QMimeData()
        data.setData(_MIME, QByteArray(str(indexes[0].row()).encode()))
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        """A filtered list has no places to move to."""
        return data.hasFormat(_MIME) and not self.words

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        """Ask for the move; the view must not remove the line itself."""
        start = int(bytes(data.data(_MIME).data()))
        to = row if row >= 0 else len(self.items)
        self.dropped.emit(start, to - 1 if to > start else to)
        return False


class ListPage(Page):
    """A page with a master list of one kind of row.

    A subclass names the kind and builds the detail once; the detail is bound to whichever row is chosen.
    """

    def __init__(self, desk: Desk, title: str, lead: str, kind: RowKind) -> None:
        super().__init__(desk, title, lead)
        desk.warm()
        self.kind = kind
        self.current: Base | None = None
        self.model = ItemModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(title)
        self.view.installEventFilter(self)
        if kind.ranked and not desk.read_only:
            self.view.setDragDropMode(QListView.DragDropMode.DragDrop)
            self.view.setDefaultDropAction(Qt.DropAction.MoveAction)
            self.view.setDropIndicatorShown(True)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the list"))
        self.filter.setClearButtonEnabled(True)
        self.add_button = QPushButton(kind.add)
        self.add_button.setProperty("kind", "primary")
        self.add_button.setEnabled(not desk.read_only)
        self.up_button = self._tool("up", _("Move up (Alt+Up)"))
        self.down_button = self._tool("down", _("Move down (Alt+Down)"))
        self.remove_button = self._tool("remove", _("Delete this {thing} (Delete)").format(thing=kind.one))
        self.detail = self.make_detail()
        self.empty = EmptyState(desk, self.code, kind.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.detail)
        self._assemble()
        # Signals
        self.add_button.clicked.connect(self.add)
        self.up_button.clicked.connect(partial(self.move_current, -1))
        self.down_button.clicked.connect(partial(self.move_current, 1))
        self.remove_button.clicked.connect(self.remove_current)
        self.filter.textChanged.connect(self._on_filtered)
        self.model.dropped.connect(self._on_dropped)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.refresh()

    def _assemble(self) -> None:
        pane = QFrame()
        pane.setObjectName("masterPane")
        pane.setMinimumWidth(200)
        box = QVBoxLayout(pane)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(10, 10, 10, 8)
        top.addWidget(self.filter)
        box.addLayout(top)
        box.addWidget(self.view, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(8, 6, 8, 6)
        bottom.setSpacing(2)
        self.count = Label()
        self.count.setObjectName("help")
        bottom.addWidget(self.count)
        bottom.addStretch(1)
        if self.kind.ranked:
            bottom.addWidget(self.up_button)
            bottom.addWidget(self.down_button)
        bottom.addWidget(self.remove_button)
        box.addLayout(bottom)
        self.pane = pane
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(pane)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([self.desk.theme.palette.metrics["list"], 900])
        self.tools.addWidget(self.add_button)
        self.body.addWidget(splitter, 1)

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self.desk.theme.icon(icon, "muted"))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    # ------------------------------------------------------------------------------- for the subclasses

    def make_detail(self) -> QWidget:
        """The right side."""
        raise NotImplementedError

    def bind(self, row: Base | None) -> None:
        """Show a row in the detail."""
        raise NotImplementedError

    def rows(self) -> list[Base]:
        """The rows of the list, in order."""
        return list(self.desk.rows(self.kind.kind))

    def make_row(self) -> Base:
        """A fresh row."""
        return self.kind.fresh(self.desk, None, self.rows(), ())

    def remove_row(self, row: Base) -> bool:
        """Delete a row."""
        return remove(self.desk, self, row, self.kind.one)

    # ------------------------------------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Follow the case."""
        rows = self.rows()
        self.model.set_items([self._item(row) for row in rows])
        self._show_count()
        keys = {row.id for row in rows}
        if self.current is None or self.current.id not in keys:
            self.select(rows[0].id if rows else None)
        else:
            self.select(self.current.id)
        self.stack.setCurrentWidget(self.detail if self.current is not None else self.empty)
        self.pane.setVisible(bool(rows))
        self._enable()

    def _item(self, row: Base) -> ListItem:
        found = [finding for finding in self.desk.interruptions(self.code) if self._belongs(finding.place.row, row)]
        severity = worst(found)
        badge = None
        if severity in (Severity.BLOCK, Severity.WARN):
            badge = (str(len(found)), self.desk.theme.palette.colour(TONES[severity]))
        title, detail = self.kind.shown_title(self.desk, row), self.kind.detail(self.desk, row)
        mark = self.kind.mark(self.desk, row)
        words = [mark, title, detail]
        if badge:
            words.append(ngettext("{count} finding", "{count} findings", len(found)).format(count=len(found)))
        group = self.kind.group(self.desk, row)
        return ListItem(row.id, title, detail, mark, badge, ". ".join(word for word in words if word), group)

    def _belongs(self, key: uuid.UUID | None, row: Base) -> bool:
        return key is not None and (key == row.id or key == getattr(row, "party_id", None))

    def select(self, key: uuid.UUID | None) -> None:
        """Choose the row of that key."""
        row = self.desk.get(self.kind.kind, key)
        if row is not self.current:
            self.current = row
            self.bind(row)
        elif row is not None:
            self.bind(row)
        place = next((n for n, item in enumerate(self.model.items) if item.key == key), -1)
        if self.view.currentIndex().row() != place:
            self.view.selectionModel().blockSignals(True)
            self.view.setCurrentIndex(self.model.index(place) if place >= 0 else QModelIndex())
            self.view.selectionModel().blockSignals(False)
        self.view.viewport().update()
        if place >= 0:
            self.view.scrollTo(self.model.index(place))
        self.stack.setCurrentWidget(self.detail if self.current is not None else self.empty)
        self._enable()

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self.refresh()

    def on_surveyed(self) -> None:
        """New badges and numbers."""
        self.model.set_items([self._item(row) for row in self.rows()])

    def show_place(self, place: Place) -> None:
        """Choose the row, then open what is inside it."""
        master = master_of(self.desk, find_row(self.desk, place.row, self.code))
        if master is not None and isinstance(master, self.kind.kind):
            if self.model.words:
                self.filter.clear()
            self.select(master.id)
            if not self.reveal(self.detail, place):
                self.view.setFocus()
        else:
            self.focus_first()

    def state(self) -> PageState:
        """With the chosen row and the words of the filter."""
        chosen = (self.current.id,) if self.current is not None else ()
        return replace(super().state(), chosen=chosen, words=self.filter.text())

    def restore(self, state: PageState) -> None:
        """Choose the row again, if it is still there."""
        self.filter.setText(state.words)
        if state.chosen and self.desk.get(self.kind.kind, state.chosen[0]) is not None:
            self.select(state.chosen[0])
        super().restore(state)

    def focus_first(self) -> None:
        """The list, or the button that adds the first row."""
        (self.view if self.model.items else self.add_button).setFocus()

    # ------------------------------------------------------------------------------------------- acting

    def add(self) -> None:
        """Add a row behind the others and begin to fill it in."""
        self.desk.flush()
        row = self.make_row()
        label = _("Add {thing}").format(thing=self.kind.one)
        if self.desk.try_change(label, lambda session: session.add(row)):
            self.filter.clear()
            self.refresh()
            self.select(row.id)
            self.begin_editing()

    def begin_editing(self) -> None:
        """Put the cursor into the first field of a fresh row: what is typed next is its text."""
        if any(form.focus() for form in self.detail.findChildren(Form) if form.isVisible()):
            return
        widget = self.detail.nextInFocusChain()
        while widget is not None and widget is not self.detail:
            takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes_focus and widget.isVisible() and widget.isEnabled() and self.detail.isAncestorOf(widget):
                widget.setFocus()
                return
            widget = widget.nextInFocusChain()

    def move_current(self, step: int) -> None:
        """Move the chosen row up or down."""
        if self.current is None or not self.kind.ranked or self.model.words or self.desk.read_only:
            return
        rows = self.rows()
        place = next(n for n, row in enumerate(rows) if row.id == self.current.id)
        self.move_row(place, place + step)

    def move_row(self, start: int, to: int) -> None:
        """Move the row at a place to another place."""
        rows = self.rows()
        if start != to and 0 <= to < len(rows):
            self.desk.flush()
            label = _("Move {thing}").format(thing=self.kind.one)
            self.desk.try_change(label, lambda _session: reorder(rows, rows[start], to))
            self.refresh()

    def remove_current(self) -> None:
        """Delete the chosen row and choose its neighbour."""
        if self.current is None or self.desk.read_only:
            return
        self.desk.flush()
        keys = [item.key for item in self.model.items]
        place = keys.index(self.current.id) if self.current.id in keys else 0
        if self.remove_row(self.current):
            rest = [key for key in keys if key != keys[place]]
            self.refresh()
            if rest:
                self.select(rest[min(place, len(rest) - 1)])
            self.focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.matches(QKeySequence.StandardKey.Delete):
                self.remove_current()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
                self.begin_editing()
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------------------- inside

    def _enable(self) -> None:
        writable = not self.desk.read_only and self.current is not None
        place = self.view.currentIndex().row()
        movable = writable and not self.model.words
        self.up_button.setEnabled(movable and place > 0)
        self.down_button.setEnabled(movable and 0 <= place < len(self.model.items) - 1)
        self.remove_button.setEnabled(writable)

    def _on_filtered(self, text: str) -> None:
        self.model.narrow(text)
        self._show_count()
        if self.current is not None:
            self.select(self.current.id)

    def _show_count(self) -> None:
        shown, total = len(self.model.items), self.model.total
        text = str(total) if shown == total else _("{shown} of {total}").format(shown=shown, total=total)
        self.count.setText(text)

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.select(self.model.items[index.row()].key)

    def _on_dropped(self, start: int, to: int) -> None:
        self.move_row(start, to)


class EmptyState(QWidget):
    """What stands where a first row would be: a picture, what to do, the button that does it."""

    def __init__(self, desk: Desk, icon: str, text: str) -> None:
        super().__init__()
        self._desk, self._icon = desk, icon
        picture = Label()
        picture.setPixmap(desk.theme.icon(icon, "line_strong").pixmap(QSize(44, 44)))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = Label(text)
        self.words.setObjectName("muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setMaximumWidth(440)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(picture)
        column.addWidget(self.words)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(column, 100)  # as wide as the text may be, and narrower where there is less room
        across.addStretch(1)
        box = QVBoxLayout(self)
        box.addStretch(2)
        box.addLayout(across)
        box.addStretch(3)
