"""The custody tab and the verification records of the evidence page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Place
from magdesk.gui.custody.window import CaseCustody
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.window.shell import Window
from magdesk.model import Evidence
from magdesk.model.evidence import Credibility, Reliability, VerificationResult
from magdesk.services.custody import add_verification
from magdesk.services.proofs.opentimestamps import MAGIC
from tests.gui.conftest import FakePrompts


@pytest.fixture
def page(open_window: Window) -> EvidencePage:
    """The page on one graded and examined item."""
    view = open_window.view
    assert view is not None
    desk = view.desk
    stored = desk.case.blobs.put(io.BytesIO(b"letter"))
    item = Evidence(title="Letter", sha256=stored.sha256, size=6, media_type="text/plain", file_name="letter.txt")
    with desk.case.change("Add evidence") as session:
        session.add(item)
    with desk.case.change("Grade"):
        item.reliability, item.credibility = Reliability.B, Credibility.PROBABLE
    add_verification(
        desk.case, item.id, VerificationResult.PARTLY, technical="The stamp is that of the office.", by="Ana",
        on=date(2026, 3, 1),
    )  # fmt: skip
    made = view.show_page("evidence")
    assert isinstance(made, EvidencePage)
    made.select(item.id)
    return made


def test_the_ledger_of_the_item_is_shown_newest_first(
    page: EvidencePage, shot: Callable[[QWidget, str], None]
) -> None:
    page.detail.tabs.setCurrentWidget(page.detail.custody)
    table = page.detail.custody.table
    said = [table.item(row, 2).text() for row in range(table.rowCount())]  # type: ignore[union-attr]
    assert said == ["Examined", "Graded", "Digest taken", "Received"]
    assert table.item(1, 3).text() == "F6 → B2"  # type: ignore[union-attr]
    shot(page, "custody")
    for number in range(page.detail.tabs.count()):
        if page.detail.tabs.tabText(number) == "Weight":
            page.detail.tabs.setCurrentIndex(number)
    shot(page, "verification")


def test_a_proof_is_taken_in(page: EvidencePage, prompts: FakePrompts, tmp_path: Path) -> None:
    assert page.current is not None
    block = bytes.fromhex("0588960d73d71901") + b"\x03\xf7\xef\x15"
    path = tmp_path / "letter.ots"
    path.write_bytes(MAGIC + b"\x01\x08" + bytes.fromhex(page.current.sha256) + b"\x08\x00" + block)
    prompts.path = path
    page.detail.tabs.setCurrentWidget(page.detail.custody)
    page.detail.custody.add_proof()
    assert "block 358391" in page.detail.custody.proofs.text()
    assert page.detail.custody.table.item(0, 2).text() == "Timestamp kept"  # type: ignore[union-attr]
    path.write_bytes(b"junk")
    page.detail.custody.add_proof()
    assert "neither" in prompts.failures[0].message


@pytest.fixture
def custody(page: EvidencePage, open_window: Window, qtbot: QtBot) -> Iterator[CaseCustody]:
    """The custody of the whole case, opened from the menu."""
    open_window.command.by_name["case.custody"].trigger()
    assert open_window.view is not None
    made = open_window.view.findChild(CaseCustody)
    assert made is not None
    qtbot.waitUntil(lambda: made.ledger.model.total > 0, timeout=10_000)
    yield made
    made.close()


def test_the_whole_ledger_is_filtered(
    custody: CaseCustody, page: EvidencePage, shot: Callable[[QWidget, str], None]
) -> None:
    ledger = custody.ledger
    assert [event.what for event in ledger.model.shown] == ["Examined", "Graded", "Digest taken", "Received"]
    shot(custody, "custody-ledger")
    ledger.words.setText("→ b2")
    assert ledger.count.text() == "1 of 4"
    ledger.words.clear()
    ledger.kind.setCurrentIndex(ledger.kind.findData("Examined"))
    assert [ledger.model.data(ledger.model.index(0, column)) for column in (3, 4)] == ["Examined", "Letter"]
    with places_asked(page) as asked:
        ledger.table.doubleClicked.emit(ledger.model.index(0, 0))
    assert page.current is not None
    assert asked == [page.current.id]


@contextmanager
def places_asked(page: EvidencePage) -> Iterator[list[object]]:
    """The places that are asked for meanwhile."""
    seen: list[object] = []

    def note(place: Place) -> None:
        seen.append(place.row)

    page.desk.place_requested.connect(note)
    yield seen
    page.desk.place_requested.disconnect(note)


def test_a_list_is_written_stamped_and_its_proof_shown(
    custody: CaseCustody, prompts: FakePrompts, tmp_path: Path, shot: Callable[[QWidget, str], None]
) -> None:
    custody.tabs.setCurrentIndex(1)
    proofs = custody.proofs
    assert proofs.tree.topLevelItemCount() == 1
    day = proofs.tree.topLevelItem(0)
    assert day is not None
    assert (day.text(1), day.text(2)) == ("not written yet", "1 hash added")
    prompts.path = tmp_path / "root.txt"
    proofs.write_list()
    root = prompts.path.read_bytes()
    assert (tmp_path / "root-sha256.txt").exists()
    day = proofs.tree.topLevelItem(0)
    assert day is not None
    made = day.child(0)
    assert made is not None
    assert made.text(2).startswith("the ledger reproduces it; 2 hashes, root ")
    assert root.decode().strip() in made.text(2)
    block = bytes.fromhex("0588960d73d71901") + b"\x03\xf7\xef\x15"
    prompts.path = tmp_path / "root.ots"
    prompts.path.write_bytes(MAGIC + b"\x01\x08" + hashlib.sha256(root).digest() + b"\x08\x00" + block)
    proofs.import_proof()
    day = proofs.tree.topLevelItem(0)
    assert day is not None
    made = day.child(0)
    assert made is not None
    proof = made.child(0)
    assert proof is not None
    assert proof.text(0) == "OpenTimestamps proof: root.ots"
    assert proof.text(1) == "kept, not verified"
    assert "block 358391" in proof.text(2)
    shot(custody, "custody-proofs")
    prompts.path.write_bytes(b"junk")
    proofs.import_proof()
    assert "neither" in prompts.failures[0].message
    prompts.path = tmp_path / "root.txt"
    proofs.write_list()
    assert "already exists" in prompts.failures[1].message


def test_what_a_glance_finds_is_told(
    open_window: Window, prompts: FakePrompts, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    view = open_window.view
    assert view is not None
    qtbot.waitUntil(lambda: not open_window.runner.jobs, timeout=10_000)
    view.jobs.glance()
    qtbot.waitUntil(lambda: not open_window.runner.jobs, timeout=10_000)
    assert prompts.told == []
    with view.desk.change("Lose the bytes") as session:
        session.add(Evidence(title="Lost", file_name="lost.pdf", sha256="a" * 64, size=3))
    view.jobs.glance()
    banner = view.jobs.banner
    qtbot.waitUntil(banner.isVisible, timeout=10_000)
    # Nobody asked for the look, so nobody is stopped by what it found.
    assert prompts.told == []
    assert "lost.pdf" in banner.text.text()
    shot(open_window, "banner")
    banner.more.click()
    assert "lost.pdf" in prompts.told[0]
    assert "backup" in prompts.told[0]
    banner.away.click()
    assert not banner.isVisible()
