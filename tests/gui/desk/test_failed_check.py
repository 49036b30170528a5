"""A check that fails is no check that found nothing: every page says so, and no final packet is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from magdesk.errors import MagdeskError
from magdesk.gui.desk.checkedcase import CheckedCase
from magdesk.gui.desk.repeated import RunState
from magdesk.gui.pages.export import ExportPage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.pagechoice import PAGES
from magdesk.gui.window.shell import Window

WHY = "A check met a case that it cannot judge."
NEVER = ("Nothing prevents", "Nothing to do here")


def fail(*_args: object, **_more: object) -> None:
    raise MagdeskError(WHY)


def fail_badly(*_args: object, **_more: object) -> None:
    raise ZeroDivisionError("a mistake of ours")


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


@pytest.fixture
def failed(view: CaseView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> CaseView:
    monkeypatch.setattr("magdesk.gui.desk.desk.checked", fail)
    monkeypatch.setattr("magdesk.gui.pages.export.submission_findings", fail)
    view.desk.survey = CheckedCase()  # nothing was ever found, so that an empty list would look like a clean case
    view.desk.checking.forget()
    with qtbot.waitSignal(view.desk.surveyed, timeout=20000):
        view.desk.checking.ask()
    return view


def texts(page: QWidget) -> list[str]:
    labels = [page, *page.findChildren(QWidget)]
    return [one.text() for one in labels if isinstance(one, QLabel | QAbstractButton) and one.isVisibleTo(page)]


@pytest.mark.parametrize("code", sorted(PAGES))
def test_every_page_says_that_the_check_failed(failed: CaseView, code: str, qtbot: QtBot) -> None:
    page = failed.show_page(code)
    assert WHY in page.problem.text()
    assert page.problem.isVisibleTo(page)
    qtbot.waitUntil(lambda: not failed.desk.runner.jobs, timeout=20000)
    said = [text for text in texts(page) if text.startswith(NEVER)]
    assert not said


def test_the_rail_says_so(failed: CaseView) -> None:
    button = failed.rail.buttons["review"]
    assert button.mark == "?"
    assert "could not be checked" in button.accessibleName()


def test_no_final_packet_is_offered_for_any_submission(failed: CaseView, qtbot: QtBot) -> None:
    page = failed.show_page("export")
    assert isinstance(page, ExportPage)
    panel = page.packet
    for number in range(panel.submission.count()):
        panel.submission.setCurrentIndex(number)
        qtbot.waitUntil(lambda: WHY in panel.gate_title.text(), timeout=20000)
        panel.draft.setChecked(False)
        panel.final.setChecked(True)
        assert not panel.button.isEnabled()
        panel.draft.setChecked(True)
        assert panel.button.isEnabled()


def test_a_check_that_works_again_takes_it_back(
    failed: CaseView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = failed.show_page("review")
    monkeypatch.undo()
    with qtbot.waitSignal(failed.desk.surveyed, timeout=20000):
        failed.desk.checking.ask()
    assert failed.desk.checking.outcome is RunState.DONE
    assert not page.problem.isVisibleTo(page)
    assert failed.rail.buttons["review"].mark != "?"


def test_a_mistake_of_ours_in_a_check_is_a_failure_too(
    view: CaseView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *error: told.append(error[0]))
    monkeypatch.setattr("magdesk.gui.desk.desk.checked", fail_badly)
    with qtbot.waitSignal(view.desk.surveyed, timeout=20000):
        view.desk.checking.ask()
    assert view.desk.checking.outcome is RunState.FAILED
    assert not view.desk.checking.busy
    assert told == [ZeroDivisionError]


def test_a_final_export_asked_for_all_the_same_writes_nothing(
    failed: CaseView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = failed.show_page("export")
    assert isinstance(page, ExportPage)
    monkeypatch.setattr("magdesk.services.export.run_checks", fail)
    panel = page.packet
    panel.final.setChecked(True)
    panel.folder.setText(str(tmp_path / "packet"))
    panel.start()
    qtbot.waitUntil(lambda: panel.job is None, timeout=60000)
    assert panel.wrong.text() == WHY
    assert not panel.result.isVisibleTo(panel)
    assert not [one for one in tmp_path.iterdir() if "packet" in one.name]
