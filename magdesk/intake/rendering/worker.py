"""The worker that draws. It keeps one file open, whose bytes it asks of its parent block by block."""

from __future__ import annotations

import io
import json
from typing import Any, BinaryIO

import openpyxl  # noqa: F401  the tables load it when they need it, which is too late here
import pikepdf  # noqa: F401  likewise the pages
import xlrd  # noqa: F401

from magdesk.errors import IntakeError, fault_places
from magdesk.i18n import _
from magdesk.intake import spreadsheets
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.intake.mediatypes import read_as
from magdesk.intake.preloading import load_all, load_package
from magdesk.intake.rendering import answers
from magdesk.intake.rendering.answers import ANSWER, PIECE
from magdesk.intake.rendering.showerchoice import FAMILIES, SHOWERS, Shown, shower_for
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.handedfile import HandedBlocks
from magdesk.intake.sandbox.worker import Serve

_PIECE = 4 << 20


def load() -> Serve:
    """Load all that draws."""
    for bring in (*SHOWERS.values(), *FAMILIES.values()):
        bring()
    load_package(spreadsheets)
    load_all()
    return serve


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
            wire.send(results, wire.REFUSED, wire.pack_refusal(error.message, error.hint))
        except BrokenPipeError:
            return
        except MemoryError:
            sentence = _("Showing it would take more memory than is allowed.")
            wire.send(results, wire.REFUSED, wire.pack_refusal(sentence))
        except RecursionError:
            sentence = _("The file is nested too deeply to be shown.")
            wire.send(results, wire.REFUSED, wire.pack_refusal(sentence))
        except Damaged:
            sentence = _("The file is damaged, and this part of it cannot be shown.")
            wire.send(results, wire.REFUSED, wire.pack_refusal(sentence))
        except Exception as error:
            wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))


def _open(order: dict[str, Any], orders: BinaryIO, results: BinaryIO) -> Shown:
    known = KnownEncoding.from_job(order)
    item = answers.StoredFile("", read_as(order["type"]), order["name"], order["size"], order["password"], known)
    stream = HandedBlocks(results, orders, item.size)
    with foreign("the libraries that draw"):
        return shower_for(item.media_type)(io.BufferedReader(stream, 16 << 10), item)


def _answer(order: dict[str, Any], shown: Shown, results: BinaryIO) -> None:
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
        wire.send(results, PIECE, view[start : start + _PIECE])
