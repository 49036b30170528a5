"""The one exception tree: what happened, what to do next, which exit code.

    MagdeskError
    ├── UserError        what the user asked for cannot be done as asked (exit 2)
    ├── InputError       a file or text handed in is not what it should be (exit 3)
    │   ├── IntakeError      this file cannot be taken as evidence
    │   └── RegimeError      a regime file is wrong; names file and key
    │       └── LawUpdateError   the law update that is kept here cannot be used
    ├── CaseFileError    the case file itself: passphrase, version, lock, damage, full disk (exit 4)
    │   ├── WrongPassphrase
    │   ├── NewerCaseFile
    │   ├── CaseFileLocked
    │   ├── CaseFileDamaged
    │   └── CaseFileTaken
    ├── ExportError      a packet could not be built or did not verify (exit 5)
    ├── ProgramFault     this program itself failed over a file that may be in perfect order (exit 70)
    ├── WorkerCannotStart  this computer does not start the process that takes strangers' files apart (exit 2)
    └── Cancelled        the user stopped it; nothing was changed (exit 130)

Everything else that is raised is a bug. These are caught in three places only: the command line's
``main``, the window's job runner and its crash dialog; over a file from outside also at the end of each child
process that takes it apart, which tells its parent, and there they become :class:`ProgramFault`.
"""

from __future__ import annotations

import traceback
from enum import IntEnum

_PACKAGE = "magdesk"


class ExitCode(IntEnum):
    """Exit codes of the command line; part of its contract."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    CASE_FILE = 4
    EXPORT = 5
    FAULT = 70
    CANCELLED = 130


class MagdeskError(Exception):
    """A failure that a person can understand and act on.

    Attributes:
        message: one sentence that says what happened.
        hint: one sentence that says what to do next; may be empty.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UserError(MagdeskError):
    """What was asked for cannot be done as asked."""


class InputError(MagdeskError):
    """A file or text handed in is not what it should be."""

    exit_code = ExitCode.INPUT


class IntakeError(InputError):
    """A file cannot be taken as evidence."""


class RegimeError(InputError):
    """A regime, guidance or template file is wrong; the message names file and key."""


class LawUpdateError(RegimeError):
    """The law update that is kept here cannot be used; the law that came with the program can."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "Go back to the law that came with the program: magdesk law --revert")


class CaseFileError(MagdeskError):
    """The case file cannot be used as asked."""

    exit_code = ExitCode.CASE_FILE


class WrongPassphrase(CaseFileError):
    """The passphrase does not open this file (or the file is not a case file at all)."""


class NewerCaseFile(CaseFileError):
    """The file was written by a newer MagDesk."""


class CaseFileLocked(CaseFileError):
    """Another program holds the file for writing."""


class CaseFileDamaged(CaseFileError):
    """The file's pages do not verify."""


class CaseFileTaken(CaseFileError):
    """Another program replaced, wrote over, moved or deleted the file of an open case."""


class ExportError(MagdeskError):
    """A packet could not be built, or did not verify after it was built."""

    exit_code = ExitCode.EXPORT


class ProgramFault(MagdeskError):
    """This program itself failed over a file; nothing is said of the file.

    Attributes:
        places: what failed and where in the program's code; holds nothing of the case.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, message: str, hint: str = "", *, places: str = "") -> None:
        super().__init__(message, hint)
        self.places = places


class WorkerCannotStart(MagdeskError):
    """The limited process that reads, converts or draws strangers' files does not start; no file is to blame."""


class Cancelled(MagdeskError):
    """The user stopped a running job; the case is as it was."""

    exit_code = ExitCode.CANCELLED

    def __init__(self, message: str = "Cancelled.", hint: str = "") -> None:
        super().__init__(message, hint)


def fault_places(error: BaseException) -> str:
    """What our own code tripped over and where, without any value of the case: fit to be sent to its makers."""
    places = [
        f"{_place(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-6:]
    ]
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"


def _place(file_name: str) -> str:
    parts = file_name.replace("\\", "/").split("/")
    start = max((at for at, part in enumerate(parts) if part in (_PACKAGE, "site-packages")), default=len(parts) - 1)
    return "/".join(parts[start:])
