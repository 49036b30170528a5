"""The popups in which a rule about a column is set: values that occur with their counts, or two ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.errors import InputError
from magdesk.gui.boundedwords import Label
from magdesk.gui.evidence.columns import Column, Facet
from magdesk.gui.evidence.narrowing import Among, Between, NarrowingRule, read_date, read_number
from magdesk.gui.words import _

_Index = QModelIndex | QPersistentModelIndex
_SEARCH_FROM = 9  # values from which a line to search them is worth its room


class ValueModel(QAbstractListModel):
    """Values with boxes to tick.

    Attributes:
        ticked: another value was ticked or left.
    """

    ticked = Signal()

    def __init__(self, counts: Sequence[tuple[str, int]], chosen: frozenset[str], parent: QObject) -> None:
        super().__init__(parent)
        self._all = list(counts)
        self.shown = list(counts)
        self.chosen = set(chosen)

    def narrow(self, text: str) -> None:
        """Keep the values that hold the text."""
        words = text.casefold().split()
        self.beginResetModel()
        self.shown = [one for one in self._all if all(word in one[0].casefold() for word in words)]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The value, how often it occurs, whether it is ticked."""
        value, count = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{value or _('(nothing entered)')}  ({count})"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if value in self.chosen else Qt.CheckState.Unchecked
        return None

    def toggle(self, row: int) -> None:
        """Tick the value in that row, or leave it."""
        value = self.shown[row][0]
        self.chosen ^= {value}
        where = self.index(row)
        self.dataChanged.emit(where, where)
        self.ticked.emit()


class ValueList(QListView):
    """The values; a click or the space bar ticks.

    Attributes:
        ticked: the value in that row.
    """

    ticked = Signal(int)

    def __init__(self, model: ValueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setAccessibleName(_("Values"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.ticked.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.ticked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class FacetPopup(QFrame):
    """One rule.

    Attributes:
        ruled: the rule, or nothing when there is none any more.
    """

    ruled = Signal(object)

    def __init__(
        self, parent: QWidget, column: Column, counts: Sequence[tuple[str, int]], rule: NarrowingRule | None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(column.title)
        self._column = column
        title = Label(column.title)
        title.setObjectName("cardTitle")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 10, 12, 10)
        self._box.setSpacing(8)
        self._box.addWidget(title)
        if column.facet is Facet.VALUES:
            self._build_values(counts, rule if isinstance(rule, Among) else None)
        else:
            self._build_ends(rule if isinstance(rule, Between) else None)

    # -------------------------------------------------------------------------------------------- values

    def _build_values(self, counts: Sequence[tuple[str, int]], rule: Among | None) -> None:
        self.values = ValueModel(counts, rule.values if rule else frozenset(), self)
        self.view = ValueList(self.values)
        self.view.setMinimumHeight(min(300, 26 * max(3, len(counts)) + 8))
        self.view.ticked.connect(self.values.toggle)
        if len(counts) >= _SEARCH_FROM:
            line = QLineEdit()
            line.setPlaceholderText(_("Find a value"))
            line.setAccessibleName(_("Find a value"))
            line.setClearButtonEnabled(True)
            line.textChanged.connect(self.values.narrow)
            self._box.addWidget(line)
            self.setFocusProxy(line)
        else:
            self.setFocusProxy(self.view)
        self._box.addWidget(self.view, 1)
        self.values.ticked.connect(self._on_ticked)
        self.resize(280, 120 + self.view.minimumHeight())

    def _on_ticked(self) -> None:
        chosen = frozenset(self.values.chosen)
        self.ruled.emit(Among(self._column.name, chosen) if chosen else None)

    # ---------------------------------------------------------------------------------------------- ends

    def _build_ends(self, rule: Between | None) -> None:
        dates = self._column.facet is Facet.DATES
        self.low, self.high = QLineEdit(rule.low if rule else ""), QLineEdit(rule.high if rule else "")
        line = QHBoxLayout()
        line.setSpacing(8)
        for words, editor in ((_("From"), self.low), (_("to"), self.high)):
            label = Label(words)
            label.setObjectName("muted")
            label.setBuddy(editor)
            editor.setAccessibleName(f"{self._column.title}, {words}")
            editor.setPlaceholderText(_("e.g. 2014-03") if dates else _("any"))
            editor.setFixedWidth(110)
            editor.returnPressed.connect(self._on_entered)
            line.addWidget(label)
            line.addWidget(editor)
        self.trouble = Label()
        self.trouble.setObjectName("fieldError")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.apply = QPushButton(_("Show these"))
        self.apply.setProperty("kind", "primary")
        self.apply.clicked.connect(self._on_entered)
        self._box.addLayout(line)
        self._box.addWidget(self.trouble)
        self._box.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.low)

    def _on_entered(self) -> None:
        low, high = self.low.text().strip(), self.high.text().strip()
        read = read_date if self._column.facet is Facet.DATES else read_number
        try:
            for end in (low, high):
                if end:
                    read(end)
        except InputError as error:
            self.trouble.setText(str(error))
            self.trouble.show()
            self.adjustSize()
            return
        self.ruled.emit(Between(self._column.name, low, high) if low or high else None)
        self.close()

    def open_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner there, in global coordinates."""
        if self._column.facet is not Facet.VALUES:
            self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.setFocus()
