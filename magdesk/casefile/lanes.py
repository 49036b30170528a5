"""Which lane a thread has, and who is told when one of them commits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeAlias

from magdesk.casefile.lane import Lane
from magdesk.casefile.records import Changes

Callback: TypeAlias = Callable[[Changes], None]


class Lanes:
    """The owner's lane and those of the jobs that run beside it, by thread.

    Attributes:
        wake: called after each commit of a thread that is not the owner, in that thread.
    """

    def __init__(self, make: Callable[[], Lane]) -> None:
        self._make = make
        self._owner = threading.get_ident()
        self._by_thread = {self._owner: make()}
        self._subscribers: list[Callback] = []
        self.wake: Callable[[], None] | None = None

    def __len__(self) -> int:
        return len(self._by_thread)

    def find(self) -> Lane | None:
        """The calling thread's lane, if it has one."""
        return self._by_thread.get(threading.get_ident())

    def mine(self) -> Lane:
        """The calling thread's lane.

        Raises:
            RuntimeError: it has none, which is a bug.
        """
        lane = self.find()
        if lane is None:
            raise RuntimeError("this thread does not own the case; use writer_lane() or reader()")
        return lane

    @contextmanager
    def another(self) -> Iterator[None]:
        """Give the calling thread a lane for the block, unless it has one."""
        if self.find() is not None:
            yield
            return
        lane = self._by_thread[threading.get_ident()] = self._make()
        try:
            yield
        finally:
            del self._by_thread[threading.get_ident()]
            lane.close()

    def adopt(self) -> None:
        """Make the calling thread the owner."""
        thread = threading.get_ident()
        if thread != self._owner:
            self._by_thread[thread] = self._by_thread.pop(self._owner)
            self._owner = thread

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """See :meth:`CaseFile.subscribe`."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._subscribers.remove(callback)

        return unsubscribe

    def announce(self, lane: Lane) -> bool:
        """Tell of what the calling thread's lane committed or took up: the subscribers, or whoever wakes the owner.

        Returns:
            Whether there was anything.
        """
        news = lane.take_news()
        if threading.get_ident() == self._owner:
            for changes in news:
                for callback in list(self._subscribers):
                    callback(changes)
        elif news and self.wake is not None:
            self.wake()
        return bool(news)

    def close(self) -> None:
        """Close every lane."""
        for lane in self._by_thread.values():
            lane.close()
        self._by_thread.clear()
