"""Findings that a person sets aside or takes up again, inside a step of the journal that the caller opened."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from magdesk.checks.finding import Finding
from magdesk.checks.waivers import decides
from magdesk.model import Waiver


def set_aside(session: Session, finding: Finding, reason: str, who: str, today: date) -> None:
    """Record who sets a finding aside, and why; a decision that was taken before is taken anew."""
    place = {"code": finding.code, "subject_id": finding.place.row, "field": finding.key}
    row = session.query(Waiver).filter_by(**place).first()
    if row is None:
        row = Waiver(**place)
        session.add(row)
    row.reason, row.waived_by, row.waived_on = reason, who, today


def take_up(session: Session, finding: Finding) -> None:
    """Remove every decision about a finding, or the decision that the finding is about."""
    for row in session.query(Waiver).all():
        if row.id == finding.place.row or decides(row, finding):
            session.delete(row)
