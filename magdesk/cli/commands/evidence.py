"""Commands that take evidence in."""

from __future__ import annotations

import argparse

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal, say
from magdesk.errors import ExitCode
from magdesk.model import Evidence
from magdesk.services.evidence.adding import add_paths
from magdesk.services.evidence.archives import UNPACKED_TYPES, unpack_all
from magdesk.services.evidence.encoding import is_read_as_text
from magdesk.services.evidence.recognition import asked_languages, named_items, recognise, scans
from magdesk.services.evidence.rereading import read_as


def add(options: argparse.Namespace, terminal: Terminal) -> int:
    """Take files and folders in as evidence; exit code 3 when one was refused, 70 after a mistake of ours."""
    with terminal.open(options.case) as case:
        report = add_paths(
            case, options.paths, encoding=options.encoding, progress=terminal.progress, cancel=terminal.cancel
        )
        if options.encoding:
            # Who names an encoding for a file that is in the case already wants it to be read in that.
            for same in report.duplicates:
                row = case.session.get(Evidence, same.evidence_id) if same.evidence_id is not None else None
                if row is not None and is_read_as_text(row.media_type):
                    read_as(case, row.id, options.encoding, cancel=terminal.cancel)
        if options.unpack:
            unpack_all(case, report, progress=terminal.progress, cancel=terminal.cancel)
        taken = [
            {"id": row.id, "title": row.title, "type": row.media_type, "sha256": row.sha256, "note": row.reading_note}
            for row in report.taken
        ]
    lines = [f"{len(taken)} taken, {len(report.duplicates)} already there, {len(report.refused)} refused"]
    if not options.unpack and any(row.media_type in UNPACKED_TYPES for row in report.taken):
        lines.append("  What is inside archives was not taken; add them again with --unpack to take it too.")
    lines += [f"  {item['title']}: {item['note']}" for item in taken if item["note"]]
    lines += [f"  refused {item.name}: {item.reason} {item.hint}" for item in report.refused]
    faults = [{"title": item.title, "places": item.faults} for item in report.faulty]
    data = {"taken": taken, "duplicates": report.duplicates, "refused": report.refused, "faults": faults}
    terminal.report(data, "\n".join(lines))
    if faults:
        say(f"MagDesk itself failed on {len(faults)} of them; they are in the case. Please report the lines above.")
        return ExitCode.FAULT
    return ExitCode.INPUT if report.refused else ExitCode.OK


def reread(options: argparse.Namespace, terminal: Terminal) -> int:
    """Have the text of scans recognised; it is marked as read by machine."""
    with terminal.open(options.case) as case:
        languages = asked_languages(options.ocr)
        keys = named_items(case, options.items) if options.items else scans(case)
        done = recognise(case, keys, languages, progress=terminal.progress, cancel=terminal.cancel)
    lines = [f"{sum(one.found for one in done)} of {len(done)} read by machine; compare the text with the pictures"]
    lines += [f"  no text recognized: {one.name}" for one in done if not one.found]
    terminal.report(done, "\n".join(lines))
    return ExitCode.OK


ACTIONS: CommandActions = {"add": add, "reread": reread}
