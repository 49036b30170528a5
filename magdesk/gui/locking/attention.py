"""Whether somebody is at the desk: nothing typed or moved for long, a computer that slept, the panic key."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

PANIC_KEY = Qt.Key.Key_F12
_TICK = 1000  # milliseconds
_LATE = 10.0  # seconds by which a tick comes too late when the computer slept

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove, QEvent.Type.InputMethod,
        QEvent.Type.NonClientAreaMouseButtonPress, QEvent.Type.DragMove,
    }
)  # fmt: skip


class Attention(QObject):
    """Watches the application; to be installed as its event filter.

    Attributes:
        left: nobody touched anything for the set time.
        slept: the clock jumped: the computer was asleep and nobody said so before.
        panicked: the panic key, in whatever window or dialog.
    """

    left = Signal()
    slept = Signal()
    panicked = Signal()

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self.patience = 0.0  # seconds without a touch; 0 waits for ever
        self._touched = self._ticked = clock()
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note each touch; the panic key goes before everything else."""
        kind = event.type()
        if kind in _TOUCHES:
            self._touched = self._clock()
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_panic(event):
                self.panicked.emit()
                return True
        return False

    def tick(self) -> None:
        """Look at the clock."""
        moment = self._clock()
        late = moment - self._ticked > _LATE
        self._ticked = moment
        if late:
            self._touched = moment
            self.slept.emit()
        elif self.patience and moment - self._touched >= self.patience:
            self._touched = moment  # once, not at each tick from now on
            self.left.emit()


def _is_panic(event: QKeyEvent) -> bool:
    return event.key() == PANIC_KEY and event.modifiers() == Qt.KeyboardModifier.NoModifier
