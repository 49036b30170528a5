"""A packet has its name only when it is whole; nothing else ever looks finished."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from magdesk.errors import Cancelled, ExportError, UserError
from magdesk.packet.partfolder import remove_leftovers
from magdesk.packet.sink import PacketSink
from tests.packet.making import exhibit


def _fill(sink: PacketSink, text: bytes = b"content") -> None:
    for name in ("01-submission.pdf", "04-native/ex-001.eml", "packet.json", "SHA256SUMS"):
        with sink.write(name) as out:
            out.write(text)


def _inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_packet_appears_whole(tmp_path: Path) -> None:
    with PacketSink(tmp_path / "packet") as sink:
        _fill(sink)
        assert not (tmp_path / "packet").exists()
        assert all(name.startswith(".") for name in _inside(tmp_path))
        if os.name == "posix":
            assert sink.folder.stat().st_mode & 0o777 == 0o700
        assert sink.finalise() == tmp_path / "packet"
    assert _inside(tmp_path) == ["packet"]
    assert _inside(tmp_path / "packet") == ["01-submission.pdf", "04-native", "SHA256SUMS", "packet.json"]
    assert [file.name for file in sink.files][:2] == ["01-submission.pdf", "04-native/ex-001.eml"]
    assert {file.size for file in sink.files} == {7}


@pytest.mark.parametrize("error", [ValueError("x"), Cancelled(), KeyboardInterrupt()])
def test_a_failed_export_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    def export() -> None:
        with PacketSink(tmp_path / "packet") as sink:
            _fill(sink)
            raise error

    with pytest.raises(type(error)):
        export()
    assert _inside(tmp_path) == []


def test_leaving_without_finalising_leaves_nothing(tmp_path: Path) -> None:
    with PacketSink(tmp_path / "packet") as sink:
        _fill(sink)
    assert _inside(tmp_path) == []


def test_a_failure_inside_a_file_leaves_nothing(tmp_path: Path) -> None:
    def export() -> None:
        with PacketSink(tmp_path / "packet") as sink, sink.write("01-a.pdf") as out:
            out.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        export()
    assert _inside(tmp_path) == []


def test_a_packet_is_replaced_only_when_told(tmp_path: Path) -> None:
    target = tmp_path / "packet"
    with PacketSink(target) as sink:
        _fill(sink, b"old")
        sink.finalise()
    with pytest.raises(UserError), PacketSink(target):
        pass
    with PacketSink(target, replace=True) as sink:
        _fill(sink, b"new")
        assert (target / "packet.json").read_bytes() == b"old"
        sink.finalise()
    assert (target / "packet.json").read_bytes() == b"new"
    assert _inside(tmp_path) == ["packet"]


def test_other_folders_and_files_are_never_touched(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")
    for name in ("photos", "file"):
        with pytest.raises(UserError), PacketSink(tmp_path / name, replace=True):
            pass
    assert _inside(tmp_path) == ["file", "photos"]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "packet").mkdir()
    with PacketSink(tmp_path / "packet") as sink:
        _fill(sink)
        sink.finalise()
    assert len(_inside(tmp_path / "packet")) == 4


def test_what_comes_to_stand_there_meanwhile_stays(tmp_path: Path) -> None:
    with PacketSink(tmp_path / "packet") as sink:
        _fill(sink)
        (tmp_path / "packet").mkdir()
        (tmp_path / "packet" / "mine").write_bytes(b"x")
        with pytest.raises(UserError):
            sink.finalise()
    assert _inside(tmp_path) == ["packet"]
    assert _inside(tmp_path / "packet") == ["mine"]


@pytest.mark.parametrize("name", ["../x", "/x", "a/b/c", "", ".hidden", "ü", "a b", "01-submission.pdf"])
def test_only_neutral_names_once(tmp_path: Path, name: str) -> None:
    with PacketSink(tmp_path / "packet") as sink:
        _fill(sink)
        with pytest.raises(ValueError, match="not a name"), sink.write(name):
            pass


def test_evidence_that_does_not_match_its_digest_stops_the_export(tmp_path: Path) -> None:
    item = exhibit(1, b"bytes")
    with PacketSink(tmp_path / "packet") as sink:
        assert sink.copy("04-native/ex-001.bin", item.open(), sha256=item.sha256).size == 5
        with pytest.raises(ExportError):
            sink.copy("04-native/ex-002.bin", item.open(), sha256="0" * 64)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(ExportError), PacketSink(tmp_path / "file" / "packet"):
        pass


_KILLED = """
import sys, time
from pathlib import Path
from magdesk.packet.sink import PacketSink
with PacketSink(Path(sys.argv[1])) as sink:
    with sink.write("01-submission.pdf") as out:
        out.write(b"half")
        out.flush()
        print("ready", flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_what_a_killed_export_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "packet"
    child = subprocess.Popen([sys.executable, "-c", _KILLED, str(target)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "ready\n"
        # While it lives its folder is not a leftover.
        assert remove_leftovers(target) == []
        assert len(_inside(tmp_path)) == 2
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    assert not target.exists()
    with PacketSink(target) as sink:
        _fill(sink)
        sink.finalise()
    assert _inside(tmp_path) == ["packet"]


def test_a_packet_moved_aside_by_a_killed_export_comes_back(tmp_path: Path) -> None:
    target = tmp_path / "packet"
    with PacketSink(target) as sink:
        _fill(sink, b"old")
        sink.finalise()
    target.rename(tmp_path / ".packet.magdesk-old-0123")
    remove_leftovers(target)
    assert (target / "packet.json").read_bytes() == b"old"
    (tmp_path / ".packet.magdesk-part-77.lock").write_bytes(b"")
    (tmp_path / ".packet.magdesk-old-4567").mkdir()
    assert remove_leftovers(target) == [tmp_path / ".packet.magdesk-old-4567"]
    assert _inside(tmp_path) == ["packet"]
    assert remove_leftovers(tmp_path / "nowhere" / "packet") == []
