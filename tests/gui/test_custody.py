"""The custody tab and the verification records of the evidence page."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.shell import Window
from magdesk.model import Evidence
from magdesk.model.evidence import Credibility, Reliability, VerificationResult
from magdesk.services.custody import add_verification
from magdesk.services.otsproof import MAGIC
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
