"""Recordings: played from the encrypted case file where Qt's multimedia part and the system allow it."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from typing import Any, BinaryIO

from PySide6.QtCore import QEvent, QIODevice, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QVBoxLayout

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.view import Passage, View
from magdesk.gui.words import _
from magdesk.model.facts import PinpointKind

_LOADED_AS = re.compile(r"libavutil\.so\.\d+|libavutil\.\d+\.dylib|avutil-\d+\.dll")
_QUIET = -8  # AV_LOG_QUIET
_STEP = 5_000  # milliseconds that an arrow key moves


def multimedia() -> tuple[Any, Any] | None:
    """Qt's modules for players and for their pictures; none where they are not installed or cannot be loaded."""
    try:
        from PySide6 import QtMultimedia, QtMultimediaWidgets  # noqa: PLC0415  an optional part, large to load
    except ImportError:
        return None
    return QtMultimedia, QtMultimediaWidgets


def hush(core: Any) -> None:
    """Keep the decoders from writing what recordings say of themselves to the standard error, which desktops log.

    To be called when a player is there: Qt sets the level anew when it loads them.
    """
    folder = Path(core.__file__).parent
    for path in (*folder.glob("*avutil*"), *folder.glob("Qt/lib/libavutil*")):
        # Wheels hold the library under several names, each a file of its own; only this one is loaded by others.
        if _LOADED_AS.fullmatch(path.name):
            try:
                ctypes.CDLL(str(path)).av_log_set_level(_QUIET)
            except (OSError, AttributeError):
                continue


def playable(player: Any) -> bool:
    """Whether there is anything behind Qt's player that can decode."""
    return bool(player.isAvailable())


def clock(milliseconds: int) -> str:
    """A moment of a recording, as a pinpoint writes it: ``00:03:10``."""
    seconds = max(0, milliseconds) // 1_000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class StoredDevice(QIODevice):
    """A stored file as Qt reads it; the bytes are decrypted as they are asked for."""

    def __init__(self, stream: BinaryIO, size: int, parent: QObject) -> None:
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


class Remote(QObject):
    """Orders to the player, carried out by the event loop.

    The player reads the device in threads of its own, and waits for these when it is stopped, moved or loaded anew.
    Reading is done in Python: were the player called from Python, both would wait for each other for ever. The event
    loop holds no lock of the interpreter while it carries out what was posted to it.
    """

    play = Signal()
    pause = Signal()
    stop = Signal()
    seek = Signal("qlonglong")  # type: ignore[arg-type]
    load = Signal(QIODevice)
    unload = Signal(QUrl)
    done = Signal()

    def __init__(self, player: Any, parent: QObject) -> None:
        super().__init__(parent)
        posted = Qt.ConnectionType.QueuedConnection
        self.play.connect(player.play, posted)
        self.pause.connect(player.pause, posted)
        self.stop.connect(player.stop, posted)
        self.seek.connect(player.setPosition, posted)
        self.load.connect(player.setSourceDevice, posted)
        self.unload.connect(player.setSource, posted)


class MediaView(View):
    """A player with a timeline."""

    def __init__(self, theme: Theme, modules: tuple[Any, Any]) -> None:
        super().__init__()
        self._theme = theme
        core, widgets = modules
        self._core = core
        self._device: StoredDevice | None = None
        self._leaving: list[StoredDevice] = []  # the player may still read them
        self._length = 0
        self._loaded = False
        self.player = core.QMediaPlayer(self)
        hush(core)
        self.remote = Remote(self.player, self)
        self._sound = core.QAudioOutput(self)
        self.player.setAudioOutput(self._sound)
        self.picture = widgets.QVideoWidget()
        self.player.setVideoOutput(self.picture)
        self.play_button = QToolButton()
        self.play_button.setIconSize(QSize(22, 22))
        self.play_button.clicked.connect(self.toggle)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Position"))
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(30_000)
        self.slider.actionTriggered.connect(self._on_slider)
        self.moment = Label(clock(0))
        self.moment.setMinimumWidth(130)
        self.trouble = Label()
        self.trouble.setObjectName("muted")
        self.trouble.setWordWrap(True)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
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
        self.slider.installEventFilter(self)
        self.player.positionChanged.connect(self._on_moved)
        self.player.durationChanged.connect(self._on_length)
        self.player.playbackStateChanged.connect(self._show_state)
        self.player.errorOccurred.connect(self._on_trouble)
        self.remote.done.connect(self._on_left, Qt.ConnectionType.QueuedConnection)
        self._show_state()

    @property
    def available(self) -> bool:
        """Whether anything can be played."""
        return playable(self.player)

    def show_media(self, stream: BinaryIO, size: int, name: str, *, film: bool, length: float | None = None) -> None:
        """Have a recording ready. The decoders, which know no limits, get it only when somebody plays it.

        Args:
            length: in seconds, as far as it is known.
        """
        self.leave()
        self.trouble.setText("" if film else name)
        self.picture.setVisible(film)
        self._device = StoredDevice(stream, size, self)
        self._length = round((length or 0) * 1_000)
        self.slider.setRange(0, self._length)
        self._on_moved(0)

    def _load(self) -> None:
        if self._device is not None and not self._loaded:
            self._loaded = True
            self.remote.load.emit(self._device)

    @property
    def length(self) -> int:
        """How long it is, in milliseconds."""
        return int(self.player.duration()) or self._length

    @property
    def position(self) -> int:
        """The moment that is heard or seen, in milliseconds."""
        return int(self.player.position()) if self._loaded else 0

    def toggle(self) -> None:
        """Play, or hold."""
        self._load()
        self.remote.pause.emit() if self.playing else self.remote.play.emit()

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        return bool(self.player.playbackState() == self._core.QMediaPlayer.PlaybackState.PlayingState)

    def go_to(self, milliseconds: int) -> None:
        """Go to a moment."""
        self._load()
        self.remote.seek.emit(max(0, min(milliseconds, self.length)))

    def _on_slider(self) -> None:
        self.go_to(self.slider.sliderPosition())

    def _on_trouble(self, _code: object, text: str) -> None:
        self.trouble.setText(text)

    def _on_moved(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(int(position))
        self.moment.setText(f"{clock(int(position))} / {clock(self.length)}")
        self.selection_changed.emit()

    def _on_length(self, length: int) -> None:
        if length > 0:
            self.slider.setRange(0, int(length))
            self._on_moved(self.position)

    def _show_state(self) -> None:
        text = _("Pause (Space)") if self.playing else _("Play (Space)")
        self.play_button.setIcon(self._theme.icon("hold" if self.playing else "play", "ink"))
        self.play_button.setToolTip(text)
        self.play_button.setAccessibleName(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The slider has the focus; its arrows move by seconds, space plays."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP, Qt.Key.Key_Home: -(1 << 60)}
            if event.key() == Qt.Key.Key_Space:
                self.toggle()
                return True
            if event.key() in steps and not event.modifiers():
                self.go_to(self.position + steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def passage(self) -> Passage:
        """The moment that is heard or seen."""
        return Passage(PinpointKind.TIME, clock(self.position))

    def leave(self) -> None:
        """Stop and give the file back, when the player has let go of it."""
        if self._device is None:
            return
        if self._loaded:
            self._loaded = False
            self.remote.stop.emit()
            self.remote.unload.emit(QUrl())
        self._leaving.append(self._device)
        self._device = None
        self.remote.done.emit()

    def _on_left(self) -> None:
        """What was posted before is done: the player no longer reads."""
        device = self._leaving.pop(0)
        device.close()
        device.deleteLater()
