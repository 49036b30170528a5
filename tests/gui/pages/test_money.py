"""Payments in the window: entered, added up, undone, and found from the chart of ties."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Place
from magdesk.gui.pages.linkage import LinkagePage
from magdesk.gui.pages.money import MoneyPage
from magdesk.gui.pages.pasting import PastingDialog
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.isolates import isolated
from magdesk.model import Name, Party, Payment, Target
from magdesk.model.people import PartyKind
from magdesk.services.removal import plan_removal

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


@pytest.fixture
def parties(view: CaseView) -> tuple[Party, Party]:
    with view.desk.change("Set up") as session:
        firm = Party(kind=PartyKind.ENTITY, names=[Name(text="Halvex Ltd")])
        senator = Party(names=[Name(text="سالم الكرمي")])
        session.add_all([firm, senator, Target(party=senator)])
    return firm, senator


def typed(page: MoneyPage, name: str, text: str) -> str:
    field = page.form.field(name)
    assert field is not None
    assert isinstance(field.editor, QLineEdit)
    field.editor.clear()
    QTest.keyClicks(field.editor, text)
    field.commit()
    return field.message.text()


def told(sums: str) -> str:
    """Each name by itself: the arrow points from payer to payee whatever way they are written."""
    return f"\u200eHalvex Ltd → {isolated('سالم الكرمي')}: {sums}"


def test_payments_are_entered_added_up_and_undone(
    view: CaseView, parties: tuple[Party, Party], shot: Shot, qtbot: QtBot
) -> None:
    page = view.show_page("money")
    assert isinstance(page, MoneyPage)
    assert not page.sums.isVisibleTo(page)
    page.add()
    (first,) = view.desk.rows(Payment)
    assert "two ways" in typed(page, "amount", "1.900")
    assert first.amount is None
    typed(page, "amount", "1,900,000.50")
    typed(page, "currency", "USD")
    assert first.amount == Decimal("1900000.50")
    for name, party in (("payer_id", parties[0]), ("payee_id", parties[1])):
        field = page.form.field(name)
        assert field is not None
        field._on_chosen(party.id)  # type: ignore[attr-defined]
    page.add()
    second = view.desk.rows(Payment)[1]
    assert (second.payer_id, second.currency) == (parties[0].id, "USD")
    typed(page, "amount", "0.50")
    assert page.sums.text() == told("USD\u00a01,900,001.00")
    shot(view.window(), "money")
    view.desk.undo()
    view.desk.undo()
    assert page.sums.text() == told("USD\u00a01,900,000.50")


def test_the_chart_leads_to_the_payment_and_a_payer_can_be_deleted(
    view: CaseView, parties: tuple[Party, Party], shot: Shot, qtbot: QtBot
) -> None:
    with view.desk.change("Set up") as session:
        row = Payment(payer_id=parties[0].id, payee_id=parties[1].id, amount=Decimal(5), currency="USD")
        session.add(row)
    chart = view.show_page("linkage")
    assert isinstance(chart, LinkagePage)
    qtbot.waitUntil(lambda: bool(chart.sheet.groups))
    (group,) = chart.sheet.groups.values()
    assert "Paid USD 5" in " ".join(line.text for line in group.lines)
    chart.show_tie(group.edges[0].key)
    assert chart.panel.form is None
    rows = [button.accessibleName() for button in chart.panel.findChildren(QPushButton)]
    assert "USD\u00a05. no source" in rows
    shot(view.window(), "linkage-money")
    view.go(Place("money", row.id))
    page = view.show_page("money")
    assert isinstance(page, MoneyPage)
    assert page.current is row
    plan = plan_removal(view.desk.case, parties[0])
    assert (row, "payer_id") in plan.emptied
    with view.desk.change("Delete") as session:
        plan.apply(session)
    assert row.payer_id is None


def test_copied_rows_are_shown_and_taken_in_one_step(
    view: CaseView, parties: tuple[Party, Party], shot: Shot, qtbot: QtBot
) -> None:
    page = view.show_page("money")
    assert isinstance(page, MoneyPage)
    board = QGuiApplication.clipboard()
    board.setText(
        "Date\tAmount\tCurrency\tPaid by\tPaid to\tPurpose\n"
        "2024-10-11\t310,000\tEUR\tHalvex Ltd\tسالم الكرمي\tten per cent\n"
        "2024-11-02\t1.900\tEUR\tHalvex Ltd\tسالم الكرمي\tten per cent\n"
        "2024-12-01\t5\tusd\tHalvex Ltd\t\t\n"
    )
    before = view.desk.case.undo_label
    page.paste.click()
    dialog = page.findChild(PastingDialog)
    assert dialog is not None
    shot(dialog, "pasting")
    assert dialog.table.rowCount() == 3
    assert "two ways" in dialog.table.item(1, 5).text()  # type: ignore[union-attr]
    assert dialog.yes.text() == "Add 2 payments"
    assert view.desk.rows(Payment) == []
    dialog.accept()
    rows = view.desk.rows(Payment)
    assert [(row.amount, row.currency, row.payee_id) for row in rows] == [
        (Decimal(310000), "EUR", parties[1].id), (Decimal(5), "USD", None),
    ]  # fmt: skip
    assert view.desk.case.undo_label == "Paste 2 payments"
    assert page.current is rows[0]
    view.desk.undo()
    assert view.desk.rows(Payment) == []
    assert view.desk.case.undo_label == before
    board.setText("just words")
    page.paste.click()
    assert len(page.findChildren(PastingDialog)) <= 1
    assert view.desk.rows(Payment) == []
    board.clear()
