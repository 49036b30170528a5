"""The process that draws: limited in memory, without network, holding no key and no case.

It keeps one file open, whose bytes it asks of its parent block by block. Run as
``python -m magdesk.intake.rendering.worker``; nothing else calls it.
"""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any, BinaryIO

from magdesk.errors import IntakeError, fault_places
from magdesk.hardening import harden
from magdesk.i18n import _
from magdesk.intake import wire
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.rendering.blocks import BlockStream
from magdesk.intake.worker import limit

if TYPE_CHECKING:
    from magdesk.intake.rendering.showerchoice import Shown

ANSWER = b"A"  # from the child: the end of a request, after its pieces
_PIECE = 4 << 20


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Answer one request after the other until the parent closes the pipe."""
    shown: Shown | None = None
    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        order: dict[str, Any] = json.loads(payload)
        try:
            if order["do"] == "open":
                if shown is not None:
                    shown.close()
                shown = None
                shown = _open(order, orders, results)
            elif shown is None:
                raise IntakeError(_("The file is not open."))
            with foreign("the libraries that draw"):
                _answer(order, shown, results)
        except IntakeError as error:
            wire.send(results, wire.REFUSED, json.dumps([error.message, error.hint]).encode())
        except BrokenPipeError:
            return
        except MemoryError:
            sentence = _("Showing it takes more memory than is allowed.")
            wire.send(results, wire.REFUSED, json.dumps([sentence, ""]).encode())
        except Damaged:
            sentence = _("The file is damaged and this part of it cannot be shown.")
            wire.send(results, wire.REFUSED, json.dumps([sentence, ""]).encode())
        except Exception as error:
            wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))


def _open(order: dict[str, Any], orders: BinaryIO, results: BinaryIO) -> Shown:
    from magdesk.intake.rendering import answers  # noqa: PLC0415  after the limits are set
    from magdesk.intake.rendering.showerchoice import shower_for  # noqa: PLC0415

    item = answers.StoredFile("", order["type"], order["name"], order["size"], order["password"])
    stream = BlockStream(results, orders, item.size)
    with foreign("the libraries that draw"):
        return shower_for(item.media_type)(io.BufferedReader(stream, 16 << 10), item)


def _answer(order: dict[str, Any], shown: Shown, results: BinaryIO) -> None:
    from magdesk.intake.rendering import answers  # noqa: PLC0415

    match order["do"]:
        case "open":
            wire.send(results, ANSWER, answers.pack_outline(shown.outline()))
        case "draw":
            pixels = shown.draw(order["page"], answers.Area(*order["area"]))
            _send_pieces(results, pixels.data)
            wire.send(results, ANSWER, b"{}")
        case "text":
            text = shown.text(order["page"])
            _send_pieces(results, text.boxes.tobytes())
            wire.send(results, ANSWER, answers.pack_text(text))
        case "cells":
            cells = shown.cells(order["sheet"], order["first"], order["count"])
            wire.send(results, ANSWER, json.dumps({"rows": cells.rows}).encode())


def _send_pieces(results: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(view), _PIECE):
        wire.send(results, wire.PIECE, view[start : start + _PIECE])  # type: ignore[arg-type]


def warm() -> None:
    """Load what nearly every request needs, while nobody waits for it."""
    from magdesk.intake.rendering.showerchoice import SHOWERS  # noqa: PLC0415  after the limits are set

    SHOWERS["application/pdf"]()


def main() -> None:
    """Entry point of the process."""
    harden()
    orders = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the frames.
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    limit()
    warm()
    serve(orders, results)


if __name__ == "__main__":
    main()
