"""All checks over one case, put into the words of the resources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from magdesk.checks.finding import Finding, Severity
from magdesk.checks.registry import CHECKS
from magdesk.checks.scope import Hit, Scope
from magdesk.errors import RegimeError
from magdesk.model.dossier import Dossier
from magdesk.regimes.regime import CheckText, Law

PAGES = (
    "overview", "targets", "people", "incidents", "evidence", "facts", "adverse", "interest", "accountability",
    "narrative", "review", "export",
)  # fmt: skip
_GRAVITY = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def run_checks(dossier: Dossier, law: Law, today: date) -> list[Finding]:
    """Everything that is missing or wrong.

    Args:
        dossier: the case; not changed.
        law: the regimes, templates and check texts in force.
        today: the day against which dates of verification are held.

    Returns:
        Findings by severity, then code, then place.

    Raises:
        RegimeError: the check texts lack a check, a variant or a placeholder that the program needs.
    """
    scope = Scope(dossier, law, today)
    findings: list[Finding] = []
    for code, check in CHECKS:
        text = law.checks.get(code)
        if text is None:
            raise RegimeError(f"The check texts lack “{code}”.", "Add it to templates/checks.toml.")
        findings += [_worded(text, hit) for hit in check(scope)]
    # Sorting is stable: within a page, findings stay in the order of the case.
    return sorted(findings, key=lambda found: (_GRAVITY[found.severity], found.code, PAGES.index(found.place.page)))


def _worded(text: CheckText, hit: Hit) -> Finding:
    if hit.variant:
        variant = text.variants.get(hit.variant)
        if variant is None:
            raise RegimeError(f"The check texts lack “{text.code}.variants.{hit.variant}”.")
        severity, sentence, remedy = variant.severity, variant.sentence, variant.remedy
    else:
        severity, sentence, remedy = text.severity, text.sentence, text.remedy
    words = {"place": hit.place.label, **hit.words}
    return Finding(
        text.code,
        Severity(severity),
        hit.place,
        _filled(text.code, sentence, words),
        _filled(text.code, remedy, words),
    )


def _filled(code: str, text: str, words: Mapping[str, str]) -> str:
    try:
        return text.format_map(words)
    except KeyError as error:
        raise RegimeError(
            f"A sentence of check {code} asks for “{{{error.args[0]}}}”, which it does not know."
        ) from error
