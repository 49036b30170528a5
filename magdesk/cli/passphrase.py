"""Where the command line has a passphrase from: a file, a variable or a prompt, in this order."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Mapping
from pathlib import Path

from magdesk.errors import UserError

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
            from magdesk.services.passphrases import readings  # noqa: PLC0415  only where a file is named

            return readings(file)
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
            from magdesk.services.passphrases import readings  # noqa: PLC0415

            return readings(file)[0]
        given = self._given(variable)
        if given:
            return given
        phrase = _ask("New passphrase: ", variable, option)
        if getpass.getpass("Once more: ") != phrase:
            raise UserError("The two passphrases differ.", "Try again.")
        return phrase

    def _given(self, variable: str) -> str:
        phrase = self._environment.get(variable)
        if phrase == "":
            raise UserError(f"The variable {variable} is empty.", "Set it to a passphrase, or unset it to be asked.")
        return phrase or ""


def _ask(prompt: str, variable: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise UserError("No passphrase was given.", f"Use {option}, set {variable}, or run in a terminal.")
    phrase = getpass.getpass(prompt)
    if not phrase:
        raise UserError("The passphrase is empty.", "Type the passphrase.")
    return phrase
