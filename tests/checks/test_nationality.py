from __future__ import annotations

from magdesk.model import Authority, Identifier, LegalBasis
from magdesk.model.people import IdentifierKind
from tests.checks.cases import SmallCase


def nationality(case: SmallCase, *countries: str) -> None:
    """Make the target a national of these, and of no other."""
    first = case.identifiers[IdentifierKind.NATIONALITY]
    first.value, first.country = countries[0], ""
    for country in countries[1:]:
        case.add(Identifier(party_id=case.general.id, kind=IdentifierKind.NATIONALITY, value=country))


def plead(case: SmallCase, regime: str, prong: str) -> LegalBasis:
    if regime != "us-7031c":
        case.add(Authority(regime=regime, rank=3))
    return case.add(LegalBasis(target_id=case.target.id, regime=regime, prong=prong, abuse_type="torture", rank=2))


def test_c16_wants_a_basis_for_foreign_person(case: SmallCase) -> None:
    case.target.foreign_person_basis = " "
    (finding,) = case.findings("C16")
    assert finding.severity == "block"
    assert "HR-1" in finding.sentence
    case.basis.prong = "MA-1"
    assert case.findings("C16") == [], "section 1(a)(iii) reaches any person"


def test_c16_refuses_a_national_of_the_home_country_alone(case: SmallCase) -> None:
    nationality(case, "American")
    (finding,) = case.findings("C16")
    assert (finding.severity, "HR-1" in finding.sentence) == ("block", True)


def test_c16_a_paragraph_for_any_person_reaches_nationals_too(case: SmallCase) -> None:
    nationality(case, "American")
    case.basis.prong = "MA-1"
    assert case.findings("C16") == []


def test_c16_judges_each_authority_by_its_own_country(case: SmallCase) -> None:
    plead(case, "ca-jvcfoa", "JV-A")
    nationality(case, "Canadian")
    (finding,) = case.findings("C16")
    assert "JV-A" in finding.sentence
    assert "HR-1" not in finding.sentence, "the United States can list a Canadian"
    assert "Canadian citizen" in finding.sentence, "the rule of that law is told"
    nationality(case, "American")
    (finding,) = case.findings("C16")
    assert "HR-1" in finding.sentence
    assert "JV-A" not in finding.sentence


def test_c16_bars_entry_to_no_national_although_there_is_another_passport(case: SmallCase) -> None:
    plead(case, "us-7031c", "GV")
    nationality(case, "Generica", "United States")
    blocks = [one for one in case.findings("C16") if one.severity == "block"]
    assert [("GV" in one.sentence, "HR-1" in one.sentence) for one in blocks] == [(True, False)]
    assert "and of another state" in blocks[0].sentence
    nationality(case, "Generica")


def test_c16_leaves_out_dual_nationals_where_the_law_does(case: SmallCase) -> None:
    plead(case, "ca-jvcfoa", "JV-A")
    nationality(case, "Generica", "Canada")
    (finding,) = case.findings("C16")
    assert (finding.severity, "JV-A" in finding.sentence) == ("block", True)


def test_c16_asks_where_the_law_is_doubtful(case: SmallCase) -> None:
    case.add(Authority(regime="eu-ghrsr", rank=3))
    case.add(LegalBasis(target_id=case.target.id, regime="eu-ghrsr", prong="EU-A", abuse_type="torture", rank=2))
    nationality(case, "French")
    assert [one.severity for one in case.findings("C16")] in (["warn"], []), "never a block"
