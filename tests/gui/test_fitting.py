"""No text in the window is cut off in the middle: it breaks, or its end is left out and told by the tooltip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.checks.finding import Place
from magdesk.gui.fitting import CalmCombo, ElidedButton, Eliding, OneLine, WrappedCheck
from magdesk.gui.forms.cards import Card
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.pages.facts import FactsPage
from magdesk.gui.plain import keep_plain
from magdesk.gui.theme import Appearance
from magdesk.gui.window.actions import PAGES
from magdesk.gui.window.shell import Window
from magdesk.model import Asset, Fact, LegalBasis, Name, Party, Proof, Target
from magdesk.model.people import PartyKind
from magdesk.services.evidence.adding import add_bytes
from tests.system.canary import rows_of_every_kind

NAME = "الإدارة الخاصة للتحقيقات Special Investigations Directorate of the Ministry of the Interior"
Shown = Callable[[QWidget, int], QWidget]
LONG = "The Commission of Inquiry into the Events at the Northern Harbour found what it found. " * 3


def misfits(root: QWidget) -> list[str]:
    """What is cut off in a widget and everything in it that is shown, in words for the one who mends it."""
    return [
        f"{why}: {type(widget).__name__} {widget.objectName()} {widget.width()}x{widget.height()}"
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible() and widget.width() > 0
        for why in _faults(widget)
    ]


def _faults(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, Eliding):
        return
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 2:
                yield f"lines are cut off below: {widget.text()[:60]!r}"
        elif widget.sizeHint().width() > widget.width() + 1:
            yield f"a line is cut off: {widget.text()[:60]!r}"
    elif isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    elif isinstance(widget, QAbstractButton) and widget.text():
        high = widget.hasHeightForWidth() and widget.heightForWidth(widget.width()) > widget.height() + 1
        if high or (not widget.hasHeightForWidth() and widget.sizeHint().width() > widget.width() + 1):
            yield f"the words of a button are cut off: {widget.text()[:60]!r}"
    elif isinstance(widget, QComboBox):
        yield f"a choice cannot leave out its end: {widget.currentText()[:60]!r}"
    elif isinstance(widget, QScrollArea):
        part = widget.widget()
        if part is not None and part.width() > widget.viewport().width():
            yield f"a part is wider than its place: {part.width()} pixels in {widget.viewport().width()}"


@pytest.fixture
def large_letters(window: Window, qapp: QApplication) -> Iterator[None]:
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSizeF(13)
    qapp.setFont(font)
    window.resize(1000, 600)
    yield
    qapp.setFont(before)


def _fill(case: CaseFile) -> None:
    with case.change("Fill") as session:
        session.add_all(rows_of_every_kind(NAME))
        for text in (NAME, LONG):
            session.add(Fact(text=text))
        session.add(Target(party=Party(kind=PartyKind.PERSON, description=LONG)))
    add_bytes(case, f"{NAME}.txt", NAME.encode())


def _settled(window: Window, qtbot: QtBot) -> None:
    """Layouts within layouts need several rounds until every line has its height."""
    rounds = count()
    qtbot.waitUntil(lambda: next(rounds) > 2 and not window.runner.jobs)
    qtbot.waitUntil(lambda: not misfits(window) or next(rounds) > 20)


@pytest.mark.slow
@pytest.mark.usefixtures("large_letters")
def test_nothing_is_cut_off_on_any_page_in_a_small_window_with_large_letters(
    window: Window, case: CaseFile, prompts: object, qtbot: QtBot
) -> None:
    found: list[str] = []

    def look(place: str) -> None:
        _settled(window, qtbot)
        found.extend(f"{place}: {fault}" for fault in misfits(window))

    look("start")
    window.show_new()
    look("new case")
    _fill(case)
    window.open_case(case)
    view = window.view
    assert view is not None
    seen = 0
    for code, _title in PAGES:
        view.show_page(code)
        look(code)
        for tabs in view.page.findChildren(QTabWidget):
            for place in range(1, tabs.count() if tabs.isVisible() else 0):
                tabs.setCurrentIndex(place)
                look(f"{code}, {tabs.tabText(place)}")
                seen += 1
    window.close_case()
    qtbot.waitUntil(lambda: not window.runner.jobs)
    assert not found, "\n".join(dict.fromkeys(found))
    assert seen > 10


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("kind", [LegalBasis, Asset])
def test_an_open_card_of_a_target_is_no_wider_than_its_form(
    window: Window, case: CaseFile, kind: type[LegalBasis | Asset], qtbot: QtBot
) -> None:
    with case.change("Fill") as session:
        target = Target(party=Party(kind=PartyKind.PERSON, names=[Name(text=NAME)]))
        target.legal_bases.append(LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture"))
        session.add(target)
        session.flush()
        session.add(Asset(target_id=target.id, description=LONG))
        facts = [Fact(text=f"Statement {n}.", rank=n) for n in range(12)]
        for fact in facts:
            fact.proofs.append(Proof(kind="torture", element="T1"))
        session.add_all(facts)
    window.open_case(case)
    assert window.view is not None
    page = window.view.show_page("targets")
    row = window.view.desk.rows(kind)[0]
    page.show_place(Place("targets", row.id))
    card = next(one for one in page.findChildren(Card) if one.row is row)
    card.set_open(True)
    _settled(window, qtbot)
    assert card.isVisible()
    assert not [fault for fault in misfits(window) if "wider than its place" in fault]
    window.close_case()
    qtbot.waitUntil(lambda: not window.runner.jobs)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Puts a widget of a width on the screen."""
    around = QDialog()
    qtbot.addWidget(around)
    around.show()

    def show(widget: QWidget, width: int) -> QWidget:
        widget.setParent(around)
        around.resize(width, 200)
        widget.resize(width, 40)
        widget.show()
        return widget

    return show


def _combo() -> CalmCombo:
    made = CalmCombo()
    made.addItem(LONG)
    return made


@pytest.mark.parametrize("make", [lambda: OneLine(LONG), lambda: ElidedButton(LONG), _combo])
def test_the_tooltip_tells_what_is_left_out(make: Callable[[], QWidget], qapp: QApplication, shown: Shown) -> None:
    keep_plain(qapp)
    for width, told in ((160, True), (4000, False)):
        widget = shown(make(), width)
        event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), widget.mapToGlobal(QPoint(5, 5)))
        qapp.sendEvent(widget, event)
        tips = [one for one in qapp.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
        assert [isinstance(tip, QLabel) and tip.text().split() == LONG.split() for tip in tips] == [True] * told
        for tip in tips:
            tip.hide()


@pytest.mark.parametrize("make", [lambda: OneLine(LONG), lambda: ElidedButton(LONG), _combo])
def test_what_does_not_fit_ends_with_dots_and_no_half_letter(make: Callable[[], QWidget], shown: Shown) -> None:
    """The words that are painted are the same, whatever is behind the dots."""
    widget = shown(make(), 160)
    first = widget.grab().toImage()
    other = LONG[:60] + "quite another end " * 5
    if isinstance(widget, QComboBox):
        widget.setItemText(0, other)
    else:
        assert isinstance(widget, QLabel | QAbstractButton)
        widget.setText(other)
    assert widget.grab().toImage() == first


def test_a_cell_without_a_tooltip_tells_the_words_that_do_not_fit(qapp: QApplication, shown: Shown) -> None:
    keep_plain(qapp)
    cells = QListWidget()
    cells.addItems([LONG, "short"])
    shown(cells, 200)
    for row, told in ((0, LONG.split()), (1, None)):
        place = cells.visualItemRect(cells.item(row)).center()
        place.setX(20)
        event = QHelpEvent(QEvent.Type.ToolTip, place, cells.viewport().mapToGlobal(place))
        qapp.sendEvent(cells.viewport(), event)
        tips = [one for one in qapp.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
        assert [tip.text().split() for tip in tips if isinstance(tip, QLabel)] == ([told] if told else [])
        for tip in tips:
            tip.hide()


def test_the_text_of_a_check_box_goes_on_in_the_next_line(shown: Shown, qtbot: QtBot) -> None:
    box = WrappedCheck(LONG)
    assert box.heightForWidth(200) > 4 * box.heightForWidth(4000)
    assert box.minimumSizeHint().width() <= 140
    shown(box, 200)
    box.resize(200, box.heightForWidth(200))
    picture = box.grab().toImage()
    last = picture.copy(0, picture.height() - box.fontMetrics().height(), picture.width(), box.fontMetrics().height())
    assert len({last.pixel(x, y) for x in range(last.width()) for y in range(last.height())}) > 1
    with qtbot.waitSignal(box.toggled):
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(100, box.height() - 6))


def test_another_theme_leaves_what_is_chosen_and_read(open_window: Window, case: CaseFile, qtbot: QtBot) -> None:
    view = open_window.view
    assert view is not None
    with case.change("Fill") as session:
        session.add_all([Fact(text="One.", rank=0), Fact(text="Two.", rank=1)])
    for place in range(3):
        add_bytes(case, f"{place}.txt", f"words {place}\n".encode())
    page = view.show_page("facts")
    assert isinstance(page, FactsPage)
    page.refresh()
    page.filter.setText("Two")
    page.select(page.desk.facts()[1].id)
    page = view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    page.refresh()
    chosen = page.model.keys_at([1])[0]
    page.select(chosen)
    page.detail.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: page.room.viewer.view is page.room.viewer.text)
    other = Appearance.DARK if open_window.theme.palette.name == "light" else Appearance.LIGHT
    open_window.theme.set_appearance(other)
    again = view.page
    assert isinstance(again, EvidencePage)
    assert again is not page
    assert again.current is not None
    assert again.current.id == chosen
    assert again.detail.tabs.currentIndex() == 2
    assert again.room.viewer.key == chosen
    qtbot.waitUntil(lambda: again.room.viewer.view is again.room.viewer.text)
    facts = view.show_page("facts")
    assert isinstance(facts, FactsPage)
    assert facts.filter.text() == "Two"
    assert facts.current is not None
    assert facts.current.id == facts.desk.facts()[1].id
