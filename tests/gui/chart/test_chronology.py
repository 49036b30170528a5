"""The page of chronology: lanes and list, filters, mismatches, ways to the places where things are edited."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from magdesk.dates.partialdate import PartialDate
from magdesk.gui.pages.chronology import ChronologyPage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Base, Fact, Incident, Name, Participation, Party, Position, Proceeding, Target
from magdesk.model.people import EndState


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


def fill(view: CaseView) -> dict[str, Base]:
    """Two targets; one act in time, one outside it, one without a date."""
    first, second = Party(names=[Name(text="Arslan Dorvan")]), Party(names=[Name(text="Bela Korr")])
    first.positions = [
        Position(
            title="Commander", body="Fifth Brigade", start=PartialDate("2015"), end=PartialDate("2017-06"),
            end_state=EndState.ENDED, leader=True,
        )
    ]  # fmt: skip
    targets = [Target(party_id=first.id), Target(party_id=second.id, rank=1)]
    acts = {
        "inside": Incident(title="Raid on the harbour", start=PartialDate("2016-05-03")),
        "outside": Incident(title="Second raid", start=PartialDate("2019-02"), rank=1),
        "undated": Incident(title="Another raid", rank=2),
    }
    for act in acts.values():
        act.participations = [Participation(target_id=targets[0].id)]
    fact = Fact(text="The gate was broken.", date=PartialDate("2016-05-03"), incident_id=acts["inside"].id)
    trial = Proceeding(forum="Military court", date=PartialDate("2020"), target_id=targets[1].id)
    rows: list[Base] = [first, second]

    def work(session: object) -> None:
        session.add_all(rows)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        session.add_all([*targets, *acts.values(), trial])  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        session.add(fact)  # type: ignore[attr-defined]

    assert view.desk.try_change("Fill", work)
    return {**acts, "fact": fact, "trial": trial, "position": first.positions[0], "second": targets[1]}


@pytest.fixture
def rows(view: CaseView) -> dict[str, Base]:
    return fill(view)


@pytest.fixture
def page(view: CaseView, rows: dict[str, Base], qtbot: QtBot) -> Iterator[ChronologyPage]:
    shown = view.show_page("chronology")
    assert isinstance(shown, ChronologyPage)
    settled(shown, qtbot)
    yield shown
    settled(shown, qtbot)


def settled(page: ChronologyPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.lookout.busy and not page.desk.runner.jobs, timeout=20000)


def listed(page: ChronologyPage) -> list[str]:
    return [entry.cells[2] for entry in page.model.entries]


def test_the_list_is_in_order_and_the_undated_come_last(page: ChronologyPage) -> None:
    assert listed(page) == [
        "Arslan Dorvan: Commander, Fifth Brigade", "Raid on the harbour", "The gate was broken.",
        "Arslan Dorvan: Commander, Fifth Brigade", "Second raid", "Military court · Pending", "Another raid",
    ]  # fmt: skip
    assert page.model.entries[-1].cells[0] == "no date"
    assert page.summary.text() == "7 events"


def test_an_act_outside_tenure_is_flagged(page: ChronologyPage, rows: dict[str, Base]) -> None:
    head = page.timeline.lanes[0]
    assert head.title == "Arslan Dorvan"
    assert {mark.key: mark.flagged for mark in head.marks} == {rows["inside"].id: False, rows["outside"].id: True}
    assert "1 outside" in head.detail
    assert page.timeline.lanes[1].bars[0].key == rows["position"].id


def test_filters_by_kind_target_days_and_words(page: ChronologyPage, rows: dict[str, Base]) -> None:
    for code, action in page.kind_actions.items():
        action.setChecked(code == "incidents")
    assert listed(page) == ["Raid on the harbour", "Second raid", "Another raid"]
    page.first.setText("2017")
    assert listed(page) == ["Second raid"]
    page.first.setText("not a date")
    assert page.first.property("wrong")
    assert len(listed(page)) == 3
    page.first.clear()
    page.last.setText("May 2016")
    assert listed(page) == ["Raid on the harbour"]
    page.last.clear()
    for action in page.kind_actions.values():
        action.setChecked(True)
    page.target.setCurrentIndex(page.target.findData(str(rows["second"].id)))
    page.refresh()
    assert listed(page) == ["Military court · Pending"]
    page.target.setCurrentIndex(0)
    page.search.setText("gate")
    assert listed(page) == ["The gate was broken."]


def test_list_and_line_choose_together_and_open_the_place(
    page: ChronologyPage, view: CaseView, rows: dict[str, Base], qtbot: QtBot
) -> None:
    page.table.selectRow(4)
    assert page.timeline.current == rows["outside"].id
    page.timeline.grab()
    box = next(box for box, item in page.timeline._hits if item.key == rows["inside"].id)
    QTest.mouseClick(page.timeline, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center().toPoint())
    assert page.model.entries[page.table.currentIndex().row()].key == rows["inside"].id
    page.open_row(rows["inside"].id)
    assert view.page.code == "incidents"


@pytest.mark.parametrize(("name", "where"), [("fact", "facts"), ("trial", "accountability"), ("position", "targets")])
def test_every_kind_leads_to_its_page(
    page: ChronologyPage, view: CaseView, rows: dict[str, Base], name: str, where: str
) -> None:
    page.open_row(rows[name].id)
    assert view.page.code == where


def test_keys_move_and_zoom_the_time(page: ChronologyPage, qtbot: QtBot) -> None:
    line = page.timeline
    span = line._last - line._first
    QTest.keyClick(line, Qt.Key.Key_Plus)
    assert line._last - line._first < span
    before = line._first
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert line._first > before
    QTest.keyClick(line, Qt.Key.Key_0)
    assert line._last - line._first == pytest.approx(span)


def test_a_changed_date_moves_its_mark(
    page: ChronologyPage, view: CaseView, rows: dict[str, Base], qtbot: QtBot
) -> None:
    def work(_session: object) -> None:
        view.desk.case.session.get(Incident, rows["outside"].id).start = PartialDate("2016")  # type: ignore[union-attr]

    assert view.desk.try_change("Move", work)
    settled(page, qtbot)
    assert not any(mark.flagged for mark in page.timeline.lanes[0].marks)


def test_an_empty_case_says_what_to_do(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("chronology")
    assert isinstance(page, ChronologyPage)
    settled(page, qtbot)
    assert page.stack.currentWidget() is page.empty
    assert page.timeline.current is None
    page.timeline.choose(uuid.uuid4())
