"""The exchange about one job: the worker gets the bytes and programs it asks for, the program gets the rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import BinaryIO

from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.box import unchecked
from magdesk.intake.sandbox.child import Child, ChildLost, Frame
from magdesk.intake.sandbox.programs import ProgramWish, SystemPrograms, grant

Opener = Callable[[], BinaryIO]


class Exchange:
    """One job given to one worker.

    Attributes:
        stream: the file, once a byte of it was wanted.
    """

    def __init__(
        self,
        child: Child,
        opener: Opener,
        *,
        whole: float,
        silence: float | None = None,
        check: Callable[[], None] = unchecked,
    ) -> None:
        """Give nothing yet.

        Args:
            opener: gives the file, seekable, when its first byte is wanted.
            whole: seconds for all of it.
            silence: seconds without a word from the worker; none for no such limit.
            check: called now and then; what it raises ends the exchange.
        """
        self._child = child
        self._opener = opener
        self.stream: BinaryIO | None = None
        self._programs = SystemPrograms(check)
        self._end = time.monotonic() + whole
        self._silence = silence
        self._check = check

    def give(self, job: bytes) -> None:
        """Hand over the job.

        Raises:
            ChildLost: the worker is gone.
        """
        self._child.send(wire.JOB, job)

    def forget(self, seconds: float) -> None:
        """Do not count seconds that the program itself has taken."""
        self._end += seconds

    def next(self) -> Frame:
        """The next frame that is an answer; wishes are fulfilled here, and pulses counted.

        Raises:
            ChildLost: the worker is dead, silent or lying.
        """
        while True:
            end = self._end if self._silence is None else min(self._end, time.monotonic() + self._silence)
            kind, payload = self._child.receive(end, self._check)
            if kind == wire.READ:
                self._read(payload)
            elif kind == wire.RUN:
                self._run(payload)
            elif kind != wire.PULSE:
                return kind, payload

    def _read(self, payload: bytes) -> None:
        try:
            offset, length = wire.unpack_range(payload)
        except ValueError as error:
            raise ChildLost from error
        if self.stream is None:
            self.stream = self._opener()
        self.stream.seek(offset)
        self._child.send(wire.DATA, self.stream.read(length))

    def _run(self, payload: bytes) -> None:
        """Collect what a program is to be given, run it, and hand over what it said."""
        try:
            wish = ProgramWish.unpack(payload)
        except ValueError as error:
            raise ChildLost from error
        data = bytearray()
        while len(data) < wish.size:
            kind, piece = self._child.receive(self._end, self._check)
            if kind != wire.RUN or not piece or len(data) + len(piece) > wish.size:
                raise ChildLost
            data += piece
        answer = grant(wish, self._programs, bytes(data), self._end - time.monotonic())
        self._child.send(wire.RAN, answer.head())
        view = memoryview(answer.told)
        for at in range(0, len(view), wire.FRAME_LIMIT):
            self._child.send(wire.RAN, view[at : at + wire.FRAME_LIMIT])
