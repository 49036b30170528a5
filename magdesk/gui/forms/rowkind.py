"""How a kind of row is listed, added and edited: one description for master lists and for rows inside a form."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import Choice, ChoiceSource
from magdesk.gui.labels import label
from magdesk.gui.words import _, ngettext
from magdesk.model import Base
from magdesk.model.facts import PinpointKind
from magdesk.services.removal import plan_removal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from magdesk.gui.forms.form import Form


def _nothing(_desk: Desk, _row: Any) -> str:
    return ""


def _never(_row: Any) -> bool:
    return False


@dataclass(frozen=True)
class Pick:
    """One thing that must be chosen before a row can exist, because no program may presume it.

    Attributes:
        attribute: where the choice goes.
        source: what there is to choose from, given the owner of the row to be.
        title: what the picker asks; empty for the words of the button that adds.
    """

    attribute: str
    source: Callable[[Desk, Base | None], list[Choice]]
    title: str = ""


def pick_of(attribute: str, source: ChoiceSource) -> Pick:
    """A choice that is the same for every owner."""
    return Pick(attribute, lambda desk, _owner: source(desk))


def pick_kind(attribute: str, kinds: Sequence[StrEnum], title: str = "") -> Pick:
    """A choice between the members of an enumeration, in that order."""
    return Pick(attribute, lambda _desk, _owner: [Choice(kind, label(kind)) for kind in kinds], title)


@dataclass(frozen=True)
class RowKind:
    """A kind of row as the window treats it.

    Attributes:
        page: page code, for guidance keys ``page.field``.
        add: words of the button that adds one.
        one: the kind in the middle of a sentence: ``identifier``.
        empty: what an empty list says: why one would add the first.
        title: a row in a few words.
        detail: a second, muted line.
        mark: a short mark before the title.
        group: the group of a list that a row stands in; rows of one group follow each other.
        against: whether a row speaks against what it belongs to, and is shown so.
        build: puts the fields into a form.
        picks: what must be chosen before a row can exist, in the order in which it is asked.
        source: what of the evidence a row refers to, for the window to show: key, page from 1, words to mark, and the
            place as it is counted.
        start: values of a fresh row, given its owner.
    """

    kind: type[Base]
    page: str
    add: str
    one: str
    empty: str
    title: Callable[[Desk, Any], str]
    build: Callable[[Form], None]
    detail: Callable[[Desk, Any], str] = _nothing
    mark: Callable[[Desk, Any], str] = _nothing
    group: Callable[[Desk, Any], str] = _nothing
    against: Callable[[Any], bool] = _never
    picks: tuple[Pick, ...] = ()
    source: Callable[[Any], tuple[uuid.UUID, int, str, tuple[PinpointKind, str]]] | None = None
    start: Callable[[Desk, Base | None], dict[str, Any]] | None = None

    @property
    def ranked(self) -> bool:
        """Whether the user orders the rows."""
        return hasattr(self.kind, "rank")

    def fresh(self, desk: Desk, owner: Base | None, siblings: Sequence[Any], picked: Sequence[Any]) -> Base:
        """A new row behind its siblings, not yet in the session; with what was picked, as far as it was asked."""
        values = self.start(desk, owner) if self.start else {}
        values |= {pick.attribute: value for pick, value in zip(self.picks, picked, strict=False)}
        if self.ranked:
            values["rank"] = max((row.rank for row in siblings), default=-1) + 1
        return self.kind(**values)

    def shown_title(self, desk: Desk, row: Base) -> str:
        """The title, or words for a row without one."""
        return self.title(desk, row) or _("New {thing}").format(thing=self.one)


def in_order(rows: Sequence[Any]) -> list[Any]:
    """Rows as the user ordered them."""
    return sorted(rows, key=lambda row: (getattr(row, "rank", 0), row.id))


def reorder(rows: Sequence[Any], moved: Any, to: int) -> None:
    """Give the rows ranks so that one of them stands at another place, touching as few as possible."""
    order = [row for row in rows if row is not moved]
    order.insert(max(0, min(to, len(order))), moved)
    ranks = [row.rank for row in rows]
    if len(set(ranks)) != len(ranks):
        ranks = list(range(len(rows)))
    for row, rank in zip(order, sorted(ranks), strict=True):
        if row.rank != rank:
            row.rank = rank


def remove(desk: Desk, parent: QWidget, row: Base, one: str) -> bool:
    """Delete a row; ask first when other rows would go with it. Everything can be undone."""
    plan = plan_removal(desk.case, row)
    count = len(plan.noticeable)
    if count:
        detail = ngettext(
            "{count} other entry refers to it and will be deleted with it. You can undo this.",
            "{count} other entries refer to it and will be deleted with it. You can undo this.",
            count,
        ).format(count=count)
        question = _("Delete this {thing}?").format(thing=one)
        if not desk.prompts.confirm(parent, question, detail, _("Delete"), grave=True):
            return False

    label = _("Delete {thing}").format(thing=one)
    if desk.try_change(label, plan.apply):
        desk.notice_requested.emit(_("Deleted: {thing}").format(thing=one), True)
        return True
    return False
