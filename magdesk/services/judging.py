"""Which authorities fit, what would make the case stronger, what a reader learns in five minutes: over a snapshot.

Any thread may ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from magdesk.casefile import CaseFile
from magdesk.checks.finding import Finding
from magdesk.checks.five_minutes import FilingTest, five_minute_test
from magdesk.checks.gaps import GapReport, gap_report
from magdesk.checks.suitability import TargetSuitability, suitability
from magdesk.regimes.regime import Law
from magdesk.services.wholecase import load_whole


@dataclass(frozen=True, slots=True)
class CaseStrength:
    """How strong a case is.

    Attributes:
        tests: the five-minute test of each submission.
    """

    report: GapReport
    tests: tuple[FilingTest, ...]


def judge_suitability(case: CaseFile, law: Law, today: date) -> tuple[TargetSuitability, ...]:
    """Which authorities fit each target of the case as last committed."""
    with case.reader() as session:
        return suitability(load_whole(session), law, today)


def judge_strength(case: CaseFile, law: Law, today: date, findings: Sequence[Finding] | None = None) -> CaseStrength:
    """The gap report and the five-minute test of the case as last committed.

    Args:
        findings: what the checks found in this very state, where that is known.
    """
    with case.reader() as session:
        dossier = load_whole(session)
        return CaseStrength(gap_report(dossier, law, today, findings), five_minute_test(dossier, law, today))
