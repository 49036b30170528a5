"""The worker that reads the papers of a packet that somebody else may have made."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, BinaryIO

from magdesk.errors import fault_places
from magdesk.intake.preloading import load_all
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.handedfile import HandedBlocks
from magdesk.intake.sandbox.limits import limit_time
from magdesk.intake.sandbox.worker import Serve
from magdesk.packet.papers import PacketPaper

FOUND = b"V"
"""The answer: sentences, as a list in JSON."""

_MOST = 200
_BUFFER = 64 << 10


def load() -> Serve:
    """Load what reads PDF and Word documents."""
    sys.setrecursionlimit(3_000)
    load_all()
    return serve


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Check one paper after the other until the parent closes the pipe."""
    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        job: dict[str, Any] = json.loads(payload)
        limit_time(int(job["cpu"]))
        paper = PacketPaper.from_job(job)
        stream = io.BufferedReader(HandedBlocks(results, orders, job["size"]), _BUFFER)
        try:
            found = paper.check(stream)
        except BrokenPipeError:
            return
        except (MemoryError, RecursionError):
            found = [f"{paper.name} is too large or too deeply nested to be read."]
        except Exception as error:
            wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))
            continue
        wire.send(results, FOUND, json.dumps([sentence[:500] for sentence in found[:_MOST]]).encode())
