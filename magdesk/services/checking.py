"""Check a case against the law it pleads, over a snapshot, so any thread may ask."""

from __future__ import annotations

from datetime import date

from magdesk.casefile import CaseFile
from magdesk.checks import run_checks
from magdesk.checks.finding import Finding, Severity
from magdesk.model.dossier import load_dossier
from magdesk.regimes.regime import Law


def check_case(case: CaseFile, law: Law, today: date) -> list[Finding]:
    """All findings of the case as last committed, gravest first."""
    with case.reader() as session:
        return run_checks(load_dossier(session), law, today)


def blocking(findings: list[Finding]) -> list[Finding]:
    """The findings that stop a final export; not those that were set aside."""
    return [finding for finding in findings if finding.severity is Severity.BLOCK and finding.waived is None]


def set_aside(findings: list[Finding]) -> list[Finding]:
    """The findings that someone set aside with a reason."""
    return [finding for finding in findings if finding.waived is not None]
