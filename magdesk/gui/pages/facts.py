"""Facts and law: the numbered statements, their sources, and the elements they prove."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from magdesk.gui.bases import elements_of
from magdesk.gui.choices import basis_title, incident_choices, incident_title, party_name, plain_text
from magdesk.gui.desk import Desk
from magdesk.gui.forms import Form
from magdesk.gui.kinds import add_sources, joined, sources
from magdesk.gui.lists import ListPage
from magdesk.gui.page import scrolled
from magdesk.gui.rowkind import RowKind, reorder
from magdesk.i18n import _
from magdesk.model import Base, Fact, Proof, Target


def _number(desk: Desk, row: Fact) -> str:
    return str(desk.survey.facts.get(row.id, ""))


FACT = RowKind(
    kind=Fact,
    page="facts",
    add=_("Add a fact"),
    one=_("fact"),
    empty=_("No fact yet. A fact is one statement that a source supports; everything else is built on facts."),
    title=lambda desk, row: plain_text(desk, row.text),
    detail=lambda _desk, row: joined(
        row.date.display() if row.date else "",
        incident_title(row.incident) if row.incident else _("background"),
        sources(row),
    ),
    mark=_number,
    build=lambda _form: None,
)


class FactsPage(ListPage):
    """The facts, in the order in which they are numbered."""

    code = "facts"

    def __init__(self, desk: Desk) -> None:
        lead = _("Each fact is one statement with its sources. Tick the elements that it proves.")
        super().__init__(desk, _("Facts and law"), lead, FACT)

    def make_detail(self) -> QWidget:
        """The statement, its sources, what it proves."""
        form = Form(self.desk, "facts")
        form.narrative("text", _("Statement"), lines=3)
        form.partial_date("date", _("Date"), 4)
        form.text("place", _("Place"), 8)
        form.reference("incident_id", _("Incident; none for background"), incident_choices)
        add_sources(form)
        self.proofs = ProofTree(self.desk)
        form.widget(self.proofs)
        self.form = form
        return scrolled(form)

    def bind(self, row: Base | None) -> None:
        """Show a fact."""
        self.form.bind(row)
        self.proofs.bind(row if isinstance(row, Fact) else None)

    def rows(self) -> list[Base]:
        """In the order of their numbers."""
        return list[Base](self.desk.facts())

    def move_row(self, start: int, to: int) -> None:
        """Move a fact among those of its incident; the order of incidents is theirs."""
        facts = self.desk.facts()
        if not 0 <= to < len(facts) or start == to:
            return
        moved = facts[start]
        if facts[to].incident_id != moved.incident_id:
            text = _("Facts are told incident by incident: to move this one further, give it another incident.")
            self.desk.notice_requested.emit(text, False)
            return
        siblings = [fact for fact in facts if fact.incident_id == moved.incident_id]
        place = siblings.index(facts[to])
        self.desk.flush()
        self.desk.try_change(_("Move fact"), lambda _session: reorder(siblings, moved, place))
        self.refresh()

    def make_row(self) -> Base:
        """A fact of the same incident as the one before it, as most are."""
        row = super().make_row()
        assert isinstance(row, Fact)
        if isinstance(self.current, Fact):
            row.incident_id = self.current.incident_id
        return row


class ProofTree(QWidget):
    """Every element of every ground with a box to tick."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.row: Fact | None = None
        self._filling = False
        title = QLabel(_("Elements it proves"))
        title.setObjectName("sectionTitle")
        self.empty = QLabel(_("No ground yet: add grounds to the targets first."))
        self.empty.setObjectName("muted")
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Elements that this fact proves"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setIndentation(18)
        self.tree.setTabKeyNavigation(False)
        self.tree.itemChanged.connect(self._on_item_changed)
        self.tree.itemExpanded.connect(self._fit)
        self.tree.itemCollapsed.connect(self._fit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(6)
        box.addWidget(title)
        box.addWidget(self.empty)
        box.addWidget(self.tree)
        self._law: tuple[object, ...] = ()

    def bind(self, row: Fact | None) -> None:
        """Show what this fact proves."""
        self.row = row
        self._filling = True
        targets = self.desk.rows(Target)
        law = tuple(
            (party_name(target.party), basis.id, basis.regime, basis.prong, basis.abuse_type)
            for target in targets
            for basis in target.legal_bases
        )
        if law != self._law:
            self._law = law
            self._fill(targets)
        self._tick()
        self._filling = False
        self._fit()

    def _fill(self, targets: list[Target]) -> None:
        self.tree.clear()
        for target in targets:
            if not target.legal_bases:
                continue
            top = QTreeWidgetItem([party_name(target.party)])
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(top)
            for basis in target.legal_bases:
                ground = QTreeWidgetItem([basis_title(self.desk, basis)])
                ground.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                top.addChild(ground)
                for element in elements_of(self.desk, basis):
                    item = QTreeWidgetItem([f"{element.code}  {element.title}"])
                    item.setData(0, Qt.ItemDataRole.UserRole, (str(basis.id), element.code))
                    item.setToolTip(0, element.question)
                    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                    item.setFlags(flags if self.desk.read_only else flags | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(0, Qt.CheckState.Unchecked)
                    ground.addChild(item)
        self.tree.expandAll()
        self.empty.setVisible(not self._law)
        self.tree.setVisible(bool(self._law))

    def _tick(self) -> None:
        proved = {(str(p.legal_basis_id), p.element) for p in self.row.proofs} if self.row is not None else set()
        for item in self._items():
            on = tuple(item.data(0, Qt.ItemDataRole.UserRole)) in proved
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _items(self) -> list[QTreeWidgetItem]:
        grounds = [ground for top in self._tops() for ground in _children(top)]
        return [item for ground in grounds for item in _children(ground)]

    def _tops(self) -> list[QTreeWidgetItem]:
        return _children(self.tree.invisibleRootItem())

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        row = self.row
        if self._filling or row is None:
            return
        basis, element = item.data(0, Qt.ItemDataRole.UserRole)
        key = uuid.UUID(basis)
        found = next((p for p in row.proofs if p.legal_basis_id == key and p.element == element), None)
        on = item.checkState(0) is Qt.CheckState.Checked
        if on and found is None:
            proof = Proof(legal_basis_id=key, element=element)
            self.desk.try_change(
                _("Tick element {code}").format(code=element), lambda _session: row.proofs.append(proof)
            )
        elif not on and found is not None:
            gone = found
            self.desk.try_change(
                _("Untick element {code}").format(code=element), lambda _session: row.proofs.remove(gone)
            )

    def _fit(self) -> None:
        self.tree.setFixedHeight(max(40, 12 + sum(self._height(top) for top in self._tops())))

    def _height(self, item: QTreeWidgetItem) -> int:
        own = self.tree.visualItemRect(item).height() or self.tree.fontMetrics().lineSpacing() + 8
        return own + (sum(self._height(child) for child in _children(item)) if item.isExpanded() else 0)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(number) for number in range(item.childCount()))
    return [child for child in found if child is not None]
