"""The program's side of the drawing process: one file at a time, every answer checked, every hang ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, TypeVar

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake import wire
from magdesk.intake.foreign import program_fault
from magdesk.intake.rendering.answers import (
    PIXELS_MOST,
    SIDE_MOST,
    TEXT_MOST,
    Area,
    Cells,
    Outline,
    PageLetters,
    Pixels,
    StoredFile,
    unpack_cells,
    unpack_outline,
    unpack_text,
)
from magdesk.intake.rendering.worker import ANSWER

COMMAND = (sys.executable, "-m", "magdesk.intake.rendering.worker")
PATIENCE = 15.0  # seconds for one answer
Opener = Callable[[], BinaryIO]
_T = TypeVar("_T")


class RenderingFailed(IntakeError):
    """The drawing process died, hung or lied over this file, or says that it cannot show it.

    Attributes:
        lost: whether the process was lost; asking for another page may help, asking for the same one will not.
    """

    def __init__(self, message: str, hint: str = "", *, lost: bool = False) -> None:
        super().__init__(message, hint)
        self.lost = lost


@dataclass
class _Child:
    """A running process and what is open in it."""

    process: subprocess.Popen[bytes]
    orders: IO[bytes]
    results: IO[bytes]
    item: StoredFile | None = None


class Renderer:
    """Talks to the process. Requests come from one thread at a time; :meth:`close` from any.

    Attributes:
        deaths: how often a file has taken the process down.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, patience: float = PATIENCE) -> None:
        self.deaths = 0
        self._command = command
        self._patience = patience
        self._child: _Child | None = None
        self._closed = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to load the process, so that the first page does not wait for it."""
        self._running()

    def outline(self, item: StoredFile, opener: Opener) -> Outline:
        """Open a file: its pages or tables.

        Raises:
            RenderingFailed: it cannot be shown.
        """
        return self._open(item, opener)

    def draw(self, item: StoredFile, opener: Opener, page: int, area: Area) -> Pixels:
        """Draw a part of a page.

        Args:
            page: from 0.

        Raises:
            RenderingFailed: it cannot be drawn.
        """
        size = area.width * area.height
        if not (0 < area.width <= SIDE_MOST and 0 < area.height <= SIDE_MOST and size <= PIXELS_MOST):
            raise RenderingFailed(_("This part of the page is too large to be drawn at once."))
        order = {"do": "draw", "page": page, "area": _numbers(area)}
        _answer, data = self._ask(item, opener, order, 4 * size)
        if len(data) != 4 * size:
            raise self._lie()
        return Pixels(area.width, area.height, data)

    def text(self, item: StoredFile, opener: Opener, page: int) -> PageLetters:
        """The letters of a page and their places.

        Raises:
            RenderingFailed: they cannot be read.
        """
        answer, data = self._ask(item, opener, {"do": "text", "page": page}, 16 * TEXT_MOST)
        return self._checked(lambda: unpack_text(answer, data))

    def cells(self, item: StoredFile, opener: Opener, sheet: int, first: int, count: int) -> Cells:
        """Some rows of a table.

        Raises:
            RenderingFailed: they cannot be read.
        """
        order = {"do": "cells", "sheet": sheet, "first": first, "count": count}
        answer, _data = self._ask(item, opener, order, 0)
        return self._checked(lambda: unpack_cells(answer, first, count))

    def rest(self) -> None:
        """Let the process go until something is asked of it again."""
        self._kill()

    def close(self) -> None:
        """End the process; a request that is under way fails."""
        with self._lock:
            self._closed = True
        self._kill()

    # ---------------------------------------------------------------------------------------------- talking

    def _open(self, item: StoredFile, opener: Opener) -> Outline:
        child = self._running()
        child.item = None
        order = {
            "do": "open", "type": item.media_type, "name": item.name, "size": item.size, "password": item.password,
        }  # fmt: skip
        answer, _data = self._exchange(child, opener, order, 0)
        outline = self._checked(lambda: unpack_outline(answer))
        child.item = item
        return outline

    def _ask(self, item: StoredFile, opener: Opener, order: dict[str, object], most: int) -> tuple[bytes, bytes]:
        child = self._running()
        if child.item != item:
            self._open(item, opener)
            child = self._running()
        return self._exchange(child, opener, order, most)

    def _exchange(self, child: _Child, opener: Opener, order: dict[str, object], most: int) -> tuple[bytes, bytes]:
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.process.kill()

        timer = threading.Timer(self._patience, stop)
        timer.daemon = True
        timer.start()
        try:
            return _converse(child, opener, json.dumps(order).encode(), most)
        except (EOFError, ValueError, OSError) as error:
            raise self._lost(late.is_set()) from error
        except RenderingFailed:
            raise
        except BaseException:
            self._kill()
            raise
        finally:
            timer.cancel()
            timer.join()

    def _lost(self, late: bool) -> RenderingFailed:
        self._kill()
        self.deaths += 1
        why = _("Showing it takes too long.") if late else _("It brings the reader down.")
        return RenderingFailed(why, _("The file itself is kept as it is."), lost=True)

    def _lie(self) -> RenderingFailed:
        return self._lost(late=False)

    def _checked(self, unpack: Callable[[], _T]) -> _T:
        try:
            return unpack()
        except ValueError as error:
            raise self._lie() from error

    # ---------------------------------------------------------------------------------------------- process

    def _running(self) -> _Child:
        with self._lock:
            if self._closed:
                raise RenderingFailed(_("The viewer is closed."))
            if self._child is not None and self._child.process.poll() is None:
                return self._child
        self._kill()
        kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        environment["OMP_THREAD_LIMIT"] = "1"
        process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        child = _Child(process, process.stdin, process.stdout)
        with self._lock:
            self._child = child
            closed = self._closed
        if closed:
            self._kill()
            raise RenderingFailed(_("The viewer is closed."))
        return child

    def _kill(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is None:
            return
        child.process.kill()
        child.process.wait()
        for pipe in (child.orders, child.results):
            try:
                pipe.close()
            except OSError:
                continue


def _converse(child: _Child, opener: Opener, order: bytes, most: int) -> tuple[bytes, bytes]:
    stream: BinaryIO | None = None
    parts: list[bytes] = []
    taken = 0
    wire.send(child.orders, wire.JOB, order)
    try:
        while True:
            kind, payload = wire.receive(child.results)
            if kind == wire.READ:
                if stream is None:
                    stream = opener()
                offset, length = wire.unpack_range(payload)
                stream.seek(offset)
                wire.send(child.orders, wire.DATA, stream.read(length))
            elif kind == wire.PIECE:
                taken += len(payload)
                if taken > most:
                    raise ValueError("more than was asked for")
                parts.append(payload)
            elif kind == ANSWER:
                return payload, b"".join(parts)
            elif kind == wire.FAULT:
                raise program_fault(wire.unpack_fault(payload))
            elif kind == wire.REFUSED:
                raise RenderingFailed(*wire.unpack_refusal(payload))
            else:
                raise ValueError("not an answer")
    finally:
        if stream is not None:
            stream.close()


def _numbers(area: Area) -> tuple[Any, ...]:
    return area.scale, area.turn, area.left, area.top, area.width, area.height
