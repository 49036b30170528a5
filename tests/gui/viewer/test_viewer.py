"""The viewer: each kind of evidence is shown, searched and cited, and no bad file stops it."""

from __future__ import annotations

import io
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from magdesk.casefile import CaseFile
from magdesk.gui.desk.desk import Desk
from magdesk.gui.viewer import Viewer
from magdesk.gui.viewer import mediaview as mediaview_module
from magdesk.gui.viewer.canvas import PageCanvas
from magdesk.gui.viewer.mediaview import StoredDevice
from magdesk.gui.viewer.view import Passage
from magdesk.intake import sniff
from magdesk.intake.rendering import Renderer
from magdesk.model import Detail, Evidence
from magdesk.model.facts import PinpointKind
from tests.intake.making import fake_worker
from tests.realfiles import of_every_ending

NONE = Qt.KeyboardModifier.NoModifier
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Put = Callable[..., Evidence]


def pdf(pages: int = 5) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 500), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(50, 400, f"Witness number {number} spoke of")
        canvas.drawString(50, 385, "the cellar.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "steelblue").save(out, kind)
    return out.getvalue()


@pytest.fixture
def put(desk: Desk) -> Put:
    def store(data: bytes, media_type: str, name: str, **values: object) -> Evidence:
        blob = desk.case.blobs.put(io.BytesIO(data))
        row = Evidence(
            title=name, file_name=name, media_type=media_type, sha256=blob.sha256, size=blob.size, **values
        )
        with desk.change("Add") as session:
            session.add(row)
        return row

    return store


@pytest.fixture
def viewer(desk: Desk, qtbot: QtBot) -> Iterator[Viewer]:
    made = Viewer(desk)
    window = QDialog()
    QVBoxLayout(window).addWidget(made)
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    yield made
    window.close()


def settle(qtbot: QtBot, viewer: Viewer, kind: QWidget | None = None) -> None:
    def done() -> None:
        assert viewer.view is not viewer._waiting
        assert kind is None or viewer.view is kind
        assert viewer.view is not viewer.pages or viewer.pages.canvas.drawn

    qtbot.waitUntil(done, timeout=20_000)


def test_nothing_is_shown_at_first(viewer: Viewer) -> None:
    assert viewer.view is viewer.card
    assert viewer.make_menu() is None


def test_pages_of_a_pdf(viewer: Viewer, put: Put, qtbot: QtBot, shot: Callable[[QWidget, str], None]) -> None:
    row = put(pdf(), "application/pdf", "a.pdf")
    viewer.show_item(row.id)
    settle(qtbot, viewer, viewer.pages)
    assert viewer.bar.number.text() == "1"
    viewer.bar.after.click()
    assert viewer.view.page == 1
    viewer.bar.number.setText("4")
    QTest.keyClick(viewer.bar.number, Qt.Key.Key_Return)
    assert viewer.view.page == 3
    settle(qtbot, viewer)
    assert "Page 4 of 5" in viewer.pages.canvas.accessibleName()
    canvas = viewer.pages.canvas
    qtbot.waitUntil(lambda: canvas.text_of(3) is not None, timeout=10_000)
    shot(viewer, "viewer-pdf")
    zoom = viewer.view.zoom
    viewer.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert viewer.view.zoom > zoom
    QTest.keyClick(canvas, Qt.Key.Key_R)
    assert canvas.turned == 1
    assert viewer.view.page == 3
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert viewer.view.page == 0
    QTest.keyClick(canvas, Qt.Key.Key_P)
    settle(qtbot, viewer)
    assert canvas.zoom < 2
    assert canvas._cache.size > 0


def test_text_is_selected_with_the_mouse_copied_and_cited(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    row = put(pdf(), "application/pdf", "a.pdf")
    viewer.show_item(row.id, page=2)
    settle(qtbot, viewer, viewer.pages)
    canvas = viewer.pages.canvas
    qtbot.waitUntil(lambda: canvas.text_of(1) is not None, timeout=10_000)
    text = canvas.text_of(1)
    assert text is not None
    first = text.letters.index("number")
    last = text.letters.index("cellar") + len("cellar")

    def spot(index: int, right: bool) -> QPoint:
        box = canvas._layout.from_page(1, text.box(index)).translated(-canvas._seen().topLeft())
        return QPoint(round(box.right() if right else box.left()), round(box.center().y()))

    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, NONE, spot(first, False))
    event_pos = spot(last - 1, True)
    canvas._head = (1, text.caret(canvas._place(event_pos.toPointF())[2]))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, NONE, event_pos)
    assert viewer.view.selected
    QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "number 2 spoke of the cellar"
    with qtbot.waitSignal(viewer.cite_requested) as cited:
        QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert cited.args == [row.id, Passage(PinpointKind.PAGE, "2", "number 2 spoke of the cellar")]
    menu = viewer.make_menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()][:2] == ["Cite the selection", "Copy"]
    menu.deleteLater()
    viewer.pages.canvas.select((1, 0), (2, 7))
    assert viewer.view.passage().pinpoint == "2-3"


def test_a_page_is_cited_without_a_selection(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    row = put(pdf(), "application/pdf", "a.pdf")
    viewer.show_item(row.id, page=3)
    settle(qtbot, viewer)
    with qtbot.waitSignal(viewer.cite_requested) as cited:
        viewer.bar.cite.click()
    assert cited.args == [row.id, Passage(PinpointKind.PAGE, "3")]


def drag(canvas: PageCanvas, start: QPoint, end: QPoint) -> None:
    """Pull the mouse from one point of the window to another; the platform without a display moves none itself."""
    port = canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, NONE, start)
    where = QPointF(end)
    glob = QPointF(port.mapToGlobal(end))
    left = Qt.MouseButton.LeftButton
    canvas.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, where, glob, Qt.MouseButton.NoButton, left, NONE))
    QTest.mouseRelease(port, left, NONE, end)


def test_a_part_of_a_page_is_cited_with_its_words(
    viewer: Viewer, put: Put, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    row = put(pdf(), "application/pdf", "a.pdf")
    viewer.show_item(row.id, page=1)
    settle(qtbot, viewer, viewer.pages)
    canvas = viewer.pages.canvas
    qtbot.waitUntil(lambda: canvas.text_of(0) is not None, timeout=10_000)
    QTest.keyClick(canvas, Qt.Key.Key_A)
    assert viewer.bar.area.isChecked()
    box = canvas._layout.from_page(0, QRectF(40, 85, 200, 34)).translated(-canvas._seen().topLeft())
    drag(canvas, box.topLeft().toPoint(), box.bottomRight().toPoint())
    assert not viewer.bar.area.isChecked()
    assert viewer.view.selected
    shot(viewer, "viewer-area")
    with qtbot.waitSignal(viewer.cite_requested) as cited:
        viewer.bar.cite.click()
    assert cited.args is not None
    passage = cited.args[1]
    assert (passage.kind, passage.pinpoint) == (PinpointKind.PAGE, "1")
    assert passage.quote == "Witness number 1 spoke of the cellar."
    assert "upper center; 10 to 60% from the left, 17 to 24% from the top" in passage.note
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert viewer.view.passage() == Passage(PinpointKind.PAGE, "1")
    drag(canvas, QPoint(60, 60), QPoint(61, 61))
    assert canvas.area is None


def test_a_part_of_a_turned_photograph_is_said_as_the_file_has_it(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    viewer.show_item(put(picture(), "image/png", "a.png").id)
    settle(qtbot, viewer, viewer.pages)
    canvas = viewer.pages.canvas
    viewer.turn()
    canvas.choose_area(0, QRectF(225, 120, 500, 60))
    passage = viewer.view.passage()
    assert passage.kind is PinpointKind.WHOLE
    assert "lower right; 75 to 100% from the left, 60 to 90% from the top" in passage.note


def test_words_are_found_through_all_pages(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    row = put(pdf(), "application/pdf", "a.pdf")
    viewer.show_item(row.id)
    settle(qtbot, viewer)
    QTest.keyClick(viewer.pages.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert viewer.find_bar.isVisible()
    QTest.keyClicks(viewer.find_bar.line, "spoke of the cellar")
    qtbot.waitUntil(lambda: viewer.find_bar.count.text() == "1 of 5", timeout=15_000)
    QTest.keyClick(viewer.find_bar.line, Qt.Key.Key_Return)
    assert viewer.find_bar.count.text() == "2 of 5"
    QTest.keyClick(viewer.find_bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(viewer.find_bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.find_bar.count.text() == "5 of 5"
    assert viewer.view.page == 4
    viewer.find_bar.line.setText("")
    QTest.keyClicks(viewer.find_bar.line, "absent")
    qtbot.waitUntil(lambda: viewer.find_bar.count.text() == "Not found", timeout=15_000)
    QTest.keyClick(viewer.find_bar.line, Qt.Key.Key_Escape)
    assert not viewer.find_bar.isVisible()


def test_an_item_opens_at_a_hit(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    row = put(pdf(), "application/pdf", "a.pdf")
    viewer.show_item(row.id, page=4, find="cell witn")
    settle(qtbot, viewer)
    qtbot.waitUntil(lambda: viewer.find_bar.count.text() == "7 of 10", timeout=15_000)
    assert viewer.view.page == 3
    assert viewer.pages.canvas._hit[0] == 3
    viewer.show_item(row.id, page=1, find="number")
    qtbot.waitUntil(lambda: viewer.find_bar.count.text() == "1 of 5", timeout=15_000)


def test_pictures_with_what_their_camera_says(
    viewer: Viewer, put: Put, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    row = put(
        picture("JPEG"), "image/jpeg", "a.jpg",
        details=[Detail(section="position", name="GPS position", value="43.464455, 11.881478")],
    )  # fmt: skip
    viewer.show_item(row.id)
    settle(qtbot, viewer, viewer.pages)
    assert viewer.details.isVisible()
    assert viewer.view.zoom == 1.0
    assert not viewer.bar.find_button.isVisible()
    assert viewer.view.passage().kind is PinpointKind.WHOLE
    shot(viewer, "viewer-picture")
    QTest.keyClick(viewer.pages.canvas, Qt.Key.Key_I)
    assert not viewer.details.isVisible()


def test_frames_of_a_scan(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    out = io.BytesIO()
    frames = [Image.new("L", (200, 300), shade) for shade in (0, 90, 200)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    row = put(out.getvalue(), "image/tiff", "a.tiff")
    viewer.show_item(row.id, page=2)
    settle(qtbot, viewer, viewer.pages)
    assert viewer.view.passage().pinpoint == "2"


def test_mail_with_its_attachments(
    viewer: Viewer, put: Put, desk: Desk, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    raw = (
        b"From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: The list\r\n"
        b"Date: Mon, 4 Mar 2024 10:00:00 +0000\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b"<p>They were <b>taken</b> at night.</p><script>alert(1)</script><img src='http://example.org/x.png'>"
    )
    row = put(raw, "message/rfc822", "a.eml")
    child = put(pdf(1), "application/pdf", "list.pdf", part_of_id=row.id)
    viewer.show_item(row.id)
    settle(qtbot, viewer, viewer.mail)
    assert viewer.mail_head.subject.text() == "The list"
    text = viewer.mail.edit.toPlainText()
    assert "They were taken at night." in text
    assert "alert" not in text
    shot(viewer, "viewer-mail")
    (link,) = viewer.mail_head.findChildren(QPushButton)
    with qtbot.waitSignal(viewer.item_requested) as asked:
        link.click()
    assert asked.args == [child.id]
    viewer.mail.edit.selectAll()
    passage = viewer.view.passage()
    assert (passage.kind, passage.quote) == (PinpointKind.WHOLE, "They were taken at night.")


def test_texts_are_searched_and_cited(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    row = put("Первое. 😀 The sécond word.\n".encode() * 3000, "text/plain", "a.txt")
    viewer.show_item(row.id, find="second")
    settle(qtbot, viewer, viewer.text)
    assert viewer.bar.total.text() == "of 3"
    assert viewer.find_bar.count.text() == "1 of 2000"
    marks = viewer.text.edit.extraSelections()
    assert marks[0].cursor.selectedText() == "sécond"
    viewer.seek_next(1)
    assert viewer.find_bar.count.text() == "2 of 2000"


def test_cells_of_a_table(viewer: Viewer, put: Put, qtbot: QtBot, shot: Callable[[QWidget, str], None]) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Transfers", 0)
    for number in range(900):
        sheet.append([f"Payment {number}", number * 10, "note"])
    out = io.BytesIO()
    book.save(out)
    row = put(out.getvalue(), XLSX, "a.xlsx")
    viewer.show_item(row.id)
    settle(qtbot, viewer, viewer.table)
    model = viewer.table.model
    qtbot.waitUntil(lambda: model.cell(1, 0) == "Payment 1", timeout=10_000)
    shot(viewer, "viewer-table")
    viewer.table.table.setCurrentIndex(model.index(6, 1))
    passage = viewer.view.passage()
    assert (passage.kind, passage.pinpoint, passage.quote) == (PinpointKind.CELL, "Transfers!B7", "60")
    viewer.seek("payment 850")
    qtbot.waitUntil(lambda: viewer.find_bar.count.text() == "1 of 1", timeout=10_000)
    assert viewer.view.passage().pinpoint == "Transfers!A851"
    assert viewer.view.copy()
    assert QGuiApplication.clipboard().text() == "Payment 850"


def test_what_cannot_be_shown_says_so(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    row = put(b"\x7fELF" + bytes(60), "application/x-elf", "program")
    viewer.show_item(row.id)
    assert viewer.view is viewer.card
    assert row.sha256[:32] in viewer.card.facts.text()
    with qtbot.waitSignal(viewer.save_requested) as asked:
        viewer.card.save_button.click()
    assert asked.args == [row.id]


def test_recordings_where_they_cannot_be_played(viewer: Viewer, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert mediaview_module.multimedia() is None
    viewer.show_item(put(b"ID3" + bytes(90), "audio/mpeg", "a.mp3").id)
    assert viewer.view is viewer.card
    assert "not encrypted" in viewer.card.reason.text()


def test_recordings_are_read_from_the_store(viewer: Viewer, put: Put, desk: Desk) -> None:
    data = bytes(range(256)) * 2000
    row = put(data, "audio/mpeg", "a.mp3")
    device = StoredDevice(desk.case.blobs.open(row.sha256), row.size, viewer)
    assert device.size() == len(data)
    assert device.seek(100_003)
    assert bytes(device.read(5000).data()) == data[100_003:105_003]
    device.close()


def test_an_item_without_a_file(viewer: Viewer, desk: Desk) -> None:
    row = Evidence(title="A book")
    with desk.change("Add") as session:
        session.add(row)
    viewer.show_item(row.id)
    assert "does not hold it" in viewer.card.reason.text()
    viewer.show_item(uuid.uuid4())
    assert viewer.key is None


def test_a_damaged_file_says_so_and_the_next_is_shown(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    bad = put(b"%PDF-1.7\nnothing", "application/pdf", "bad.pdf")
    good = put(pdf(), "application/pdf", "good.pdf")
    viewer.show_item(bad.id)
    settle(qtbot, viewer, viewer.card)
    assert "damaged" in viewer.card.reason.text()
    viewer.show_item(good.id)
    settle(qtbot, viewer, viewer.pages)


def test_a_process_that_dies_costs_one_item(desk: Desk, put: Put, qtbot: QtBot) -> None:
    renderer = Renderer(fake_worker("import os; os._exit(1)"))
    viewer = Viewer(desk, renderer)
    window = QDialog()
    QVBoxLayout(window).addWidget(viewer)
    qtbot.addWidget(window)
    window.show()
    viewer.show_item(put(pdf(), "application/pdf", "a.pdf").id)
    settle(qtbot, viewer, viewer.card)
    assert "crashes the reader" in viewer.card.reason.text()
    renderer._box.command = Renderer()._box.command
    viewer.show_item(put(picture(), "image/png", "b.png").id)
    settle(qtbot, viewer, viewer.pages)
    window.close()


def test_quick_changes_end_at_the_last_item(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    rows = [put(pdf(number), "application/pdf", f"{number}.pdf") for number in range(1, 9)]
    for row in rows:
        viewer.show_item(row.id)
        qtbot.wait(5)
    settle(qtbot, viewer, viewer.pages)
    assert viewer.pages.pages == 8


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_real_file_is_shown_or_says_why(
    viewer: Viewer, put: Put, qtbot: QtBot, real_files: Path, case: CaseFile
) -> None:
    viewer.lane.renderer._patience = 240
    shown = set()
    for path in of_every_ending(real_files):
        with path.open("rb") as stream:
            kind = sniff(stream, path.name)
        viewer.show_item(put(path.read_bytes(), kind, path.name).id)
        settle(qtbot, viewer)
        shown.add(type(viewer.view).__name__)
        if viewer.view is viewer.card:
            assert viewer.card.reason.text()
    assert shown >= {"PagesView", "TextView", "TableView", "CardView"}
    assert viewer.lane.renderer.deaths == 0


def test_a_pinpoint_opens_the_cells_of_its_sheet(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Transfers", 0)
    for number in range(900):
        sheet.append([f"Payment {number}", number * 10, "note"])
    out = io.BytesIO()
    book.save(out)
    row = put(out.getvalue(), XLSX, "a.xlsx")
    viewer.show_item(row.id, counted=(PinpointKind.CELL, "Sheet!A1"))
    settle(qtbot, viewer, viewer.table)
    assert not viewer.table.selected, "a sheet without such a cell chooses none"
    viewer.show_item(row.id, counted=(PinpointKind.CELL, "TRANSFERS!B803:C804"))
    assert viewer.table.passage().pinpoint == "Transfers!B803:C804"
    viewer.show_item(row.id, counted=(PinpointKind.CELL, "Elsewhere!A1"))
    assert viewer.table.passage().pinpoint == "Transfers!B803:C804"


def test_a_pinpoint_opens_its_line(viewer: Viewer, put: Put, qtbot: QtBot) -> None:
    lines = [f"line number {number} 𝄞" for number in range(1, 6_001)]
    row = put("\n".join(lines).encode(), "text/plain", "chat.txt")
    viewer.show_item(row.id, counted=(PinpointKind.LINE, "4711-4712"))
    settle(qtbot, viewer, viewer.text)
    assert viewer.text.edit.textCursor().selectedText().split("\u2029") == lines[4710:4712]
    viewer.show_item(row.id, counted=(PinpointKind.LINE, "6000"))
    assert viewer.text.edit.textCursor().selectedText() == lines[-1]
    viewer.show_item(row.id, counted=(PinpointKind.LINE, "6001"))
    assert viewer.text.edit.textCursor().selectedText() == lines[-1], "there is no such line"
