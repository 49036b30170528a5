"""What was worked out from the rows of a case, so that after an edit only what it touched is worked out again.

Whoever asks says what an answer depends on: on a row (:meth:`Memory.each`), on a text (:meth:`Memory.of_texts`), or
on other values (:meth:`Memory.once`). An answer that comes out as before is the same object as before; what depends
on it then stays too, and needs no look at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, TypeVar

Remembered = TypeVar("Remembered")
Value = TypeVar("Value")
_NOTHING = object()
_ROOM = 200_000  # texts remembered for one purpose; a case with more is looked through anew now and then


@dataclass(slots=True)
class _Known:
    """The answers about rows of one kind.

    Attributes:
        order: the keys of the rows, in their order.
        stale: keys of rows that changed since.
    """

    stamp: object
    order: list[uuid.UUID]
    answers: dict[uuid.UUID, Any]
    stale: set[uuid.UUID] = field(default_factory=set)


class Memory:
    """Answers that stay right: of a text for ever, of a row until it changes, of values while they are the same.

    It belongs to one case and one law. Whoever keeps it from look to look must :meth:`forget` the rows that changed.
    """

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Hashable, dict[str, Any]]] = {}
        self._rows: dict[str, _Known] = {}
        self._values: dict[str, tuple[object, Any]] = {}

    def of_texts(self, purpose: str, sought: Hashable) -> dict[str, Any]:
        """The answers known for texts, to be added to; none are known when something else is sought than before."""
        before = self._texts.get(purpose)
        if before is None or before[0] != sought or len(before[1]) > _ROOM:
            before = self._texts[purpose] = (sought, {})
        return before[1]

    def each(
        self,
        purpose: str,
        rows: Mapping[uuid.UUID, Remembered],
        find: Callable[[Remembered], Value],
        stamp: object = None,
    ) -> dict[uuid.UUID, Value]:
        """An answer for each of some rows, in their order; not to be changed.

        Args:
            find: looks at a row and what belongs to it, and at nothing else. What it finds is made of values: a row
                in it changes in place, and would look like the one before.
            stamp: what the answers depend on besides; another stamp asks anew.

        Returns:
            The very object of the last time, where no answer came out differently.
        """
        known, order = self._rows.get(purpose), list(rows)
        if known is None or not _same(known.stamp, stamp):
            answers = {key: find(row) for key, row in rows.items()}
        elif known.order == order:
            before, answers = known.answers, known.answers
            found = {key: find(rows[key]) for key in known.stale if key in before}
            if any(found[key] != before[key] for key in found):
                answers = before | found
        else:
            before = dict(known.answers)
            for key in known.stale:
                before.pop(key, None)
            found_before = map(before.get, order, repeat(_NOTHING))
            answers = {
                key: find(rows[key]) if answer is _NOTHING else answer
                for key, answer in zip(order, found_before, strict=True)
            }
        self._rows[purpose] = _Known(stamp, order, answers)
        return answers

    def once(self, purpose: str, stamp: object, make: Callable[[], Value]) -> Value:
        """Something made from the stamp alone: values, or a tuple of them.

        Mappings are the same only if they are the very same, so that their order counts, and comparing costs nothing.
        """
        return self.renewed(purpose, stamp, lambda _before: make())

    def renewed(self, purpose: str, stamp: object, make: Callable[[Value | None], Value]) -> Value:
        """As :meth:`once`, for something that is made more quickly from what it was before."""
        known = self._values.get(purpose)
        if known is None or not _same(known[0], stamp):
            known = self._values[purpose] = (stamp, make(known[1] if known else None))
        value: Value = known[1]
        return value

    def forget(self, keys: Iterable[uuid.UUID]) -> None:
        """Rows changed, or rows that belong to them."""
        changed = set(keys)
        for known in self._rows.values():
            known.stale |= changed


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        pairs = zip(one, other, strict=True)
        return all(left is right if isinstance(left, Mapping) else left == right for left, right in pairs)
    return one is other if isinstance(one, Mapping) else one == other
