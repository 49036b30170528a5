"""What the tests of one run share: things that take long to make are made once, whichever process asks first."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from magdesk.casefile.keys import STANDARD, KeyCost

__all__ = ["CHEAP", "PACKET_DAY", "SAMPLE_DAY", "SAMPLE_PASSPHRASE", "STANDARD", "Once"]

CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)
SAMPLE_DAY = date(2026, 11, 22)
SAMPLE_PASSPHRASE = "seven owls watch the empty harbour"
PACKET_DAY = date(2026, 12, 1)


@dataclass(frozen=True, slots=True)
class Once:
    """Makes things once for all processes of a run. They are read, never changed: who wants to write copies them.

    Attributes:
        root: a folder that all processes of this run know, and no other run.
    """

    root: Path

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path:
        """The thing of that name, made by ``make`` at the path it is given unless another process did or does.

        Raises:
            RuntimeError: the process that makes it has failed or takes too long.
        """
        self.root.mkdir(exist_ok=True)
        begun, made, failed, path = (self.root / f"{name}{end}" for end in (".begun", ".made", ".failed", ""))
        try:
            begun.touch(exist_ok=False)
        except FileExistsError:
            patience = time.monotonic() + 240
            while not made.exists():
                if failed.exists() or time.monotonic() > patience:
                    raise RuntimeError(f"another process could not make {name}") from None
                time.sleep(0.05)
            return path
        try:
            make(path)
        except BaseException:
            failed.touch()
            raise
        made.touch()
        return path
