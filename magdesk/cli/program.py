"""The entry point: one command from its arguments to its exit code."""

from __future__ import annotations

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
from magdesk.intake.workers import main as work
from magdesk.progress import CancelToken


def run() -> None:
    """Entry point of the ``magdesk`` command."""
    harden()
    if is_worker(sys.argv[1:]):  # a program frozen into one file starts itself
        work(sys.argv[2:])
        return
    # Taken out of the environment, so that no program that is started from here inherits a passphrase.
    secrets = {name: os.environ.pop(name) for name in (VARIABLE, NEW_VARIABLE) if name in os.environ}
    sys.exit(main(sys.argv[1:], secrets))


def main(arguments: list[str], environment: Mapping[str, str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: without the name of the program.
        environment: where the variables with passphrases stand; that of the process by default.
    """
    options = build_parser().parse_args(arguments)
    log.setup(verbose=options.verbose)
    if unfinished.sweep():
        say("What a program that was stopped had left unfinished was removed.")
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
            "Please report this line; it holds nothing of your case.",
        )
        return ExitCode.FAULT
    finally:
        signal.signal(signal.SIGINT, previous)
