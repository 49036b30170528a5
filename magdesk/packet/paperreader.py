"""The parent's side of checking papers: a worker reads them, which may die, hang or lie without harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import BinaryIO, Self

from magdesk.intake.foreign import program_fault
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.box import Box, unchecked
from magdesk.intake.sandbox.child import ChildLost
from magdesk.intake.sandbox.command import Role, worker_command
from magdesk.intake.sandbox.exchange import Exchange
from magdesk.packet.papers import PacketPaper
from magdesk.packet.paperworker import FOUND
from magdesk.values import clean_text

WHOLE = 120.0  # seconds for one paper
PACE = 1 << 20  # and bytes for each second more
_MOST = 200


class PaperReader:
    """Checks one paper after the other. Use it from one thread, as a context manager."""

    def __init__(self, command: Sequence[str] = (), *, whole: float = WHOLE) -> None:
        self._box = Box(command or worker_command(Role.CHECKING))
        self._whole = whole

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check(
        self, paper: PacketPaper, stream: BinaryIO, size: int, check: Callable[[], None] = unchecked
    ) -> list[str]:
        """What is wrong with a paper, in sentences.

        Args:
            stream: the paper, seekable.
            size: bytes.
            check: called now and then; what it raises ends the waiting.

        Raises:
            WorkerCannotStart: nothing can be read here; the packet is not to blame.
            ProgramFault: our own code failed over it.
        """
        seconds = self._whole + size / PACE
        job = json.dumps({**paper.to_job(), "size": size, "cpu": int(seconds) + 1}).encode()
        if len(job) > wire.FRAME_LIMIT:
            return [f"{paper.name} has more exhibits than any packet; it was not read."]
        exchange = Exchange(self._box.child(check), lambda: stream, whole=seconds, check=check)
        try:
            exchange.give(job)
            kind, payload = exchange.next()
            if kind == wire.FAULT:
                raise program_fault(wire.unpack_fault(payload))
            return _sentences(kind, payload)
        except ChildLost as lost:
            self._box.lose()
            why = "it would take too long" if lost.late else "the process that read it was stopped"
            return [f"{paper.name} could not be read safely: {why}."]
        except (ValueError, RecursionError):
            self._box.lose()
            return [f"{paper.name} could not be read safely."]
        except BaseException:
            self._box.empty()
            raise

    def close(self) -> None:
        """End the worker."""
        self._box.empty()


def _sentences(kind: bytes, payload: bytes) -> list[str]:
    told = json.loads(payload) if kind == FOUND else None
    if not isinstance(told, list):
        raise ValueError("no sentences")
    return [clean_text(str(one), multiline=False)[:500] for one in told[:_MOST]]
