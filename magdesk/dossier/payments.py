"""What was paid by whom to whom, added up: exact, each currency for itself, and never a sum for what is not known."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from magdesk.model.assets import Payment


@dataclass(frozen=True, slots=True)
class Sums:
    """Several payments together.

    Attributes:
        known: the sum in each currency, in the order in which they are met.
        unknown: how many payments have no recorded amount.
    """

    known: tuple[tuple[str, Decimal], ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """What one party gave another.

    Attributes:
        payer: none where it is not known.
        payee: none where it is not known.
    """

    payer: uuid.UUID | None
    payee: uuid.UUID | None
    payments: tuple[Payment, ...]
    sums: Sums


def currency_of(payment: Payment) -> str:
    """The currency as sums are kept apart by it: ``usd`` and ``USD`` are one."""
    unit = " ".join(payment.currency.split())
    return unit.upper() if len(unit) == 3 else unit


def added(payments: Iterable[Payment]) -> Sums:
    """The payments together."""
    known: dict[str, Decimal] = {}
    unknown = 0
    for payment in payments:
        if payment.amount is None:
            unknown += 1
        else:
            unit = currency_of(payment)
            known[unit] = known.get(unit, Decimal(0)) + payment.amount
    return Sums(tuple(known.items()), unknown)


def flows(payments: Iterable[Payment]) -> tuple[MoneyFlow, ...]:
    """The payments of each payer to each payee, in the order in which they are met."""
    pairs: dict[tuple[uuid.UUID | None, uuid.UUID | None], list[Payment]] = {}
    for payment in payments:
        pairs.setdefault((payment.payer_id, payment.payee_id), []).append(payment)
    return tuple(MoneyFlow(payer, payee, tuple(rows), added(rows)) for (payer, payee), rows in pairs.items())


def reaching(payments: Collection[Payment], parties: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """The payments that come from or go to these parties, through however many hands."""
    reached = set(parties)
    found: set[uuid.UUID] = set()
    while True:
        near = [
            row for row in payments if row.id not in found and not reached.isdisjoint({row.payer_id, row.payee_id})
        ]
        if not near:
            return frozenset(found)
        for row in near:
            found.add(row.id)
            reached |= {key for key in (row.payer_id, row.payee_id) if key is not None}
