"""One case, several submissions: what each needs for itself is judged for each, what the case needs once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from magdesk.checks import Finding, run_checks
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.dossier.view import submission_view
from magdesk.model import Ask, Authority, LegalBasis, Recipient, Section, Waiver
from magdesk.regimes import Law
from magdesk.regimes.filing import filings
from tests.checks.cases import TODAY, SmallCase, day


def with_second_country(law: Law) -> Law:
    """The law with an invented country whose only authority copies the first paragraph of the order."""
    order, packet = law.regimes["us-glomag"], law.packets["us-packet"]
    letter = replace(packet.letters[0], code="minister", office="Ministry of Novaland")
    papers = replace(
        packet, code="nl-packet", letters=(letter,), placeholders=("\\[nova\\]",), emotive_words={"foul": ()}
    )
    own = replace(order.interest[1], code="NL-1", expected=False)
    regime = replace(
        order, code="nl-rights", short="Novaland Rights Act", jurisdiction="Novaland", packet="nl-packet", rank=500,
        recency_years=0, recency_warning_years=0, yearly_status=False, home_names=("Novaland",),
        interest=(own, replace(own, code="NL-2")),
    )  # fmt: skip
    return replace(law, regimes={**law.regimes, "nl-rights": regime}, packets={**law.packets, "nl-packet": papers})


@pytest.fixture
def two(case: SmallCase) -> SmallCase:
    """The small case, filed in Novaland too; nothing is written for it yet."""
    case.law = with_second_country(case.law)
    case.add(Authority(regime="nl-rights", rank=2))
    return case


def told(case: SmallCase, *codes: str) -> list[str]:
    return [one.sentence for one in case.findings() if one.code in codes]


def gate(case: SmallCase, number: int) -> list[Finding]:
    """What stands against one submission, as the export asks it."""
    dossier = whole(case)
    filing = filings([row.regime for row in dossier.authorities], case.law)[number]
    return run_checks(submission_view(dossier, filing.codes, filing.leave_out, filing.kinds), case.law, TODAY)


def whole(case: SmallCase) -> Dossier:
    case.session.flush()
    case.session.expire_all()
    return load_dossier(case.session)


def complete(case: SmallCase) -> LegalBasis:
    case.add(Recipient(letter="minister", office="Minister", address="Nova City", verified_on=TODAY, rank=9))
    basis = case.add(
        LegalBasis(target_id=case.target.id, regime="nl-rights", prong="HR-1", abuse_type="torture", rank=5)
    )
    for fact, codes in zip(case.facts, (("T1", "T2", "T3", "T4", "T5", "T6"), ("E3",), ("E1",)), strict=True):
        for code in codes:
            case.prove(fact, basis, code)
    for code in ("NL-1", "NL-2"):
        case.add(type(case.arguments[0])(code=code, text="Novaland would gain.", rank=9))
    return basis


def test_each_submission_is_named_where_there_are_two(two: SmallCase) -> None:
    assert told(two, "C01", "C37") == [
        "Novaland submission: There is no recipient at the Ministry of Novaland.",
        "Novaland submission: There is no recipient.",
    ]
    assert told(two, "C25")[0].startswith("Novaland submission: Arguments")


def test_a_complete_second_submission_adds_nothing(two: SmallCase) -> None:
    complete(two)
    assert two.findings() == []
    assert gate(two, 0) == gate(two, 1) == []


def test_what_all_submissions_lack_is_told_once(two: SmallCase) -> None:
    complete(two)
    two.summary.text = ""
    (finding,) = two.findings("C36")
    assert finding.sentence.startswith("“Executive summary”")
    two.add(Section(code="executive_summary", regime="nl-rights", text="One general."))
    (finding,) = two.findings("C36")
    assert finding.sentence.startswith("United States submission: ")


def test_a_text_of_one_submission_is_measured_for_it_alone(two: SmallCase) -> None:
    complete(two)
    two.add(Section(code="executive_summary", regime="nl-rights", text="word " * 2_000))
    (finding,) = two.findings("C36")
    assert finding.sentence.startswith("Novaland submission: ")
    assert gate(two, 0) == []
    assert [one.code for one in gate(two, 1)] == ["C36"]


def test_words_and_samples_of_every_packet_count(two: SmallCase) -> None:
    complete(two)
    two.summary.text = "A foul deed of a murderer. [nova]"
    assert {one.key.rpartition("/")[2] for one in two.findings("C35")} == {"foul", "murderer"}
    assert len(two.findings("C41")) == 1


def test_a_submission_may_ask_for_nothing_of_a_target(two: SmallCase) -> None:
    complete(two)
    two.target.request = ""
    (finding,) = two.findings("C27")
    assert "submission" not in finding.sentence
    two.add(Ask(target_id=two.target.id, regime="nl-rights", text="A travel ban."))
    (finding,) = two.findings("C27")
    assert finding.sentence.startswith("United States submission: ")


def test_old_acts_count_where_the_authority_has_no_limit(two: SmallCase) -> None:
    basis = complete(two)
    two.incident.start = day("2012-03-05")
    assert two.severities("C08") == ["warn"]
    two.remove(two.basis)
    assert two.findings("C08") == []
    assert basis.regime == "nl-rights"


def test_a_basis_counts_only_where_its_authority_is_asked(two: SmallCase) -> None:
    complete(two)
    two.remove(two.glomag)
    assert {one.code for one in two.findings()} == {"C03"}
    assert gate(two, 1) == [], "what is pleaded elsewhere does not stop this submission"


def test_what_was_set_aside_for_one_submission_is_heard_in_a_new_one(two: SmallCase) -> None:
    two.remove(two.state)
    two.remove(two.treasury)
    us, nl = (next(one for one in two.findings("C01") if word in one.sentence) for word in ("State", "Novaland"))
    assert us.waivable
    for finding in (us, nl):
        two.add(Waiver(code="C01", subject_id=finding.place.row, field=finding.key, reason="Handed over in person."))
    assert [one.waived is not None for one in two.findings("C01")].count(True) == 2
    # The gate of one submission knows what was decided for it.
    assert any(one.waived for one in gate(two, 1) if one.code == "C01")


def test_a_decision_for_several_submissions_covers_each_of_them(two: SmallCase) -> None:
    complete(two)
    two.summary.text = "word " * 2_000
    (finding,) = two.findings("C36")
    assert finding.key.endswith("@us-packet+nl-packet")
    two.add(Waiver(code="C36", subject_id=finding.place.row, field=finding.key, reason="The annex is long."))
    assert [one.waived is not None for one in two.findings()] == [True]
    assert [one.waived is not None for one in gate(two, 0) + gate(two, 1)] == [True, True]
    two.add(Section(code="executive_summary", regime="nl-rights", text="Short."))
    assert [one.waived is not None for one in two.findings()] == [True]


def test_a_target_that_no_submission_pleads_stops_each_of_them(two: SmallCase) -> None:
    complete(two)
    forgotten, basis = two.second_target("Director Nobody", "HR-1", regime="nl-rights", abuse_type="torture")
    assert not [one for one in gate(two, 0) if one.place.row == forgotten.id], "pleaded in the other submission"
    two.remove(basis)
    for number in range(2):
        (finding,) = [one for one in gate(two, number) if one.code == "C03"]
        assert (finding.place.row, finding.severity.value) == (forgotten.id, "block")
        assert (finding.place, finding.sentence) in [(one.place, one.sentence) for one in two.findings("C03")]


def test_a_target_pleaded_only_where_nothing_is_asked_stops_the_export_too(two: SmallCase) -> None:
    complete(two)
    _target, basis = two.second_target("Director Elsewhere", "GHR-A", regime="uk-ghr", abuse_type="torture")
    assert [one.place.row for one in gate(two, 0) if one.code == "C03"] == [basis.id]
    two.add(Authority(regime="uk-ghr", rank=3))
    assert [one for one in gate(two, 0) if one.code == "C03"] == []


def test_what_was_decided_on_an_unpleaded_target_is_heard_by_the_gate(two: SmallCase) -> None:
    complete(two)
    forgotten, basis = two.second_target("Director Nobody", "HR-1", regime="nl-rights", abuse_type="torture")
    two.remove(basis)
    (finding,) = two.findings("C03")
    two.add(Waiver(code="C03", subject_id=forgotten.id, field=finding.key, reason="Left for next year."))
    assert not finding.waivable
    assert [one.waived for one in gate(two, 0) if one.code == "C03"] == [None], "what blocks cannot be set aside"
