"""Lines of a spreadsheet become payments, or say why they cannot."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from magdesk.errors import InputError
from magdesk.model import Name, Party
from magdesk.services.pastedpayments import MOST, pasted_payments

FIRM = Party(id=uuid.UUID(int=1), short_name="Halvex", pseudonym="", names=[Name(text="Halvex Ltd")])
MAN = Party(
    id=uuid.UUID(int=2), short_name="", pseudonym="", names=[Name(text="سالم الكرمي"), Name(text="Salim Karmi")]
)
TWIN = Party(id=uuid.UUID(int=3), short_name="Halvex", pseudonym="", names=[Name(text="Halvex Holding")])
PARTIES = (FIRM, MAN)


def test_columns_are_found_by_their_heads_in_any_order() -> None:
    (one, two) = pasted_payments(
        "Date\tPaid to\tPaid by\tSum\tCcy\tRemark\n"
        "2024-10-11\tسالم الكرمي\thalvex  LTD\t1,900,000.50\tusd\tx\n"
        "March 2014\t\tHalvex\t12\tgold bars\t\n",
        PARTIES,
    )
    assert (one.problem, one.amount, one.currency, one.date and one.date.text) == (
        "", Decimal("1900000.50"), "USD", "2024-10-11",
    )  # fmt: skip
    assert (one.payer_id, one.payee_id) == (FIRM.id, MAN.id)
    assert (two.currency, two.payee_id, two.date and two.date.text) == ("gold bars", None, "2014-03")
    row = one.payment(7)
    assert (row.rank, row.amount, row.payee_id, row.purpose) == (7, Decimal("1900000.50"), MAN.id, "")


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_without_heads_the_order_is_that_of_the_form(sign: str) -> None:
    cells = [
        "310000",
        "EUR",
        "2024",
        "Halvex",
        "Salim Karmi",
        '"fee; first, part"' if sign != "\t" else "fee",
        "IBAN 1",
    ]
    (one,) = pasted_payments(sign.join(cells) + "\r\n\r\n", PARTIES)
    assert (one.problem, one.amount, one.currency) == ("", Decimal(310000), "EUR")
    assert one.cells["purpose"].startswith("fee")
    assert one.cells["from_account"] == "IBAN 1"


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [("USD 1,200.00", "1200.00", "USD"), ("1 200 €", "1200", "EUR"), ("US$ 5", "5", "USD"), ("7.5", "7.5", "")],
)
def test_a_cell_may_hold_sum_and_currency(cell: str, amount: str, currency: str) -> None:
    (one,) = pasted_payments(f"amount;payer\n{cell};Halvex", PARTIES)
    assert (one.problem, one.amount, one.currency) == ("", Decimal(amount), currency)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1.900\tEUR\t2024\tHalvex", "two ways"),
        ("a lot\tEUR\t2024\tHalvex", "not a sum"),
        ("5\tEUR\tsoon\tHalvex", "soon"),
        ("5\tEUR\t2024\tNobody", "Nobody in the case is called “Nobody”"),
        ("\tEUR\t2024\t\t\tfee", "neither an amount"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line: str, said: str) -> None:
    (bad, good) = pasted_payments(f"{line}\n5\tEUR\t2024\tHalvex", PARTIES)
    assert said in bad.problem
    assert not good.problem


def test_a_name_of_two_is_nobodys() -> None:
    (one,) = pasted_payments("5\tEUR\t2024\tHalvex", (*PARTIES, TWIN))
    assert "Several" in one.problem


@pytest.mark.parametrize("text", ["", "a letter in one cell", "5\tEUR\n" * (MOST + 1)])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        pasted_payments(text, PARTIES)
