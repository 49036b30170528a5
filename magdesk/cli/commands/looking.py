"""Commands that show what is in a case."""

from __future__ import annotations

import argparse
import dataclasses

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal
from magdesk.errors import ExitCode, UserError
from magdesk.i18n import _
from magdesk.services.cases import describe
from magdesk.services.search import search_case
from magdesk.services.workertest import run_selftest, selftest_lines


def info(options: argparse.Namespace, terminal: Terminal) -> int:
    """Say what is in a case, in numbers; or what holds the processes that read strangers' files."""
    if options.sandbox:
        return _sandbox(terminal)
    if options.case is None:
        raise UserError(_("No case file was named."), _("Name one, or use --sandbox."))
    with terminal.open(options.case, read_only=True) as case:
        found = describe(case)
    lines = [
        found.title or "(no title)",
        f"status        {found.status}",
        f"authorities   {', '.join(found.authorities) or 'none'}",
        f"filing date   {found.filing_date or 'not set'}",
        f"evidence      {found.rows.get('evidence', 0)} items, {found.evidence_bytes:,} bytes",
        f"file          {found.file_bytes:,} bytes",
        *(f"{name:<13} {count}" for name, count in found.rows.items() if name not in ("case", "evidence")),
    ]
    terminal.report(found, "\n".join(lines))
    return ExitCode.OK


def _sandbox(terminal: Terminal) -> int:
    done = run_selftest()
    data = {
        "held": sorted(done.confinement.held),
        "lacking": done.confinement.lacking,
        "programs": {"held": sorted(done.programs.held), "lacking": done.programs.lacking},
        "attempts": [{**dataclasses.asdict(row), "fine": row.fine} for row in done.rows],
    }
    terminal.report(data, "\n".join(selftest_lines(done)))
    return ExitCode.OK if all(row.fine for row in done.rows) else ExitCode.FINDINGS


def search(options: argparse.Namespace, terminal: Terminal) -> int:
    """Find words anywhere in the case."""
    with terminal.open(options.case, read_only=True) as case:
        results = search_case(case, options.words, options.limit)
    lines = [
        f"{result.kind}{f' p. {result.page}' if result.page else ''}  {result.title}\n    {result.snippet}"
        for result in results
    ]
    terminal.report(results, "\n".join(lines) or "Nothing found.")
    return ExitCode.OK


def journal(options: argparse.Namespace, terminal: Terminal) -> int:
    """List the changes, newest first."""
    with terminal.open(options.case, read_only=True) as case:
        steps = [
            {"number": step.number, "at": step.at, "who": step.who, "kind": str(step.kind), "label": step.label}
            for step in case.history(limit=options.limit)
        ]
    lines = [
        f"{s['number']:>6}  {s['at']:%Y-%m-%d %H:%M:%S}  {s['who']:<12} {s['kind']:<5} {s['label']}" for s in steps
    ]
    terminal.report(steps, "\n".join(lines))
    return ExitCode.OK


ACTIONS: CommandActions = {"info": info, "search": search, "journal": journal}
