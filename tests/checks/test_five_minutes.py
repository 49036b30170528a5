"""The five-minute test: each of the seven questions passes on the small case and fails when its rows go."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from magdesk.checks.five_minutes import QUESTIONS, FilingTest, Reply, five_minute_test
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Authority, Incident, LegalBasis
from magdesk.model.incidents import Mode
from magdesk.model.people import IdentifierKind, RelationKind
from tests.checks.cases import TODAY, SmallCase


def filings_of(case: SmallCase) -> tuple[FilingTest, ...]:
    case.session.flush()
    case.session.expire_all()
    return five_minute_test(load_dossier(case.session), case.law, TODAY)


def replies(case: SmallCase) -> tuple[Reply, ...]:
    return filings_of(case)[0].targets[0].replies


def test_the_small_case_answers_all_seven(case: SmallCase) -> None:
    found = filings_of(case)
    assert len(found) == 1
    assert found[0].passed
    assert found[0].jurisdiction == "United States"
    answers = found[0].targets[0].replies
    assert [reply.number for reply in answers] == list(range(1, len(QUESTIONS) + 1))
    assert all(reply.lines and reply.places for reply in answers)
    assert answers[0].lines[0] == "Ilan Verrodine"
    assert "E.O. 13818" in answers[1].lines[0]
    assert "5 March 2024, Camp Oster" in answers[2].lines[0]
    assert "Witness 3" in answers[2].lines[0]  # never the name of a protected person
    assert "Ordered it" in answers[3].lines[0]
    assert "Denial" in answers[5].lines
    assert answers[6].question == "Why should Washington act now?"


def test_a_post_held_later_does_not_tie_the_target_to_the_act(case: SmallCase) -> None:
    case.part.mode = Mode.STATUS
    assert replies(case)[3].lines[0].startswith("Held the post at the time")
    case.command.start = PartialDate("2025-01")
    reply = replies(case)[3]
    assert not any("post" in line for line in reply.lines)
    assert any(line.startswith("a post held at the time of") for line in reply.missing)


def no_birth(case: SmallCase) -> None:
    case.remove(case.identifiers[IdentifierKind.DATE_OF_BIRTH])


def no_post(case: SmallCase) -> None:
    case.remove(case.command)


def no_kind(case: SmallCase) -> None:
    case.basis.abuse_type = ""


def no_date(case: SmallCase) -> None:
    case.incident.start = None


def no_victim(case: SmallCase) -> None:
    case.remove(case.harm)


def no_link(case: SmallCase) -> None:
    for proof in list(case.facts[1].proofs):
        case.remove(proof)


def one_source(case: SmallCase) -> None:
    for citation in case.citations:
        if citation.evidence_id != case.order.id:
            case.remove(citation)


def repeated_source(case: SmallCase) -> None:
    for item in (case.report, case.medical, case.statement):
        item.derived_from_id = case.order.id


def no_answer(case: SmallCase) -> None:
    case.adverse.answer = ""


def nothing_adverse(case: SmallCase) -> None:
    case.remove(case.adverse)


def no_argument(case: SmallCase) -> None:
    for row in case.arguments:
        case.remove(row)


def only_the_general_argument(case: SmallCase) -> None:
    for row in case.arguments[1:]:
        case.remove(row)
    case.arguments[0].code = "NI-0"


@pytest.mark.parametrize(
    ("spoil", "number", "word"),
    [
        (no_birth, 1, "date of birth"),
        (no_post, 1, "post"),
        (no_kind, 2, "HR-1"),
        (no_date, 3, "when"),
        (no_victim, 3, "whom"),
        (no_link, 4, "ties"),
        (one_source, 5, "second source"),
        (repeated_source, 5, "second source"),
        (no_answer, 6, "Denial"),
        (nothing_adverse, 6, "information was sought"),
        (no_argument, 7, "argument"),
        (only_the_general_argument, 7, "argument"),
    ],
)
def test_a_question_fails_when_its_rows_go(
    case: SmallCase, spoil: Callable[[SmallCase], None], number: int, word: str
) -> None:
    spoil(case)
    found = filings_of(case)[0]
    failed = {reply.number: reply for reply in found.targets[0].replies if not reply.given}
    assert set(failed) == {number}
    assert word in " ".join(failed[number].missing)
    assert failed[number].places
    assert not found.passed


def test_corruption_needs_no_victim(case: SmallCase) -> None:
    case.incident.kind = "bribery"
    no_victim(case)
    assert replies(case)[2].given


def test_a_date_that_was_looked_for_in_vain_is_an_answer(case: SmallCase) -> None:
    no_birth(case)
    case.unknown(case.general.id, "date_of_birth")
    assert replies(case)[0].given


def test_family_is_named_without_an_act(case: SmallCase) -> None:
    wife, basis = case.second_target("Vera Verrodine", "FM", regime="us-7031c")
    basis.principal_id = case.target.id
    case.relate(case.general, wife.party, RelationKind.SPOUSE)
    case.prove(case.facts[2], basis, "E2")
    answers = filings_of(case)[0].targets[1].replies
    assert answers[2].given
    assert "association" in answers[2].lines[0]
    assert answers[3].given


def test_each_submission_is_tested_for_its_own_targets(case: SmallCase) -> None:
    case.add(Authority(regime="uk-ghr", rank=5))
    found = filings_of(case)
    assert [test.jurisdiction for test in found] == ["United States", "United Kingdom"]
    assert found[1].targets == ()
    assert not found[1].passed
    case.add(LegalBasis(target_id=case.target.id, regime="uk-ghr", prong="GHR-A", abuse_type="torture", rank=7))
    answers = filings_of(case)[1].targets[0].replies
    assert answers[6].question == QUESTIONS[-1]
    assert not answers[3].given  # what ties the target to it is proved for the United States only


def test_without_an_authority_there_is_nothing_to_test(case: SmallCase) -> None:
    case.remove(case.glomag)
    case.remove(case.visa)
    assert filings_of(case) == ()


def test_an_incident_that_lacks_something_does_not_fail_one_that_is_whole(case: SmallCase) -> None:
    from magdesk.model import Participation
    from magdesk.model.incidents import Mode

    vague = case.add(Incident(title="Something", kind="torture", rank=9))
    case.add(Participation(incident_id=vague.id, target_id=case.target.id, mode=Mode.DIRECT))
    assert replies(case)[2].given


def test_a_target_under_no_authority_fails_the_test(case: SmallCase) -> None:
    _target, basis = case.second_target("Vera Verrodine", "HR-1")
    case.remove(basis)
    found = filings_of(case)[0]
    assert [test.name for test in found.targets] == ["Ilan Verrodine", "Vera Verrodine"]
    assert not found.targets[1].replies[1].given
    assert not found.passed
