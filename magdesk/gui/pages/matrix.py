"""Element matrix: for each target and ground, how well each element is proved, and by which facts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.checks.strength import Matrix
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import CalmCombo
from magdesk.gui.forms.choices import party_name
from magdesk.gui.forms.page import Page
from magdesk.gui.lists.listpage import EmptyState
from magdesk.gui.matrix.bands import CellKey, CellWords, MatrixFilter, TargetBands, Wording, groups_of
from magdesk.gui.matrix.factlist import FactList
from magdesk.gui.matrix.legend import Legend
from magdesk.gui.matrix.linking import link, unlink, write_fact
from magdesk.gui.matrix.panel import CellPanel
from magdesk.gui.matrix.view import MatrixView
from magdesk.gui.words import _, ngettext
from magdesk.model import Authority, Citation, ElementNote, Fact, Proof, Target
from magdesk.regimes.filing import filings

_SIDE = 372  # width of the side panel
_MANY = 200  # changed facts beyond which the matrix waits for a new survey
_NARROW = 840  # below this width the panel comes up only when it is asked for


class MatrixPage(Page):
    """The matrix with its filters, and beside it the facts."""

    code = "matrix"

    def __init__(self, desk: Desk) -> None:
        lead = _(
            "What each ground requires and how well it is proved. Select a cell to see, link or write its facts."
        )
        super().__init__(desk, _("Element matrix"), lead)
        desk.warm()
        self._wording = Wording(desk.law)
        self._matrix: Matrix = desk.survey.matrix
        # Facts that changed since the last survey began: a survey may be older than they are.
        self._since: set[uuid.UUID] = set()
        self._before: set[uuid.UUID] = set()
        self._noted = False
        self._wide: bool | None = None
        self.groups: tuple[TargetBands, ...] = ()
        self.view = MatrixView(desk.theme, writable=not desk.read_only)
        self.legend = Legend(desk.theme)
        self.panel = CellPanel(desk)
        self.facts = FactList(desk)
        self.empty = EmptyState(desk, self.code, "")
        self._make_filters()
        self._assemble()
        # Signals
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self._on_opened)
        self.view.dropped.connect(self._on_dropped)
        self.view.unlink_requested.connect(self._on_unlink_all)
        self.panel.link_requested.connect(self._on_link)
        self.panel.unlink_requested.connect(self._on_unlink_one)
        self.panel.add_requested.connect(self.add_fact)
        self.panel.opened.connect(self._on_fact_opened)
        self.facts.link_requested.connect(self._on_link)
        self.facts.opened.connect(self._on_fact_opened)
        desk.changed.connect(self._note)
        self._fill_filters()
        self.refresh()

    def _make_filters(self) -> None:
        self.authority = CalmCombo()
        self.authority.setAccessibleName(_("Authority"))
        self.target = CalmCombo()
        self.target.setAccessibleName(_("Target"))
        self.gaps = QCheckBox(_("Only gaps"))
        self.gaps.setToolTip(_("Only elements that still need work"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find an element"))
        self.search.setAccessibleName(_("Find an element"))
        self.search.setClearButtonEnabled(True)
        self.fold = self._tool("expand", _("Collapse all grounds"))
        self.side_button = self._tool("facts", _("Show the side panel"))
        self.side_button.setCheckable(True)
        self.summary = Label()
        self.summary.setObjectName("muted")
        self.authority.activated.connect(self.refresh)
        self.target.activated.connect(self.refresh)
        self.gaps.toggled.connect(self.refresh)
        self.search.textChanged.connect(self._on_find)
        self.search.returnPressed.connect(self._on_find_next)
        self.fold.clicked.connect(self._on_fold)

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self.desk.theme.icon(icon, "muted"))
        button.setIconSize(QSize(18, 18))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 8)
        line.setSpacing(8)
        line.addWidget(self.authority, 3)
        line.addWidget(self.target, 3)
        line.addWidget(self.search, 2)
        line.addWidget(self.gaps)
        line.addWidget(self.fold)
        line.addWidget(self.side_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 2, 16, 2)
        foot.addWidget(self.legend, 1)
        foot.addWidget(self.summary)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.view, 1)
        box.addLayout(foot)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.panel, _("Element"))
        self.tabs.addTab(self.facts, _("All facts"))
        self.side = QFrame()
        self.side.setObjectName("sidePane")
        self.side.setMinimumWidth(270)
        box = QVBoxLayout(self.side)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([900, _SIDE])
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
        self.side_button.toggled.connect(self.side.setVisible)
        self.side_button.setChecked(True)

    # ------------------------------------------------------------------------------------------ showing

    @property
    def matrix(self) -> Matrix:
        """How well each element is proved now."""
        return self._matrix

    @property
    def wanted(self) -> MatrixFilter:
        """What the filters ask for."""
        return MatrixFilter(
            frozenset(self.authority.currentData() or ()), self.target.currentData() or None, self.gaps.isChecked()
        )

    def refresh(self) -> None:
        """Show the matrix as it is now."""
        self.groups = groups_of(self.desk, self._matrix, self._wording, self.wanted)
        self.view.set_groups(self.groups)
        self._show_box()
        self._show_summary()
        if self._matrix.grounds:
            self.stack.setCurrentIndex(0)
        else:
            self.empty.words.setText(self._why_empty())
            self.stack.setCurrentWidget(self.empty)

    def _why_empty(self) -> str:
        if not self.desk.rows(Target):
            return _("No target yet. Add targets and the grounds against them; their elements appear here.")
        return _("No ground under a chosen authority yet. Add grounds on the page “Targets”.")

    def _show_box(self) -> None:
        key = self.view.current_key
        box, ground = self._box(key)
        self.panel.show_box(box, ground)
        self.facts.set_target(box.code if box is not None else "")

    def _box(self, key: CellKey | None) -> tuple[CellWords | None, str]:
        for group in self.groups:
            for ground in group.bands:
                for band in (ground, *ground.modes):
                    for box in band.boxes:
                        if box.key == key:
                            titles = dict.fromkeys((group.title, ground.title, band.title))
                            return box, " · ".join(titles)
        return None, ""

    def _show_summary(self) -> None:
        grounds = [band.ground for group in self.groups for band in group.bands]
        gaps = sum(ground.gaps for ground in grounds)
        if self.wanted.gaps and not grounds:
            self.summary.setText(_("No gaps here"))
            return
        text = ngettext("{gaps} gap in {grounds} grounds", "{gaps} gaps in {grounds} grounds", gaps)
        self.summary.setText(text.format(gaps=gaps, grounds=len(grounds)))

    def _fill_filters(self) -> None:
        codes = [row.regime for row in self.desk.rows(Authority)]
        law = self.desk.law
        options: list[tuple[str, tuple[str, ...]]] = [(_("All authorities"), ())]
        for filing in filings(codes, law):
            if len(filing.regimes) > 1:
                options.append((" + ".join(regime.short for regime in filing.regimes), filing.codes))
            options += [(regime.short, (regime.code,)) for regime in filing.regimes]
        _refill(self.authority, options)
        targets = [(party_name(row.party), row.id) for row in self.desk.rows(Target)]
        _refill(self.target, [(_("All targets"), None), *targets])

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self.facts.follow(changes.touched)
        if not changes.touched or changes.touched.keys() & {"authority", "target", "name", "party"}:
            self._fill_filters()
        self.panel.refresh_note()
        self._note(changes)  # whether the signal came here before or after
        self._follow()

    def on_surveyed(self) -> None:
        """Everything is new; what changed while it was looked over is added."""
        if self.desk.survey.matrix is not self._matrix:
            self._matrix = self._followed(self.desk.survey.matrix, self._before | self._since, notes=True)
            self._before, self._since = self._since, set()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the matrix has the room until a cell is opened."""
        super().resizeEvent(event)
        wide = self.width() >= _NARROW
        if wide != self._wide:
            self._wide = wide
            self.side_button.setChecked(wide)

    def _note(self, changes: Changes) -> None:
        """Remember which facts changed, seen or not."""
        self._since |= self._facts_of(changes)
        self._noted = self._noted or ElementNote.__tablename__ in changes.touched

    def _facts_of(self, changes: Changes) -> set[uuid.UUID]:
        citations, proofs = changes.touched.get("citation", set()), changes.touched.get("proof", set())
        cited = [self.desk.get(Citation, key) for key in citations]
        linked = [self.desk.get(Proof, key) for key in proofs]
        owners = [row.fact_id for row in cited if row is not None]
        owners += [row.fact_id for row in linked if row is not None]
        owners += [self._matrix.owner(key) for key in citations | proofs]
        return changes.touched.get("fact", set()) | {key for key in owners if key is not None}

    def _follow(self) -> None:
        """Judge anew what the last changes touched."""
        self._matrix = self._followed(self._matrix, self._since, notes=self._noted)
        self._noted = False
        self.refresh()

    def _followed(self, matrix: Matrix, keys: Iterable[uuid.UUID], *, notes: bool) -> Matrix:
        found = {key: self.desk.get(Fact, key) for key in keys}
        if len(found) > _MANY:
            return matrix  # an import: the next survey, soon after, sees it all
        rows = [row for row in found.values() if row is not None]
        gone = [key for key, row in found.items() if row is None]
        if not found and not notes:
            return matrix
        for row in rows:
            # A citation that was written by its keys alone is in no collection that was read before.
            self.desk.forget_collections(row, "citations", "proofs")
        written = None
        if notes:
            written = {(row.legal_basis_id, row.element): row.text.strip() for row in self.desk.rows(ElementNote)}
        return matrix.follow(rows, gone, written)

    def show_place(self, place: Place) -> None:
        """Choose the cell of an element, or the first of a ground or target."""
        for ground in self._matrix.grounds:
            if place.row in (ground.basis, ground.target):
                codes = [cell.code for cell in ground.cells]
                codes += [cell.code for part in ground.modes for cell in part.cells]
                code = place.field if place.field in codes else next(iter(codes), "")
                self._show_all_of(ground.regime, ground.target)
                self.view.choose((ground.basis, code))
                self.view.setFocus()
                return
        self.focus_first()

    def _show_all_of(self, regime: str, target: uuid.UUID) -> None:
        wanted = self.wanted
        if (wanted.regimes and regime not in wanted.regimes) or wanted.gaps or wanted.target not in (None, target):
            self.authority.setCurrentIndex(0)
            self.target.setCurrentIndex(0)
            self.gaps.setChecked(False)
            self.refresh()

    def focus_first(self) -> None:
        """The matrix."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------------- acting

    def add_fact(self) -> None:
        """Write a fact for the chosen element."""
        key = self.view.current_key
        box, _ground = self._box(key)
        if key is None or box is None:
            return
        self.desk.flush()
        last = self.desk.get(Fact, box.cell.facts[-1]) if box.cell.facts else None
        fact = write_fact(self.desk, key, last)
        if fact is not None:
            self.panel.edit_fact(fact.id)

    def _on_link(self, facts: list[uuid.UUID]) -> None:
        key = self.view.current_key
        if key is not None:
            self._link(key, facts)

    def _on_dropped(self, key: CellKey, facts: list[uuid.UUID]) -> None:
        self._link(key, facts)

    def _link(self, key: CellKey, facts: list[uuid.UUID]) -> None:
        self.desk.flush()
        if not link(self.desk, key, facts):
            self.desk.notice_requested.emit(_("It is already linked to {code}.").format(code=key[1]), False)

    def _on_unlink_one(self, fact: uuid.UUID) -> None:
        self._on_unlink([fact])

    def _on_unlink(self, facts: list[uuid.UUID]) -> None:
        key = self.view.current_key
        if key is not None:
            self.desk.flush()
            unlink(self.desk, self, key, facts)

    def _on_unlink_all(self, key: CellKey) -> None:
        box, _ground = self._box(key)
        if box is None or not box.cell.linked:
            return
        count = len(box.cell.linked)
        question = ngettext("Unlink {n} fact from {code}?", "Unlink {n} facts from {code}?", count)
        detail = _("The facts themselves remain. You can undo this.")
        asked = question.format(n=count, code=box.code)
        if count == 1 or self.desk.prompts.confirm(self, asked, detail, _("Unlink")):
            self.desk.flush()
            unlink(self.desk, self, key, box.cell.linked)

    # ------------------------------------------------------------------------------------------- inside

    def _on_chosen(self, _key: CellKey | None) -> None:
        self._show_box()

    def _on_opened(self) -> None:
        self.side_button.setChecked(True)
        if self.tabs.currentWidget() is not self.panel:
            self.tabs.setCurrentWidget(self.panel)

    def _on_fact_opened(self, key: uuid.UUID) -> None:
        self.desk.go(Place("facts", key))

    def _on_find(self, text: str) -> None:
        if text.strip():
            self.view.seek(text)

    def _on_find_next(self) -> None:
        if not self.view.seek(self.search.text(), onward=True) and self.search.text().strip():
            self.desk.notice_requested.emit(_("There is no element with that name."), False)

    def _on_fold(self) -> None:
        self.view.fold_all(closed=not self.view.all_folded)
        folded = self.view.all_folded
        text = _("Expand all grounds") if folded else _("Collapse all grounds")
        self.fold.setToolTip(text)
        self.fold.setAccessibleName(text)
        self.fold.setIcon(self.desk.theme.icon("chevron" if folded else "expand", "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the matrix."""
        if event.key() == Qt.Key.Key_Escape and not self.view.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


def _refill(combo: CalmCombo, options: Sequence[tuple[str, object]]) -> None:
    """Offer these; what was chosen stays chosen where it is still offered."""
    before = combo.currentData()
    combo.clear()
    for text, data in options:
        combo.addItem(text, data)
        if data and data == before:
            combo.setCurrentIndex(combo.count() - 1)
