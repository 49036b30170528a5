"""Chronology: what happened when, as a timeline and as a list, and whether acts fall into documented tenure."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import CaseFile, Changes
from magdesk.checks.finding import Place
from magdesk.dates.partialdate import PartialDate
from magdesk.document.events import Event, EventKind
from magdesk.errors import InputError
from magdesk.gui.boundedwords import Label
from magdesk.gui.chart.eventlist import EventModel, TableEvent, entry_of
from magdesk.gui.chart.lanes import lanes_of
from magdesk.gui.chart.snapshot import Snapshot, take_snapshot
from magdesk.gui.chart.timeline import Timeline
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import place_of
from magdesk.gui.desk.rereading import Rereading
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.page import Page
from magdesk.gui.lists.listpage import EmptyState
from magdesk.gui.words import _, ngettext
from magdesk.regimes.regime import Law

KINDS: dict[str, tuple[str, frozenset[EventKind]]] = {
    "incidents": (_("Incidents"), frozenset({EventKind.INCIDENT})),
    "facts": (_("Facts"), frozenset({EventKind.FACT})),
    "payments": (_("Payments"), frozenset({EventKind.PAYMENT})),
    "positions": (_("Positions"), frozenset({EventKind.POSITION_START, EventKind.POSITION_END})),
    "ties": (_("Command and ownership"), frozenset({EventKind.RELATION_START, EventKind.RELATION_END})),
    "proceedings": (_("Proceedings"), frozenset({EventKind.PROCEEDING, EventKind.SANCTION})),
    "published": (_("Publications"), frozenset({EventKind.PUBLICATION})),
}
_NARROW = 760


def _read(case: CaseFile, _law: Law, today: date) -> tuple[Snapshot, dict[int, TableEvent]]:
    snapshot = take_snapshot(case, today)
    return snapshot, {id(event): entry_of(snapshot, event) for event in snapshot.events}


class ChronologyPage(Page):
    """The timeline above the list, with filters for both."""

    code = "chronology"

    def __init__(self, desk: Desk) -> None:
        lead = _("What happened and when. Acts outside documented tenure are hatched.")
        super().__init__(desk, _("Chronology"), lead)
        self.snapshot = Snapshot()
        self.shown: tuple[Event, ...] = ()
        self._entries: dict[
            int, TableEvent
        ] = {}  # by event: the words of thousands are put together beside the window
        self.timeline = Timeline(desk.theme)
        self.model = EventModel(self)
        self.table = QTableView()
        self.empty = EmptyState(desk, self.code, "")
        self._make_filters()
        self._make_table()
        self._assemble()
        # Signals
        self.timeline.chosen.connect(self._on_mark)
        self.timeline.opened.connect(self.open_row)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.lookout: Rereading[tuple[Snapshot, dict[int, TableEvent]]] = Rereading(
            self, desk, _("Reading the chronology"), _read, self._on_loaded, self.show_failure
        )
        self.lookout.ask()

    # ------------------------------------------------------------------------------------------- building

    def _make_filters(self) -> None:
        self.kinds = QToolButton()
        self.kinds.setText(_("All kinds"))
        self.kinds.setIcon(self.desk.theme.icon("chevron", "muted"))
        self.kinds.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.kinds.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.kinds.setAccessibleName(_("Kinds of events"))
        menu = QMenu(self.kinds)
        self.kind_actions = {}
        for code, (words, _kinds) in KINDS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(self.refresh)
            self.kind_actions[code] = action
        self.kinds.setMenu(menu)
        self.target = CalmCombo()
        self.target.setAccessibleName(_("Target"))
        self.target.activated.connect(self.refresh)
        self.first, self.last = QLineEdit(), QLineEdit()
        for edit, words in ((self.first, _("From")), (self.last, _("Until"))):
            edit.setPlaceholderText(words)
            edit.setAccessibleName(words)
            edit.setMaximumWidth(110)
            edit.setToolTip(_("A year, a month or a day: 2019, 2019-03, 5 March 2019"))
            edit.textChanged.connect(self.refresh)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find an event"))
        self.search.setAccessibleName(_("Find an event"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.refresh)
        self.summary = Label()
        self.summary.setObjectName("muted")
        for icon, words, work in (
            ("zoom-out", _("Zoom out"), partial(self.timeline.zoom, 1 / 1.4)),
            ("zoom-in", _("Zoom in"), partial(self.timeline.zoom, 1.4)),
            ("fit", _("Show all"), self.timeline.fit),
        ):
            button = QToolButton()
            button.setIcon(self.desk.theme.icon(icon, "muted"))
            button.setIconSize(QSize(18, 18))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(work)
            self.tools.addWidget(button)

    def _make_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Events"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(False)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((150, 110, 420, 170, 90)):
            head.resizeSection(column, width)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 8)
        line.setSpacing(8)
        line.addWidget(self.kinds)
        line.addWidget(self.target, 2)
        line.addWidget(self.first)
        line.addWidget(self.last)
        line.addWidget(self.search, 2)
        line.addWidget(self.summary)
        self.area = QScrollArea()
        self.area.setWidget(self.timeline)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(90)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.area)
        self.splitter.addWidget(self.table)
        self.splitter.setSizes([420, 320])
        work = QWidget()
        box = QVBoxLayout(work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(line)
        box.addWidget(self.splitter, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)

    # ------------------------------------------------------------------------------------------- reading

    def _on_loaded(self, found: tuple[Snapshot, dict[int, TableEvent]]) -> None:
        self.snapshot, self._entries = found
        snapshot = self.snapshot
        chosen = self.target.currentData()
        self.target.clear()
        self.target.addItem(_("All targets"), None)
        for key, party in snapshot.targets.items():
            self.target.addItem(snapshot.names.get(party, ""), str(key))
        self.target.setCurrentIndex(max(self.target.findData(chosen), 0))
        self.refresh()

    # ------------------------------------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Show what the filters leave."""
        if not self.snapshot.events:
            self.empty.words.setText(
                _("Nothing dated yet. The dates of incidents, facts, positions and proceedings come together here.")
            )
            self.stack.setCurrentWidget(self.empty)
            return
        self.stack.setCurrentIndex(0)
        kinds = frozenset[EventKind]().union(
            *(KINDS[code][1] for code, action in self.kind_actions.items() if action.isChecked())
        )
        on = sum(action.isChecked() for action in self.kind_actions.values())
        self.kinds.setText(
            _("All kinds") if on == len(KINDS) else ngettext("{count} kind", "{count} kinds", on).format(count=on)
        )
        data = self.target.currentData()
        target = uuid.UUID(data) if data else None
        first, last = self._bound(self.first), self._bound(self.last)
        shown = [
            event
            for event in self.snapshot.events
            if event.kind in kinds
            and (target is None or target in event.targets)
            and _within(event, first.earliest() if first else None, last.latest() if last else None)
        ]
        entries = self._entries
        words = self.search.text().casefold().split()
        if words:
            shown = [
                event
                for event in shown
                if all(word in " ".join(entries[id(event)].cells).casefold() for word in words)
            ]
        self.shown = tuple(shown)
        key = self.timeline.current
        self.model.show_entries([entries[id(event)] for event in shown])
        self.timeline.show_lanes(
            lanes_of(self.snapshot, shown, target, self.desk.today(), lambda event: entries[id(event)].cells[2])
        )
        count = len(shown)
        self.summary.setText(ngettext("{count} event", "{count} events", count).format(count=count))
        self._select(key)

    def _bound(self, edit: QLineEdit) -> PartialDate | None:
        """A typed date; what is none narrows nothing and is marked."""
        text = edit.text().strip()
        found: PartialDate | None = None
        wrong = False
        if text:
            try:
                found = PartialDate.parse(text)
            except InputError:
                wrong = True
        if edit.property("wrong") != wrong:
            edit.setProperty("wrong", wrong)
            edit.style().unpolish(edit)
            edit.style().polish(edit)
        return found

    # ------------------------------------------------------------------------------------------ choosing

    def _on_mark(self, key: uuid.UUID) -> None:
        self._select(key)

    def _select(self, key: uuid.UUID | None) -> None:
        for number, entry in enumerate(self.model.entries):
            if entry.key == key:
                if self.table.currentIndex().row() != number:
                    self.table.selectRow(number)
                self.table.scrollTo(self.model.index(number, 0))
                return

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.timeline.choose(self.model.entries[index.row()].key)

    def _on_activated(self, index: QModelIndex) -> None:
        self.open_row(self.model.entries[index.row()].key)

    def open_row(self, key: uuid.UUID) -> None:
        """Show where an event is edited."""
        event = next((row for row in self.snapshot.events if row.row.id == key), None)
        rows: list[object] = [event.row] if event is not None else []
        rows += [row for career in self.snapshot.careers for row, _tenure in career.posts if row.id == key]
        if rows:
            table = type(rows[0]).__tablename__  # type: ignore[attr-defined]
            owner = getattr(rows[0], "party_id", None)
            place = place_of(self.desk, table, key)
            if place is None and owner is not None:
                place = Place("people", key)
            if place is not None:
                self.desk.go(place)

    # ------------------------------------------------------------------------------------------ following

    def on_changed(self, changes: Changes) -> None:
        """The case changed: read it anew."""
        self.lookout.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list keeps what tells most."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.table.setColumnHidden(1, narrow)
        self.table.setColumnHidden(3, narrow)
        self.table.setColumnWidth(0, 136 if narrow else 150)

    def show_place(self, place: Place) -> None:
        """Choose an event."""
        self.timeline.choose(place.row)
        self._select(place.row)
        self.table.setFocus()

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()


def _within(event: Event, first: date | None, last: date | None) -> bool:
    """Whether an event can have been between two days; what has no date is shown while none is asked for."""
    if first is None and last is None:
        return True
    begin = event.start or event.end
    end = event.end or event.start
    if begin is None or end is None:
        return False
    return (first is None or end.latest() >= first) and (last is None or begin.earliest() <= last)
