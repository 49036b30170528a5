"""Starts the window."""

from __future__ import annotations

import argparse
import os
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
from magdesk.gui.guard import Guard
from magdesk.gui.locking.restart import OPTION, PASSPHRASE_VARIABLE, Beginning, Restart, Resume, this_program
from magdesk.gui.plain import keep_plain
from magdesk.gui.prompts import DialogPrompts, Prompts
from magdesk.gui.settings import Settings
from magdesk.gui.theme import Theme
from magdesk.gui.window.shell import Window
from magdesk.hardening import harden
from magdesk.intake.sandbox.command import is_worker
from magdesk.packet.workers import main as work
from magdesk.services.passphrases import readings


def create_window(
    app: QApplication,
    *,
    prompts: Prompts | None = None,
    settings: Settings | None = None,
    today: Callable[[], date] = date.today,
    restart: Restart | None = None,
) -> Window:
    """The main window with everything it needs, not yet shown.

    Args:
        prompts: how the window asks; the desktop's dialogs when none are given.
        settings: what it remembers; the user's when none are given.
        today: the present day.
        restart: starts the process anew when the case is locked; without it, the window only closes the case.
    """
    keep_plain(app)
    settings = settings or Settings()
    theme = Theme(app, settings.appearance)
    if settings.points:
        theme.set_points(settings.points)
    return Window(theme, settings, prompts or DialogPrompts(), today, restart)


def run() -> None:
    """Run the window until it is closed."""
    harden()
    if is_worker(sys.argv[1:]):  # a program frozen into one file starts itself
        work(sys.argv[2:])
        return
    options = _arguments(sys.argv[1:])
    log.setup(verbose=options.verbose)
    beginning = Beginning(this_program(["--verbose"] if options.verbose else []))
    told = Resume.read(options.resume_from) if options.resume_from is not None else Resume()
    passphrase = os.environ.pop(PASSPHRASE_VARIABLE, "")
    if passphrase:
        # Every program of this user can read what a process was given at its start: go on in one that was not.
        case = str(options.case.absolute()) if options.case is not None else ""
        beginning(Resume(case=case, passphrase=passphrase if case else ""))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("MagDesk")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("magdesk")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    keep_plain(app)
    CrashHandler().install()
    window = create_window(app, restart=beginning)
    if told.case:
        window.resume(told)
    elif options.case is None:
        window.show_start()
    else:
        window.show_unlock(options.case)
        if options.passphrase_file is not None:
            window.unlock.unlock_requested.emit(_phrase_in(options.passphrase_file), False)
    window.show()
    window.get_ready()
    guard = Guard(app, window)
    guard.login.listen(int(window.winId()))
    sys.exit(app.exec())


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = CommandLine(prog="magdesk-gui", description="Opens the MagDesk window.")
    parser.add_argument("case", type=Path, nargs="?", metavar="CASE", help="a case file to open")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read its passphrase from this file")
    parser.add_argument(OPTION, type=int, metavar="DESCRIPTOR", help=argparse.SUPPRESS)
    parser.add_argument("--verbose", action="store_true", help="log to standard error (IDs, never names)")
    return parser.parse_args(arguments)


def _phrase_in(path: Path) -> str:
    try:
        return readings(path)[0]
    except UserError:
        # An empty passphrase is refused by the unlock page, which says so and lets the user type.
        return ""


if __name__ == "__main__":
    run()
