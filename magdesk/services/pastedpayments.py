"""Payments copied out of a spreadsheet: lines of cells become rows, or say why they cannot."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.model import Party, Payment
from magdesk.money import read_amount
from magdesk.standards import slip_of_currency
from magdesk.values import clean_text

MOST = 2_000
"""Lines that are read at once."""

COLUMNS = ("amount", "currency", "date", "payer", "payee", "purpose", "from_account", "to_account")
"""In this order where the first line names no columns."""

_HEADS = {
    "amount": ("amount", "sum", "value", "total"),
    "currency": ("currency", "ccy", "cur"),
    "date": ("date", "day", "paid on", "booking date", "value date"),
    "payer": ("payer", "paid by", "from", "sender", "debtor", "remitter"),
    "payee": ("payee", "paid to", "to", "recipient", "receiver", "beneficiary", "creditor"),
    "purpose": ("purpose", "reference", "description", "details", "what for"),
    "from_account": ("from account", "payer account", "debit account"),
    "to_account": ("to account", "payee account", "credit account"),
}
_BY_HEAD = {head: name for name, heads in _HEADS.items() for head in (*heads, name)}
_FIGURE = r"[0-9][0-9\s.,'’\u00a0\u2009\u202f]*"
_WITH_CODE = re.compile(rf"(?:([A-Za-z]{{3}}|US\$|[€£])\s*)?({_FIGURE})(?:\s*([A-Za-z]{{3}}|[€£]))?")


@dataclass(frozen=True, slots=True)
class PastedPayment:
    """One line.

    Attributes:
        cells: what it says, by column, as it was pasted.
        problem: why it cannot be taken; empty where it can.
    """

    cells: Mapping[str, str]
    problem: str = ""
    amount: Decimal | None = None
    currency: str = ""
    date: PartialDate | None = None
    payer_id: uuid.UUID | None = None
    payee_id: uuid.UUID | None = None

    def payment(self, rank: int) -> Payment:
        """The row that it becomes."""
        return Payment(
            rank=rank,
            amount=self.amount,
            currency=self.currency,
            date=self.date,
            payer_id=self.payer_id,
            payee_id=self.payee_id,
            purpose=self.cells.get("purpose", ""),
            from_account=self.cells.get("from_account", ""),
            to_account=self.cells.get("to_account", ""),
        )


def pasted_payments(untrusted_text: str, parties: Iterable[Party]) -> tuple[PastedPayment, ...]:
    """The lines of copied cells, parted by tabs as a spreadsheet copies them, or by semicolons or commas.

    Args:
        parties: among whom payer and payee are looked for, by any name that they have.

    Raises:
        InputError: there is no line of several cells, or there are too many lines.
    """
    lines = _lines(untrusted_text)
    if not lines or max(map(len, lines)) < 2:
        raise InputError(
            _("The clipboard holds no rows of a spreadsheet."),
            _("Select the cells of the payments there, copy them, and try again."),
        )
    if len(lines) > MOST:
        raise InputError(
            _("{count} lines are too many at once.").format(count=len(lines)),
            _("Copy at most {most} lines at a time.").format(most=MOST),
        )
    head = [_BY_HEAD.get(_folded(cell), "") for cell in lines[0]]
    columns: Sequence[str] = COLUMNS
    if sum(map(bool, head)) > 1:
        columns, lines = head, lines[1:]
    known = _known(parties)
    return tuple(_read(dict(zip(columns, line, strict=False)), known) for line in lines)


def take_payments(session: Session, lines: Iterable[PastedPayment]) -> list[Payment]:
    """Add what can be taken behind the payments that are there, inside a step of the journal."""
    last = session.scalar(select(func.max(Payment.rank)))
    good = [line for line in lines if not line.problem]
    rows = [line.payment(rank) for rank, line in enumerate(good, 0 if last is None else last + 1)]
    session.add_all(rows)
    return rows


def _lines(text: str) -> list[list[str]]:
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    parted = next((sign for sign in "\t;" if sign in first), ",")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    try:
        cells = [[clean_text(cell).strip() for cell in row] for row in rows]
    except csv.Error:
        return []
    return [row for row in cells if any(row)]


def _known(parties: Iterable[Party]) -> dict[str, set[uuid.UUID]]:
    found: dict[str, set[uuid.UUID]] = {}
    for party in parties:
        for called in (*(name.text for name in party.names), party.short_name, party.pseudonym):
            if called.strip():
                found.setdefault(_folded(called), set()).add(party.id)
    return found


def _read(cells: Mapping[str, str], known: Mapping[str, set[uuid.UUID]]) -> PastedPayment:
    try:
        amount, currency = _sum(cells.get("amount", ""), cells.get("currency", ""))
        day = cells.get("date", "")
        date = PartialDate.parse(day) if day else None
        ends = [_party(cells.get(name, ""), known) for name in ("payer", "payee")]
        if amount is None and not any(ends):
            raise InputError(_("It has neither an amount nor a payer or payee."), "")
    except InputError as error:
        return PastedPayment(cells, str(error).strip())
    return PastedPayment(cells, "", amount, currency, date, *ends)


def _sum(cell: str, currency: str) -> tuple[Decimal | None, str]:
    """Amount and currency; a cell may hold both."""
    match = _WITH_CODE.fullmatch(cell)
    if match is not None:
        cell, currency = match[2].strip(), currency or match[1] or match[3] or ""
    slip = slip_of_currency(currency)
    return read_amount(cell), slip.meant[0] if slip is not None and slip.sure else currency


def _party(name: str, known: Mapping[str, set[uuid.UUID]]) -> uuid.UUID | None:
    if not name:
        return None
    found = known.get(_folded(name), set())
    if len(found) != 1:
        said = _("Several are called “{name}”.") if found else _("Nobody in the case is called “{name}”.")
        hint = _("Write it as on the page of people.") if found else _("Add the party first, or correct the name.")
        raise InputError(said.format(name=name), hint)
    return next(iter(found))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split()).rstrip(":")
