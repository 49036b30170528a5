"""Killed at any moment of an intake, program or reading process: it opens, it verifies, nothing is half or twice.

Twelve kills by default; ``MAGDESK_KILLS=100`` asks for more. Each case is killed several times, so that what a kill
left is also what the next intake goes on from.
"""

from __future__ import annotations

import email.message
import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, KeyCost
from magdesk.model import Case, Evidence
from magdesk.services.evidence.adding import add_paths
from magdesk.values import now
from tests.system.canary import CANARY, in_clear

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them"),
]

KILLS_A_CASE = 4
CASES = -(-int(os.environ.get("MAGDESK_KILLS", "12")) // KILLS_A_CASE)
FILES = 44
PHRASE = "four words make sense"
COST = KeyCost(64, 1, 1)

PROGRAM = """
import sys
from pathlib import Path
from magdesk.casefile import CaseFile, KeyCost
from magdesk.services.evidence.adding import add_paths
with CaseFile.open(Path(sys.argv[1]), sys.argv[2], cost=KeyCost(64, 1, 1)) as case:
    print("open", flush=True)
    report = add_paths(case, [Path(sys.argv[3])])
    print(len(report.taken), len(report.duplicates), len(report.refused), flush=True)
"""


def word(number: int) -> str:
    """A word that stands in one file alone."""
    return f"mark{number:03}only"


def prose(number: int, length: int = 60) -> str:
    return f"{CANARY} {word(number)} " + " ".join(f"word{place % 17}" for place in range(length))


def document(text: str) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}">{body}</w:document>')
    return out.getvalue()


def letter(number: int) -> bytes:
    """With two attachments, one of them of some size."""
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", f"{CANARY} {number}"
    message.set_content(prose(number))
    for place in range(2):
        data = f"attachment {place} {prose(number, 40 + place * 20_000)}".encode()
        message.add_attachment(data, maintype="text", subtype="plain", filename=f"{number}-{place}.txt")
    return message.as_bytes()


def large(number: int) -> bytes:
    """More than what waits in memory, and more than one transaction."""
    return prose(number).encode() + b"\0" + random.Random(number).randbytes(18 << 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mixed files with the canary in each."""
    made = tmp_path_factory.mktemp("inputs")
    for number in range(FILES):
        if number % 20 == 9:
            (made / f"{number:03}.bin").write_bytes(large(number))
        elif number % 4 == 0:
            (made / f"{number:03}.eml").write_bytes(letter(number))
        elif number % 4 == 1:
            (made / f"{number:03}.docx").write_bytes(document(prose(number)))
        else:
            (made / f"{number:03}.txt").write_text(prose(number, 4_000 if number % 4 == 2 else 60))
    return made


@dataclass
class Program:
    """The program in a process of its own, taking a folder."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, path: Path, folder: Path) -> Program:
        command = [sys.executable, "-c", PROGRAM, str(path), PHRASE, str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        return cls(process)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def kill_reader(self) -> bool:
        """Kill the reading process, if one runs just now."""
        children = [
            child
            for task in Path(f"/proc/{self.process.pid}/task").glob("*/children")
            for child in map(int, task.read_text().split())
        ]
        for child in children:
            os.kill(child, signal.SIGKILL)
        return bool(children)

    def end(self) -> tuple[int, ...]:
        """Files taken, known and refused."""
        assert self.process.stdout is not None
        told, _nothing = self.process.communicate(timeout=120)
        assert self.process.returncode == 0
        return tuple(map(int, told.split()))


def sound(path: Path, folder: Path) -> int:
    """Check everything that must hold after a kill; how many files are in."""
    sources = {item.name: item for item in folder.iterdir()}
    with CaseFile.open(path, PHRASE, cost=COST, backups=False) as case:
        assert case.verify(full=True) == []
        items = list(case.session.scalars(select(Evidence)))
        assert len({item.sha256 for item in items}) == len(items)
        tops = [item for item in items if item.part_of_id is None]
        assert {item.file_name for item in tops} <= sources.keys()
        labels = [step.label for step in case.history(10_000) if step.label != "Make"]
        assert len(labels) == len(set(labels)) == len(tops)
        parents = [item.part_of_id for item in items]
        for item in tops:
            source = sources[item.file_name]
            with case.blobs.open(item.sha256) as stored:
                assert stored.read() == source.read_bytes()
            inside = parents.count(item.id)
            if not item.reading_note:
                assert inside == (2 if source.suffix == ".eml" else 0)
        there = {item.id for item in items}
        named = {item.file_name: item for item in tops}
        for name, source in sources.items():
            hits = case.index.search(f"{word(int(source.stem))} in:evidence")
            assert {hit.key for hit in hits} <= there
            if name in named and not named[name].reading_note and source.suffix != ".bin":
                assert named[name].id in {hit.key for hit in hits}, name
        count = len(tops)
        referred = {item.sha256 for item in items}
        loose = [blob for blob in case.blobs.all() if blob.sha256 not in referred]
        assert all(blob.size > 8 << 20 for blob in loose)  # Only a large file is stored ahead of its row.
    return count


def empty(path: Path) -> None:
    """A case without evidence, closed."""
    with CaseFile.create(path, PHRASE, cost=COST, backups=False) as case, case.change("Make") as session:
        session.add(Case(title="Generica", created_at=now()))


@pytest.fixture(scope="module")
def seconds(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long an intake takes that nobody disturbs."""
    path = tmp_path_factory.mktemp("measure") / "case.magdesk"
    empty(path)
    started = time.monotonic()
    assert Program.start(path, folder).end() == (FILES, 0, 0)
    return time.monotonic() - started


@pytest.mark.parametrize("seed", range(CASES))
def test_the_program_is_killed(disk: Path, folder: Path, seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    path = disk / "case.magdesk"
    empty(path)
    known = 0
    for _kill in range(KILLS_A_CASE - 1):
        program = Program.start(path, folder)
        time.sleep(chance.random() * seconds * 0.6)
        program.kill()
        assert in_clear(disk, CANARY) == []
        there = sound(path, folder)
        assert there >= known
        known = there
    # The last time it is the reading process that dies, again and again, and the program that must go on.
    program = Program.start(path, folder)
    stop = threading.Event()
    killed = 0
    while program.process.poll() is None and not stop.wait(chance.random() * seconds * 0.3):
        killed += program.kill_reader()
        if killed == 3:
            break
    taken, duplicates, refused = program.end()
    assert (taken, duplicates, refused) == (FILES - known, known, 0)
    assert sound(path, folder) == FILES
    with CaseFile.open(path, PHRASE, cost=COST, backups=False) as case:
        again = add_paths(case, [folder])
        assert (len(again.taken), len(again.duplicates)) == (0, FILES)
        notes = [item.reading_note for item in case.session.scalars(select(Evidence)) if item.reading_note]
        assert len(notes) <= killed + FILES // 20 + 1
    assert in_clear(disk, CANARY) == []
    assert list((disk / "tmp").iterdir()) == []
