"""Check a case against the law it pleads, over a snapshot, so any thread may ask."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from magdesk.casefile import CaseFile
from magdesk.checks import run_checks
from magdesk.checks.finding import Finding, Severity
from magdesk.checks.memory import Memory
from magdesk.checks.run import judged
from magdesk.checks.scope import Scope
from magdesk.model.dossier import Dossier, LiveDossier, load_dossier
from magdesk.model.rows import settled
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look saw. Its rows are those of the watch: not to be read after the block, nor in another thread.

    Attributes:
        scope: what the checks read, with all that they put together.
        findings: gravest first; those that were set aside are among them.
    """

    scope: Scope
    findings: list[Finding]

    @property
    def dossier(self) -> Dossier:
        """The case."""
        return self.scope.dossier

    @property
    def cited(self) -> dict[uuid.UUID, int]:
        """How often each item of evidence is cited."""
        counts = Counter(key for gist in self.scope.gists.values() for key in gist.cited)
        counts.update(citation.evidence_id for _owner, citation in self.dossier.citations_beside_facts())
        return dict(counts)


class Watch:
    """Looks at a case again and again: the first time at all of it, afterwards at what changed. One thread at a time.

    Attributes:
        memory: what the checks found out so far.
    """

    def __init__(self, case: CaseFile, law: Law) -> None:
        self._follower = case.follower()
        self._law = law
        self._live: LiveDossier | None = None
        self.memory = Memory()

    @contextmanager
    def look(self, today: date) -> Iterator[Seen]:
        """The case as last committed, for the block."""
        with settled(), self._follower.look() as touched:
            if self._live is None or touched is None:
                self._live, self.memory = None, Memory()
                self._live = LiveDossier(self._follower.session)
            else:
                self.memory.forget(self._live.refresh(touched))
            scope = Scope(self._live.dossier, self._law, today, self.memory)
            yield Seen(scope, judged(scope))
