"""The Guide over an open case: how far it is, what comes next, and what is left for later or does not apply."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from magdesk.casefile import CaseFile
from magdesk.checks.finding import Finding
from magdesk.checks.gaps import Gap, gap_report
from magdesk.checks.run import run_checks
from magdesk.checks.suitability import suitability
from magdesk.dossier.dossier import Dossier
from magdesk.errors import UserError
from magdesk.guide.content import screen as screen_of
from magdesk.guide.state import CaseProgress, progress
from magdesk.guide.steps import NextStep, next_steps
from magdesk.guide.subjects import GuideView
from magdesk.i18n import _
from magdesk.model import GuideMark
from magdesk.model.guide import GuideState
from magdesk.regimes.regime import Law
from magdesk.services.wholecase import load_whole


@dataclass(frozen=True, slots=True)
class Guided:
    """What the Guide says of a case."""

    progress: CaseProgress
    steps: tuple[NextStep, ...]


def guide_view(
    dossier: Dossier, law: Law, today: date, findings: Sequence[Finding], *, suited: bool = True
) -> GuideView:
    """What the Guide looks at.

    Args:
        dossier: the whole case.
        findings: what the checks found in this very state.
        suited: whether to ask which questions of suitability are open. It takes longer than all the rest; without
            it, screen 7.2 stays open.
    """
    return GuideView(dossier, law, today, tuple(findings), _open_questions(dossier, law, today) if suited else {})


def _open_questions(dossier: Dossier, law: Law, today: date) -> dict[uuid.UUID, int]:
    """How many questions are open about each target, over the laws that the case asks to be used."""
    asked = {row.regime for row in dossier.authorities} & law.regimes.keys()
    if not asked:
        return {}
    return {
        fit.target_id: len({code for one in fit.regimes if one.code in asked for code in one.missing})
        for fit in suitability(dossier, law, today)
    }


def guided(case: CaseFile, law: Law, today: date) -> Guided:
    """The tasks, screens and next steps of the case as last committed."""
    with case.reader() as session:
        dossier = load_whole(session)
        findings = run_checks(dossier, law, today)
        gaps: Sequence[Gap] = gap_report(dossier, law, today, findings).gaps
        view = guide_view(dossier, law, today, findings)
        done = progress(view)
        return Guided(done, next_steps(view, done, gaps))


def set_mark(
    session: Session,
    screen: str,
    subject: uuid.UUID | None,
    state: GuideState,
    *,
    note: str = "",
    who: str = "",
    today: date,
) -> GuideMark:
    """Say of a question that it is left for later, or does not apply; inside a step of the journal.

    Args:
        screen: its number.
        subject: key of the row that it is asked about; none for the case as a whole.
        note: who could know it, or why it does not apply.

    Raises:
        UserError: there is no such question, or this cannot be said of it.
    """
    asked = screen_of(screen)
    if asked is None:
        raise UserError(
            _("There is no question {number}.").format(number=screen), _("Choose one from the list of tasks.")
        )
    if state is GuideState.LATER and not asked.later:
        raise UserError(
            _("“{question}” cannot be left for later: somebody could be harmed.").format(question=asked.question),
            _("Answer it, or keep what this person said out of the packet."),
        )
    if state is GuideState.NOT_APPLICABLE and not asked.does_not_apply:
        raise UserError(
            _("“{question}” applies to every case.").format(question=asked.question),
            _("Leave it for later, or record where you searched."),
        )
    row = session.query(GuideMark).filter_by(screen=screen, subject_id=subject).first()
    if row is None:
        row = GuideMark(screen=screen, subject_id=subject)
        session.add(row)
    row.state, row.note, row.marked_by, row.marked_on = state, note, who, today
    return row


def clear_mark(session: Session, screen: str, subject: uuid.UUID | None) -> bool:
    """Ask a question again, inside a step of the journal; whether anything had been said of it."""
    rows = session.query(GuideMark).filter_by(screen=screen, subject_id=subject).all()
    for row in rows:
        session.delete(row)
    return bool(rows)
