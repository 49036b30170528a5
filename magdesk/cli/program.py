"""The entry point: one command from its arguments to its exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Mapping

from magdesk import log, unfinished
from magdesk.cli.parser import build_parser
from magdesk.cli.passphrase import NEW_VARIABLE, VARIABLE
from magdesk.cli.terminal import Terminal, say
from magdesk.errors import Cancelled, ExitCode, MagdeskError, fault_places
from magdesk.hardening import harden
from magdesk.intake.sandbox.command import is_worker
from magdesk.packet.workers import main as work
from magdesk.progress import CancelToken


def run() -> None:
    """Entry point of the ``magdesk`` command."""
    harden()
    occupy_standard_streams()
    if is_worker(sys.argv[1:]):  # a program frozen into one file starts itself
        work(sys.argv[2:])
        return
    # Taken out of the environment, so that no program that is started from here inherits a passphrase.
    secrets = {name: os.environ.pop(name) for name in (VARIABLE, NEW_VARIABLE) if name in os.environ}
    code = main(sys.argv[1:], secrets)
    try:
        sys.stdout.flush()
    except OSError:
        # What could not be written was told; without this the interpreter tries again, and fails with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def occupy_standard_streams() -> None:
    """See that descriptors 0, 1 and 2 are taken, and that every letter can be printed.

    Where a caller closed one, the next file that is opened would get its number, and what is printed into it would
    be written into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)  # The lowest number that is free.
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def main(arguments: list[str], environment: Mapping[str, str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: without the name of the program.
        environment: where the variables with passphrases stand; that of the process by default.
    """
    options = build_parser().parse_args(arguments)
    log.setup(verbose=options.verbose)
    if unfinished.sweep():
        say("Unfinished files left behind by an interrupted program were removed.")
    cancel = CancelToken()
    previous = signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    try:
        terminal = Terminal(options, os.environ if environment is None else environment, cancel)
        return options.group()[options.name](options, terminal)  # type: ignore[no-any-return]
    except MagdeskError as error:
        if options.debug:
            raise
        say(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        say(str(Cancelled()))
        return ExitCode.CANCELLED
    except Exception as error:
        if options.debug:
            raise
        say(
            f"MagDesk itself failed ({fault_places(error)}).",
            "Please report this line; it contains nothing from your case.",
        )
        return ExitCode.FAULT
    finally:
        signal.signal(signal.SIGINT, previous)
