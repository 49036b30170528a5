"""How MagDesk reads its arguments: options are written out, and a passphrase is none of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn


class _NoPassphrase(argparse.Action):
    """Refuses a passphrase among the arguments, without repeating it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> NoReturn:
        parser.error(
            f"there is no {option_string}: what is typed on the command line can be read by other programs and stays "
            "in the history of the shell. Use --passphrase-file, the variable MAGDESK_PASSPHRASE, or type the "
            "passphrase when asked; choose another one if this was the real one"
        )


class CommandLine(argparse.ArgumentParser):
    """A parser that takes no abbreviated options, so that none is ever mistaken for another.

    ``--passphrase`` was once read as the beginning of ``--passphrase-file``, and the passphrase as a file's name.
    Sub-parsers are of the same class.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "allow_abbrev": False})
        if not options.get("parents"):
            self.add_argument(
                "--passphrase", "--new-passphrase", "--password", "--pass",
                action=_NoPassphrase, nargs="?", default=argparse.SUPPRESS, help=argparse.SUPPRESS,
            )  # fmt: skip
