"""Commands about custody: the ledger, lists of digests, outside timestamps."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal
from magdesk.errors import ExitCode, UserError
from magdesk.i18n import _
from magdesk.services.custody import events_of, find_item
from magdesk.services.proofs.hashlists import days, export_hash_list
from magdesk.services.proofs.timestamps import Standing, import_proof, proofs


def custody(options: argparse.Namespace, terminal: Terminal) -> int:
    """List what happened to the evidence, oldest first."""
    with terminal.open(options.case, read_only=True) as case:
        key = find_item(case, options.item) if options.item else None
        events = events_of(case, key)
    lines = [
        f"{event.number:>6}  {event.at:%Y-%m-%d %H:%M:%S}  {event.who:<12} {event.what}"
        f"  {str(event.item)[:8] if event.item else '-':<8}  {event.detail}".rstrip()
        for event in events
    ]
    terminal.report(events, "\n".join(lines) or "The ledger is empty.")
    return ExitCode.OK


def hashes(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the Merkle root of a day's digests."""
    with terminal.open(options.case) as case:
        # Not today: who works past midnight means what came in before it.
        last = next(reversed(days(case)), datetime.now(UTC).date())
        files = export_hash_list(case, options.to, options.day or last)
    data = {"day": files.row.day, "root": files.row.root, "root_file": files.root_file, "list_file": files.list_file}
    text = (
        f"{files.root_file}: the root, to be timestamped; it reveals nothing else\n"
        f"{files.list_file}: {files.row.count} digests, to be kept: anyone who holds a file can see "
        "whether it is among them"
    )
    terminal.report(data, text)
    return ExitCode.OK


def timestamp(options: argparse.Namespace, terminal: Terminal) -> int:
    """Take a timestamp in, or list those there are; exit code 1 when one is broken."""
    if options.proof is None:
        with terminal.open(options.case, read_only=True) as case:
            found = proofs(case)
    else:
        try:
            content = options.proof.read_bytes()
            certificates = [path.read_bytes() for path in options.certificates]
        except OSError as error:
            raise UserError(
                _("A file cannot be read: {strerror}.").format(strerror=error.strerror),
                _("Check its path and permissions."),
            ) from error
        with terminal.open(options.case) as case:
            found = [import_proof(case, content, options.proof.name, certificates=certificates)]
    data = [
        {
            "file": row.file_name,
            "kind": str(row.kind),
            "evidence": row.evidence_id,
            "hash_list": row.hash_list_id,
            "stamped": row.stamped,
            "standing": str(verdict.standing),
            "sentence": verdict.sentence,
        }
        for row, verdict in found
    ]
    lines = [f"{one['standing']:<8} {one['file']}: {one['sentence']}" for one in data]
    terminal.report(data, "\n".join(lines) or "No timestamps.")
    return ExitCode.FINDINGS if any(v.standing is Standing.BROKEN for _row, v in found) else ExitCode.OK


ACTIONS: CommandActions = {"custody": custody, "hashes": hashes, "timestamp": timestamp}
