"""The review page: findings with their reasons, and those that somebody set aside."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from magdesk.gui.findings.card import FindingCard
from magdesk.gui.pages.review import ReviewPage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Waiver
from magdesk.model.incidents import Incident


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


@pytest.fixture
def page(view: CaseView, qtbot: QtBot) -> ReviewPage:
    shown = view.show_page("review")
    assert isinstance(shown, ReviewPage)
    qtbot.waitUntil(lambda: bool(shown.cards))
    return shown


def card_of(page: ReviewPage, code: str) -> FindingCard:
    return next(card for card in page.cards if card.finding.code == code)


def set_aside(card: FindingCard, reason: str) -> None:
    card.reasons.click()
    card.aside.click()
    assert card.form is not None
    card.form.reason.setPlainText(reason)
    card.form.who.setText("L. Lawyer")
    card.form.done.click()


def test_a_finding_says_why_it_matters(view: CaseView, page: ReviewPage) -> None:
    card = page.cards[0]
    assert card.body is None
    card.reasons.click()
    assert card.body is not None
    why = view.desk.law.checks[card.finding.code].why
    assert why in [label.text() for label in card.body.findChildren(type(page.clean))]
    card.show_button.click()
    assert view.page.code == card.finding.place.page


def test_setting_aside_wants_a_reason_and_a_name(page: ReviewPage, qtbot: QtBot) -> None:
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


def test_what_is_set_aside_counts_no_more_and_comes_back(view: CaseView, page: ReviewPage, qtbot: QtBot) -> None:
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


def test_what_cannot_be_set_aside_says_so(page: ReviewPage) -> None:
    card = next(card for card in page.cards if not card.finding.waivable)
    card.reasons.click()
    assert not hasattr(card, "aside")
    assert card.body is not None
    assert any("resolved" in label.text() for label in card.body.findChildren(type(page.clean)))


def test_a_reason_half_written_survives_other_edits(view: CaseView, page: ReviewPage, qtbot: QtBot) -> None:
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


def test_a_decision_about_nothing_can_be_removed(view: CaseView, page: ReviewPage, qtbot: QtBot) -> None:
    with view.desk.change("Edit") as session:
        session.add(Waiver(code="C35", reason="Once it mattered."))
    qtbot.waitUntil(lambda: any(card.finding.code == "W01" for card in page.cards))
    card = card_of(page, "W01")
    card.reasons.click()
    card.again.click()
    qtbot.waitUntil(lambda: not any(card.finding.code == "W01" for card in page.cards))
    assert view.desk.rows(Waiver) == []
