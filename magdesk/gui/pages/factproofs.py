"""What a fact shows: the things the law asks that it answers, and a search to add another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from magdesk.casefile import Session
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.flow import FlowRow
from magdesk.gui.forms.cards import HeadButton
from magdesk.gui.forms.choices import Choice, party_name
from magdesk.gui.forms.picker import Picker
from magdesk.gui.layouts import take_all
from magdesk.gui.matrix.linking import counting, prove, proving
from magdesk.gui.pages.grounds import elements_of
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Fact, Incident, Target
from magdesk.services.facts import people_of
from magdesk.services.proving import Asked, Proving


@dataclass(frozen=True, slots=True)
class Answerable:
    """One thing that is asked, in all the grounds in which the same proof of the fact would count.

    Attributes:
        asked: those grounds, each with the code of what it asks.
        title: what is asked, in the words of the law's resources.
        question: the same as a question.
        grounds: against whom, and under which laws.
        near: how close it is to the fact: higher for the persons it names and the kind of act it belongs to.
    """

    asked: tuple[Asked, ...]
    title: str
    question: str
    grounds: str
    near: int


def answerables(desk: Desk, fact: Fact, now: Proving) -> list[Answerable]:
    """Everything that is asked in the case, the same thing once, what is nearest to the fact first."""
    incident = desk.get(Incident, fact.incident_id)
    involved = {part.target_id for part in incident.participations} if incident is not None else set()
    kinds = set(incident.kinds) if incident is not None else set()
    named = set(people_of(fact))
    asked: dict[Asked, int] = {}
    for target in desk.rows(Target):
        about = 2 * (target.id in involved) + 2 * (target.party_id in named)
        for basis in target.legal_bases:
            near = about + (basis.abuse_type in kinds)
            for element in elements_of(desk, basis):
                for one in now.alike(fact, (basis.id, element.code)):
                    asked[one] = max(near, asked.get(one, 0))
    return sorted(told_once(desk, now, asked), key=lambda one: -one.near)


def told_once(desk: Desk, now: Proving, asked: Mapping[Asked, int]) -> list[Answerable]:
    """What is asked, in words: the same words about one target, or one question about all, are one thing.

    Args:
        asked: grounds with the codes of what they ask, and how near that is to the fact.
    """
    elements = {
        (key, element.code): element
        for key in dict.fromkeys(basis for basis, _code in asked)
        for element in elements_of(desk, now.bases[key])
    }
    groups: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        element, basis = elements.get(one), now.bases[one[0]]
        shared = element is not None and now.of_kind(basis, element.code)
        who = basis.abuse_type if shared else str(basis.target_id)
        groups.setdefault((element.title if element is not None else one[1], who), []).append(one)
    found = []
    for (title, _who), alike in groups.items():
        element = elements.get(alike[0])
        against: dict[str, list[str]] = {}
        for basis in dict.fromkeys(now.bases[key] for key, _code in alike):
            regime = desk.law.regimes.get(basis.regime)
            against.setdefault(party_name(basis.target.party), []).append(regime.short if regime is not None else "")
        grounds = "; ".join(joined(name, *dict.fromkeys(laws)) for name, laws in against.items())
        question = element.question if element is not None else ""
        found.append(Answerable(tuple(alike), title, question, grounds, max(asked[one] for one in alike)))
    return found


class FactProofs(QWidget):
    """What the fact of a form shows, a line each.

    Attributes:
        add: the button that opens the search.
        lines: the lines that are shown, in their order.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.row: Fact | None = None
        self.lines: list[FactProofLine] = []
        title = Label(_("What this fact shows"))
        title.setObjectName("sectionTitle")
        self.add = ElidedButton(_("Say what it shows"))
        self.add.setProperty("kind", "quiet")
        self.add.setIcon(desk.theme.icon("add", "accent"))
        self.add.setShortcut(QKeySequence("Ctrl+T"))
        self.add.setToolTip(_("Say what it shows ({keys})").format(keys=_native("Ctrl+T")))
        self.add.clicked.connect(self.ask)
        self.empty = Label()
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(6)
        box.addWidget(FlowRow(title, self.add, side=Qt.AlignmentFlag.AlignJustify))
        box.addWidget(self.empty)
        box.addLayout(self._stack)
        self.setAccessibleName(title.text())

    def bind(self, row: Fact | None) -> None:
        """Show what this fact shows."""
        self.row = row
        now = proving(self.desk)
        self.add.setEnabled(bool(now.bases) and row is not None and not self.desk.read_only)
        shown = self.shown(now)
        if [line.one for line in self.lines] != shown:
            take_all(self._stack)
            self.lines = [FactProofLine(self, one) for one in shown]
            for line in self.lines:
                self._stack.addWidget(line)
                line.show()
        self.empty.setVisible(not shown)
        self.empty.setText(
            _("Nothing yet. Say which of the things the law asks this fact answers.")
            if now.bases
            else _("No ground yet: add grounds to the targets first.")
        )

    def shown(self, now: Proving) -> list[Answerable]:
        """What the fact shows."""
        fact = self.row
        if fact is None:
            return []
        reached = [one for proof in fact.proofs for one in now.counts_for(fact, proof) if one[0] in now.bases]
        return told_once(self.desk, now, dict.fromkeys(reached, 0))

    def offered(self) -> list[Answerable]:
        """What it could still show, the nearest first."""
        if self.row is None:
            return []
        now = proving(self.desk)
        there = {key for one in self.shown(now) for key in one.asked}
        return [one for one in answerables(self.desk, self.row, now) if not there.issuperset(one.asked)]

    def ask(self) -> None:
        """Open the search for something else that it shows."""
        offered = self.offered()
        choices = [
            Choice(str(place), one.title, joined(one.question, one.grounds)) for place, one in enumerate(offered)
        ]
        picker = Picker(self, choices, _("What does it show?"))
        picker.chosen.connect(partial(self._on_chosen, offered))
        width = min(620, max(380, self.width()))
        picker.open_at(self.add.mapToGlobal(QPoint(self.add.width() - width, self.add.height() + 2)), width)

    def _on_chosen(self, offered: list[Answerable], key: str) -> None:
        self.say(offered[int(key)])

    def say(self, one: Answerable) -> None:
        """Write that the fact shows this, in every ground that asks it."""
        fact = self.row
        if fact is None or not self.desk.flush():
            return
        law, now = self.desk.law, proving(self.desk)

        def work(_session: Session) -> None:
            for asked in one.asked:
                if not now.proofs(fact, asked):
                    prove(law, now, fact, asked)

        if self.desk.try_change(_("Say what a fact shows: {what}").format(what=one.title), work):
            self.bind(fact)
            self.add.setFocus()

    def take_back(self, one: Answerable) -> None:
        """Let the fact show this no more in any of its grounds; for a single one the matrix is the place."""
        fact = self.row
        if fact is None:
            return
        now = proving(self.desk)

        def work(_session: Session) -> None:
            for asked in one.asked:
                now.take_back(fact, asked, here_only=False)

        if self.desk.try_change(_("Take back what a fact shows: {what}").format(what=one.title), work):
            self.bind(fact)
            self.add.setFocus()
            count = len({basis for basis, _code in one.asked})
            if count > 1:
                said = ngettext("Taken back for {n} ground", "Taken back for {n} grounds", count)
                self.desk.notice_requested.emit(said.format(n=count), True)


class FactProofLine(QFrame):
    """One thing that a fact shows: a way to the matrix, and a button that takes it back.

    Attributes:
        one: what is shown.
        head: its words.
        back: the button.
    """

    def __init__(self, owner: FactProofs, one: Answerable) -> None:
        super().__init__(owner)
        self.setObjectName("rowCard")
        self.owner, self.one = owner, one
        self.head = HeadButton()
        self.head.setIcon(owner.desk.theme.icon("check", "accent"))
        count = len({basis for basis, _code in one.asked})
        self.head.set_texts(one.title, joined(one.grounds, counting(count) if count > 1 else ""))
        self.head.setAccessibleDescription(one.question)
        self.head.clicked.connect(self._on_opened)
        self.back = QToolButton()
        self.back.setIcon(owner.desk.theme.icon("remove", "muted"))
        self.back.setIconSize(QSize(16, 16))
        self.back.setToolTip(_("It does not show this"))
        self.back.setAccessibleName(_("It does not show this: {what}").format(what=one.title))
        self.back.setEnabled(not owner.desk.read_only)
        self.back.clicked.connect(self._on_taken_back)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 2, 4, 2)
        line.setSpacing(0)
        line.addWidget(self.head, 1)
        line.addWidget(self.back)

    def _on_opened(self) -> None:
        basis, code = self.one.asked[0]
        self.owner.desk.go(Place("matrix", basis, code))

    def _on_taken_back(self) -> None:
        self.owner.take_back(self.one)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
