"""One running worker, seen from the program: its pipes, its start, its end."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO

from magdesk.errors import WorkerCannotStart
from magdesk.i18n import _
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.command import NEUTRAL, worker_environment
from magdesk.intake.sandbox.confinement import Confinement
from magdesk.values import clean_text

START = 90.0  # seconds until it must be locked in: a slow disk and a cold cache are no fault of the file
TICK = 0.2  # seconds between two looks at the clock
NO_WINDOW = 0x08000000  # Windows: no console flashes up
_AHEAD = 16  # frames it may be ahead of the program

Frame = tuple[bytes, bytes]


class ChildLost(Exception):
    """The worker is dead, silent or lying.

    Attributes:
        late: its time was up.
    """

    def __init__(self, *, late: bool = False) -> None:
        super().__init__("late" if late else "dead or lying")
        self.late = late


class WorkerEnded(WorkerCannotStart):
    """It ended before it said a word; the system may have killed it for room, and may let the next one live."""


class Child:
    """A worker that runs. Talk to it from one thread; :meth:`kill` from any.

    Attributes:
        confinement: what holds it, once it said so.
    """

    def __init__(self, command: Sequence[str]) -> None:
        """Start it, and wait for nothing.

        Raises:
            WorkerCannotStart: the system does not start it.
        """
        self.confinement: Confinement | None = None
        self._started = time.monotonic()
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=worker_environment(),
                cwd=NEUTRAL,
                creationflags=NO_WINDOW if sys.platform == "win32" else 0,
            )
        except (OSError, MemoryError) as error:
            raise _cannot_start(getattr(error, "strerror", "") or type(error).__name__) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders = self._process.stdin
        self._results = self._process.stdout
        try:
            self._listener = _Listener(self._results)
        except RuntimeError as error:  # no more threads
            self._process.kill()
            self._process.wait()
            raise _cannot_start(str(error)) from error

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        return self._process.poll() is None

    def wait_ready(self, check: Callable[[], None], seconds: float = START) -> Confinement:
        """Wait until it has loaded all that it needs and locked itself in.

        Args:
            check: called now and then; what it raises ends the waiting.
            seconds: from its start.

        Raises:
            WorkerEnded: it ends before it says anything.
            WorkerCannotStart: it says that it cannot, or stays silent.
        """
        if self.confinement is None:
            try:
                kind, payload = self.receive(self._started + seconds, check)
            except ChildLost as lost:
                self.kill()
                code = self._process.returncode
                why = (
                    _("it did not answer in time") if lost.late else _("it ended with code {code}").format(code=code)
                )
                raise _cannot_start(why, ended=not lost.late) from lost
            if kind != wire.READY:
                self.kill()
                raise _cannot_start(clean_text(payload.decode("utf-8", "replace"), multiline=False)[:300])
            self.confinement = Confinement.unpack(payload)
        return self.confinement

    def send(self, kind: bytes, payload: bytes | memoryview = b"") -> None:
        """Hand a frame to it.

        Raises:
            ChildLost: it takes none any more.
        """
        try:
            wire.send(self._orders, kind, payload)
        except (OSError, ValueError) as error:
            raise ChildLost from error

    def receive(self, end: float, check: Callable[[], None]) -> Frame:
        """The next frame that it sends.

        Args:
            end: until when to wait, on the monotonic clock.
            check: called now and then; what it raises ends the waiting.

        Raises:
            ChildLost: there comes none any more, or not in time.
        """
        while True:
            check()
            left = end - time.monotonic()
            if left <= 0:
                raise ChildLost(late=True)
            try:
                frame = self._listener.frames.get(timeout=min(TICK, left))
            except queue.Empty:
                if self._listener.stopped:  # killed from another thread
                    raise ChildLost from None
                continue
            if frame is None:
                self._process.wait()
                raise ChildLost
            return frame

    def kill(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._listener.stop()
        for pipe in (self._orders, self._results):
            try:
                pipe.close()
            except OSError:
                continue


class _Listener:
    """Takes frames off the pipe in a thread of its own, a bounded number ahead of whoever wants them."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.frames: queue.Queue[Frame | None] = queue.Queue(_AHEAD)
        self._pipe = pipe
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="magdesk-worker-pipe", daemon=True)
        self._thread.start()

    @property
    def stopped(self) -> bool:
        """Whether it takes none any more."""
        return self._stopped.is_set()

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

    def _put(self, frame: Frame | None) -> None:
        while not self._stopped.is_set():
            try:
                self.frames.put(frame, timeout=TICK)
            except queue.Full:
                continue
            return


def _cannot_start(why: str, *, ended: bool = False) -> WorkerCannotStart:
    kind = WorkerEnded if ended else WorkerCannotStart
    return kind(
        _("The restricted process that reads files cannot be started: {why}.").format(why=why.rstrip(".")),
        _("The problem is not in any file. Close other programs, or reinstall MagDesk; nothing was changed."),
    )
