"""The reading process: same facts as in-process, and no file takes the program with it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from magdesk.errors import Cancelled, IntakeError
from magdesk.intake import FileReader
from magdesk.intake.facts import FileFacts
from magdesk.intake.read import read_file
from magdesk.intake.wire import pack_facts, unpack_facts
from magdesk.model.values import PartialDate
from magdesk.progress import CancelToken
from tests.safety import safety

TEXT = "Свидетель saw it".encode()


def _child(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def test_facts_come_back_as_they_were_read() -> None:
    with FileReader() as reader:
        for _ in range(3):
            assert reader.read(io.BytesIO(TEXT), "note.txt", len(TEXT)) == read_file(io.BytesIO(TEXT), "note.txt")
        assert reader.deaths == 0


def test_an_empty_file_is_refused_and_the_next_one_read() -> None:
    with FileReader() as reader:
        with pytest.raises(IntakeError):
            reader.read(io.BytesIO(b""), "x", 0)
        assert reader.read(io.BytesIO(TEXT), "x", len(TEXT)).text_layer


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(3)",
        "import sys; sys.stdin.buffer.read(12); sys.stdout.buffer.write(b'F' + b'\\xff' * 20); sys.stdout.flush()",
        (
            "import sys,struct; sys.stdout.buffer.write(struct.pack('<cQ', b'F', 2) + b'{}'); sys.stdout.flush()\n"
            "sys.stdin.buffer.read()"
        ),
    ],
)
def test_a_child_that_dies_or_lies_costs_one_file(program: str) -> None:
    with FileReader(_child(program)) as reader:
        facts = reader.read(io.BytesIO(TEXT), "x", len(TEXT))
    assert "could not be read safely" in facts.note
    assert reader.deaths == 1


def test_a_child_that_hangs_is_stopped() -> None:
    with FileReader(_child("import time; time.sleep(3600)"), silence=0.5) as reader:
        facts = reader.read(io.BytesIO(TEXT), "x", len(TEXT))
    assert "too long" in facts.note


def test_cancel_stops_at_once() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with FileReader(_child("import time; time.sleep(3600)")) as reader, pytest.raises(Cancelled):
        reader.read(io.BytesIO(TEXT), "x", len(TEXT), cancel)


@safety(
    "A file you add is read by a separate process with little memory, no network and no key; one that is hostile "
    "costs itself."
)
@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_memory_of_the_child_is_limited() -> None:
    program = (
        "from magdesk.intake import worker\n"
        "worker.limit()\n"
        "try:\n"
        "    bytearray(3 << 30)\n"
        "except MemoryError:\n"
        "    raise SystemExit(7)\n"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 7


def test_facts_survive_the_wire_and_lies_do_not() -> None:
    facts = FileFacts("application/pdf", 3, 10, 20, 1.5, ((1, "a"), (2, "ж")), True, PartialDate("2024-03"), "note")
    assert unpack_facts(pack_facts(facts), facts.text) == facts
    honest = json.loads(pack_facts(facts))
    for lie in (
        {"pages": -1},
        {"pages": "many"},
        {"details": [["a"]]},
        {"duration": "inf"},
        {"attached": 7},
        {"created": "soon"},
        {"duration": "x"},
    ):
        with pytest.raises(ValueError, match=r".*"):
            unpack_facts(json.dumps(honest | lie).encode())
    with pytest.raises(ValueError, match="not facts"):
        unpack_facts(b"{}")
