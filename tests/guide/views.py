"""The small case as the Guide sees it."""

from __future__ import annotations

import uuid

from magdesk.dossier.dossier import load_dossier
from magdesk.guide.state import CaseProgress, QuestionState, progress
from magdesk.guide.subjects import GuideView
from magdesk.model import GuideMark
from magdesk.model.guide import GuideState
from tests.checks.cases import TODAY, SmallCase


def view_of(case: SmallCase) -> GuideView:
    """The case as it stands, with what the checks find in it."""
    findings = case.findings()
    dossier = load_dossier(case.session)
    return GuideView(dossier, case.law, TODAY, tuple(findings), {row.id: 0 for row in dossier.targets})


def done_of(case: SmallCase) -> CaseProgress:
    return progress(view_of(case))


def state_of(case: SmallCase, screen: str, subject: uuid.UUID | None = None) -> QuestionState | None:
    """What a question has come to; none where it does not arise."""
    found = done_of(case).find(screen, subject)
    return found.state if found is not None else None


def mark(
    case: SmallCase, screen: str, subject: uuid.UUID | None = None, state: str = "later", note: str = ""
) -> None:
    case.add(GuideMark(screen=screen, subject_id=subject, state=GuideState(state), note=note))
