"""One look over the case as last committed: what is wrong, and the numbers that follow from the order. Any thread."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from magdesk.casefile import CaseFile
from magdesk.checks import run_checks
from magdesk.checks.finding import Finding
from magdesk.checks.scope import Scope
from magdesk.checks.strength import Matrix, element_matrix
from magdesk.model.dossier import load_dossier
from magdesk.regimes.regime import Law


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look found.

    Attributes:
        findings: gravest first.
        facts: number of each fact.
        exhibits: number of each exhibit.
        citations: how often each item of evidence is cited.
        proofs: how many facts prove each (legal basis, element).
        matrix: how well each element of each ground is proved.
    """

    findings: tuple[Finding, ...] = ()
    facts: dict[uuid.UUID, int] = field(default_factory=dict)
    exhibits: dict[uuid.UUID, int] = field(default_factory=dict)
    citations: dict[uuid.UUID, int] = field(default_factory=dict)
    proofs: dict[tuple[uuid.UUID, str], int] = field(default_factory=dict)
    matrix: Matrix = field(default_factory=Matrix)


def survey_case(case: CaseFile, law: Law, today: date) -> Survey:
    """Check and number the case, over a snapshot of its own."""
    with case.reader() as session:
        dossier = load_dossier(session)
        cited: dict[uuid.UUID, int] = {}
        for _owner, citation in dossier.citations():
            cited[citation.evidence_id] = cited.get(citation.evidence_id, 0) + 1
        return Survey(
            findings=tuple(run_checks(dossier, law, today)),
            facts=dossier.fact_numbers,
            exhibits=dossier.exhibit_numbers,
            citations=cited,
            proofs={key: len(proofs) for key, proofs in dossier.proofs.items()},
            matrix=element_matrix(Scope(dossier, law, today)),
        )
