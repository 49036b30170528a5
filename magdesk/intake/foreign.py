"""The one place where what other people's decoders raise over hostile bytes is caught.

A parser that somebody else wrote may raise anything at all over a damaged or hostile file; whatever it raises
counts as damage of the file and becomes :class:`Damaged`. A mistake in this program must never pass for a damaged
exhibit: what our own code raises goes through untouched and ends as :class:`magdesk.errors.ProgramFault`.

Whose exception it is stands in its traceback: whoever owns the innermost frame raised it. Libraries written in C or
Rust have no frame of their own; theirs are known by their class, or named where they are called.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from magdesk.errors import InputError, ProgramFault
from magdesk.i18n import _

_OURS = "magdesk"
# What int(), bytes.decode(), struct and the like say of a value that a file gave us.
_OF_DATA = (ValueError, ArithmeticError, EOFError, OSError)
# The reading process is out of room, its parent is gone, or a library is not installed as it should be.
_NOT_OF_THE_FILE = (MemoryError, RecursionError, BrokenPipeError, ImportError)


class Damaged(InputError):
    """Another's decoder could not make sense of these bytes.

    Attributes:
        reason: the name of what it raised, for the sentence that tells a person.
        said: what it said; a stranger's words.
    """

    def __init__(self, error: BaseException) -> None:
        super().__init__(_("The file is damaged or unusual and could not be read."))
        self.reason = type(error).__name__
        self.said = str(error)


class foreign:  # reads as a statement: with foreign("pikepdf"): ...
    """What the named library raises in here becomes :class:`Damaged`; what our code raises stays what it is."""

    def __init__(self, library: str, *also: type[Exception]) -> None:
        """Mark a call of others' code on bytes from outside.

        Args:
            library: whose code is called; for the reader of the code.
            also: built-in exceptions that it raises out of compiled code, which leaves no frame behind. Keep such a
                block as small as the call itself.
        """
        self.library = library
        self._also = also

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and is_damage(error, *self._also):
            raise Damaged(error) from error


def is_damage(error: BaseException, *also: type[Exception]) -> bool:
    """Whether an exception tells of the bytes that were read and not of this program.

    Args:
        also: built-in exceptions that count as the library's although no frame of it is left.
    """
    home = type(error).__module__
    if home == "pyo3_runtime":  # A Rust library gave up; its exception is no Exception.
        return True
    if not isinstance(error, Exception) or isinstance(error, _NOT_OF_THE_FILE) or _is_ours(home):
        return False
    if not _is_ours(_innermost(error)):
        return True
    return home != "builtins" or isinstance(error, (*_OF_DATA, *also))


def program_fault(places: str) -> ProgramFault:
    """What a person is told when our own code failed over a file.

    Args:
        places: as :func:`magdesk.errors.fault_places` tells them.
    """
    return ProgramFault(
        _("MagDesk itself failed on this file, which may be perfectly fine ({places}).").format(places=places),
        _("Please report this to the makers; the line names places in the program and reveals nothing of your case."),
        places=places,
    )


def _innermost(error: BaseException) -> str:
    """The module whose code raised it."""
    trace = error.__traceback__
    name = ""
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        trace = trace.tb_next
    return name


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == _OURS
