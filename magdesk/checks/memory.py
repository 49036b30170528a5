"""What earlier runs of the checks found out, so that after an edit only what it touched is looked at again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

Value = TypeVar("Value")
_ROOM = 200_000  # texts remembered for one purpose; a case with more is looked through anew now and then


class Memory:
    """Answers that stay right: of a text for ever, of a row until it changes.

    It belongs to one case and one law. Whoever keeps it from run to run must :meth:`forget` the rows that changed.
    """

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Hashable, dict[str, Any]]] = {}
        self._rows: dict[str, dict[uuid.UUID, tuple[Hashable, Any]]] = {}
        self._values: dict[str, tuple[Hashable, Any]] = {}

    def of_texts(self, purpose: str, sought: Hashable) -> dict[str, Any]:
        """The answers known for texts, to be added to; none are known when something else is sought than before."""
        before = self._texts.get(purpose)
        if before is None or before[0] != sought or len(before[1]) > _ROOM:
            before = self._texts[purpose] = (sought, {})
        return before[1]

    def of_row(self, purpose: str, key: uuid.UUID, stamp: Hashable, find: Callable[[], Value]) -> Value:
        """An answer about a row and what belongs to it.

        Args:
            stamp: what the answer depends on besides; another stamp asks anew.
        """
        rows = self._rows.setdefault(purpose, {})
        known = rows.get(key)
        if known is None or known[0] != stamp:
            known = rows[key] = (stamp, find())
        value: Value = known[1]
        return value

    def once(self, purpose: str, stamp: Hashable, make: Callable[[], Value]) -> Value:
        """Something made from the stamp alone."""
        known = self._values.get(purpose)
        if known is None or known[0] != stamp:
            known = self._values[purpose] = (stamp, make())
        value: Value = known[1]
        return value

    def forget(self, keys: Iterable[uuid.UUID]) -> None:
        """Rows changed, or rows that belong to them."""
        changed = set(keys)
        for rows in self._rows.values():
            for key in changed & rows.keys():
                del rows[key]
