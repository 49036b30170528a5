"""The whole main job in the window alone: from nothing to a packet, by keyboard and mouse."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.forms.cards import Cards
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.picker import Picker
from magdesk.gui.pages.export import ExportPage
from magdesk.gui.pages.facts import FactsPage
from magdesk.gui.pages.targets import TargetsPage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Evidence, Fact, Target
from magdesk.packet.verify import verify_packet
from tests.gui.conftest import FakePrompts

_LEFT = Qt.MouseButton.LeftButton
_CONTROL = Qt.KeyboardModifier.ControlModifier


def _type(form: Form, name: str, text: str, qtbot: QtBot) -> None:
    field = form.field(name)
    assert field is not None
    editor = field.editor
    assert isinstance(editor, QLineEdit | QPlainTextEdit | QTextEdit)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_A, _CONTROL)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert not form.desk.unsaved, (name, field.message.text())


def _cards(root: QWidget, title: str) -> Cards:
    return next(cards for cards in root.findChildren(Cards) if cards.title.text() == title)


def _add(cards: Cards, qtbot: QtBot, *words: str) -> Form:
    QTest.mouseClick(cards.button, _LEFT)
    for _pick, typed in zip_longest(cards.kind.picks, words, fillvalue=""):
        (picker,) = (one for one in cards.findChildren(Picker) if one.isVisible())
        QTest.keyClicks(picker.search, typed)
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
    if cards.kind.picks:
        # Without a window manager the window is not active again by itself when a popup goes.
        qtbot.waitUntil(lambda: not cards.findChildren(Picker), timeout=2000)
        cards.window().activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is cards.window(), timeout=2000)
    form = next(card.form for card in cards._cards.values() if card.head.isChecked())
    assert form is not None
    return form


def _go(view: CaseView, code: str, qtbot: QtBot) -> QWidget:
    QTest.mouseClick(view.rail.buttons[code], _LEFT)
    assert view.page.code == code
    return view.page


def test_from_nothing_to_a_packet(window: Window, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot) -> None:
    QTest.mouseClick(window.start.buttons[0], _LEFT)
    new = window.new
    assert new is not None
    QTest.keyClicks(new.title_line, "Generica: the cannery")
    for box in new.boxes.values():
        box.setChecked(True)
    new.path_line.clear()
    QTest.keyClicks(new.path_line, str(tmp_path / "cannery"))
    QTest.keyClicks(new.passphrase.first.line, "seven purple tractors dancing")
    QTest.keyClicks(new.passphrase.second.line, "seven purple tractors dancing")
    QTest.mouseClick(new.create_button, _LEFT)
    qtbot.waitUntil(lambda: window.view is not None, timeout=30000)
    view = window.view
    assert view is not None
    assert (tmp_path / "cannery.magdesk").exists()

    overview = view.show_page("overview").form  # type: ignore[attr-defined]
    _type(overview, "country", "Generica", qtbot)
    _type(overview, "filing_date", "1 April 2026", qtbot)
    organisation = _add(_cards(overview, "Submitting organizations"), qtbot)
    _type(organisation, "name", "Northmere Clinic", qtbot)
    contact = _add(_cards(organisation, "Contacts"), qtbot)
    _type(contact, "name", "A. Drafter", qtbot)

    targets = _go(view, "targets", qtbot)
    assert isinstance(targets, TargetsPage)
    menu = targets.add_button.menu()
    menu.actions()[0].trigger()
    names = _cards(targets.identity, "Names")
    name = next(card.form for card in names._cards.values() if card.head.isChecked())
    assert name is not None
    _type(name, "text", "TVEREZHIN, Radomir", qtbot)
    born = _add(_cards(targets.identity, "Identifiers"), qtbot)
    _type(born, "date", "14 September 1971", qtbot)
    targets.tabs.setCurrentIndex(2)
    ground = _add(_cards(targets.grounds, "Grounds"), qtbot)
    prong = ground.field("prong")
    assert prong is not None
    prong.editor.setFocus()
    QTest.keyClick(prong.editor, Qt.Key.Key_Down)
    assert view.desk.rows(Target)[0].legal_bases[0].prong

    source = tmp_path / "order.txt"
    source.write_text("By order of the Directorate the detainees are to be moved to the cannery.")
    prompts.paths = [source]
    window.command.by_name["case.add_files"].trigger()
    qtbot.waitUntil(lambda: bool(view.desk.rows(Evidence)), timeout=30000)
    qtbot.waitUntil(lambda: not window.runner.jobs, timeout=30000)

    incidents = _go(view, "incidents", qtbot)
    QTest.mouseClick(incidents.add_button, _LEFT)  # type: ignore[attr-defined]
    incident = incidents.form  # type: ignore[attr-defined]
    _type(incident, "title", "Night at the cannery", qtbot)
    _type(incident, "start", "4 March 2024", qtbot)
    part = _add(_cards(incident, "Who took part"), qtbot, "tver", "order")
    _type(part, "description", "He signed the order.", qtbot)

    facts = _go(view, "facts", qtbot)
    assert isinstance(facts, FactsPage)
    QTest.mouseClick(facts.add_button, _LEFT)
    statement = facts.form.field("text")
    assert statement is not None
    assert QApplication.focusWidget() is statement.editor  # not a button of the page: what is typed is kept
    QTest.keyClicks(statement.editor, "On that night ")
    modifiers = _CONTROL | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(statement.editor, Qt.Key.Key_P, modifiers)
    picker = statement.editor.findChild(Picker)
    assert picker is not None
    QTest.keyClicks(picker.search, "radomir")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    QTest.keyClicks(statement.editor, " signed the order.")
    QTest.keyClick(statement.editor, Qt.Key.Key_Tab)
    fact = view.desk.rows(Fact)[0]
    assert fact.text == f"On that night {{@party:{view.desk.rows(Target)[0].party_id}}} signed the order."
    citation = _add(_cards(facts.form, "Sources"), qtbot, "order")
    _type(citation, "pinpoint", "1", qtbot)
    QTest.mouseClick(facts.shown.add, _LEFT)
    (picker,) = (one for one in facts.shown.findChildren(Picker) if one.isVisible())
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert len(fact.proofs) == 1

    narrative = _go(view, "narrative", qtbot)
    _type(narrative.form, "text", "We ask for designation.", qtbot)  # type: ignore[attr-defined]

    export = _go(view, "export", qtbot)
    assert isinstance(export, ExportPage)
    export.tabs.setCurrentIndex(1)
    _add(export.recipients, qtbot, "state")
    export.tabs.setCurrentIndex(0)
    packet = export.packet
    packet.folder.setFocus()
    QTest.keyClick(packet.folder, Qt.Key.Key_A, _CONTROL)
    QTest.keyClicks(packet.folder, str(tmp_path / "packet"))
    qtbot.waitUntil(lambda: not window.runner.jobs, timeout=30000)
    QTest.mouseClick(packet.button, _LEFT)
    assert packet.cancel.isVisible()
    qtbot.waitUntil(lambda: packet.job is None, timeout=120000)
    assert packet.result.isVisible(), packet.wrong.text()
    assert not packet.form.isVisible(), "what was made is not below the fold"
    folder = tmp_path / "packet"
    assert (folder / "01-submission.pdf").is_file()
    assert (folder / "03-exhibits.pdf").is_file()
    assert verify_packet(folder) == []
    # The platform without a display leaves no window active after a popup was deleted.
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(packet.result.open_button, Qt.Key.Key_L, _CONTROL)
    qtbot.waitUntil(lambda: not window.runner.jobs, timeout=30000)
    assert window.stack.currentWidget() is window.unlock
