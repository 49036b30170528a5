"""What is found in two invented cases: each thing that a lawyer of the other side would point to."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from magdesk.checks import Finding, run_checks
from magdesk.checks.finding import Severity
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.model import Base, LegalBasis, Participation, Party, Position
from magdesk.model.incidents import Mode
from magdesk.regimes import Law
from magdesk.regimes.filing import filing_of
from magdesk.services.dump.dossier_json import key_of
from tests.invented import invented_case

TODAY = date(2026, 12, 1)
Found = TypeVar("Found", bound=Base)


def findings(dossier: Dossier, law: Law, code: str, words: str = "") -> list[Finding]:
    return [one for one in run_checks(dossier, law, TODAY) if one.code == code and words in one.sentence]


def row(session: Session, kind: type[Found], key: str) -> Found:
    found = session.get(kind, key_of(key))
    assert found is not None
    return found


def test_an_act_before_the_office_is_found_under_each_paragraph_for_officials(law: Law) -> None:
    found = findings(invented_case("concession"), law, "C17", "lies before or after")
    # The senator was none in 2022; the kickback is of 2024, and the minister was one all the time.
    assert {one.place.row for one in found} == {key_of("s-sc"), key_of("s-co1b")}

    def canadian(session: Session) -> None:
        basis = LegalBasis(target_id=key_of("t-senator"), regime="ca-jvcfoa", prong="JV-C", abuse_type="bribery")
        session.add(basis)

    assert len(findings(invented_case("concession", canadian), law, "C17", "lies before or after")) == 3


def test_a_post_in_a_company_is_no_time_in_office(law: Law) -> None:
    def commands(session: Session, start: str) -> None:
        parts = session.query(Participation).filter_by(target_id=key_of("t-minister"))
        parts.one().mode = Mode.COMMAND
        posts = session.query(Position).filter_by(party_id=key_of("minister"), government=True)
        posts.one().start = PartialDate(start)

    assert not findings(invented_case("concession", lambda rows: commands(rows, "2021-03-01")), law, "C09")
    # He chairs the company all the time.
    assert findings(
        invented_case("concession", lambda rows: commands(rows, "2023-01-01")), law, "C09", "lies outside"
    )


def test_an_incident_that_nobody_pleads_is_found(law: Law) -> None:
    def dropped(session: Session) -> None:
        session.delete(row(session, LegalBasis, "s-co1"))

    assert not findings(invented_case("concession"), law, "C55", "no submission tells of it")
    found = findings(invented_case("concession", dropped), law, "C55", "no submission tells of it")
    assert [one.place.row for one in found] == [key_of("kickback")]


def test_a_source_of_nobody_told_of_is_said_not_to_be_produced(law: Law) -> None:
    filing = filing_of(["us-glomag", "us-7031c"], law)
    assert filing is not None
    view = submission_view(invented_case("concession"), filing.codes, filing.leave_out, filing.kinds)
    found = {one.place.row for one in findings(view, law, "C33", "told nowhere")}
    assert found == {key_of("stray-mail"), key_of("payroll")}
    assert found.isdisjoint(view.exhibit_numbers)


def test_a_target_is_not_asked_for_as_family_and_is_not_cleared(law: Law) -> None:
    (found,) = findings(invented_case("concession"), law, "C19", "included in the request as family")
    assert "VERANTI, Elspeth Maro" in found.sentence

    def cleared(session: Session) -> None:
        row(session, Party, "spouse").description = "Spouse of the director. No allegation of wrongdoing is made."

    assert not findings(invented_case("exiles"), law, "C19", "nothing is alleged")
    (found,) = findings(invented_case("exiles", cleared), law, "C19", "nothing is alleged")
    assert found.severity is Severity.BLOCK
