"""What the desktop tells: the computer goes to sleep, the screen is locked."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

_LOGIN, _MANAGER = "org.freedesktop.login1", "org.freedesktop.login1.Manager"
_SCREENS = tuple(f"org.{name}.ScreenSaver" for name in ("freedesktop", "gnome", "cinnamon", "mate"))

# winuser.h, wtsapi32.h
WM_POWERBROADCAST, PBT_APMSUSPEND = 0x218, 0x4
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x2B1, 0x7


class Session(QObject):
    """The user's session on this computer.

    On Linux the messages come over the local message bus (a UNIX socket, never a network); on Windows as window
    messages. On macOS nobody tells: there the clock of :class:`~magdesk.gui.locking.attention.Attention` must do.

    Attributes:
        sleeping: the computer is about to sleep.
        locked: the screen was locked.
    """

    sleeping = Signal()
    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._delay: QDBusUnixFileDescriptor | None = None
        self._going_to_sleep = False
        self._native: _WindowsMessages | None = None

    def listen(self, window: int = 0) -> list[str]:
        """Begin to listen.

        Args:
            window: handle of the main window, for Windows.

        Returns:
            What is heard from now on, as names of signals of the system.
        """
        if sys.platform == "win32":
            self._native = _WindowsMessages(self)
            QCoreApplication.instance().installNativeEventFilter(self._native)
            return ["WM_POWERBROADCAST", *(["WM_WTSSESSION_CHANGE"] if _register(window) else [])]
        return self._listen_to_buses() if sys.platform == "linux" else []

    def _listen_to_buses(self) -> list[str]:
        heard = []
        system, desktop = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            if system.connect("", "", _MANAGER, "PrepareForSleep", self, _slot("_going(bool)")):
                heard.append("PrepareForSleep")
            path = session_path(os.environ.get("XDG_SESSION_ID", ""))
            if system.connect("", path, f"{_LOGIN}.Session", "Lock", self, _slot("_locking()")):
                heard.append("Session.Lock")
            self._hold_back()
        if desktop.isConnected():
            heard += [
                f"{name}.ActiveChanged"
                for name in _SCREENS
                if desktop.connect("", "", name, "ActiveChanged", self, _slot("_screen(bool)"))
            ]
        return heard

    def _hold_back(self) -> None:
        """Ask for the few seconds that locking needs before the computer sleeps; they end with this process."""
        ask = QDBusMessage.createMethodCall(_LOGIN, "/org/freedesktop/login1", _MANAGER, "Inhibit")
        ask.setArguments(["sleep", "MagDesk", "The case is locked first", "delay"])
        QDBusConnection.systemBus().callWithCallback(ask, self, _slot("_held(QDBusUnixFileDescriptor)"), timeout=5000)

    @Slot(QDBusUnixFileDescriptor)
    def _held(self, descriptor: QDBusUnixFileDescriptor) -> None:
        self._delay = descriptor

    def let_sleep(self) -> None:
        """What had to be done before the computer sleeps is done."""
        if self._going_to_sleep:
            self._delay = None

    @Slot(bool)
    def _going(self, going: bool) -> None:
        self._going_to_sleep = going
        if going:
            self.sleeping.emit()
        elif self._delay is None:
            self._hold_back()

    @Slot()
    def _locking(self) -> None:
        self.locked.emit()

    @Slot(bool)
    def _screen(self, active: bool) -> None:
        if active:
            self.locked.emit()


def _slot(signature: str) -> Any:
    # Typed as bytes in the library's stubs; what it takes is text.
    return SLOT(signature)


def session_path(session: str) -> str:
    """The bus path of a session of systemd-logind by its id; empty, which is any, when there is none.

    Letters and digits stand for themselves, but for a digit at the beginning; all else as ``_`` and two hex digits
    (sd_bus_path_encode(3)).
    """
    if not session:
        return ""
    coded = re.sub(r"[^A-Za-z0-9]|^[0-9]", lambda found: f"_{ord(found[0]):02x}", session)
    return f"/org/freedesktop/login1/session/{coded}"


def windows_meaning(message: int, reason: int) -> str:
    """What a window message of Windows says: ``sleeping``, ``locked`` or nothing."""
    if (message, reason) == (WM_POWERBROADCAST, PBT_APMSUSPEND):
        return "sleeping"
    return "locked" if (message, reason) == (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK) else ""


class _WindowsMessages(QAbstractNativeEventFilter):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        from ctypes import wintypes  # noqa: PLC0415

        if QByteArray(kind).data() == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            meaning = windows_meaning(told.message, told.wParam)
            if meaning == "sleeping":
                self._session.sleeping.emit()
            elif meaning == "locked":
                self._session.locked.emit()
        return False, 0


def _register(window: int) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0))
    return False
