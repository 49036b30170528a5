"""Commands that judge a case: its findings, its authorities, its strength."""

from __future__ import annotations

import argparse
from datetime import date

from magdesk.checks.gaps import EFFECTS
from magdesk.checks.suitability_questions import QUESTIONS
from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal, finding_line, say
from magdesk.errors import ExitCode
from magdesk.regimes import load_law
from magdesk.services.checking import blocking, check_case, set_aside
from magdesk.services.judging import judge_strength, judge_suitability

_VERDICTS = {"fits": "fits", "hurdles": "fits with hurdles", "open": "cannot be told yet", "no": "does not fit"}


def check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the findings; exit code 1 when one of them blocks."""
    with terminal.open(options.case, read_only=True) as case:
        found = check_case(case, load_law(), options.date or date.today())
    stops, aside = blocking(found), set_aside(found)
    findings = [finding for finding in found if finding.waived is None]
    lines = [finding_line(finding) for finding in findings]
    lines.append(f"{len(stops)} blocking, {len(findings) - len(stops)} other findings, {len(aside)} set aside")
    for finding in aside:
        waived = finding.waived
        if waived is not None:
            when = f"{waived.by}, {waived.on.isoformat()}" if waived.on else waived.by
            lines.append(f"aside {finding.code} {finding.sentence} Reason: {waived.reason} ({when})")
    terminal.report({"blocking": len(stops), "findings": findings, "set_aside": aside}, "\n".join(lines))
    return ExitCode.FINDINGS if stops else ExitCode.OK


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
            told = {reason.sentence: None for reason in fit.reasons}
            if fit.verdict in ("no", "open"):
                told |= {reason.sentence: None for prong in fit.prongs for reason in prong.reasons}
            else:
                chosen = [prong for prong in fit.prongs if prong.code in fit.best]
                told |= {f"{prong.code}: {one.sentence}": None for prong in chosen for one in prong.reasons}
            lines += [f"      {sentence}" for sentence in told]
            lines += [f"      Missing: {QUESTIONS[code].title}." for code in fit.missing]
        lines.append("")
    terminal.report(targets, "\n".join(lines).rstrip() or "The case has no target yet.")
    return ExitCode.OK


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
    terminal.report(tests, "\n".join(lines) or "The case asks for no authority yet.")
    return ExitCode.OK if tests and all(filing.passed for filing in tests) else ExitCode.FINDINGS


ACTIONS: CommandActions = {"check": check, "suits": suits, "gaps": gaps, "glance": glance}
