"""The process that takes strangers' documents apart: limited as the reading process is, one document at a time.

Run as ``python -m magdesk.intake.conversion.worker``; nothing else calls it.
"""

from __future__ import annotations

import io
import json
import os
import sys
import warnings
from typing import Any, BinaryIO

from magdesk.errors import fault_places
from magdesk.hardening import harden
from magdesk.intake import wire
from magdesk.intake.conversion import frames
from magdesk.intake.foreign import Damaged
from magdesk.intake.worker import ParentStream, limit


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Convert one document after the other until the parent closes the pipe."""
    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        job: dict[str, Any] = json.loads(payload)
        _limit_cpu(int(job["cpu"]))
        stream = io.BufferedReader(ParentStream(results, orders, job["size"]), 1 << 18)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                refused, said = (_convert if "media_type" in job else _decode)(stream, job, results)
            except BrokenPipeError:
                return
            except Exception as error:
                wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))
                continue
        if refused:
            wire.send(results, frames.REFUSED, refused.encode())
        else:
            wire.send(results, frames.END, json.dumps(said).encode())


def _decode(stream: BinaryIO, job: dict[str, Any], results: BinaryIO) -> tuple[str, dict[str, Any]]:
    """The frames of a picture, or the data of one."""
    from magdesk.i18n import _  # noqa: PLC0415  after the limits are set
    from magdesk.intake.conversion import raster  # noqa: PLC0415

    lossy, index = bool(job["lossy"]), job["index"]
    count = 0
    try:
        if index is None:
            found, count = raster.frames(stream, all_frames=bool(job["all"]), lossy=lossy)
            for frame in found:
                wire.send(results, frames.FRAME, frames.pack_frame(frame))
        else:
            data = memoryview(raster.frame_data(stream, int(index), lossy=lossy))
            for at in range(0, len(data), wire.FRAME_LIMIT):
                wire.send(results, frames.PIECE, bytes(data[at : at + wire.FRAME_LIMIT]))
    except (raster.TooManyPixels, MemoryError):
        return _("The picture is too large to be shown as a page."), {}
    except Damaged:
        return _("The picture is damaged and could not be read."), {}
    return "", {"count": count}


def _convert(stream: BinaryIO, job: dict[str, Any], results: BinaryIO) -> tuple[str, dict[str, Any]]:
    from magdesk.i18n import _  # noqa: PLC0415  after the limits are set
    from magdesk.intake.archive import ArchiveTrap  # noqa: PLC0415
    from magdesk.intake.conversion.convert import convert_source  # noqa: PLC0415
    from magdesk.intake.conversion.gathering import Enough, Gathering  # noqa: PLC0415
    from magdesk.intake.conversion.refusal import Refusal  # noqa: PLC0415
    from magdesk.intake.source import Source  # noqa: PLC0415

    gathering = Gathering(
        lambda block: wire.send(results, frames.BLOCK, block.encode("utf-8", "replace")),
        lambda key, data: wire.send(results, frames.PICTURE, frames.pack_picture(key, data)),
        lambda: wire.send(results, frames.PULSE),
    )
    source = Source(stream, job["name"], job["media_type"], job.get("password", ""))
    refused = ""
    try:
        convert_source(source, gathering)
    except Enough:
        gathering.first(_("The original is longer than what is shown here; only its beginning is shown."))
    except (Refusal, ArchiveTrap) as refusal:
        refused = refusal.message
    except (MemoryError, RecursionError):
        refused = _("The file is too large or too deeply nested to be shown as pages.")
    except Damaged:
        refused = _("The file is damaged and could not be read.")
    if refused and gathering.blocks:
        gathering.first(_("The original is damaged or unusual; it is shown as far as it could be read."))
        refused = ""
    if not refused and not gathering.blocks:
        refused = _("The file holds nothing that can be shown as pages.")
    return refused, {"first": list(gathering.preface), "notes": list(gathering.notes)}


def _limit_cpu(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, resource.RLIM_INFINITY))


def main() -> None:
    """Entry point of the process."""
    harden()
    orders = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the frames.
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    sys.setrecursionlimit(3_000)
    limit()
    serve(orders, results)


if __name__ == "__main__":
    main()
