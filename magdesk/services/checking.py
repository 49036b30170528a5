"""Check a case against the law it pleads, over a snapshot, so any thread may ask."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock

from magdesk.casefile import CaseFile
from magdesk.checks import run_checks
from magdesk.checks.finding import Finding, Severity
from magdesk.checks.groups import FindingChoice, FindingGroup, grouped
from magdesk.checks.run import judged
from magdesk.checks.scope import Scope
from magdesk.dossier.dossier import Dossier, LiveDossier, load_dossier
from magdesk.dossier.rows import settled
from magdesk.errors import UserError
from magdesk.regimes.regime import Law
from magdesk.services.wholecase import load_whole, with_texts


def check_case(case: CaseFile, law: Law, today: date) -> list[Finding]:
    """All findings of the case as last committed, gravest first."""
    with case.reader() as session:
        return run_checks(load_whole(session), law, today)


def blocking(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stop a final export; not those that were set aside."""
    return [finding for finding in findings if finding.severity is Severity.BLOCK and finding.waived is None]


def set_aside(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that someone set aside with a reason."""
    return [finding for finding in findings if finding.waived is not None]


def counted(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many findings of each weight count, the gravest first; not those that were set aside."""
    return {
        severity: sum(one.severity is severity and one.waived is None for one in findings) for severity in Severity
    }


@dataclass(frozen=True, slots=True)
class FindingList:
    """Findings as the window and the command line tell them.

    Attributes:
        counts: how many of each weight count in the whole case, the gravest first, whatever is chosen.
        findings: those chosen that count, in the order of the harm that they do.
        groups: the same by cause.
        set_aside: those chosen that somebody set aside.
    """

    counts: dict[Severity, int]
    findings: list[Finding]
    groups: list[FindingGroup]
    set_aside: list[Finding]


def listed(found: Sequence[Finding], law: Law, choice: FindingChoice) -> FindingList:
    """The findings of a check as they are to be told.

    Args:
        found: in the order in which the check gave them.
    """
    findings = choice.of(one for one in found if one.waived is None)
    return FindingList(counted(found), findings, grouped(findings, law), choice.of(set_aside(found)))


def target_named(case: CaseFile, words: str) -> uuid.UUID | None:
    """The target one of whose names holds some words, whatever the case of the letters; none for no words.

    Raises:
        UserError: no target is called so, or more than one.
    """
    said = " ".join(words.casefold().split())
    if not said:
        return None
    with case.reader() as session:
        named = {
            target.id: target.party.name
            for target in load_dossier(session).targets
            if any(said in " ".join(name.text.casefold().split()) for name in target.party.names)
        }
    if len(named) != 1:
        names = "; ".join(sorted(named.values()))
        raise UserError(
            f"More than one target is called “{words}”: {names}." if named else f"No target is called “{words}”.",
            "Give more of the name, as it stands on the targets page.",
        )
    return next(iter(named))


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
        return self.scope.cited


class Watch:
    """Looks at a case again and again: first at all of it, afterwards at what changed. Threads take turns."""

    def __init__(self, case: CaseFile, law: Law) -> None:
        self._follower = case.follower()
        self._law = law
        self._seen_law = law
        self._live: LiveDossier | None = None
        self._turn = Lock()

    def change_law(self, law: Law) -> None:
        """Judge by another law from the next look on. Any thread."""
        self._law = law

    @contextmanager
    def look(self, today: date) -> Iterator[Seen]:
        """The case as last committed, for the block."""
        law = self._law
        with self._turn, settled(), self._follower.look() as touched:
            if law is not self._seen_law:
                self._live, self._seen_law = None, law  # what is remembered was judged by the other law
            if self._live is None or touched is None:
                self._live = None  # before the rows are read anew, those of the last look may go
                self._live = LiveDossier(self._follower.session)
            else:
                self._live.refresh(touched)
            dossier = with_texts(self._live.dossier, self._follower.session)
            scope = Scope(dossier, law, today, self._live.memory)
            yield Seen(scope, judged(scope))
