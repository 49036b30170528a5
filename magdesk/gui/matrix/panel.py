"""The side panel: one element with its question, what is lacking, its facts with their sources, and the comment."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from magdesk.checks.strength import Strength
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import Choice, evidence_title, fact_choices, incident_choices, plain_text
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.picker import Picker
from magdesk.gui.forms.rowkinds import CITATION, add_sources
from magdesk.gui.layouts import discard
from magdesk.gui.matrix.bands import CellKey, CellWords, lack_text, need_text
from magdesk.gui.matrix.linking import counting, proving
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Citation, ElementNote, Fact
from magdesk.model.facts import Stance

_STEP = 25  # facts shown at once


class FactCard(QFrame):
    """One fact that proves the element.

    Attributes:
        opened: it is to be shown on its own page.
        unlinked: it is to be unlinked.
    """

    opened = Signal(object)
    unlinked = Signal(object)

    def __init__(self, desk: Desk, fact: Fact) -> None:
        super().__init__()
        self.setObjectName("rowCard")
        self.desk, self.fact = desk, fact
        self.form: Form | None = None
        self.number = Label()
        self.number.setObjectName("cardTitle")
        self.way = Label()
        self.way.setObjectName("help")
        self.text = Label()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.when = Label()
        self.when.setObjectName("help")
        self.when.setWordWrap(True)
        self._sources = QVBoxLayout()
        self._sources.setSpacing(1)
        self.edit = self._button(_("Edit"))
        self.edit.setCheckable(True)
        self.open = self._button(_("Open"))
        self.unlink = self._button(_("Unlink"))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.number)
        head.addWidget(self.way, 1)
        for button in (self.edit, self.open, self.unlink):
            head.addWidget(button)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(12, 4, 8, 10)
        self.box.setSpacing(4)
        self.box.addLayout(head)
        self.box.addWidget(self.text)
        self.box.addWidget(self.when)
        self.box.addLayout(self._sources)
        self.edit.toggled.connect(self._on_edit)
        self.open.clicked.connect(self._on_open)
        self.unlink.clicked.connect(self._on_unlink)

    def _on_open(self) -> None:
        self.opened.emit(self.fact.id)

    def _on_unlink(self) -> None:
        self.unlinked.emit(self.fact.id)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "quiet")
        return button

    def show_fact(self, number: int, codes: tuple[str, ...], grounds: int) -> None:
        """Say what it is now.

        Args:
            number: of the fact.
            codes: the elements of the pleaded type through which it proves this one; empty for a link of its own.
            grounds: for how many grounds the link counts.
        """
        desk, fact = self.desk, self.fact
        self.number.setText(_("Fact {number}").format(number=number) if number else _("New fact"))
        way = _("through {codes}").format(codes=", ".join(codes)) if codes else ""
        self.way.setText(way or (counting(grounds) if grounds > 1 else ""))
        self.unlink.setVisible(not codes)
        for button, verb in ((self.edit, _("Edit")), (self.open, _("Open")), (self.unlink, _("Unlink"))):
            button.setAccessibleName(f"{verb}: {self.number.text()}")
            button.setEnabled(button is self.open or not desk.read_only)
        text = plain_text(desk, fact.text)
        self.text.setText(text or _("Nothing written yet."))
        self.text.setObjectName("" if text else "muted")
        self.when.setText(joined(fact.date.display() if fact.date else "", fact.place))
        self.when.setVisible(bool(self.when.text()))
        while (item := self._sources.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                discard(widget)
        for row in sorted(fact.citations, key=lambda row: (row.stance is Stance.CONTRADICTS, row.rank, row.id)):
            self._sources.addWidget(_source_label(desk, row))
        if not fact.citations:
            none = Label(_("No source yet"))
            none.setObjectName("fieldError")
            self._sources.addWidget(none)
        if self.form is not None and self.edit.isChecked():
            self.form.load()

    def _on_edit(self, on: bool) -> None:
        if on and self.form is None:
            form = Form(self.desk, "facts")
            form.narrative("text", _("Statement"), lines=2)
            form.partial_date("date", _("Date"), 6)
            form.text("place", _("Place"), 6)
            form.reference("incident_id", _("Incident (leave empty for background)"), incident_choices)
            add_sources(form)
            self.form = form
            self.box.addWidget(form)
        if self.form is not None:
            if on:
                self.form.bind(self.fact)
            else:
                self.form.flush()
            self.form.setVisible(on)
        self.text.setVisible(not on)
        self.when.setVisible(not on and bool(self.when.text()))
        for place in range(self._sources.count()):
            item = self._sources.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(not on)

    def leave(self) -> None:
        """Store what is unsaved, and let go of the fact."""
        if self.form is not None:
            self.form.bind(None)


class CellPanel(QScrollArea):
    """One element of one ground.

    Attributes:
        link_requested: these facts are to be linked to the element.
        unlink_requested: this fact is to be unlinked.
        add_requested: a fact is to be written for it.
        opened: a fact is to be shown on its own page.
    """

    link_requested = Signal(object)
    unlink_requested = Signal(object)
    add_requested = Signal()
    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._key: CellKey | None = None
        self._cards: dict[uuid.UUID, FactCard] = {}
        self._limit = _STEP
        self._box: CellWords | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = Label(_("Select a cell to see the facts that prove it. Drag facts onto cells, or press Enter."))
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        self.ground = _words("help")
        self.title = _words("sectionTitle")
        self.question = _words("muted")
        self.verdict = _words("cardTitle")
        self.lacks = _words("")
        self.form = Form(desk, "targets")
        self.form.multiline("text", _("Comment on this element"), lines=1)
        self.facts_title = _words("sectionTitle")
        self.add_button = QPushButton(_("Add a fact"))
        self.link_button = QPushButton(_("Link a fact…"))
        for button in (self.add_button, self.link_button):
            button.setEnabled(not desk.read_only)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.link_button)
        buttons.addStretch(1)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(6)
        self.more = QPushButton(_("Show more"))
        self.more.setProperty("kind", "quiet")
        self.body = QWidget()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.ground, self.title, self.question, self.verdict, self.lacks):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.facts_title)
        column.addLayout(buttons)
        column.addLayout(self._stack)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(self.form)
        inner = QWidget()
        inner.setObjectName("scrollBody")
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(14, 12, 12, 20)
        outer.addWidget(self.hint)
        outer.addWidget(self.body)
        outer.addStretch(1)
        self.setWidget(inner)
        # Signals
        self.add_button.clicked.connect(self.add_requested)
        self.link_button.clicked.connect(self._on_link)
        self.more.clicked.connect(self._on_more)
        self.show_box(None, "")

    def show_box(self, box: CellWords | None, ground: str) -> None:
        """Show an element, or what to do while none is chosen."""
        key = box.key if box is not None else None
        if key != self._key:
            self._leave()
            self._key, self._limit = key, _STEP
            self._bind_note()
        self._box = box
        self.hint.setVisible(box is None)
        self.body.setVisible(box is not None)
        if box is None:
            return
        cell = box.cell
        self.ground.setText(ground)
        self.title.setText(f"{box.code}  {box.title}")
        self.question.setText(cell.element.question)
        self.verdict.setText(joined(box.word, need_text(cell.need)))
        lacks = [lack_text(lack) + "." for lack in cell.lacks if cell.strength is not Strength.UNUSED]
        self.lacks.setText("\n".join(lacks))
        self.lacks.setVisible(bool(lacks))
        count = len(cell.facts)
        self.facts_title.setText(
            ngettext("{n} fact", "{n} facts", count).format(n=count) if count else _("No fact yet")
        )
        self._fill(box)

    def edit_fact(self, key: uuid.UUID) -> None:
        """Open the card of a fact and put the cursor into its statement."""
        card = self._cards.get(key)
        if card is not None:
            card.edit.setChecked(True)
            self.ensureWidgetVisible(card)
            if card.form is not None:
                card.form.focus("text")

    def focus_first(self) -> None:
        """Where work on the element begins: its first fact, or the button that adds one."""
        card = next(iter(self._cards.values()), None)
        (card.open if card is not None else self.add_button).setFocus()

    def _fill(self, box: CellWords) -> None:
        cell = box.cell
        # The fact that is being edited stays in reach however many there are.
        shown = cell.facts[: self._limit]
        shown += tuple(key for key in cell.facts[self._limit :] if self._edited(key))
        for key in [key for key in self._cards if key not in shown]:
            self._drop(self._cards.pop(key))
        numbers, now = self.desk.survey.facts, proving(self.desk)
        for place, key in enumerate(shown):
            fact = self.desk.get(Fact, key)
            if fact is None:
                continue
            card = self._cards.get(key)
            if card is None:
                card = FactCard(self.desk, fact)
                card.opened.connect(self.opened)
                card.unlinked.connect(self.unlink_requested)
                self._cards[key] = card
            codes: tuple[str, ...] = ()
            if key not in cell.linked:
                links = now.reach.links(fact)
                codes = tuple(sorted({code for basis, code, _proof in links if basis == cell.basis}))
            card.show_fact(numbers.get(key, 0), codes, now.shared(fact, (cell.basis, cell.code)))
            if self._stack.indexOf(card) != place:
                self._stack.insertWidget(place, card)
        rest = len(cell.facts) - len(shown)
        self.more.setText(ngettext("Show {n} more", "Show {n} more", rest).format(n=rest))
        self.more.setVisible(rest > 0)

    def _edited(self, key: uuid.UUID) -> bool:
        card = self._cards.get(key)
        return card is not None and card.edit.isChecked()

    def _bind_note(self) -> None:
        note: ElementNote | None = None
        if self._key is not None:
            basis, code = self._key
            note = next(iter(self.desk.rows(ElementNote, legal_basis_id=basis, element=code)), None)
            if note is None:
                self.form.bind(ElementNote(legal_basis_id=basis, element=code), fresh=True)
                return
        self.form.bind(note)

    def refresh_note(self) -> None:
        """Follow undo and what other pages did to the comment."""
        field = self.form.fields[0]
        if field not in self.desk.unsaved and not field.editor.hasFocus():
            self._bind_note()
        else:
            self.form.load()

    def _leave(self) -> None:
        for card in self._cards.values():
            self._drop(card)
        self._cards.clear()

    def _drop(self, card: FactCard) -> None:
        card.leave()
        self._stack.removeWidget(card)
        discard(card)

    def _on_more(self) -> None:
        self._limit += _STEP
        if self._box is not None:
            self._fill(self._box)

    def _on_link(self) -> None:
        if self._box is None:
            return
        linked = self._box.cell.linked
        choices: list[Choice] = [
            Choice(one.key, one.detail or one.title, one.title)
            for one in fact_choices(self.desk)
            if one.key not in linked
        ]
        picker = Picker(self, choices, _("Link a fact to {code}").format(code=self._box.code))
        picker.chosen.connect(self._on_picked)
        picker.open_at(self.link_button.mapToGlobal(QPoint(0, self.link_button.height() + 2)), 380)

    def _on_picked(self, fact: uuid.UUID) -> None:
        self.link_requested.emit([fact])


def _source_label(desk: Desk, row: Citation) -> QLabel:
    number = desk.survey.exhibits.get(row.evidence_id)
    title = CITATION.title(desk, row) if number else evidence_title(row.evidence)
    place = CITATION.detail(desk, row)
    against = row.stance is Stance.CONTRADICTS
    grade = row.evidence.grade.value if row.evidence.grade is not None else ""
    text = Label(joined(title, place, grade))
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setObjectName("fieldError" if against else "help")
    if row.quote_english or row.quote:
        text.setToolTip(row.quote_english or row.quote)
    return text


def _words(name: str) -> QLabel:
    text = Label()
    text.setObjectName(name)
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    return text
