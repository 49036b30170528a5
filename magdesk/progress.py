"""How long work reports and is stopped: a progress callable and a cancel token. Knows no Qt and no terminal."""

from __future__ import annotations

import threading
from typing import Protocol

from magdesk.errors import Cancelled


class Progress(Protocol):
    """Called by a job as it advances."""

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Report that ``done`` of ``total`` units are finished.

        Args:
            done: units finished so far.
            total: units in all; 0 when not known.
            text: what is being worked on now, in a few words.
        """


def no_progress(done: int, total: int, text: str = "") -> None:
    """A progress callable for callers that do not show any."""


class CancelToken:
    """Set from any thread; the job checks it at every step it can stop at."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone has asked the job to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Stop here if asked to.

        Raises:
            Cancelled: someone called :meth:`cancel`.
        """
        if self._event.is_set():
            raise Cancelled
