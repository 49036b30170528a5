from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from magdesk.model import Asset, Authentication, Citation, Fact, Name, Party, Payment, Relation
from magdesk.model.evidence import Access, SourceType
from magdesk.model.people import EndState, PartyKind, RelationKind
from tests.checks.cases import SmallCase, day


def company(case: SmallCase, name: str) -> Party:
    party = case.add(Party(kind=PartyKind.ENTITY))
    case.add(Name(party_id=party.id, text=name))
    return party


def owns(case: SmallCase, owner: Party, owned: Party, percent: float, **values: object) -> Relation:
    return case.add(Relation(party_id=owner.id, other_id=owned.id, kind=RelationKind.OWNS, percent=percent, **values))


@pytest.fixture
def payment(case: SmallCase) -> Payment:
    firm = company(case, "Halvex")
    row = case.add(
        Payment(payer_id=firm.id, payee_id=case.general.id, amount=Decimal(5), currency="USD", purpose="A fee.")
    )
    row.citations = [Citation(evidence_id=case.report.id, pinpoint="2")]
    case.session.flush()
    return row


def test_a_payment_that_can_be_followed(case: SmallCase, payment: Payment) -> None:
    assert case.findings("M01") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"citations": []}, "citations"),
        ({"payer_id": None, "payee_id": None}, "payer_id"),
        ({"currency": " "}, "currency"),
        ({"amount": Decimal("-500000.00")}, "amount"),
        ({"amount": Decimal(0)}, "amount"),
    ],
)
def test_what_a_payment_lacks(case: SmallCase, payment: Payment, change: dict[str, object], field: str) -> None:
    for name, value in change.items():
        setattr(payment, name, value)
    (found,) = case.findings("M01")
    assert (found.place.page, found.place.row, found.place.field) == ("money", payment.id, field)


def test_who_pays_itself_and_a_payment_of_unknown_amount(case: SmallCase, payment: Payment) -> None:
    payment.amount, payment.currency = None, ""
    assert case.findings("M01") == []
    payment.payer_id = payment.payee_id
    assert [one.place.field for one in case.findings("M01")] == ["payee_id"]


def test_a_wrong_page_for_a_payment_is_found_there(case: SmallCase, payment: Payment) -> None:
    payment.citations[0].pinpoint = "999"
    (found,) = case.findings("C33")
    assert (found.place.page, found.place.row) == ("money", payment.citations[0].id)


def test_shares_that_come_to_all_of_it(case: SmallCase) -> None:
    firm, holding = company(case, "Halvex"), company(case, "Holding")
    owns(case, case.general, firm, 55)
    owns(case, company(case, "Other"), firm, 30)
    owns(case, holding, firm, 15)
    owns(case, case.general, holding, 100)
    assert case.findings("M02") == []


def test_shares_that_come_to_more(case: SmallCase) -> None:
    firm = company(case, "Halvex")
    owns(case, case.general, firm, 55, start=day("2020"))
    late = owns(case, company(case, "Other"), firm, 46, start=day("2021"))
    (found,) = case.findings("M02")
    assert found.place.row == late.id
    assert "101 percent" in found.sentence
    late.start = None
    assert case.findings("M02")


@pytest.mark.parametrize("values", [{"end": day("2020-06")}, {"end_state": EndState.ENDED}])
def test_who_has_sold_owns_no_more(case: SmallCase, values: dict[str, object]) -> None:
    firm = company(case, "Halvex")
    owns(case, case.general, firm, 100, start=day("2019"), **values)
    owns(case, company(case, "Other"), firm, 100, start=day("2021"))
    assert case.findings("M02") == []


def test_one_holder_entered_twice_is_no_more_than_the_larger_share(case: SmallCase) -> None:
    firm = company(case, "Halvex")
    owns(case, case.general, firm, 60)
    owns(case, case.general, firm, 55)
    assert case.findings("M02") == []


def test_a_share_of_more_than_all_and_a_circle(case: SmallCase) -> None:
    first, second = company(case, "First"), company(case, "Second")
    owns(case, first, second, 60)
    owns(case, second, first, 60)
    (found,) = case.findings("M02")
    assert found.severity.value == "info"
    owns(case, case.general, first, 140)
    assert {one.place.field for one in case.findings("M02")} == {"percent", "relations"}


@pytest.fixture
def asset(case: SmallCase) -> Asset:
    row = case.add(Asset(target_id=case.target.id, description="Flat", place="Port Amber"))
    row.citations = [Citation(evidence_id=case.report.id, pinpoint="2")]
    case.session.flush()
    return row


def test_an_asset_that_a_bank_could_find(case: SmallCase, asset: Asset) -> None:
    assert case.findings("M03") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"citations": []}, "citations"),
        ({"place": ""}, "place"),
        ({"value": Decimal(5)}, "currency"),
    ],
)
def test_what_an_asset_lacks(case: SmallCase, asset: Asset, change: dict[str, object], field: str) -> None:
    for name, value in change.items():
        setattr(asset, name, value)
    (found,) = case.findings("M03")
    assert (found.place.page, found.place.row, found.place.field) == ("targets", asset.id, field)


def test_an_asset_that_no_measure_reaches_is_told(case: SmallCase, asset: Asset) -> None:
    case.remove(case.glomag)
    case.basis.regime, case.basis.prong = "us-7031c", "GV"
    found = case.findings("M03")
    assert [(one.severity.value, one.place.row) for one in found] == [("info", asset.id)]


def test_a_wrong_page_for_an_asset_and_for_a_reason_is_found_there(case: SmallCase, asset: Asset) -> None:
    asset.citations[0].pinpoint = "999"
    reason = case.add(Authentication(evidence_id=case.report.id))
    reason.citations = [Citation(evidence_id=case.order.id, pinpoint="998")]
    found = {one.place.row: one.place.page for one in case.findings("C33")}
    assert found == {asset.citations[0].id: "targets", reason.citations[0].id: "evidence"}


@pytest.mark.parametrize("kind", [SourceType.CORRESPONDENCE, SourceType.FINANCIAL_RECORD])
def test_a_leaked_item_needs_a_reason_to_be_believed(case: SmallCase, kind: SourceType) -> None:
    case.report.source_type = kind
    (found,) = case.findings("E01")
    assert (found.place.row, found.place.field) == (case.report.id, "authentications")
    case.report.access = Access.OPEN_SOURCE
    assert case.findings("E01") == []
    case.report.access = Access.ON_FILE
    case.add(Authentication(evidence_id=case.report.id, text="Its headers are whole."))
    assert case.findings("E01") == []


def test_a_sheet_of_no_kind_needs_one_and_what_a_court_vouches_for_does_not(case: SmallCase) -> None:
    case.report.media_type = "text/csv"
    assert [one.place.row for one in case.findings("E01")] == [case.report.id]
    case.report.source_type = SourceType.COURT_RECORD
    assert case.findings("E01") == []


def test_two_sources_of_which_one_was_handed_over_by_the_other_are_one(case: SmallCase) -> None:
    before = case.findings("C06")
    for fact in case.session.scalars(select(Fact)).all():
        for citation in fact.citations:
            citation.evidence.supplier_id = case.protected.id
    assert len(case.findings("C06")) > len(before)
