"""Moves pages from the log into the file in a thread of its own, while the next ones are being encrypted."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from types import TracebackType

from magdesk.casefile import failures
from magdesk.casefile.connection import RawConnection
from magdesk.errors import CaseFileError

STEP_BYTES = 16 << 20
"""Bytes between two checkpoints."""

LOG_BYTES = 32 << 20
"""Bytes after which the writer waits until the log is empty, so that it starts over and stays small."""


class Checkpointer:
    """Keeps the log short behind one busy writer.

    Copying and waiting for the disk is half the cost of a large import and needs no key, so it runs beside the
    encryption. The thread starts with the first step: small imports never need it.
    """

    def __init__(self, opener: Callable[[], RawConnection], settle: Callable[[RawConnection], None]) -> None:
        self._opener = opener
        self._settle = settle
        self._orders: queue.Queue[threading.Event | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._since_step = 0
        self._since_empty = 0

    def __enter__(self) -> Checkpointer:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()

    def committed(self, size: int) -> None:
        """The writer has committed so many bytes and holds no transaction now."""
        self._since_step += size
        self._since_empty += size
        if self._since_step < STEP_BYTES:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="magdesk-checkpoint", daemon=True)
            self._thread.start()
        done = threading.Event()
        self._orders.put(done)
        self._since_step = 0
        if self._since_empty >= LOG_BYTES:
            done.wait()
            self._since_empty = 0

    def _run(self) -> None:
        raw: RawConnection | None = None
        try:
            raw = self._opener()
            while (done := self._orders.get()) is not None:
                # A reader of an old snapshot holds some pages back; they follow with a later step.
                self._settle(raw)
                done.set()
        except (failures.DriverError, CaseFileError):
            pass  # The pages stay in the log, and the writer meets the failure itself when the disk is at fault.
        finally:
            if raw is not None:
                raw.close()
            self._drain()

    def _drain(self) -> None:
        while True:
            try:
                done = self._orders.get_nowait()
            except queue.Empty:
                return
            if done is not None:
                done.set()
