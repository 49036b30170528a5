"""Starts the window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from magdesk import __version__, log
from magdesk.gui.crash import CrashHandler
from magdesk.gui.prompts import DialogPrompts, Prompts
from magdesk.gui.settings import Settings
from magdesk.gui.shell import Window
from magdesk.gui.theme import Theme


def create_window(
    app: QApplication,
    *,
    prompts: Prompts | None = None,
    settings: Settings | None = None,
    today: Callable[[], date] = date.today,
) -> Window:
    """The main window with everything it needs, not yet shown.

    Args:
        prompts: how the window asks; the desktop's dialogs when none are given.
        settings: what it remembers; the user's when none are given.
        today: the present day.
    """
    settings = settings or Settings()
    theme = Theme(app, settings.appearance)
    return Window(theme, settings, prompts or DialogPrompts(), today)


def run() -> None:
    """Run the window until it is closed. The one optional argument is the path of a case file."""
    log.setup(verbose="--verbose" in sys.argv)
    app = QApplication(sys.argv)
    app.setApplicationName("MagDesk")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("magdesk")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    CrashHandler().install()
    window = create_window(app)
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    if paths:
        window.show_unlock(paths[0])
    else:
        window.show_start()
    window.show()
    window.get_ready()
    sys.exit(app.exec())


if __name__ == "__main__":
    run()
