from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from magdesk.packet.sealedbytes import Veil
from magdesk.packet.sink import PacketSink

CLEAR = b"in clear " * 5000


@pytest.mark.parametrize("memory", [0, 1000, 1 << 20])
def test_what_is_written_is_read_from_any_offset(tmp_path: Path, memory: int) -> None:
    data = random.Random(1).randbytes(100_003)
    veil = Veil(tmp_path / "spill", memory=memory)
    for start in range(0, len(data), 777):
        veil.write(data[start : start + 777])
    veil.finish()
    assert veil.size == len(data)
    with veil.open() as stream:
        assert stream.read() == data
        for offset, length in ((0, 1), (15, 2), (16, 16), (99_990, 100), (50_001, 40_000), (100_003, 5)):
            stream.seek(offset)
            assert stream.read(length) == data[offset : offset + length]
        assert stream.seek(-3, io.SEEK_END) == len(data) - 3
        assert stream.read() == data[-3:]
    assert (tmp_path / "spill").exists() == (memory < len(data))
    veil.discard()
    assert not (tmp_path / "spill").exists()


def test_nothing_is_in_clear_before_the_packet_is_finalised(tmp_path: Path) -> None:
    with PacketSink(tmp_path / "packet") as sink:
        with sink.write("01-a.txt") as out:
            for _ in range(2000):
                out.write(CLEAR)
        on_disk = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        assert sum(map(len, on_disk)) > len(CLEAR) * 1000
        assert not any(b"in clear" in content for content in on_disk)
        with sink.open("01-a.txt") as stream:
            assert stream.read(8) == b"in clear"
        sink.finalise()
    assert (tmp_path / "packet" / "01-a.txt").stat().st_size == len(CLEAR) * 2000
    assert [path.name for path in tmp_path.iterdir()] == ["packet"]
