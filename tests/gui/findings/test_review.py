"""The review page: findings with their reasons, and those that somebody set aside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Correction, Place, Severity
from magdesk.checks.groups import FindingChoice
from magdesk.gui.findings.card import FindingCard
from magdesk.gui.findings.group import FindingGroupCard
from magdesk.gui.findings.panel import FindingsPanel
from magdesk.gui.pages.review import ReviewPage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Citation, Evidence, Fact, Party, Target, Waiver
from magdesk.model.incidents import Incident
from magdesk.services.checking import check_case, listed


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


@pytest.fixture
def page(view: CaseView, qtbot: QtBot) -> FindingsPanel:
    shown = view.show_page("review")
    assert isinstance(shown, ReviewPage)
    qtbot.waitUntil(lambda: bool(shown.findings.cards))
    return shown.findings


def card_of(page: FindingsPanel, code: str) -> FindingCard:
    return next(card for card in page.cards if card.finding.code == code)


def set_aside(card: FindingCard, reason: str) -> None:
    card.reasons.click()
    card.aside.click()
    assert card.form is not None
    card.form.reason.setPlainText(reason)
    card.form.who.setText("L. Lawyer")
    card.form.done.click()


def test_a_finding_says_why_it_matters(view: CaseView, page: FindingsPanel) -> None:
    card = page.cards[0]
    assert card.body is None
    card.reasons.click()
    assert card.body is not None
    why = view.desk.law.checks[card.finding.code].why
    assert why in [label.text() for label in card.body.findChildren(type(page.clean))]
    card.show_button.click()
    assert view.page.code == card.finding.place.page


def test_a_finding_that_knows_what_is_right_corrects_it_in_one_step(
    view: CaseView, page: FindingsPanel, qtbot: QtBot
) -> None:
    desk = view.desk
    with desk.change("Before") as session:
        source = Citation(evidence=Evidence(title="A"), quote="as it was")
        session.add(Fact(text="A fact.", citations=[source]))
        session.flush()
    given = Correction(source.id, "quote", "as it was", "as the page says")
    place = Place("facts", source.id, "quote", "Fact 1")
    card = FindingCard(desk, replace(page.cards[0].finding, correction=given, place=place))
    qtbot.addWidget(card)
    card.reasons.click()
    assert card.correct.isEnabled()
    assert "as the page says" in card.correct.toolTip()
    card.correct.click()
    assert source.quote == "as the page says"
    assert desk.case.undo_label == "Correct a source"
    card.correct.click()
    card._on_corrected()
    assert source.quote == "as the page says", "what says something else by now is left alone"
    desk.undo()
    assert source.quote == "as it was"


def test_setting_aside_wants_a_reason_and_a_name(page: FindingsPanel, qtbot: QtBot) -> None:
    card = card_of(page, "C40")
    card.reasons.click()
    card.aside.click()
    form = card.form
    assert form is not None
    form.who.setText("L. Lawyer")
    assert not form.done.isEnabled()
    form.reason.setPlainText("  ")
    assert not form.done.isEnabled()
    form.reason.setPlainText("The board signs in June.")
    assert form.done.isEnabled()
    form.who.setText("")
    assert not form.done.isEnabled()


def test_what_is_set_aside_counts_no_more_and_comes_back(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    before = len(view.desk.findings())
    set_aside(card_of(page, "C40"), "The board signs in June.")
    qtbot.waitUntil(lambda: len(view.desk.survey.set_aside) == 1)
    assert len(view.desk.findings()) == before - 1
    assert "C40" not in {card.finding.code for card in page.cards}
    page.aside.click()
    (card,) = page.cards
    words = " ".join(label.text() for label in card.findChildren(type(page.clean)))
    assert "The board signs in June." in words
    assert "L. Lawyer" in words
    assert view.desk.today().isoformat() in words
    card.reasons.click()
    card.again.click()
    qtbot.waitUntil(lambda: not view.desk.survey.set_aside)
    assert len(view.desk.findings()) == before
    view.desk.undo()
    qtbot.waitUntil(lambda: len(view.desk.survey.set_aside) == 1)


def test_what_cannot_be_set_aside_says_so(page: FindingsPanel) -> None:
    card = next(card for card in page.cards if not card.finding.waivable)
    card.reasons.click()
    assert not hasattr(card, "aside")
    assert card.body is not None
    assert any("resolved" in label.text() for label in card.body.findChildren(type(page.clean)))


def test_a_reason_half_written_survives_other_edits(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    card = card_of(page, "C40")
    card.reasons.click()
    card.aside.click()
    assert card.form is not None
    card.form.reason.setPlainText("Because")
    count = len(view.desk.findings())
    with view.desk.change("Edit") as session:
        session.add(Incident(title="A night at the camp"))
    qtbot.waitUntil(lambda: len(view.desk.findings()) != count)
    assert card_of(page, "C40") is card
    assert card.form.reason.toPlainText() == "Because"


def test_a_decision_about_nothing_can_be_removed(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    with view.desk.change("Edit") as session:
        session.add(Waiver(code="C35", reason="Once it mattered."))
    qtbot.waitUntil(lambda: any(card.finding.code == "W01" for card in page.cards))
    card = card_of(page, "W01")
    card.reasons.click()
    card.again.click()
    qtbot.waitUntil(lambda: not any(card.finding.code == "W01" for card in page.cards))
    assert view.desk.rows(Waiver) == []


def add_incidents(view: CaseView, qtbot: QtBot, count: int) -> None:
    """Each lacks a place, a date and more."""
    before = view.desk.survey.findings
    with view.desk.change("Edit") as session:
        session.add_all(Incident(title=f"Night {number}", rank=number) for number in range(count))
    qtbot.waitUntil(lambda: view.desk.survey.findings != before)


def group_of(page: FindingsPanel, code: str) -> FindingGroupCard:
    return next(group for group in page.groups if group.group.code == code)


def test_findings_of_one_cause_are_one_line_that_opens(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    add_incidents(view, qtbot, 40)
    group = group_of(page, "C55")
    assert not group.opened
    assert group.cards == []
    told = group.line.accessibleName()
    assert f"{group.group.count} incidents lack a place" in told
    assert "Night 0" in told
    group.line.click()
    assert len(group.cards) == 30
    group.more.click()
    assert len(group.cards) == 60
    assert [card.finding for card in group.cards] == list(group.group.findings[:60])
    group.line.click()
    assert group.cards == []


def test_what_stops_the_filing_is_told_one_by_one(page: FindingsPanel) -> None:
    stops = [group for group in page.groups if group.group.severity is Severity.BLOCK]
    assert all(group.opened for group in stops)
    shown = [card.finding for card in page.cards if card.finding.severity is Severity.BLOCK]
    assert shown == [one for one in page.desk.findings() if one.severity is Severity.BLOCK]


def test_the_window_tells_what_the_command_line_tells(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    add_incidents(view, qtbot, 3)
    told = listed(check_case(view.desk.case, view.desk.law, view.desk.today()), view.desk.law, FindingChoice())
    lines = [line.group if isinstance(line, FindingGroupCard) else line.finding for line in page.shown]
    assert lines == [group if group.count > 1 else group.findings[0] for group in told.groups]


def test_findings_are_chosen_by_page_and_target(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    add_incidents(view, qtbot, 2)
    assert not page.targets.isVisibleTo(page)  # there is nobody to choose between
    place = page.pages.findData("incidents")
    assert place > 0
    page.pages.setCurrentIndex(place)
    page.pages.activated.emit(place)
    wanted = [one for one in view.desk.findings() if one.place.page == "incidents"]
    assert len(wanted) > 2
    assert sum(line.group.count if isinstance(line, FindingGroupCard) else 1 for line in page.shown) == len(wanted)
    with view.desk.change("Edit") as session:
        parties = [Party(), Party()]
        session.add_all(parties)
        session.flush()
        session.add_all(Target(party_id=party.id, rank=rank) for rank, party in enumerate(parties))
    qtbot.waitUntil(lambda: page.targets.isVisibleTo(page))
    page.pages.setCurrentIndex(0)
    page.targets.setCurrentIndex(2)
    page.targets.activated.emit(2)
    chosen = page.targets.currentData()
    about = [one for one in view.desk.findings() if chosen in one.targets]
    assert about
    assert sum(line.group.count if isinstance(line, FindingGroupCard) else 1 for line in page.shown) == len(about)


def test_a_choice_with_nothing_says_that_there_is_more(view: CaseView, page: FindingsPanel, qtbot: QtBot) -> None:
    place = page.pages.findData("review")
    page.pages.setCurrentIndex(place)
    page.pages.activated.emit(place)
    page.weights[Severity.INFO].click()
    assert page.shown == []
    assert "Other pages" in page.clean.text()


def test_keys_go_from_line_to_line(view: CaseView, page: FindingsPanel, qtbot: QtBot, open_window: Window) -> None:
    add_incidents(view, qtbot, 2)
    open_window.activateWindow()
    group = group_of(page, "C55")
    group.line.setFocus()
    qtbot.waitUntil(group.line.hasFocus)
    QTest.keyClick(group.line, Qt.Key.Key_Right)
    assert group.opened
    QTest.keyClick(group.line, Qt.Key.Key_Down)
    assert group.cards[0].line.hasFocus()
    QTest.keyClick(group.cards[0].line, Qt.Key.Key_Down)
    assert group.cards[1].line.hasFocus()
    QTest.keyClick(group.cards[1].line, Qt.Key.Key_Up)
    QTest.keyClick(group.cards[0].line, Qt.Key.Key_Left)
    assert not group.opened
    assert group.line.hasFocus()
    QTest.keyClick(group.line, Qt.Key.Key_Right)
    QTest.keyClick(group.line, Qt.Key.Key_Down)
    QTest.keyClick(group.cards[0].line, Qt.Key.Key_Return)
    assert view.page.code == "incidents"


def test_lines_keep_the_room_that_they_need(page: FindingsPanel, qtbot: QtBot, open_window: Window) -> None:
    """A list that grew longer again was pressed into the height that it had before."""
    open_window.resize(900, 420)

    def room() -> bool:
        return all(line.height() >= line.heightForWidth(line.width()) for line in page.shown)

    def settled() -> bool:
        return bool(page.shown) and all(line.isVisible() for line in page.shown) and room()

    qtbot.waitUntil(settled)
    page.weights[Severity.INFO].click()
    qtbot.wait(50)
    page.weights[None].click()
    qtbot.waitUntil(settled)
    (group, *_rest) = [one for one in page.groups if not one.opened]
    group.line.click()
    qtbot.waitUntil(settled)
    assert page.height() == page.heightForWidth(page.width())


def test_who_has_seen_the_words_of_a_scan_says_so_and_takes_it_back(
    view: CaseView, page: FindingsPanel, qtbot: QtBot
) -> None:
    desk = view.desk
    with desk.change("Before") as session:
        source = Citation(evidence=Evidence(title="A scan", sha256="0" * 64), pinpoint="2", quote="as it stands")
        session.add(Fact(text="A fact.", citations=[source]))

    def mine(panel: FindingsPanel) -> FindingCard | None:
        return next((one for one in panel.cards if one.finding.code == "Q01"), None)

    qtbot.waitUntil(lambda: mine(page) is not None)
    card = mine(page)
    assert card is not None
    card.reasons.click()
    card.seen.click()
    form = card.seen_form
    assert form is not None
    form.who.setText(" ")
    assert not form.done.isEnabled()
    form.who.setText("L. Lawyer")
    form.done.click()
    assert (source.seen_by, source.seen_on) == ("L. Lawyer", desk.today())
    assert desk.case.undo_label == "Confirm a quotation"
    qtbot.waitUntil(lambda: mine(page) is None)
    assert [one.waived.by for one in desk.survey.set_aside if one.waived is not None] == ["L. Lawyer"]
    desk.undo()
    assert not source.seen_by
    qtbot.waitUntil(lambda: mine(page) is not None)
