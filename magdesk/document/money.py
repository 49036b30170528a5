"""Money as it moved: each payment with its accounts and its source, and what each party gave each other in sum."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from magdesk.document.blocks import Block, Cell, Heading, Inline, Mention, Paragraph, Table, Text
from magdesk.document.context import Brief
from magdesk.document.identification import source_of
from magdesk.document.narrative import sentence
from magdesk.document.tables import cell, heads, words
from magdesk.dossier.payments import Sums, added, flows
from magdesk.isolates import isolated
from magdesk.model.assets import Payment
from magdesk.money import amount_words


def money(brief: Brief, level: int) -> tuple[Block, ...]:
    """The payments and their sums; nothing where none is recorded."""
    payments = brief.dossier.payments
    if not payments:
        return ()
    head = heads(
        brief.label("date"), brief.label("money_from"), brief.label("money_to"), brief.label("money_amount"),
        brief.label("money_purpose"),
    )  # fmt: skip
    table = Table(
        (head, *(_payment(brief, row) for row in payments)),
        (1.1, 1.8, 1.8, 1.9, 2.0),
        header_rows=1,
        caption=(Text(brief.label("money_table")),),
    )
    return (
        Heading(level, (Text(brief.label("money")),), "money"),
        Paragraph((Text(brief.label("money_intro")),), keep_with_next=True),
        table,
        *_sums(brief, payments),
    )


def sums_in_words(brief: Brief, sums: Sums) -> str:
    """``USD 1,900,000 and 2 payments of unknown amount``."""
    parts = [
        amount_words(total, unit) if unit else brief.label("money_no_currency", amount=amount_words(total, ""))
        for unit, total in sums.known
    ]
    if sums.unknown:
        parts.append(brief.count("money_unknown", sums.unknown))
    return brief.listed(parts)


def payment_words(brief: Brief, row: Payment) -> str:
    """The amount of one payment; that it is not known, where it is not."""
    return sums_in_words(brief, added([row])) if row.amount is not None else brief.label("money_amount_unknown")


def _payment(brief: Brief, row: Payment) -> tuple[Cell, ...]:
    amount = payment_words(brief, row)
    purpose = sentence(row.purpose.strip())
    return (
        words(row.date.display() if row.date else brief.label("date_unknown")),
        _party(brief, row.payer_id, row.from_account),
        _party(brief, row.payee_id, row.to_account),
        words(amount),
        cell(Paragraph((*purpose, *source_of(brief, row.id, row.citations)))),
    )


def _party(brief: Brief, key: uuid.UUID | None, account: str) -> Cell:
    party = brief.dossier.parties.get(key) if key is not None else None
    name: tuple[Inline, ...] = (
        (Text(brief.label("money_nobody"), italic=True),) if party is None else (Mention(str(party.id)),)
    )
    # An account leads to its holder as surely as a name does.
    shown = "" if party is not None and party.protected else account.strip()
    return cell(Paragraph(name), *((Paragraph((Text(isolated(shown)),)),) if shown else ()))


def _sums(brief: Brief, payments: Sequence[Payment]) -> tuple[Block, ...]:
    found = flows(payments)
    rows = [heads(brief.label("money_from"), brief.label("money_to"), brief.label("money_sum"))]
    rows += [
        (
            _party(brief, flow.payer, ""),
            _party(brief, flow.payee, ""),
            words(f"{sums_in_words(brief, flow.sums)}; {brief.count('money_payments', len(flow.payments))}"),
        )
        for flow in found
    ]
    givers = {flow.payer for flow in found if flow.payer is not None}
    passed = any(flow.payee in givers for flow in found)
    if len(found) > 1 and not passed:
        # Money that is passed on would be counted once for each hand: a total of steps is nobody's gain.
        total = words(sums_in_words(brief, added(payments)), bold=True)
        rows.append((words(brief.label("money_total"), bold=True), words(""), total))
    out: list[Block] = [Table(tuple(rows), (2.4, 2.4, 3.8), header_rows=1)]
    if passed:
        out.append(Paragraph((Text(brief.label("money_passed_on")),)))
    return tuple(out)
