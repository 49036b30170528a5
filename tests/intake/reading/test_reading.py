"""The reading process: same facts as in-process, and no file takes the program with it."""

from __future__ import annotations

import io
import json

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import Cancelled, IntakeError
from magdesk.intake import FileReader
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.read import read_file
from magdesk.intake.reading.frames import pack_facts, unpack_facts
from magdesk.progress import CancelToken
from tests.intake.making import fake_worker

TEXT = "Свидетель saw it".encode()


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
    with FileReader(fake_worker(program)) as reader:
        facts = reader.read(io.BytesIO(TEXT), "x", len(TEXT))
    assert "could not be read safely" in facts.note
    assert reader.deaths == 1


def test_a_child_that_hangs_is_stopped() -> None:
    with FileReader(fake_worker("import time; time.sleep(3600)"), silence=0.5) as reader:
        facts = reader.read(io.BytesIO(TEXT), "x", len(TEXT))
    assert "too long" in facts.note


def test_cancel_stops_at_once() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with FileReader(fake_worker("import time; time.sleep(3600)")) as reader, pytest.raises(Cancelled):
        reader.read(io.BytesIO(TEXT), "x", len(TEXT), cancel)


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
