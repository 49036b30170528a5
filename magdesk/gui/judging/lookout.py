"""Judges the case again in the background whenever it changed, while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from magdesk.casefile import CaseFile
from magdesk.errors import MagdeskError
from magdesk.gui.desk import Desk
from magdesk.progress import CancelToken, Progress
from magdesk.regimes.regime import Law

T = TypeVar("T")
_DELAY = 120  # milliseconds without a change before it judges


class Lookout(Generic[T]):
    """One judgement for one page: asks at most once at a time, and again where the case changed meanwhile.

    Attributes:
        result: the last judgement; none before the first.
    """

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        title: str,
        judge: Callable[[CaseFile, Law, date], T],
        show: Callable[[T], None],
    ) -> None:
        self._page, self._desk, self._title = page, desk, title
        self._judge, self._show = judge, show
        self.result: T | None = None
        self._busy = False
        self._again = False
        self._timer = QTimer(page, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._run)

    def ask(self) -> None:
        """Judge soon."""
        if not self._timer.isActive():
            self._timer.start()

    def _run(self) -> None:
        if self._desk.closed:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        case, law, today, judge = self._desk.case, self._desk.law, self._desk.today(), self._judge

        def work(_progress: Progress, _cancel: CancelToken) -> T:
            return judge(case, law, today)

        self._desk.runner.submit(
            self._title, work, done=self._on_done, failed=self._on_failed, serial=False, cancellable=False,
            owner=self._page,
        )  # fmt: skip

    def _on_done(self, result: T) -> None:
        self._busy = False
        if result != self.result:
            self.result = result
            self._show(result)
        self._follow()

    def _on_failed(self, error: MagdeskError) -> None:
        self._busy = False
        self._desk.notice_requested.emit(str(error), False)
        self._follow()

    def _follow(self) -> None:
        if self._again:
            self._again = False
            self.ask()
