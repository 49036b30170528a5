"""A small searchable list that pops up where something is to be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.forms.choices import Choice
from magdesk.gui.rowpainting import DETAIL_ROLE, MARKS_ROLE, TwoLineDelegate
from magdesk.gui.words import _

_Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractListModel):
    """Choices, narrowed by words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[tuple[str, Choice]] = []
        self.shown: list[Choice] = []

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show these."""
        self._all = [(f"{choice.title} {choice.detail}".casefold(), choice) for choice in choices]
        self.narrow("")

    def narrow(self, text: str) -> None:
        """Keep the choices that hold every word of the text."""
        words = text.casefold().split()
        self.beginResetModel()
        self.shown = [choice for hay, choice in self._all if all(word in hay for word in words)]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title or second line."""
        choice = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == DETAIL_ROLE:
            return choice.detail
        if role == MARKS_ROLE:
            return choice.marks
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.title}. {choice.detail}"
        return None


class Picker(QFrame):
    """The popup: type to narrow, arrows to move, Enter to choose, Escape to leave.

    Attributes:
        chosen: the key of what was chosen.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, choices: Sequence[Choice], title: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.search = QLineEdit()
        self.search.setPlaceholderText(title)
        self.search.setAccessibleName(title)
        self.search.setClearButtonEnabled(True)
        self.view = QListView()
        self.view.setAccessibleName(_("Choices"))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.model = ChoiceModel(self)
        self.model.set_choices(choices)
        self.view.setModel(self.model)
        self.empty = Label(_("No matches."))
        self.empty.setObjectName("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Assemble
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(8)
        box.addWidget(self.search)
        box.addWidget(self.view)
        box.addWidget(self.empty)
        # Signals
        self.search.textChanged.connect(self._on_narrowed)
        self.view.clicked.connect(self._on_clicked)
        self.search.installEventFilter(self)
        self._on_narrowed("")

    def open_at(self, below: QPoint, width: int) -> None:
        """Show it with its upper left corner there, in global coordinates."""
        self.resize(max(width, 380), 340)
        screen = self.screen().availableGeometry()
        x = min(below.x(), screen.right() - self.width())
        y = (
            below.y()
            if below.y() + self.height() < screen.bottom()
            else max(screen.top(), below.y() - self.height() - 36)
        )
        self.move(max(screen.left(), x), y)
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search field act on the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            row = self.view.currentIndex().row()
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}.get(
                Qt.Key(key)
            )
            if step is not None and self.model.shown:
                self._select(max(0, min(len(self.model.shown) - 1, row + step)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(row)
                return True
        return super().eventFilter(watched, event)

    def _select(self, row: int) -> None:
        self.view.setCurrentIndex(self.model.index(row))

    def _on_narrowed(self, text: str) -> None:
        self.model.narrow(text)
        self.view.setVisible(bool(self.model.shown))
        self.empty.setVisible(not self.model.shown)
        if self.model.shown:
            self._select(0)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.model.shown):
            key = self.model.shown[row].key
            self.close()
            self.chosen.emit(key)
