"""Reads the case again in the background whenever it changed, while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from magdesk.casefile import CaseFile
from magdesk.errors import MagdeskError
from magdesk.gui.desk.desk import Desk
from magdesk.progress import CancelToken, Progress
from magdesk.regimes.regime import Law

T = TypeVar("T")
_DELAY = 120  # milliseconds after a change before it reads


class Rereading(Generic[T]):
    """What one page shows of the case: read at most once at a time, and again where the case changed meanwhile.

    Attributes:
        result: what was read last; none before the first time.
    """

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        title: str,
        read: Callable[[CaseFile, Law, date], T],
        show: Callable[[T], None],
    ) -> None:
        self._page, self._desk, self._title = page, desk, title
        self._read, self._show = read, show
        self.result: T | None = None
        self._busy = False
        self._again = False
        self._timer = QTimer(page, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._run)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._busy or self._again or self._timer.isActive()

    def ask(self) -> None:
        """Read soon."""
        if not self._timer.isActive():
            self._timer.start()

    def _run(self) -> None:
        if self._desk.closed:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        case, law, today, read = self._desk.case, self._desk.law, self._desk.today(), self._read

        def work(_progress: Progress, _cancel: CancelToken) -> T:
            return read(case, law, today)

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
