"""One look over the case as last committed: what is wrong, and the numbers that follow from the order. Any thread."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from magdesk.checks.finding import Finding
from magdesk.checks.strength import Matrix, element_matrix
from magdesk.services.checking import Watch


@dataclass(frozen=True, slots=True)
class CheckedCase:
    """What one look found.

    Attributes:
        findings: gravest first; not those that were set aside.
        set_aside: the findings that someone set aside with a reason.
        facts: number of each fact.
        exhibits: number of each exhibit.
        citations: how often each item of evidence is cited.
        proofs: how many facts prove each (legal basis, element).
        matrix: how well each element of each ground is proved.
    """

    findings: tuple[Finding, ...] = ()
    set_aside: tuple[Finding, ...] = ()
    facts: dict[uuid.UUID, int] = field(default_factory=dict)
    exhibits: dict[uuid.UUID, int] = field(default_factory=dict)
    citations: dict[uuid.UUID, int] = field(default_factory=dict)
    proofs: dict[tuple[uuid.UUID, str], int] = field(default_factory=dict)
    matrix: Matrix = field(default_factory=Matrix)


def checked(watch: Watch, today: date) -> CheckedCase:
    """Check and number the case."""
    with watch.look(today) as seen:
        dossier = seen.dossier
        return CheckedCase(
            findings=tuple(finding for finding in seen.findings if finding.waived is None),
            set_aside=tuple(finding for finding in seen.findings if finding.waived is not None),
            facts=dossier.fact_numbers,
            exhibits=dossier.exhibit_numbers,
            citations=seen.cited,
            proofs={key: len(proofs) for key, proofs in dossier.proofs.items()},
            matrix=element_matrix(seen.scope),
        )
