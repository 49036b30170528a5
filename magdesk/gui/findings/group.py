"""Findings of one cause on the review page: one line with their number, and below it, when opened, each of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from magdesk.checks.finding import Finding, Severity
from magdesk.checks.groups import FindingGroup
from magdesk.gui.desk.desk import Desk
from magdesk.gui.findings.card import FindingCard
from magdesk.gui.findings.line import SummaryLine
from magdesk.gui.findings.wrapped import WrappedFrame
from magdesk.gui.layouts import discard
from magdesk.gui.words import _, ngettext

_STEP = 30  # findings of one group shown at once
_PLACES = 3  # named in the line of a group


class FindingGroupCard(WrappedFrame):
    """A group as a line that opens.

    Attributes:
        line: how many there are, and what to do; a click opens and closes.
        cards: the findings that are shown, in their order.
    """

    def __init__(self, desk: Desk, group: FindingGroup) -> None:
        super().__init__()
        self.desk, self.group = desk, group
        self.cards: list[FindingCard] = []
        self._shown = _STEP
        self.line = SummaryLine(desk)
        self.line.setCheckable(True)
        # What stops the filing is told one by one, as the command line does.
        self.line.setChecked(group.severity is Severity.BLOCK)
        self.line.toggled.connect(self._on_opened)
        self.more = QPushButton(_("Show more of these"))
        self.more.clicked.connect(self._on_more)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(26, 0, 0, 6)
        self._list.setSpacing(0)
        self._box.addWidget(self.line)
        self._box.addLayout(self._list)
        self._box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_group(group)

    @property
    def opened(self) -> bool:
        """Whether each finding is shown."""
        return self.line.isChecked()

    def show_group(self, group: FindingGroup) -> None:
        """Show these findings; a card whose finding is still there stays, with what is being written in it."""
        self.group = group
        places = list(dict.fromkeys(found.place.label for found in group.findings if found.place.label))
        rest = len(places) - _PLACES
        told = "; ".join(places[:_PLACES])
        if rest > 0:
            told += ngettext("; and {count} more place", "; and {count} more places", rest).format(count=rest)
        self.line.say(group.severity, group.sentence, (group.code, group.remedy), told if not self.opened else "")
        self.line.show_opened(self.opened)
        self._fill(list(group.findings[: self._shown]) if self.opened else [])
        self.more.setVisible(self.opened and group.count > self._shown)

    def _fill(self, findings: list[Finding]) -> None:
        kept = {card.finding: card for card in self.cards}
        for finding, card in kept.items():
            if finding not in findings:
                self._list.removeWidget(card)
                discard(card)
        self.cards = [kept.get(finding) or FindingCard(self.desk, finding) for finding in findings]
        for place, card in enumerate(self.cards):
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
            card.show()  # at once: in an event of its own it would come without room

    def _on_opened(self, _opened: bool) -> None:
        self._shown = _STEP
        self.show_group(self.group)
        self.updateGeometry()

    def _on_more(self) -> None:
        self._shown += _STEP
        self.show_group(self.group)
