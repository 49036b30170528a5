from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from magdesk.errors import RegimeError
from magdesk.model.review import ReviewRole
from tests.checks.cases import TODAY, SmallCase
from tests.checks.test_pleading import variants


def test_c01_wants_a_cover(case: SmallCase) -> None:
    case.case.title = ""
    assert variants(case, "C01") == {""}
    case.organisation.name = ""
    case.contact.point_of_contact = False
    case.remove(case.state)
    case.remove(case.glomag)
    case.remove(case.visa)
    assert variants(case, "C01") == {"", "submitter", "contact", "office", "authority"}


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("email", ""), ("email", "at home"), ("phone", " ")])
def test_c01_wants_all_three_contact_data(case: SmallCase, field: str, value: str) -> None:
    setattr(case.contact, field, value)
    (finding,) = case.findings("C01")
    assert (finding.place.row, finding.place.field) == (case.contact.id, field)


def test_c01_knows_the_regimes(case: SmallCase) -> None:
    case.visa.regime = "xx-none"
    assert variants(case, "C01") == {"regime"}


def test_c02_wants_the_link_to_the_case(case: SmallCase) -> None:
    case.organisation.link_to_case = ""
    assert case.severities("C02") == ["block"]


def test_c30_refuses_words_of_classification(case: SmallCase) -> None:
    case.case.banner = "Secret – for the President"
    assert variants(case, "C30") == {"forbidden"}
    case.case.banner = ""
    case.summary.text = "A secret prison.\n\nSECRET//NOFORN\n"
    assert variants(case, "C30") == {"forbidden"}
    case.summary.text = "A secret prison held a SECRET archive."
    assert case.findings("C30") == []


def test_c30_wants_banner_and_request(case: SmallCase) -> None:
    packet = case.law.packets["us-packet"]
    outline = tuple(section for section in packet.outline if section.content != "confidentiality")
    bare = replace(packet, banner=" ", outline=outline)
    case.law = replace(case.law, packets={"us-packet": bare})
    assert variants(case, "C30") == {"", "request"}


def test_c37_refuses_the_mailbox_for_those_who_want_to_leave_the_list(case: SmallCase) -> None:
    case.treasury.email = "OFAC.Reconsideration@treasury.example"
    assert variants(case, "C37") == {"delisting"}


def test_c37_names_the_letters_that_there_are(case: SmallCase) -> None:
    case.treasury.letter = "treasure"
    assert variants(case, "C37") == {"letter"}
    (found,) = case.findings("C37")
    assert "treasure" in found.sentence
    assert "treasury" in found.remedy


def test_c37_wants_verified_addresses(case: SmallCase) -> None:
    case.state.verified_on = TODAY - timedelta(days=30)
    assert variants(case, "C37") == set()
    case.state.verified_on = TODAY - timedelta(days=31)
    assert variants(case, "C37") == {"stale"}
    case.state.verified_on = None
    assert variants(case, "C37") == {""}
    case.state.address = ""
    assert variants(case, "C37") == {"empty"}
    case.remove(case.state)
    case.remove(case.treasury)
    assert variants(case, "C37") == {"none"}
    assert case.severities("C37") == ["block"]


def test_c40_wants_a_lawyer(case: SmallCase) -> None:
    case.signoffs[ReviewRole.LAWYER].signed_on = None
    assert case.severities("C40") == ["warn"]


def test_findings_come_by_severity_then_harm_then_code_then_place(case: SmallCase) -> None:
    case.case.title = ""
    case.case.side_effects = ""
    case.target.request = ""
    case.target.designation_checked_on = None
    found = case.findings()
    assert [one.code for one in found] == ["C39", "C01", "C27", "C26"]
    assert found == case.findings()


def test_missing_words_are_an_error_that_names_them(case: SmallCase) -> None:
    checks = dict(case.law.checks)
    del checks["C40"]
    case.law = replace(case.law, checks=checks)
    with pytest.raises(RegimeError, match="C40"):
        case.findings()
    checks["C40"] = replace(case.law.checks["C01"], code="C40", sentence="{nonsense}")
    case.law = replace(case.law, checks=checks)
    case.signoffs[ReviewRole.LAWYER].signed_on = None
    with pytest.raises(RegimeError, match="nonsense"):
        case.findings()


def test_every_severity_is_that_of_the_domain_table(case: SmallCase) -> None:
    blocking = {
        1, 2, 3, 4, 5, 9, 10, 11, 12, 16, 17, 18, 20, 21, 22, 27, 28, 29, 30, 33, 37, 39, 41, 50, 52, 53, 57, 59,
    }  # fmt: skip
    wanted = {
        f"C{n:02}": "block" if n in blocking else "info" if n in (14, 60) else "warn"
        for n in (*range(1, 43), *range(50, 62))
    }
    assert {code: text.severity for code, text in case.law.checks.items() if code[0] == "C"} == wanted
