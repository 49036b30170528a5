"""Killed at any moment, a case opens again with all that was committed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.errors import CaseFileError, WrongPassphrase
from magdesk.model import Party
from tests.casefile.cases import FAST, make_case, reopen

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signal")


def start(path: Path, moment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.casefile.victim", str(path), moment], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("pause", [0.05, 0.2, 0.35])
def test_what_was_said_to_be_committed_is_there(path: Path, pause: float) -> None:
    make_case(path).close()
    process = start(path, "counted")
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    said = process.communicate()[0].splitlines()
    last = int(said[-1]) if said else 0
    with reopen(path) as again:
        stored = sorted(map(int, again.session.scalars(select(Party.description))))
        assert stored[: last + 1] == list(range(last + 1))
        assert len(stored) <= last + 2
        assert len(again.history(10_000)) == len(stored) + 1
        assert again.verify() == []


def test_a_half_stored_file_is_gone_and_its_room_is_given_back(path: Path) -> None:
    make_case(path).close()
    size = path.stat().st_size
    process = start(path, "put")
    assert process.stdout is not None
    assert process.stdout.readline() == "busy\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with reopen(path) as again:
        assert again.blobs.all() == []
        with again._reading() as raw:
            assert raw.execute("SELECT count(*) FROM chunk").fetchone() == (0,)
            assert raw.execute("SELECT count(*) FROM blob").fetchone() == (0,)
        assert again.verify() == []
    assert path.stat().st_size <= size * 1.1


@pytest.mark.parametrize("pause", [0.01, 0.05, 0.1, 0.15, 0.2])
def test_one_of_the_two_passphrases_opens_it(path: Path, pause: float) -> None:
    with make_case(path) as case, case.change("Add") as session:
        session.add(Party(description="kept"))
    process = start(path, "rekey")
    assert process.stdout is not None
    assert process.stdout.readline() == "busy\n"
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    opened = 0
    for passphrase in ("correct horse", "another battery"):
        try:
            with CaseFile.open(path, passphrase, cost=FAST, backups=False) as again:
                assert again.session.scalars(select(Party.description)).all() == ["kept"]
                assert again.verify() == []
                opened += 1
        except WrongPassphrase:
            continue
    assert opened == 1
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


FULL = """
import io, resource, sys
from pathlib import Path
from magdesk.errors import CaseFileError
from magdesk.model import Party
from tests.casefile.cases import reopen
case = reopen(Path(sys.argv[1]))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
told = []
try:
    if sys.argv[3] == "put":
        case.blobs.put(io.BytesIO(bytes(60 << 20)))
    else:
        while True:
            with case.change("Add") as session:
                session.add(Party(description="x" * 1_000_000))
except CaseFileError as error:
    assert error.hint, error
    told.append(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with case.change("Goes on") as session:
    session.add(Party(description="after"))
try:
    case.close()
except CaseFileError as error:
    told.append(error)
print(len(told))
"""


@pytest.mark.parametrize("act", ["put", "change"])
def test_a_file_that_cannot_grow(path: Path, act: str) -> None:
    make_case(path).close()
    limit = path.stat().st_size + (20 << 20)
    answer = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(limit), act], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "1\n"
    assert answer.stderr == ""
    with reopen(path) as again:
        assert "after" in again.session.scalars(select(Party.description)).all()
        assert again.blobs.all() == []
        assert again.verify() == []


def test_a_full_file_is_said_to_be_full(case: CaseFile) -> None:
    with case._reading() as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(CaseFileError, match="disk is full") as caught, case.change("Too much") as session:
        session.add(Party(description="x" * 2_000_000))
    assert "space" in caught.value.hint
    assert case.session.scalars(select(Party)).all() == []
    with case._reading() as raw:
        raw.execute(f"PRAGMA max_page_count = {pages + 1000}")
    with case.change("Fits now") as session:
        session.add(Party())
    assert case.verify() == []
