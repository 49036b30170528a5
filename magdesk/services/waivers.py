"""Findings that a person sets aside or takes up again, inside a step of the journal that the caller opened."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy.orm import Session

from magdesk.checks.finding import Finding
from magdesk.checks.waivers import decides
from magdesk.errors import UserError
from magdesk.i18n import _
from magdesk.model import Citation, Waiver
from magdesk.model.facts import what_is_quoted

QUOTATIONS = "Q01"
"""Code of the check that looks quotations up."""


def set_aside(session: Session, finding: Finding, reason: str, who: str, today: date) -> None:
    """Record who sets a finding aside, and why; a decision that was taken before is taken anew."""
    place = {"code": finding.code, "subject_id": finding.place.row, "field": finding.key}
    row = session.query(Waiver).filter_by(**place).first()
    if row is None:
        row = Waiver(**place)
        session.add(row)
    row.reason, row.waived_by, row.waived_on = reason, who, today


def confirm_seen(session: Session, citation_id: uuid.UUID, who: str, today: date) -> None:
    """Record that a person looked at the source and found the words of the citation there.

    It holds for these words, this page and this file; with another of them, somebody has to look again.

    Raises:
        UserError: the citation is gone, quotes nothing, or nobody is named.
    """
    row = session.get(Citation, citation_id)
    if row is None or not (row.quote.strip() or row.quote_english.strip()):
        raise UserError(
            _("There is no quotation here any more, so nothing was recorded."),
            _("Wait until the case has been checked again, then look at the finding."),
        )
    if not who.strip():
        raise UserError(_("Nobody is named who has seen the page."), _("Enter the name of the person who looked."))
    row.seen_by, row.seen_on, row.seen_words = who, today, what_is_quoted(row, row.evidence)


def take_up(session: Session, finding: Finding) -> None:
    """Remove every decision about a finding, or the decision that the finding is about."""
    cited = session.get(Citation, finding.place.row) if finding.code == QUOTATIONS and finding.place.row else None
    if cited is not None:
        cited.seen_by, cited.seen_on, cited.seen_words = "", None, ""
    for row in session.query(Waiver).all():
        if row.id == finding.place.row or decides(row, finding):
            session.delete(row)
