"""Lists searched once, words of one submission, consent for one recipient and by a guardian: each has its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Place
from magdesk.gui.forms.cards import Cards
from magdesk.gui.forms.form import Form
from magdesk.gui.pages.accountability import AccountabilityPage
from magdesk.gui.pages.interest import InterestPage
from magdesk.gui.pages.people import PeoplePage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import InterestArgument, ListSearch, Name, Party, Recipient, Target
from magdesk.services.removal import plan_removal

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


def opened(cards: Cards) -> Form:
    form = next(card.form for card in cards._cards.values() if card.head.isChecked())
    assert form is not None
    return form


def choose(form: Form, name: str, value: object) -> None:
    field = form.field(name)
    assert field is not None, name
    field._on_chosen(value)  # type: ignore[attr-defined]


def test_a_list_is_entered_once_and_the_next_begins_with_its_day(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    page = view.show_page("accountability")
    assert isinstance(page, AccountabilityPage)
    page.tabs.setCurrentIndex(1)
    page.searches.add()
    (first,) = view.desk.rows(ListSearch)
    with view.desk.change("Day") as session:
        session.add(first)
        first.searched_on, first.name = date(2026, 11, 12), "UK Sanctions List"
    page.searches.add()
    second = view.desk.rows(ListSearch)[1]
    assert second.searched_on == date(2026, 11, 12)
    shot(view.window(), "searches")
    page.tabs.setCurrentIndex(0)
    view.go(Place("accountability", first.id, "searched_on"))
    assert page.tabs.currentIndex() == 1
    view.desk.undo()
    assert view.desk.rows(ListSearch) == [first]


def test_consent_names_its_recipient_and_its_guardian(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    page = view.show_page("people")
    assert isinstance(page, PeoplePage)
    page.add_role("both")
    (child,) = view.desk.rows(Party)
    with view.desk.change("Set up") as session:
        mother, office = Party(names=[Name(text="Mother")]), Recipient(letter="state", office="Office of Sanctions")
        session.add_all([mother, office])
    page.consents.add()
    (consent,) = child.consents
    form = opened(page.consents)
    choose(form, "recipient_id", office.id)
    choose(form, "guardian_id", mother.id)
    assert (consent.recipient_id, consent.guardian_id) == (office.id, mother.id)
    assert consent.party_id == child.id
    page.tabs.setCurrentIndex(2)
    shot(view.window(), "consent")
    emptied = [*plan_removal(view.desk.case, mother).emptied, *plan_removal(view.desk.case, office).emptied]
    assert emptied == [(consent, "guardian_id"), (consent, "recipient_id")]
    view.desk.undo()
    assert consent.guardian_id is None


def test_an_argument_can_be_made_again_for_one_target(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        target = Target(party=Party(names=[Name(text="سالم الكرمي")]))
        session.add(target)
    page = view.show_page("interest")
    assert isinstance(page, InterestPage)
    page.add_code("NI-5")
    page.add_code("NI-5")
    second = view.desk.rows(InterestArgument)[1]
    choose(page.form, "target_id", target.id)
    field = page.form.field("regime")
    assert field is not None
    field.editor.setCurrentIndex(1)  # type: ignore[attr-defined]
    field._on_activated()  # type: ignore[attr-defined]
    assert (second.target_id, second.regime) == (target.id, "us-glomag")
    shot(view.window(), "argument")
