"""Findings told together where they have one cause, and chosen by weight, page and target."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from magdesk.checks.finding import Finding, Severity
from magdesk.regimes.regime import CheckText, CheckVariant, Law

GRAVITY = (Severity.BLOCK, Severity.WARN, Severity.INFO)
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one cause, at least one.

    Attributes:
        cause: the check, or one way of failing it: what ``Finding.cause`` says.
        severity: of the gravest of them.
        sentence: all of them in one sentence with their number; of a single one, its own.
        remedy: what to do about them; empty where each asks for something else.
    """

    cause: str
    code: str
    severity: Severity
    sentence: str
    remedy: str
    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """How many findings it holds."""
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class FindingChoice:
    """Which findings someone wants to see.

    Attributes:
        least: those that weigh at least as much.
        most: and no more than this.
        page: code of the page where they are mended; empty for all.
        target: key of the target that they are about; none for all.
    """

    least: Severity = Severity.INFO
    most: Severity = Severity.BLOCK
    page: str = ""
    target: uuid.UUID | None = None

    def of(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those that are wanted, in their order."""
        return [found for found in findings if self._wants(found)]

    def _wants(self, found: Finding) -> bool:
        return (
            GRAVITY.index(self.most) <= GRAVITY.index(found.severity) <= GRAVITY.index(self.least)
            and self.page in ("", found.place.page)
            and (self.target is None or self.target in found.targets)
        )


def grouped(findings: Sequence[Finding], law: Law) -> list[FindingGroup]:
    """The findings by cause, each group where the first of its findings stands."""
    causes: dict[str, list[Finding]] = {}
    for found in findings:
        causes.setdefault(found.cause or found.code, []).append(found)
    return [_group(cause, tuple(found), law) for cause, found in causes.items()]


def _group(cause: str, findings: tuple[Finding, ...], law: Law) -> FindingGroup:
    first = findings[0]
    severity = min((found.severity for found in findings), key=GRAVITY.index)
    if len(findings) == 1:
        return FindingGroup(cause, first.code, severity, first.sentence, first.remedy, findings)
    text = law.checks[first.code]
    way: CheckText | CheckVariant = text.variants.get(cause.partition("/")[2], text)
    told = way.many.format(count=len(findings)) if way.many else f"{text.title}: {len(findings)}"
    remedies = {found.remedy for found in findings}
    return FindingGroup(cause, first.code, severity, told, first.remedy if len(remedies) == 1 else "", findings)
