"""Reads files in a process of its own, so that a bomb or a crash costs one file and never the program."""

from __future__ import annotations

import io
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import IO, BinaryIO, Self, TypeVar, cast

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake import wire
from magdesk.intake.facts import FileFacts
from magdesk.intake.filereading import CHILD_LIMIT, TEXT_LIMIT
from magdesk.intake.sniff import OPAQUE
from magdesk.progress import CancelToken

SILENCE = 45.0  # seconds without a word from the child
WHOLE = 300.0  # seconds for one file
WHOLE_OCR = 3600.0  # seconds for one file whose pages are recognised one by one
COMMAND = (sys.executable, "-m", "magdesk.intake.worker")
CHILD_BYTES = 4 << 30  # of all files inside one
_TICK = 0.2
_AHEAD = 64  # frames the child may be ahead of the program
_RENEWED_AFTER = 1_000  # files one process reads: what its libraries leak stays small

OnChild = Callable[[str, BinaryIO], None]
_First = TypeVar("_First")
_Second = TypeVar("_Second")


class BrokenChild(IntakeError):
    """A file inside another one could not be unpacked to its end."""

    def __init__(self) -> None:
        super().__init__(_("It is damaged and could not be unpacked to its end."))


class _Lost(Exception):
    """The child is dead, silent or lying."""


class _Failed(Exception):
    """The child says that our own code failed, and where."""


class _Refused(Exception):
    """The child says, in good order, that this file cannot be evidence."""


class FileReader:
    """A reading process, started when first needed and again after each death. Use it from one thread.

    Attributes:
        deaths: how often a file has taken the process down.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, silence: float = SILENCE, whole: float = WHOLE) -> None:
        self.deaths = 0
        self._command = command
        self._silence = silence
        self._whole = whole
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: _Listener | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self,
        stream: BinaryIO,
        name: str,
        size: int,
        cancel: CancelToken | None = None,
        *,
        password: str = "",
        ocr: Sequence[str] = (),
        members: Sequence[str] | None = None,
        on_child: OnChild | None = None,
        children: int = CHILD_LIMIT,
    ) -> FileFacts:
        """What can be read from a file; when reading it fails in any way, facts that say so.

        Args:
            stream: the file, seekable.
            name: its name, used only where the content leaves a choice.
            size: its size in bytes.
            password: to open it with; it goes to the reading process only.
            ocr: languages to recognise text in, where there is none.
            members: of an archive, the names to hand to ``on_child``.
            on_child: takes name and bytes of each file inside this one, while the stream is open; it reads as much
                as it likes. It may raise; the reading then ends and the exception goes on to the caller.
            children: how many files inside are taken.

        Raises:
            IntakeError: the file cannot be evidence (empty).
            Cancelled: the user stopped it.
        """
        job: dict[str, object] = {"name": name, "size": size, "password": password, "children": on_child is not None}
        if ocr:
            job |= {"ocr": list(ocr), "cpu": int(WHOLE_OCR)}
        if members is not None:
            job["members"] = list(members)
        talk = _Talk(
            *self._started(), stream, cancel, self._silence, max(self._whole, WHOLE_OCR) if ocr else self._whole
        )
        try:
            return talk.run(json.dumps(job).encode(), on_child, children)
        except _Lost as lost:
            self._kill()
            self.deaths += 1
            return talk.partial(str(lost))
        except _Failed as failed:
            self._kill()
            return talk.failed(str(failed))
        except _Refused as refused:
            raise IntakeError(*refused.args) from None
        except BaseException:
            self._kill()
            raise

    def _started(self) -> tuple[IO[bytes], _Listener]:
        self._files += 1
        if self._files % _RENEWED_AFTER == 0:
            self._kill()
        if self._process is None or self._listener is None or self._process.poll() is not None:
            self._kill()
            kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TESSDATA_PREFIX")
            environment = {name: os.environ[name] for name in kept if name in os.environ}
            environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
            environment["OMP_THREAD_LIMIT"] = "1"
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
            assert self._process.stdout is not None
            self._listener = _Listener(self._process.stdout)
        assert self._process.stdin is not None
        return self._process.stdin, self._listener

    def _kill(self) -> None:
        process, self._process = self._process, None
        listener, self._listener = self._listener, None
        if process is None:
            return
        process.kill()
        process.wait()
        if listener is not None:
            listener.stop()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue

    def close(self) -> None:
        """End the process."""
        self._kill()


class _Listener:
    """Takes frames off the pipe in a thread of its own, a bounded number ahead of whoever wants them."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.frames: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue(_AHEAD)
        self._pipe = pipe
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="magdesk-reader", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; the process is dead already."""
        self._stopped.set()
        self._thread.join()

    def _listen(self) -> None:
        try:
            while not self._stopped.is_set():
                self._put(wire.receive(self._pipe))
        except (EOFError, ValueError, OSError):
            self._put(None)

    def _put(self, frame: tuple[bytes, bytes] | None) -> None:
        while not self._stopped.is_set():
            try:
                self.frames.put(frame, timeout=_TICK)
            except queue.Full:
                continue
            return


class _Talk:
    """The exchange about one file."""

    def __init__(
        self,
        orders: IO[bytes],
        listener: _Listener,
        stream: BinaryIO,
        cancel: CancelToken | None,
        silence: float,
        whole: float,
    ) -> None:
        self._orders = orders
        self._frames = listener.frames
        self._stream = stream
        self._cancel = cancel
        self._silence = silence
        self._end = time.monotonic() + whole
        self._media_type = OPAQUE
        self._texts: list[tuple[int, str]] = []
        self._characters = 0
        self._child_bytes = 0

    def run(self, job: bytes, on_child: OnChild | None, children: int) -> FileFacts:
        """Hand over the job and answer until the facts are there."""
        taken = 0
        self._send(wire.JOB, job)
        while True:
            kind, payload = self._next()
            if kind == wire.TYPE:
                self._media_type = payload.decode("ascii", "replace")[:120]
            elif kind == wire.TEXT:
                self._keep_text(payload)
            elif kind == wire.CHILD:
                taken += 1
                inside = _ChildStream(self.piece)
                started = time.monotonic()
                if on_child is not None and taken <= children:
                    on_child(wire.unpack_name(payload), cast("BinaryIO", inside))
                inside.drain()
                self._end += time.monotonic() - started
            elif kind == wire.FACTS:
                return self._facts(payload)
            elif kind == wire.FAULT:
                raise _Failed(wire.unpack_fault(payload))
            elif kind == wire.REFUSED:
                raise _Refused(*self._checked(wire.unpack_refusal, payload))
            elif kind != wire.PULSE:
                raise _Lost(_("it brings the reader down"))

    def partial(self, why: str) -> FileFacts:
        """What was read before the child was lost."""
        note = _("The file could not be read safely to its end: {why}. It is kept as it is.").format(why=why)
        return FileFacts(self._media_type, text=tuple(self._texts), text_layer=bool(self._texts), note=note)

    def failed(self, places: str) -> FileFacts:
        """What was read before our own code failed."""
        note = _(
            "MagDesk itself failed while it read this file, which may be in perfect order; it is kept as it is."
            " Please report this line to the makers: {places}"
        ).format(places=places)
        texts = tuple(self._texts)
        return FileFacts(self._media_type, text=texts, text_layer=bool(texts), note=note, fault=places)

    def piece(self) -> bytes | None:
        """The next bytes of the file inside; ``None`` at its end."""
        while True:
            kind, payload = self._next()
            if kind == wire.PIECE:
                self._child_bytes += len(payload)
                if self._child_bytes > CHILD_BYTES:
                    raise _Lost(_("what it holds is unreasonably large"))
                return payload
            if kind == wire.CLOSED:
                if payload != b"whole":
                    raise BrokenChild
                return None
            if kind != wire.PULSE:
                raise _Lost(_("it brings the reader down"))

    def _next(self) -> tuple[bytes, bytes]:
        """The next frame that is not a wish for bytes; those are fulfilled here."""
        heard = time.monotonic()
        while True:
            if self._cancel is not None:
                self._cancel.check()
            moment = time.monotonic()
            if moment > self._end or moment - heard > self._silence:
                raise _Lost(_("it takes too long"))
            try:
                frame = self._frames.get(timeout=_TICK)
            except queue.Empty:
                continue
            if frame is None:
                raise _Lost(_("it brings the reader down"))
            if frame[0] != wire.READ:
                return frame
            heard = time.monotonic()
            offset, length = self._checked(wire.unpack_range, frame[1])
            self._stream.seek(offset)
            self._send(wire.DATA, self._stream.read(length))

    def _send(self, kind: bytes, payload: bytes) -> None:
        try:
            wire.send(self._orders, kind, payload)
        except (BrokenPipeError, ValueError) as error:
            raise _Lost(_("it brings the reader down")) from error

    def _keep_text(self, payload: bytes) -> None:
        page, text = self._checked(wire.unpack_text, payload)
        self._characters += len(text)
        if self._characters <= TEXT_LIMIT:
            self._texts.append((page, text))

    def _facts(self, payload: bytes) -> FileFacts:
        try:
            return wire.unpack_facts(payload, tuple(self._texts))
        except ValueError as error:
            raise _Lost(_("it brings the reader down")) from error

    @staticmethod
    def _checked(unpack: Callable[[bytes], tuple[_First, _Second]], payload: bytes) -> tuple[_First, _Second]:
        try:
            return unpack(payload)
        except ValueError as error:
            raise _Lost(_("it brings the reader down")) from error


class _ChildStream(io.RawIOBase):
    """The bytes of a file inside the one that is read, as they come."""

    def __init__(self, piece: Callable[[], bytes | None]) -> None:
        super().__init__()
        self._piece = piece
        self._rest = b""
        self._ended = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with what has come."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._rest:
            if self._ended:
                return 0
            try:
                piece = self._piece()
            except BrokenChild:
                self._ended = True
                raise
            if piece is None:
                self._ended = True
                return 0
            self._rest = piece
        length = min(len(view), len(self._rest))
        view[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length

    def drain(self) -> None:
        """Let go what nobody wanted."""
        self._rest = b""
        try:
            while not self._ended:
                self._ended = self._piece() is None
        except BrokenChild:
            self._ended = True
