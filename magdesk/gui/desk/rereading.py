"""Reads the case again in the background whenever it changed, while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from magdesk.casefile import CaseFile
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.repeated import Repeated
from magdesk.regimes.regime import Law

T = TypeVar("T")
_DELAY = 120  # milliseconds after a change before it reads


class Rereading(Generic[T]):
    """What one page shows of the case.

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
        show_failure: Callable[[str], None],
    ) -> None:
        """Read nothing yet.

        Args:
            show: gets what was read, when it differs from what was read before.
            show_failure: gets why the last reading failed; empty when it did not.
        """
        self._desk, self._read, self._show, self._show_failure = desk, read, show, show_failure
        self.result: T | None = None
        self._reading: Repeated[T] = Repeated(page, desk.runner, title, self._prepare, self._on_read, _DELAY)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._reading.busy

    def ask(self) -> None:
        """Read soon."""
        if not self._desk.closed:
            self._reading.ask()

    def _prepare(self) -> Callable[[], T]:
        return partial(self._read, self._desk.case, self._desk.law, self._desk.today())

    def _on_read(self) -> None:
        self._show_failure(self._reading.failure)
        found = self._reading.result
        if found is not None and not self._reading.failure and found != self.result:
            self.result = found
            self._show(found)
