"""What the viewer asks of the drawing process: one request at a time, the most wanted first, in a job."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from magdesk.errors import MagdeskError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.words import _
from magdesk.intake.rendering import Renderer, StoredFile
from magdesk.intake.sandbox.exchange import Opener
from magdesk.progress import CancelToken, Progress

T = TypeVar("T")
DrawingTask = Callable[[Renderer, StoredFile, Opener], T]
DRAWING = _("Drawing pages")
_REST = 60_000  # milliseconds without a request until the process is let go


@dataclass(frozen=True, slots=True)
class _Request:
    rank: float
    ask: DrawingTask[Any]
    done: Callable[[Any], None]
    failed: Callable[[MagdeskError], None]


class DrawingQueue(QObject):
    """The queue of one viewer.

    Attributes:
        rested: nothing was asked for a while; the process was let go.
    """

    rested = Signal()

    def __init__(self, desk: Desk, parent: QObject, renderer: Renderer | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.renderer = renderer or Renderer()
        self._item: StoredFile | None = None
        self._waiting: dict[Hashable, _Request] = {}
        # With the number of the item it is about: the same may be asked about the next one meanwhile.
        self._running: tuple[int, Hashable] | None = None
        self._turn = 0
        self._idle = QTimer(self, singleShot=True, interval=_REST)
        self._idle.timeout.connect(self._on_idle)
        self.destroyed.connect(self.renderer.close)

    def show(self, item: StoredFile | None) -> None:
        """Turn to another item; what was asked about the last one is forgotten."""
        self._item = item
        self._waiting.clear()
        self._turn += 1

    def warm(self) -> None:
        """Start the process before it is needed."""
        if self._running is None:
            self._submit(_WARM, self.renderer.start, lambda _none: None, lambda _error: None)

    def ask(
        self,
        key: Hashable,
        rank: float,
        ask: DrawingTask[T],
        done: Callable[[T], None],
        failed: Callable[[MagdeskError], None],
    ) -> None:
        """Ask for something, once; a repeated request only changes its rank.

        Args:
            rank: lower comes first.
        """
        if (self._turn, key) != self._running:
            self._waiting[key] = _Request(rank, ask, done, failed)
        self._next()

    def keep(self, wanted: Callable[[Hashable], bool]) -> None:
        """Forget requests that have not begun and are not wanted any more."""
        self._waiting = {key: request for key, request in self._waiting.items() if wanted(key)}

    def asked(self, key: Hashable) -> bool:
        """Whether it is waiting or under way."""
        return key in self._waiting or (self._turn, key) == self._running

    @property
    def busy(self) -> bool:
        """Whether anything is waiting or under way."""
        return bool(self._waiting) or self._running is not None

    def _next(self) -> None:
        item = self._item
        if self._running is not None or not self._waiting or item is None or self._desk.closed:
            return
        key = min(self._waiting, key=lambda one: self._waiting[one].rank)
        request = self._waiting.pop(key)
        case, renderer, turn = self._desk.case, self.renderer, self._turn

        def opener() -> BinaryIO:
            return case.blobs.open(item.sha256)

        def done(result: Any) -> None:
            if turn == self._turn:
                request.done(result)

        def failed(error: MagdeskError) -> None:
            if turn == self._turn:
                request.failed(error)

        self._submit(key, lambda: request.ask(renderer, item, opener), done, failed)

    def _submit(
        self,
        key: Hashable,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[MagdeskError], None],
    ) -> None:
        self._running = (self._turn, key)

        def on_done(result: Any) -> None:
            self._running = None
            done(result)
            self._next()

        def on_failed(error: MagdeskError) -> None:
            self._running = None
            failed(error)
            self._next()

        def run(_progress: Progress, _cancel: CancelToken) -> Any:
            return work()

        self._idle.start()
        self._desk.runner.submit(
            DRAWING, run, done=on_done, failed=on_failed, serial=False, cancellable=False, owner=self
        )

    def _on_idle(self) -> None:
        if self._running is None:
            self.renderer.rest()
            self.rested.emit()


_WARM = "warm"
