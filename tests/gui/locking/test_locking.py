"""Locking: the process begins anew, by itself when nobody is there, and never at the price of unsaved text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.gui.app import create_window
from magdesk.gui.locking.attempts import FREE, LONGEST, Attempts
from magdesk.gui.locking.attention import Attention
from magdesk.gui.locking.capture import can_be_kept_out, keep_out
from magdesk.gui.locking.clipboard import CopiedText
from magdesk.gui.locking.dialog import SecurityDialog
from magdesk.gui.locking.restart import OPTION, Resume, clean_environment, frame_text
from magdesk.gui.locking.sessions import session_path, windows_meaning
from magdesk.gui.settings import Settings
from magdesk.gui.window.actions import shortcut_table
from magdesk.gui.window.shell import Window
from magdesk.progress import CancelToken, Progress
from tests.gui.conftest import PASSPHRASE, TODAY, FakePrompts
from tests.safety import safety


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


# ------------------------------------------------------------------------------------------ beginning anew


@pytest.fixture
def begun() -> list[Resume]:
    """What the next process would have been told."""
    return []


@pytest.fixture
def guarded(
    qapp: QApplication, case: CaseFile, prompts: FakePrompts, begun: list[Resume], qtbot: QtBot
) -> Iterator[Window]:
    """A window with the case open that notes its new beginning instead of making it."""
    made = create_window(qapp, prompts=prompts, today=lambda: TODAY, restart=begun.append)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open_case(case)
    with qtbot.waitSignal(made.desk.surveyed):  # type: ignore[union-attr]
        pass
    yield made
    prompts.yes = True
    made.close()
    qtbot.waitUntil(lambda: not made.runner.jobs)
    made.deleteLater()


def _field(window: Window, name: str) -> QLineEdit:
    assert window.view is not None
    editor = window.view.show_page("overview").form.field(name).editor  # type: ignore[attr-defined]
    assert isinstance(editor, QLineEdit)
    return editor


def test_locking_stores_closes_and_begins_anew(
    guarded: Window, case: CaseFile, begun: list[Resume], qtbot: QtBot
) -> None:
    editor = _field(guarded, "title")
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "Stored at the lock")
    guarded.view.show_page("facts")  # type: ignore[union-attr]
    frame = frame_text(guarded.saveGeometry())
    guarded.lock()
    qtbot.waitUntil(lambda: bool(begun))
    assert begun == [Resume(case=str(case.path), geometry=frame, page="facts")]
    assert guarded.desk is None
    # The file is closed: it can be opened again, and what was typed is in it.
    from magdesk.model import Case
    from tests.shared import CHEAP

    with CaseFile.open(case.path, PASSPHRASE, cost=CHEAP, backups=False) as again:
        assert again.session.query(Case).one().title == "Stored at the lock"


@safety("Only the path of the case file, the window's position and the page shown are carried over.")
def test_the_next_process_stands_where_the_last_one_stood(
    window: Window, case: CaseFile, prompts: FakePrompts, qtbot: QtBot
) -> None:
    path = case.path
    window.resume(Resume(str(path), frame_text(window.saveGeometry()), "matrix", troubled=True))
    assert window.stack.currentWidget() is window.unlock
    assert window.unlock.path == path
    assert "backup" in window.unlock.problem.text()
    window.open_case(case)
    assert window.view is not None
    assert window.view.page.code == "matrix"
    window.close_case()
    qtbot.waitUntil(lambda: not window.runner.jobs)


def test_what_is_handed_on_comes_back_the_same() -> None:
    told = Resume("/tmp/ä b.magdesk", "AAA=", "facts", troubled=True, passphrase="ü")
    reading, writing = os.pipe()
    from dataclasses import asdict

    os.write(writing, json.dumps(asdict(told)).encode())
    os.close(writing)
    assert Resume.read(reading) == told
    reading, writing = os.pipe()
    os.write(writing, b"{ not json")
    os.close(writing)
    assert Resume.read(reading) == Resume()


def test_no_passphrase_is_handed_on_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", "one")
    monkeypatch.setenv("MAGDESK_NEW_PASSPHRASE", "two")
    monkeypatch.setenv("LANG", "C")
    clean = clean_environment()
    assert "LANG" in clean
    assert not {"one", "two"} & set(clean.values())


_PROGRAM = """
import sys
from magdesk.gui.locking.restart import Beginning, Resume, OPTION, this_program
if OPTION in sys.argv:
    told = Resume.read(int(sys.argv[-1]))
    import os
    print("second", os.getpid(), told.case, told.page, "MAGDESK_PASSPHRASE" in os.environ, flush=True)
else:
    import os
    print("first", os.getpid(), flush=True)
    Beginning(this_program(["--verbose"]))(Resume(case="/x", page="facts"))
    print("not reached")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no exec")
def test_the_new_program_takes_the_place_of_the_old_one() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "--passphrase-file", "/secret"], check=True, capture_output=True, text=True,
        env={**os.environ, "MAGDESK_PASSPHRASE": "hunter"},
    )  # fmt: skip
    first, second = done.stdout.splitlines()
    assert second.split() == ["second", first.split()[1], "/x", "facts", "False"]


def test_the_user_is_told_when_the_program_cannot_begin_anew(
    qapp: QApplication, case: CaseFile, prompts: FakePrompts, qtbot: QtBot
) -> None:
    def refused(_resume: Resume) -> None:
        raise OSError("no")

    window = create_window(qapp, prompts=prompts, today=lambda: TODAY, restart=refused)
    window.show()
    window.open_case(case)
    window.lock()
    qtbot.waitUntil(lambda: "memory" in window.unlock.problem.text())
    assert window.stack.currentWidget() is window.unlock
    window.close()
    window.deleteLater()


# ------------------------------------------------------------------------------------------ locking unasked


def test_locking_unasked_asks_nothing_and_closes_dialogs(
    guarded: Window, prompts: FakePrompts, begun: list[Resume], qtbot: QtBot
) -> None:
    dialog = QDialog(guarded)
    dialog.open()
    guarded.lock_unasked()
    assert not dialog.isVisible()
    assert guarded.stack.currentWidget() is guarded.cover
    qtbot.waitUntil(lambda: bool(begun))
    assert not prompts.asked
    assert guarded.cover is None


@safety(
    "If a field contains text that cannot be saved, the window is covered instead and says that the key "
    "is still in memory."
)
def test_text_that_cannot_be_stored_is_covered_and_kept(
    guarded: Window, prompts: FakePrompts, begun: list[Resume], qtbot: QtBot
) -> None:
    editor = _field(guarded, "filing_date")
    editor.setFocus()
    QTest.keyClicks(editor, "soon")
    guarded.lock_unasked()
    cover = guarded.cover
    assert cover is not None
    qtbot.waitUntil(lambda: "1 field" in cover.lead.text())
    assert "not locked" in cover.lead.text()
    assert guarded.stack.currentWidget() is cover
    assert not editor.isVisible()
    assert not begun
    open_actions = {name for name, action in guarded.command.by_name.items() if action.isEnabled()}
    assert open_actions == {"file.panic", "file.quit"}
    # A wrong passphrase leaves it covered, the right one gives the text back.
    cover.passphrase.line.setText("wrong")
    cover.uncover_button.click()
    qtbot.waitUntil(cover.problem.isVisible)
    assert guarded.stack.currentWidget() is cover
    qtbot.waitUntil(cover.uncover_button.isEnabled)
    cover.passphrase.line.setText(PASSPHRASE)
    cover.uncover_button.click()
    qtbot.waitUntil(lambda: guarded.stack.currentWidget() is guarded.view)
    assert editor.text() == "soon"
    assert guarded.command.by_name["edit.find"].isEnabled()
    # Or it is given up, knowingly.
    guarded.lock_unasked()
    qtbot.waitUntil(lambda: guarded.cover is not None and guarded.cover.discard_button.isVisible())
    guarded.cover.discard_button.click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(begun))
    assert not prompts.asked


def test_work_that_runs_may_end_before_the_case_is_locked(guarded: Window, begun: list[Resume], qtbot: QtBot) -> None:
    go_on: list[bool] = []

    def work(_progress: Progress, cancel: CancelToken) -> None:
        while not go_on:
            cancel.check()
            QTest.qSleep(5)

    outcome: list[str] = []
    guarded.runner.submit(
        "Long", work, done=lambda _none: outcome.append("done"), failed=lambda _error: outcome.append("failed"),
        cancelled=lambda: outcome.append("stopped"),
    )  # fmt: skip
    guarded.lock_unasked()
    QTest.qWait(50)
    assert guarded.stack.currentWidget() is guarded.cover
    assert not begun
    go_on.append(True)
    qtbot.waitUntil(lambda: bool(begun))
    assert outcome == ["done"]


def test_work_that_runs_is_stopped_when_the_computer_goes_to_sleep(
    guarded: Window, begun: list[Resume], qtbot: QtBot
) -> None:
    def work(_progress: Progress, cancel: CancelToken) -> None:
        while True:
            cancel.check()
            QTest.qSleep(5)

    outcome: list[str] = []
    guarded.runner.submit(
        "Long", work, done=lambda _none: None, failed=lambda _error: None, cancelled=lambda: outcome.append("stopped")
    )
    guarded.lock_unasked(stop_jobs=True)
    qtbot.waitUntil(lambda: bool(begun))
    assert outcome == ["stopped"]


# ---------------------------------------------------------------------------------------- nobody at the desk


def test_the_idle_lock_waits_its_time_once_and_each_touch_begins_it_anew(qtbot: QtBot, clock: Clock) -> None:
    attention = Attention(clock=clock)
    attention.patience = 600
    left: list[float] = []
    attention.left.connect(lambda: left.append(clock.now))
    line = QLineEdit()
    qtbot.addWidget(line)
    line.installEventFilter(attention)

    def pass_time(seconds: int) -> None:
        for _step in range(seconds // 5):
            clock.now += 5
            attention.tick()

    pass_time(590)
    assert not left
    QTest.keyClick(line, Qt.Key.Key_A)
    pass_time(590)
    assert not left
    QTest.mouseMove(line, QPoint(3, 3))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    pass_time(600)
    assert len(left) == 1
    pass_time(300)
    assert len(left) == 1
    attention.patience = 0
    pass_time(6000)
    assert len(left) == 1


@safety(
    "On macOS a locked screen is not announced; there, and wherever sleep is not announced, the case is "
    "locked when the computer wakes."
)
def test_a_clock_that_jumps_tells_of_a_sleep(qtbot: QtBot, clock: Clock) -> None:
    attention = Attention(clock=clock)
    with qtbot.assertNotEmitted(attention.slept):
        for _step in range(5):
            clock.now += 9
            attention.tick()
    clock.now += 11
    with qtbot.waitSignal(attention.slept):
        attention.tick()


@safety("`F12` closes everything at once.")
def test_the_panic_key_is_heard_in_a_modal_dialog_and_shown_in_the_table(
    window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    attention = Attention()
    panics: list[int] = []
    attention.panicked.connect(lambda: panics.append(1))
    qapp.installEventFilter(attention)
    dialog = QDialog(window)
    line = QLineEdit(dialog)
    dialog.open()
    QTest.keyClick(line, Qt.Key.Key_F11)
    assert not panics
    QTest.keyClick(line, Qt.Key.Key_F12)
    assert panics == [1]
    dialog.close()
    qapp.removeEventFilter(attention)
    window.panic_requested.connect(lambda: panics.append(2))
    window.command.by_name["file.panic"].trigger()
    assert panics == [1, 2]
    assert ("Close everything at once", "F12") in shortcut_table()


# ------------------------------------------------------------------------------------------ wrong passphrases


@safety("After three wrong passphrases each further attempt has to wait longer, up to a minute.")
def test_wrong_passphrases_wait_longer_and_longer_and_starting_again_does_not_help(clock: Clock) -> None:
    attempts = Attempts(Settings(), clock)
    waits = []
    for _try in range(12):
        attempts.note_wrong()
        waits.append(attempts.wait)
        clock.now += attempts.wait
    assert waits[: FREE - 1] == [0.0] * (FREE - 1)
    assert waits[FREE - 1 : FREE + 4] == [2.0, 4.0, 8.0, 16.0, 32.0]
    assert max(waits) == waits[-1] == LONGEST
    attempts.note_wrong()
    again = Attempts(Settings(), clock)
    assert again.wait == LONGEST
    clock.now -= 10**6
    assert again.wait == LONGEST
    clock.now += 10**6 + LONGEST
    assert again.wait == 0
    again.note_right()
    assert Attempts(Settings(), clock).wait == 0
    again.note_wrong()
    assert again.wait == 0


def test_a_settings_file_that_was_tampered_with_makes_no_fault(own_folders: Path) -> None:
    settings = Settings()
    settings._store.setValue("lock/wrong_passphrases", "many")
    settings._store.setValue("lock/wrong_at", "yesterday")
    settings._store.setValue("lock/idle_minutes", "soon")
    assert Attempts(settings).wait == 0
    assert settings.idle_minutes == 10


def test_the_unlock_page_counts_down(window: Window, case: CaseFile, qtbot: QtBot) -> None:
    window.settings.wrong_passphrases = (FREE + 1, __import__("time").time())
    window.show_unlock(case.path)
    page = window.unlock
    assert not page.open_button.isEnabled()
    assert "Wait" in page.open_button.text()
    asked: list[str] = []
    page.unlock_requested.connect(lambda word, _read: asked.append(word))
    page.passphrase.line.setText("x")
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    assert not asked
    qtbot.waitUntil(page.open_button.isEnabled)
    assert page.open_button.text() == "Unlock"
    window.show_start()


# ------------------------------------------------------------------------------------------------ clipboard


@pytest.fixture
def copied(qapp: QApplication) -> Iterator[CopiedText]:
    # The platform without a display never says that it owns what lies there.
    made = CopiedText(qapp.clipboard(), owns=lambda: True)
    yield made
    made.seconds = 0
    qapp.clipboard().dataChanged.disconnect(made._on_changed)
    qapp.clipboard().clear()
    made.deleteLater()


def _kept(clipboard: QClipboard) -> QMimeData:
    data: QMimeData | None = clipboard.mimeData()
    assert data is not None
    return data


@safety("Copied text is cleared from the clipboard after a minute and when the case is locked.")
def test_copied_text_is_marked_and_goes_by_itself(copied: CopiedText, qapp: QApplication, qtbot: QtBot) -> None:
    copied.seconds = 1
    line = QLineEdit("a quote")
    qtbot.addWidget(line)
    line.selectAll()
    line.copy()
    assert qapp.clipboard().text() == "a quote"
    assert _kept(qapp.clipboard()).data("x-kde-passwordManagerHint") == b"secret"
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")


def test_what_somebody_else_copied_stays(copied: CopiedText, qapp: QApplication) -> None:
    qapp.clipboard().setText("ours")
    copied._owns = lambda: False
    qapp.clipboard().setText("theirs")
    copied.clear()
    assert qapp.clipboard().text() == "theirs"


@safety("Copied text is cleared from the clipboard after a minute and when the case is locked.")
def test_our_copy_goes_at_the_lock(copied: CopiedText, qapp: QApplication) -> None:
    qapp.clipboard().setText("ours")
    copied.clear()
    assert qapp.clipboard().text() == ""


# ------------------------------------------------------------------------------------------------- settings


def test_the_settings_are_kept_and_the_screen_is_promised_only_where_it_can_be_held(
    window: Window, qtbot: QtBot
) -> None:
    assert (window.settings.idle_minutes, window.settings.clipboard_seconds) == (10, 60)
    assert window.settings.lock_with_screen
    dialog = SecurityDialog(window.settings, window)
    dialog.show()
    dialog.idle.setValue(0)
    assert dialog.idle.text() == "Never"
    dialog.clipboard.setValue(5)
    dialog.with_screen.setChecked(False)
    assert dialog.unseen.isVisible() is can_be_kept_out()
    with qtbot.waitSignal(dialog.changed):
        dialog.accept()
    again = Settings()
    assert (again.idle_minutes, again.clipboard_seconds, again.lock_with_screen) == (0, 5, False)
    if sys.platform != "win32":
        assert not keep_out(0, on=True)


# ----------------------------------------------------------------------------------------------- the desktop


def test_the_path_of_a_session_is_that_of_logind() -> None:
    assert session_path("2") == "/org/freedesktop/login1/session/_32"
    assert session_path("c1") == "/org/freedesktop/login1/session/c1"
    assert session_path("12") == "/org/freedesktop/login1/session/_312"
    assert session_path("a-b") == "/org/freedesktop/login1/session/a_2db"
    assert session_path("") == ""


def test_the_messages_of_windows_are_understood() -> None:
    assert windows_meaning(0x218, 4) == "sleeping"
    assert windows_meaning(0x218, 0x12) == ""  # resuming
    assert windows_meaning(0x2B1, 7) == "locked"
    assert windows_meaning(0x2B1, 8) == ""  # unlocked
    assert windows_meaning(0x200, 4) == ""


_LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from magdesk.gui.locking.sessions import Session
app = QCoreApplication([])
session = Session()
session.sleeping.connect(lambda: print("sleeping", flush=True))
session.locked.connect(lambda: print("locked", flush=True))
print(" ".join(session.listen()), flush=True)
QTimer.singleShot(60000, app.quit)
app.exec()
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A message bus of our own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None or shutil.which("dbus-send") is None:
        pytest.skip("no dbus-daemon and dbus-send here")
    process = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.mark.skipif(sys.platform != "linux", reason="logind and D-Bus are of Linux")
def test_the_desktop_is_heard(bus: str) -> None:
    environment = {
        **os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus, "DBUS_SESSION_BUS_ADDRESS": bus, "XDG_SESSION_ID": "2",
    }  # fmt: skip
    listener = subprocess.Popen([sys.executable, "-c", _LISTENER], stdout=subprocess.PIPE, text=True, env=environment)
    assert listener.stdout is not None

    def send(path: str, member: str, *values: str) -> None:
        command = ["dbus-send", f"--bus={bus}", "--type=signal", path, member, *values]
        subprocess.run(command, check=True, env=environment)

    try:
        heard = listener.stdout.readline().split()
        assert {"PrepareForSleep", "Session.Lock", "org.freedesktop.ScreenSaver.ActiveChanged"} <= set(heard)
        login = "/org/freedesktop/login1"
        send(login, "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:false")
        send(f"{login}/session/_33", "org.freedesktop.login1.Session.Lock")  # somebody else's
        send(login, "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true")
        assert listener.stdout.readline().strip() == "sleeping"
        send(f"{login}/session/_32", "org.freedesktop.login1.Session.Lock")
        assert listener.stdout.readline().strip() == "locked"
        send("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:false")
        send(login, "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true")
        assert listener.stdout.readline().strip() == "sleeping"
        send("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true")
        assert listener.stdout.readline().strip() == "locked"
    finally:
        listener.kill()
        listener.communicate()


# ------------------------------------------------------------------------------------------------ the memory


@safety(
    "**Locking** (`Ctrl+L`, after ten idle minutes, with the screen, before the computer sleeps) restarts "
    "the program: key, passphrase and case are gone from its memory."
)
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads memory as Linux shows it")
def test_the_locked_process_holds_nothing_of_the_case(standard_keys: None, tmp_path: Path) -> None:
    """The table itself: ``python -m tests.bench.memory``."""
    from tests.bench.memory import Driven, build, count, needles

    path = tmp_path / "case.magdesk"
    build(path)
    wanted = needles(path)
    window = Driven.start(path, tmp_path)
    try:
        assert PASSPHRASE not in window.environment
        try:
            running, _size = count(window.process.pid, wanted)
        except PermissionError:
            pytest.skip("this system does not let a parent read the memory of its child")
        assert all(running.values()), "what is not found while it runs proves nothing when it is locked"
        window.tell("lock")
        window.wait_for_rest()
        assert OPTION in window.command
        locked, size = count(window.process.pid, wanted)
        assert size > 10_000_000
        assert not any(locked.values()), locked
    finally:
        window.end()
