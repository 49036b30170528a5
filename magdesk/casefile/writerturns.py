"""Whose turn it is to write: first come, first served among the threads of this program."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from magdesk.casefile.connection import RawConnection


class WriteGate:
    """A fair lock around write transactions.

    SQLite lets a waiting writer poll, so a thread that stores a large file in many short transactions would win every
    race and starve the window's own writer. Here the window waits for one of them at most.

    Attributes:
        settle: moves the log into the file over the connection given, as far as that can be done now.
    """

    def __init__(
        self,
        *,
        before: Callable[[], None] = lambda: None,
        after: Callable[[RawConnection], None] = lambda _raw: None,
        settle: Callable[[RawConnection], None] = lambda _raw: None,
    ) -> None:
        """Make a gate that is open.

        Args:
            before: asked at the beginning of each turn; raises when nothing can be written any more.
            after: told of each turn that ended well, within it, with the connection that wrote.
            settle: see there.
        """
        self._before = before
        self._after = after
        self.settle = settle
        self._condition = threading.Condition()
        self._next = 0
        self._serving = 0

    def enter(self) -> None:
        """Wait for one's turn."""
        with self._condition:
            ticket = self._next
            self._next += 1
            try:
                self._condition.wait_for(lambda: self._serving == ticket)
            except BaseException:  # Ctrl-C while waiting: let the one behind through when our turn comes.
                threading.Thread(target=self._pass_on, args=(ticket,), daemon=True).start()
                raise

    def leave(self) -> None:
        """Let the next one in."""
        with self._condition:
            self._serving += 1
            self._condition.notify_all()

    @contextmanager
    def turn(self, raw: RawConnection = None) -> Iterator[None]:
        """Hold the gate for the block.

        Args:
            raw: the connection that is to write.
        """
        self.enter()
        try:
            self._before()
            yield
            if raw is not None:
                self._after(raw)
        finally:
            self.leave()

    def _pass_on(self, ticket: int) -> None:
        with self._condition:
            self._condition.wait_for(lambda: self._serving == ticket)
            self._serving += 1
            self._condition.notify_all()
