"""What one state of the law says otherwise than another, statement by statement, so that a person can judge it.

Compared is what the program uses of the files, not their text: comments and the order of keys say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from magdesk.regimes.regime import Law

_NAMES = ("code", "label", "name")  # what a statement in a list goes by
_PARTS = ("acts", "modes", "packets", "checks", "places", "guidance", "regimes")
"""In this order a statement that several parts hold is told: where it is written, then where it is borrowed."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawChange:
    """One statement that is new, gone or other.

    Attributes:
        part: ``regimes``, ``acts``, ``modes``, ``packets``, ``checks``, ``places`` or ``guidance``.
        code: which of them, e.g. ``us-glomag``.
        title: what people call it.
        path: where in it, e.g. ``("prongs", "HR-1", "wording")``; empty for the whole of it.
        old: empty where the statement is new.
        new: empty where it is gone.
        also: codes of further regimes that borrow the same statement.
    """

    part: str
    code: str
    title: str
    path: Path
    old: str
    new: str
    also: tuple[str, ...] = ()


def law_difference(old: Law, new: Law) -> tuple[LawChange, ...]:
    """Every statement in which two states of the law differ."""
    told: dict[tuple[Path, str, str], int] = {}
    changes: list[LawChange] = []
    for part in _PARTS:
        before, after = _part(old, part), _part(new, part)
        for code in dict.fromkeys((*before, *after)):
            was, now = dict(_statements(before.get(code))), dict(_statements(after.get(code)))
            title = _title(after.get(code, before.get(code)), code)
            for path in dict.fromkeys((*was, *now)):
                if was.get(path) == now.get(path):
                    continue
                change = LawChange(part, code, title, path, was.get(path, ""), now.get(path, ""))
                inner = (code, *path) if part == "acts" else path[1:] if path[:1] == ("abuse_types",) else path
                same = (inner, change.old, change.new)
                borrowed = part == "regimes" and path[:1] in (("abuse_types",), ("interest",)) and same in told
                if borrowed:
                    first = told[same]
                    changes[first] = replace(changes[first], also=(*changes[first].also, code))
                else:
                    told.setdefault(same, len(changes))
                    changes.append(change)
    return tuple(sorted(changes, key=_order))


def _order(change: LawChange) -> tuple[int, int]:
    """Law first, then the words around it; the rest stays as it was found."""
    return (0 if change.part == "regimes" else 1, _PARTS.index(change.part))


def _part(law: Law, part: str) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(law, part)
    return found


def _title(value: object, code: str) -> str:
    return str(getattr(value, "title", "") or code)


def _statements(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if value is None or value in ("", (), {}):
        return
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in _NAMES and path[-1:] == (inner,):
                continue  # it goes by that name already
            yield from _statements(inner, (*path, field.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            found = list(_statements(inner, (*path, str(key))))
            yield from found or [((*path, str(key)), "–")]  # that the key is there says something too
    elif isinstance(value, list | tuple):
        yield from _sequence(value, path)
    else:
        yield path, value.isoformat() if isinstance(value, date) else str(value)


def _sequence(values: Sequence[object], path: Path) -> Iterator[tuple[Path, str]]:
    if not is_dataclass(values[0]):
        yield path, "\n".join(str(value) for value in values)
        return
    keys: list[str] = []
    for place, value in enumerate(values, 1):
        name = next((str(found) for key in _NAMES if (found := getattr(value, key, ""))), "")
        key = name if name and name not in keys else f"{name}#{place}"
        keys.append(key)
        yield from _statements(value, (*path, key))
    yield (*path, "order"), ", ".join(keys)
