"""What the tests of one run share: things that take long to make are made once, whichever process asks first."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from magdesk.casefile.keys import STANDARD, KeyCost
from magdesk.intake import FileReader
from magdesk.intake.conversion import DocumentConverter
from magdesk.intake.rendering import Renderer, RenderingFailed
from magdesk.intake.sandbox.box import Box
from magdesk.intake.sandbox.child import Child
from magdesk.intake.sandbox.command import worker_environment
from magdesk.packet.paperreader import PaperReader

__all__ = ["CHEAP", "PACKET_DAY", "SAMPLE_DAY", "SAMPLE_PASSPHRASE", "STANDARD", "Once", "SpareWorkers"]

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


class SpareWorkers:
    """Workers whose test has ended, for the next test: to start one costs as much as twenty tests.

    Handed on is only what was closed in good order, and to a test that would start the same program in the same
    surroundings. One that a file has taken down, or that is left half-way, ends as it always does.
    """

    _JOBS = 100  # uses of one; then it ends

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spare: defaultdict[object, list[Child]] = defaultdict(list)
        self._uses: defaultdict[int, int] = defaultdict(int)
        self._drawing: set[Child] = set()

    @property
    def threads(self) -> set[threading.Thread]:
        """Those that listen to a spare worker."""
        with self._lock:
            return {child._listener._thread for children in self._spare.values() for child in children}

    def lend(self, patch: pytest.MonkeyPatch) -> None:
        """Let whoever needs a worker begin with a spare one and leave theirs behind."""
        start, draw = Box._current, Renderer._exchange

        def current(box: Box) -> Child:
            if box._child is None:
                box._child = self._take(box)
            return start(box)

        def exchange(renderer: Renderer, child: Child, *told: Any) -> Any:
            with self._lock:
                if renderer._box._child is not child:  # It was closed from another thread and its worker is gone.
                    raise RenderingFailed("closed")
                self._drawing.add(child)
            try:
                return draw(renderer, child, *told)
            finally:
                with self._lock:
                    self._drawing.discard(child)

        def close(renderer: Renderer) -> None:
            renderer._closed = True
            self._leave(renderer._box)

        patch.setattr(Box, "_current", current)
        patch.setattr(Renderer, "_exchange", exchange)
        patch.setattr(Renderer, "close", close)
        patch.setattr(FileReader, "close", lambda reader: self._leave(reader._box))
        patch.setattr(DocumentConverter, "close", lambda converter: self._leave(converter._box))
        patch.setattr(PaperReader, "close", lambda reader: self._leave(reader._box))

    def end(self) -> None:
        """End them all."""
        for children in self._spare.values():
            for child in children:
                child.kill()
        self._spare.clear()

    def _take(self, box: Box) -> Child | None:
        with self._lock:
            spare = self._spare[self._kind(box)]
            return spare.pop() if spare else None

    def _leave(self, box: Box) -> None:
        with self._lock:
            with box._lock:
                child, box._child = box._child, None
            if child is None:
                return
            self._uses[child.pid] += 1
            idle = child.confinement is not None and child not in self._drawing and child.running
            kept = idle and self._uses[child.pid] < self._JOBS
            if kept:
                self._spare[self._kind(box)].append(child)
        if not kept:
            child.kill()

    @staticmethod
    def _kind(box: Box) -> object:
        return tuple(box.command), tuple(sorted(worker_environment().items()))
