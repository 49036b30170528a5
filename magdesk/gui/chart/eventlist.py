"""The chronology as a table: date, event, who, sources."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from magdesk.document.events import Event, EventKind
from magdesk.dossier.payments import currency_of
from magdesk.gui.chart.snapshot import Snapshot
from magdesk.gui.forms.choices import evidence_title, incident_title
from magdesk.gui.labels import label
from magdesk.gui.words import _, between, joined
from magdesk.isolates import isolated
from magdesk.model import Evidence, Fact, Incident, OtherSanction, Payment, Position, Proceeding, Relation
from magdesk.model.text import references
from magdesk.money import amount_words

_Index = QModelIndex | QPersistentModelIndex
HEADS = (_("Date"), _("Kind"), _("Event"), _("Who"), _("Sources"))


KIND_WORDS: dict[EventKind, str] = {
    EventKind.INCIDENT: _("Incident"),
    EventKind.FACT: _("Fact"),
    EventKind.PAYMENT: _("Payment"),
    EventKind.POSITION_START: _("Takes office"),
    EventKind.POSITION_END: _("Leaves office"),
    EventKind.RELATION_START: _("Tie begins"),
    EventKind.RELATION_END: _("Tie ends"),
    EventKind.PROCEEDING: _("Proceeding"),
    EventKind.SANCTION: _("Listed"),
    EventKind.PUBLICATION: _("Published"),
}
_TEXT = 220


@dataclass(frozen=True, slots=True)
class TableEvent:
    """One line of the table.

    Attributes:
        key: of the row it is made from.
        cells: as the heads name them.
    """

    key: uuid.UUID
    cells: tuple[str, str, str, str, str]


class EventModel(QAbstractTableModel):
    """The lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[TableEvent, ...] = ()

    def show_entries(self, entries: Sequence[TableEvent]) -> None:
        """Show these."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.entries[index.row()].cells[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None


def entry_of(snapshot: Snapshot, event: Event) -> TableEvent:
    """An event in the words of the table."""
    start = event.start.display() if event.start else _("no date")
    day = f"{start} – {event.end.display()}" if event.end and event.end != event.start else start
    parties = [party for key, party in snapshot.targets.items() if key in event.targets]
    who = between(", ", (snapshot.names.get(party, "") for party in parties))
    numbers = sorted(
        {snapshot.exhibits[row.evidence_id] for row in event.sources if row.evidence_id in snapshot.exhibits}
    )
    if isinstance(event.row, Evidence) and event.row.id in snapshot.exhibits:
        numbers = [snapshot.exhibits[event.row.id]]
    sources = _("Ex. {numbers}").format(numbers=", ".join(map(str, numbers))) if numbers else ""
    return TableEvent(event.row.id, (day, KIND_WORDS[event.kind], _words(snapshot, event), who, sources))


def _words(snapshot: Snapshot, event: Event) -> str:
    names = snapshot.names
    row = event.row
    match row:
        case Incident():
            return joined(incident_title(row), row.place)
        case Fact():
            return _plain(snapshot, row.text)[:_TEXT]
        case Payment():
            ends = (names.get(key, "") if key else _("not known") for key in (row.payer_id, row.payee_id))
            amount = amount_words(row.amount, currency_of(row)) if row.amount is not None else ""
            return joined(between(" → ", ends), amount)
        case Position():
            body = row.body.strip() or names.get(row.organisation_id or row.id, "")
            post = between(", ", (row.title.strip(), body))
            return f"{isolated(names.get(row.party_id, ''))}: {post}"
        case Relation():
            share = f" {row.percent:g} %" if row.percent is not None else ""
            one, other = (isolated(names.get(key, "")) for key in (row.party_id, row.other_id))
            return f"{one}: {label(row.kind)}{share} {other}"
        case Proceeding():
            return joined(_plain(snapshot, row.forum), label(row.status))
        case OtherSanction():
            return joined(row.jurisdiction, row.reference)
        case Evidence():
            return joined(evidence_title(row), row.publisher)


def _plain(snapshot: Snapshot, text: str) -> str:
    """Text with its tokens in words, on one line."""
    out: list[str] = []
    end = 0
    for token in references(text):
        out.append(text[end : token.start])
        if token.kind == "party":
            out.append(isolated(snapshot.names.get(token.key, _("missing person"))))
        elif token.kind == "fact":
            number = snapshot.facts.get(token.key)
            out.append(_("Fact {number}").format(number=number) if number else _("Fact"))
        else:
            number = snapshot.exhibits.get(token.key)
            out.append(_("Ex. {number}").format(number=number) if number else _("an exhibit"))
        end = token.end
    return " ".join("".join([*out, text[end:]]).split())[:_TEXT]
