"""A case whose every field holds markup is walked through in the window, under a watch that nothing is opened.

    python -m tests.bench.markup

prints what was walked, what was opened (nothing) and what was taken for markup (nothing). Where ``strace`` is there,
the whole walk runs under it, so that an attempt to reach ``//host/share`` or a network is seen in the system calls.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from magdesk.casefile import CaseFile
from magdesk.errors import UserError
from magdesk.gui.app import create_window
from magdesk.gui.crash import CrashDialog
from magdesk.gui.forms.cards import Cards
from magdesk.gui.pages.splitting import SplitDialog
from magdesk.gui.plain import PlainEdit
from magdesk.gui.prompts import DialogPrompts
from magdesk.gui.start.rekey import RekeyDialog
from magdesk.gui.window.actions import PAGES
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.palette import CommandPalette
from magdesk.gui.window.shell import Window
from magdesk.gui.window.shortcuts import ShortcutTable
from magdesk.model import Authority, Case, Fact
from magdesk.services.evidence.adding import add_bytes
from magdesk.values import now
from tests.shared import CHEAP
from tests.system.canary import rows_of_every_kind

PASSPHRASE = "four words make sense"
WIDEST = 1920
"""Pixels: a window that cannot be made narrower than this has let a text push it apart."""

_ROWS = 5  # rows of a list that are looked at
_PATIENCE = 5.0  # seconds for jobs; what is shown later is seen at the next look
_IN_OPEN, _IN_NONBLOCK = 0x20, 0o4000


def markup(trap: Path) -> str:
    """Text that would open a file, a share and a page, wherever it is taken for markup."""
    return (
        f'<b>B</b><img src="{trap.as_uri()}"><img src="//host/share/x.png"><a href="http://example.org/">l</a>'
        f'<link rel="stylesheet" href="{trap.as_uri()}">'
    )


BIDI = "\u202e\u2066\u202d\u202b" * 50 + "gnp.exe"
LONG = "kilobyte " * 11_400


class Trap:
    """A picture that nobody has a reason to open, and a watch over the folder in which it lies.

    The kernel tells of every opening of a file there, by whatever library.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "trap.png"
        image = QImage(8, 8, QImage.Format.Format_RGB32)
        image.fill(0)
        assert image.save(str(self.path))
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._watch = self._libc.inotify_init1(_IN_NONBLOCK)
        assert self._libc.inotify_add_watch(self._watch, os.fsencode(folder), _IN_OPEN) > 0

    def sprung(self) -> bool:
        """Whether something was opened since this was last asked."""
        try:
            return bool(os.read(self._watch, 1 << 16))
        except BlockingIOError:
            return False

    def close(self) -> None:
        """Watch no longer."""
        os.close(self._watch)


@dataclass
class Seen:
    """What a walk met.

    Attributes:
        places: pages, dialogs and panels, with what each took in seconds.
        wrong: whatever was taken for markup, opened, or pushed the window apart.
    """

    places: dict[str, float] = field(default_factory=dict)
    widgets: int = 0
    tips: int = 0
    wrong: list[str] = field(default_factory=list)


def build(path: Path, text: str) -> None:
    """A case with that text in every text column of every table, and evidence of many kinds that says it too."""
    with CaseFile.create(path, PASSPHRASE, cost=CHEAP, backups=False) as case:
        with case.change("Fill") as session:
            made = Case(created_at=now())
            for column in ("title", "country", "summary"):
                if hasattr(made, column):
                    setattr(made, column, text)
            session.add(made)
            session.add(Authority(regime="us-glomag"))
            session.add_all(rows_of_every_kind(text))
            session.add(Fact(text=f"{text}. {text}."))
        mail = EmailMessage()
        mail["From"], mail["To"] = "a@example.org", "b@example.org"
        mail["Subject"] = re.sub(r"\s+", " ", text)[:500]
        mail.set_content(text)
        mail.add_attachment(text.encode(), maintype="text", subtype="plain", filename=text[:200].replace("/", "_"))
        short = text[:180]
        for name, data in (
            (f"{short}.txt", text.encode()),
            (f"{short}.html", f"<html><body><p>word</p>{text}</body></html>".encode()),
            (f"{short}.csv", f'a,b\n"{text.replace(chr(34), chr(34) * 2)}",2\n'.encode()),
            (f"{short}.eml", mail.as_bytes()),
            (f"{short}.bin", b"\0\1\2" + text.encode()),
        ):
            report = add_bytes(case, name, data)
            assert report.taken, report.refused


class Walk:
    """Goes through everything that the window can show."""

    def __init__(self, app: QApplication, window: Window, text: str, trap: Trap | None) -> None:
        self._app, self._window, self._text, self._trap = app, window, text, trap
        self.seen = Seen()
        self._pointed: set[str] = set()  # tooltips that were raised in this place

    def before_a_case(self, case: Path) -> None:
        """The pages before a case is open, with a path that holds the text."""
        window = self._window
        folder = case.parent / self._text.replace("/", "∕").encode()[:180].decode(errors="ignore")
        folder.mkdir(exist_ok=True)
        copy = folder / case.name
        shutil.copyfile(case, copy)
        window.settings.remember = True
        window.settings.note_opened(copy)
        with self._place("start"):
            window.show_start()
        with self._place("new case"):
            window.show_new()
            assert window.new is not None
            window.new.path_line.setText(str(folder / "Dropbox" / "x.magdesk"))
            window.new.complain(self._text)
        with self._place("unlock"):
            window.show_unlock(copy)
            window.unlock.complain(self._text)

    def case(self) -> None:
        """All pages, panels and dialogs of the open case."""
        view = self._window.view
        assert view is not None
        for code, _title in PAGES:
            with self._place(code):
                view.show_page(code)
                self._settle()
                self._go_through(view.page)
        self._parts(view)

    def _parts(self, view: CaseView) -> None:
        desk, window = view.desk, self._window
        with self._place("toast, banner, job"):
            desk.notice_requested.emit(self._text, True)
            view.jobs.banner.say(self._text)
            job = window.runner.submit(
                self._text, lambda _progress, cancel: _wait(cancel.check), done=_nothing, failed=_nothing
            )
            self._settle()
            self._look()
            job.cancel()
            view.jobs.banner.hide()
        with self._place("custody"):
            custody = view.show_custody()
            self._settle()
            self._go_through(custody)
            self._look()
            custody.close()
        with self._place("search"):
            view.open_search()
            panel = view.findChild(CommandPalette)
            assert panel is not None
            panel.line.setText("kilobyte" if self._text == LONG else "img")
            self._settle()
            self._look()
            panel.close()
        fact = desk.rows(Fact)[-1]
        for name, dialog in (
            ("split", SplitDialog(desk, fact, 3, window)),
            ("passphrase", RekeyDialog(desk, window)),
            ("shortcuts", ShortcutTable(window)),
            ("crash", CrashDialog(self._text)),
        ):
            with self._place(name):
                dialog.open()
                self._settle()
                self._look()
                dialog.close()
        self._boxes()

    def _boxes(self) -> None:
        prompts, window = DialogPrompts(), self._window
        asking: tuple[tuple[str, Callable[[], None]], ...] = (
            ("box: tell", lambda: prompts.tell(window, self._text, self._text)),
            ("box: confirm", lambda: _nothing(prompts.confirm(window, self._text, self._text, self._text[:60]))),
            ("box: fail", lambda: prompts.fail(window, UserError(self._text, self._text))),
        )
        for name, ask in asking:
            with self._place(name):
                timer = QTimer(self._window, singleShot=True, interval=0)
                timer.timeout.connect(self._look_and_dismiss)
                timer.start()
                ask()

    def _look_and_dismiss(self) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        self._look()
        screen = box.screen().availableGeometry()
        if box.height() > 2 * screen.height() or box.width() > 2 * screen.width():
            self.seen.wrong.append(f"a box of {box.width()} x {box.height()} pixels")
        box.reject()

    @contextmanager
    def _place(self, name: str) -> Iterator[None]:
        known, started = len(self.seen.wrong), time.monotonic()
        self._pointed.clear()
        yield
        self._settle()
        self._look()
        self.seen.places[name] = time.monotonic() - started
        if "MAGDESK_BENCH_TELL" in os.environ:
            print(name, round(self.seen.places[name], 1), file=sys.stderr, flush=True)
        self.seen.wrong[known:] = [f"{name}: {one}" for one in self.seen.wrong[known:]]

    def _settle(self) -> None:
        for _round in range(3):
            self._app.processEvents()
        patience = time.monotonic() + _PATIENCE
        while [job for job in self._window.runner.jobs if job.title != self._text] and time.monotonic() < patience:
            self._app.processEvents()
            time.sleep(0.002)
        self._app.processEvents()

    def _go_through(self, root: QWidget) -> None:
        """Each tab, each row of each list, each card."""
        for tabs in [root, *root.findChildren(QTabWidget)]:
            if isinstance(tabs, QTabWidget):
                for place in range(tabs.count()):
                    tabs.setCurrentIndex(place)
                    self._settle()
        for view in root.findChildren(QAbstractItemView):
            model: QAbstractItemModel | None = view.model()
            if model is None or not view.isVisible():
                continue
            for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
                view.setCurrentIndex(model.index(row, 0))
                self._settle()
                self._cards(root)
            self._look()

    def _cards(self, root: QWidget) -> None:
        for cards in root.findChildren(Cards):
            for card in list(cards._cards.values())[:2]:
                if not card.head.isChecked() and card.isVisible():
                    card.head.setChecked(True)
        self._settle()
        self._look()

    # ------------------------------------------------------------------------------------------- looking

    def _look(self) -> None:
        if self._trap is not None and self._trap.sprung():
            self.seen.wrong.append("the trap was opened")
        for widget in QApplication.allWidgets():
            self.seen.widgets += 1
            if not isValid(widget) or not widget.isVisible():  # looking at one may take others down
                continue
            if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
                self.seen.wrong.append(f"a label takes markup: {widget.objectName()!r} {widget.text()[:60]!r}")
            if isinstance(widget, QTextEdit) and not isinstance(widget, PlainEdit):
                self.seen.wrong.append(f"an editor opens what it is told: {widget!r}")
            self._point_at(widget)
        for window in (self._window, *self._window.findChildren(QDialog)):
            if window.isVisible() and window.minimumSizeHint().width() > WIDEST:
                self.seen.wrong.append(f"pushed apart to {window.minimumSizeHint().width()} pixels")

    def _point_at(self, widget: QWidget) -> None:
        """Let the tooltip come, as under a mouse that rests."""
        if isinstance(widget, QAbstractItemView):
            model = widget.model()
            if model is None:
                return
            wide = 1 if isinstance(model, QAbstractListModel) else min(model.columnCount(QModelIndex()), 8)
            for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
                for column in range(wide):
                    told = str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")
                    place = widget.visualRect(model.index(row, column)).center()
                    if told in self._pointed:
                        continue
                    self._pointed.add(told)
                    if widget.viewport().rect().contains(place):
                        self._raise_tip(widget.viewport(), place)
        elif widget.toolTip() and widget.toolTip() not in self._pointed:
            self._pointed.add(widget.toolTip())
            self._raise_tip(widget, widget.rect().center())

    def _raise_tip(self, widget: QWidget, place: QPoint) -> None:
        event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QLabel) and shown.windowType() is Qt.WindowType.ToolTip and shown.isVisible():
                self.seen.tips += 1
                if shown.textFormat() is not Qt.TextFormat.PlainText:
                    self.seen.wrong.append(f"a tooltip takes markup: {shown.text()[:60]!r}")
                if shown.width() > WIDEST or shown.height() > 2 * WIDEST:
                    self.seen.wrong.append(f"a tooltip of {shown.width()} x {shown.height()} pixels")


def _nothing(_result: object) -> None:
    """Nobody waits for it."""


def _wait(check: Callable[[], None]) -> None:
    while True:
        check()
        time.sleep(0.01)


def walk(app: QApplication, window: Window, folder: Path, text: str, trap: Trap | None) -> Seen:
    """Make the case, walk through it in the window, close it."""
    path = folder / "case.magdesk"
    build(path, text)
    going = Walk(app, window, text, trap)
    window.show()
    if trap is not None:
        trap.sprung()
    going.before_a_case(path)
    window.open_case(CaseFile.open(path, PASSPHRASE, cost=CHEAP, backups=False))
    going.case()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QLabel | QDialog):
            one.close()
    window.close_case()
    while window.runner.jobs:
        app.processEvents()
    return going.seen


KINDS = ("markup", "bidi", "long")


def text_of(kind: str, trap: Path) -> str:
    """The text of that kind."""
    return {"markup": markup(trap), "bidi": BIDI, "long": LONG}[kind]


_TOUCHED = re.compile(r"(host/share|/trap/trap\.png|AF_INET)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk with each kind of text; 1 when anything was opened or taken for markup."""
    parser = argparse.ArgumentParser(description="Walk through a case that is all markup.")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--kind", choices=KINDS, help="one kind of text alone")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if options.child is not None:
        return _child(options.child)
    strace = shutil.which("strace")
    print("watched by the kernel (inotify)" + (" and by strace" if strace else "; no strace here"))
    return max(_run(kind, strace) for kind in ([options.kind] if options.kind else KINDS))


def _run(kind: str, strace: str | None) -> int:
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as folder:
        log = Path(folder) / "calls"
        command = [sys.executable, "-m", "tests.bench.markup", "--child", kind]
        if strace:
            command = [strace, "-f", "-qq", "-e", "trace=openat,open,connect,socket", "-o", str(log), *command]
        home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"), folder)
        code = subprocess.run(command, check=False, env={**os.environ, **home}).returncode
        if strace:
            calls = log.read_text(errors="replace")
            # What the walk itself makes: the trap, before it is watched.
            touched = [line for line in calls.splitlines() if _TOUCHED.search(line) and "O_CREAT" not in line]
            print(
                f"  {len(calls.splitlines()):,} system calls looked at; {len(touched)} touched the trap or a network"
            )
            for line in touched[:20]:
                print("   ", line)
            code = code or bool(touched)
        return code


def _child(kind: str) -> int:
    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as name:
        folder, home = Path(name) / "trap", Path(name) / "home"
        folder.mkdir()
        home.mkdir()
        trap = Trap(folder)
        window = create_window(app, today=lambda: date(2026, 3, 5))
        seen = walk(app, window, home, text_of(kind, trap.path), trap)
        window.close()
        trap.close()
    places, slowest = seen.places, max(seen.places, key=lambda one: seen.places[one])
    print(f"{kind}: {len(places)} places, {seen.widgets:,} looks at widgets, {seen.tips:,} tooltips raised")
    print(f"  slowest: {slowest}, {places[slowest]:.1f} s")
    print(f"  opened or taken for markup: {len(seen.wrong)}")
    for one in dict.fromkeys(seen.wrong):
        print("   ", one)
    return bool(seen.wrong)


if __name__ == "__main__":
    sys.exit(main())
