"""The file that is shown, whose bytes lie with the parent: asked for in blocks, the last ones kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import BinaryIO

from magdesk.intake import wire
from magdesk.intake.worker import ParentStream

BLOCK = 256 << 10
_KEPT = 256  # blocks: 64 MB


class BlockStream(ParentStream):
    """Small files are fetched once, of large ones only what is shown."""

    def __init__(self, wishes: BinaryIO, answers: BinaryIO, size: int) -> None:
        super().__init__(wishes, answers, size)
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
        wire.send(self._requests, wire.READ, wire.pack_range(number * BLOCK, wanted))
        _kind, block = wire.receive(self._answers)
        if len(block) != wanted:
            raise OSError("the file ends early")
        self._blocks[number] = block
        if len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return block
