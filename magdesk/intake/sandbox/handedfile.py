"""The file that a worker works on, as it sees it: bytes that lie with its parent and are asked for."""

from __future__ import annotations

from collections import OrderedDict
from typing import BinaryIO

from magdesk.intake.sandbox import wire
from magdesk.seekablereader import SeekableReader

BLOCK = 256 << 10  # bytes
_KEPT = 256  # blocks: 64 MB


class HandedStream(SeekableReader):
    """A file whose bytes lie with the parent and are asked for piece by piece."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO, size: int) -> None:
        super().__init__(size)
        self._requests = requests
        self._answers = answers

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with the next bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        length = min(len(view), max(0, self._size - self._at), wire.FRAME_LIMIT)
        if length == 0:
            return 0
        data = self._asked(self._at, length)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _asked(self, offset: int, length: int) -> bytes:
        wire.send(self._requests, wire.READ, wire.pack_range(offset, length))
        _kind, data = wire.receive(self._answers)
        return data


class HandedBlocks(HandedStream):
    """The same in blocks, the last ones kept: small files are fetched once, of large ones only what is shown."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO, size: int) -> None:
        super().__init__(requests, answers, size)
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readinto(self, buffer: object) -> int:
        """Fill the buffer, as far as the file goes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        done = 0
        while done < len(view) and self._at < self._size:
            number, offset = divmod(self._at, BLOCK)
            part = self._block(number)[offset : offset + len(view) - done]
            view[done : done + len(part)] = part
            done += len(part)
            self._at += len(part)
        return done

    def _block(self, number: int) -> bytes:
        block = self._blocks.get(number)
        if block is not None:
            self._blocks.move_to_end(number)
            return block
        wanted = min(BLOCK, self._size - number * BLOCK)
        block = self._asked(number * BLOCK, wanted)
        if len(block) != wanted:
            raise OSError("the file ends early")
        self._blocks[number] = block
        if len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return block
