"""Nothing of a case is ever in clear on the disk: not while open, not after close, not after ``kill -9``."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.model import Authority, Case, Recipient
from tests.shared import STANDARD
from tests.system.canary import CANARY, fill, in_clear

PHRASE = "four words make sense"

# Programs of their own open the same files.
pytestmark = [pytest.mark.usefixtures("standard_keys"), pytest.mark.slow]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files with the canary in name and content, outside the searched disk."""
    folder = tmp_path_factory.mktemp("inputs")
    for number in range(40):
        content = f"{CANARY} {number} ".encode() * (20_000 if number % 10 == 0 else 50)
        (folder / f"{CANARY}-{number}.txt").write_bytes(content)
    return folder


def _magdesk(*arguments: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {"MAGDESK_PASSPHRASE": PHRASE}
    command = [sys.executable, "-m", "magdesk", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _run(*arguments: object) -> int:
    return _magdesk(*arguments).wait(timeout=120)


def test_neither_open_nor_closed(disk: Path, inputs: Path) -> None:
    path = disk / "case.magdesk"
    with CaseFile.create(path, PHRASE) as case:
        fill(case, CANARY)
        case.undo()
        case.redo()
        case.index.put("fact", case.history()[0].id, [(0, CANARY)])
        assert case.index.search(CANARY)
        assert in_clear(disk, CANARY) == []
    assert _run("add", path, inputs) == 0
    assert _run("search", path, CANARY) == 0
    assert _run("backup", path) == 0
    assert in_clear(disk, CANARY) == []
    with CaseFile.open(path, PHRASE) as case:
        assert case.index.search(CANARY)
        assert in_clear(disk, CANARY) == []
    assert [item.name for item in disk.iterdir() if item.is_file()] == ["case.magdesk"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
# Each at another random moment; with MAGDESK_SLOW_TESTS twelve of them.
@pytest.mark.parametrize("seed", range(12 if "MAGDESK_SLOW_TESTS" in os.environ else 2))
def test_not_after_a_kill_during_import(disk: Path, inputs: Path, seed: int) -> None:
    path = disk / "case.magdesk"
    with CaseFile.create(path, PHRASE) as case:
        fill(case, CANARY)
    process = _magdesk("add", path, inputs)
    time.sleep(0.9 + random.Random(seed).random() * 1.2)
    process.kill()
    process.wait()
    assert in_clear(disk, CANARY) == []
    with CaseFile.open(path, PHRASE) as case:
        assert case.verify() == []
        kept = case.history()
    assert kept[-1].label.startswith("Fill")
    assert _run("add", path, inputs) == 0
    assert _run("verify", path) == 0
    with CaseFile.open(path, PHRASE) as case:
        assert len([blob for blob in case.blobs.all() if blob.size]) == 40
    assert in_clear(disk, CANARY) == []


EDITOR = """
import sys
from pathlib import Path
from magdesk.casefile import CaseFile
from magdesk.model import Authority, Case, Recipient
from magdesk.model import Fact
case = CaseFile.open(Path(sys.argv[1]), sys.argv[2])
number = 0
while True:
    number += 1
    with case.change(f"Edit {number}") as session:
        session.add(Fact(text=f"{sys.argv[3]} {number}", rank=number))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("seed", range(4 if "MAGDESK_SLOW_TESTS" in os.environ else 2))
def test_not_after_a_kill_during_an_edit_and_nothing_committed_is_lost(disk: Path, seed: int) -> None:
    path = disk / "case.magdesk"
    with CaseFile.create(path, PHRASE) as case:
        fill(case, CANARY)
    process = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(path), PHRASE, CANARY], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    confirmed = 0
    until = random.Random(seed).randrange(5, 60)
    for line in process.stdout:
        confirmed = int(line)
        if confirmed >= until:
            break
    process.kill()
    confirmed = max([confirmed, *(int(line) for line in process.stdout.read().split())])
    process.stdout.close()
    process.wait()
    assert in_clear(disk, CANARY) == []
    with CaseFile.open(path, PHRASE) as case:
        assert case.verify() == []
        labels = [step.label for step in case.history(10_000)]
    assert f"Edit {confirmed}" in labels


EXPORTER = """
import sys
from datetime import date
from pathlib import Path
from magdesk.casefile import CaseFile
from magdesk.model import Authority, Case, Recipient
from magdesk.regimes import load_law
from magdesk.services.export import export_packet

def progress(done, total, text=""):
    print(done, flush=True)
    if done == int(sys.argv[4]):
        sys.stdin.read()

with CaseFile.open(Path(sys.argv[1]), sys.argv[2], read_only=True) as case:
    day = date(2026, 12, 1)
    export_packet(case, Path(sys.argv[3]), law=load_law(), date=day, draft=True, progress=progress)
"""


@pytest.fixture(scope="module")
def ready(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that can be exported, outside the searched disk."""
    path = tmp_path_factory.mktemp("ready") / "case.magdesk"
    with CaseFile.create(path, PHRASE, cost=STANDARD, backups=False) as case:
        fill(case, CANARY)
        with case.change("Ready for an export") as session:
            session.scalars(select(Case)).one().bates_prefix = "GEN"
            session.scalars(select(Authority)).one().regime = "us-glomag"
            session.scalars(select(Recipient)).one().letter = "state"
    assert _run("add", path, inputs) == 0
    return path


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("step", [1, 3, 5, 7] if "MAGDESK_SLOW_TESTS" in os.environ else [3, 7])
def test_not_after_a_kill_during_export_and_nothing_looks_finished(disk: Path, ready: Path, step: int) -> None:
    path, packet = disk / "case.magdesk", disk / "packet"
    copyfile(ready, path)
    command = [sys.executable, "-c", EXPORTER, str(path), PHRASE, str(packet), str(step)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    for line in process.stdout:
        if int(line) == step:
            break
    process.kill()
    process.stdout.close()
    process.stdin.close()
    process.wait()
    assert not packet.exists()
    assert in_clear(disk, CANARY) == []
    assert _run("verify", path) == 0
    assert _run("export", path, "--to", packet, "--draft", "--date", "2026-12-01") == 0
    assert [item.name for item in disk.iterdir() if item.name.startswith(".packet")] == []
    assert _run("verify", packet) == 0
