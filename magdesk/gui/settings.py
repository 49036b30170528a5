"""What the window remembers between starts. Nothing of a case: paths of cases only where the user asks for it."""

from __future__ import annotations

import getpass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from magdesk import paths
from magdesk.gui.theme import Appearance

_RECENT = 8


class Settings:
    """Settings in the user's configuration folder."""

    def __init__(self) -> None:
        self._store = QSettings(str(paths.user_config() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        """Which theme."""
        value = str(self._store.value("appearance", Appearance.SYSTEM.value))
        return Appearance(value) if value in set(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, value: Appearance) -> None:
        self._store.setValue("appearance", value.value)

    @property
    def points(self) -> float:
        """Size of the letters in points; 0 for the desktop's own."""
        return float(self._number("points", 0, 100))

    @points.setter
    def points(self, value: float) -> None:
        self._store.setValue("points", round(value))

    @property
    def who(self) -> str:
        """The name that stands in the history of changes."""
        return str(self._store.value("who", "")) or _login()

    @who.setter
    def who(self, value: str) -> None:
        self._store.setValue("who", value)

    @property
    def remember(self) -> bool:
        """Whether paths of cases are kept. Off until the user turns it on: a path can hold a name."""
        return str(self._store.value("remember", "false")) == "true"

    @remember.setter
    def remember(self, value: bool) -> None:
        self._store.setValue("remember", "true" if value else "false")
        if not value:
            self._store.remove("recent")
            self._store.sync()

    @property
    def recent(self) -> list[Path]:
        """Paths of the cases opened last, newest first; empty unless the user asked for it."""
        if not self.remember:
            return []
        found = self._store.value("recent", [])
        return [Path(str(path)) for path in (found if isinstance(found, list) else [found]) if path]

    def note_opened(self, path: Path) -> None:
        """Remember a case, if the user asked for it."""
        if self.remember:
            rest = [known for known in self.recent if known != path]
            self._store.setValue("recent", [str(path) for path in [path, *rest][:_RECENT]])

    @property
    def idle_minutes(self) -> int:
        """Minutes without a touch after which the case is locked; 0 for never."""
        return self._number("lock/idle_minutes", 10, 24 * 60)

    @idle_minutes.setter
    def idle_minutes(self, value: int) -> None:
        self._store.setValue("lock/idle_minutes", value)

    @property
    def lock_with_screen(self) -> bool:
        """Whether the case is locked when the screen is. With the sleep of the computer it always is."""
        return str(self._store.value("lock/with_screen", "true")) == "true"

    @lock_with_screen.setter
    def lock_with_screen(self, value: bool) -> None:
        self._store.setValue("lock/with_screen", "true" if value else "false")

    @property
    def clipboard_seconds(self) -> int:
        """Seconds after which copied text leaves the clipboard; 0 for never."""
        return self._number("lock/clipboard_seconds", 60, 3600)

    @clipboard_seconds.setter
    def clipboard_seconds(self, value: int) -> None:
        self._store.setValue("lock/clipboard_seconds", value)

    @property
    def kept_out_of_pictures(self) -> bool:
        """Whether the window is kept out of pictures of the screen, where the system can do that."""
        return str(self._store.value("lock/kept_out_of_pictures", "false")) == "true"

    @kept_out_of_pictures.setter
    def kept_out_of_pictures(self, value: bool) -> None:
        self._store.setValue("lock/kept_out_of_pictures", "true" if value else "false")

    @property
    def wrong_passphrases(self) -> tuple[int, float]:
        """How many wrong passphrases were typed since the last right one, and when the last: seconds since 1970."""
        count = self._number("lock/wrong_passphrases", 0, 10**6)
        try:
            return count, float(str(self._store.value("lock/wrong_at", "0")))
        except ValueError:
            return count, 0.0

    @wrong_passphrases.setter
    def wrong_passphrases(self, value: tuple[int, float]) -> None:
        self._store.setValue("lock/wrong_passphrases", value[0])
        self._store.setValue("lock/wrong_at", repr(value[1]))
        self._store.sync()  # at once: who ends the program now must not get his tries back

    def _number(self, key: str, default: int, most: int) -> int:
        try:
            return max(0, min(int(str(self._store.value(key, default))), most))
        except ValueError:
            return default

    @property
    def geometry(self) -> QByteArray | None:
        """Size and place of the window."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)


def _login() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return ""
