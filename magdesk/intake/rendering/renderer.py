"""The program's side of the drawing worker: one file at a time, every answer checked, every hang ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.foreign import program_fault
from magdesk.intake.rendering.answers import (
    ANSWER,
    PIECE,
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
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.box import Box
from magdesk.intake.sandbox.child import Child, ChildLost
from magdesk.intake.sandbox.command import Role, worker_command
from magdesk.intake.sandbox.exchange import Exchange, Opener

PATIENCE = 15.0  # seconds for one answer
_T = TypeVar("_T")


class RenderingFailed(IntakeError):
    """The drawing process died, hung or lied over this file, or says that it cannot show it.

    Attributes:
        lost: whether the process was lost; asking for another page may help, asking for the same one will not.
    """

    def __init__(self, message: str, hint: str = "", *, lost: bool = False) -> None:
        super().__init__(message, hint)
        self.lost = lost


class Renderer:
    """Talks to the worker. Requests come from one thread at a time; :meth:`close` from any."""

    def __init__(self, command: Sequence[str] = (), *, patience: float = PATIENCE) -> None:
        self._box = Box(command or worker_command(Role.RENDERING))
        self._patience = patience
        self._opened: tuple[Child, StoredFile] | None = None
        self._closed = False

    @property
    def deaths(self) -> int:
        """How often a file has taken the worker down."""
        return self._box.deaths

    def start(self) -> None:
        """Begin to load the worker, so that the first page does not wait for it.

        Raises:
            WorkerCannotStart: it does not start; no file is to blame.
        """
        self._box.begin()

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
        """Let the worker go until something is asked of it again."""
        self._box.empty()

    def close(self) -> None:
        """End the worker; a request that is under way fails."""
        self._closed = True
        self._box.empty()

    # ---------------------------------------------------------------------------------------------- talking

    def _open(self, item: StoredFile, opener: Opener) -> Outline:
        child = self._running()
        self._opened = None
        order = {
            "do": "open", "type": item.media_type, "name": item.name, "size": item.size, "password": item.password,
            **item.encoding.to_job(),
        }  # fmt: skip
        answer, _data = self._exchange(child, opener, order, 0)
        outline = self._checked(lambda: unpack_outline(answer))
        self._opened = child, item
        return outline

    def _ask(self, item: StoredFile, opener: Opener, order: dict[str, object], most: int) -> tuple[bytes, bytes]:
        child = self._running()
        if self._opened != (child, item):
            self._open(item, opener)
            child = self._running()
        return self._exchange(child, opener, order, most)

    def _running(self) -> Child:
        child = None if self._closed else self._box.child(self._check)
        if child is None or self._closed:
            self._box.empty()
            raise RenderingFailed(_("The viewer is closed."))
        return child

    def _check(self) -> None:
        if self._closed:
            raise RenderingFailed(_("The viewer is closed."))

    def _exchange(self, child: Child, opener: Opener, order: dict[str, object], most: int) -> tuple[bytes, bytes]:
        exchange = Exchange(child, opener, whole=self._patience, check=self._check)
        try:
            exchange.give(json.dumps(order).encode())
            return _answered(exchange, most)
        except ChildLost as lost:
            raise self._lost(lost.late) from lost
        except ValueError as error:
            raise self._lie() from error
        except RenderingFailed:
            raise
        except BaseException:
            self._box.empty()
            raise
        finally:
            if exchange.stream is not None:
                exchange.stream.close()

    def _lost(self, late: bool) -> RenderingFailed:
        self._box.lose()
        why = _("Showing it takes too long.") if late else _("It crashes the reader.")
        return RenderingFailed(why, _("The file itself is kept as it is."), lost=True)

    def _lie(self) -> RenderingFailed:
        return self._lost(late=False)

    def _checked(self, unpack: Callable[[], _T]) -> _T:
        try:
            return unpack()
        except ValueError as error:
            raise self._lie() from error


def _answered(exchange: Exchange, most: int) -> tuple[bytes, bytes]:
    parts: list[bytes] = []
    taken = 0
    while True:
        kind, payload = exchange.next()
        if kind == PIECE:
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


def _numbers(area: Area) -> tuple[Any, ...]:
    return area.scale, area.turn, area.left, area.top, area.width, area.height
