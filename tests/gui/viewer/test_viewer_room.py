"""The reading room of the evidence page: what is chosen is read, what is read is cited, what is found is opened."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import Card
from magdesk.gui.forms.picker import Picker
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.pages.facts import FactsPage
from magdesk.gui.window.palette import CommandPalette
from magdesk.gui.window.shell import Window
from magdesk.model import Citation, Evidence, Fact
from magdesk.model.facts import PinpointKind


def pdf(word: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 500), invariant=1)
    for number in range(3):
        canvas.drawString(50, 400, f"{word} on page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def page(open_window: Window, qtbot: QtBot) -> EvidencePage:
    desk, view = open_window.desk, open_window.view
    assert desk is not None
    assert view is not None
    with desk.change("Fill") as session:
        for rank, word in enumerate(("cellar", "garden")):
            data = pdf(word)
            blob = desk.case.blobs.put(io.BytesIO(data))
            row = Evidence(
                title=f"The {word}", file_name=f"{word}.pdf", media_type="application/pdf",
                sha256=blob.sha256, size=blob.size, pages=3, rank=rank, text_layer=True,
            )  # fmt: skip
            session.add(row)
            session.flush()
            desk.case.index.put("evidence", row.id, [(n, f"{word} on page {n}") for n in (1, 2, 3)])
        session.add(Fact(text="An old fact."))
    made = view.show_page("evidence")
    assert isinstance(made, EvidencePage)
    return made


def settled(page: EvidencePage, qtbot: QtBot) -> None:
    viewer = page.room.viewer
    qtbot.waitUntil(lambda: viewer.view is viewer.pages and viewer.pages.canvas.drawn, timeout=20_000)


def picker() -> Picker:
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Picker) and one.isVisible()]
    return found


def test_the_chosen_item_is_read_beside_the_list(
    page: EvidencePage, qtbot: QtBot, open_window: Window, shot: Callable[[QWidget, str], None]
) -> None:
    settled(page, qtbot)
    assert page.room.viewer.key == page.model.lines[0].id
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.room.viewer.key == page.model.lines[1].id, timeout=5_000)
    settled(page, qtbot)
    shot(open_window, "reading-room")
    page.room.toggle.click()
    assert not page.room.viewer.isVisible()


def test_a_page_becomes_a_source_of_an_old_fact(page: EvidencePage, qtbot: QtBot) -> None:
    settled(page, qtbot)
    page.room.viewer.go_page(1)
    page.room.viewer.cite()
    popup = picker()
    assert [choice.title for choice in popup.model.shown] == ["A new fact", "Fact 1"]
    popup._choose(1)
    (fact,) = page.desk.rows(Fact)
    (source,) = fact.citations
    assert (source.pinpoint_kind, source.pinpoint, source.evidence_id) == (
        PinpointKind.PAGE, "2", page.model.lines[0].id,
    )  # fmt: skip
    assert page.desk.case.undo_label == "Cite p. 2"
    page.desk.undo()
    assert fact.citations == []


def test_a_quote_becomes_a_new_fact(page: EvidencePage, qtbot: QtBot, open_window: Window) -> None:
    settled(page, qtbot)
    viewer = page.room.viewer
    qtbot.waitUntil(lambda: viewer.pages.canvas.text_of(0) is not None, timeout=10_000)
    viewer.pages.canvas.select((0, 0), (0, 6))
    viewer.bar.cite.click()
    picker()._choose(0)
    new = page.desk.rows(Fact)[-1]
    assert [source.quote for source in new.citations] == ["cellar"]
    assert open_window.view is not None
    assert open_window.view.page.code == "facts"


def test_a_citation_opens_its_page_with_the_quotation_marked(
    page: EvidencePage, qtbot: QtBot, open_window: Window
) -> None:
    view = open_window.view
    assert view is not None
    desk = page.desk
    (item,) = [row for row in desk.rows(Evidence) if row.title == "The garden"]
    with desk.change("Cite") as session:
        source = Citation(evidence_id=item.id, pinpoint="2", quote="garden … on page 2")
        session.add(Fact(text="It was in the garden.", citations=[source], rank=9))
    facts = view.show_page("facts")
    assert isinstance(facts, FactsPage)
    desk.go(Place("facts", source.id, "quote"))
    qtbot.waitUntil(lambda: any(card.row is source for card in facts.findChildren(Card)))
    (card,) = [card for card in facts.findChildren(Card) if card.row is source]
    card.buttons["source"].click()
    assert view.page is page
    viewer = page.room.viewer
    qtbot.waitUntil(lambda: viewer.view is viewer.pages and viewer.pages.page == 1, timeout=20_000)
    qtbot.waitUntil(lambda: bool(viewer.pages._hits), timeout=20_000)
    qtbot.waitUntil(lambda: len(viewer.pages._hits) >= 4, timeout=20_000)
    assert [leaf for leaf, _boxes in viewer.pages._hits].count(1) == 2, "both pieces are marked on the page"


def test_a_search_opens_the_item_at_the_words(page: EvidencePage, qtbot: QtBot, open_window: Window) -> None:
    settled(page, qtbot)
    assert open_window.view is not None
    panel = CommandPalette(page.desk, [], [], lambda _key: None, open_window.view)
    panel.open_over(open_window)
    panel.line.setText("garden")
    qtbot.waitUntil(lambda: any(one.page == 2 for one in panel._results.values()), timeout=10_000)
    row = next(
        number
        for number, choice in enumerate(panel.model.rows)
        if (result := panel._results.get(choice.entry.key)) is not None and result.page == 2
    )
    choice = panel.model.rows[row].entry
    assert "p. 2" in choice.detail
    assert {choice.detail[start:end].casefold()[:6] for start, end in choice.marks} == {"garden"}
    panel.grab()  # painted with what stands out
    panel.choose(row)
    viewer = page.room.viewer
    qtbot.waitUntil(lambda: viewer.find_bar.count.text() == "2 of 3", timeout=15_000)
    assert viewer.view.page == 1
    assert viewer.key == page.model.lines[1].id


def test_nothing_can_be_cited_in_a_case_for_reading_only(page: EvidencePage, desk: Desk, qtbot: QtBot) -> None:
    settled(page, qtbot)
    page.desk.case.read_only = True
    page.room.viewer.cite()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, Picker) and one.isVisible()]
    page.desk.case.read_only = False
