"""The element matrix in the window: cells, keys, drops, the side panel, filters; and facts handled as a whole."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.checks.finding import Place
from magdesk.checks.scope import Scope
from magdesk.checks.strength import ElementCell, Strength, element_matrix
from magdesk.dossier.dossier import load_dossier
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.chips import ChipsField
from magdesk.gui.forms.fields import TextAreaField
from magdesk.gui.forms.lawquestions import KindGuide, ModeGuide
from magdesk.gui.matrix.bands import CellKey, CellWords, MatrixFilter, Wording, groups_of
from magdesk.gui.matrix.dragging import carry, facts_in
from magdesk.gui.matrix.layout import Layout, Sizes
from magdesk.gui.pages.factproofs import Answerable
from magdesk.gui.pages.facts import FactsPage
from magdesk.gui.pages.incidents import IncidentsPage
from magdesk.gui.pages.matrix import MatrixPage
from magdesk.gui.pages.people import PeoplePage
from magdesk.gui.pages.splitting import SplitDialog
from magdesk.gui.runner import Runner
from magdesk.gui.theme import Theme
from magdesk.gui.window.actions import PAGES, shortcut_table
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.rail import fitted
from magdesk.gui.window.shell import Window
from magdesk.model import (
    Citation,
    ElementNote,
    Evidence,
    Fact,
    Incident,
    LegalBasis,
    Name,
    Participation,
    Party,
    Proof,
    Section,
    Target,
    Victim,
)
from magdesk.model.evidence import Access, Grade
from magdesk.model.facts import Stance
from magdesk.model.incidents import Mode
from magdesk.model.text import fact_token, party_token
from magdesk.regimes.regime import Law
from tests.gui.conftest import PASSPHRASE, TODAY, FakePrompts
from tests.shared import CHEAP

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def view(open_window: Window, qtbot: QtBot) -> CaseView:
    """A case with one general, two grounds, three facts."""
    assert open_window.view is not None
    desk = open_window.view.desk
    with desk.change("Set up") as session:
        general = Party(names=[Name(text="General Verrodine")])
        torture = LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture")
        visa = LegalBasis(regime="us-7031c", prong="GV", abuse_type="torture", rank=1)
        target = Target(party=general, legal_bases=[torture, visa])
        incident = Incident(title="Beatings", kind="torture")
        session.add_all([target, incident])
        for n, access in enumerate((Access.OPEN_SOURCE, Access.ON_FILE, Access.ON_FILE)):
            session.add(Evidence(title=f"Paper {n}", rank=n, access=access, grade=Grade.B))
        session.flush()
        session.add(Participation(incident_id=incident.id, target_id=target.id, mode=Mode.COMMAND))
        for n in range(3):
            session.add(Fact(rank=n, text=f"Statement {n}.", incident_id=incident.id))
        session.flush()
        first = desk.facts()[0]
        first.proofs.append(Proof(legal_basis_id=torture.id, element="E1"))
        first.citations.append(Citation(evidence_id=desk.rows(Evidence)[0].id, pinpoint="4"))
    with qtbot.waitSignal(desk.surveyed, timeout=20000):
        pass
    return open_window.view


@pytest.fixture
def page(view: CaseView) -> MatrixPage:
    page = view.show_page("matrix")
    assert isinstance(page, MatrixPage)
    QApplication.processEvents()
    return page


def basis(desk: Desk, regime: str = "us-glomag") -> uuid.UUID:
    return next(row.id for row in desk.rows(LegalBasis) if row.regime == regime)


def cell(page: MatrixPage, code: str) -> ElementCell:
    found = page.matrix.cell(basis(page.desk), code)
    assert found is not None
    return found


def key(page: MatrixPage, code: str) -> CellKey:
    return (basis(page.desk), code)


def boxes(page: MatrixPage) -> list[CellWords]:
    return [part.thing for part in page.view.arranged.parts if isinstance(part.thing, CellWords)]


def place_of(page: MatrixPage, code: str) -> QPoint:
    """The middle of a cell on the screen, scrolled into view."""
    assert page.view.choose(key(page, code))
    part = page.view.arranged.part(key(page, code))
    assert part is not None
    top = part.top - page.view.verticalScrollBar().value()
    return QPoint(part.left + part.width // 2, top + part.height // 2)


# ---------------------------------------------------------------------------------------------------- cells


def test_every_element_of_every_ground_is_a_cell(page: MatrixPage, shot: Shot) -> None:
    law = page.desk.law
    glomag, visa = law.regimes["us-glomag"], law.regimes["us-7031c"]
    wanted = [one.code for one in (*glomag.elements("HR-1", "torture"), *visa.elements("GV", "torture"))]
    modes = [one.code for one in law.modes["command"].elements]
    assert sorted(box.code for box in boxes(page)) == sorted(wanted + 2 * modes)
    assert cell(page, "E1").strength is Strength.SINGLE
    assert cell(page, "T1").strength is Strength.MISSING
    shot(page, "matrix")


def test_linking_and_unlinking_repaint_at_once_and_can_be_undone(page: MatrixPage) -> None:
    desk = page.desk
    second = desk.facts()[1]
    with desk.change("Cite") as session:
        for item in desk.rows(Evidence)[:2]:
            session.add(Citation(fact_id=second.id, evidence_id=item.id))
    assert page.view.choose(key(page, "E1"))
    page.panel.link_requested.emit([second.id])
    assert cell(page, "E1").strength is Strength.SOLID
    assert cell(page, "E1").facts == (desk.facts()[0].id, second.id)
    assert desk.case.undo_label == "Link fact to E1"
    page.panel.unlink_requested.emit(desk.facts()[0].id)
    assert cell(page, "E1").facts == (second.id,)
    desk.undo()
    desk.undo()
    assert cell(page, "E1").strength is Strength.SINGLE
    desk.redo()
    assert cell(page, "E1").strength is Strength.SOLID


def test_what_other_pages_change_is_followed(page: MatrixPage, view: CaseView, qtbot: QtBot) -> None:
    desk = page.desk
    first = desk.facts()[0]
    with desk.change("Contradict") as session:
        session.add(Citation(fact_id=first.id, evidence_id=desk.rows(Evidence)[1].id, stance=Stance.CONTRADICTS))
    assert len(cell(page, "E1").weight.against) == 1
    contradiction = next(row for row in first.citations if row.stance is Stance.CONTRADICTS)
    with desk.change("Drop") as session:
        session.delete(contradiction)
    assert cell(page, "E1").weight.against == ()
    view.show_page("facts")
    with desk.change("Drop") as session:
        session.delete(first)
    view.show_page("matrix")
    assert cell(page, "E1").strength is Strength.MISSING
    with qtbot.waitSignal(desk.surveyed, timeout=20000):
        pass
    assert cell(page, "E1").strength is Strength.MISSING


def test_a_look_that_is_older_than_an_edit_does_not_undo_it(page: MatrixPage) -> None:
    desk = page.desk
    old = desk.survey
    third = desk.facts()[2]
    with desk.change("Link"):
        third.proofs.append(Proof(legal_basis_id=basis(desk), element="T1"))
    assert len(cell(page, "T1").facts) == 1
    desk.survey = old
    page.on_surveyed()
    assert len(cell(page, "T1").facts) == 1


def test_facts_for_a_mode_prove_the_tie_as_well(page: MatrixPage) -> None:
    desk = page.desk
    third = desk.facts()[2]
    assert page.view.choose(key(page, "command:C3"))
    page.panel.link_requested.emit([third.id])
    # Command is proved once, the tie to the act in each ground that asks for it.
    assert sorted(proof.element for proof in third.proofs) == ["C3", "E3", "E3"]
    assert sum(proof.participation_id is not None for proof in third.proofs) == 1
    assert cell(page, "command:C3").facts == cell(page, "E3").facts == (third.id,)
    assert desk.case.undo_label == "Link fact to C3"


def test_what_a_kind_of_act_asks_is_linked_once_for_every_ground(page: MatrixPage, prompts: FakePrompts) -> None:
    desk = page.desk
    second, other = desk.facts()[1], basis(desk, "us-7031c")
    assert page.view.choose(key(page, "T1"))
    page.panel.link_requested.emit([second.id])
    (proof,) = second.proofs
    assert (proof.kind, proof.element, proof.legal_basis_id) == ("torture", "T1", None)
    assert page.matrix.cell(other, "T1").facts == cell(page, "T1").facts == (second.id,)  # type: ignore[union-attr]
    assert page.panel._cards[second.id].way.text() == "Counts for 2 grounds"
    prompts.choice = None
    page.panel.unlink_requested.emit(second.id)
    assert "2 grounds" in prompts.asked[-1]
    assert second.proofs == [proof]
    prompts.choice = 1
    page.panel.unlink_requested.emit(second.id)
    assert [(one.legal_basis_id, one.kind, one.element) for one in second.proofs] == [(other, None, "T1")]
    assert cell(page, "T1").facts == ()
    assert page.matrix.cell(other, "T1").facts == (second.id,)  # type: ignore[union-attr]
    desk.undo()
    assert cell(page, "T1").facts == (second.id,)
    prompts.choice = 0
    page.panel.unlink_requested.emit(second.id)
    assert second.proofs == []
    desk.undo()
    assert page.matrix.cell(other, "T1").facts == cell(page, "T1").facts == (second.id,)  # type: ignore[union-attr]


def test_a_proof_for_one_ground_is_taken_back_without_a_question(page: MatrixPage, prompts: FakePrompts) -> None:
    desk = page.desk
    first = desk.facts()[0]
    with desk.change("Set up"):
        first.proofs.append(Proof(legal_basis_id=basis(desk), element="T2"))
    page.view.choose(key(page, "T2"))
    page.panel.unlink_requested.emit(first.id)
    assert [proof.element for proof in first.proofs] == ["E1"]
    assert not prompts.asked


def test_a_fact_ticks_an_element_in_every_ground_that_asks_it(view: CaseView, prompts: FakePrompts) -> None:
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    desk = view.desk
    second = desk.facts()[1]
    page.select(second.id)

    def one(code: str) -> Answerable:
        return next(one for one in page.shown.offered() if one.asked[0][1] == code)

    pain = one("T1")
    assert len(pain.asked) == 2
    page.shown.say(pain)
    assert [(proof.kind, proof.element) for proof in second.proofs] == [("torture", "T1")]
    (line,) = page.shown.lines
    assert "Counts for 2 grounds" in line.head.accessibleName()
    QTest.mouseClick(line.back, Qt.MouseButton.LeftButton)
    assert page.shown.lines == []
    assert second.proofs == []
    desk.undo()
    assert [len(line.one.asked) for line in page.shown.lines] == [2]
    # What a paragraph asks by itself is its own.
    page.shown.say(one("E1"))
    assert (basis(desk), "E1") in {(proof.legal_basis_id, proof.element) for proof in second.proofs}


def test_the_search_offers_what_is_nearest_first_and_each_question_once(view: CaseView) -> None:
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.select(view.desk.facts()[1].id)
    offered = page.shown.offered()
    everything = [key for answer in offered for key in answer.asked]
    assert len(set(everything)) == len(everything)
    assert [answer.near for answer in offered] == sorted((answer.near for answer in offered), reverse=True)
    assert len(offered) < len(everything)


# ----------------------------------------------------------------------------------------------------- keys


def test_keys_move_open_find_and_unlink(page: MatrixPage, qtbot: QtBot) -> None:
    view = page.view
    view.setFocus()
    assert view.choose(key(page, "E1"))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current_key == key(page, "E2")
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.current_key is None, "the line of the ground"
    assert view.current is not None
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert not view.current.open
    assert page.view.arranged.part(key(page, "E1")) is None
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.view.arranged.part(key(page, "E1")) is not None
    QTest.keyClicks(view, "sev")
    assert view.current_key == key(page, "T2")
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.verticalScrollBar().value() <= 8
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key == key(page, "E1")
    page.side_button.setChecked(False)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.side.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert cell(page, "E1").facts == ()
    assert not page.desk.prompts.asked


def test_what_is_chosen_is_said(page: MatrixPage) -> None:
    assert page.view.choose(key(page, "E1"))
    said = page.view.accessibleDescription()
    assert "Foreign person" in said
    assert "Single source" in said
    assert "second independent source" in said
    part = page.view.current
    assert part is not None
    for widget in (page.view, page.authority, page.target, page.search, page.fold, page.side_button, page.facts.view):
        assert widget.accessibleName()


def test_the_mouse_chooses_and_closes(page: MatrixPage) -> None:
    place = place_of(page, "T4")
    page.view.choose(key(page, "E1"))
    place = place_of(page, "T4")
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.view.current_key == key(page, "T4")
    line = page.view.arranged.part(basis(page.desk))
    assert line is not None
    page.view.verticalScrollBar().setValue(0)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(line.left + 30, line.top + 5))
    assert page.view.arranged.part(key(page, "T4")) is None
    page.fold.click()
    assert page.view.all_folded
    page.fold.click()
    assert page.view.arranged.part(key(page, "T4")) is not None


# ---------------------------------------------------------------------------------------------------- drops


def test_a_fact_is_dropped_on_a_cell(page: MatrixPage) -> None:
    desk = page.desk
    facts = [fact.id for fact in desk.facts()[1:]]
    page.tabs.setCurrentWidget(page.facts)
    data = page.facts.model.mimeData([page.facts.model.index(1), page.facts.model.index(2)])
    assert facts_in(data) == facts
    place = place_of(page, "T1")
    point, left, none = QPointF(place), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(page.view.viewport(), enter)
    assert enter.isAccepted()
    move = QDragMoveEvent(place, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(page.view.viewport(), move)
    assert move.isAccepted()
    drop = QDropEvent(point, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(page.view.viewport(), drop)
    assert cell(page, "T1").facts == tuple(facts)
    assert page.view.current_key == key(page, "T1")
    QApplication.sendEvent(page.view.viewport(), QDropEvent(point, Qt.DropAction.CopyAction, data, left, none))
    assert cell(page, "T1").facts == tuple(facts), "twice is once"


def test_only_facts_are_welcome_and_only_on_cells(page: MatrixPage) -> None:
    from PySide6.QtCore import QMimeData

    text = QMimeData()
    text.setText("no fact")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, text, left, none)
    QApplication.sendEvent(page.view.viewport(), enter)
    assert not enter.isAccepted()
    before = page.desk.case.undo_label
    carried = carry([page.desk.facts()[0].id])
    drop = QDropEvent(QPointF(2, 2), Qt.DropAction.CopyAction, carried, left, none)
    page.view.dropEvent(drop)
    assert page.desk.case.undo_label == before
    assert facts_in(carry([])) == []


def test_the_list_links_by_key_and_narrows(page: MatrixPage) -> None:
    page.view.choose(key(page, "T2"))
    page.tabs.setCurrentWidget(page.facts)
    page.facts.filter.setText("statement 2.")
    assert [line.number for line in page.facts.model.lines] == ["3"]
    page.facts.view.setCurrentIndex(page.facts.model.index(0))
    assert page.facts.button.text() == "Link to T2"
    QTest.keyClick(page.facts.view, Qt.Key.Key_Return)
    assert cell(page, "T2").facts == (page.desk.facts()[2].id,)


# ------------------------------------------------------------------------------------------------ side panel


def test_a_fact_is_written_for_a_cell(page: MatrixPage) -> None:
    desk = page.desk
    page.view.choose(key(page, "E1"))
    page.panel.add_button.click()
    fresh = desk.facts()[-1]
    assert fresh.incident_id == desk.facts()[0].incident_id
    assert [proof.element for proof in fresh.proofs] == ["E1"]
    card = page.panel._cards[fresh.id]
    assert card.form is not None
    field = card.form.field("text")
    assert field is not None
    editor = field.editor
    assert isinstance(editor, QTextEdit)
    QTest.keyClicks(editor, "He holds its passport.")
    field.commit()
    assert fresh.text == "He holds its passport."
    assert desk.case.session.get(Fact, fresh.id) is fresh
    card.edit.setChecked(False)
    assert card.text.text() == "He holds its passport."


def test_the_panel_tells_sources_contradictions_and_the_way(page: MatrixPage) -> None:
    desk = page.desk
    with desk.change("Set up") as session:
        first = desk.facts()[0]
        first.proofs.append(Proof(legal_basis_id=basis(desk), element="T2"))
        session.add(Citation(fact_id=first.id, evidence_id=desk.rows(Evidence)[1].id, stance=Stance.CONTRADICTS))
    desk.case.session.expire(first, ["citations"])
    page.view.choose(key(page, "E2"))
    card = page.panel._cards[first.id]
    assert card.way.text() == "through E1, T2"
    assert not card.unlink.isVisibleTo(card)
    labels = [card._sources.itemAt(n).widget() for n in range(card._sources.count())]  # type: ignore[union-attr]
    assert [label.objectName() for label in labels if label is not None] == ["help", "fieldError"]


def _comment(page: MatrixPage) -> str:
    field = page.panel.form.field("text")
    assert isinstance(field, TextAreaField)
    return field.editor.toPlainText()


def test_a_comment_is_kept_and_follows_undo(page: MatrixPage) -> None:
    desk = page.desk
    page.view.choose(key(page, "E1"))
    field = page.panel.form.field("text")
    assert field is not None
    field.editor.setPlainText("One register must do.")  # type: ignore[attr-defined]
    field.commit()
    assert [note.text for note in desk.rows(ElementNote)] == ["One register must do."]
    assert cell(page, "E1").note == "One register must do."
    page.view.choose(key(page, "E2"))
    page.view.choose(key(page, "E1"))
    assert _comment(page) == "One register must do."
    desk.undo()
    assert cell(page, "E1").note == ""
    page.view.choose(key(page, "E2"))
    page.view.choose(key(page, "E1"))
    assert _comment(page) == ""


def test_a_fact_opens_on_its_own_page(page: MatrixPage, view: CaseView) -> None:
    first = page.desk.facts()[0]
    page.view.choose(key(page, "E1"))
    page.panel._cards[first.id].open.click()
    assert isinstance(view.page, FactsPage)
    assert view.page.current is first


# --------------------------------------------------------------------------------------------------- filters


def test_filters_narrow_to_authority_target_and_gaps(page: MatrixPage) -> None:
    desk = page.desk
    page.authority.setCurrentIndex(page.authority.findText("Section 7031(c)"))
    page.refresh()
    assert {box.cell.basis for box in boxes(page)} == {basis(desk, "us-7031c")}
    page.authority.setCurrentIndex(0)
    page.gaps.setChecked(True)
    assert boxes(page)
    assert all(box.cell.gap for box in boxes(page))
    page.show_place(Place("matrix", basis(desk), "T7"))
    assert page.view.current_key == key(page, "T7"), "filters give way to what is asked for"
    assert not page.gaps.isChecked()
    with desk.change("Second") as session:
        other = Target(party=Party(names=[Name(text="Other")]), rank=1)
        other.legal_bases.append(LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="killing"))
        session.add(other)
    assert page.target.findText("Other") > 0


def test_the_search_finds_cells(page: MatrixPage) -> None:
    page.search.setText("purpose")
    assert page.view.current_key == key(page, "T4")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.view.current_key == (basis(page.desk, "us-7031c"), "T4")


def test_an_empty_case_says_what_to_do(open_window: Window, qtbot: QtBot, shot: Shot) -> None:
    assert open_window.view is not None
    page = open_window.view.show_page("matrix")
    assert isinstance(page, MatrixPage)
    assert page.stack.currentWidget() is page.empty
    assert "Add targets" in page.empty.words.text()
    page.focus_first()
    shot(page, "matrix-empty")


def test_the_layout_holds_every_cell_once_at_any_width(page: MatrixPage) -> None:
    groups = groups_of(page.desk, page.matrix, Wording(page.desk.law), MatrixFilter())
    for width in (120, 300, 652, 1400):
        layout = Layout(groups, (), width, Sizes(30, 26, 22, 84))
        parts = layout.parts
        assert len({part.key for part in parts}) == len(parts)
        for upper, lower in zip(layout.rows, layout.rows[1:], strict=False):
            assert upper[0].top + upper[0].height <= lower[0].top
        for part in parts:
            assert layout.at(part.left + 1, part.top + 1) is part
            assert part.left + part.width <= max(width, 220)
    assert isinstance(page.view, QAbstractScrollArea)


# ------------------------------------------------------------------------------------------ facts as a whole


def test_a_fact_is_split_at_the_cursor(view: CaseView, shot: Shot) -> None:
    desk = view.desk
    first = desk.facts()[0]
    person = desk.rows(Party)[0]
    with desk.change("Write"):
        first.text = f"{party_token(person.id)} came 😀. He left. He slept."
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.select(first.id)
    editor = page.statement.editor
    cursor = editor.textCursor()
    cursor.setPosition(editor.toPlainText().encode("utf-16-le").index("He slept".encode("utf-16-le")) // 2)
    editor.setTextCursor(cursor)
    page.split_current()
    dialog = page.findChild(SplitDialog)
    assert dialog is not None
    assert dialog.second.text() == "He slept."
    dialog.back.click()
    assert dialog.second.text() == "He left. He slept."
    shot(dialog, "split")
    dialog.yes.click()
    assert [fact.text for fact in desk.facts()][:2] == [f"{party_token(person.id)} came 😀.", "He left. He slept."]
    assert page.current is desk.facts()[1]
    assert len(desk.facts()[1].citations) == 1
    assert [proof.element for proof in desk.facts()[1].proofs] == ["E1"]
    desk.undo()
    assert len(desk.facts()) == 3


def test_selected_facts_are_merged_and_references_follow(view: CaseView) -> None:
    desk = view.desk
    first, second, third = desk.facts()
    with desk.change("Write") as session:
        section = Section(code="summary", text=f"See {fact_token(third.id)}.")
        session.add(section)
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.merge_selected()
    assert len(desk.facts()) == 3, "one is not enough"
    page.select(first.id)
    QTest.mouseClick(
        page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier,
        page.view.visualRect(page.model.index(2)).center(),
    )  # fmt: skip
    assert page.selected == [first, third]
    assert page.merge.isEnabled()
    page.merge.trigger()
    assert [fact.id for fact in desk.facts()] == [first.id, second.id]
    assert first.text == "Statement 0. Statement 2."
    assert section.text == f"See {fact_token(first.id)}."
    assert page.current is first
    desk.undo()
    assert section.text == f"See {fact_token(third.id)}."


def test_facts_of_different_incidents_are_merged_only_on_purpose(view: CaseView) -> None:
    desk = view.desk
    with desk.change("Background"):
        desk.facts()[2].incident_id = None
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.view.selectAll()
    desk.prompts.yes = False  # type: ignore[attr-defined]
    page.merge_selected()
    assert "different incidents" in desk.prompts.asked[-1]  # type: ignore[attr-defined]
    assert len(desk.facts()) == 3
    desk.prompts.yes = True  # type: ignore[attr-defined]
    page.merge_selected()
    assert len(desk.facts()) == 1


def test_a_fact_is_doubled(view: CaseView) -> None:
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.select(page.desk.facts()[0].id)
    page.double.trigger()
    assert [fact.text for fact in page.desk.facts()][:2] == ["Statement 0.", "Statement 0."]
    assert page.current is page.desk.facts()[1]


def test_facts_stand_under_their_incidents(view: CaseView) -> None:
    from magdesk.gui.rowpainting import HEADING_ROLE

    desk = view.desk
    with desk.change("Background"):
        desk.facts()[2].incident_id = None
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    headings = [page.model.data(page.model.index(n), HEADING_ROLE) for n in range(3)]
    assert headings == ["Background", "Beatings", None]
    first, second = (page.view.visualRect(page.model.index(n)).height() for n in (1, 2))
    assert first > second
    page.filter.setText("beatings")
    assert len(page.model.items) == 2


def test_people_of_a_fact_are_named_and_lead_to_their_page(view: CaseView) -> None:
    desk = view.desk
    person = desk.rows(Party)[0]
    with desk.change("Write"):
        desk.facts()[0].text = f"{party_token(person.id)} came."
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.select(desk.facts()[0].id)
    chips = page.people.findChildren(QPushButton)
    assert [chip.accessibleName() for chip in chips] == ["Go to General Verrodine"]
    chips[0].click()
    assert view.page.code == "targets"


# ------------------------------------------------------------------------------------------ around the matrix


def test_groups_of_victims_are_ticked_and_words_of_ones_own_stay(view: CaseView) -> None:
    desk = view.desk
    with desk.change("Victim") as session:
        party = Party(names=[Name(text="Teacher A")], victim=Victim(groups="women, Teachers"))
        session.add(party)
    page = view.show_page("people")
    assert isinstance(page, PeoplePage)
    page.select(party.id)
    field = page.victim.form.field("groups")
    assert isinstance(field, ChipsField)
    assert [code for code, chip in field.chips.items() if chip.isChecked()] == ["women", "Teachers"]
    field.chips["defenders"].click()
    assert party.victim is not None
    assert set(party.victim.group_codes) == {"women", "Teachers", "defenders"}
    field.editor.setText("Miners, Journalists")
    field.on_edited()
    field.commit()
    assert set(party.victim.group_codes) == {"women", "Teachers", "defenders", "Miners", "journalists"}
    assert field.editor.text() == ""
    assert field.chips["journalists"].isChecked()
    field.chips["Teachers"].click()
    assert "Teachers" not in party.victim.groups
    desk.undo()
    field.load()
    assert field.chips["Teachers"].isChecked()
    before = desk.case.undo_label
    field.commit()
    assert desk.case.undo_label == before, "nothing changed, nothing written"


def test_an_incident_tells_what_its_kind_and_mode_need(view: CaseView, qtbot: QtBot, shot: Shot) -> None:
    desk = view.desk
    page = view.show_page("incidents")
    assert isinstance(page, IncidentsPage)
    kind = page.findChild(KindGuide)
    assert isinstance(kind, KindGuide)
    assert "Torture" in kind.head.text()
    cards = next(one for one in page.form.findChildren(QWidget) if getattr(one, "attribute", "") == "participations")
    cards.show_row(desk.rows(Participation)[0].id)  # type: ignore[attr-defined]
    guide = page.findChild(ModeGuide)
    assert isinstance(guide, ModeGuide)
    assert "0 of 4" in guide.head.text()
    first = desk.facts()[0]
    with desk.change("Link"):
        first.proofs.append(Proof(legal_basis_id=basis(desk), element="command:C3"))
    with qtbot.waitSignal(desk.surveyed, timeout=20000):
        pass
    assert "1 of 4" in guide.head.text()
    with desk.change("Unkind"):
        desk.rows(Incident)[0].kind = ""
    assert not kind.isVisibleTo(page)


def test_links_to_what_a_mode_needs_are_no_stale_links(view: CaseView, qtbot: QtBot) -> None:
    desk = view.desk
    first, second, _third = desk.facts()
    with desk.change("Link"):
        first.proofs.append(Proof(legal_basis_id=basis(desk), element="command:C3"))
        second.proofs.append(Proof(legal_basis_id=basis(desk), element="Z9"))
    with qtbot.waitSignal(desk.surveyed, timeout=20000):
        pass
    stale = [one for one in desk.findings("facts") if one.code == "C33"]
    assert [one.place.row for one in stale] == [second.id]


@pytest.mark.parametrize(("room", "pages"), [(455, 17), (716, 17), (716, 15), (1000, 17), (300, 17)])
def test_the_rail_fits_its_pages(room: int, pages: int) -> None:
    height, caption, edge = fitted(room, pages, 5)
    assert 24 <= height <= 34
    assert room < 430 or pages * height + 5 * caption + 2 * edge <= room


def test_pages_keep_their_keys() -> None:
    keys = dict(shortcut_table())
    titles = dict(PAGES)
    for code, wanted in (("home", "Ctrl+1"), ("facts", "Ctrl+6"), ("narrative", "Ctrl+0"), ("matrix", "Ctrl+M")):
        assert keys[titles[code]] == wanted


def test_the_keys_of_the_rail_reach_every_page(view: CaseView) -> None:
    view.resize(880, 480)
    QApplication.processEvents()
    codes = [code for code, _title in PAGES]
    view.rail.buttons[codes[0]].setFocus()
    for code in codes[1:]:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Down)
        assert view.rail.buttons[code].hasFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Down)
    assert view.rail.buttons[codes[0]].hasFocus()
    QTest.keyClick(view.rail.buttons[codes[0]], Qt.Key.Key_End)
    assert view.rail.buttons[codes[-1]].hasFocus()


def test_a_case_that_is_only_read_can_be_looked_at(
    view: CaseView, case: CaseFile, law: Law, prompts: FakePrompts, theme: Theme
) -> None:
    desk = view.desk
    second = desk.facts()[1]
    with desk.change("Link"):
        second.proofs.append(Proof(legal_basis_id=basis(desk), element="E1"))
    with CaseFile.open(case.path, PASSPHRASE, cost=CHEAP, read_only=True) as read:
        runner = Runner()
        shown = Desk(read, law, runner, prompts, theme, lambda: TODAY)
        page = MatrixPage(shown)
        with read.reader() as session:
            scope = Scope(load_dossier(session), law, TODAY)
            shown.survey = replace(shown.survey, matrix=element_matrix(scope))
        page.on_surveyed()
        assert page.view.choose(key(page, "E1"))
        assert len(page.panel._cards) == 2
        assert not page.panel.add_button.isEnabled()
        assert not page.panel.link_button.isEnabled()
        assert not page.view.acceptDrops()
        QTest.keyClick(page.view, Qt.Key.Key_Delete)
        assert len(cell(page, "E1").facts) == 2
        page.panel.show_box(None, "")
        shown.leave()
        runner.shutdown()
        page.deleteLater()
        shown.deleteLater()
        runner.deleteLater()
