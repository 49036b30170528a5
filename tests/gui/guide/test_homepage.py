"""The overview: what comes next is one click away, how far each task is is said in words, and nobody is scolded."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from magdesk.gui.guide.homepage import HomePage, StepButton
from magdesk.gui.window.actions import PAGES
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.guide.state import TaskState
from magdesk.model import Fact


def _home(window: Window, qtbot: QtBot) -> tuple[CaseView, HomePage]:
    view = window.view
    assert view is not None
    page = view.page
    assert isinstance(page, HomePage)
    qtbot.waitUntil(lambda: bool(page.rows))
    return view, page


def test_a_case_opens_at_its_tasks_with_the_keys_on_the_first_step(open_window: Window, qtbot: QtBot) -> None:
    view, page = _home(open_window, qtbot)
    first = page.steps.itemAt(0).widget()  # type: ignore[union-attr]
    assert isinstance(first, StepButton)
    qtbot.waitUntil(first.hasFocus)
    assert first.step.sentence.startswith("Say one thing that happened")
    asked: list[tuple[str, object]] = []
    view.desk.question_requested.connect(lambda screen, subject: asked.append((screen, subject)))
    first.click()
    assert asked == [("1.1", None)]
    assert [row.number for row in page.rows] == [*range(1, 13)]


def test_a_task_tells_what_was_answered_as_soon_as_it_is(open_window: Window, qtbot: QtBot) -> None:
    view, page = _home(open_window, qtbot)
    row = page.rows[0]
    assert row.accessibleName() == "Task 1: The story in five questions. 0 of 5 answered. Not started"
    with view.desk.change("Add fact") as session:
        session.add(Fact(text="On 5 March 2023 guards beat a detainee."))
    qtbot.waitUntil(lambda: view.desk.guide.tasks[0].state is TaskState.BEGUN)
    assert row.accessibleName() == "Task 1: The story in five questions. 1 of 5 answered. Begun"
    view.desk.undo()
    qtbot.waitUntil(lambda: view.desk.guide.tasks[0].state is TaskState.NOT_STARTED)
    assert row.accessibleName().endswith("0 of 5 answered. Not started")


def test_a_blank_case_is_not_red_counts_no_findings_and_nothing_blocks(open_window: Window, qtbot: QtBot) -> None:
    view, _page = _home(open_window, qtbot)
    assert view.desk.survey.findings, "a blank case has findings; they are not shown"
    assert {button.mark for button in view.rail.buttons.values()} == {""}
    for code, _title in PAGES:
        if code in ("review", "export"):
            continue
        page = view.show_page(code)
        page.on_surveyed()
        shown = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page) and label.text()]
        for label in shown:
            said = f"{code}: {label.text()}"
            assert label.objectName() not in ("fieldError", "pageProblem"), said
            assert not re.search(r"\bblock|\b\d+ (finding|warning)", label.text(), re.IGNORECASE), said
