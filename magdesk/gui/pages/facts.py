"""Facts and law: the numbered statements, their sources, and the elements they prove."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.flow import FlowRow
from magdesk.gui.forms.choices import (
    incident_choices,
    incident_title,
    party_name,
    party_roles,
    plain_text,
)
from magdesk.gui.forms.fields import NarrativeField
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind, reorder
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.layouts import scrolled, take_all
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.pages.factproofs import FactProofs
from magdesk.gui.pages.splitting import SplitDialog
from magdesk.gui.words import _, joined
from magdesk.model import Base, Fact, Party
from magdesk.services.facts import Side, duplicate_fact, merge_facts, people_of, split_fact


def _number(desk: Desk, row: Fact) -> str:
    return str(desk.survey.facts.get(row.id, ""))


FACT = RowKind(
    kind=Fact,
    page="facts",
    add=_("Add a fact"),
    one=_("fact"),
    empty=_("No fact yet. A fact is one statement that a source supports; everything else builds on facts."),
    title=lambda desk, row: plain_text(desk, row.text),
    detail=lambda _desk, row: joined(row.date.display() if row.date else "", sources(row), row.place),
    mark=_number,
    group=lambda _desk, row: incident_title(row.incident) if row.incident else _("Background"),
    build=lambda _form: None,
)


class FactsPage(ListPage):
    """The facts, in the order in which they are numbered, under the incidents that they belong to."""

    code = "facts"

    def __init__(self, desk: Desk) -> None:
        lead = _("Each fact is one statement with its sources. Say what it shows: the things the law asks.")
        super().__init__(desk, _("Facts and law"), lead, FACT)
        self.view.setUniformItemSizes(False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.filter.setPlaceholderText(_("Filter by words, number, date or incident"))
        for action in (self.split, self.merge, self.double):
            self.view.addAction(action)
        self.view.selectionModel().selectionChanged.connect(self._enable)
        self._enable()

    def make_detail(self) -> QWidget:
        """The statement, its people, its sources, what it proves."""
        self.split = self._action("split", _("Split at the cursor…"), "Ctrl+Shift+Return", self.split_current)
        self.merge = self._action("merge", _("Merge the selected facts"), "Ctrl+J", self.merge_selected)
        self.double = self._action("double", _("Duplicate"), "Ctrl+D", self.duplicate_current)
        form = Form(self.desk, "facts")
        statement = form.narrative("text", _("Statement"), lines=3)
        assert isinstance(statement, NarrativeField)
        self.statement = statement
        self.people = People(self.desk)
        form.widget(self.people)
        form.partial_date("date", _("Date"), 4)
        form.text("place", _("Place"), 8)
        form.reference("incident_id", _("Incident (leave empty for background)"), incident_choices)
        add_sources(form)
        self.shown = FactProofs(self.desk)
        form.widget(self.shown)
        form.watch(lambda: self.people.show_fact(form.row if isinstance(form.row, Fact) else None))
        self.form = form
        tools = FlowRow(side=Qt.AlignmentFlag.AlignRight)
        for action in (self.split, self.double, self.merge):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAccessibleName(action.text())
            tools.line.addWidget(button)
        detail = QWidget()
        box = QVBoxLayout(detail)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(tools)
        box.addWidget(form)
        return scrolled(detail)

    def _action(self, icon: str, text: str, keys: str, work: Callable[[], None]) -> QAction:
        action = QAction(self.desk.theme.icon(icon, "muted"), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(
            f"{text.rstrip('…')} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
        )
        action.triggered.connect(work)
        self.addAction(action)
        return action

    def bind(self, row: Base | None) -> None:
        """Show a fact."""
        self.form.bind(row)
        self.shown.bind(row if isinstance(row, Fact) else None)

    def rows(self) -> list[Base]:
        """In the order of their numbers."""
        return list[Base](self.desk.facts())

    def refresh(self) -> None:
        """Headings make rows of other heights."""
        super().refresh()
        self.view.scheduleDelayedItemsLayout()

    def move_row(self, start: int, to: int) -> None:
        """Move a fact among those of its incident; the order of incidents is theirs."""
        facts = self.desk.facts()
        if not 0 <= to < len(facts) or start == to:
            return
        moved = facts[start]
        if facts[to].incident_id != moved.incident_id:
            text = _("Facts are listed by incident: to move this one further, assign it to another incident.")
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

    # -------------------------------------------------------------------------------- facts as a whole

    @property
    def selected(self) -> list[Fact]:
        """The facts that are selected in the list, in the order of their numbers."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        keys = [self.model.items[row].key for row in rows]
        return [fact for key in keys if (fact := self.desk.get(Fact, key)) is not None]

    def split_current(self) -> None:
        """Ask where and how to split the chosen fact, then do it."""
        fact = self.current
        if not isinstance(fact, Fact) or self.desk.read_only:
            return
        editor = self.statement.editor
        before, whole = editor.text_before_cursor(), editor.text()
        if not self.desk.flush():
            return
        place = len(before) - (len(whole) - len(whole.lstrip()))
        dialog = SplitDialog(self.desk, fact, place, self)
        dialog.split.connect(partial(self.split_at, fact))
        dialog.open()

    def split_at(self, fact: Fact, place: int, sides: dict[uuid.UUID, Side]) -> None:
        """Split a fact and choose its second part."""
        made: list[Fact] = []
        if self.desk.try_change(
            _("Split fact"), lambda session: made.append(split_fact(session, fact, place, sides))
        ):
            self._show_again(made[0])
            self.desk.notice_requested.emit(_("Split in two"), True)

    def duplicate_current(self) -> None:
        """Copy the chosen fact and choose the copy."""
        fact = self.current
        made: list[Fact] = []
        if not isinstance(fact, Fact) or self.desk.read_only or not self.desk.flush():
            return
        if self.desk.try_change(_("Duplicate fact"), lambda session: made.append(duplicate_fact(session, fact))):
            self._show_again(made[0])

    def merge_selected(self) -> None:
        """Make one fact of those that are selected; ask first where they are told in different places."""
        if self.desk.read_only or not self.desk.flush():
            return
        facts = self.selected
        if len(facts) < 2:
            text = _("First select two or more facts in the list: hold Ctrl or Shift while you click.")
            self.desk.notice_requested.emit(text, False)
            return
        doubts = []
        if len({fact.incident_id for fact in facts}) > 1:
            doubts.append(
                _("They belong to different incidents; the merged fact will belong to the incident of the first.")
            )
        if len({fact.date for fact in facts if fact.date is not None}) > 1:
            doubts.append(_("They have different dates; the first one is kept."))
        question = _("Merge {n} facts into one?").format(n=len(facts))
        if doubts and not self.desk.prompts.confirm(self, question, " ".join(doubts), _("Merge")):
            return
        label = _("Merge {n} facts").format(n=len(facts))
        made: list[Fact] = []
        if self.desk.try_change(label, lambda session: made.append(merge_facts(session, facts))):
            self._show_again(made[0])
            self.desk.notice_requested.emit(_("Merged; references updated"), True)

    def _show_again(self, fact: Fact) -> None:
        """Choose a fact after rows came or went."""
        self.desk.forget_collections(fact, "citations", "proofs")
        if self.model.words:
            self.filter.clear()
        self.refresh()
        self.select(fact.id)
        self.view.setFocus()

    def _enable(self) -> None:
        super()._enable()
        writable = not self.desk.read_only and self.current is not None
        self.split.setEnabled(writable)
        self.double.setEnabled(writable)
        self.merge.setEnabled(writable and len(self.view.selectionModel().selectedIndexes()) > 1)


class People(FlowRow):
    """Whom a statement names, each a way to the person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.setAccessibleName(_("People in this statement"))

    def show_fact(self, fact: Fact | None) -> None:
        """Show the people of a fact; nothing for one that names nobody."""
        keys = people_of(fact) if fact is not None else ()
        parties = [party for key in keys if (party := self._desk.get(Party, key)) is not None]
        shown = tuple((party.id, party_name(party), party_roles(party)) for party in parties)
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        take_all(self.line)
        for party in parties:
            button = ElidedButton(party_name(party).replace("&", "&&"), self)
            button.setProperty("kind", "chip")
            button.setIcon(self._desk.theme.icon("person", "party"))
            button.setToolTip("\n".join(filter(None, (party_name(party), party_roles(party)))))
            button.setAccessibleName(_("Go to {name}").format(name=party_name(party)))
            place = Place("targets" if party.target is not None else "people", party.id)
            button.clicked.connect(partial(self._desk.go, place))
            self.line.addWidget(button)
            button.show()
