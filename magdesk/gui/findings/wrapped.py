"""A frame that is as high as the wrapped sentences in it, never less: a list longer than the window scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

_LEAST = 320  # pixels of width for which it is measured before it has one


class WrappedFrame(QFrame):
    """A column of widgets without margins, whose height follows its width."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped sentences."""
        return self._box.totalHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        """High enough for its present width."""
        least = self._box.totalMinimumSize()
        return QSize(least.width(), max(least.height(), self._box.totalHeightForWidth(max(self.width(), _LEAST))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self.updateGeometry()
