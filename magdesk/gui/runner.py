"""Runs long work off the window's thread: one lane for whatever writes the case file, one for the rest.

A job is a plain function ``(progress, cancel) -> result``. Its callbacks are connected before it starts, so a fast
job cannot finish unheard, and they run in the window's thread.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QMetaObject, QObject, QRunnable, Qt, QThreadPool, Signal

from magdesk.errors import Cancelled, MagdeskError
from magdesk.progress import CancelToken, Progress

T = TypeVar("T")
Work = Callable[[Progress, CancelToken], T]
_INTERVAL = 0.05  # seconds between two progress signals of one job


class Job(QObject):
    """One piece of work on its way.

    Attributes:
        title: what it does, for people.
        progressed: done, total, text.
        cancellable: whether stopping it half-way makes sense.
    """

    progressed = Signal(object, object, str)
    _succeeded = Signal(object)
    _failed = Signal(object)

    def __init__(self, title: str, *, cancellable: bool) -> None:
        super().__init__()
        self.title = title
        self.cancellable = cancellable
        self.token = CancelToken()
        self._last = 0.0
        self._calls: list[QMetaObject.Connection] = []

    def call_back(
        self,
        success: Callable[[Any], None],
        failure: Callable[[BaseException], None],
        progress: Callable[[int, int, str], None] | None,
    ) -> None:
        """Call these in the thread of the window, until :meth:`let_go`."""
        queued = Qt.ConnectionType.QueuedConnection
        self._calls += [self._succeeded.connect(success, queued), self._failed.connect(failure, queued)]
        if progress is not None:
            self._calls.append(self.progressed.connect(progress, queued))

    def let_go(self) -> None:
        """Call nobody any more. What is called knows the job: unless this is said, neither ever leaves the memory."""
        while self._calls:
            QObject.disconnect(self._calls.pop())

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step."""
        self.token.cancel()

    def _report(self, done: int, total: int, text: str = "") -> None:
        moment = time.monotonic()
        if moment - self._last >= _INTERVAL or (total and done >= total):
            self._last = moment
            self.progressed.emit(done, total, text)


class _Task(QRunnable):
    def __init__(self, job: Job, work: Work[Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._job, self._work = job, work

    def run(self) -> None:
        try:
            self._job.token.check()
            result = self._work(self._job._report, self._job.token)  # noqa: SLF001
        except BaseException as error:
            self._job._failed.emit(error)  # noqa: SLF001
        else:
            self._job._succeeded.emit(result)  # noqa: SLF001


class Runner(QObject):
    """Starts jobs and brings their results back.

    Attributes:
        started: a job was handed in.
        ended: a job is over, however it ended.
        idle: no job is left.
    """

    started = Signal(object)
    ended = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._serial = QThreadPool(self)
        self._serial.setMaxThreadCount(1)
        self._free = QThreadPool(self)
        self._free.setMaxThreadCount(2)
        self._running: dict[Job, _Task] = {}

    @property
    def jobs(self) -> list[Job]:
        """The jobs that have not ended."""
        return list(self._running)

    def submit(
        self,
        title: str,
        work: Work[T],
        *,
        done: Callable[[T], None],
        failed: Callable[[MagdeskError], None],
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        broken: Callable[[], None] | None = None,
        serial: bool = True,
        cancellable: bool = True,
        owner: QObject | None = None,
    ) -> Job:
        """Run the work in a lane and call back in this thread.

        Args:
            title: what it does, for the status bar.
            done: gets the result.
            failed: gets the reason a person can act on; anything else is a bug and goes to the crash dialog.
            progressed: gets done, total and text, at most some twenty times a second.
            cancelled: called when the job stopped because it was asked to.
            broken: called when a bug ended the job, before the crash dialog.
            serial: in the one-thread lane of what writes the case file.
            owner: when it no longer exists, nobody is called.
        """
        job = Job(title, cancellable=cancellable)
        task = _Task(job, work)
        self._running[job] = task

        def alive() -> bool:
            return owner is None or shiboken6.isValid(owner)

        def on_success(result: T) -> None:
            if self._finish(job) and alive():
                done(result)

        def on_progress(done: int, total: int, text: str) -> None:
            if job in self._running and alive() and progressed is not None:
                progressed(done, total, text)

        def on_failure(error: BaseException) -> None:
            if not self._finish(job) or not alive():
                return
            if isinstance(error, Cancelled):
                if cancelled is not None:
                    cancelled()
            elif isinstance(error, MagdeskError):
                failed(error)
            else:
                if broken is not None:
                    broken()
                sys.excepthook(type(error), error, error.__traceback__)

        job.call_back(on_success, on_failure, None if progressed is None else on_progress)
        self.started.emit(job)
        (self._serial if serial else self._free).start(task)
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop that may be stopped half-way."""
        for job in self.jobs:
            if job.cancellable:
                job.cancel()

    def shutdown(self) -> None:
        """Stop every job and wait for it; none of them calls back any more."""
        self.cancel_all()
        self._serial.waitForDone()
        self._free.waitForDone()
        for job in self.jobs:
            self._finish(job)

    def _finish(self, job: Job) -> bool:
        """Whether the job was still awaited: after a shutdown nobody is."""
        if self._running.pop(job, None) is None:
            return False
        job.let_go()
        self.ended.emit(job)
        if not self._running:
            self.idle.emit()
        return True
