"""The command that lists the backups of a case and brings one back."""

from __future__ import annotations

import argparse

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal
from magdesk.errors import ExitCode, UserError, WrongPassphrase
from magdesk.i18n import _
from magdesk.services.restoring import CopyStanding, KeptCopy, list_backups, newest_sound, restore_backup

_STANDINGS = {
    CopyStanding.OPENS: "opens with this passphrase",
    CopyStanding.OTHER_PASSPHRASE: "opens with another passphrase",
    CopyStanding.DAMAGED: "damaged",
}


def restore(options: argparse.Namespace, terminal: Terminal) -> int:
    """List the backups, or put one beside the case file."""
    phrase, copies, wrong = "", [], None
    for phrase in terminal.passphrases.present():
        try:
            copies = list_backups(options.case, phrase, progress=terminal.progress, cancel=terminal.cancel)
        except WrongPassphrase as error:
            wrong = error
            continue
        if any(copy.standing is CopyStanding.OPENS for copy in copies):
            break
    if wrong is not None and not copies:
        raise wrong
    if options.list:
        data = [{"number": number, **_data(copy)} for number, copy in enumerate(copies, 1)]
        lines = [_line(number, copy) for number, copy in enumerate(copies, 1)]
        terminal.report(data, "\n".join(lines) or "There is no backup of this case.")
        return ExitCode.OK
    if options.number is None:
        chosen = newest_sound(copies)
    elif 1 <= options.number <= len(copies):
        chosen = copies[options.number - 1]
    else:
        raise UserError(
            _("There is no backup number {number}.").format(number=options.number), _("Use --list to see them.")
        )
    made = restore_backup(options.case, chosen, phrase, progress=terminal.progress, cancel=terminal.cancel)
    terminal.report({"restored": made, **_data(chosen)}, str(made))
    return ExitCode.OK


def _data(copy: KeptCopy) -> dict[str, object]:
    return {
        "backup": copy.path,
        "made": copy.at,
        "bytes": copy.size,
        "standing": str(copy.standing),
        "facts": copy.facts,
        "exhibits": copy.exhibits,
        "evidence": copy.evidence,
    }


def _line(number: int, copy: KeptCopy) -> str:
    holds = (
        f"{copy.facts} facts, {copy.exhibits} exhibits, {copy.evidence} items of evidence, "
        if copy.standing is CopyStanding.OPENS
        else ""
    )
    return (
        f"{number:>3}  {copy.at.astimezone():%Y-%m-%d %H:%M:%S}  {copy.size:>14,} bytes  "
        f"{holds}{_STANDINGS[copy.standing]}  {copy.path}"
    )


ACTIONS: CommandActions = {"restore": restore}
