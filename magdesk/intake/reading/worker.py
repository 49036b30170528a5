"""The worker that reads files: it gets the bytes of one at a time and sends back what it learnt."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, BinaryIO

from magdesk.errors import IntakeError, fault_places
from magdesk.intake import readers, spreadsheets
from magdesk.intake.filereading import FileReading
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.intake.preloading import load_all, load_package
from magdesk.intake.read import read_file
from magdesk.intake.readerchoice import FAMILIES, READERS
from magdesk.intake.reading import frames
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.asking import AskedPrograms
from magdesk.intake.sandbox.handedfile import HandedStream
from magdesk.intake.sandbox.limits import limit_time
from magdesk.intake.sandbox.worker import Serve

CPU = 120  # seconds for one file


def load() -> Serve:
    """Load every reader."""
    load_package(readers)
    load_package(spreadsheets)
    for bring in (*READERS.values(), *FAMILIES.values()):
        bring()
    load_all()
    return serve


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Read one file after the other until the parent closes the pipe."""
    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        job: dict[str, Any] = json.loads(payload)
        limit_time(int(job.get("cpu", CPU)))
        stream = io.BufferedReader(HandedStream(results, orders, job["size"]), 1 << 18)
        members = job.get("members")
        try:
            facts = read_file(
                stream,
                job["name"],
                password=job.get("password", ""),
                ocr=tuple(job.get("ocr", ())),
                members=None if members is None else tuple(members),
                encoding=KnownEncoding.from_job(job),
                programs=AskedPrograms(results, orders),
                begin=_begin(results, children=bool(job.get("children"))),
            )
        except IntakeError as error:
            wire.send(results, wire.REFUSED, wire.pack_refusal(error.message, error.hint))
        except BrokenPipeError:
            return
        except Exception as error:
            wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))
        else:
            wire.send(results, frames.FACTS, frames.pack_facts(facts))


def _begin(results: BinaryIO, *, children: bool) -> Callable[[str], FileReading]:
    def on_text(page: int, text: str) -> None:
        wire.send(results, frames.TEXT, frames.pack_text(page, text))

    def on_child(name: str, data: BinaryIO) -> None:
        wire.send(results, frames.CHILD, name.encode("utf-8", "replace")[:4_000])
        try:
            while piece := data.read(frames.PIECE_SIZE):
                wire.send(results, frames.PIECE, piece)
        except BaseException:
            wire.send(results, frames.CLOSED, b"broken")
            raise
        wire.send(results, frames.CLOSED, b"whole")

    def on_pulse() -> None:
        wire.send(results, wire.PULSE)

    def begin(media_type: str) -> FileReading:
        wire.send(results, frames.TYPE, media_type.encode())
        return FileReading(media_type, on_text=on_text, on_child=on_child if children else None, on_pulse=on_pulse)

    return begin
