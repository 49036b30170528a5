"""How soon the element matrix of a large case is there, and whether scrolling through it ever holds up the window.

    python -m tests.bench.matrix --targets 50 --grounds 10

The case has 2,000 facts with 5,000 citations. A frame is one turn of the event loop with one step of scrolling in it,
painting included. An edit is one fact linked to one element, from the change to the painted cell. All times are of
the processor.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from magdesk.casefile import CaseFile
from magdesk.casefile.keys import KeyCost
from magdesk.model import Authority, Case, Citation, Evidence, Fact, LegalBasis, Name, Party, Proof, Target
from magdesk.model.evidence import Access, Grade
from magdesk.values import now

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

MATRIX_WANTED, FRAME_WANTED, EDIT_WANTED = 0.100, 0.016, 0.200
FACTS, CITATIONS, ITEMS = 2_000, 5_000, 800
PASSPHRASE = "four words make sense"
CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)
CODES = ("E1", "E2", "E3", "T1", "T2", "T3", "T4", "T5", "T6")


def build(path: Path, targets: int, grounds: int) -> None:
    """A case of that size."""
    with (
        CaseFile.create(path, PASSPHRASE, cost=CHEAP, backups=False) as case,
        case.change("Build", base=True) as session,
    ):
        session.add(Case(title="A large case", created_at=now()))
        session.add(Authority(regime="us-glomag"))
        bases = []
        for number in range(targets):
            party = Party(names=[Name(text=f"General Number {number}")])
            target = Target(party=party, rank=number)
            for rank in range(grounds):
                basis = LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture", rank=rank)
                target.legal_bases.append(basis)
                bases.append(basis.id)
            session.add(target)
        items = [
            Evidence(
                title=f"Paper {n}", rank=n, grade=list(Grade)[n % 5],
                access=Access.OPEN_SOURCE if n % 3 == 0 else Access.ON_FILE,
            )
            for n in range(ITEMS)
        ]  # fmt: skip
        session.add_all(items)
        session.flush()
        for n in range(FACTS):
            fact = Fact(text=f"On day {n} the guards took a detainee from the cell to the yard.", rank=n)
            for k in range(3):
                element = CODES[(n + k) % len(CODES)]
                fact.proofs.append(Proof(legal_basis_id=bases[(n * 3 + k) % len(bases)], element=element))
            for k in range(CITATIONS // FACTS + (n % 2)):
                fact.citations.append(Citation(evidence_id=items[(n + 7 * k) % ITEMS].id, pinpoint="4", rank=k))
            session.add(fact)


def main(arguments: Sequence[str] | None = None) -> tuple[float, float, float]:
    """Run the measurement; returns the seconds of the matrix, of the longest frame and of an edit."""
    parser = argparse.ArgumentParser(description="The element matrix of a large case: making, scrolling, editing.")
    parser.add_argument("--targets", type=int, default=50)
    parser.add_argument("--grounds", type=int, default=10)
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as folder:
        path = Path(folder) / "case.magdesk"
        build(path, options.targets, options.grounds)
        return _measure(path)


def _measure(path: Path) -> tuple[float, float, float]:
    from PySide6.QtWidgets import QApplication

    from magdesk.checks.scope import Scope
    from magdesk.checks.strength import element_matrix
    from magdesk.dossier.dossier import load_dossier
    from magdesk.gui.app import create_window
    from magdesk.gui.pages.matrix import MatrixPage
    from magdesk.gui.prompts import DialogPrompts
    from magdesk.regimes import load_law

    law = load_law()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    window = create_window(app, prompts=DialogPrompts(), today=lambda: date(2026, 3, 5))
    case = CaseFile.open(path, PASSPHRASE, cost=CHEAP, backups=False)
    with case.reader() as session:
        dossier = load_dossier(session)
        element_matrix(Scope(dossier, law, date(2026, 3, 5)))
        made = min(_timed(lambda: element_matrix(Scope(dossier, law, date(2026, 3, 5)))) for _run in range(5))
    window.resize(1280, 820)
    window.show()
    window.open_case(case)
    desk = window.desk
    assert desk is not None
    while not desk.survey.facts:
        app.processEvents()
        time.sleep(0.005)
    assert window.view is not None
    page = window.view.show_page("matrix")
    assert isinstance(page, MatrixPage)
    _settle(app)
    bar, frames = page.view.verticalScrollBar(), []
    step = max(20, bar.maximum() // 400)
    for place in range(0, bar.maximum(), step):

        def turn(place: int = place) -> None:
            bar.setValue(place)
            app.processEvents()

        frames.append(_timed(turn))
    edits: list[float] = []
    for fact in desk.facts()[:12]:
        ground = page.matrix.grounds[len(edits) * 7]
        page.view.choose((ground.basis, "T4"))
        _settle(app)

        def edit(fact: Fact = fact) -> None:
            page.panel.link_requested.emit([fact.id])
            app.processEvents()

        edits.append(_timed(edit))
    while desk.runner.jobs:
        app.processEvents()
    cells = sum(len(ground.cells) for ground in page.matrix.grounds)
    worst = sorted(frames)[int(len(frames) * 0.99)]
    print(
        f"matrix: {len(page.matrix.grounds)} grounds, {cells} cells: made in {made * 1000:.0f} ms "
        f"(wanted {MATRIX_WANTED * 1000:.0f}); {len(frames)} frames, "
        f"middle {statistics.median(frames) * 1000:.1f} ms, "
        f"99 of 100 below {worst * 1000:.1f} ms (wanted {FRAME_WANTED * 1000:.0f}), "
        f"longest {max(frames) * 1000:.1f} ms; "
        f"an edit, painted: {statistics.median(edits) * 1000:.0f} ms (wanted {EDIT_WANTED * 1000:.0f})",
        flush=True,
    )
    window.close_case()
    while window.runner.jobs:
        app.processEvents()
        time.sleep(0.005)
    window.close()
    return made, worst, statistics.median(edits)


def _settle(app: QCoreApplication) -> None:
    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.002)


def _timed(work: Callable[[], object]) -> float:
    """Processor time of this thread: others may share the machine."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


if __name__ == "__main__":
    main()
