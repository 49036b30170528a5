"""Linkage: who commands, owns, belongs to whom, as a chart with the sources of every tie beside it."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import CaseFile, Changes
from magdesk.checks.finding import Place
from magdesk.document.graph import EdgeKind, Holding, holdings
from magdesk.document.layout import Plan, PlanSpacing, lay_out
from magdesk.document.ownership import OwnershipRules
from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.chart.chartsheet import ChartFilter, ChartSheet, Fonts, sheet_of
from magdesk.gui.chart.panel import ChartPanel
from magdesk.gui.chart.snapshot import Snapshot, take_snapshot
from magdesk.gui.chart.view import ChartView
from magdesk.gui.chart.words import KINDS, node_name, owned_words
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import place_of
from magdesk.gui.desk.rereading import Rereading
from magdesk.gui.fitting import CalmCombo, WrappedCheck
from magdesk.gui.flow import FlowRow
from magdesk.gui.forms.choices import party_choices
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.picker import Picker
from magdesk.gui.lists.listpage import EmptyState
from magdesk.gui.words import _, ngettext
from magdesk.model import Party, Relation
from magdesk.model.people import RelationKind
from magdesk.progress import CancelToken, Progress
from magdesk.regimes.regime import Law

_SIDE = 372
_NARROW = 720  # below this width the chart has the page for itself
_AT_ONCE = 120  # ties that are laid out without a job
_WIDTHS = (480.0, 640.0, 820.0, 1040.0, 1400.0)  # of the chart, to be tried
_NEW_KIND = RelationKind.ASSOCIATE


def _read(case: CaseFile, _law: Law, today: date) -> Snapshot:
    return take_snapshot(case, today)


class LinkagePage(Page):
    """The chart, its filters, and beside it what was chosen."""

    code = "linkage"

    def __init__(self, desk: Desk) -> None:
        lead = _("Who commands, owns or belongs to whom, when, and which exhibit shows it.")
        super().__init__(desk, _("Linkage"), lead)
        self.snapshot = Snapshot()
        self.sheet = ChartSheet({}, {}, (), ())
        self.holdings: tuple[Holding, ...] = ()
        self._days_set = False
        self._round = 0
        self._chosen_tie = ""
        self._wanted_tie = ""
        self._fonts = Fonts(self.font())
        self.view = ChartView(desk.theme)
        self.panel = ChartPanel(desk)
        self.empty = EmptyState(desk, self.code, "")
        self._make_tools()
        self._make_filters()
        self._assemble()
        # Signals
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self._on_opened)
        self.panel.tie_chosen.connect(self.show_tie)
        self.panel.party_requested.connect(self._on_opened)
        self.panel.add_requested.connect(self._on_add)
        self.lookout: Rereading[Snapshot] = Rereading(
            self, desk, _("Reading the ties"), _read, self._on_loaded, self.show_failure
        )
        self.lookout.ask()

    # ------------------------------------------------------------------------------------------- building

    def _make_tools(self) -> None:
        for icon, text, work in (
            ("zoom-out", _("Zoom out"), partial(self.view.zoom, 1 / 1.25)),
            ("zoom-in", _("Zoom in"), partial(self.view.zoom, 1.25)),
            ("fit", _("Show all"), self.view.fit),
        ):
            button = QToolButton()
            button.setIcon(self.desk.theme.icon(icon, "muted"))
            button.setIconSize(QSize(18, 18))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.clicked.connect(work)
            self.tools.addWidget(button)
        self.export_button = QPushButton(_("Save as a figure…"))
        self.export_button.setIcon(self.desk.theme.icon("export", "muted"))
        self.export_button.clicked.connect(self.export)
        self.tools.addWidget(self.export_button)

    def _make_filters(self) -> None:
        self.kinds: dict[EdgeKind, WrappedCheck] = {}
        for kind, words in KINDS.items():
            box = WrappedCheck(words)
            box.setChecked(True)
            box.toggled.connect(self.refresh)
            self.kinds[kind] = box
        self.around = CalmCombo()
        self.around.setAccessibleName(_("Centered on"))
        self.around.setMinimumWidth(140)
        self.around.setMaximumWidth(240)
        self.around.activated.connect(self.refresh)
        self.steps = CalmCombo()
        self.steps.setAccessibleName(_("How far"))
        for number in (1, 2, 3):
            self.steps.addItem(ngettext("{count} step", "{count} steps", number).format(count=number), number)
        self.steps.activated.connect(self.refresh)
        self.victims = WrappedCheck(_("Victims and witnesses"))
        self.victims.setToolTip(_("Shown only in the window; the figure in the packet leaves them out"))
        self.victims.toggled.connect(self.refresh)
        self.on_day = WrappedCheck(_("On one day"))
        self.on_day.setToolTip(_("Only what was true on one day"))
        self.day = QSlider(Qt.Orientation.Horizontal)
        self.day.setAccessibleName(_("Day"))
        self.day.setMinimumWidth(90)
        self.day.setPageStep(12)
        self.day_words = Label()
        self.day_words.setObjectName("muted")
        self.day_words.setMinimumWidth(72)
        self.on_day.toggled.connect(self._on_day)
        self.day.valueChanged.connect(self._on_day)
        self.summary = Label()
        self.summary.setObjectName("muted")

    def _assemble(self) -> None:
        line = FlowRow(*self.kinds.values(), self.victims, side=Qt.AlignmentFlag.AlignJustify)
        line.line.setContentsMargins(24, 0, 24, 6)
        second = QHBoxLayout()
        second.setContentsMargins(24, 0, 24, 8)
        second.setSpacing(12)
        second.addWidget(self.around, 1)
        second.addWidget(self.steps)
        second.addSpacing(8)
        second.addWidget(self.on_day)
        second.addWidget(self.day, 1)
        second.addWidget(self.day_words)
        second.addStretch(1)
        second.addWidget(self.summary)
        self.side = QFrame()
        self.side.setObjectName("sidePane")
        self.side.setMinimumWidth(250)
        inner = QVBoxLayout(self.side)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.panel)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([900, _SIDE])
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(second)
        column.addWidget(self.splitter, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)

    # ------------------------------------------------------------------------------------------- reading

    def _on_loaded(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._set_days()
        self._set_around()
        self.refresh()

    def _on_failed(self, error: MagdeskError) -> None:
        self.desk.notice_requested.emit(str(error), False)

    def _set_around(self) -> None:
        """Offer the targets; a case too large to be taken in as a whole begins with the first of them."""
        chosen = self.around.currentData() if self.around.count() else None
        large = len(self.snapshot.graph.edges) > _AT_ONCE
        self.around.clear()
        self.around.addItem(_("The whole case"), "")
        for key, node in self.snapshot.graph.nodes.items():
            if node.target:
                self.around.addItem(_("Centered on {name}").format(name=node_name(node)), key)
        if chosen is None and large and self.around.count() > 1:
            self.around.setCurrentIndex(1)
        elif chosen:
            self.around.setCurrentIndex(max(self.around.findData(chosen), 0))

    def _set_days(self) -> None:
        """The slider runs over the months from the first known date to today."""
        today = self.desk.today()
        first = min(
            (edge.start.earliest() for edge in self.snapshot.graph.edges if edge.start is not None), default=today
        )
        last = today.year * 12 + today.month - 1
        self.day.blockSignals(True)
        untouched = not self._days_set or self.day.value() == self.day.maximum()
        self._days_set = True
        self.day.setRange(min(first.year * 12 + first.month - 1, last), last)
        if untouched:
            self.day.setValue(last)
        self.day.blockSignals(False)
        self._show_day()

    # ------------------------------------------------------------------------------------------- showing

    @property
    def filter(self) -> ChartFilter:
        """What the boxes above the chart ask for."""
        kinds = frozenset(kind for kind, box in self.kinds.items() if box.isChecked())
        return ChartFilter(
            kinds,
            day=self._chosen_day() if self.on_day.isChecked() else None,
            around=self.around.currentData() or "",
            steps=self.steps.currentData() or 1,
            victims=self.victims.isChecked(),
        )

    def _chosen_day(self) -> date:
        year, month = divmod(self.day.value(), 12)
        return date(max(year, 1), month + 1, 1)

    def refresh(self) -> None:
        """Show what the filters leave; a large chart is laid out beside the window's thread."""
        graph = self.filter.apply(self.snapshot.graph)
        if not self.snapshot.graph.nodes:
            self.empty.words.setText(
                _("No one to show yet. Add targets, then enter on their page whom they command, own or belong to.")
            )
            self.stack.setCurrentWidget(self.empty)
            return
        self.stack.setCurrentIndex(0)
        whole = self.snapshot.graph
        targets = [key for key, node in whole.nodes.items() if node.target]
        known = self.desk.law.regimes
        rules = OwnershipRules([known[code] for code in self.snapshot.authorities if code in known])
        self.holdings = holdings(whole, targets, self.filter.day or self.desk.today(), rules.enough)
        self.panel.rules = rules
        caught = {row.entity: owned_words(row, rules) for row in self.holdings if row.caught}
        self.sheet = sheet_of(graph, self.snapshot.exhibits, caught, self._fonts)
        self.steps.setVisible(bool(self.around.currentData()))
        self._show_summary()
        self._round += 1
        sheet, number = self.sheet, self._round
        room = self.view.viewport().size()
        if len(sheet.ties) <= _AT_ONCE:
            self._on_laid_out(number, sheet, best_plan(sheet, room.width(), room.height()))
            return

        def work(_progress: Progress, _cancel: CancelToken) -> Plan:
            return best_plan(sheet, room.width(), room.height())

        self.desk.runner.submit(
            _("Drawing the chart"), work, done=lambda plan: self._on_laid_out(number, sheet, plan),
            failed=self._on_failed, serial=False, cancellable=False, owner=self,
        )  # fmt: skip

    def _on_laid_out(self, number: int, sheet: ChartSheet, plan: Plan) -> None:
        if number != self._round:
            return  # the filters have moved on
        self.view.show_plan(sheet, plan, self._fonts)
        if self._wanted_tie:
            self.show_tie(self._wanted_tie)

    def _show_summary(self) -> None:
        edges = [edge for group in self.sheet.groups.values() for edge in group.edges]
        text = ngettext("{count} tie", "{count} ties", len(edges)).format(count=len(edges))
        missing = sum(not edge.sourced for edge in edges)
        if missing:
            text += ", " + ngettext("{count} without a source", "{count} without a source", missing).format(
                count=missing
            )
        self.summary.setText(text)
        self.export_button.setEnabled(bool(edges))

    def _on_day(self) -> None:
        self._show_day()
        self.refresh()

    def _show_day(self) -> None:
        self.day.setEnabled(self.on_day.isChecked())
        self.day_words.setText(self._chosen_day().strftime("%Y-%m") if self.on_day.isChecked() else "")

    # ------------------------------------------------------------------------------------------ choosing

    def _on_chosen(self, key: str) -> None:
        graph = self.filter.apply(self.snapshot.graph)
        group = self.sheet.groups.get(key)
        if group is not None:
            self.panel.show_ties(group.edges, graph, self.snapshot.exhibits, self._chosen_tie)
        elif key in graph.nodes:
            self.panel.show_node(key, graph, self.snapshot.graph, self.holdings, self.snapshot.exhibits)
        else:
            self.panel.show_overview(graph, self.snapshot.graph, self.holdings)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window the panel comes up only when something is chosen."""
        self.side.setVisible(self.width() >= _NARROW or bool(self.view.current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._make_room()

    def show_tie(self, key: str) -> None:
        """Choose the line of an edge and show the edge beside it."""
        group = next((row for row in self.sheet.groups.values() if any(edge.key == key for edge in row.edges)), None)
        if group is not None:
            self._wanted_tie = ""
            self._chosen_tie = key
            self.view.reveal(group.key)

    def _on_opened(self, key: str) -> None:
        node = self.snapshot.graph.nodes.get(key)
        if node is not None and node.party is not None:
            place = place_of(self.desk, "party", node.party.id)
            self.desk.go(place or Place("people", node.party.id))

    # -------------------------------------------------------------------------------------------- adding

    def _on_add(self, key: str) -> None:
        choices = [choice for choice in party_choices(self.desk) if str(choice.key) != key]
        picker = Picker(self, choices, _("To whom?"))
        picker.chosen.connect(partial(self.add_tie, uuid.UUID(key)))
        picker.open_at(self.panel.mapToGlobal(QPoint(0, 90)), _SIDE)

    def add_tie(self, party: uuid.UUID, other: uuid.UUID) -> None:
        """A new relation between two parties, open in the panel to be filled in."""
        owner = self.desk.get(Party, party)
        if owner is None:
            return
        self.desk.flush()
        rank = max((row.rank for row in owner.relations), default=-1) + 1
        relation = Relation(other_id=other, kind=_NEW_KIND, rank=rank)
        if self.desk.try_change(_("Add relation"), lambda _session: owner.relations.append(relation)):
            self._wanted_tie = str(relation.id)
            for box in self.kinds.values():
                box.setChecked(True)
            self.on_day.setChecked(False)
            self.around.setCurrentIndex(0)
            self.lookout.ask()

    # ----------------------------------------------------------------------------------------- exporting

    def export(self) -> None:
        """Save the chart as documents show it, in clear, where the user says."""
        path = self.desk.prompts.new_file(
            self, _("Save as a figure"), "linkage.pdf", _("PDF (*.pdf);;Picture (*.png)")
        )
        if path is None:
            return
        warning = _(
            "The file is not encrypted: anyone who has it can read it. Protected persons, victims and "
            "witnesses are left out of it."
        )
        if not self.desk.prompts.confirm(self, _("Save the figure unencrypted?"), warning, _("Save")):
            return
        self.desk.flush()
        chosen, case, law, today = self.filter, self.desk.case, self.desk.law, self.desk.today()

        def work(_progress: Progress, _cancel: CancelToken) -> tuple[Path, ...]:
            # Read when a figure is saved: the renderers take a second, and most who look at a chart save none.
            from magdesk.services.chartfile import export_linkage  # noqa: PLC0415

            return export_linkage(
                case, law, path, today, kinds=chosen.kinds, day=chosen.day, around=chosen.around, steps=chosen.steps
            )

        self.desk.runner.submit(
            _("Saving the figure"), work, done=self._on_exported, failed=self._on_failed,
            serial=False, cancellable=False, owner=self,
        )  # fmt: skip

    def _on_exported(self, paths: tuple[Path, ...]) -> None:
        names = ", ".join(path.name for path in paths)
        self.desk.notice_requested.emit(_("Saved: {name}").format(name=names), False)

    # ------------------------------------------------------------------------------------------ following

    def on_changed(self, changes: Changes) -> None:
        """The case changed: read it anew."""
        self.lookout.ask()

    def show_place(self, place: Place) -> None:
        """Choose a party or a tie."""
        if place.row is not None:
            key = str(place.row)
            if key in self.sheet.boxes:
                self.view.reveal(key)
            else:
                self._wanted_tie = key
                self.show_tie(key)
        self.view.setFocus()

    def focus_first(self) -> None:
        """The chart."""
        self.view.setFocus()


def best_plan(sheet: ChartSheet, width: int, height: int) -> Plan:
    """The layout that is seen largest in a view of that size; a large chart is laid out once only."""
    widths = _WIDTHS if len(sheet.ties) <= _AT_ONCE else (max(_WIDTHS[-1], 90.0 * len(sheet.sizes) ** 0.75),)
    plans = [
        lay_out(sheet.sizes, sheet.ties, PlanSpacing(across=20.0, down=20.0, apart=44.0, widest=widest))
        for widest in widths
    ]
    return max(plans, key=lambda plan: min(width / (plan.width + 80), height / (plan.height + 80), 1.0))
