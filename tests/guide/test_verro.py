"""A student enters the case of General Verro answer by answer: nothing but a new question ever makes more to do."""

from __future__ import annotations

import re

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from magdesk.checks import run_checks
from magdesk.dossier.dossier import load_dossier
from magdesk.guide.state import CaseProgress, TaskState, progress
from magdesk.guide.steps import NextKind, next_steps
from magdesk.guide.subjects import GuideView
from magdesk.model import Base
from magdesk.regimes.regime import Law
from tests.checks.cases import TODAY
from tests.guide.verro import answers

CODE = re.compile(r"\b(?:[A-Z]{1,4}-\d+|[CRGMNQVEW]\d{2})\b|\bblock", re.IGNORECASE)


def looked(session: Session, law: Law) -> tuple[GuideView, CaseProgress]:
    session.flush()
    session.expire_all()
    dossier = load_dossier(session)
    findings = tuple(run_checks(dossier, law, TODAY))
    view = GuideView(dossier, law, TODAY, findings, {row.id: 0 for row in dossier.targets})
    return view, progress(view)


def test_forty_answers_one_by_one(law: Law) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    session = Session(engine, expire_on_commit=False)
    entered, hidden = 0, False
    before: tuple[GuideView, CaseProgress] | None = None
    for screen, enter in answers(session):
        done = (before or looked(session, law))[1]
        enter()
        view, after = before = looked(session, law)
        entered += 1
        hidden = hidden or screen == "4.2"
        announced = after.questions - done.questions
        assert after.to_do - done.to_do <= max(announced, 0), f"{screen} made more to do than it announced"
        steps = next_steps(view, after)
        assert len(steps) == 3
        assert len({(step.screen, step.subject) for step in steps}) == 3
        for step in steps:
            assert not CODE.search(step.sentence), step.sentence
            assert step.sentence.count(". ") >= 1, step.sentence
            assert "{" not in step.sentence
            assert not hidden or "Sofia" not in step.sentence
    assert entered >= 40
    assert before is not None
    view, done = before
    states = [task.state for task in done.tasks]
    assert states[0] is TaskState.READY
    assert states[8:10] != [TaskState.NOT_STARTED] * 2
    assert {step.kind for step in next_steps(view, done)} <= {NextKind.GO_ON, NextKind.QUICK, NextKind.SAFETY}
    session.close()
    engine.dispose()
