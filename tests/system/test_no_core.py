"""No crash leaves the memory of the program on the disk, and no other program of the user reads it while it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from magdesk.hardening import DEBUGGING_VARIABLE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

# Tells after the entry point has begun what the system says of the process: its core limit, its dumpable flag.
_TELL = """
import ctypes, resource, runpy, sys
def tell(*_):
    print(*resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), file=sys.__stderr__)
    sys.exit(0)
"""
_WORKER = (
    _TELL + "import magdesk.intake.sandbox.worker as worker, magdesk.packet.workers as workers\n"
    "worker.load_codecs = tell\nworkers.main(['{}'])"
)
ENTRIES = {
    "magdesk": _TELL + "import magdesk.cli.program as program\nprogram.main = tell\nprogram.run()",
    "magdesk-gui": _TELL + "import magdesk.gui.app as app\napp._arguments = tell\napp.run()",
    "reading": _WORKER.format("reading"),
    "converting": _WORKER.format("converting"),
    "drawing": _WORKER.format("rendering"),
}


def _told(entry: str, **variables: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    command = [sys.executable, "-c", ENTRIES[entry]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_point_refuses_core_files(entry: str) -> None:
    assert _told(entry) == "0 0 0"


def test_a_builder_may_allow_debugging() -> None:
    assert _told("magdesk", **{DEBUGGING_VARIABLE: "1"}).split()[-1] == "1"
    assert _told("magdesk", **{DEBUGGING_VARIABLE: "0"}) == "0 0 0"


def test_a_crash_leaves_no_file(tmp_path: Path) -> None:
    """A process that may write core files without end is shot at its prompt."""
    code = (
        "import resource, magdesk.cli.program as program\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
        "program.main = lambda *_: input()\n"
        "program.run()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path
    )
    patience = time.monotonic() + 60
    limits = Path(f"/proc/{process.pid}/limits")
    while "Max core file size        0                    0" not in limits.read_text():
        assert time.monotonic() < patience
        time.sleep(0.02)
    process.send_signal(6)
    process.communicate(timeout=60)
    assert process.returncode == -6
    assert list(tmp_path.iterdir()) == []


# Two processes of one ordinary user; the second tries to open the memory of the first. Both are made by forking,
# since an ordinary user may not be able to run the Python of the tests.
_PEERS = """
import ctypes, os, sys, time
from magdesk.hardening import harden

def child(work):
    pid = os.fork()
    if pid:
        return pid
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # As after a start; changing the user has cleared it.
    work()

def owner():
    if sys.argv[1] == "hardened":
        harden()
    os.write(told, b"x")
    time.sleep(60)

def peer():
    try:
        open(f"/proc/{first}/mem", "rb").close()
    except PermissionError:
        os._exit(13)
    os._exit(0)

heard, told = os.pipe()
first = child(owner)
os.read(heard, 1)
print(os.waitstatus_to_exitcode(os.waitpid(child(peer), 0)[1]))
os.kill(first, 9)
"""


def _peer(first: str) -> int:
    command = [sys.executable, "-c", _PEERS, first]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return int(done.stdout)


def test_no_other_program_of_the_user_reads_the_memory() -> None:
    if _peer("ordinary") == 13:
        pytest.skip("this system lets no program read another's memory")
    assert _peer("hardened") == 13
