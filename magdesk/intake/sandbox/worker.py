"""The life of a worker: pipes, limits, loading, locking in, then one job after the other until the pipe closes."""

from __future__ import annotations

import importlib
import importlib.machinery
import os
import pkgutil
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import BinaryIO

from magdesk.intake.sandbox import limits, wire
from magdesk.intake.sandbox.confine import confine
from magdesk.intake.sandbox.confinement import Layer

Serve = Callable[[BinaryIO, BinaryIO], None]


def live(load: Callable[[], Serve], *, without: Iterable[Layer] = ()) -> None:
    """Be a worker.

    Args:
        load: loads all that the worker will ever need, and gives what answers the jobs. It takes the pipe of
            orders and the pipe of results.
        without: layers that are not set; for the self-test.
    """
    orders = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the frames.
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    os.close(silence)
    left_out = frozenset(without)
    try:
        if Layer.LIMITS not in left_out:
            limits.limit_memory()
        serve = load()
        load_codecs()
        no_more_modules()
        confinement = confine(left_out)
    except Exception as error:
        wire.send(results, wire.FAILED, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:1_000])
        return
    wire.send(results, wire.READY, confinement.pack())
    serve(orders, results)


def load_codecs() -> None:
    """Load every encoding of text that Python knows: mail and tables name any of them."""
    import encodings  # noqa: PLC0415  a package that is only looked through here

    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in ("mbcs", "oem") or sys.platform == "win32":
            importlib.import_module(f"encodings.{module.name}")


def no_more_modules() -> None:
    """From here on a module that is not loaded does not exist, on every system alike.

    Otherwise a library that looks for an optional part of itself would meet a refused file instead of a missing
    module, which it does not expect.
    """
    builtin = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter)
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder in builtin]
    sys.meta_path.append(LateModules())


class LateModules:
    """Remembers what was looked for too late.

    Attributes:
        names: of the modules.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Never found."""
        self.names.add(name)
        return None
