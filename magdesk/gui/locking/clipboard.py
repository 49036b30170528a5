"""What was copied out of a case does not stay on the clipboard."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

# How a program asks clipboard histories and cloud clipboards to pass over what it copies.
_MARKS: dict[str, bytes] = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}


class CopiedText(QObject):
    """Marks what the window copies, whichever editor or list does it, and clears it if it is still there in time."""

    def __init__(
        self, clipboard: QClipboard, parent: QObject | None = None, owns: Callable[[], bool] | None = None
    ) -> None:
        """Watch a clipboard.

        Args:
            owns: whether what lies there is from this program; the system's own answer when left out.
        """
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or clipboard.ownsClipboard
        self._ours = b""  # digest of what we put there
        self._marking = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear)
        self.seconds = 0
        clipboard.dataChanged.connect(self._on_changed)

    def clear(self) -> None:
        """Take our text away, if it is still there."""
        self._timer.stop()
        if self._ours and _digest(self._clipboard.text()) == self._ours:
            self._clipboard.clear()
        self._ours = b""
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _on_changed(self) -> None:
        if self._marking:
            return
        data: QMimeData | None = self._clipboard.mimeData()
        if data is None or not data.hasText() or data.hasImage() or not data.text() or not self._owns():
            self._ours = b""
            self._timer.stop()
            return
        self._ours = _digest(data.text())
        if self.seconds:
            self._timer.start(self.seconds * 1000)
        if not data.hasFormat("x-kde-passwordManagerHint"):
            marked = QMimeData()
            for name in data.formats():
                marked.setData(name, data.data(name))
            for name, value in _MARKS.items():
                marked.setData(name, value)
            self._marking = True
            self._clipboard.setMimeData(marked)
            self._marking = False


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
