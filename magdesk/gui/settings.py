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
