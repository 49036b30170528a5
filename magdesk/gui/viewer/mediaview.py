"""Recordings: played from the encrypted case file where Qt's multimedia part and the system allow it."""

from __future__ import annotations

from typing import Any, BinaryIO

from PySide6.QtCore import QIODevice, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.view import Passage, View
from magdesk.i18n import _
from magdesk.model.facts import PinpointKind

_STEP = 5_000  # milliseconds that an arrow key moves


def multimedia() -> tuple[Any, Any] | None:
    """Qt's modules for players and for their pictures; none where they are not installed or cannot be loaded."""
    try:
        from PySide6 import QtMultimedia, QtMultimediaWidgets  # noqa: PLC0415  an optional part, large to load
    except ImportError:
        return None
    return QtMultimedia, QtMultimediaWidgets


def clock(milliseconds: int) -> str:
    """A moment of a recording, as a pinpoint writes it: ``00:03:10``."""
    seconds = max(0, milliseconds) // 1_000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class StoredDevice(QIODevice):
    """A stored file as Qt reads it; the bytes are decrypted as they are asked for."""

    def __init__(self, stream: BinaryIO, size: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._stream = stream
        self._size = size
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def isSequential(self) -> bool:
        """Any place can be read."""
        return False

    def size(self) -> int:
        """Bytes."""
        return self._size

    def readData(self, maxlen: int) -> object:
        """The next bytes; less where the store cannot be read."""
        try:
            self._stream.seek(self.pos())
            return self._stream.read(maxlen)
        except (MagdeskError, OSError, ValueError):
            return b""

    def writeData(self, data: object, length: int) -> int:
        """Never."""
        return -1

    def close(self) -> None:
        """Give the stream back."""
        super().close()
        self._stream.close()


class MediaView(View):
    """A player with a line of time."""

    def __init__(self, theme: Theme, modules: tuple[Any, Any]) -> None:
        super().__init__()
        self._theme = theme
        core, widgets = modules
        self._core = core
        self._device: StoredDevice | None = None
        self.player = core.QMediaPlayer(self)
        self._sound = core.QAudioOutput(self)
        self.player.setAudioOutput(self._sound)
        self.picture = widgets.QVideoWidget()
        self.player.setVideoOutput(self.picture)
        self.play_button = QToolButton()
        self.play_button.setIconSize(QSize(22, 22))
        self.play_button.clicked.connect(self.toggle)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Moment"))
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(30_000)
        self.slider.sliderMoved.connect(self.player.setPosition)
        self.moment = QLabel(clock(0))
        self.moment.setMinimumWidth(130)
        self.trouble = QLabel()
        self.trouble.setObjectName("muted")
        self.trouble.setWordWrap(True)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout()
        line.setContentsMargins(14, 8, 14, 10)
        line.setSpacing(10)
        line.addWidget(self.play_button)
        line.addWidget(self.slider, 1)
        line.addWidget(self.moment)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.picture, 1)
        box.addWidget(self.trouble)
        box.addLayout(line)
        self.setFocusProxy(self.slider)
        self.player.positionChanged.connect(self._on_moved)
        self.player.durationChanged.connect(lambda length: self.slider.setRange(0, int(length)))
        self.player.playbackStateChanged.connect(lambda _state: self._show_state())
        self.player.errorOccurred.connect(lambda _code, text: self.trouble.setText(str(text)))
        self._show_state()

    def show_media(self, stream: BinaryIO, size: int, name: str, *, film: bool) -> None:
        """Load a recording; it does not begin to play by itself."""
        self.leave()
        self.trouble.setText("" if film else name)
        self.picture.setVisible(film)
        self._device = StoredDevice(stream, size, self)
        self.player.setSourceDevice(self._device)

    def toggle(self) -> None:
        """Play, or hold."""
        playing = self.player.playbackState() == self._core.QMediaPlayer.PlaybackState.PlayingState
        self.player.pause() if playing else self.player.play()

    def go_to(self, milliseconds: int) -> None:
        """Go to a moment."""
        self.player.setPosition(max(0, milliseconds))

    def _on_moved(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(int(position))
        self.moment.setText(f"{clock(int(position))} / {clock(int(self.player.duration()))}")
        self.selection_changed.emit()

    def _show_state(self) -> None:
        playing = self.player.playbackState() == self._core.QMediaPlayer.PlaybackState.PlayingState
        text = _("Hold (Space)") if playing else _("Play (Space)")
        self.play_button.setIcon(self._theme.icon("hold" if playing else "play", "ink"))
        self.play_button.setToolTip(text)
        self.play_button.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and holds, the arrows move."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go_to(self.player.position() + (_STEP if event.key() == Qt.Key.Key_Right else -_STEP))
        else:
            super().keyPressEvent(event)

    def passage(self) -> Passage:
        """The moment that is heard or seen."""
        return Passage(PinpointKind.TIME, clock(int(self.player.position())))

    def leave(self) -> None:
        """Stop and give the file back."""
        self.player.stop()
        self.player.setSourceDevice(None)
        if self._device is not None:
            self._device.close()
            self._device.deleteLater()
            self._device = None
