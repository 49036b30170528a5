"""A country, a currency, a language: found by any part of its name, stored as its code, refused where none is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.standardfield import Standard, StandardField
from magdesk.model import Case, Payment

Make = Callable[[Case | Payment, str, Standard], StandardField]


@pytest.fixture
def field_of(desk: Desk, qtbot: QtBot) -> Make:
    kept = []

    def make(row: Case | Payment, name: str, standard: Standard) -> StandardField:
        form = Form(desk, "overview")
        kept.append(form)
        form.standard(name, name.title(), standard)
        form.bind(row)
        qtbot.addWidget(form)
        form.show()
        field = form.field(name)
        assert isinstance(field, StandardField)
        field.editor.setFocus()
        field.editor.clear()
        return field

    return make


@pytest.fixture
def payment(desk: Desk) -> Payment:
    row = Payment()
    with desk.change("Set up") as session:
        session.add(row)
    return row


def test_the_list_finds_by_any_part_and_writes_the_code(field_of: Make, payment: Payment, qtbot: QtBot) -> None:
    field = field_of(payment, "currency", Standard.CURRENCY)
    qtbot.waitUntil(lambda: field.completer is not None)
    assert field.completer is not None
    field.completer.setCompletionPrefix("franc")
    model = field.completer.completionModel()
    assert model is not None
    found = {field.completer.pathFromIndex(model.index(row, 0)) for row in range(model.rowCount())}
    assert {"CHF", "XAF", "XOF"} <= found
    assert "USD" not in found
    field.completer.setCompletionPrefix("chf")
    assert field.completer.currentCompletion() == "CHF"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("usd", "USD"), ("US$", "USD"), ("EUR", "EUR"), ("DEM", "DEM"), ("gold", "gold"), ("KVS", "KVS")],
)
def test_a_currency_is_stored_as_its_code(field_of: Make, payment: Payment, typed: str, stored: str) -> None:
    field = field_of(payment, "currency", Standard.CURRENCY)
    QTest.keyClicks(field.editor, typed)
    field.commit()
    assert payment.currency == stored


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("Generica", "Generica", ""), ("SU", "SU", ""), ("ru", "RU", ""), ("XK", "XK", ""),
        ("UX", "", "no list"), ("Belaruss", "", "Belarus?"),
    ],
)  # fmt: skip
def test_a_country_is_one_of_the_standard_or_none_that_is_like_one(
    field_of: Make, desk: Desk, typed: str, stored: str, said: str
) -> None:
    with desk.change("Set up"):
        desk.row.country = ""
    field = field_of(desk.row, "country", Standard.COUNTRY)
    QTest.keyClicks(field.editor, typed)
    field.commit()
    assert desk.row.country == stored
    assert said in field.message.text()
    field.editor.clear()
    field.commit()


def test_a_language_is_a_tag_and_an_old_value_stays(field_of: Make, desk: Desk) -> None:
    with desk.change("Set up"):
        desk.row.language = "Klingonese"
    field = field_of(desk.row, "language", Standard.LANGUAGE)
    field.load()
    assert not field.unsaved
    for typed, stored in (("english", "en"), ("zh-Hant", "zh-Hant"), ("ckb", "ckb")):
        field.editor.clear()
        QTest.keyClicks(field.editor, typed)
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
        assert desk.row.language == stored
    field.editor.clear()
    QTest.keyClicks(field.editor, "xx")
    field.commit()
    assert desk.row.language == "ckb"
    assert field.message.text()
    field.editor.setText("ckb")
    field.on_edited()
    field.commit()
