"""What is said of files that were not added, whatever their names are written in."""

from __future__ import annotations

from pathlib import Path

from magdesk.gui.window.shell import Window
from magdesk.services.evidence.report import AddReport, Refused
from tests.gui.conftest import FakePrompts


def test_a_name_neither_turns_its_line_round_nor_pushes_it_out(open_window: Window, prompts: FakePrompts) -> None:
    assert open_window.view is not None
    arabic, long = "شهادة.pdf", f"{'x' * 200}.eml"
    report = AddReport(refused=[Refused(Path(name), "It cannot be read.", "") for name in (arabic, long)])
    open_window.view.jobs._on_taken(report)
    first, second = prompts.told[-1].splitlines()[-2:]
    assert first == f"\u200e• {arabic}\u200e: It cannot be read."
    assert second.endswith(".eml\u200e: It cannot be read.")
    assert len(second) < 100
