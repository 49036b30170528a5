from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThreadPool
from pytestqt.qtbot import QtBot

from magdesk.errors import MagdeskError, UserError
from magdesk.gui.runner import Runner
from magdesk.progress import CancelToken, Progress


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.shutdown()


def _never(error: MagdeskError) -> None:
    pytest.fail(str(error))


def test_no_result_of_a_fast_job_is_lost(runner: Runner, qtbot: QtBot) -> None:
    results: list[int] = []
    for number in range(300):
        runner.submit("fast", lambda _p, _c, n=number: n, done=results.append, failed=_never, serial=bool(number % 2))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(results) == 300, timeout=10000)
    assert sorted(results) == list(range(300))
    assert runner.jobs == []


def test_callbacks_come_in_the_thread_of_the_window(runner: Runner, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []

    def work(progress: Progress, cancel: CancelToken) -> threading.Thread:
        return threading.current_thread()

    def done(worker: threading.Thread) -> None:
        threads.extend([worker, threading.current_thread()])

    runner.submit("thread", work, done=done, failed=_never)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_serial_jobs_never_overlap(runner: Runner, qtbot: QtBot) -> None:
    inside: list[int] = []
    most: list[int] = []
    done: list[None] = []

    def work(progress: Progress, cancel: CancelToken) -> None:
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.01)
        inside.pop()

    for _number in range(8):
        runner.submit("serial", work, done=done.append, failed=_never)
    qtbot.waitUntil(lambda: len(done) == 8)
    assert max(most) == 1


def test_a_cancelled_job_says_so_and_nothing_else(runner: Runner, qtbot: QtBot) -> None:
    begun, stopped = threading.Event(), []

    def work(progress: Progress, cancel: CancelToken) -> None:
        begun.set()
        while True:
            cancel.check()
            threading.Event().wait(0.002)

    job = runner.submit(
        "long", work, done=lambda _: pytest.fail("done"), failed=_never, cancelled=lambda: stopped.append(1)
    )
    assert begun.wait(5)
    with qtbot.waitSignal(runner.idle):
        job.cancel()
    assert stopped == [1]


def test_a_known_failure_reaches_the_caller_and_a_bug_the_crash_dialog(
    runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[MagdeskError] = []
    bugs: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: bugs.append(error))

    def known(progress: Progress, cancel: CancelToken) -> None:
        raise UserError("No.", "Try again.")

    def bug(progress: Progress, cancel: CancelToken) -> None:
        raise ZeroDivisionError

    for work in (known, bug):
        runner.submit("fails", work, done=lambda _: pytest.fail("done"), failed=failures.append)
    qtbot.waitUntil(lambda: bool(bugs))
    assert str(failures[0]) == "No. Try again."
    assert isinstance(bugs[0], ZeroDivisionError)


def test_progress_arrives_up_to_the_last_step_beyond_32_bits(runner: Runner, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, str]] = []
    total = 1 << 33

    def work(progress: Progress, cancel: CancelToken) -> None:
        for step in range(1000):
            progress(total * step // 1000, total, "")
        progress(total, total, "end")

    with qtbot.waitSignal(runner.idle):
        runner.submit(
            "bytes", work, done=lambda _: None, failed=_never, progressed=lambda *step: seen.append(step)
        )  # fmt: skip
    assert seen[-1] == (total, total, "end")
    assert len(seen) < 200


def test_nobody_is_called_when_the_owner_is_gone(runner: Runner, qtbot: QtBot) -> None:
    owner = QObject()
    gate = threading.Event()
    called: list[None] = []

    def work(progress: Progress, cancel: CancelToken) -> None:
        gate.wait(5)

    runner.submit("orphan", work, done=called.append, failed=_never, owner=owner)
    owner.deleteLater()
    qtbot.wait(20)
    with qtbot.waitSignal(runner.idle):
        gate.set()
    assert called == []


def test_shutdown_waits_and_calls_nobody(qtbot: QtBot) -> None:
    runner = Runner()
    called: list[int] = []
    for serial in (True, False):
        runner.submit("late", lambda _p, _c: 1, done=called.append, failed=_never, serial=serial, cancellable=False)
    runner.shutdown()
    qtbot.wait(30)
    assert called == []
    assert runner.jobs == []


def test_what_a_job_calls_leaves_the_memory_with_it(runner: Runner, qtbot: QtBot) -> None:
    """A page that waited for a result would stay for as long as the program runs, and all that it shows with it."""

    class Page:
        def show(self, result: int) -> None:
            self.result = result

    page, results = Page(), list[int]()
    seen = weakref.ref(page)

    def done(result: int, page: Page = page) -> None:
        page.show(result)
        results.append(result)

    runner.submit("page", lambda _progress, _cancel: 1, done=done, failed=_never, progressed=lambda *_told: None)
    qtbot.waitUntil(lambda: results == [1])
    del page, done
    QThreadPool.globalInstance().waitForDone()
    runner._serial.waitForDone()
    gc.collect()
    assert seen() is None
