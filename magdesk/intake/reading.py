"""Reads files in a process of its own, so that a bomb or a crash costs one file and never the program."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import IO, BinaryIO, Self

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake import wire
from magdesk.intake.facts import FileFacts
from magdesk.intake.sniff import OPAQUE
from magdesk.progress import CancelToken

SILENCE = 45.0  # seconds without a word from the child
WHOLE = 300.0  # seconds for one file
COMMAND = (sys.executable, "-m", "magdesk.intake.worker")
_TICK = 0.2


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
        self._frames: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, stream: BinaryIO, name: str, size: int, cancel: CancelToken | None = None) -> FileFacts:
        """What can be read from a file; when reading it fails in any way, facts that say so.

        Args:
            stream: the file, seekable.
            name: its name, used only where the content leaves a choice.
            size: its size in bytes.

        Raises:
            IntakeError: the file cannot be evidence (empty).
            Cancelled: the user stopped it.
        """
        process = self._started()
        assert process.stdin is not None
        media_type = OPAQUE
        started = heard = time.monotonic()
        try:
            wire.send(process.stdin, wire.JOB, json.dumps({"name": name, "size": size}).encode())
            while True:
                if cancel is not None and cancel.cancelled:
                    self._kill()
                    cancel.check()
                try:
                    frame = self._frames.get(timeout=_TICK)
                except queue.Empty:
                    moment = time.monotonic()
                    if moment - heard > self._silence or moment - started > self._whole:
                        return self._lost(media_type, _("it takes too long"))
                    continue
                if frame is None:
                    return self._lost(media_type, _("it brings the reader down"))
                heard = time.monotonic()
                kind, payload = frame
                if kind == wire.READ:
                    offset, length = wire.unpack_range(payload)
                    stream.seek(offset)
                    wire.send(process.stdin, wire.DATA, stream.read(length))
                elif kind == wire.TYPE:
                    media_type = payload.decode("ascii", "replace")[:120]
                elif kind == wire.FACTS:
                    return wire.unpack_facts(payload)
                elif kind == wire.REFUSED:
                    message, hint = json.loads(payload)
                    raise IntakeError(str(message), str(hint))
        except (BrokenPipeError, ValueError):
            return self._lost(media_type, _("it brings the reader down"))

    def _lost(self, media_type: str, why: str) -> FileFacts:
        self._kill()
        self.deaths += 1
        note = _("The file could not be read safely: {why}. It is kept as it is.").format(why=why)
        return FileFacts(media_type, note=note)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._kill()
        kept = ("PATH", "SYSTEMROOT", "PYTHONPATH", "LANG", "LC_ALL")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        assert self._process.stdout is not None
        self._frames = queue.Queue()
        listener = threading.Thread(target=_listen, args=(self._process.stdout, self._frames), daemon=True)
        listener.start()
        return self._process

    def _kill(self) -> None:
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

    def close(self) -> None:
        """End the process."""
        self._kill()


def _listen(pipe: IO[bytes], frames: queue.Queue[tuple[bytes, bytes] | None]) -> None:
    try:
        while True:
            frames.put(wire.receive(pipe))
    except (EOFError, ValueError, OSError):
        frames.put(None)
