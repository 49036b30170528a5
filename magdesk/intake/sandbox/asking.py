"""The worker's side of running a program of the system: it asks its parent, for it can start nothing itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import BinaryIO

from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.programs import GIVEN_MOST, Program, ProgramFailed, ProgramMissing, ProgramWish


class AskedPrograms:
    """Programs that the parent runs."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests = requests
        self._answers = answers

    def run(self, program: Program, words: Sequence[str], data: bytes, seconds: float) -> bytes:
        """What the program says to the data.

        Raises:
            ProgramMissing: it is not there.
            ProgramFailed: it did not do it.
        """
        if len(data) > GIVEN_MOST:
            raise ProgramFailed("too large")
        wire.send(self._requests, wire.RUN, ProgramWish(program, tuple(words), len(data), seconds).pack())
        view = memoryview(data)
        for at in range(0, len(view), wire.FRAME_LIMIT):
            wire.send(self._requests, wire.RUN, view[at : at + wire.FRAME_LIMIT])
        _kind, head = wire.receive(self._answers)
        size, failed, missing = json.loads(head)
        if missing:
            raise ProgramMissing(program.value)
        if failed:
            raise ProgramFailed(failed)
        told = bytearray()
        while len(told) < size:
            _kind, piece = wire.receive(self._answers)
            told += piece
        return bytes(told)
