from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.errors import MagdeskError
from magdesk.gui.app import create_window
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.narrative import NarrativeEdit
from magdesk.gui.pages import evidence
from magdesk.gui.runner import Runner
from magdesk.gui.theme import Theme
from magdesk.gui.window import caseview
from magdesk.gui.window.shell import Window
from magdesk.model import Authority, Case
from magdesk.regimes import load_law
from magdesk.regimes.regime import Law
from magdesk.values import now
from tests.shared import CHEAP, SpareWorkers

TODAY = date(2026, 3, 5)
PASSPHRASE = "four words make sense"
PATIENCE = 60_000
"""Milliseconds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # Said by the platform without a display, whatever the window does.
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@dataclass
class FakePrompts:
    """Answers at once and remembers what was asked."""

    yes: bool = True
    choice: int | None = 0
    path: Path | None = None
    paths: Sequence[Path] = ()
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    failures: list[MagdeskError] = field(default_factory=list)

    def confirm(self, parent: QWidget, question: str, detail: str, action: str, *, grave: bool = False) -> bool:
        self.asked.append(f"{question} {detail}")
        return self.yes

    def choose(self, parent: QWidget, question: str, detail: str, actions: Sequence[str]) -> int | None:
        self.asked.append(f"{question} {detail} {' / '.join(actions)}")
        return self.choice

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        self.told.append(text)

    def fail(self, parent: QWidget, error: MagdeskError) -> None:
        self.failures.append(error)

    def new_file(self, parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
        return self.path

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        return self.path

    def open_files(self, parent: QWidget, title: str) -> Sequence[Path]:
        return self.paths

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.path


class FlashWatch(QObject):
    """Notes widgets that become windows of their own although nobody meant them to."""

    def __init__(self) -> None:
        super().__init__()
        self.flashes: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind of an event is asked last: there are millions of them, and it costs most.
        if isinstance(watched, QWidget) and watched.isWindow() and event.type() == QEvent.Type.Show:
            plain = watched.windowType() is Qt.WindowType.Window
            if plain and not isinstance(watched, Window | QDialog | Form | NarrativeEdit):
                self.flashes.append(f"{watched!r} {watched.objectName()}")
        return False


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, spare_workers: SpareWorkers) -> Iterator[None]:
    """Fail a test that leaves a window or a thread behind, or lets a part of a page flash up as a window."""
    threads = set(threading.enumerate())
    watch = FlashWatch()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert not watch.flashes
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not shown, f"windows left: {shown}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    new = set(threading.enumerate()) - threads - spare_workers.threads
    left = [one for one in new if not isinstance(one, threading._DummyThread)]
    assert not left, f"threads left: {left}"


@pytest.fixture(autouse=True)
def lazy_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """No garbage is collected while a case opens: all that a whole run of tests holds would be looked through."""
    idle = SimpleNamespace(collect=lambda: 0, freeze=lambda: None, unfreeze=lambda: None)
    monkeypatch.setattr(caseview, "gc", idle)
    monkeypatch.setattr(evidence, "gc", idle)


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


class PatientBot(QtBot):
    """Waits as long as a slow machine with other work may need, whatever a test asks for."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))

    def waitSignal(self, signal: Any, *, timeout: int = 0, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE), **options)

    def waitActive(self, widget: QWidget, *, timeout: int = 0) -> Any:
        return super().waitActive(widget, timeout=max(timeout, PATIENCE))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def prompts() -> FakePrompts:
    return FakePrompts()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new case whose key costs little to derive; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "case.magdesk"
    with (
        CaseFile.create(path, PASSPHRASE, cost=CHEAP, backups=False) as made,
        made.change("Create the case", base=True) as session,
    ):
        session.add(Case(title="Generica", created_at=now()))
        for rank, code in enumerate(("us-glomag", "us-7031c")):
            session.add(Authority(regime=code, rank=rank))
    return path


@pytest.fixture
def case(tmp_path: Path, template: Path) -> Iterator[CaseFile]:
    path = tmp_path / "case.magdesk"
    shutil.copy(template, path)
    made = CaseFile.open(path, PASSPHRASE, cost=CHEAP, backups=False)
    yield made
    made.close()


@pytest.fixture
def desk(case: CaseFile, law: Law, prompts: FakePrompts, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    runner = Runner()
    made = Desk(case, law, runner, prompts, theme, lambda: TODAY)
    yield made
    runner.shutdown()
    if made.here:
        made.leave()
    made.deleteLater()
    runner.deleteLater()


@pytest.fixture
def window(qapp: QApplication, prompts: FakePrompts, qtbot: QtBot) -> Iterator[Window]:
    made = create_window(qapp, prompts=prompts, today=lambda: TODAY)
    made.show_start()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    prompts.yes = True
    made.close()
    made.deleteLater()


@pytest.fixture
def open_window(window: Window, case: CaseFile, prompts: FakePrompts, qtbot: QtBot) -> Iterator[Window]:
    window.open_case(case)
    with qtbot.waitSignal(window.desk.surveyed, timeout=20000):  # type: ignore[union-attr]
        pass
    yield window
    prompts.yes = True
    window.close_case()
    # The closing runs in the lane; the case fixture must not close the same file at the same time.
    qtbot.waitUntil(lambda: not window.runner.jobs, timeout=30000)


@pytest.fixture
def shot() -> Callable[[QWidget, str], None]:
    """Saves a picture of a widget where ``MAGDESK_SCREENSHOTS`` says; does nothing otherwise."""
    folder = os.environ.get("MAGDESK_SCREENSHOTS")

    def take(widget: QWidget, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            widget.grab().save(str(Path(folder) / f"{name}.png"))

    return take
