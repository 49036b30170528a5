"""The evidence list: any column sorts, filters and groups; many are edited at once; pictures come from the child."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.dates.partialdate import PartialDate
from magdesk.gui.evidence.bulk import _BulkText, _Choice
from magdesk.gui.evidence.columns import BY_NAME, COLUMNS, Facet
from magdesk.gui.evidence.model import EvidenceGroup, Outlook
from magdesk.gui.evidence.narrowing import Among, Between, Narrowing, read_number
from magdesk.gui.evidence.thumbs import Thumbs, ThumbSize
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.theme import Appearance
from magdesk.gui.window.shell import Window
from magdesk.model import Citation, Detail, Evidence, Fact, Verification
from magdesk.model.evidence import Access, Grade, SourceType, VerificationResult
from magdesk.services.evidence.rows import LOCK
from tests.gui.conftest import FakePrompts

GONE = "f" * 64


def photo(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def page(open_window: Window) -> EvidencePage:
    """Nine items of many kinds; two are photographs, one repeats another, one is attached to another."""
    view = open_window.view
    assert view is not None
    desk = view.desk
    red, blue = (desk.case.blobs.put(io.BytesIO(photo(one))) for one in ("red", "blue"))
    rows = [
        Evidence(title="Item 10", source_type=SourceType.MEDIA, grade=Grade.C, language="ar", size=2_000_000,
                 published=PartialDate("2019-03"), obtained_from="Wire service", media_type="application/pdf",
                 sha256=GONE, text_layer=True, pages=12, rank=0),
        Evidence(title="Item 9", source_type=SourceType.MEDIA, grade=Grade.B, language="ar", rank=1,
                 published=PartialDate("2021"), obtained_from="Wire service"),
        Evidence(title="Été à Paris", source_type=SourceType.STATEMENT, rank=2, access=Access.CONFIDENTIAL),
        Evidence(title="Red", media_type="image/png", sha256=red.sha256, size=red.size, file_name="red.png", rank=3),
        Evidence(title="Blue", media_type="image/png", sha256=blue.sha256, size=blue.size, file_name="b.png", rank=4),
        Evidence(title="Locked", media_type="application/pdf", sha256="e" * 64, rank=5,
                 reading_note="Nothing could be read.",
                 details=[Detail(section=LOCK, name="Password", value="needed to read the file")]),
        Evidence(title="", file_name="unnamed.pdf", rank=6),
        Evidence(title="Song", media_type="audio/mpeg", sha256="d" * 64, duration=125.0, rank=7),
        Evidence(title="zebra", rank=8),
    ]  # fmt: skip
    with desk.change("Set up") as session:
        session.add_all(rows)
    with desk.change("Join"):
        rows[1].derived_from_id = rows[0].id
        rows[8].part_of_id = rows[1].id
        rows[2].verifications.append(Verification(result=VerificationResult.VERIFIED, verified_on=date(2026, 1, 2)))
    made = view.show_page("evidence")
    assert isinstance(made, EvidencePage)
    return made


def titles(page: EvidencePage) -> list[str]:
    return [line.name for line in page.model.lines]


def sort(page: EvidencePage, name: str, *, descending: bool = False) -> list[str]:
    page.look(replace(page.model.outlook, sort=name, descending=descending))
    return titles(page)


def narrow(page: EvidencePage, *rules: Among | Between, words: str = "") -> list[str]:
    page.look(replace(page.model.outlook, narrowing=Narrowing(words, tuple(rules))))
    return titles(page)


def test_names_sort_as_people_sort_and_what_is_missing_comes_last(page: EvidencePage) -> None:
    assert sort(page, "title") == ["Blue", "Été à Paris", "Item 9", "Item 10", "Locked", "Red", "Song", "unnamed.pdf",
                                   "zebra"]  # fmt: skip
    assert sort(page, "published")[:2] == ["Item 10", "Item 9"]
    assert sort(page, "published", descending=True)[:2] == ["Item 9", "Item 10"]
    assert sort(page, "grade", descending=True)[:2] == ["Item 10", "Item 9"]
    assert sort(page, "duration")[0] == "Song"
    assert sort(page, "")[0] == "Item 10"


def test_a_large_list_is_read_beside_the_window(
    page: EvidencePage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("magdesk.gui.pages.evidence._MANY", 3)
    desk = page.desk
    large = EvidencePage(desk)
    qtbot.addWidget(large)
    assert large.busy
    assert large.stack.currentWidget() is large.reading
    assert large.model.lines == []
    # What changes meanwhile is not lost, and what is asked for is shown at once.
    renamed = page.model.lines[2].id
    with desk.change("Rename"):
        row = desk.get(Evidence, renamed)
        assert row is not None
        row.title = "Renamed"
    large.on_changed(Changes("Rename", {"evidence": {renamed}}))
    large.show_place(Place("evidence", renamed, "title"))
    assert large.current is row
    qtbot.waitUntil(lambda: not large.busy, timeout=10_000)
    assert [line.name for line in large.model.lines] == [line.name for line in page.model.lines]
    assert "Renamed" in titles(large)
    assert large.current is row
    assert large.stack.currentWidget() is large.table


def test_every_column_reads_sorts_filters_and_groups(page: EvidencePage) -> None:
    catalogue = page.model.catalogue
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    for column in COLUMNS:
        for line in catalogue.lines:
            assert isinstance(column.text(catalogue, line), str)
        assert len(sort(page, column.name)) == 9
        if column.facet is Facet.VALUES:
            value = column.value(catalogue, catalogue.lines[0])
            assert "Item 10" in narrow(page, Among(column.name, frozenset({value})))
        narrow(page)
        if column.groups:
            page.bar.group(column.name)
            groups = [row for row in page.model.rows if isinstance(row, EvidenceGroup)]
            assert sum(group.count for group in groups) == 9
            page.bar.group("")
    page.look(replace(page.model.outlook, columns=tuple(BY_NAME)))
    assert page.model.columnCount() == len(COLUMNS)
    page.grab()


def test_filters_are_combined(page: EvidencePage) -> None:
    assert narrow(page, Among("source_type", frozenset({"Media report"}))) == ["Item 10", "Item 9"]
    assert narrow(page, Between("published", "2020", "")) == ["Item 9"]
    assert narrow(page, Between("published", "March 2019", "2019-12")) == ["Item 10"]
    assert narrow(page, Between("size", "1 MB", "")) == ["Item 10"]
    assert narrow(page, Between("duration", "2:00", "3:00")) == ["Song"]
    assert narrow(page, Among("locked", frozenset({"Locked"}))) == ["Locked"]
    assert narrow(page, Among("standing", frozenset({"Verified"}))) == ["Été à Paris"]
    assert narrow(page, words="wire 9") == ["Item 9"]
    assert narrow(page, Among("language", frozenset({"ar"})), Among("grade", frozenset({"B: direct testimony"}))) == [
        "Item 9"
    ]
    assert page.bar.count.text().startswith("1 of 9")
    assert page.bar.chips.isVisible()
    page.bar.clear()
    assert len(titles(page)) == 9
    assert not page.bar.chips.isVisible()
    assert read_number("1,5 kB") == 1500


def test_nothing_matches_and_the_way_back(page: EvidencePage, shot: Callable[[QWidget, str], None]) -> None:
    page.filter.setText("no such thing")
    assert page.stack.currentWidget() is page.no_match
    assert "no such thing" in page.no_match.words.text()
    shot(page, "evidence-no-match")
    page.no_match.clear.click()
    assert page.filter.text() == ""
    assert page.stack.currentWidget() is page.table


def test_a_rule_is_set_by_ticking_values(page: EvidencePage, qtbot: QtBot) -> None:
    popup = page.bar.ask("source_type", page.bar.rule_button)
    shown = dict(popup.values.shown)
    assert shown == {"Media report": 2, "Not classified yet": 6, "Statement or interview": 1}
    popup.view.setCurrentIndex(popup.values.index(0))
    QTest.keyClick(popup.view, Qt.Key.Key_Space)
    assert titles(page) == ["Item 10", "Item 9"]
    QTest.keyClick(popup.view, Qt.Key.Key_Space)
    assert len(titles(page)) == 9
    popup.close()
    popup = page.bar.ask("published", page.bar.rule_button)
    popup.low.setText("whenever")
    popup.apply.click()
    assert popup.trouble.isVisible()
    popup.low.setText("2021")
    popup.apply.click()
    assert titles(page) == ["Item 9"]


def test_groups_open_close_and_count(page: EvidencePage, shot: Callable[[QWidget, str], None]) -> None:
    page.bar.group("source_type")
    heads = [row for row in page.model.rows if isinstance(row, EvidenceGroup)]
    assert [(head.title, head.count) for head in heads] == [
        ("Media report", 2), ("Not classified yet", 6), ("Statement or interview", 1),
    ]  # fmt: skip
    # A heading runs across all columns: its line is the same at both ends.
    seen = page.table.viewport().grab(QRect(0, 0, page.table.viewport().width(), 30)).toImage()
    assert seen.pixelColor(seen.width() - 4, 6) == seen.pixelColor(4, 6) != seen.pixelColor(4, seen.height() - 1)
    shot(page, "evidence-groups")
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    assert isinstance(page.model.rows[1], EvidenceGroup)
    assert page.table.currentIndex().row() == 0
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert [line.name for line in page.model.lines][:2] == ["Item 10", "Item 9"]
    page.model.close_all(True)
    assert page.model.lines == []
    # A place that is asked for is shown, whatever hides it.
    hidden = page.model.catalogue.lines[7]
    page.filter.setText("Item")
    page.show_place(Place("evidence", hidden.id, "title"))
    assert page.current is not None
    assert page.current.id == hidden.id
    assert page.model.row_of(hidden.id) >= 0


def test_roots_are_grouped_and_said(page: EvidencePage) -> None:
    page.bar.group("root")
    heads = {row.title: row.count for row in page.model.rows if isinstance(row, EvidenceGroup)}
    assert heads["Item 10"] == 3
    by_name = {line.name: line.id for line in page.model.catalogue.lines}
    page.select(by_name["zebra"])
    assert "goes back to “Item 10”, as does 1 other item" in page.detail.root.text()
    page.select(by_name["Item 10"])
    assert "2 other items go back to this one" in page.detail.root.text()
    page.select(by_name["Song"])
    assert "counts as an independent source" in page.detail.root.text()


def test_many_are_changed_in_one_step(page: EvidencePage, shot: Callable[[QWidget, str], None]) -> None:
    page.table.setFocus()
    page.table.selectAll()
    assert page.below.currentWidget() is page.bulk
    assert "9 items selected" in page.bulk.caption.text()
    page.bulk.apply()
    assert page.bulk.trouble.isVisible()
    grade, by, on = page.bulk.inputs["grade"], page.bulk.inputs["obtained_by"], page.bulk.inputs["obtained_on"]
    assert isinstance(grade, _Choice)
    assert isinstance(by, _BulkText)
    assert isinstance(on, _BulkText)
    grade.editor.setCurrentIndex(grade.editor.findText("A: primary, official or judicial"))
    by.editor.setText("Ana")
    on.editor.setText("32 May")
    page.bulk.apply()
    assert page.bulk.trouble.isVisible()
    on.editor.setText("May 2025")
    shot(page, "evidence-bulk")
    page.bulk.apply()
    rows = page.desk.rows(Evidence)
    assert {(row.grade, row.obtained_by, str(row.obtained_on)) for row in rows} == {(Grade.A, "Ana", "2025-05")}
    assert {row.source_type for row in rows} > {SourceType.MEDIA}
    assert len(page.table.selectionModel().selectedRows()) == 9
    page.desk.undo()
    assert {row.grade for row in page.desk.rows(Evidence)} == {Grade.B, Grade.C, None}
    page.select(page.model.lines[0].id)
    assert page.below.currentWidget() is page.detail


def test_many_are_deleted_and_come_back(page: EvidencePage, prompts: FakePrompts) -> None:
    with page.desk.change("Cite") as session:
        session.add(Fact(text="So.", citations=[Citation(evidence_id=page.model.lines[0].id)]))
    page.table.setFocus()
    page.table.selectAll()
    prompts.yes = False
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "Delete 9 items? 1 other entry" in prompts.asked[-1]
    assert len(page.desk.rows(Evidence)) == 9
    prompts.yes = True
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.desk.rows(Evidence) == []
    assert page.stack.currentWidget() is page.empty
    page.desk.undo()
    assert len(page.model.lines) == 9


def test_pictures_are_drawn_in_the_child_and_kept_in_bounds(
    page: EvidencePage, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    page.look(Outlook(pictures=True))
    assert page.stack.currentWidget() is page.pictures
    qtbot.waitUntil(lambda: not page.pictures.thumbs.busy and page.pictures.thumbs.bytes > 0, timeout=20_000)
    shot(page, "evidence-pictures")
    thumbs = Thumbs(page.desk, page)
    lines = {line.name: line for line in page.model.lines}
    thumbs.want([lines["Red"], lines["Blue"], lines["Item 10"], lines["Locked"]], ThumbSize(100, 80))
    qtbot.waitUntil(lambda: not thumbs.busy, timeout=20_000)
    red = thumbs.picture(lines["Red"])
    assert red is not None
    assert (red.width(), red.height()) == (100, 50)
    assert red.pixelColor(50, 25) == QColor("red")
    assert thumbs.hopeless(lines["Item 10"])  # its bytes are not there
    assert thumbs.hopeless(lines["Locked"])
    assert thumbs.hopeless(lines["Song"])
    thumbs._budget = 25_000
    thumbs.want([lines["Red"], lines["Blue"]], ThumbSize(100, 81))
    qtbot.waitUntil(lambda: not thumbs.busy, timeout=20_000)
    assert thumbs.bytes <= 25_000
    assert thumbs.picture(lines["Red"]) is None
    assert thumbs.picture(lines["Blue"]) is not None
    thumbs.renderer.close()


def test_keys_move_through_pictures(page: EvidencePage) -> None:
    page.bar.group("source_type")
    page.bar.pictures_button.click()
    view = page.pictures
    view.setFocus()
    across = view._across
    assert across >= 2
    first = page.model.row_of(page.model.lines[0].id)
    view.setCurrentIndex(page.model.index(first, 0))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert page.current is not None
    assert page.current.title == "Item 9"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert isinstance(page.model.rows[view.currentIndex().row()], EvidenceGroup)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert len(page.model.lines) == 3
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert page.current.title == "Été à Paris"
    # The same item is under the mouse as under the keys.
    spot = view.visualRect(view.currentIndex()).center()
    assert view.indexAt(spot) == view.currentIndex()
    assert view.viewport().rect().contains(spot)
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, view.visualRect(
        page.model.index(0, 0)).center().y()))  # fmt: skip
    group = page.model.rows[0]
    assert isinstance(group, EvidenceGroup)
    assert not group.open


def test_the_way_of_looking_lasts_while_the_case_is_open(page: EvidencePage, open_window: Window) -> None:
    page.look(Outlook(columns=("title", "author", "sha256"), sort="title", group="language", pictures=False))
    open_window.theme.set_appearance(Appearance.DARK)
    again = open_window.view.page  # type: ignore[union-attr]
    assert again is not page
    assert isinstance(again, EvidencePage)
    assert [column.name for column in again.model.columns] == ["title", "author", "sha256"]
    assert again.model.outlook.group == "language"
    open_window.theme.set_appearance(Appearance.LIGHT)
    stored = " ".join(open_window.settings._store.allKeys()) if hasattr(open_window.settings, "_store") else ""
    assert "language" not in stored


def test_a_change_of_one_item_keeps_the_place(page: EvidencePage) -> None:
    line = page.model.lines[4]
    page.select(line.id)
    resets: list[int] = []
    page.model.modelReset.connect(lambda: resets.append(1))
    with page.desk.change("Edit"):
        row = page.desk.get(Evidence, line.id)
        assert row is not None
        row.author = "Somebody"
    assert page.model.lines[4].author == "Somebody"
    assert page.current is not None
    assert page.current.id == line.id
    assert resets == []


@pytest.fixture
def clipboard(qtbot: QtBot) -> Iterator[QMimeData]:
    """What the next paste finds."""
    data = QMimeData()
    yield data
    QGuiApplication.clipboard().clear()


def test_a_picture_is_pasted(page: EvidencePage, clipboard: QMimeData, qtbot: QtBot) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    clipboard.setImageData(image)
    QGuiApplication.clipboard().setMimeData(clipboard)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.desk.rows(Evidence)) == 10, timeout=30_000)
    row = page.desk.rows(Evidence)[-1]
    assert row.media_type == "image/png"
    assert (row.width, row.height) == (30, 20)
    assert row.title.startswith("Picture from the clipboard")
    with page.desk.case.blobs.open(row.sha256) as stream:
        assert Image.open(io.BytesIO(stream.read())).getpixel((3, 3)) == (0, 128, 128)


def test_copied_files_and_words_are_pasted(page: EvidencePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A copied file.")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    page.paste()
    qtbot.waitUntil(lambda: len(page.desk.rows(Evidence)) == 10, timeout=30_000)
    QGuiApplication.clipboard().setText("They took him at noon.")
    page.paste()
    qtbot.waitUntil(lambda: len(page.desk.rows(Evidence)) == 11, timeout=30_000)
    assert page.desk.rows(Evidence)[-1].media_type == "text/plain"
    QGuiApplication.clipboard().clear()
    told: list[str] = []
    page.desk.notice_requested.connect(lambda text, _undo: told.append(text))
    page.paste()
    assert "no file" in told[-1]


def test_a_locked_file_is_opened_with_its_password(
    page: EvidencePage, qtbot: QtBot, tmp_path: Path, prompts: FakePrompts, open_window: Window
) -> None:
    path = tmp_path / "secret.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path, encryption=pikepdf.Encryption(owner="o", user="sesame"))
    assert open_window.view is not None
    open_window.view.jobs.take([path])
    qtbot.waitUntil(lambda: len(page.model.catalogue.lines) == 10, timeout=30_000)
    line = page.model.catalogue.lines[-1]
    assert line.locked
    page.select(line.id)
    assert page.detail.locked.isVisible()
    page.detail.locked.line.setText("wrong")
    QTest.keyClick(page.detail.locked.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(prompts.failures), timeout=30_000)
    assert "does not open" in prompts.failures[0].message
    page.detail.locked.line.setText("sesame")
    QTest.keyClick(page.detail.locked.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.model.catalogue.lines[-1].locked, timeout=30_000)
    assert page.model.catalogue.lines[-1].pages == 1
    assert not page.detail.locked.isVisible()
