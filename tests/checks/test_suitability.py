"""Which authorities fit: each answer follows the rows, each verdict the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from magdesk import paths
from magdesk.checks.suitability import Effect, RegimeFit, TargetSuitability, Verdict, suitability
from magdesk.checks.suitability_questions import QUESTIONS, STEPS, UNKNOWN, stored_code
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Answer, Identifier, Incident, OtherSanction, Participation
from magdesk.model.incidents import Mode
from magdesk.model.people import EndState, IdentifierKind, PartyKind, RelationKind, VictimStatus
from magdesk.regimes import Law
from magdesk.regimes.questions import QUESTIONS as ASKED
from magdesk.regimes.regime import Provenance, SuitabilityRule
from tests.checks.cases import TODAY, SmallCase

READ = Provenance("read", "a test", date(2026, 1, 1))
HEARD = Provenance("secondary", "a test", date(2026, 1, 1))


def judge(case: SmallCase, number: int = 0) -> TargetSuitability:
    case.session.flush()
    case.session.expire_all()
    return suitability(load_dossier(case.session), case.law, TODAY)[number]


def fit(case: SmallCase, regime: str = "us-glomag", number: int = 0) -> RegimeFit:
    found = judge(case, number).regime(regime)
    assert found is not None
    return found


def values(case: SmallCase, question: str, country: str = "United States") -> tuple[str, ...]:
    given = judge(case).answer(question, country)
    assert given is not None
    assert given.basis
    return given.values


def sentences(found: RegimeFit, prong: str = "") -> str:
    reasons = list(found.reasons)
    for one in found.prongs:
        if one.code == prong:
            reasons += one.reasons
    return " ".join(reason.sentence for reason in reasons)


def with_rule(case: SmallCase, rule: SuitabilityRule, code: str = "us-glomag") -> None:
    regimes = dict(case.law.regimes)
    regimes[code] = replace(regimes[code], rules=(rule,))
    case.law = replace(case.law, regimes=regimes)


# ------------------------------------------------------------------------------------------------ answers


def test_there_are_ten_steps_and_every_question_is_answered(case: SmallCase) -> None:
    assert len(STEPS) == 10
    assert {given.question for given in judge(case).answers} == set(QUESTIONS)


def test_the_questions_are_those_that_rules_may_name() -> None:
    assert set(QUESTIONS) == set(ASKED)
    for code, question in QUESTIONS.items():
        offered = tuple(value for value, _words in question.choices)
        # “Not known yet” can always be said, whether a rule speaks of it or not.
        assert tuple(value for value in offered if value in ASKED[code]) == ASKED[code]
        assert set(offered) - set(ASKED[code]) <= {UNKNOWN}


def test_the_small_case_answers_from_its_rows(case: SmallCase) -> None:
    assert values(case, "kind") == ("person",)
    assert values(case, "conduct") == ("abuse",)
    assert values(case, "abuse_types") == ("torture",)
    assert values(case, "official") == ("current",)
    assert values(case, "foreign_government") == ("yes",)
    assert values(case, "foreign") == ("foreign",)
    assert values(case, "recent") == ("yes",)
    assert values(case, "scale") == ("single",)
    assert values(case, "abroad") == ("yes",)
    assert values(case, "victim_status") == ("no",)
    assert values(case, "us_victim") == ("unknown",)
    assert values(case, "programme") == ("no",)
    assert values(case, "listed_elsewhere") == ("no",)
    assert values(case, "victims_safety") == ("safe_anonymous",)
    assert values(case, "family") == ("no",)


def test_an_answer_says_on_which_rows_it_rests(case: SmallCase) -> None:
    given = judge(case).answer("official")
    assert given is not None
    assert given.places[0].row == case.command.id
    assert "Commander" in given.basis


def test_the_status_of_a_victim_and_the_groups_tell(case: SmallCase) -> None:
    case.victim.status = VictimStatus.JOURNALIST
    assert values(case, "victim_status") == ("yes",)
    case.victim.status = VictimStatus.NONE_KNOWN
    case.victim.groups = "women, defenders"
    assert values(case, "victim_status") == ("yes",)
    case.remove(case.harm)
    assert values(case, "victim_status") == ("unknown",)


def test_offices_held_now_and_before_are_told_apart(case: SmallCase) -> None:
    case.command.end_state, case.command.end = EndState.ENDED, PartialDate("2025")
    assert values(case, "official") == ("former",)
    case.command.government = False
    assert values(case, "official") == ("no",)
    case.remove(case.command)
    assert values(case, "official") == ("unknown",)


def test_nationality_is_held_against_the_country_of_the_authority(case: SmallCase) -> None:
    nationality = case.identifiers[IdentifierKind.NATIONALITY]
    second = case.add(
        Identifier(party_id=case.general.id, kind=IdentifierKind.NATIONALITY, value="United States", rank=9)
    )
    assert values(case, "foreign") == ("dual",)
    case.remove(nationality)
    assert values(case, "foreign") == ("national_only",)
    case.remove(second)
    # The reason given for C16 counts for the United States, whose term it is.
    assert values(case, "foreign") == ("foreign",)
    case.target.foreign_person_basis = ""
    assert values(case, "foreign") == ("unknown",)


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        ("2021-06-30", None, "no"),
        ("2021-07-01", None, "yes"),
        ("2021-06", None, "no"),
        ("2021-07", None, "yes"),
        ("2019", "2021-07-01", "yes"),
        ("2019", "2021-06-30", "no"),
    ],
)
def test_the_first_day_that_still_counts_is_the_day_of_filing_years_before(
    case: SmallCase, start: str, end: str | None, answer: str
) -> None:
    assert case.case.filing_date == date(2026, 7, 1)
    case.incident.start, case.incident.end = PartialDate(start), PartialDate(end) if end else None
    assert values(case, "recent") == (answer,)


def test_old_acts_are_counted_against_the_day_of_filing(case: SmallCase) -> None:
    case.incident.start = PartialDate("2019-03")
    assert values(case, "recent") == ("no",)
    later = case.add(Incident(title="Again", kind="torture", start=PartialDate("2025"), country="Generica", rank=2))
    case.add(Participation(incident_id=later.id, target_id=case.target.id, mode=Mode.ORDERED))
    assert values(case, "recent") == ("partly",)
    assert values(case, "scale") == ("unknown",)  # two acts are left to judgement
    third = case.add(Incident(title="Thrice", kind="killing", start=PartialDate("2026"), country="Generica", rank=3))
    case.add(Participation(incident_id=third.id, target_id=case.target.id, mode=Mode.ORDERED))
    assert values(case, "scale") == ("pattern",)
    assert values(case, "abuse_types") == ("torture", "killing")


def test_listings_elsewhere_are_those_of_other_governments(case: SmallCase) -> None:
    case.sanction.listed = True
    assert values(case, "listed_elsewhere") == ("yes",)
    case.sanction.jurisdiction = "United States"
    assert values(case, "listed_elsewhere") == ("unknown",)
    case.add(OtherSanction(jurisdiction="Canada", rank=3))
    assert values(case, "listed_elsewhere") == ("no",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("No programme for Generica.", "no"),
        ("There is no such programme.", "no"),
        ("Yes: E.O. 14000 on Generica.", "yes"),
        ("Notes of the meeting", "unknown"),
        ("", "unknown"),
    ],
)
def test_only_a_clear_word_answers_whether_a_programme_exists(case: SmallCase, text: str, value: str) -> None:
    case.case.programme_check = text
    assert values(case, "programme") == (value,)


def test_a_programme_is_looked_for_country_by_country(case: SmallCase) -> None:
    case.case.programme_check = "There is no programme of the United States. Canada: see the regulations of 2022."
    assert values(case, "programme") == ("no",)
    assert values(case, "programme", "Canada") == ("unknown",)
    case.case.programme_check = "No regulations of Canada on Generica. A programme exists in the United States."
    assert values(case, "programme", "Canada") == ("no",)
    assert values(case, "programme") == ("yes",)
    assert values(case, "programme", "Australia") == ("unknown",)


def test_an_answer_by_hand_goes_before_the_rows_and_shows_what_they_say(case: SmallCase) -> None:
    case.add(Answer(target_id=case.target.id, question="official", value="no", note="The post was honorary."))
    given = judge(case).answer("official")
    assert given is not None
    assert (given.values, given.derived, given.by_hand) == (("no",), ("current",), True)
    assert given.note == "The post was honorary."
    assert fit(case, "us-7031c").verdict is Verdict.NO


def test_an_answer_by_hand_can_hold_for_one_country_or_for_the_case(case: SmallCase) -> None:
    case.add(Answer(target_id=None, question="programme", value="yes"))
    case.add(Answer(target_id=case.target.id, question=stored_code("foreign", "Elsewhere"), value="national_only"))
    assert values(case, "programme") == ("yes",)
    assert values(case, "foreign") == ("foreign",)
    case.add(
        Answer(target_id=case.target.id, question=stored_code("foreign", "United States"), value="national_only")
    )
    assert values(case, "foreign") == ("national_only",)


# ----------------------------------------------------------------------------------------------- verdicts


def test_a_general_with_one_torture_fits_both_american_authorities(case: SmallCase) -> None:
    glomag, visa = fit(case), fit(case, "us-7031c")
    assert (glomag.verdict, visa.verdict) == (Verdict.FITS, Verdict.FITS)
    assert glomag.best[0] == "HR-1"
    assert visa.best == ("GV",)
    hr = glomag.prong("HR-1")
    assert hr is not None
    assert hr.pleaded
    assert hr.types == ("torture",)


def test_who_is_no_official_cannot_be_named_under_7031c(case: SmallCase) -> None:
    case.command.government = False
    visa = fit(case, "us-7031c")
    assert visa.verdict is Verdict.NO
    assert "officials" in sentences(visa, "GV")
    assert fit(case).verdict is Verdict.FITS


def test_an_entity_cannot_be_named_under_7031c(case: SmallCase) -> None:
    case.general.kind = PartyKind.ENTITY
    visa = fit(case, "us-7031c")
    assert visa.verdict is Verdict.NO
    assert "entity" in sentences(visa).casefold()
    assert visa.best == ()


def test_a_national_of_the_united_states_only_is_no_foreign_person(case: SmallCase) -> None:
    case.identifiers[IdentifierKind.NATIONALITY].value = "United States"
    hr = fit(case).prong("HR-1")
    assert hr is not None
    assert hr.verdict is Verdict.NO
    assert "United States" in sentences(fit(case), "HR-1")


def test_without_an_incident_nothing_can_be_told_and_the_missing_answer_is_named(case: SmallCase) -> None:
    case.remove(case.basis)
    case.remove(case.part)
    glomag = fit(case)
    assert glomag.verdict is Verdict.OPEN
    assert "conduct" in glomag.missing
    case.add(Participation(incident_id=case.incident.id, target_id=case.target.id, mode=Mode.ORDERED))
    assert fit(case).verdict is Verdict.FITS


def test_a_post_alone_is_a_hurdle_where_an_own_part_is_asked_for(case: SmallCase) -> None:
    case.part.mode = Mode.STATUS
    glomag = fit(case)
    hr = glomag.prong("HR-1")
    assert hr is not None
    assert hr.verdict is Verdict.HURDLES
    assert glomag.best[0] == "LD-1"


def test_a_derivative_paragraph_needs_a_principal_that_is_tied_to_the_target(case: SmallCase) -> None:
    target, basis = case.second_target("Oster Supply", "MA-1", abuse_type="torture")
    case.remove(basis)
    assert fit(case, number=1).prong("OC-1").verdict is Verdict.NO  # type: ignore[union-attr]
    case.relate(case.general, target.party, RelationKind.OWNS, percent=60.0)
    owned = fit(case, number=1).prong("OC-1")
    assert owned is not None
    assert owned.verdict is Verdict.HURDLES
    assert owned.principal == case.target.id
    assert "Ilan Verrodine" in sentences(fit(case, number=1), "OC-1")


def test_family_is_reached_by_association_only(case: SmallCase) -> None:
    assert fit(case, "us-7031c").prong("FM").verdict is Verdict.NO  # type: ignore[union-attr]
    wife, _basis = case.second_target("Vera Verrodine", "FM", regime="us-7031c")
    case.relate(case.general, wife.party, RelationKind.SPOUSE)
    found = fit(case, "us-7031c", 1).prong("FM")
    assert found is not None
    assert found.verdict is Verdict.FITS
    assert found.principal == case.target.id


# --------------------------------------------------------------------------------------- the law as it is


def make_entity(case: SmallCase) -> None:
    case.general.kind = PartyKind.ENTITY


def make_corruption(case: SmallCase) -> None:
    case.incident.kind = "misappropriation"


def make_journalist(case: SmallCase) -> None:
    case.victim.status = VictimStatus.JOURNALIST


def make_private(case: SmallCase) -> None:
    case.command.government = False


def make_detention(case: SmallCase) -> None:
    case.incident.kind = "arbitrary_detention"


def make_canadian(case: SmallCase) -> None:
    case.identifiers[IdentifierKind.NATIONALITY].value = "Canada"


def make_pattern(case: SmallCase) -> None:
    for number in (2, 3):
        more = case.add(Incident(title=f"Act {number}", kind="torture", start=PartialDate("2025"), rank=number))
        case.add(Participation(incident_id=more.id, target_id=case.target.id, mode=Mode.ORDERED))


def nothing(case: SmallCase) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "regime", "prong", "expected"),
    [
        (nothing, "us-glomag", "HR-1", Verdict.FITS),
        (nothing, "us-7031c", "GV", Verdict.FITS),
        (make_private, "us-7031c", "GV", Verdict.NO),
        (make_private, "us-glomag", "HR-1", Verdict.FITS),
        (make_entity, "us-7031c", "GV", Verdict.NO),
        (nothing, "uk-ghr", "GHR-A", Verdict.FITS),
        (make_corruption, "uk-ghr", "GHR-A", Verdict.NO),
        (make_detention, "uk-ghr", "GHR-A", Verdict.NO),
        (nothing, "uk-gac", "GAC-A", Verdict.NO),
        (nothing, "ca-jvcfoa", "JV-A", Verdict.NO),
        (make_journalist, "ca-jvcfoa", "JV-A", Verdict.FITS),
        (make_entity, "ca-jvcfoa", "JV-A", Verdict.NO),
        (make_canadian, "ca-jvcfoa", "JV-A", Verdict.NO),
        (nothing, "ca-sema", "SE-C", Verdict.HURDLES),
        (make_pattern, "ca-sema", "SE-C", Verdict.FITS),
        (make_entity, "ca-sema", "SE-C", Verdict.HURDLES),
        (make_detention, "eu-ghrsr", "EU-C", Verdict.HURDLES),
        (make_corruption, "eu-ghrsr", "EU-C", Verdict.NO),
        (make_detention, "au-6a", "AU-HR", Verdict.NO),
    ],
)
def test_what_the_law_says_of_each_case(
    case: SmallCase, change: Callable[[SmallCase], None], regime: str, prong: str, expected: Verdict
) -> None:
    change(case)
    found = fit(case, regime)
    judged = found.prong(prong)
    assert judged is not None
    assert judged.verdict is expected, [one.sentence for one in (*found.reasons, *judged.reasons)]
    # Whatever does not simply fit says why.
    assert expected is Verdict.FITS or found.reasons or judged.reasons


def test_a_victim_outside_the_class_of_the_act_of_2017_leads_to_the_other_canadian_act(case: SmallCase) -> None:
    found = fit(case, "ca-jvcfoa")
    others = {one.other for fit_ in found.prongs for one in fit_.reasons} | {one.other for one in found.reasons}
    assert found.verdict is Verdict.NO
    assert "ca-sema" in others


def test_an_entity_leads_to_the_other_canadian_act(case: SmallCase) -> None:
    make_entity(case)
    found = fit(case, "ca-jvcfoa")
    assert found.verdict is Verdict.NO
    assert "ca-sema" in {one.other for one in found.reasons}


def test_what_was_read_at_second_hand_is_marked(case: SmallCase, law: Law) -> None:
    for regime in law.regimes.values():
        found = fit(case, regime.code)
        assert found.verify == (bool(regime.to_verify) or found.verify)
        if regime.to_verify:
            assert found.verify
            assert found.to_verify == regime.to_verify


# -------------------------------------------------------------------------------------------------- rules


def test_a_rule_excludes_with_its_own_sentence_and_names_the_other_authority(case: SmallCase) -> None:
    rule = SuitabilityRule(
        "victim_status", ("no",), "excluded", "No such victim: plead section 7031(c).", READ, (), "us-7031c"
    )
    with_rule(case, rule)
    glomag = fit(case)
    assert glomag.verdict is Verdict.NO
    reason = next(one for one in glomag.reasons if one.question == "victim_status")
    assert (reason.sentence, reason.other, reason.verify) == (rule.sentence, "us-7031c", False)


def test_the_rule_speaks_instead_of_the_paragraph(case: SmallCase) -> None:
    case.command.government = False
    with_rule(case, SuitabilityRule("official", ("no",), "excluded", "Officials only.", HEARD), "us-7031c")
    visa = fit(case, "us-7031c")
    found = [one for one in visa.reasons if one.question == "official"]
    assert [one.sentence for one in found] == ["Officials only."]
    assert found[0].verify
    assert visa.verify


def test_a_rule_that_could_exclude_leaves_open_what_is_not_answered(case: SmallCase) -> None:
    with_rule(case, SuitabilityRule("us_victim", ("no",), "excluded", "Only for U.S. nationals.", READ))
    glomag = fit(case)
    assert glomag.verdict is Verdict.OPEN
    assert "us_victim" in glomag.missing
    case.add(Answer(target_id=case.target.id, question="us_victim", value="yes"))
    assert fit(case).verdict is Verdict.FITS


@pytest.mark.parametrize(
    ("verdict", "effect", "expected"),
    [
        ("hurdle", Effect.HURDLE, Verdict.HURDLES),
        ("prefer", Effect.PREFER, Verdict.HURDLES),
        ("supports", Effect.SUPPORTS, Verdict.FITS),
    ],
)
def test_what_each_kind_of_rule_does(case: SmallCase, verdict: str, effect: Effect, expected: Verdict) -> None:
    with_rule(case, SuitabilityRule("scale", ("single",), verdict, "One act only.", READ))
    glomag = fit(case)
    assert glomag.verdict is expected
    assert (effect, "One act only.") in [(one.effect, one.sentence) for one in glomag.reasons]


def test_one_kind_of_act_that_is_free_of_the_obstacle_is_enough(case: SmallCase) -> None:
    with_rule(case, SuitabilityRule("abuse_types", ("torture",), "hurdle", "Torture is a hurdle here.", READ))
    assert fit(case).verdict is Verdict.HURDLES
    other = case.add(Incident(title="Killing", kind="killing", start=PartialDate("2025"), rank=2))
    case.add(Participation(incident_id=other.id, target_id=case.target.id, mode=Mode.DIRECT))
    assert fit(case).verdict is Verdict.FITS


def test_a_rule_of_some_paragraphs_leaves_the_others(case: SmallCase) -> None:
    with_rule(case, SuitabilityRule("scale", ("single",), "excluded", "A pattern is needed.", READ, ("HR-1",)))
    glomag = fit(case)
    assert glomag.prong("HR-1").verdict is Verdict.NO  # type: ignore[union-attr]
    assert glomag.verdict is Verdict.FITS
    assert glomag.best[0] == "LD-1"


def test_the_same_case_gives_the_same_verdicts(case: SmallCase, law: Law) -> None:
    dossier = load_dossier(case.session)
    assert suitability(dossier, law, TODAY) == suitability(dossier, law, TODAY)


def answered(case: SmallCase, question: str, value: str) -> None:
    """Answer a question in the way it can be answered: what a target is, is entered and not answered."""
    if question == "kind":
        case.general.kind = PartyKind(value)
        return
    for row in case.session.query(Answer):
        case.remove(row)
    case.session.flush()
    case.add(Answer(target_id=case.target.id, question=question, value=value))


def heard(case: SmallCase, code: str, sentence: str) -> set[str]:
    """The paragraphs for which a sentence is among the reasons."""
    found = fit(case, code)
    common = any(reason.sentence == sentence for reason in found.reasons)
    return {
        prong.code for prong in found.prongs if common or any(reason.sentence == sentence for reason in prong.reasons)
    }


@pytest.mark.parametrize("code", sorted(path.stem for path in paths.resource("regimes").glob("*.toml")))
def test_each_rule_speaks_when_its_answer_is_given_and_is_silent_otherwise(case: SmallCase, code: str) -> None:
    regime = case.law.regimes[code]
    # Only the rule is to speak, so the paragraphs ask for nothing themselves.
    bare = tuple(
        replace(
            prong, applies_to=("person", "entity", "unit"), elements=(), foreign_only=False, official_only=False,
            tenure=False, principal="", family="", neutral=False, victim_status=False, scale=False, abroad=False,
        )
        for prong in regime.prongs
    )  # fmt: skip
    law = case.law
    assert regime.rules, "a regime without rules fits everything"
    for rule in regime.rules:
        case.law = replace(law, regimes={code: replace(regime, rules=(rule,), prongs=bare)})
        wanted = set(rule.prongs) or {prong.code for prong in regime.prongs}
        for value in rule.answers:
            answered(case, rule.question, value)
            assert heard(case, code, rule.sentence) == wanted, (rule.question, value)
        others = [value for value in ASKED[rule.question] if value not in rule.answers]
        if rule.question == "abuse_types":
            kinds = ("assembly", "bribery", "arbitrary_detention")
            others = [next(kind for kind in kinds if kind not in rule.answers)]
        for value in others[:1]:
            answered(case, rule.question, value)
            assert heard(case, code, rule.sentence) == set(), (rule.question, value)
        if rule.other:
            assert rule.other in law.regimes
        case.restore()
