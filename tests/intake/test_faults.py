"""A mistake of ours is told as one, what a stranger's decoder raises is damage: told apart for every kind."""

from __future__ import annotations

import io
import struct
import types
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pytest
from PIL import Image

from magdesk.errors import ExitCode, ProgramFault, fault_places
from magdesk.intake import readerchoice
from magdesk.intake.conversion import convert
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.worker import serve as serve_conversion
from magdesk.intake.foreign import Damaged, foreign, is_damage
from magdesk.intake.read import read_file
from magdesk.intake.rendering import showerchoice
from magdesk.intake.rendering.answers import StoredFile
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import book
from tests.intake.making import fake_worker

TABLES: dict[str, Mapping[str, Callable[[], Callable[..., object]]]] = {
    "readers": readerchoice.READERS,
    "families of readers": readerchoice.FAMILIES,
    "converters": convert.CONVERTERS,
    "spreadsheets": book.OPENERS,
    "showers": showerchoice.SHOWERS,
    "families of showers": showerchoice.FAMILIES,
}
BUGS = (
    "None.missing",
    "missing_name",
    "len(5)",
    "[][1]",
    "{}['missing']",
    "__import__('magdesk.intake.missing')",
)


@pytest.mark.parametrize(("table", "kind"), [(name, kind) for name, table in TABLES.items() for kind in table])
def test_every_entry_of_every_table_brings_what_it_promises(table: str, kind: str) -> None:
    assert callable(TABLES[table][kind]())


def planted(bug: str) -> Callable[..., object]:
    """A function of ours with a mistake in it."""
    names: dict[str, object] = {"__name__": "magdesk.intake.planted"}
    exec(f"def planted(*given):\n    return {bug}\n", names)
    made = names["planted"]
    assert isinstance(made, types.FunctionType)
    return made


def plant(monkeypatch: pytest.MonkeyPatch, entry: Callable[..., object], within: str, bug: str) -> None:
    """Put the mistake in the place of an entry; of one that is made on the spot, in what it calls (``within``)."""
    made_on_the_spot = "<locals>" in entry.__qualname__
    monkeypatch.setattr(within if made_on_the_spot else f"{entry.__module__}.{entry.__name__}", planted(bug))


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize("kind", list(readerchoice.READERS))
def test_a_mistake_in_a_reader_is_no_damage(kind: str, bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, readerchoice.READERS[kind](), "magdesk.intake.readers.officelock.unlocked", bug)
    monkeypatch.setattr("magdesk.intake.read.sniff", lambda *_: kind)
    with pytest.raises((AttributeError, NameError, TypeError, LookupError, ImportError)) as caught:
        read_file(io.BytesIO(b"x"), "x")
    assert "planted" in fault_places(caught.value)


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize("kind", list(convert.CONVERTERS))
def test_a_mistake_in_a_converter_is_no_damage(kind: str, bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, convert.CONVERTERS[kind](), "magdesk.intake.conversion.office.unlocked", bug)
    with pytest.raises((AttributeError, NameError, TypeError, LookupError, ImportError)):
        convert.convert_source(Source(io.BytesIO(b"x"), "x", kind), Gathering(print, lambda *_: None))


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize("kind", [*showerchoice.SHOWERS, "image/png"])
def test_a_mistake_in_what_shows_a_file_is_no_damage(kind: str, bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shower = showerchoice.shower_for(kind)
    monkeypatch.setattr(shower, "__init__", planted(bug))
    with pytest.raises((AttributeError, NameError, TypeError, LookupError, ImportError)), foreign("all of them"):
        shower(io.BytesIO(b"x"), StoredFile("", kind, "x", 1))


def raised(make: Callable[[], object]) -> BaseException:
    try:
        make()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def test_what_the_decoders_of_others_raise_is_damage() -> None:
    zipped = io.BytesIO(b"PK\x05\x06" + bytes(18))
    for make in (
        lambda: Image.open(io.BytesIO(b"\x89PNG\r\n\x1a\nxx")),
        lambda: zipfile.ZipFile(zipped).getinfo("missing"),
        lambda: openpyxl.load_workbook(io.BytesIO(b"x")),
    ):
        assert is_damage(raised(make))
    for ours in ("__import__('struct').unpack('<Q', b'')", "__import__('zlib').decompress(b'x')", "int('x')"):
        assert is_damage(raised(planted(ours)))
    assert is_damage(struct.error("x"))
    assert is_damage(zlib.error("x"))


@pytest.mark.parametrize("kind", [MemoryError, RecursionError, BrokenPipeError, KeyboardInterrupt])
def test_what_is_neither_passes_by(kind: type[BaseException]) -> None:
    with pytest.raises(kind), foreign("a library"):
        raise kind


def test_what_a_compiled_library_raises_is_named_where_it_is_called() -> None:
    planted_key = planted("{}['missing']")
    with pytest.raises(Damaged) as caught, foreign("a library", KeyError):
        planted_key()
    assert caught.value.reason == "KeyError"


def test_places_hold_no_value() -> None:
    told = fault_places(raised(planted("{}['the name of a witness']")))
    assert told.startswith("KeyError at ")
    assert "witness" not in told


def test_the_converting_process_says_that_it_failed_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from magdesk.intake.sandbox import wire

    monkeypatch.setattr("magdesk.intake.conversion.delimited.convert_separated", planted("missing_name"))
    orders, results = io.BytesIO(), io.BytesIO()
    wire.send(orders, wire.JOB, b'{"cpu": 3000, "size": 1, "name": "x", "media_type": "text/csv"}')
    orders.seek(0)
    serve_conversion(orders, results)
    results.seek(0)
    kind, payload = wire.receive(results)
    assert (kind, payload[:12]) == (wire.FAULT, b"NameError at")


def test_a_fault_has_an_exit_code_of_its_own() -> None:
    assert ProgramFault("x").exit_code is ExitCode.FAULT
    assert list(ExitCode).count(ExitCode.FAULT) == 1


def test_the_command_line_tells_a_mistake_from_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from magdesk.cli.program import main

    monkeypatch.setattr("magdesk.packet.verify.verify_packet", planted("{}['the name of a witness']"))
    assert main(["verify", str(tmp_path)]) == ExitCode.FAULT
    said = capsys.readouterr().err
    assert "MagDesk itself failed (KeyError at" in said
    assert "witness" not in said


def test_the_import_keeps_the_file_and_tells_of_the_fault() -> None:
    from magdesk.intake.reading import FileReader
    from magdesk.intake.sandbox import wire

    program = (
        "import sys\nfrom magdesk.intake.reading import frames\nfrom magdesk.intake.sandbox import wire\n"
        "wire.receive(sys.stdin.buffer)\n"
        "wire.send(sys.stdout.buffer, frames.TYPE, b'text/plain')\n"
        "wire.send(sys.stdout.buffer, frames.TEXT, frames.pack_text(0, 'so far'))\n"
        "wire.send(sys.stdout.buffer, wire.FAULT, b'KeyError at magdesk/x.py:1 f')\n"
    )
    stream: BinaryIO = io.BytesIO(b"hello")
    with FileReader(fake_worker(program)) as reader:
        facts = reader.read(stream, "x.txt", 5)
    assert facts.fault == "KeyError at magdesk/x.py:1 f"
    assert facts.text == ((0, "so far"),)
    assert "MagDesk itself failed" in facts.note
    assert "damaged" not in facts.note
    assert wire.FAULT != wire.REFUSED
