"""A place in an exhibit becomes a source of a fact: an old one that is chosen, or a new one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import Choice, fact_choices
from magdesk.gui.forms.picker import Picker
from magdesk.gui.viewer.view import Passage
from magdesk.gui.words import _
from magdesk.model import Citation, Fact
from magdesk.model.facts import PinpointKind

NEW = "new"
_UNITS = {PinpointKind.PAGE: _("p. {n}"), PinpointKind.PARAGRAPH: _("para. {n}")}


def offer_facts(
    desk: Desk, parent: QWidget, key: uuid.UUID, passage: Passage, cited: Callable[[Fact, bool], None]
) -> Picker:
    """Pop up the facts; the one that is chosen, or a new one, gets the source.

    Args:
        parent: over which the list pops up.
        key: of the evidence.
        cited: gets the fact and whether it is new.
    """
    place = place_words(passage)
    words = f"“{passage.quote[:120]}”" if passage.quote else passage.note
    quote = f"{place}: {words}" if words else place
    choices = [Choice(NEW, _("A new fact"), quote), *fact_choices(desk)]
    picker = Picker(parent, choices, _("Which fact does this support?"))
    picker.chosen.connect(partial(_on_chosen, desk, key, passage, cited))
    corner = parent.mapToGlobal(QPoint(max(0, parent.width() - 460), 40))
    picker.open_at(corner, 440)
    return picker


def _on_chosen(
    desk: Desk, key: uuid.UUID, passage: Passage, cited: Callable[[Fact, bool], None], choice: uuid.UUID | str
) -> None:
    fact = cite(desk, key, passage, None if choice == NEW else desk.get(Fact, uuid.UUID(str(choice))))
    if fact is not None:
        cited(fact, choice == NEW)


def place_words(passage: Passage) -> str:
    """Where the passage stands, in words."""
    if not passage.pinpoint:
        return _("the whole item")
    return _UNITS.get(passage.kind, "{n}").format(n=passage.pinpoint)


def cite(desk: Desk, key: uuid.UUID, passage: Passage, fact: Fact | None) -> Fact | None:
    """Store the source, in one step; the fact that has it now, or none when that was not possible.

    Args:
        fact: gets the source; ``None`` for a new one.
    """
    desk.flush()
    new = fact is None
    target = fact if fact is not None else Fact(rank=max((row.rank for row in desk.rows(Fact)), default=-1) + 1)
    source = Citation(
        evidence_id=key,
        pinpoint_kind=passage.kind,
        pinpoint=passage.pinpoint,
        quote=passage.quote,
        note=passage.note,
        rank=max((one.rank for one in target.citations), default=-1) + 1,
    )

    def work(session: object) -> None:
        target.citations.append(source)
        if new:
            session.add(target)  # type: ignore[attr-defined]

    return target if desk.try_change(_("Cite {place}").format(place=place_words(passage)), work) else None
