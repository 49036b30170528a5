"""A quiet line: what keeps the processes that read files away from all else, and what to do where nothing does."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress
from magdesk.services.readingsafety import ReadingSafety, reading_safety


class SafetyLine(QWidget):
    """Asks once, in another thread, and is not there until it knows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.words = Label()
        self.words.setObjectName("help")
        self.words.setWordWrap(True)
        self.advice = Label()
        self.advice.setObjectName("fieldWarning")
        self.advice.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 4, 24, 6)
        box.setSpacing(1)
        box.addWidget(self.words)
        box.addWidget(self.advice)
        self.hide()
        desk.runner.submit(
            _("Checking how files are read"),
            _asked,
            done=self._show,
            failed=self._on_failed,
            serial=False,
            cancellable=False,
            owner=self,
        )

    def _show(self, safety: ReadingSafety) -> None:
        self.words.setText(safety.sentence)
        self.advice.setText(safety.advice)
        self.advice.setVisible(bool(safety.advice))
        self.show()

    def _on_failed(self, error: MagdeskError) -> None:
        self._show(ReadingSafety(error.message, error.hint))


def _asked(_progress: Progress, _cancel: CancelToken) -> ReadingSafety:
    return reading_safety()
