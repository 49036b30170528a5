"""What a freeze would reach, and why a leaked exhibit is held to be genuine: printed where they belong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from magdesk.document.build import (
    BuildOptions,
    CoverSheet,
    build_cover_sheets,
    build_exhibit_list,
    build_submission,
)
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.model import Asset, Authentication, Evidence, LegalBasis, Name, Party
from magdesk.model.assets import AssetKind
from magdesk.model.authentication import AuthenticationKind
from magdesk.model.evidence import Access
from magdesk.regimes.filing import filing_of
from magdesk.regimes.regime import Law
from tests.document.cases import DAY, Generica, cites, exhibit_map, generica
from tests.document.reading import text_of

FINAL = BuildOptions(DAY, draft=False)


def printed(dossier: Dossier, law: Law) -> str:
    return text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))


def with_flat(case: Generica) -> Asset:
    """A flat of the general's in his wife's name."""
    holder = Party(names=[Name(text="Mira Dorvan-Alt")])
    deed = Evidence(title="Land register, folio 12", pages=2, sha256="ee" * 32, rank=40)
    asset = Asset(
        target_id=case.target.id,
        holder_id=holder.id,
        kind=AssetKind.REAL_ESTATE,
        description="Flat of 240 square metres",
        place="4 Quay Street, Port Sel",
        number="folio 12-889",
        value=Decimal("1250000"),
        currency="EUR",
        note="Bought in the year of the contract.",
        citations=[cites(deed, "1")],
    )
    case.rows += [holder, deed, asset]
    return asset


def test_an_asset_is_printed_with_the_freeze_that_reaches_it(law: Law) -> None:
    case = generica()
    with_flat(case)
    text = printed(case.dossier(), law)
    for words in (
        "Land or building: Flat of 240 square metres", "4 Quay Street, Port Sel", "Mira Dorvan-Alt",
        "No. folio 12-889", "EUR\u00a01,250,000", "Bought in the year of the contract.",
    ):  # fmt: skip
        assert words in text
    assert "Land register, folio 12" in text


def test_where_no_measure_reaches_property_the_asset_and_its_exhibit_stay_out(law: Law) -> None:
    case = generica()
    with_flat(case)
    case.unit.legal_bases.append(LegalBasis(regime="us-7031c", prong="GV", rank=3))
    filing = filing_of(["us-7031c"], law)
    assert filing is not None
    assert not filing.freezes
    whole = case.dossier()
    dossier = submission_view(whole, filing.codes, filing.leave_out, filing.kinds, freezes=filing.freezes)
    assert not dossier.assets
    assert "Land register, folio 12" not in [item.title for item in dossier.exhibits]
    assert "Quay Street" not in printed(dossier, law)


def test_the_number_of_a_protected_holder_is_not_printed(law: Law) -> None:
    case = generica()
    asset = with_flat(case)
    asset.holder_id, asset.note = case.witness.id, "Zahra Benvolio holds it for him."
    text = printed(case.dossier(), law)
    assert "folio 12-889" not in text
    assert "Benvolio" not in text
    assert "Witness 3 holds it for him." in text


def with_reason(case: Generica, name: str) -> Evidence:
    item = case.evidence[name]
    item.authentications = [
        Authentication(
            kind=AuthenticationKind.MATCHES_RECORDS,
            text="Eleven of its entries stand in the gazette, says Zahra Benvolio",
            done_by="A. Expert",
            done_on=date(2026, 5, 3),
            citations=[cites(case.evidence["gazette"], "2")],
        )
    ]
    return item


def sheets(case: Generica, law: Law) -> tuple[str, str]:
    dossier = case.dossier()
    places = exhibit_map(dossier)
    covers = [CoverSheet(place, "") for place in places.values()]
    return (
        text_of(build_exhibit_list(dossier, law, places, FINAL)),
        text_of(build_cover_sheets(dossier, law, covers, FINAL)),
    )


def test_why_an_exhibit_is_genuine_stands_in_the_list_and_on_its_sheet(law: Law) -> None:
    case = generica()
    with_reason(case, "order")
    for text in sheets(case, law):
        assert (
            "It agrees with independent records: Eleven of its entries stand in the gazette, says Witness 3" in text
        )
        assert "A. Expert, 3 May 2026; Ex. " in text


def test_of_a_source_that_is_not_to_be_told_only_the_kind_of_reason_is_printed(law: Law) -> None:
    for change in ("confidential", "supplier", "speaker"):
        case = generica()
        item = with_reason(case, "statement" if change == "speaker" else "order")
        if change == "confidential":
            item.access = Access.CONFIDENTIAL
        elif change == "supplier":
            item.supplier_id = case.witness.id
        for text in sheets(case, law):
            assert "It agrees with independent records." in text
            assert "Eleven of its entries" not in text
            assert "A. Expert" not in text


def test_who_handed_an_exhibit_over_is_told_unless_protected(law: Law) -> None:
    case = generica()
    case.evidence["report"].supplier_id = case.journalist.id
    case.evidence["denial"].speaker_id = case.journalist.id
    text = printed(case.dossier(), law)
    assert "Handed over by the person who speaks in Ex." in text
    case = generica()
    case.evidence["report"].supplier_id = case.witness.id
    text = printed(case.dossier(), law)
    assert "Not counted as independent of another source here" in text
    assert "Handed over by" not in text
