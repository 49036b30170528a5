"""Which submissions a case makes, and the case as one of them tells it. Builds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from magdesk.casefile import CaseFile
from magdesk.checks import run_checks
from magdesk.checks.finding import Finding
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.errors import UserError
from magdesk.i18n import _
from magdesk.regimes.filing import Filing, filings
from magdesk.regimes.regime import Law
from magdesk.services.wholecase import load_whole


def case_filings(dossier: Dossier, law: Law) -> tuple[Filing, ...]:
    """The submissions of the case, in the order of the first authority of each."""
    return filings((row.regime for row in dossier.authorities), law)


def chosen_filing(dossier: Dossier, law: Law, codes: Sequence[str] = ()) -> Filing | None:
    """The submission made for these authorities of the case.

    Args:
        codes: authorities of one packet, in any order; none for the case's first submission.

    Returns:
        None when no code is given and the case asks no known authority yet.

    Raises:
        UserError: the case does not ask one of them, or they belong to different packets.
    """
    asked = [row.regime for row in dossier.authorities]
    for code in codes:
        if code not in asked:
            raise UserError(
                _("The case does not include “{code}”.").format(code=code),
                _("It includes: {codes}.").format(codes=", ".join(asked))
                if asked
                else _("It includes no authority yet."),
            )
    found = filings([code for code in asked if code in codes] if codes else asked, law)
    if codes and len(found) > 1:
        apart = "; ".join(", ".join(filing.codes) for filing in found)
        raise UserError(
            _("These authorities belong to different submissions: {codes}.").format(codes=apart),
            _("Export each submission separately, into its own folder."),
        )
    return next(iter(found), None)


def submission_findings(case: CaseFile, law: Law, today: date, codes: Sequence[str] = ()) -> tuple[Finding, ...]:
    """The findings of one submission of the case as last committed, gravest first.

    Raises:
        UserError: as :func:`chosen_filing`.
    """
    with case.reader() as session:
        whole = load_whole(session)
        return tuple(run_checks(filing_view(whole, chosen_filing(whole, law, codes)), law, today))


def filing_view(dossier: Dossier, filing: Filing | None) -> Dossier:
    """The case as a submission tells it; the whole case where there is none."""
    return (
        dossier
        if filing is None
        else submission_view(dossier, filing.codes, filing.leave_out, filing.kinds, freezes=filing.freezes)
    )
