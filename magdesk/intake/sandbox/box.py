"""A place for one worker: started when first needed and again after each death."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from magdesk.intake.sandbox.child import START, Child, WorkerEnded
from magdesk.intake.sandbox.confinement import Confinement

_STARTS = 4  # of a worker that ends before it says a word


def unchecked() -> None:
    """For waiting that nothing interrupts."""


class Box:
    """Work with it from one thread at a time; :meth:`empty` may come from any.

    Attributes:
        deaths: how often a file has taken the worker down.
    """

    def __init__(self, command: Sequence[str], *, start: float = START) -> None:
        self.deaths = 0
        self.command = command
        self._start = start
        self._child: Child | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Start the worker and do not wait for it.

        Raises:
            WorkerCannotStart: the system does not start it.
        """
        self._current()

    def check(self, check: Callable[[], None] = unchecked) -> Confinement:
        """Start the worker and wait until it is locked in: what is said here is said before any file is touched.

        Raises:
            WorkerCannotStart: it does not start.
        """
        return self.child(check).wait_ready(check)

    def child(self, check: Callable[[], None] = unchecked) -> Child:
        """The worker, locked in and waiting; a new one where there is none.

        Args:
            check: called now and then; what it raises ends the waiting.

        Raises:
            WorkerCannotStart: it does not start.
        """
        for _again in range(_STARTS - 1):
            try:
                return self._ready(self._current(), check)
            except WorkerEnded:
                continue
        return self._ready(self._current(), check)

    def lose(self) -> None:
        """End a worker that a file has taken down."""
        self.deaths += 1
        self.empty()

    def empty(self) -> None:
        """End the worker, if there is one."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _ready(self, child: Child, check: Callable[[], None]) -> Child:
        try:
            child.wait_ready(check, self._start)
        except BaseException:
            self.empty()
            raise
        return child

    def _current(self) -> Child:
        with self._lock:
            child = self._child
            if child is not None and child.running:
                return child
            self._child = None
        if child is not None:
            child.kill()
        child = Child(self.command)
        with self._lock:
            self._child = child
        return child
