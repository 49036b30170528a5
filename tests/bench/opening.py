"""How long a case of 5,000 exhibits takes to a usable window, against an empty PySide6 window in the same run.

    python -m tests.bench.opening --exhibits 5000

Each measurement is a process of its own, from its start to the moment the window is drawn and answers. The time of
the case contains the derivation of the key from the passphrase.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from magdesk.casefile import CaseFile
from magdesk.model import Authority, Case, Citation, Evidence, Fact, Name, Party, Target
from magdesk.model.people import LegalBasis
from magdesk.values import now

WANTED = 1.5
PASSPHRASE = "four words make sense"


def build(path: Path, exhibits: int) -> None:
    """A case with so many exhibits, each cited by a fact; 50 targets."""
    with CaseFile.create(path, PASSPHRASE, backups=False) as case, case.change("Build") as session:
        session.add(Case(title="A large case", created_at=now(), filing_date=date(2026, 12, 1)))
        session.add(Authority(regime="us-glomag"))
        for number in range(50):
            party = Party(names=[Name(text=f"Person {number}")])
            target = Target(party=party, rank=number)
            target.legal_bases.append(LegalBasis(regime="us-glomag", prong="HR-1"))
            session.add_all([party, target])
        for number in range(exhibits):
            item = Evidence(title=f"Report {number} on the events", file_name=f"report-{number}.pdf", rank=number)
            item.media_type, item.size, item.pages = "application/pdf", 100_000 + number, 12
            item.sha256 = f"{number:064x}"
            session.add(item)
            if number % 2 == 0:
                fact = Fact(text=f"Something happened on day {number}.", rank=number)
                session.add(fact)
            fact.citations.append(Citation(evidence_id=item.id, pinpoint="3", rank=number))


def empty_window(started: float) -> None:
    """Child: an empty window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 820)
    window.show()
    QTimer.singleShot(0, lambda: _end(started))
    app.exec()


def case_window(started: float, path: Path) -> None:
    """Child: the program's window, opening the case."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from magdesk.gui.app import create_window

    app = QApplication([])
    window = create_window(app)
    window.show_unlock(path)
    window.unlock.unlock_requested.emit(PASSPHRASE, False)
    window.show()
    window.get_ready()

    def look() -> None:
        if window.view is not None and window.view.isVisible():
            QTimer.singleShot(0, lambda: _end(started))
        else:
            QTimer.singleShot(2, look)

    look()
    app.exec()


def _end(started: float) -> None:
    sys.stdout.write(f"{time.time() - started}\n")
    sys.stdout.flush()
    os._exit(0)


def _measure(*arguments: str) -> float:
    command = [sys.executable, "-m", "tests.bench.opening", "--child", str(time.time()), *arguments]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main(arguments: Sequence[str] | None = None) -> float:
    """Run the measurement; returns the seconds above the empty window."""
    parser = argparse.ArgumentParser(description="Time to open a large case.")
    parser.add_argument("--exhibits", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--case", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child is not None:
        if options.case is None:
            empty_window(options.child)
        else:
            case_window(options.child, options.case)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as folder:
        path = Path(folder) / "large.magdesk"
        build(path, options.exhibits)
        empty = statistics.median(_measure() for _ in range(options.rounds))
        full = statistics.median(_measure("--case", str(path)) for _ in range(options.rounds))
    print(f"opening {options.exhibits} exhibits: {full:.2f} s, empty window {empty:.2f} s")
    print(f"  {full - empty:.2f} s more (wanted: under {WANTED} s)")
    return full - empty


if __name__ == "__main__":
    main()
