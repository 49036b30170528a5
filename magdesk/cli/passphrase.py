"""Where the command line has a passphrase from: a file, a variable or a prompt, in this order."""

from __future__ import annotations

import argparse
import getpass
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from magdesk.errors import Cancelled, UserError
from magdesk.i18n import _

VARIABLE = "MAGDESK_PASSPHRASE"
NEW_VARIABLE = "MAGDESK_NEW_PASSPHRASE"


class PassphraseSource:
    """The passphrases of one command."""

    def __init__(self, options: argparse.Namespace, environment: Mapping[str, str]) -> None:
        self._options = options
        self._environment = environment

    def present(self, prompt: str = "Passphrase: ") -> tuple[str, ...]:
        """The passphrase of a case that exists; more than one where a file can be read in more than one way.

        Raises:
            UserError: there is none, or its file cannot be read.
        """
        file: Path | None = self._options.passphrase_file
        if file is not None:
            return _in_file(file)
        return (self._given(VARIABLE) or _ask(prompt, VARIABLE, "--passphrase-file"),)

    def first(self) -> str:
        """The passphrase of a case that is about to be made; a person types it twice.

        Raises:
            UserError: as :meth:`present`, or what was typed differs.
        """
        return self._new(self._options.passphrase_file, VARIABLE, "--passphrase-file")

    def next(self) -> str:
        """The passphrase that takes the place of the present one; a person types it twice.

        Raises:
            UserError: as :meth:`first`.
        """
        return self._new(self._options.new_passphrase_file, NEW_VARIABLE, "--new-passphrase-file")

    def _new(self, file: Path | None, variable: str, option: str) -> str:
        if file is not None:
            return _in_file(file)[0]
        given = self._given(variable)
        if given:
            return given
        phrase = _ask("New passphrase: ", variable, option)
        if typed("Once more: ") != phrase:
            raise UserError(_("The two passphrases differ."), _("Try again."))
        return phrase

    def _given(self, variable: str) -> str:
        phrase = self._environment.get(variable)
        if phrase == "":
            raise UserError(
                _("The variable {variable} is empty.").format(variable=variable),
                _("Set it to a passphrase, or unset it to be asked."),
            )
        return phrase or ""


def _ask(prompt: str, variable: str, option: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            _("No passphrase was given."),
            _("Use {option}, set {variable}, or run in a terminal.").format(option=option, variable=variable),
        )
    phrase = typed(prompt)
    if not phrase:
        raise UserError(_("The passphrase is empty."), _("Type the passphrase."))
    return phrase


def _in_file(file: Path) -> tuple[str, ...]:
    from magdesk.services.passphrases import readings  # noqa: PLC0415  only where a file is named

    with interruptible():  # What is named may be a pipe into which nobody writes.
        return readings(file)


def typed(prompt: str) -> str:
    """What a person types without its being shown.

    Raises:
        Cancelled: Ctrl+C or Ctrl+D instead.
    """
    try:
        with interruptible():
            return getpass.getpass(prompt)
    except EOFError:
        raise Cancelled from None


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl+C ends the block at once: while we wait for a person there is nothing that must come to its end first.

    Elsewhere it only asks a job to stop, and waiting for input would simply go on.

    Raises:
        Cancelled: Ctrl+C was pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise Cancelled from None
    finally:
        signal.signal(signal.SIGINT, before)
