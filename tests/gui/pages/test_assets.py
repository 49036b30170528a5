"""Assets of a target, and reasons to hold an exhibit genuine: entered, found, undone, deleted with care."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Place
from magdesk.gui.forms.cards import Cards
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.pages.targets import TargetsPage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Asset, Authentication, Evidence, Name, Party, Target
from magdesk.services.removal import plan_removal

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


def typed(cards: Cards, name: str, text: str) -> None:
    form = next(card.form for card in cards._cards.values() if card.head.isChecked())
    assert form is not None
    field = form.field(name)
    assert field is not None
    assert isinstance(field.editor, QLineEdit)
    QTest.keyClicks(field.editor, text)
    field.commit()


def test_an_asset_is_entered_and_goes_with_its_target(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        holder = Party(names=[Name(text="Halvex Ltd")])
        target = Target(party=Party(names=[Name(text="سالم الكرمي")]))
        session.add_all([holder, target])
    page = view.show_page("targets")
    assert isinstance(page, TargetsPage)
    page.select(target.id)
    page.tabs.setCurrentIndex(3)
    page.assets.add()
    (asset,) = view.desk.rows(Asset)
    assert asset.target_id == target.id
    typed(page.assets, "description", "Flat of 240 square metres")
    typed(page.assets, "value", "1,250,000")
    assert asset.value == Decimal(1_250_000)
    shot(view.window(), "assets")
    page.tabs.setCurrentIndex(0)
    view.go(Place("targets", asset.id, "place"))
    assert page.tabs.currentIndex() == 3
    view.desk.undo()
    assert view.desk.rows(Asset)[0].value is None
    with view.desk.change("Hold") as session:
        asset.holder_id = holder.id
    assert plan_removal(view.desk.case, holder).emptied == [(asset, "holder_id")]
    plan = plan_removal(view.desk.case, target)
    assert asset in plan.noticeable
    with view.desk.change("Delete") as session:
        plan.apply(session)
    assert view.desk.rows(Asset) == []


def test_a_reason_is_entered_beside_the_verification(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        supplier = Party(names=[Name(text="Former bookkeeper")])
        item = Evidence(title="Payroll", supplier_id=supplier.id)
        session.add_all([supplier, item])
    page = view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    view.go(Place("evidence", item.id, "supplier_id"))
    cards = next(one for one in page.findChildren(Cards) if one.attribute == "authentications")
    cards.add()
    (reason,) = view.desk.rows(Authentication)
    typed(cards, "done_by", "A. Expert")
    assert (reason.evidence_id, reason.done_by) == (item.id, "A. Expert")
    page.detail.tabs.setCurrentIndex(2)
    shot(view.window(), "authentication")
    view.go(Place("evidence", reason.id, "text"))
    assert page.current is item
    view.desk.undo()
    assert reason.done_by == ""
    plan = plan_removal(view.desk.case, supplier)
    assert (item, "supplier_id") in plan.emptied
    with view.desk.change("Delete") as session:
        plan_removal(view.desk.case, item).apply(session)
    assert view.desk.rows(Authentication) == []
