"""Every target of three cases against every paragraph: the right answers, and what must not tip them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from magdesk.casefile import CaseFile
from magdesk.checks.suitability import RegimeFit, TargetSuitability, Verdict, suitability
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Participation, Payment, Target
from magdesk.model.people import RelationKind
from magdesk.regimes import Law
from magdesk.services.dump.dossier_json import key_of
from tests.checks.rightanswers import RIGHT
from tests.invented import invented_case
from tests.shared import SAMPLE_PASSPHRASE

TODAY = date(2026, 12, 1)
MARKS = {Verdict.FITS: "+", Verdict.HURDLES: "~", Verdict.OPEN: "?", Verdict.NO: "-"}


def line(fit: RegimeFit) -> str:
    told = " ".join(f"{prong.code}{MARKS[prong.verdict]}" for prong in fit.prongs)
    return f"{told} > {' '.join(fit.best)}" if fit.best else told


def differing(targets: tuple[TargetSuitability, ...]) -> list[str]:
    return [
        f"{target.name}, {fit.code}: {line(fit)}, and right is {' because: '.join(RIGHT[target.name][fit.code])}"
        for target in targets
        for fit in target.regimes
        if line(fit) != RIGHT[target.name][fit.code][0]
    ]


@pytest.mark.parametrize("name", ["concession", "exiles"])
def test_each_paragraph_is_answered_rightly(law: Law, name: str) -> None:
    assert differing(suitability(invented_case(name), law, TODAY)) == []


def test_each_paragraph_is_answered_rightly_for_the_sample(law: Law, sample_file: Path) -> None:
    with CaseFile.open(sample_file, SAMPLE_PASSPHRASE, read_only=True) as case, case.reader() as session:
        assert differing(suitability(load_dossier(session), law, TODAY)) == []


def test_each_row_is_answered_for_each_law_and_says_why(law: Law) -> None:
    for rows in RIGHT.values():
        assert set(rows) == set(law.regimes)
        assert all(why.endswith(".") and len(why.split()) > 3 for _answer, why in rows.values())


def test_of_several_ties_between_two_each_counts(law: Law) -> None:
    """The wife acts for the minister and is his wife: a marriage entered last does not hide the acting."""

    def marry(session: Session) -> None:
        wife = session.get(Target, key_of("t-wife"))
        assert wife is not None
        minister = session.get(Target, key_of("t-minister"))
        assert minister is not None
        kinds = [row.kind for row in wife.party.relations if row.other_id == minister.party_id]
        assert set(kinds) == {RelationKind.SPOUSE, RelationKind.ACTS_FOR}
        for row in wife.party.relations:
            if row.other_id == minister.party_id:
                row.rank = 1 if row.kind is RelationKind.SPOUSE else 0

    found = suitability(invented_case("concession", marry), law, TODAY)
    fit = next(one for one in found if one.name.startswith("VERANTI, E")).regime("us-glomag")
    assert fit is not None
    prong = fit.prong("OC-1")
    assert prong is not None
    assert not any("loose tie" in one for one in prong.hurdles)


def test_payments_that_a_source_shows_answer_what_was_paid(law: Law) -> None:
    def unsourced(session: Session) -> None:
        for row in session.query(Payment):
            row.citations = []

    def bribery(edit: Callable[[Session], object]) -> Verdict:
        found = suitability(invented_case("exiles", edit), law, TODAY)
        fit = next(one for one in found if one.name.startswith("TERVIK")).regime("uk-gac")
        assert fit is not None
        prong = fit.prong("GAC-A")
        assert prong is not None
        return prong.verdict

    assert bribery(lambda _session: None) is Verdict.FITS
    assert bribery(unsourced) is Verdict.OPEN


def test_a_briber_needs_an_official_in_the_scheme(law: Law) -> None:
    def alone(session: Session) -> None:
        for row in session.query(Participation):
            if row.target_id != key_of("t-corvane") and row.incident_id == key_of("bribe"):
                session.delete(row)

    for edit, expected in ((alone, Verdict.HURDLES), (lambda _session: None, Verdict.FITS)):
        found = suitability(invented_case("concession", edit), law, TODAY)
        fit = next(one for one in found if one.name.startswith("Corvane")).regime("uk-gac")
        assert fit is not None
        prong = fit.prong("GAC-A")
        assert prong is not None
        assert prong.verdict is expected


def judged(law: Law, case: str, name: str, *taking: tuple[str, str]) -> TargetSuitability:
    """A target by the beginning of its name, after others took part in incidents too."""

    def edit(session: Session) -> None:
        session.add_all(Participation(target_id=key_of(one), incident_id=key_of(two)) for one, two in taking)

    found = suitability(invented_case(case, edit), law, TODAY)
    return next(target for target in found if target.name.startswith(name))


def test_whom_the_one_act_harmed_opens_no_paragraph_for_another(law: Law) -> None:
    """The general's bribery cost a whistleblower her post; the workers of the compound were attacked for no right."""
    both = judged(law, "exiles", "TERVIK", ("t-general", "compound"))
    canada = both.regime("ca-jvcfoa")
    assert canada is not None
    first = canada.prong("JV-A")
    assert first is not None
    assert first.verdict is Verdict.NO
    assert any("Special Economic Measures Act" in one for one in first.hurdles)
    exiles = judged(law, "exiles", "HARSEN", ("t-attache", "compound")).regime("ca-jvcfoa")
    assert exiles is not None
    assert [(one.code, one.types) for one in exiles.prongs[:1]] == [("JV-A", ("transnational_repression",))]


def test_a_hint_is_given_where_a_fact_supports_it(law: Law) -> None:
    def hints(target: TargetSuitability) -> str:
        return " ".join(reason.sentence for fit in target.regimes for reason in fit.reasons)

    minister, attache = judged(law, "concession", "VERANTI, O"), judged(law, "exiles", "HARSEN")
    for words in ("dissidents abroad", "exercise or defend rights", "Spouses, children", "special kind of victim"):
        assert words not in hints(minister), words
    assert "dissidents abroad" in hints(attache)
    assert "exercise or defend rights" in hints(attache)


def test_why_it_is_gross_is_asked_until_it_is_shown(law: Law) -> None:
    boss, spouse = (judged(law, "exiles", name).regime("ca-sema") for name in ("LOTHE, B", "LOTHE, M"))
    assert boss is not None
    assert spouse is not None
    assert not any("say why it is gross" in one for one in boss.prongs[0].hurdles), "facts prove its severity"
    assert any("say why it is gross" in one for one in spouse.prongs[0].hurdles)
