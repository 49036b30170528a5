"""What of a case is in the memory of the window: while it is open, and after it was locked.

    python -m tests.bench.memory

starts the window on an invented case, shows all its pages, copies a quote and searches, then reads the whole memory
of the process (as its parent, over ``/proc``) for the passphrase, the key and words of the case; then locks it by its
menu and reads again; then opens and leaves it by the panic key. Linux only.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from magdesk.casefile import CaseFile, keys
from magdesk.model import Authority, Case, Citation, Evidence, Fact, Name, Party, Section, Target
from magdesk.services.evidence.adding import add_bytes
from magdesk.values import now

PASSPHRASE = "walnut-tricycle-ombre-lagoon-71"
CANARIES = {
    "title of the case": "Kanarienvogel-Titel-4471",
    "name of the target": "Zwitscherina Kanarienvogel",
    "a fact": "Kanarienvogel-Sachverhalt-9923",
    "the narrative": "Kanarienvogel-Erzaehlung-3310",
    "text of the evidence": "Kanarienvogel-Beweistext-5518",
    "file name of the evidence": "Kanarienvogel-Datei-6207",
}
_PATIENCE = 120.0  # seconds


def build(path: Path) -> None:
    """A case that says each canary many times."""
    word = CANARIES
    with CaseFile.create(path, PASSPHRASE, backups=False) as case:
        with case.change("Build") as session:
            session.add(Case(title=word["title of the case"], created_at=now(), filing_date=date(2026, 12, 1)))
            session.add(Authority(regime="us-glomag"))
            party = Party(names=[Name(text=word["name of the target"])])
            session.add_all([party, Target(party=party)])
            session.add(Section(code="summary", text=word["the narrative"]))
        for number in range(20):
            text = f"{word['text of the evidence']} stands on this page. " * 20
            add_bytes(case, f"{word['file name of the evidence']} {number}.txt", f"{number} {text}".encode())
        with case.change("Facts") as session:
            items = session.query(Evidence).all()
            for number in range(200):
                fact = Fact(text=f"{word['a fact']}, number {number}.", rank=number)
                fact.citations.append(Citation(evidence_id=items[number % len(items)].id, pinpoint="1"))
                session.add(fact)


# ------------------------------------------------------------------------------------------ the driven window


def drive(command: Sequence[str]) -> None:
    """Child: the window as the program runs it, moved by lines on its standard input. What follows a lock is the
    program itself, started as it always is."""
    from PySide6.QtCore import QEvent, QSocketNotifier, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from magdesk.gui import app as entry
    from magdesk.gui.locking import restart
    from magdesk.gui.window.actions import PAGES
    from magdesk.gui.window.shell import Window

    if restart.PASSPHRASE_VARIABLE not in os.environ:
        # Freed of its environment, this is the window that is looked at; what it becomes when locked is the program.
        real = [sys.executable, "-m", "magdesk.gui.app"]
        entry.__dict__["this_program"] = lambda arguments=(): [*real, *arguments]
    shown: list[Window] = []
    make = entry.create_window

    def watched(app: QApplication, **how: object) -> Window:
        window = make(app, **how)  # type: ignore[arg-type]
        shown.append(window)
        QTimer.singleShot(0, look)
        return window

    def look() -> None:
        window = shown[0]
        if window.view is None or window.runner.jobs:
            QTimer.singleShot(50, look)
            return
        for code, _title in PAGES:
            window.view.show_page(code)
            QApplication.processEvents()
        QApplication.clipboard().setText(CANARIES["text of the evidence"])
        window.view.open_search()
        window.view.show_page("matrix")
        print("running", flush=True)
        notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, window)
        notifier.activated.connect(told)

    def told(*_nothing: object) -> None:
        order = os.read(0, 100).decode().strip()
        window = shown[0]
        if order == "lock":
            window.command.by_name["file.lock"].trigger()
        elif order == "panic":
            nobody = Qt.KeyboardModifier.NoModifier
            QApplication.postEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F12, nobody))

    entry.create_window = watched
    sys.argv = ["magdesk-gui", *command]
    entry.run()


# ---------------------------------------------------------------------------------------------- the scan


def needles(path: Path) -> dict[str, list[bytes]]:
    """What is looked for: each thing in the forms in which memory may hold it."""
    key = keys.derive_key(PASSPHRASE, keys.file_salt(path))
    digits = bytes(key.literal[2:66])
    found = {"passphrase": _spelled(PASSPHRASE), "key": [bytes.fromhex(digits.decode()), *_spelled(digits.decode())]}
    found["key"] += _spelled(digits.decode().upper())
    return found | {name: _spelled(text) for name, text in CANARIES.items()}


def _spelled(text: str) -> list[bytes]:
    return [text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")]


def memory_of(pid: int) -> Iterator[bytes]:
    """The readable memory of a process, region by region.

    Raises:
        PermissionError: the process refuses it to us.
    """
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            region = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if region is None or "[v" in line:
                continue
            start, end = int(region[1], 16), int(region[2], 16)
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:
                continue  # gone in the meantime, or a device


def count(pid: int, wanted: dict[str, list[bytes]]) -> tuple[dict[str, int], int]:
    """How often each thing is found, and how many bytes were read."""
    found, size = dict.fromkeys(wanted, 0), 0
    for region in memory_of(pid):
        size += len(region)
        for name, forms in wanted.items():
            found[name] += sum(region.count(form) for form in forms)
    return found, size


@dataclass
class Driven:
    """The window in a process of its own."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, path: Path, home: Path) -> Driven:
        """On a case, with the passphrase in its environment; all pages are shown when this returns."""
        environment = {
            **os.environ, "MAGDESK_PASSPHRASE": PASSPHRASE, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "c"),
            "XDG_DATA_HOME": str(home / "d"), "MAGDESK_ALLOW_DEBUGGING": "1",
        }  # fmt: skip
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-c", "from tests.bench.memory import driven; driven()", str(path)]
        made = cls(
            subprocess.Popen(
                command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True,
            )
        )  # fmt: skip
        assert made.process.stdout is not None
        assert made.process.stdout.readline().strip() == "running"
        return made

    def tell(self, order: str) -> None:
        """Give an order."""
        assert self.process.stdin is not None
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()

    @property
    def command(self) -> list[str]:
        """How the process was started last."""
        return Path(f"/proc/{self.process.pid}/cmdline").read_text().split("\0")

    @property
    def environment(self) -> str:
        """What it was given at its last start."""
        return Path(f"/proc/{self.process.pid}/environ").read_text(errors="replace")

    def wait_for_rest(self) -> None:
        """Until it is another program than before and does nothing any more."""
        patience = time.monotonic() + _PATIENCE
        while "magdesk.gui.app" not in self.command and time.monotonic() < patience:
            time.sleep(0.02)
        assert "magdesk.gui.app" in self.command, "it was not locked"
        spent = -1
        while (used := self._ticks()) != spent and time.monotonic() < patience:
            spent = used
            time.sleep(1.5)

    def _ticks(self) -> int:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def end(self) -> None:
        """End it, if it has not ended by itself."""
        self.process.kill()
        self.process.communicate()


def driven() -> None:
    """Child: see :func:`drive`; its own arguments are those of the window."""
    drive(sys.argv[1:])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when something of the case is left in the locked process."""
    argparse.ArgumentParser(description="Scan the memory of the window, open and locked.").parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as name:
        path = Path(name) / "case.magdesk"
        build(path)
        wanted = needles(path)
        window = Driven.start(path, Path(name))
        try:
            in_environment = PASSPHRASE in window.environment
            running, size = count(window.process.pid, wanted)
            started = time.monotonic()
            window.tell("lock")
            window.wait_for_rest()
            took = time.monotonic() - started
            locked, size_locked = count(window.process.pid, wanted)
        finally:
            window.end()
        window = Driven.start(path, Path(name))
        started = time.monotonic()
        window.tell("panic")
        window.process.wait(_PATIENCE)
        panic = time.monotonic() - started
        with CaseFile.open(path, PASSPHRASE, backups=False) as case:
            whole = case.verify(full=True) == []
    print(f"{'found in memory':28} {'running':>8} {'locked':>8}")
    for what in wanted:
        print(f"{what:28} {running[what]:8} {locked[what]:8}")
    print(f"{'MB read':28} {size / 1e6:8.0f} {size_locked / 1e6:8.0f}")
    print(f"passphrase in the environment of the running window: {'yes' if in_environment else 'no'}")
    print(f"locked and at rest after {took:.1f} s (1.5 s of them to see that it rests)")
    print(f"panic key: ended after {panic:.2f} s; the case verifies: {'yes' if whole else 'NO'}")
    return int(any(locked.values()) or in_environment or not whole)


if __name__ == "__main__":
    sys.exit(main())
