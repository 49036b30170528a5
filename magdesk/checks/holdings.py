"""Money and shares: each payment can be followed and has a source, and nobody owns more than all (M01 to M03)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import EndState, Relation, RelationKind
from magdesk.standards import slip_of_currency

_WHOLE = 100.0  # per cent
_ROUNDING = 0.01  # shares of a third each come to a little more than all


def payments(scope: Scope) -> Iterator[Hit]:
    """M01: a payment has a source, a payer or a payee, an amount above nothing and a currency with it."""
    for number, row in enumerate(scope.dossier.payments, 1):
        title = str(number)
        if not row.citations:
            yield Hit(scope.row_place("money", "payment", row, "citations", title=title))
        if row.payer_id is None and row.payee_id is None:
            yield Hit(scope.row_place("money", "payment", row, "payer_id", title=title), "nobody")
        elif row.payer_id == row.payee_id:
            yield Hit(scope.row_place("money", "payment", row, "payee_id", title=title), "same")
        if row.amount is not None and row.amount <= 0:
            yield Hit(scope.row_place("money", "payment", row, "amount", title=title), "nothing")
        if row.amount is not None and not row.currency.strip():
            yield Hit(scope.row_place("money", "payment", row, "currency", title=title), "currency")
        elif slip_of_currency(row.currency) is not None:
            place = scope.row_place("money", "payment", row, "currency", title=title)
            yield Hit(place, "code", {"currency": row.currency})


def assets(scope: Scope) -> Iterator[Hit]:
    """M03: an asset to be frozen has a source and a place, and a measure that reaches it is asked."""
    pleaded = {key for key, pleas in scope.pleas_by_target.items() if pleas}
    freezes = any(measure.property is not None for _row, law in scope.authorities for measure in law.measures)
    for row in scope.dossier.assets:
        words = {"name": scope.party_name(row.target.party)}
        if not row.citations:
            yield Hit(scope.target_place(row.target, "citations", row), words=words)
        if not row.place.strip() and not row.country.strip():
            yield Hit(scope.target_place(row.target, "place", row), "place", words)
        if row.value is not None and not row.currency.strip():
            yield Hit(scope.target_place(row.target, "currency", row), "currency", words)
        elif slip_of_currency(row.currency) is not None:
            yield Hit(scope.target_place(row.target, "currency", row), "code", {**words, "currency": row.currency})
        if not scope.dossier.part and row.target_id in pleaded and not freezes:
            yield Hit(scope.target_place(row.target, "description", row), "unasked", words)


def shares(scope: Scope) -> Iterator[Hit]:
    """M02: the shares in a company at one time come to no more than all of it, and no company owns itself."""
    owned: dict[uuid.UUID, list[Relation]] = {}
    for party in scope.dossier.parties.values():
        for row in party.relations:
            if row.kind is RelationKind.OWNS:
                owned.setdefault(row.other_id, []).append(row)
    for key, rows in owned.items():
        other = scope.dossier.parties.get(key)
        if other is None:
            continue
        words = {"name": scope.party_name(other)}
        for row in rows:
            if row.percent is not None and not 0 <= row.percent <= _WHOLE:
                place = scope.party_place(row.party, "percent", row)
                yield Hit(place, "share", {**words, "share": f"{row.percent:g}"})
        most, last = _most(rows)
        if most > _WHOLE + _ROUNDING and last is not None:
            yield Hit(scope.party_place(last.party, "percent", last), words={**words, "share": f"{most:g}"})
    yield from _circles(scope, owned)


def _most(rows: list[Relation]) -> tuple[float, Relation | None]:
    """The largest part of a company that is owned on any day, and the share that makes it so large."""
    best: tuple[float, Relation | None] = (0.0, None)
    for row in rows:
        holders: dict[uuid.UUID, float] = {}
        for other in rows:
            if other.percent is not None and _begun(other, row) and _not_over(other, row):
                holders[other.party_id] = max(holders.get(other.party_id, 0.0), other.percent)
        total = round(sum(holders.values()), 6)
        if total > best[0]:
            best = total, row
    return best


def _begun(other: Relation, row: Relation) -> bool:
    """Whether a share had surely begun on the first day of another."""
    if other is row or other.start is None or row.start is None:
        return True
    return other.start.latest() <= row.start.earliest()


def _not_over(other: Relation, row: Relation) -> bool:
    """Whether a share was surely held still on the first day of another."""
    if other is row:
        return True
    if other.end is None:
        return other.end_state is not EndState.ENDED
    return row.start is not None and other.end.earliest() > row.start.latest()


def _circles(scope: Scope, owned: dict[uuid.UUID, list[Relation]]) -> Iterator[Hit]:
    """Companies that own themselves through others: each circle once."""
    told: set[uuid.UUID] = set()
    for key in owned:
        seen, front = set[uuid.UUID](), {key}
        while front:
            front = {row.party_id for one in front for row in owned.get(one, ())} - seen
            seen |= front
        if key in seen and key not in told:
            told |= {one for one in seen if one in owned}
            party = scope.dossier.parties.get(key)
            if party is not None:
                yield Hit(scope.party_place(party, "relations"), "circle", {"name": scope.party_name(party)})
