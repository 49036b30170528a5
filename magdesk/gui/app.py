"""Starts the window."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from magdesk import __version__, log
from magdesk.commandline import CommandLine
from magdesk.errors import UserError
from magdesk.gui.crash import CrashHandler
from magdesk.gui.prompts import DialogPrompts, Prompts
from magdesk.gui.settings import Settings
from magdesk.gui.theme import Theme
from magdesk.gui.window.shell import Window
from magdesk.hardening import harden
from magdesk.services.passphrases import readings


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
    """Run the window until it is closed."""
    harden()
    options = _arguments(sys.argv[1:])
    log.setup(verbose=options.verbose)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("MagDesk")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("magdesk")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    CrashHandler().install()
    window = create_window(app)
    if options.case is None:
        window.show_start()
    else:
        window.show_unlock(options.case)
        if options.passphrase_file is not None:
            window.unlock.unlock_requested.emit(_phrase_in(options.passphrase_file), False)
    window.show()
    window.get_ready()
    sys.exit(app.exec())


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = CommandLine(prog="magdesk-gui", description="The MagDesk window.")
    parser.add_argument("case", type=Path, nargs="?", metavar="CASE", help="a case file to open")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read its passphrase from this file")
    parser.add_argument("--verbose", action="store_true", help="log to standard error (ids, never names)")
    return parser.parse_args(arguments)


def _phrase_in(path: Path) -> str:
    try:
        return readings(path)[0]
    except UserError:
        # An empty passphrase is refused by the unlock page, which says so and lets the user type.
        return ""


if __name__ == "__main__":
    run()
