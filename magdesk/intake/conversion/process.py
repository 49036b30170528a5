"""The parent's side: documents converted and pictures decoded in a process that may die, hang or lie without harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, TypeVar

from magdesk.i18n import _
from magdesk.intake import wire
from magdesk.intake.conversion import frames
from magdesk.intake.conversion.raster import Frame
from magdesk.intake.conversion.refusal import Refusal
from magdesk.intake.foreign import program_fault
from magdesk.model.values import clean_text

COMMAND = (sys.executable, "-m", "magdesk.intake.conversion.worker")
WHOLE = 50.0  # seconds for one document
CPU = 45
_BYTES = 96 << 20  # of everything one document may send
_DATA = 2 << 30  # of one frame of a picture
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")
_Sent = tuple[bytes, bytes]
_Answer = TypeVar("_Answer")
_Take = Callable[[Iterator[_Sent]], _Answer]


@dataclass(frozen=True, slots=True)
class Converted:
    """A document told as blocks. Nothing in it is vouched for.

    Attributes:
        blocks: nodes of :mod:`magdesk.intake.conversion.tree`.
        pictures: PNG or JPEG by key.
        first: what is to be said before anything else, in sentences.
        notes: what is not shown of the original, in sentences.
    """

    blocks: tuple[dict[str, Any], ...] = field(repr=False)
    pictures: dict[str, bytes] = field(repr=False)
    first: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class DocumentConverter:
    """A converting process, started when first needed and again after each death. Use it from one thread.

    As a context manager it keeps its process until the outermost context ends; it can be used again after that.

    Attributes:
        deaths: how often a document has taken the process down.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, whole: float = WHOLE) -> None:
        self.deaths = 0
        self._command = command
        self._whole = whole
        self._process: subprocess.Popen[bytes] | None = None
        self._held = 0

    def __enter__(self) -> Self:
        self._held += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held -= 1
        self.release()

    def release(self) -> None:
        """End the process unless a context still needs it."""
        if not self._held:
            self.close()

    def convert(self, stream: BinaryIO, name: str, media_type: str, size: int, *, password: str = "") -> Converted:
        """The document as blocks.

        Args:
            stream: the document, seekable.
            name: its name, used only where the content leaves a choice.
            media_type: its true type.
            size: bytes.
            password: to open it with.

        Raises:
            Refusal: it cannot be set in pages, for the reason the message gives.
            ProgramFault: our own code failed over it.
        """
        job = {"name": name, "media_type": media_type, "size": size, "password": password}
        return self._asked(job, stream, _converted)

    def frames(self, stream: BinaryIO, size: int, *, all_frames: bool, lossy: bool) -> tuple[list[Frame], int]:
        """The frames of a picture that become pages, and how many it has.

        Args:
            all_frames: each, not only the first.
            lossy: whether they may be packed as JPEG.

        Raises:
            Refusal: it cannot be shown, for the reason the message gives.
        """
        job = {"size": size, "index": None, "all": all_frames, "lossy": lossy}
        return self._asked(job, stream, _frames)

    def frame_data(self, stream: BinaryIO, size: int, index: int, *, lossy: bool) -> bytes:
        """The packed bytes of one frame of a picture.

        Raises:
            Refusal: it cannot be shown.
        """
        return self._asked({"size": size, "index": index, "lossy": lossy}, stream, _data)

    def _asked(self, job: Mapping[str, object], stream: BinaryIO, take: _Take[_Answer]) -> _Answer:
        """Hand over a job and take the answer, within the time there is."""
        process = self._started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self._whole, stop)
        watch.daemon = True
        watch.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            order = json.dumps({**job, "cpu": CPU}).encode()
            return take(_sent(process.stdin, process.stdout, stream, order))
        except Refusal:
            raise
        except (BrokenPipeError, EOFError, ValueError, TypeError, KeyError, RecursionError) as error:
            self.close()
            self.deaths += 1
            if late.is_set():
                raise Refusal(_("It would take too long to set the file in pages.")) from error
            raise Refusal(_("The file could not be read safely.")) from error
        except BaseException:
            self.close()
            raise
        finally:
            watch.cancel()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
            environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
            environment["OMP_THREAD_LIMIT"] = "1"
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


def _sent(orders: IO[bytes], results: IO[bytes], stream: BinaryIO, order: bytes) -> Iterator[_Sent]:
    """Hand over the job, answer what is asked and give what comes, up to the end."""
    room = _BYTES
    wire.send(orders, frames.JOB, order)
    while True:
        kind, payload = wire.receive(results)
        if kind == frames.READ:
            offset, length = wire.unpack_range(payload)
            stream.seek(offset)
            wire.send(orders, frames.DATA, stream.read(length))
            continue
        if kind == wire.FAULT:
            raise program_fault(wire.unpack_fault(payload))
        if kind == frames.REFUSED:
            raise Refusal(clean_text(payload.decode("utf-8", "replace"), multiline=False)[:400])
        if kind not in (frames.PULSE, frames.PIECE):
            room -= len(payload)
            if room < 0:
                raise ValueError("too much")
        if kind != frames.PULSE:
            yield kind, payload
        if kind == frames.END:
            return


def _converted(sent: Iterator[_Sent]) -> Converted:
    blocks: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    said: dict[str, Any] = {}
    for kind, payload in sent:
        if kind == frames.PICTURE:
            key, data = frames.unpack_picture(payload)
            pictures[key] = data
            continue
        told = json.loads(payload)
        if kind not in (frames.BLOCK, frames.END) or not isinstance(told, dict):
            raise ValueError("not a block")
        if kind == frames.BLOCK:
            blocks.append(told)
        said = told
    return Converted(tuple(blocks), pictures, _sentences(said["first"]), _sentences(said["notes"]))


def _frames(sent: Iterator[_Sent]) -> tuple[list[Frame], int]:
    found: list[bytes] = []
    end = b""
    for kind, payload in sent:
        if kind == frames.FRAME:
            found.append(payload)
        elif kind == frames.END:
            end = payload
        else:
            raise ValueError("not a frame")
    return frames.unpack_frames(found, json.loads(end)["count"])


def _data(sent: Iterator[_Sent]) -> bytes:
    out = bytearray()
    for kind, payload in sent:
        if kind == frames.PIECE and len(out) < _DATA:
            out += payload
        elif kind != frames.END:
            raise ValueError("not a picture")
    return bytes(out)


def _sentences(told: Any) -> tuple[str, ...]:
    return tuple(clean_text(str(one), multiline=False)[:1_500] for one in list(told)[:20])
