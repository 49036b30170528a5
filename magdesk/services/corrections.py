"""Does what a finding offers to correct."""

from __future__ import annotations

from sqlalchemy.orm import Session

from magdesk.checks.finding import Correction
from magdesk.errors import UserError
from magdesk.i18n import _
from magdesk.model import Citation


def correct(session: Session, correction: Correction) -> None:
    """Put the offered value into the field of the citation, in the change that is open.

    Raises:
        UserError: the citation is gone, or says something else by now.
    """
    row = session.get(Citation, correction.row)
    if row is None or getattr(row, correction.field) != correction.before:
        raise UserError(
            _("The source has changed in the meantime, so nothing was corrected."),
            _("Wait until the case has been checked again, then look at the finding."),
        )
    setattr(row, correction.field, correction.after)
