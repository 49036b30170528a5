"""How soon the first page of a long PDF is there, and whether scrolling through it ever holds up the window.

    python -m tests.bench.viewer --pages 350

The file lies in an encrypted case; pages are drawn by the limited process as they come into view. A frame is one turn
of the event loop with one step of scrolling in it, painting included.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from magdesk.casefile import CaseFile
from magdesk.casefile.keys import KeyCost
from magdesk.model import Case, Evidence
from magdesk.values import now

FIRST_WANTED, FRAME_WANTED = 0.300, 0.016
PASSPHRASE = "four words make sense"
CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)


def make_pdf(pages: int) -> bytes:
    """Dense pages of text."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(pages):
        text = canvas.beginText(60, 780)
        for line in range(54):
            text.textLine(
                f"{number + 1}.{line} The witness said that the vehicles came at night and left before dawn."
            )
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def build(path: Path, data: bytes) -> list[object]:
    """A case with the file twice: one to warm up with, one to measure."""
    keys: list[object] = []
    with (
        CaseFile.create(path, PASSPHRASE, cost=CHEAP, backups=False) as case,
        case.change("Build", base=True) as session,
    ):
        session.add(Case(title="Bench", created_at=now()))
        for tail in (b"", b"\n% again\n"):
            blob = case.blobs.put(io.BytesIO(data + tail))
            row = Evidence(title="Report", media_type="application/pdf", sha256=blob.sha256, size=blob.size)
            session.add(row)
            session.flush()
            keys.append(row.id)
    return keys


def main(arguments: Sequence[str] | None = None) -> tuple[float, float]:
    """Run the measurement; returns the seconds to the first page and the longest frame."""
    parser = argparse.ArgumentParser(description="Time to the first page, and frames while scrolling.")
    parser.add_argument("--pages", type=int, default=350)
    parser.add_argument("--file", type=Path, help="a PDF to use instead of a made one")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    data = options.file.read_bytes() if options.file else make_pdf(options.pages)
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as folder:
        path = Path(folder) / "case.magdesk"
        keys = build(path, data)
        return _measure(path, keys)


def _measure(path: Path, keys: list[object]) -> tuple[float, float]:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from magdesk.gui.desk.desk import Desk
    from magdesk.gui.prompts import DialogPrompts
    from magdesk.gui.runner import Runner
    from magdesk.gui.theme import Theme
    from magdesk.gui.viewer import Viewer
    from magdesk.regimes import load_law

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    case = CaseFile.open(path, PASSPHRASE, cost=CHEAP, backups=False)
    runner = Runner()
    desk = Desk(case, load_law(), runner, DialogPrompts(), Theme(app), date.today)
    viewer = Viewer(desk)
    viewer.resize(1000, 900)
    viewer.show()

    def turn() -> None:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def until(done: Callable[[], bool], most: float = 30.0) -> float:
        start = time.perf_counter()
        while not done() and time.perf_counter() - start < most:
            turn()
            time.sleep(0.0005)
        return time.perf_counter() - start

    def drawn() -> bool:
        return viewer.view is viewer.pages and viewer.pages.canvas.drawn

    viewer.show_item(keys[0])  # type: ignore[arg-type]
    until(drawn)
    until(lambda: not viewer.lane.busy and not runner.jobs)
    until(lambda: False, 2.0)
    viewer.show_item(keys[1])  # type: ignore[arg-type]
    first = until(drawn)
    frames = []
    bar = viewer.pages.canvas.verticalScrollBar()
    while bar.value() < bar.maximum():
        start = time.perf_counter()
        bar.setValue(bar.value() + 240)
        turn()
        frames.append(time.perf_counter() - start)
        # What is left of a frame at 60 Hz is idle, as it is when a hand scrolls.
        time.sleep(max(0.0, FRAME_WANTED - frames[-1]))
    last = until(drawn)
    ordered = sorted(frames)
    memory = viewer.pages.canvas._cache.size / (1 << 20)
    print(f"first page after {first * 1000:.0f} ms (wanted: under {FIRST_WANTED * 1000:.0f} ms)")
    print(
        f"{len(frames)} frames through {viewer.pages.pages} pages: median {statistics.median(frames) * 1000:.1f} ms,"
        f" 99 % {ordered[int(len(ordered) * 0.99)] * 1000:.1f} ms, longest {ordered[-1] * 1000:.1f} ms"
        f" (wanted: under {FRAME_WANTED * 1000:.0f} ms); {sum(f > FRAME_WANTED for f in frames)} longer"
    )
    print(f"last page drawn {last * 1000:.0f} ms after the end of scrolling; {memory:.0f} MB of pictures kept")
    runner.shutdown()
    desk.leave()
    viewer.close()
    viewer.deleteLater()
    until(lambda: False, 0.1)
    viewer.lane.renderer.close()
    case.close()
    return first, ordered[-1]


if __name__ == "__main__":
    main()
