"""The command that says how current the law is and puts an update into use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import date

from magdesk.cli.actions import CommandActions
from magdesk.cli.passphrase import interruptible
from magdesk.cli.terminal import Terminal, say
from magdesk.errors import Cancelled, ExitCode, UserError
from magdesk.i18n import _
from magdesk.paths import resource
from magdesk.regimes import load_law
from magdesk.regimes.difference import LawChange
from magdesk.regimes.edition import Edition
from magdesk.regimes.kept import trusted_signers
from magdesk.regimes.loader import shipped_edition
from magdesk.regimes.update import NAMESPACE
from magdesk.services import lawupdates
from magdesk.services.lawupdates import LookState, ProposedUpdate, RegimeDates
from magdesk.services.lawwords import change_heading, change_place

_LOOKS = {
    LookState.FINE: "next look",
    LookState.DUE: "to be compared with the official text, due",
    LookState.OVERDUE: "COMPARISON WITH THE OFFICIAL TEXT OVERDUE since",
}


def law(options: argparse.Namespace, terminal: Terminal) -> int:
    """Do the one thing that was asked for; list the regimes where nothing was."""
    given = [name for name in _WAYS if getattr(options, name, None) not in (None, False)]
    return _WAYS[given[0]](options, terminal) if given else _list(options, terminal)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    known = load_law()
    rows = lawupdates.regime_dates(known, options.date or date.today())
    state = known.state
    head = f"The law is of {state.edition.as_of.isoformat()} (number {state.edition.serial})"
    head += f", from an update by {state.issuer}." if state.issuer else ", as it came with the program."
    lines = [head]
    if state.outdated:
        lines.append("A stored update is not in use: the program came with newer law.")
    if state.own:
        lines.append(f"Your own files take precedence over all others: {', '.join(state.own)}.")
    lines += [_row(row) for row in rows]
    terminal.report(rows, "\n".join(lines))
    return ExitCode.OK


def _row(row: RegimeDates) -> str:
    until = ""
    if row.in_force_until is not None:
        until = f"; {'ENDED on' if row.ended else 'in force until'} {row.in_force_until.isoformat()}"
    origin = "" if row.origin is lawupdates.Origin.PROGRAM else f" ({row.origin})"
    look = f"{_LOOKS[row.state]} {row.next_look.isoformat()}"
    return f"{row.regime:<13} as of {row.as_of.isoformat()}{until}; {look}{origin}\n  {row.title}\n  {row.look_at}"


def _import(options: argparse.Namespace, terminal: Terminal) -> int:
    proposed = lawupdates.examine_update(options.update, options.date or date.today(), older=options.older)
    text = "\n".join(_proposal(proposed))
    if proposed.present:
        terminal.report(_told(proposed, accepted=True), f"{text}\nThis update is already in use.")
        return ExitCode.OK
    if not options.yes:
        if sys.stdin is None or not sys.stdin.isatty():
            terminal.report(_told(proposed, accepted=False), text)
            raise UserError(
                _("Nothing was changed."),
                _("Read what would change, then repeat the command with --yes to put it into use."),
            )
        print(text, file=sys.stderr)
        if not _agreed("Put it into use? [y/N] "):
            raise Cancelled("Nothing was changed.")
        text = ""
    counts = lawupdates.accept_update(proposed)
    now = f"The law is of {counts.state.edition.as_of.isoformat()} now. To take it back: magdesk law --revert"
    terminal.report(_told(proposed, accepted=True), f"{text}\n{now}".strip())
    return ExitCode.OK


def _proposal(proposed: ProposedUpdate) -> Iterable[str]:
    update, signer = proposed.update, proposed.signed.signer
    yield f"Law update of {update.edition.as_of.isoformat()} (number {update.edition.serial}) by {update.issuer}"
    yield f"signed by {signer.name}, key {signer.key.fingerprint}"
    if update.note:
        yield from ("", update.note)
    if proposed.made_from_other:
        theirs = update.follows.as_of.isoformat()
        yield (
            f"It was made against another version of the law, of {theirs}, than the one in use here: read the "
            "changes with care."
        )
    for name in proposed.hidden_by_own:
        yield f"{name} of the update would not be used: your own file of that name takes precedence."
    yield ""
    if not proposed.changes:
        yield "Nothing would change."
        return
    heading = ""
    for change in proposed.changes:
        head = change_heading(change)
        if head != heading:
            yield f"{head}{f' ({change.code})' if change.part == 'regimes' else ''}"
            heading = head
        yield from _change(change)
    regimes = lawupdates.changed_regimes(proposed.changes)
    yield ""
    yield f"{len(proposed.changes)} changes; regimes concerned: {', '.join(regimes) or 'none'}."


def _change(change: LawChange) -> Iterable[str]:
    also = f" (also in {', '.join(change.also)})" if change.also else ""
    yield f"  {change_place(change)}{also}"
    for mark, words in (("-", change.old), ("+", change.new)):
        for line in words.splitlines():
            yield f"    {mark} {line}"


def _told(proposed: ProposedUpdate, *, accepted: bool) -> dict[str, object]:
    update, signer = proposed.update, proposed.signed.signer
    return {
        "as_of": update.edition.as_of,
        "serial": update.edition.serial,
        "issuer": update.issuer,
        "note": update.note,
        "signer": signer.name,
        "fingerprint": signer.key.fingerprint,
        "files": sorted(update.files),
        "hidden_by_own": proposed.hidden_by_own,
        "made_from_other": proposed.made_from_other,
        "changes": proposed.changes,
        "accepted": accepted,
    }


def _agreed(question: str) -> bool:
    return _typed(question).lower() in ("y", "yes")


def _typed(question: str) -> str:
    try:
        with interruptible():
            return input(question).strip()
    except EOFError:
        return ""


def _revert(_options: argparse.Namespace, terminal: Terminal) -> int:
    removed = lawupdates.revert_update()
    edition = shipped_edition(resource())  # a file of one's own may be wrong too, and is another matter
    text = "The update was removed." if removed else "There is no update."
    terminal.report(
        {"reverted": removed, "as_of": edition.as_of, "serial": edition.serial},
        f"{text} The law is of {edition.as_of.isoformat()}, as it came with the program.",
    )
    return ExitCode.OK


def _trust(options: argparse.Namespace, terminal: Terminal) -> int:
    key, called = lawupdates.key_in(options.trust)
    fingerprint = options.fingerprint
    if not fingerprint:
        if sys.stdin is None or not sys.stdin.isatty():
            raise UserError(
                _("The key has the fingerprint {fingerprint}.").format(fingerprint=key.fingerprint),
                _("Ask its owner for the fingerprint by telephone or in person, and give it with --fingerprint."),
            )
        say("Whoever holds this key can change what your submissions say about the law.")
        fingerprint = _typed("Type the fingerprint that its owner gave you: ")
    signer = lawupdates.trust(key, fingerprint, options.owner or called)
    terminal.report(
        {"name": signer.name, "fingerprint": signer.key.fingerprint},
        f"Law updates signed by {signer.name} ({signer.key.fingerprint}) can be imported now.",
    )
    return ExitCode.OK


def _distrust(options: argparse.Namespace, terminal: Terminal) -> int:
    signer = lawupdates.distrust(options.distrust)
    told = {"name": signer.name, "fingerprint": signer.key.fingerprint}
    terminal.report(told, f"Law updates signed by {signer.name} are refused from now on.")
    return ExitCode.OK


def _signers(_options: argparse.Namespace, terminal: Terminal) -> int:
    known = trusted_signers()
    rows = [
        {"name": one.name, "fingerprint": one.key.fingerprint, "origin": "program" if one.ours else "own"}
        for one in known
    ]
    lines = [f"{row['fingerprint']}  {row['name']} ({row['origin']})" for row in rows]
    terminal.report(rows, "\n".join(lines) or "No key is trusted, so no law update can be imported.")
    return ExitCode.OK


def _pack(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.to is None or not options.issuer:
        raise UserError(_("A law update needs --to FILE and --issuer NAME."), _("See magdesk law --help."))
    edition = Edition(options.date or date.today(), options.serial)
    made = lawupdates.pack_update(
        options.pack, options.to, edition, options.issuer, note=options.note, key=options.key
    )
    text = f"{made.path}: {', '.join(made.files)}"
    if not made.signed:
        text += f"\nSign it: ssh-keygen -Y sign -n {NAMESPACE} -f KEY {made.path}\nThen send it with {made.path}.sig"
    terminal.report(made, text)
    return ExitCode.OK


_WAYS: dict[str, Callable[[argparse.Namespace, Terminal], int]] = {
    "list": _list,
    "update": _import,
    "revert": _revert,
    "trust": _trust,
    "signers": _signers,
    "distrust": _distrust,
    "pack": _pack,
}

ACTIONS: CommandActions = {"law": law}
