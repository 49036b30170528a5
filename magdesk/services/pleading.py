"""What is answered and pleaded for a target, inside a step of the journal that the caller opened."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from magdesk.checks.suitability import ProngFit
from magdesk.model import Answer, Authority, LegalBasis


def store_answer(
    session: Session, target: uuid.UUID, question: str, value: str = "", note: str | None = None
) -> None:
    """Answer a question about a target by hand.

    Args:
        question: its code, with the country where the answer depends on it.
        value: empty to leave it as it is.
        note: the reason; none to leave it as it is.
    """
    row = session.query(Answer).filter_by(target_id=target, question=question).one_or_none()
    if row is None:
        row = Answer(target_id=target, question=question)
        session.add(row)
    if value:
        row.value = value
    if note is not None:
        row.note = note


def withdraw_answers(session: Session, target: uuid.UUID | None, questions: Collection[str]) -> None:
    """Take back what was answered by hand, for the target or for all of them."""
    for row in session.query(Answer).filter(Answer.question.in_(questions)):
        if row.target_id in (None, target):
            session.delete(row)


def plead(session: Session, target: uuid.UUID, regime: str, prong: ProngFit, kinds: Sequence[str]) -> None:
    """Plead a paragraph, once for each kind of abuse, asking for its authority where the case does not yet."""
    if session.query(Authority).filter_by(regime=regime).first() is None:
        session.add(Authority(regime=regime, rank=_next(session, Authority.rank)))
    rank = _next(session, LegalBasis.rank, LegalBasis.target_id == target)
    for place, kind in enumerate(kinds or ("",)):
        session.add(
            LegalBasis(
                target_id=target,
                regime=regime,
                prong=prong.code,
                abuse_type=kind,
                principal_id=prong.principal,
                rank=rank + place,
            )
        )


def _next(session: Session, rank: Any, *where: Any) -> int:
    last = session.scalar(select(func.max(rank)).where(*where))
    return 0 if last is None else int(last) + 1
