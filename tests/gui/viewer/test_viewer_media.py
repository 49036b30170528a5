"""The player of recordings, over a backend that only pretends: orders are posted, moments cited, files given back."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QIODevice, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.theme import Theme
from magdesk.gui.viewer.mediaview import MediaView, clock
from magdesk.gui.viewer.view import Passage
from magdesk.model.facts import PinpointKind


class FakePlayer(QObject):
    """Notes what it is told, in order; reads the device when it is loaded, as the real one does."""

    class PlaybackState(Enum):
        StoppedState = 0
        PlayingState = 1
        PausedState = 2

    positionChanged = Signal(int)
    durationChanged = Signal(int)
    playbackStateChanged = Signal(object)
    errorOccurred = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.told: list[str] = []
        self.head = b""
        self._state, self._at, self._length = self.PlaybackState.StoppedState, 0, 0

    def isAvailable(self) -> bool:
        return True

    def setAudioOutput(self, _output: object) -> None: ...

    def setVideoOutput(self, _output: object) -> None: ...

    def playbackState(self) -> PlaybackState:
        return self._state

    def position(self) -> int:
        return self._at

    def duration(self) -> int:
        return self._length

    def _turn(self, state: PlaybackState, word: str) -> None:
        self.told.append(word)
        self._state = state
        self.playbackStateChanged.emit(state)

    @Slot()
    def play(self) -> None:
        self._turn(self.PlaybackState.PlayingState, "play")

    @Slot()
    def pause(self) -> None:
        self._turn(self.PlaybackState.PausedState, "pause")

    @Slot()
    def stop(self) -> None:
        self._turn(self.PlaybackState.StoppedState, "stop")

    @Slot("qlonglong")
    def setPosition(self, position: int) -> None:
        self.told.append(f"seek {position}")
        self._at = position
        self.positionChanged.emit(position)

    @Slot(QIODevice)
    def setSourceDevice(self, device: QIODevice) -> None:
        self.told.append("load")
        self.head = bytes(device.read(4).data())
        self._length = 200_000
        self.durationChanged.emit(self._length)

    @Slot(QUrl)
    def setSource(self, source: QUrl) -> None:
        self.told.append("unload")
        assert source.isEmpty()


class Watched(BytesIO):
    """A stream that says whether it was given back."""


@pytest.fixture
def media(theme: Theme, qtbot: QtBot) -> Iterator[MediaView]:
    core: Any = SimpleNamespace(__file__="/nowhere/QtMultimedia", QMediaPlayer=FakePlayer, QAudioOutput=QObject)
    made = MediaView(theme, (core, SimpleNamespace(QVideoWidget=QWidget)))
    window = QDialog()
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.show()
    yield made
    made.leave()
    window.close()


def test_it_is_handed_to_the_decoders_only_when_it_is_played(media: MediaView, qtbot: QtBot) -> None:
    media.show_media(Watched(b"RIFFdata"), 8, "call.wav", film=False, length=61.5)
    qtbot.wait(20)
    assert media.player.told == []
    assert media.moment.text() == "00:00:00 / 00:01:01"
    assert media.trouble.text() == "call.wav"
    media.play_button.click()
    qtbot.waitUntil(lambda: media.player.told == ["load", "play"])
    assert media.player.head == b"RIFF"
    assert media.slider.maximum() == 200_000
    assert media.play_button.accessibleName() == "Pause (Space)"


def test_keys_play_hold_and_move_and_the_moment_is_cited(media: MediaView, qtbot: QtBot) -> None:
    media.show_media(Watched(b"RIFFdata"), 8, "call.wav", film=True)
    assert media.passage() == Passage(PinpointKind.TIME, "00:00:00")
    QTest.keyClick(media.slider, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: media.playing)
    media.go_to(190_000)
    qtbot.waitUntil(lambda: media.position == 190_000)
    assert media.passage() == Passage(PinpointKind.TIME, "00:03:10")
    assert media.slider.value() == 190_000
    QTest.keyClick(media.slider, Qt.Key.Key_Right)
    QTest.keyClick(media.slider, Qt.Key.Key_Left)
    media.go_to(10_000_000)
    qtbot.waitUntil(lambda: media.player.told[-1] == "seek 200000")
    QTest.keyClick(media.slider, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not media.playing)


def test_the_file_is_given_back_after_the_player_let_go(media: MediaView, qtbot: QtBot) -> None:
    first, second = Watched(b"one!"), Watched(b"two!")
    media.show_media(first, 4, "1.mp3", film=False)
    media.toggle()
    qtbot.waitUntil(lambda: media.playing)
    media.show_media(second, 4, "2.mp3", film=False)
    assert not first.closed  # the player may still be reading
    qtbot.waitUntil(lambda: first.closed)
    assert media.player.told == ["load", "play", "stop", "unload"]
    assert not second.closed
    media.leave()
    qtbot.waitUntil(lambda: second.closed)
    media.leave()


def test_trouble_is_said(media: MediaView) -> None:
    media.show_media(Watched(b"????"), 4, "1.mp3", film=True)
    media.player.errorOccurred.emit(None, "cannot be decoded")
    assert media.trouble.text() == "cannot be decoded"


def test_moments_read_as_a_pinpoint_writes_them() -> None:
    assert [clock(ms) for ms in (-5, 0, 190_999, 3_600_000)] == ["00:00:00", "00:00:00", "00:03:10", "01:00:00"]
