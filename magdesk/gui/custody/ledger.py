"""The custody ledger of the whole case, newest first, filtered by words, kind and item."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.choices import evidence_choices
from magdesk.gui.forms.fields import CalmLine
from magdesk.gui.words import _, ngettext
from magdesk.progress import CancelToken, Progress
from magdesk.services.custody import WORDS, EventLine, events_of

_Index = QModelIndex | QPersistentModelIndex
_COLUMNS = (_("No."), _("When (UTC)"), _("Who"), _("What"), _("Item"), _("Details"))
_WIDTHS = (64, 140, 120, 150, 240, 300)


class LedgerModel(QAbstractTableModel):
    """The entries."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[EventLine] = []
        self._titles: Mapping[uuid.UUID, str] = {}
        self._hay: dict[int, str] = {}
        self.shown: list[EventLine] = []

    def set_events(self, events: Sequence[EventLine], titles: Mapping[uuid.UUID, str]) -> None:
        """Show these, newest first."""
        self._titles = titles
        self._all = list(reversed(events))
        self._hay = {}
        self.narrow("", "")

    @property
    def total(self) -> int:
        """How many entries there are."""
        return len(self._all)

    def item(self, event: EventLine) -> str:
        """The title of the item; its key where it is no longer in the case."""
        if event.item is None:
            return ""
        return self._titles.get(event.item) or _("no longer in the case ({key})").format(key=str(event.item)[:8])

    def narrow(self, text: str, what: str) -> None:
        """Keep the entries that hold every word and are of that kind, if one is named."""
        words = text.casefold().split()
        self.beginResetModel()
        self.shown = [
            event
            for event in self._all
            if (not what or event.what == what) and (not words or all(word in self._words(event) for word in words))
        ]
        self.endResetModel()

    def _words(self, event: EventLine) -> str:
        found = self._hay.get(event.number)
        if found is None:
            parts = (
                f"{event.at:%Y-%m-%d %H:%M}", event.who, event.what, self.item(event), event.detail, event.output,
                event.hash, str(event.item or ""),
            )  # fmt: skip
            found = self._hay[event.number] = " ".join(parts).casefold()
        return found

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Their titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        event = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            moment = f"{event.at:%Y-%m-%d %H:%M}"
            cells = (str(event.number), moment, event.who, event.what, self.item(event), event.detail)
            return cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("{detail}\nEntry {number}, {tool}\nSHA-256 {digest}\nHash {hash}").format(
                detail=event.detail or event.what,
                number=event.number,
                tool=event.tool,
                digest=event.output or "–",
                hash=event.hash,
            )
        return None


class LedgerView(QWidget):
    """Filter and table.

    Attributes:
        item_requested: an item is to be shown: its key.
    """

    item_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        self.model = LedgerModel(self)
        self.words = CalmLine()
        self.words.setPlaceholderText(_("Filter by item, person, day, digest…"))
        self.words.setAccessibleName(_("Filter the ledger"))
        self.words.setClearButtonEnabled(True)
        self.kind = CalmCombo()
        self.kind.setAccessibleName(_("Kind of event"))
        self.kind.addItem(_("All events"), "")
        for what in dict.fromkeys(WORDS.values()):
            self.kind.addItem(what, what)
        self.count = Label()
        self.count.setObjectName("help")
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Custody ledger of the case"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        line = QHBoxLayout()
        line.addWidget(self.words, 2)
        line.addWidget(self.kind, 1)
        line.addWidget(self.count)
        line.addStretch(1)
        lead = Label(_("Entries are never changed; each contains the hash of the one before it. “Verify” proves it."))
        lead.setObjectName("help")
        lead.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(8)
        box.addWidget(lead)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        self.words.textChanged.connect(self._narrow)
        self.kind.currentIndexChanged.connect(self._narrow)
        self.table.doubleClicked.connect(self._on_opened)

    def load(self) -> None:
        """Read the ledger, off the window's thread: it grows with everything that happens."""
        case = self._desk.case
        self._asked += 1
        asked = self._asked

        def work(_progress: Progress, _cancel: CancelToken) -> list[EventLine]:
            return events_of(case)

        def done(events: list[EventLine]) -> None:
            if asked == self._asked and not self._desk.closed:
                titles = {choice.key: choice.title for choice in evidence_choices(self._desk)}
                self.model.set_events(events, titles)  # type: ignore[arg-type]
                self._narrow()

        def failed(error: MagdeskError) -> None:
            self.count.setText(str(error))

        self._desk.runner.submit(
            _("Reading the ledger"), work, done=done, failed=failed, serial=False, cancellable=False, owner=self
        )

    def show_item(self, key: uuid.UUID) -> None:
        """Keep the entries of one item."""
        self.words.setText(str(key))

    def _narrow(self) -> None:
        self.model.narrow(self.words.text(), str(self.kind.currentData() or ""))
        shown, total = len(self.model.shown), self.model.total
        if shown == total:
            text = ngettext("{count} entry", "{count} entries", total).format(count=total)
        else:
            text = _("{shown} of {total}").format(shown=shown, total=total)
        self.count.setText(text)

    def _on_opened(self, index: QModelIndex) -> None:
        event = self.model.shown[index.row()]
        if event.item is not None:
            self.item_requested.emit(event.item)
