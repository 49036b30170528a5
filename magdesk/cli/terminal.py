"""What every command needs of its surroundings: passphrase, case file, progress, cancelling, output."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import json
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from magdesk.cli.passphrase import PassphraseSource
from magdesk.errors import Cancelled, ExportError, MagdeskError, WrongPassphrase
from magdesk.i18n import _
from magdesk.progress import CancelToken, Progress, no_progress

if TYPE_CHECKING:
    from magdesk.casefile import CaseFile
    from magdesk.checks.finding import Finding

_Opened = TypeVar("_Opened")
_PROBLEMS_TOLD = 5  # of a damaged file, before what the command itself says


class Terminal:
    """The surroundings of one command.

    Attributes:
        cancel: set by Ctrl+C.
        progress: how far a long command is; a line on standard error where a person looks at it.
        passphrases: where they come from.
    """

    def __init__(self, options: argparse.Namespace, environment: Mapping[str, str], cancel: CancelToken) -> None:
        self._options = options
        self._phrase = ""
        self.passphrases = PassphraseSource(options, environment)
        self.cancel = cancel
        quiet = options.quiet or not sys.stderr.isatty()
        self.progress: Progress = no_progress if quiet else _Bar()

    def open(self, path: Path, *, read_only: bool = False) -> CaseFile:
        """The case file of a command."""
        from magdesk.services.cases import open_case  # noqa: PLC0415  --help and mistakes answer at once

        self._warn_of_cloud(path)

        def opened(phrase: str) -> CaseFile:
            return open_case(path, phrase, who=user_name(), read_only=read_only, progress=self.progress)

        _phrase, case = self.unlock(opened)
        if not read_only:
            case.index.renew(cancel=self.cancel)
        elif case.index.owed() or case.index.aged():
            say("Some text is not in the search index yet, or in an older form; the next change adds it.")
        for sentence in case.told:
            say(sentence)
        problems = case.glance()
        for problem in problems[:_PROBLEMS_TOLD]:
            say(f"Warning: {problem} Run “magdesk verify” on the case.")
        if len(problems) > _PROBLEMS_TOLD:
            say(f"Warning: {len(problems) - _PROBLEMS_TOLD} more problems; “magdesk verify” lists them all.")
        return case

    def unlock(self, opened: Callable[[str], _Opened], prompt: str = "Passphrase: ") -> tuple[str, _Opened]:
        """Open something with the passphrase of the command; say which reading of its file was the right one.

        Raises:
            WrongPassphrase: none was.
        """
        *earlier, last = self.passphrases.present(prompt)
        for phrase in earlier:
            try:
                found = opened(phrase)
            except WrongPassphrase:
                continue
            self._phrase = phrase
            return phrase, found
        self._phrase = last
        return last, opened(last)

    def enter(self, path: Path, write: Callable[[CaseFile], object]) -> None:
        """Write into the custody ledger of a case that was open for reading; say so where that cannot be."""
        from magdesk.casefile import CaseFile  # noqa: PLC0415

        try:
            with CaseFile.open(path, self._phrase, who=user_name(), backups=False) as case:
                write(case)
        except MagdeskError as error:
            say(f"This was not recorded in the custody ledger: {error}")

    def create(self, path: Path, make: Callable[[str], CaseFile]) -> CaseFile:
        """A new case file, made with a passphrase that was asked for twice."""
        self._warn_of_cloud(path)
        return make(self.passphrases.first())

    @staticmethod
    def _warn_of_cloud(path: Path) -> None:
        """Say so when the file lies where a service copies it away."""
        from magdesk.casefile import cloud_folder  # noqa: PLC0415

        service = cloud_folder(path)
        if service:
            say(f"Warning: this folder is synced by {service}: copies of the case leave this computer.")

    def report(self, data: object, text: str) -> None:
        """Print a result: as JSON when asked for, else as text."""
        result = json.dumps(jsonable(data), ensure_ascii=False, indent=2) if self._options.json else text
        try:
            print(result, flush=True)
        except BrokenPipeError:  # Whoever read it, like “head”, has seen enough.
            raise Cancelled from None
        except OSError as error:
            raise ExportError(
                _("The result could not be written ({strerror}).").format(strerror=error.strerror),
                _("Write it to a place that has room."),
            ) from None


class _Bar:
    """One line of progress on standard error, at most ten times a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, total: int, text: str = "") -> None:
        moment = time.monotonic()
        if moment - self._last < 0.1 and done != total:
            return
        self._last = moment
        share = f"{done}/{total}" if total else str(done)
        end = "\n" if total and done == total else ""
        print(f"\r\x1b[K{share} {text[:60]}", end=end, file=sys.stderr, flush=True)


def say(*lines: str) -> None:
    """Tell the person something that is no result: on standard error."""
    for line in lines:
        if line:
            print(line, file=sys.stderr)


def finding_line(finding: Finding) -> str:
    """A finding as one line: how grave, which check, what is wrong, what to do."""
    return f"{finding.severity:<5} {finding.code} {finding.sentence} {finding.remedy}"


def jsonable(value: object) -> object:
    """The same in what JSON has: dataclasses as objects, dates as ISO 8601, paths and keys as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [jsonable(item) for item in value]
    if isinstance(value, Path | uuid.UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def user_name() -> str:
    """Who is entered in journal and custody ledger; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
