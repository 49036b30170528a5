"""Payments are printed row by row with their sources, added up exactly, and drawn from payer to payee."""

from __future__ import annotations

from decimal import Decimal

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.document.build import BuildOptions, build_submission
from magdesk.document.chart import packet_graph
from magdesk.document.graph import EdgeKind, build_graph
from magdesk.dossier.payments import added, flows, reaching
from magdesk.dossier.view import submission_view
from magdesk.model import Name, Party, Payment, Relation
from magdesk.model.people import PartyKind, RelationKind
from magdesk.regimes.regime import Law
from tests.document.cases import DAY, Generica, cites, exhibit_map, generica
from tests.document.reading import text_of

FINAL = BuildOptions(DAY, draft=False)


def firm(case: Generica, name: str, **values: object) -> Party:
    party = Party(kind=PartyKind.ENTITY, names=[Name(text=name)], **values)
    case.rows.append(party)
    return party


def pay(case: Generica, payer: Party | None, payee: Party | None, amount: str | None, unit: str = "USD") -> Payment:
    row = Payment(
        payer_id=payer.id if payer else None,
        payee_id=payee.id if payee else None,
        amount=None if amount is None else Decimal(amount),
        currency=unit,
        rank=len(case.rows),
    )
    case.rows.append(row)
    return row


def test_sums_are_exact_and_each_currency_stands_alone() -> None:
    case = generica()
    shell = firm(case, "Shell")
    rows = [pay(case, shell, case.general, "0.10") for _time in range(3)]
    rows += [pay(case, shell, case.general, "5", "eur"), pay(case, shell, case.general, None)]
    (flow,) = flows(rows)
    assert flow.sums.known == (("USD", Decimal("0.30")), ("EUR", Decimal(5)))
    assert flow.sums.unknown == 1
    assert added([]).known == ()


def test_payments_reach_a_target_through_several_hands() -> None:
    case = generica()
    first, second, other = (firm(case, name) for name in ("First", "Second", "Other"))
    into = pay(case, first, second, "1")
    on = pay(case, second, case.general, "1")
    elsewhere = pay(case, other, None, "1")
    assert reaching([into, on, elsewhere], [case.general.id]) == {into.id, on.id}
    dossier = submission_view(case.dossier(), ["us-7031c"])
    assert {row.id for row in dossier.payments} == {into.id, on.id}


def test_money_is_printed_row_by_row_with_its_sums(law: Law) -> None:
    case = generica()
    shell = firm(case, "Halvex Ltd")
    one = pay(case, shell, case.general, "1900000.50")
    one.date, one.purpose, one.to_account = PartialDate("2024-05-02"), "advisory fee", "GE12 0001"
    one.citations = [cites(case.evidence["report"], "7")]
    pay(case, shell, case.general, "99.50")
    pay(case, shell, case.general, None)
    pay(case, case.brigade, shell, "40", "EUR")
    dossier = case.dossier()
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "USD\u00a01,900,000.50" in text
    assert "GE12 0001" in text
    assert "advisory fee" in text
    assert "USD\u00a01,900,100.00 and 1 payment of unknown amount; 3 payments" in text
    assert "EUR\u00a040 and 1 payment" not in text, "money that was passed on is not added up"
    assert "not to be added together" in text


def test_a_protected_payer_shows_neither_name_nor_account(law: Law) -> None:
    case = generica()
    row = pay(case, case.witness, case.general, "500")
    row.from_account, row.purpose = "ZB 445 889", "ransom for Zahra Benvolio"
    dossier = case.dossier()
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "ransom for Witness 3" in text
    assert "ZB 445 889" not in text
    assert "Benvolio" not in text
    drawn = packet_graph(build_graph(dossier), dossier.told)
    assert not [edge for edge in drawn.edges if edge.kind is EdgeKind.MONEY]


def test_payments_between_two_are_one_line_with_their_sum(law: Law) -> None:
    case = generica()
    shell = firm(case, "Halvex Ltd")
    cited, bare = pay(case, shell, case.general, "10"), pay(case, shell, case.general, "5")
    cited.citations = [cites(case.evidence["report"], "7")]
    cited.date, bare.date = PartialDate("2024-05-02"), PartialDate("2023")
    dossier = case.dossier()
    (edge,) = [edge for edge in build_graph(dossier).edges if edge.flow is not None]
    assert (edge.source, edge.other, edge.upper) == (str(shell.id), str(case.general.id), str(shell.id))
    assert (edge.start, edge.end) == (PartialDate("2023"), PartialDate("2024-05-02"))
    assert not edge.sourced, "one of them has no source"
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "paid USD\u00a015" in text


@pytest.mark.parametrize(
    ("kind", "edge_kind", "words"),
    [
        (RelationKind.PAYS, EdgeKind.MONEY, "pays"),
        (RelationKind.RECRUITS, EdgeKind.ASSOCIATION, "recruits"),
        (RelationKind.EMPLOYS, EdgeKind.ASSOCIATION, "employs"),
        (RelationKind.REPRESENTS, EdgeKind.ASSOCIATION, "represents"),
    ],
)
def test_every_relation_is_drawn_and_worded(law: Law, kind: RelationKind, edge_kind: EdgeKind, words: str) -> None:
    case = generica()
    shell = firm(case, "Halvex Ltd")
    case.general.relations.append(Relation(other_id=shell.id, kind=kind, rank=8))
    dossier = case.dossier()
    edge = next(edge for edge in build_graph(dossier).edges if edge.relation is kind)
    assert edge.kind is edge_kind
    assert edge.upper == str(shell.id if kind is RelationKind.REPRESENTS else case.general.id)
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert f"{words} Halvex Ltd" in text


def test_every_kind_of_relation_has_a_line() -> None:
    case = generica()
    others = [firm(case, f"Firm {kind}") for kind in RelationKind]
    for other, kind in zip(others, RelationKind, strict=True):
        case.general.relations.append(Relation(other_id=other.id, kind=kind, rank=9))
    drawn = {edge.relation for edge in build_graph(case.dossier()).edges}
    assert drawn >= set(RelationKind)
