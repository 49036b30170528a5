"""The Guide over a case file: marks are steps of the journal, survive a dump, and are in no packet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.errors import UserError
from magdesk.guide.state import QuestionState
from magdesk.model import Case, Fact, GuideMark, Party, Target
from magdesk.model.guide import GuideState
from magdesk.regimes import load_law
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.services.guide import clear_mark, guided, set_mark
from magdesk.values import now
from tests.casefile.cases import FAST, PASSPHRASE
from tests.shared import SAMPLE_PASSPHRASE

TODAY = date(2026, 6, 1)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with CaseFile.create(tmp_path / "case.magdesk", PASSPHRASE, who="Ana", cost=FAST, backups=False) as made:
        with made.change("New case", base=True) as session:
            session.add(Case(title="Valdania", created_at=now()))
        with made.change("Add a person") as session:
            session.add(Target(party=Party()))
        yield made


def state(case: CaseFile, screen: str) -> QuestionState:
    found = guided(case, load_law(), TODAY).progress.find(screen)
    assert found is not None
    return found.state


def test_a_mark_is_one_step_that_can_be_taken_back(case: CaseFile) -> None:
    target = case.session.query(Target).one().id
    assert state(case, "2.3") is QuestionState.OPEN
    with case.change("Leave for later") as session:
        set_mark(session, "2.3", target, GuideState.LATER, note="Ask the registrar", who="Ana", today=TODAY)
    assert state(case, "2.3") is QuestionState.LATER
    case.undo()
    assert state(case, "2.3") is QuestionState.OPEN
    case.redo()
    with case.change("Leave for later") as session:
        set_mark(session, "2.3", target, GuideState.LATER, note="Ask the priest", who="Ana", today=TODAY)
    (row,) = case.session.query(GuideMark)
    assert (row.note, row.marked_by, row.marked_on) == ("Ask the priest", "Ana", TODAY)
    steps = guided(case, load_law(), TODAY).steps
    assert len(steps) == 3
    with case.change("Ask again") as session:
        assert clear_mark(session, "2.3", target)
    with case.change("Ask again") as session:
        assert not clear_mark(session, "2.3", target)
    assert state(case, "2.3") is QuestionState.OPEN


def test_what_cannot_be_said_of_a_question_is_refused(case: CaseFile) -> None:
    for screen, said, words in (
        ("2.9", GuideState.LATER, "no question"),
        ("4.2", GuideState.LATER, "could be harmed"),
        ("2.3", GuideState.NOT_APPLICABLE, "every case"),
    ):
        with pytest.raises(UserError, match=words), case.change("Mark") as session:
            set_mark(session, screen, None, said, today=TODAY)
    assert not case.session.query(GuideMark).all()


def test_marks_go_out_with_the_case_and_come_back(case: CaseFile, tmp_path: Path) -> None:
    with case.change("Mark") as session:
        set_mark(session, "10.3", None, GuideState.LATER, note="Ask the court", who="Ana", today=TODAY)
    dump_case(case, tmp_path / "dump")
    written = json.loads((tmp_path / "dump" / "dossier.json").read_text(encoding="utf-8"))
    assert [(row["screen"], row["note"]) for row in written["guide_mark"]] == [("10.3", "Ask the court")]
    with load_case(tmp_path / "dump", tmp_path / "again.magdesk", SAMPLE_PASSPHRASE) as again:
        assert again.session.query(GuideMark).one().note == "Ask the court"
        assert state(again, "10.3") is QuestionState.LATER


def test_the_first_step_of_an_empty_case_is_the_story(case: CaseFile) -> None:
    first = guided(case, load_law(), TODAY).steps[0]
    assert first.screen == "1.1"
    assert first.sentence.startswith("Say one thing that happened")
    with case.change("Add a fact") as session:
        session.add(Fact(text="Guards beat him."))
    assert guided(case, load_law(), TODAY).steps[0].screen != "1.1"
