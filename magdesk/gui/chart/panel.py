"""Beside the chart: what was chosen in it, with its dates and sources, edited where it stands."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from magdesk.checks.finding import Place
from magdesk.document.graph import Edge, Graph, Holding
from magdesk.document.ownership import OwnershipRules
from magdesk.dossier.payments import MoneyFlow
from magdesk.gui.boundedwords import Label
from magdesk.gui.chart.words import (
    KINDS,
    holding_words,
    node_name,
    node_native,
    node_roles,
    sums_words,
    tie_dates,
    tie_sources,
    tie_words,
)
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.form import COLUMNS, Form
from magdesk.gui.forms.rowkinds import POSITION, RELATION, sources
from magdesk.gui.layouts import discard, scrolled, take_all
from magdesk.gui.words import _, between, joined
from magdesk.isolates import isolated
from magdesk.model import Base
from magdesk.money import amount_words


class ChartPanel(QWidget):
    """Details of a node, of the ties that one line stands for, or of the whole chart.

    Attributes:
        rules: from which share on the laws that are asked count an entity as owned.
        tie_chosen: key of an edge that is to be shown in the chart.
        party_requested: key of a node whose record is to be opened.
        add_requested: key of a node that is to get a new relation.
    """

    tie_chosen = Signal(str)
    party_requested = Signal(str)
    add_requested = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rules = OwnershipRules()
        self._form: Form | None = None
        self._edge = ""
        self._key = ""
        body = QWidget()
        self._box = QVBoxLayout(body)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(body)
        outer.addWidget(self._area)

    # ------------------------------------------------------------------------------------------- showing

    def show_overview(self, graph: Graph, whole: Graph, holdings: Sequence[Holding]) -> None:
        """Nothing is chosen: what the chart says as a whole.

        Args:
            graph: what is shown of it.
            whole: what the holdings are taken from.
            holdings: what targets own.
        """
        if self._clear("overview"):
            return
        unsourced = [edge for edge in graph.edges if not edge.sourced]
        self._head(_("Nothing selected"), _("Select a box or a line to see its dates and sources."))
        if holdings:
            self._section(_("Ownership"))
            for holding in holdings:
                self._holding(whole, holding)
        if unsourced:
            self._section(_("Ties without a source"))
            for edge in unsourced[:30]:
                self._row(edge, graph, {}, both=True)
        self._box.addStretch(1)

    def show_node(
        self,
        key: str,
        graph: Graph,
        whole: Graph,
        holdings: Sequence[Holding],
        exhibits: Mapping[uuid.UUID, int],
    ) -> None:
        """A node with its ties that are shown, and what targets own of it."""
        if self._clear(f"node {key}"):
            return
        node = graph.nodes[key]
        self._head(node_name(node), joined(node_native(node), node_roles(node)))
        if node.party is not None:
            self._buttons(key)
        for holding in holdings:
            if holding.entity == key:
                self._section(_("Ownership"))
                self._holding(whole, holding)
        self._section(_("Ties"))
        for edge in graph.by_node[key]:
            self._row(edge, graph, exhibits)
        self._box.addStretch(1)

    def show_ties(self, edges: Sequence[Edge], graph: Graph, exhibits: Mapping[uuid.UUID, int], chosen: str) -> None:
        """The ties of one line; one of them in full, to be edited."""
        edge = next((row for row in edges if row.key == chosen), edges[0])
        row_type: type[Base] = type(edge.row)
        live = self._desk.get(row_type, edge.row.id) if edge.flow is None else None
        if self._clear(f"tie {edge.key}" if live is not None else ""):
            return
        names = [node_name(graph.nodes[key]) for key in (edge.source, edge.other)]
        self._head(between(" – " if edge.mutual else " → ", names), KINDS[edge.kind])
        for row in edges:
            if row is not edge:
                self._row(row, graph, exhibits)
        if len(edges) > 1:
            self._section(tie_words(edge))
        if edge.flow is not None:
            self._payments(edge.flow)
        if live is not None:
            form = _NarrowForm(self._desk, "targets")
            (POSITION if edge.relation is None else RELATION).build(form)
            self._box.addWidget(form)
            form.bind(live)
            form.setEnabled(not self._desk.read_only)
            self._form = form
        self._box.addStretch(1)

    def _payments(self, flow: MoneyFlow) -> None:
        """The payments one by one; each opens where it is edited."""
        self._section(sums_words(flow.sums))
        for row in flow.payments:
            amount = amount_words(row.amount, row.currency) if row.amount is not None else _("unknown amount")
            detail = joined(row.date.display() if row.date else "", row.purpose, sources(row))
            button = _RowButton(amount, detail, missing=not row.citations)
            button.clicked.connect(partial(self._desk.go, Place("money", row.id)))
            self._box.addWidget(button)

    @property
    def form(self) -> Form | None:
        """The form of the tie that is shown."""
        return self._form

    # ------------------------------------------------------------------------------------------- parts

    def _clear(self, key: str) -> bool:
        """Make room; whether the same tie is being edited, so that nothing must move under the cursor."""
        if key == self._key and self._form is not None and self._form.row is not None:
            self._form.bind(self._form.row)
            return True
        self._key = key
        if self._form is not None:
            self._desk.flush()
            self._form.bind(None)
            self._form = None
        while (item := self._box.takeAt(0)) is not None:
            widget, layout = item.widget(), item.layout()
            if widget is not None:
                discard(widget)
            elif layout is not None:
                take_all(layout)
        return False

    def _head(self, title: str, detail: str) -> None:
        heading = Label(title)
        heading.setObjectName("sectionTitle")
        heading.setWordWrap(True)
        words = Label(detail)
        words.setObjectName("muted")
        words.setWordWrap(True)
        self._box.addWidget(heading)
        self._box.addWidget(words)

    def _section(self, title: str) -> None:
        label = Label(title)
        label.setObjectName("sectionTitle")
        label.setContentsMargins(0, 10, 0, 0)
        label.setWordWrap(True)
        self._box.addWidget(label)

    def _buttons(self, key: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        record = QPushButton(_("Open the record"))
        record.clicked.connect(partial(self.party_requested.emit, key))
        add = QPushButton(_("Add a tie…"))
        add.setIcon(self._desk.theme.icon("add", "muted"))
        add.setEnabled(not self._desk.read_only)
        add.clicked.connect(partial(self.add_requested.emit, key))
        line.addWidget(record)
        line.addWidget(add)
        line.addStretch(1)
        self._box.addLayout(line)

    def _row(self, edge: Edge, graph: Graph, exhibits: Mapping[uuid.UUID, int], *, both: bool = False) -> None:
        source, other = node_name(graph.nodes[edge.source]), node_name(graph.nodes[edge.other])
        title = between(" – ", (source if both else "", tie_words(edge), other))
        if not both and self._key == f"node {edge.other}":
            title = between(" – ", (source, tie_words(edge)))
        detail = joined(tie_dates(edge), tie_sources(edge, exhibits) if not both or not edge.sourced else "")
        button = _RowButton(title, detail, missing=not edge.sourced)
        button.clicked.connect(partial(self.tie_chosen.emit, edge.key))
        self._box.addWidget(button)

    def _holding(self, graph: Graph, holding: Holding) -> None:
        parts = [
            f"{isolated(node_name(graph.nodes[share.edge.source]))} "
            + (f"{share.percent:g} %" if share.percent is not None else _("share unknown"))
            for share in holding.shares
            if share.counts
        ]
        result = holding_words(holding, self.rules)
        entity = isolated(node_name(graph.nodes[holding.entity]))
        text = Label(f"{entity}: {' + '.join(parts)} = {holding.total:g} %. {result}.")
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self._box.addWidget(text)


class _NarrowForm(Form):
    """A form in a narrow column: short fields two in a row, all others one below the other."""

    def _place(self, widget: QWidget, span: int) -> None:
        super()._place(widget, COLUMNS // 2 if span <= COLUMNS // 3 else COLUMNS)


class _RowButton(QPushButton):
    """Two lines that can be pressed."""

    def __init__(self, title: str, detail: str, *, missing: bool) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}. {detail}")
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 5, 8, 5)
        box.setSpacing(1)
        for text, name in ((title, ""), (detail, "fieldError" if missing else "muted")):
            if text:
                label = Label(text)
                label.setObjectName(name)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                box.addWidget(label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """As high as its words need."""
        layout = self.layout()
        return max(layout.totalHeightForWidth(width) + 4, 36) if layout is not None else 36

    def sizeHint(self) -> QSize:
        """At the width it has."""
        width = max(self.width(), 200)
        return QSize(200, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Words wrap."""
        return QSize(120, 36)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Fonts are known only now."""
        super().showEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))
