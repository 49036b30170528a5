"""What one submission says in words of its own, and lists that were searched once for all targets."""

from __future__ import annotations

from datetime import date

from magdesk.dates.partialdate import PartialDate
from magdesk.document.build import BuildOptions, build_submission
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.model import Ask, Authority, InterestArgument, LegalBasis, ListSearch, OtherSanction, Proceeding
from magdesk.model.drafting import ProceedingStatus
from magdesk.regimes.regime import Law
from tests.document.cases import DAY, Generica, exhibit_map, generica
from tests.document.reading import text_of

FINAL = BuildOptions(DAY, draft=False)


def printed(dossier: Dossier, law: Law) -> str:
    return text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))


def two_submissions() -> Generica:
    case = generica()
    case.rows.append(Authority(regime="uk-ghr", rank=5, title="The torture at Port Sel"))
    case.target.legal_bases.append(LegalBasis(regime="uk-ghr", prong="GHR-A", abuse_type="torture", rank=7))
    return case


def test_title_role_and_summary_are_those_of_the_submission(law: Law) -> None:
    case = two_submissions()
    case.target.asks.append(
        Ask(regime="uk-ghr", role="He runs the barracks, says London’s copy.", summary="A summary for London alone.")
    )
    whole = case.dossier()
    british, american = submission_view(whole, ["uk-ghr"]), submission_view(whole, ["us-glomag", "us-7031c"])
    text = printed(british, law)
    assert british.title == "The torture at Port Sel"
    assert "He runs the barracks, says London’s copy." in text
    assert "He commands the brigade" not in text
    assert text.count("A summary for London alone.") == 1
    text = printed(american, law)
    assert american.title == "Recommendation concerning General Arslan Dorvan"
    assert "He commands the brigade" in text
    assert "London" not in text


def test_an_argument_for_one_submission_and_one_target(law: Law) -> None:
    case = two_submissions()
    case.rows.append(InterestArgument(code="NI-5", text="Only Washington.", regime="us-glomag", rank=4))
    case.rows.append(InterestArgument(code="NI-5", text="Of the brigade.", target_id=case.unit.id, rank=5))
    whole = case.dossier()
    text = printed(submission_view(whole, ["us-glomag", "us-7031c"]), law)
    assert "Only Washington." in text
    assert "Concerning the Fifth Brigade:" in text or "Concerning Fifth Brigade:" in text
    assert "Only Washington." not in printed(submission_view(whole, ["uk-ghr"]), law)


def search(name: str, **values: object) -> ListSearch:
    return ListSearch(name=name, searched_on=date(2026, 11, 12), **values)


def test_lists_are_told_in_one_sentence_and_who_is_listed_apart(law: Law) -> None:
    case = generica()
    case.rows = [row for row in case.rows if not isinstance(row, OtherSanction)]
    case.rows += [
        search("UK Sanctions List", as_of=PartialDate("2026-11-10")),
        search("Consolidated list", jurisdiction="Canada", rank=1),
        search("Swiss list", jurisdiction="Switzerland", rank=2),
        ListSearch(name="Watch list", result="A namesake born in 1990.", rank=3),
        OtherSanction(
            jurisdiction="Switzerland", listed=True, checked_on=date(2026, 11, 12), target_id=case.target.id
        ),
    ]
    text = printed(case.dossier(), law)
    assert (
        "On 12 November 2026 the targets were looked for in: UK Sanctions List (as of 10 November 2026); "
        "Consolidated list (Canada); none of them was found." in text
    )
    assert "in: Swiss list (Switzerland); who was found is told of below." in text
    assert "The targets were looked for in: Watch list. A namesake born in 1990." in text


def test_searches_are_told_where_nobody_is_listed(law: Law) -> None:
    case = generica()
    case.rows = [row for row in case.rows if not isinstance(row, OtherSanction)]
    case.rows.append(search("UK Sanctions List", searched_by="the clinic"))
    text = printed(case.dossier(), law)
    assert (
        "On 12 November 2026 the clinic looked for the targets in: UK Sanctions List; none of them was found." in text
    )


def test_a_court_that_ruled_for_the_victim_says_so(law: Law) -> None:
    case = generica()
    case.rows.append(
        Proceeding(
            forum="Regional Court",
            status=ProceedingStatus.RULED_FOR_VICTIM,
            text="Damages were awarded.",
            target_id=case.target.id,
            victim_id=case.witness.id,
            rank=4,
        )
    )
    text = printed(case.dossier(), law)
    assert "Ruled for the victim" in text
    assert "in favour of Witness 3: Damages were awarded." in text
    assert "Benvolio" not in text
