"""The one way in which the window works something out again beside itself whenever it is asked to."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from magdesk.errors import MagdeskError
from magdesk.gui.runner import Runner
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress

Worked = TypeVar("Worked")


class RunState(StrEnum):
    """How it stands with what is worked out again and again.

    A failure is a state of its own: who only asked for findings would take it for a case without any.
    """

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Repeated(Generic[Worked]):
    """Work that runs at most once at a time, and again where it was asked for meanwhile.

    Attributes:
        result: what came of it last; none before the first time and after :meth:`forget`.
        failure: why the last run came to nothing; empty unless it failed.
    """

    def __init__(
        self,
        owner: QObject,
        runner: Runner,
        title: str,
        prepare: Callable[[], Callable[[], Worked]],
        told: Callable[[], None],
        delay: int,
    ) -> None:
        """Prepare nothing yet.

        Args:
            owner: when it no longer exists, nothing is told.
            prepare: called in the window's thread; gives the work, which runs in another.
            told: called after each run, whatever came of it.
            delay: milliseconds in which what is asked for together is gathered.
        """
        self._owner, self._runner, self._title = owner, runner, title
        self._prepare, self._told = prepare, told
        self._delay = delay
        self.result: Worked | None = None
        self.failure = ""
        self._running = False
        self._again = False
        self._timer = QTimer(owner, singleShot=True)
        self._timer.timeout.connect(self._run)

    @property
    def outcome(self) -> RunState:
        """How the last run ended; waiting before the first."""
        if self.failure:
            return RunState.FAILED
        return RunState.WAITING if self.result is None else RunState.DONE

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._running or self._again or self._timer.isActive()

    def ask(self, delay: int | None = None) -> None:
        """Run soon."""
        if not self._timer.isActive():
            self._timer.start(self._delay if delay is None else delay)

    def forget(self) -> None:
        """What came of it counts no more; what is running is done again."""
        self.result, self.failure = None, ""
        self._again = self._running

    def stop(self) -> None:
        """Do not begin any more."""
        self._timer.stop()

    def _run(self) -> None:
        if self._running:
            self._again = True
            return
        self._running = True
        do = self._prepare()

        def work(_progress: Progress, _cancel: CancelToken) -> Worked:
            return do()

        self._runner.submit(
            self._title, work, done=self._on_done, failed=self._on_failed, broken=self._on_broken, serial=False,
            cancellable=False, owner=self._owner,
        )  # fmt: skip

    def _on_done(self, result: Worked) -> None:
        self._end(result, "")

    def _on_failed(self, error: MagdeskError) -> None:
        self._end(self.result, str(error))

    def _on_broken(self) -> None:
        self._end(self.result, _("The program made an error."))

    def _end(self, result: Worked | None, failure: str) -> None:
        self._running = False
        self.result, self.failure = result, failure
        if self._again:
            self._again = False
            self.ask()
        self._told()
