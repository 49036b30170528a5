"""The page of linkage: what the chart shows, how it is walked through, edited and saved."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from magdesk.casefile import Session
from magdesk.dates.partialdate import PartialDate
from magdesk.document.graph import ChartNode, EdgeKind, Graph
from magdesk.gui.chart.chartsheet import Fonts
from magdesk.gui.chart.panel import ChartPanel
from magdesk.gui.pages.linkage import LinkagePage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.isolates import first_strong_runs_right
from magdesk.model import Authority, Citation, Evidence, Name, Party, Position, Relation, Target, Victim
from magdesk.model.people import EndState, PartyKind, RelationKind
from tests.effort import calls
from tests.gui.conftest import FakePrompts

NAMES = ("general", "brigade", "firm", "spouse", "victim")


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


@pytest.fixture
def people(view: CaseView) -> dict[str, uuid.UUID]:
    """A general who commands, owns and is married, and a victim."""
    general = Party(names=[Name(text="Arslan Dorvan")])
    brigade = Party(kind=PartyKind.UNIT, names=[Name(text="Fifth Brigade")])
    firm = Party(kind=PartyKind.ENTITY, names=[Name(text="Harbour Works")])
    spouse = Party(names=[Name(text="Mira Dorvan")])
    victim = Party(names=[Name(text="Lena Marsh")])
    victim.victim = Victim()
    gazette = Evidence(title="Gazette", pages=3)
    general.positions = [
        Position(title="Commander", organisation_id=brigade.id, start=PartialDate("2015"), leader=True)
    ]
    general.relations = [
        Relation(
            other_id=firm.id, kind=RelationKind.OWNS, percent=60.0, start=PartialDate("2019-03"),
            end_state=EndState.ONGOING, citations=[Citation(evidence_id=gazette.id, pinpoint="1")],
        ),
        Relation(other_id=spouse.id, kind=RelationKind.SPOUSE, rank=1),
        Relation(other_id=victim.id, kind=RelationKind.ASSOCIATE, rank=2),
    ]  # fmt: skip
    rows = [general, brigade, firm, spouse, victim]

    def work(session: object) -> None:
        session.add(gazette)  # type: ignore[attr-defined]
        session.add_all(rows)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        session.add(Target(party_id=general.id))  # type: ignore[attr-defined]

    assert view.desk.try_change("Fill", work)
    return dict(zip(NAMES, (row.id for row in rows), strict=True))


@pytest.fixture
def page(view: CaseView, people: dict[str, uuid.UUID], qtbot: QtBot) -> Iterator[LinkagePage]:
    shown = view.show_page("linkage")
    assert isinstance(shown, LinkagePage)
    settled(shown, qtbot)
    yield shown
    settled(shown, qtbot)


def settled(page: LinkagePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.lookout.busy and not page.desk.runner.jobs, timeout=20000)


def edge(page: LinkagePage, kind: RelationKind | None) -> str:
    return next(row.key for row in page.snapshot.graph.edges if row.relation is kind)


def texts(panel: ChartPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_the_chart_shows_parties_and_ties(page: LinkagePage, people: dict[str, uuid.UUID]) -> None:
    assert set(page.view.boxes) == {str(people[name]) for name in ("general", "brigade", "firm", "spouse")}
    assert len(page.view.ties) == 3
    assert "3 ties" in page.summary.text()
    assert "2 without a source" in page.summary.text()
    assert "Owned by half or more" in [line.text for line in page.sheet.boxes[str(people["firm"])].lines]


SHARES = {
    (("us-glomag",), 50.0): ("Owned by half or more", "Targets own half or more (50% rule)."),
    (("us-glomag",), 49.9): ("", "Targets own less than half."),
    (("uk-ghr",), 50.0): ("", "Targets own half or less."),
    (("uk-ghr",), 50.1): ("Owned by more than half", "Targets own more than half."),
    (("us-glomag", "uk-ghr"), 50.0): ("Owned by half", "not enough under GHR Regulations 2020"),
    (("us-glomag", "uk-ghr"), 50.1): ("Owned by half or more", "Targets own half or more (50% rule)."),
    ((), 50.0): ("Owned by half or more", "Targets own half or more (50% rule)."),
}


@pytest.mark.parametrize(("asked", "percent"), SHARES)
def test_from_which_share_on_something_is_owned_each_law_says(
    page: LinkagePage, people: dict[str, uuid.UUID], asked: tuple[str, ...], percent: float, qtbot: QtBot
) -> None:
    desk = page.desk

    def work(session: Session) -> None:
        for row in desk.rows(Authority):
            session.delete(row)
        session.flush()
        session.add_all(Authority(regime=code, rank=rank) for rank, code in enumerate(asked))
        owned = next(row for row in desk.rows(Relation) if row.kind is RelationKind.OWNS)
        owned.percent = percent

    assert desk.try_change("Ask others", work)
    settled(page, qtbot)
    box, words = SHARES[asked, percent]
    shown = [line.text for line in page.sheet.boxes[str(people["firm"])].lines]
    assert [text for text in shown if text.startswith("Owned")] == ([box] if box else [])
    page.panel.show_overview(page.snapshot.graph, page.snapshot.graph, page.holdings)
    assert words in texts(page.panel)


def test_the_line_of_a_tie_does_not_turn_round_at_an_arabic_name(page: LinkagePage) -> None:
    first = ChartNode("body:a", None, "ديوان")
    second = ChartNode("body:b", None, "Harbour Works")
    edge = replace(page.snapshot.graph.edges[0], source=first.key, other=second.key)
    graph = Graph({first.key: first, second.key: second}, (edge,))
    page.panel.show_ties([edge], graph, {}, edge.key)
    head = next(text for text in texts(page.panel).split("\n") if "Harbour Works" in text)
    assert first_strong_runs_right(head) is not True


def test_victims_come_only_when_they_are_asked_for(page: LinkagePage, people: dict[str, uuid.UUID]) -> None:
    page.victims.setChecked(True)
    assert str(people["victim"]) in page.view.boxes


def test_filters_by_kind_and_by_day(page: LinkagePage, people: dict[str, uuid.UUID]) -> None:
    page.kinds[EdgeKind.FAMILY].setChecked(False)
    assert str(people["spouse"]) not in page.view.boxes
    page.kinds[EdgeKind.FAMILY].setChecked(True)
    page.on_day.setChecked(True)
    page.day.setValue(2017 * 12)
    assert page.filter.day == date(2017, 1, 1)
    assert str(people["firm"]) not in page.view.boxes
    assert str(people["brigade"]) in page.view.boxes
    page.on_day.setChecked(False)
    assert str(people["firm"]) in page.view.boxes


def test_the_surroundings_of_one_target(page: LinkagePage, people: dict[str, uuid.UUID], qtbot: QtBot) -> None:
    page.add_tie(people["firm"], people["victim"])
    settled(page, qtbot)
    page.victims.setChecked(True)
    page.add_tie(people["brigade"], people["firm"])
    settled(page, qtbot)
    page.kinds[EdgeKind.ASSOCIATION].setChecked(False)
    page.around.setCurrentIndex(page.around.findData(str(people["general"])))
    page.refresh()
    assert page.steps.currentData() == 1
    assert set(page.view.boxes) == {str(people[name]) for name in ("general", "brigade", "firm", "spouse")}
    page.kinds[EdgeKind.FAMILY].setChecked(False)
    assert set(page.view.boxes) == {str(people[name]) for name in ("general", "brigade", "firm")}


def test_a_click_on_a_tie_shows_it_to_be_edited(page: LinkagePage, view: CaseView, qtbot: QtBot) -> None:
    page.show_tie(edge(page, RelationKind.OWNS))
    form = page.panel.form
    assert form is not None
    assert isinstance(form.row, Relation)
    field = form.field("percent")
    assert field is not None
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field.editor, "40")
    field.commit()
    settled(page, qtbot)
    assert view.desk.case.session.get(Relation, form.row.id).percent == 40  # type: ignore[union-attr]
    assert any(line.text.endswith("40 %, 2019–") for group in page.sheet.groups.values() for line in group.lines)
    assert not any(row.caught for row in page.holdings)
    assert page.panel.form is form, "what is being edited stays in place"


def test_a_click_in_the_chart_chooses(page: LinkagePage, people: dict[str, uuid.UUID], qtbot: QtBot) -> None:
    key = str(people["firm"])
    item = page.view._boxes[key]
    spot = page.view.mapFromScene(item.sceneBoundingRect().center())
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert page.view.current == key
    assert "Harbour Works" in texts(page.panel)
    assert "60 %" in texts(page.panel)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 2))
    assert page.view.current == ""
    assert "Nothing selected" in texts(page.panel)


def test_keys_walk_and_open(page: LinkagePage, view: CaseView, people: dict[str, uuid.UUID], qtbot: QtBot) -> None:
    page.view.setFocus()
    page.view.choose(str(people["general"]))
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.current in {str(people[name]) for name in ("brigade", "firm", "spouse")}
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    assert page.view.current == str(people["general"])
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert view.page.code == "targets"


def test_zoom_and_fit(page: LinkagePage, qtbot: QtBot) -> None:
    page.view.fit()
    whole = page.view.transform().m11()
    QTest.keyClick(page.view, Qt.Key.Key_Plus)
    assert page.view.transform().m11() > whole
    QTest.keyClick(page.view, Qt.Key.Key_0)
    assert page.view.transform().m11() == pytest.approx(whole)


def test_a_tie_is_added_from_the_chart_and_undone(
    page: LinkagePage, view: CaseView, people: dict[str, uuid.UUID], qtbot: QtBot
) -> None:
    page.add_tie(people["spouse"], people["firm"])
    settled(page, qtbot)
    form = page.panel.form
    assert form is not None
    assert isinstance(form.row, Relation)
    assert form.row.party_id == people["spouse"]
    assert len(page.view.ties) == 4
    view.desk.undo()
    settled(page, qtbot)
    assert len(page.view.ties) == 3
    assert page.panel.form is None


def test_the_figure_is_saved_after_a_warning(
    page: LinkagePage, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.path = tmp_path / "chart.pdf"
    prompts.yes = False
    page.export()
    settled(page, qtbot)
    assert not prompts.path.exists()
    assert "not encrypted" in prompts.asked[-1]
    prompts.yes = True
    page.export()
    settled(page, qtbot)
    data = prompts.path.read_bytes()
    assert data.startswith(b"%PDF")


def test_an_empty_case_says_what_to_do(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("linkage")
    assert isinstance(page, LinkagePage)
    settled(page, qtbot)
    assert page.stack.currentWidget() is page.empty


def test_five_hundred_ties_are_laid_out_beside_the_window(view: CaseView, qtbot: QtBot) -> None:
    parties = [Party(names=[Name(text=f"Person {number}")]) for number in range(150)]
    for number, party in enumerate(parties):
        party.relations = [
            Relation(
                other_id=parties[(number * 7 + step * 13 + 1) % 150].id,
                kind=list(RelationKind)[(number + step) % 11], rank=step,
            )
            for step in range(4)
            if (number * 7 + step * 13 + 1) % 150 != number
        ]  # fmt: skip

    def work(session: object) -> None:
        session.add_all(parties)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        session.add_all([Target(party_id=party.id, rank=n) for n, party in enumerate(parties[:50])])  # type: ignore[attr-defined]

    assert view.desk.try_change("Fill", work)
    page = view.show_page("linkage")
    assert isinstance(page, LinkagePage)
    settled(page, qtbot)
    assert 1 < len(page.view.boxes) < 150, "it begins with the surroundings of the first target"
    page.around.setCurrentIndex(0)
    page.refresh()
    settled(page, qtbot)
    assert len(page.view.boxes) == 150
    whole = calls(page.view.grab)
    page.view.scale(8, 8)  # a corner of the chart: what is out of sight is not painted
    assert calls(page.view.grab) < whole
    assert whole < 120 * (len(page.view.boxes) + len(page.view._ties))


def test_a_label_of_any_length_is_cut_at_once_and_as_late_as_it_can_be(qapp: QApplication) -> None:
    fonts = Fonts(qapp.font())
    (line,) = fonts.lines("x" * 300, "name", 176.0, 3)
    assert line.text.endswith("x…")
    assert line.width <= 176.0
    (more,) = fonts.lines(f"{line.text[:-1]}x…", "name", 1000.0, 3)
    assert more.width > 176.0
    few, many = (calls(partial(fonts.lines, "x" * letters, "name", 176.0, 3)) for letters in (300, 100_000))
    assert many < 2 * few
