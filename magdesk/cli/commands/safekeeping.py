"""Commands that keep a case safe and whole: verifying, backups, clear copies, another passphrase."""

from __future__ import annotations

import argparse
import sys

from magdesk.casefile import CaseFile
from magdesk.cli.actions import CommandActions
from magdesk.cli.passphrase import interruptible
from magdesk.cli.terminal import Terminal, say, user_name
from magdesk.errors import Cancelled, ExitCode, UserError
from magdesk.i18n import _
from magdesk.services.cases import change_passphrase
from magdesk.services.custody import check_fixity, record_fixity
from magdesk.services.dump.folder import dump_case


def _confirmed_clear_text(options: argparse.Namespace) -> bool:
    if options.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            _("A dump is clear text: anyone who gets the folder can read the whole case."),
            _("Use --yes to write it nevertheless."),
        )
    say("A dump is clear text: anyone who gets the folder can read the whole case, protected names included.")
    try:
        with interruptible():
            return input("Write it? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def verify(options: argparse.Namespace, terminal: Terminal) -> int:
    """Verify a case file or a packet folder; exit code 1 when something does not verify."""
    if options.path.is_dir():
        from magdesk.packet.verify import verify_packet  # noqa: PLC0415  a packet alone needs it

        problems = verify_packet(options.path)
    else:
        with terminal.open(options.path, read_only=True) as case:
            found = check_fixity(case, progress=terminal.progress, cancel=terminal.cancel)
        problems = list(found.problems)
        if problems:
            say("The result was not recorded in the custody ledger: a damaged file is left unchanged.")
        elif options.record:
            terminal.enter(options.path, lambda case: record_fixity(case, found))
    text = "\n".join(problems) if problems else "Everything verifies."
    terminal.report({"path": options.path, "problems": problems}, text)
    return ExitCode.FINDINGS if problems else ExitCode.OK


def backup(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make an encrypted backup."""
    with terminal.open(options.case, read_only=True) as case:
        made = case.backup(options.to)
    terminal.report({"backup": made}, str(made))
    return ExitCode.OK


def dump(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the whole case in clear, after asking."""
    if not _confirmed_clear_text(options):
        raise Cancelled("Nothing was written.")
    with terminal.open(options.case, read_only=True) as case:
        result = dump_case(case, options.to, progress=terminal.progress, cancel=terminal.cancel)
    terminal.report(result, f"{result.folder}: {result.rows} rows, {result.files} files, in clear text")
    return ExitCode.OK


def passphrase(options: argparse.Namespace, terminal: Terminal) -> int:
    """Change the passphrase."""

    def opened(phrase: str) -> CaseFile:
        return CaseFile.open(options.case, phrase, who=user_name())

    old, case = terminal.unlock(opened, "Current passphrase: ")
    with case:
        change_passphrase(case, old, terminal.passphrases.next())
    terminal.report({"changed": True}, "The passphrase was changed.")
    return ExitCode.OK


ACTIONS: CommandActions = {"verify": verify, "backup": backup, "dump": dump, "passphrase": passphrase}
