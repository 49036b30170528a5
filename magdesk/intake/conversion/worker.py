"""The worker that takes strangers' documents apart, one at a time."""

from __future__ import annotations

import io
import json
import sys
import warnings
from dataclasses import replace
from typing import Any, BinaryIO

from magdesk.errors import InputError, fault_places
from magdesk.i18n import _
from magdesk.intake import readers, spreadsheets
from magdesk.intake.archive import ArchiveTrap
from magdesk.intake.conversion import frames, raster
from magdesk.intake.conversion.convert import CONVERTERS, convert_source, read_source
from magdesk.intake.conversion.gathering import Enough, Gathering
from magdesk.intake.conversion.refusal import NEW_COPY, OPEN_ORIGINAL, TOO_LARGE, Refusal
from magdesk.intake.conversion.unwrapping import inner_of
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.intake.preloading import load_all, load_package
from magdesk.intake.readerchoice import FAMILIES, READERS
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.asking import AskedPrograms
from magdesk.intake.sandbox.handedfile import HandedStream
from magdesk.intake.sandbox.limits import limit_time
from magdesk.intake.sandbox.worker import Serve
from magdesk.intake.source import Source

_TEXT = 4_000_000  # characters that are compared: several times what is ever printed of one file


def load() -> Serve:
    """Load every converter, and the readers whose words they show."""
    sys.setrecursionlimit(3_000)
    for bring in (*CONVERTERS.values(), *READERS.values(), *FAMILIES.values()):
        bring()
    load_package(readers)
    load_package(spreadsheets)
    load_all()
    return serve


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Convert one document after the other until the parent closes the pipe."""
    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        job: dict[str, Any] = json.loads(payload)
        limit_time(int(job["cpu"]))
        stream = io.BufferedReader(HandedStream(results, orders, job["size"]), 1 << 18)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                refused, said = _answer(stream, job, orders, results)
            except BrokenPipeError:
                return
            except Exception as error:
                wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))
                continue
        if refused:
            wire.send(results, wire.REFUSED, refused.encode())
        else:
            wire.send(results, frames.END, json.dumps(said).encode())


def _answer(stream: BinaryIO, job: dict[str, Any], orders: BinaryIO, results: BinaryIO) -> tuple[str, dict[str, Any]]:
    if job.get("words"):
        return _read(stream, job, orders, results)
    if job.get("inner"):
        return _unwrap(stream, job, orders, results)
    if "media_type" in job:
        return _convert(stream, job, orders, results)
    return _decode(stream, job, results)


def _source(stream: BinaryIO, job: dict[str, Any], orders: BinaryIO, results: BinaryIO) -> Source:
    programs = AskedPrograms(results, orders)
    known = KnownEncoding.from_job(job)
    return Source(stream, job["name"], job["media_type"], job.get("password", ""), encoding=known, programs=programs)


def _read(stream: BinaryIO, job: dict[str, Any], orders: BinaryIO, results: BinaryIO) -> tuple[str, dict[str, Any]]:
    """The text that the index finds, as far as a reader gets."""
    room = _TEXT

    def send(_page: int, text: str) -> None:
        nonlocal room
        if room > 0:
            wire.send(results, frames.WORDS, text[:room].encode("utf-8", "replace"))
        room -= len(text)

    findings = FileReading(job["media_type"], on_text=send, on_pulse=lambda: wire.send(results, wire.PULSE))
    try:
        read_source(_source(stream, job, orders, results), findings)
    except (Damaged, InputError, ArchiveTrap, MemoryError, RecursionError):
        return "", {"whole": False}
    return "", {"whole": room >= 0}


def _decode(stream: BinaryIO, job: dict[str, Any], results: BinaryIO) -> tuple[str, dict[str, Any]]:
    """The frames of a picture, or the data of one."""
    lossy, index = bool(job.get("lossy")), job.get("index")
    count = 0
    try:
        if job.get("check"):
            return "", {"whole": raster.is_whole(stream)}
        if "small" in job:
            width, height, pixels = raster.small(stream, int(job["small"]))
            _send_pieces(results, pixels)
            return "", {"width": width, "height": height}
        if index is None:
            found, count = raster.frames(stream, all_frames=bool(job["all"]), lossy=lossy)
            for frame in found:
                wire.send(results, frames.FRAME, frames.pack_frame(frame))
        else:
            _send_pieces(results, raster.frame_data(stream, int(index), lossy=lossy))
    except (raster.TooManyPixels, MemoryError):
        return _told(Refusal(_("The picture is too large to be shown as a page."), TOO_LARGE)), {}
    except Damaged:
        return _told(Refusal(_("The picture is damaged and could not be read."), NEW_COPY)), {}
    return "", {"count": count}


def _unwrap(stream: BinaryIO, job: dict[str, Any], orders: BinaryIO, results: BinaryIO) -> tuple[str, dict[str, Any]]:
    """The file inside another one."""
    try:
        inner = inner_of(_source(stream, job, orders, results))
    except (Refusal, ArchiveTrap) as refusal:
        return _told(refusal), {}
    except Damaged:
        return _told(Refusal(_("The file is damaged and could not be read."), NEW_COPY)), {}
    except MemoryError:
        return _told(Refusal(_("The file is too large or too deeply nested to be shown as pages."), TOO_LARGE)), {}
    _send_pieces(results, inner.data)
    return "", {"name": inner.name, "media_type": inner.media_type, "said": inner.said}


def _send_pieces(results: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    for at in range(0, len(view), wire.FRAME_LIMIT):
        wire.send(results, frames.PIECE, view[at : at + wire.FRAME_LIMIT])


def _convert(
    stream: BinaryIO, job: dict[str, Any], orders: BinaryIO, results: BinaryIO
) -> tuple[str, dict[str, Any]]:

    gathering = Gathering(
        lambda block: wire.send(results, frames.BLOCK, block.encode("utf-8", "replace")),
        lambda key, data: wire.send(results, frames.PICTURE, frames.pack_picture(key, data)),
        lambda: wire.send(results, wire.PULSE),
    )
    beside: dict[str, bytes] = {}
    if job.get("beside"):
        document = stream.read(int(job["document"]))
        beside = {str(name): stream.read(int(size)) for name, size in job["beside"]}
        stream = io.BytesIO(document)
    source = replace(_source(stream, job, orders, results), beside=beside)
    refused = ""
    try:
        convert_source(source, gathering)
    except Enough:
        gathering.first(_("The original is longer than what is shown here; only its beginning is shown."))
    except (Refusal, ArchiveTrap) as refusal:
        refused = _told(refusal)
    except (MemoryError, RecursionError):
        refused = _told(Refusal(_("The file is too large or too deeply nested to be shown as pages."), TOO_LARGE))
    except Damaged:
        refused = _told(Refusal(_("The file is damaged and could not be read."), NEW_COPY))
    if refused and gathering.blocks:
        gathering.first(_("The original is damaged or unusual; it is shown as far as it could be read."))
        refused = ""
    if not refused and not gathering.blocks:
        refused = _told(Refusal(_("The file holds nothing that can be shown as pages."), OPEN_ORIGINAL))
    return refused, {"first": list(gathering.preface), "notes": list(gathering.notes)}


def _told(refusal: InputError) -> str:
    """Why, and behind a line end what to do about it."""
    return f"{refusal.message}\n{refusal.hint or NEW_COPY}"
