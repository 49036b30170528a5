"""Commands that judge a case: its findings, its authorities, its strength."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from magdesk.checks.finding import Severity
from magdesk.checks.gaps import EFFECTS
from magdesk.checks.groups import FindingChoice, FindingGroup
from magdesk.checks.run import PAGES
from magdesk.checks.suitability import Effect, ProngFit, RegimeFit, Verdict
from magdesk.checks.suitability_questions import QUESTIONS
from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal, say
from magdesk.errors import ExitCode, UserError
from magdesk.i18n import _
from magdesk.regimes import load_law
from magdesk.services.checking import check_case, listed, set_aside, target_named
from magdesk.services.judging import judge_strength, judge_suitability

_PLACES = 3  # named in a line on several findings
_VERDICTS = {
    "fits": "fits",
    "hurdles": "fits, with hurdles",
    "open": "cannot be determined yet",
    "no": "does not fit",
}


def check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the findings by cause, a summary first; exit code 1 when one blocks, whichever are shown."""
    law = load_law()
    if options.page not in ("", *PAGES):
        raise UserError(
            _("“{page}” is not a page of the window.").format(page=options.page),
            _("The pages are: {names}.").format(names=", ".join(PAGES)),
        )
    with terminal.open(options.case, read_only=True) as case:
        found = check_case(case, law, options.date or date.today())
        target = target_named(case, options.target)
    told = listed(found, law, FindingChoice(Severity(options.severity), page=options.page, target=target))
    stops, count = told.counts[Severity.BLOCK], told.counts
    summary = f"{stops} blocking, {count[Severity.WARN]} warnings, {count[Severity.INFO]} hints"
    lines = [f"{summary}, {len(set_aside(found))} set aside"]
    if len(told.findings) < sum(count.values()):
        lines.append(f"Shown: {len(told.findings)}")
    lines += [line for group in told.groups for line in _group_lines(group, whole=options.all)]
    for finding in told.set_aside:
        waived = finding.waived
        if waived is not None:
            when = f"{waived.by}, {waived.on.isoformat()}" if waived.on else waived.by
            lines.append(f"aside {finding.code} {finding.sentence} Reason: {waived.reason} ({when})")
    report = {
        "blocking": stops,
        "summary": {severity.value: number for severity, number in count.items()},
        "groups": [
            {
                "cause": group.cause, "code": group.code, "severity": group.severity, "count": group.count,
                "sentence": group.sentence, "remedy": group.remedy,
                "findings": [told.findings.index(finding) for finding in group.findings],
            }
            for group in told.groups
        ],
        "findings": told.findings,
        "set_aside": told.set_aside,
    }  # fmt: skip
    terminal.report(report, "\n".join(lines))
    return ExitCode.FINDINGS if stops else ExitCode.OK


def _group_lines(group: FindingGroup, *, whole: bool) -> Iterator[str]:
    """One line for findings of one cause; each of them below it where they block, or where all are asked for."""
    yield f"{group.severity:<5} {group.code} {group.sentence} {group.remedy}".rstrip()
    if group.count == 1:
        return
    if whole or group.severity is Severity.BLOCK:
        for finding in group.findings:
            yield f"        {finding.sentence} {'' if group.remedy else finding.remedy}".rstrip()
        return
    places = list(dict.fromkeys(finding.place.label for finding in group.findings))
    rest = len(places) - _PLACES
    more = f"; and {rest} more place{'s' if rest > 1 else ''}" if rest > 0 else ""
    yield f"        {'; '.join(places[:_PLACES])}{more} (--all lists each)"


def suits(options: argparse.Namespace, terminal: Terminal) -> int:
    """Say which authorities fit each target, and why."""
    with terminal.open(options.case, read_only=True) as case:
        targets = judge_suitability(case, load_law(), options.date or date.today())
    lines: list[str] = []
    for target in targets:
        lines += [target.name, ""]
        for fit in target.regimes:
            mark = " (verify)" if fit.verify else ""
            best = f": plead {', '.join(fit.best)}" if fit.best else ""
            lines.append(f"  {fit.jurisdiction}, {fit.short}{mark}: {_VERDICTS[fit.verdict]}{best}")
            lines += [f"      {reason.sentence}" for reason in fit.reasons if reason.effect is Effect.SUPPORTS]
            lines += _paragraph_lines(fit)
            lines += [f"      Missing: {QUESTIONS[code].title}." for code in fit.missing]
        lines.append("")
    terminal.report(targets, "\n".join(lines).rstrip() or "The case has no target yet.")
    return ExitCode.OK


def _paragraph_lines(fit: RegimeFit) -> Iterator[str]:
    """Every paragraph with its verdict and what stands in its way; those alike in one line."""
    alike: dict[tuple[Verdict, tuple[str, ...]], list[ProngFit]] = {}
    for prong in fit.prongs:
        alike.setdefault((prong.verdict, prong.hurdles), []).append(prong)
    for (verdict, hurdles), prongs in alike.items():
        yield f"      {', '.join(prong.code for prong in prongs)}: {_VERDICTS[verdict]}"
        yield from (f"          {sentence}" for sentence in dict.fromkeys(hurdles))
        own = [one.sentence for prong in prongs for one in prong.reasons if one.effect is Effect.SUPPORTS]
        yield from (f"          + {sentence}" for sentence in dict.fromkeys(own))


def gaps(options: argparse.Namespace, terminal: Terminal) -> int:
    """Say what would make the case stronger; write it as a document too where asked."""
    day, law = options.date or date.today(), load_law()
    with terminal.open(options.case, read_only=True) as case:
        report = judge_strength(case, law, day).report
        if options.to is not None:
            from magdesk.services.gap_report import save_gap_report  # noqa: PLC0415  it takes the renderers

            save_gap_report(case, options.to, law, day)
    lines: list[str] = []
    for effect, (title, _meaning) in EFFECTS.items():
        gaps = [gap for gap in report.gaps if gap.effect is effect]
        if gaps:
            lines.append(f"{title} ({len(gaps)})")
        for gap in gaps:
            lines.append(f"  {gap.code} {gap.sentence} {gap.remedy}")
            lines += [f"       {detail}" for detail in gap.details]
    if options.to is not None:
        say(f"Written to {options.to}, in clear text: internal, not for filing.")
    terminal.report(report, "\n".join(lines) or "Nothing was found that would make the case stronger.")
    return ExitCode.OK


def glance(options: argparse.Namespace, terminal: Terminal) -> int:
    """The five-minute test; exit code 1 while an answer is missing."""
    with terminal.open(options.case, read_only=True) as case:
        tests = judge_strength(case, load_law(), options.date or date.today(), ()).tests
    lines: list[str] = []
    for filing in tests:
        lines.append(f"{filing.jurisdiction}: {', '.join(filing.authorities)}")
        if not filing.targets:
            lines.append("  No target is pleaded in this submission.")
        for test in filing.targets:
            lines.append(f"  {test.name}: {test.passed} of {len(test.replies)} questions answered")
            for reply in test.replies:
                lines.append(f"    {'yes' if reply.given else 'NO ':<3} {reply.number}. {reply.question}")
                lines += [f"          {line}" for line in reply.lines]
                lines += [f"          missing: {what}" for what in reply.missing]
    terminal.report(tests, "\n".join(lines) or "The case names no authority yet.")
    return ExitCode.OK if tests and all(filing.passed for filing in tests) else ExitCode.FINDINGS


ACTIONS: CommandActions = {"check": check, "suits": suits, "gaps": gaps, "glance": glance}
