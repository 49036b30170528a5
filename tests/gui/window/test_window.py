"""The window as a whole: unlocking, locking, importing, searching, crashing, leaving nothing behind."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.gui.crash import CrashDialog, crash_report
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.theme import Appearance
from magdesk.gui.window.actions import ACTIONS
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.palette import CommandPalette
from magdesk.gui.window.shell import SAMPLE_PASSPHRASE, Window
from magdesk.model import Evidence, Fact, Name, Party, Target
from magdesk.services.passphrases import PassphraseStrength, require_strong, strength
from tests.gui.conftest import PASSPHRASE, FakePrompts

SECRET = "Zyxwvut Canary"


def closed(window: Window, qtbot: QtBot) -> None:
    """Wait until the file is closed behind the door."""
    qtbot.waitUntil(lambda: not window.runner.jobs, timeout=30000)


@pytest.fixture
def real_case(standard_keys: None, tmp_path: Path, law: object) -> Path:
    """A case at the real cost of a passphrase."""
    from magdesk.services.cases import create_case

    path = tmp_path / "real.magdesk"
    create_case(path, PASSPHRASE, title=SECRET, authorities=["us-glomag"], law=law).close()  # type: ignore[arg-type]
    return path


def test_unlock_wrong_then_right(window: Window, real_case: Path, qtbot: QtBot) -> None:
    window.show_unlock(real_case)
    line = window.unlock.passphrase.line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(line, "wrong")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not window.unlock.open_button.isEnabled()
    qtbot.waitUntil(window.unlock.problem.isVisible, timeout=30000)
    assert window.desk is None
    assert window.unlock.open_button.isEnabled()
    line.clear()
    QTest.keyClicks(line, PASSPHRASE)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=30000)
    assert window.view is not None
    assert window.view.top.title.text() == SECRET
    assert line.text() == ""


def test_caps_lock_is_told(window: Window, real_case: Path, qtbot: QtBot) -> None:
    window.show_unlock(real_case)
    passphrase = window.unlock.passphrase
    QTest.keyClicks(passphrase.line, "A")
    assert passphrase.caps.isVisible()
    QTest.keyClicks(passphrase.line, "b")
    assert not passphrase.caps.isVisible()


def test_a_case_that_is_open_elsewhere_can_be_read(window: Window, real_case: Path, qtbot: QtBot) -> None:
    with CaseFile.open(real_case, PASSPHRASE, who="Colleague"):
        window.show_unlock(real_case)
        QTest.keyClicks(window.unlock.passphrase.line, PASSPHRASE)
        window.unlock.open_button.click()
        qtbot.waitUntil(window.unlock.problem.isVisible, timeout=30000)
        assert "Colleague" in window.unlock.problem.text()
        window.unlock.read_button.click()
        qtbot.waitUntil(lambda: window.desk is not None, timeout=30000)
        assert window.desk is not None
        assert window.desk.read_only
        assert not window.command.by_name["edit.undo"].isEnabled()
        window.lock()
        closed(window, qtbot)


def _texts() -> list[str]:
    shown: list[str] = []
    for widget in QApplication.allWidgets():
        shown.append(widget.windowTitle() + widget.accessibleName() + widget.toolTip())
        if isinstance(widget, QLabel | QLineEdit):
            shown.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            shown.append(widget.toPlainText())
    return shown


def test_locking_saves_and_leaves_nothing_of_the_case_in_the_window(
    open_window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window
    assert window.view is not None
    assert window.desk is not None
    path = window.desk.case.path
    with window.desk.change("Set up") as session:
        session.add(Target(party=Party(names=[Name(text=SECRET)])))
    for code in ("targets", "facts", "overview"):
        window.view.show_page(code)
    editor = window.view.show_page("overview").form.field("title").editor  # type: ignore[attr-defined]
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, SECRET)
    view = weakref.ref(window.view)
    window.command.by_name["file.lock"].trigger()
    closed(window, qtbot)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert window.stack.currentWidget() is window.unlock
    assert window.unlock.path == path
    assert window.desk is None
    assert not [text for text in _texts() if SECRET in text]
    # Its widgets are deleted. Python may still know the name of what they were, until some thread lets it go.
    left = view()
    assert left is None or not shiboken6.isValid(left)
    from tests.shared import CHEAP

    with CaseFile.open(path, PASSPHRASE, cost=CHEAP) as case:
        from magdesk.model import Case

        assert case.session.query(Case).one().title == SECRET


def test_a_field_that_cannot_be_saved_is_asked_about(open_window: Window, prompts: FakePrompts, qtbot: QtBot) -> None:
    window = open_window
    assert window.view is not None
    editor = window.view.show_page("overview").form.field("filing_date").editor  # type: ignore[attr-defined]
    editor.setFocus()
    QTest.keyClicks(editor, "soon")
    prompts.yes = False
    window.lock()
    assert window.desk is not None
    prompts.yes = True
    window.lock()
    closed(window, qtbot)
    assert window.desk is None
    assert len(prompts.asked) == 2


def _drop(view: CaseView, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(view.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert view.shade.isVisible()
    view.dropEvent(QDropEvent(QPointF(view.rect().center()), Qt.DropAction.CopyAction, data, buttons, keys))


def test_dropped_files_and_folders_become_evidence(
    open_window: Window, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    view = open_window.view
    assert view is not None
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "note.txt").write_text(f"The word {SECRET} stands here.")
    (folder / "again.txt").write_text(f"The word {SECRET} stands here.")
    (folder / "empty.txt").write_text("")
    _drop(view, [folder])
    assert not view.shade.isVisible()
    qtbot.waitUntil(lambda: bool(prompts.told), timeout=30000)
    assert "1 file added" in prompts.told[0]
    assert "empty.txt" in prompts.told[0]
    assert "already" in prompts.told[0]
    page = view.page
    assert isinstance(page, EvidencePage)
    assert page.model.total == 1
    items = view.desk.rows(Evidence)
    assert items[0].file_name in ("note.txt", "again.txt")
    view.desk.undo()
    assert view.desk.rows(Evidence) == []


def test_an_import_can_be_stopped(open_window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    for number in range(200):
        (tmp_path / f"file{number}.txt").write_text(f"text {number}")
    job = view.jobs.take([tmp_path / f"file{number}.txt" for number in range(200)])
    assert job is not None
    job.progressed.connect(lambda done, _total, _text: job.cancel() if done >= 2 else None)
    qtbot.waitUntil(lambda: job not in open_window.runner.jobs, timeout=30000)
    qtbot.waitUntil(view.toast.isVisible)
    assert 0 < len(view.desk.rows(Evidence)) < 200
    assert open_window.desk is not None
    assert open_window.desk.case.verify() == []


def test_save_a_copy_is_the_original(open_window: Window, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    source = tmp_path / "letter.txt"
    source.write_bytes(b"Dear Sir")
    view.jobs.take([source])
    qtbot.waitUntil(lambda: bool(view.desk.rows(Evidence)), timeout=30000)
    page = view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    prompts.path = tmp_path / "copy.txt"
    page.save_copy()
    qtbot.waitUntil((tmp_path / "copy.txt").exists, timeout=30000)
    closed(open_window, qtbot)
    assert (tmp_path / "copy.txt").read_bytes() == b"Dear Sir"
    assert "not encrypted" in prompts.asked[0]


def test_search_jumps_to_the_place(open_window: Window, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    with view.desk.change("Set up") as session:
        session.add_all([Fact(text="Background."), Fact(text="The guards wore grey.")])
    view.open_search()
    panel = view.findChild(CommandPalette)
    assert panel is not None
    QTest.keyClicks(panel.line, "guards")
    qtbot.waitUntil(lambda: bool(panel._results), timeout=10000)
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert view.page.code == "facts"
    assert view.page.current.text == "The guards wore grey."  # type: ignore[attr-defined]
    closed(open_window, qtbot)


def test_search_finds_pages_and_actions_too(open_window: Window, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    view.open_search()
    panel = view.findChild(CommandPalette)
    assert panel is not None
    QTest.keyClicks(panel.line, "narrative")
    qtbot.waitUntil(lambda: bool(panel.model.rows))
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert view.page.code == "narrative"
    closed(open_window, qtbot)


def test_backup_and_verify(open_window: Window, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    prompts.path = tmp_path / "backup.magdesk"
    open_window.command.by_name["case.backup"].trigger()
    closed(open_window, qtbot)
    assert prompts.path.exists()
    open_window.command.by_name["case.verify"].trigger()
    closed(open_window, qtbot)
    assert "intact" in view.toast.text.text()


def test_a_weak_passphrase_is_not_taken(window: Window, qtbot: QtBot) -> None:
    assert strength("password") < PassphraseStrength.STRONG <= strength(PASSPHRASE)
    assert strength("x" * 5000) >= 0
    window.show_new()
    page = window.new
    assert page is not None
    page.title_line.setText("T")
    page.path_line.setText("/nowhere/case")
    page.passphrase.first.line.setText("password")
    page.passphrase.second.line.setText("password")
    page.create_button.click()
    assert "too weak" in page.problem.text()
    window.show_start()


def test_a_cloud_folder_is_warned_about(window: Window, qtbot: QtBot) -> None:
    window.show_new()
    assert window.new is not None
    window.new.path_line.setText(str(Path.home() / "Dropbox" / "case.magdesk"))
    assert window.new.cloud.isVisible()
    assert "Dropbox" in window.new.cloud_text.text()
    window.show_start()


def test_recent_cases_are_remembered_only_on_request(open_window: Window, qtbot: QtBot) -> None:
    window = open_window
    assert window.desk is not None
    path = window.desk.case.path
    assert window.settings.recent == []
    window.lock()
    closed(window, qtbot)
    window.show_start()
    window.start.remember.setChecked(True)
    window.settings.note_opened(path)
    window.start.refresh()
    assert window.start.recent.count() == 1
    window.start.remember.setChecked(False)
    assert window.settings.recent == []
    assert window.start.recent.count() == 0


def test_every_action_does_something(window: Window) -> None:
    assert set(window._handlers()) == {declared.name for declared in ACTIONS}
    for declared in ACTIONS:
        assert window.command.by_name[declared.name].isEnabled() is not declared.case


def test_switching_colours_keeps_page_and_text(open_window: Window, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    view.show_page("incidents")
    view.page.add()  # type: ignore[attr-defined]
    editor = view.page.form.field("title").editor  # type: ignore[attr-defined]
    QTest.keyClicks(editor, "Night")
    before = open_window.theme.palette.name
    open_window.theme.set_appearance(Appearance.DARK if before == "light" else Appearance.LIGHT)
    assert view.page.code == "incidents"
    assert view.page.form.field("title").editor.text() == "Night"  # type: ignore[attr-defined]
    open_window.theme.set_appearance(Appearance.LIGHT)


def test_undo_keys_reach_the_case_from_inside_a_field(open_window: Window, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    field = view.show_page("overview").form.field("title")  # type: ignore[attr-defined]
    editor = field.editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "New")
    field.commit()
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.desk.row.title == "Generica"
    assert editor.text() == "Generica"


def test_a_crash_report_holds_no_word_of_the_case(qtbot: QtBot) -> None:
    def fails(name: str) -> None:
        raise ValueError(f"bad value {name}")

    try:
        fails(SECRET)
    except ValueError as error:
        report = crash_report(type(error), error.__traceback__, KeyError(SECRET))
    assert "ValueError" in report
    assert "KeyError" in report
    assert "fails" in report
    assert SECRET not in report
    dialog = CrashDialog(report)
    qtbot.addWidget(dialog)
    assert dialog.report.toPlainText() == report


def test_the_sample_has_the_passphrase_that_readme_and_demo_name() -> None:
    root = Path(__file__).parents[3]
    require_strong(SAMPLE_PASSPHRASE)
    assert f"`{SAMPLE_PASSPHRASE}`" in (root / "README.md").read_text(encoding="utf-8")
    assert f"PASSPHRASE := {SAMPLE_PASSPHRASE}\n" in (root / "Makefile").read_text(encoding="utf-8")
