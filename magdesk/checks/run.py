"""All checks over one case, put into the words of the resources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from magdesk.checks.finding import Finding, Severity, Trouble
from magdesk.checks.registry import CHECKS, STALE_WAIVER
from magdesk.checks.scope import Hit, Scope
from magdesk.checks.targetsof import Abouts
from magdesk.checks.waivers import Waivers, key_of, stale
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.memory import Memory
from magdesk.errors import RegimeError
from magdesk.regimes.check_file import HARMS
from magdesk.regimes.regime import CheckText, CheckVariant, Law

PAGES = (
    "overview", "targets", "people", "incidents", "evidence", "facts", "money", "adverse", "interest",
    "accountability", "narrative", "review", "export",
)  # fmt: skip
_GRAVITY = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}
_FIRST_OF_ALL = "C29"  # a protected name


def run_checks(dossier: Dossier, law: Law, today: date, memory: Memory | None = None) -> list[Finding]:
    """Everything that is missing or wrong.

    Args:
        dossier: the case, or what one of its submissions tells; not changed.
        law: the regimes, templates and check texts in force.
        today: the day against which dates of verification are held.
        memory: of earlier runs over the same case and law, where someone keeps it.

    Returns:
        Findings by severity, then by the harm that the fault does (a protected name first), then code and place.
        Those that were set aside are among them, marked as such.

    Raises:
        RegimeError: the check texts lack a check, a variant or a placeholder that the program needs.
    """
    return judged(Scope(dossier, law, today, memory or Memory()))


def judged(scope: Scope) -> list[Finding]:
    """The findings of :func:`run_checks`, for a caller who reads the scope too."""
    dossier, law = scope.dossier, scope.law
    waivers = Waivers(dossier.waivers)
    abouts = Abouts(scope)
    findings: dict[tuple[str, object, str], Finding] = {}

    def tell(code: str, hits: Iterable[Hit]) -> None:
        text = law.checks.get(code)
        if text is None:
            raise RegimeError(f"The check texts lack “{code}”.", "Add it to templates/checks.toml.")
        for hit in hits:
            found = waivers.judged(_worded(scope, text, hit, abouts))
            findings.setdefault((found.code, found.place.row, found.key), found)

    for code, check in CHECKS:
        tell(code, check(scope))
    if not dossier.part:
        tell(STALE_WAIVER, stale(scope, waivers))
    # Sorting is stable: within a page, findings stay in the order of the case.
    return sorted(findings.values(), key=lambda found: _rank(law, found))


def _rank(law: Law, found: Finding) -> tuple[object, ...]:
    harm = HARMS.index(law.checks[found.code].harm)
    page = PAGES.index(found.place.page)
    return (_GRAVITY[found.severity], harm, found.code != _FIRST_OF_ALL, found.code, page)


def _worded(scope: Scope, text: CheckText, hit: Hit, abouts: Abouts) -> Finding:
    way: CheckText | CheckVariant = text
    if hit.variant:
        variant = text.variants.get(hit.variant)
        if variant is None:
            raise RegimeError(f"The check texts lack “{text.code}.variants.{hit.variant}”.")
        way = variant
    words = {"place": hit.place.label, **hit.words}
    sentence = _filled(text.code, way.sentence, words)
    if hit.filings and len(hit.filings) < len(scope.filings):
        sentence = scope.label("submission", name=scope.submission_names(hit.filings), sentence=sentence)
    remedy = _filled(text.code, way.remedy, words)
    cause = f"{text.code}/{hit.variant}" if way is not text and way.many else text.code
    return Finding(
        text.code,
        Severity(way.severity),
        hit.place,
        sentence,
        remedy,
        key_of(hit),
        way.waivable,
        hit.settled,
        correction=hit.correction,
        cause=cause,
        targets=abouts.targets(hit.place),
        nature=Trouble(way.nature),
    )


def _filled(code: str, text: str, words: Mapping[str, str]) -> str:
    try:
        return text.format_map(words)
    except KeyError as error:
        raise RegimeError(
            f"A sentence of check {code} asks for “{{{error.args[0]}}}”, which it does not know."
        ) from error
