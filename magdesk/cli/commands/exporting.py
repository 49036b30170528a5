"""The command that builds a packet."""

from __future__ import annotations

import argparse
from datetime import date

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal, finding_line, say
from magdesk.errors import ExitCode
from magdesk.regimes import load_law
from magdesk.services.custody import record_export
from magdesk.services.export import export_packet, fault_line


def export(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build a packet; exit code 1 when findings stop it."""
    with terminal.open(options.case, read_only=True) as case:
        result = export_packet(
            case,
            options.to,
            law=load_law(),
            regimes=options.authority,
            draft=options.draft,
            formats=options.formats,
            date=options.date or date.today(),
            progress=terminal.progress,
            cancel=terminal.cancel,
        )
    folder = result.folder
    if folder is None:
        for finding in result.blocking:
            say(finding_line(finding))
        say(f"{len(result.blocking)} blocking findings: nothing was exported. Resolve them, or use --draft.")
        terminal.report({"folder": None, "blocking": result.blocking, "files": [], "faults": []}, "")
        return ExitCode.FINDINGS
    terminal.enter(options.case, lambda case: record_export(case, folder))
    for number in result.faults:
        say(fault_line(number))
    say("The packet is clear text: anyone who gets the folder can read it.")
    told = {"folder": folder, "blocking": result.blocking, "files": result.files, "faults": result.faults}
    terminal.report(told, str(folder))
    return ExitCode.OK


ACTIONS: CommandActions = {"export": export}
