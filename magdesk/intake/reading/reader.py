"""Reads files in a worker, so that a bomb or a crash costs one file and never the program."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import BinaryIO, Self, TypeVar, cast

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.filereading import CHILD_LIMIT, TEXT_LIMIT
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.reading import frames
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.box import Box, unchecked
from magdesk.intake.sandbox.child import ChildLost
from magdesk.intake.sandbox.command import Role, worker_command
from magdesk.intake.sandbox.exchange import Exchange
from magdesk.intake.textkind import OPAQUE
from magdesk.progress import CancelToken

SILENCE = 45.0  # seconds without a word from the worker
WHOLE = 300.0  # seconds for one file
WHOLE_OCR = 3600.0  # seconds for one file whose pages are recognised one by one
CHILD_BYTES = 4 << 30  # of all files inside one
_RENEWED_AFTER = 1_000  # files one worker reads: what its libraries leak stays small

OnChild = Callable[[str, BinaryIO], None]
_First = TypeVar("_First")
_Second = TypeVar("_Second")


class BrokenChild(IntakeError):
    """A file inside another one could not be unpacked to its end."""

    def __init__(self) -> None:
        super().__init__(_("It is damaged and could not be unpacked completely."))


class _TooMuch(Exception):
    """What the file holds is unreasonably large."""


class FileReader:
    """Reads one file after the other. Use it from one thread.

    As a context manager it starts its worker before anything is read: a worker that cannot start is told of there.
    """

    def __init__(self, command: Sequence[str] = (), *, silence: float = SILENCE, whole: float = WHOLE) -> None:
        self._box = Box(command or worker_command(Role.READING))
        self._silence = silence
        self._whole = whole
        self._files = 0

    @property
    def deaths(self) -> int:
        """How often a file has taken the worker down."""
        return self._box.deaths

    def __enter__(self) -> Self:
        self.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check(self) -> None:
        """Start the worker, unless it runs, and wait until it is locked in.

        Raises:
            WorkerCannotStart: it does not start; no file is to blame.
        """
        self._box.check()

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
        encoding: KnownEncoding = UNKNOWN,
        on_child: OnChild | None = None,
        children: int = CHILD_LIMIT,
        on_page: Callable[[int], None] | None = None,
    ) -> FileFacts:
        """What can be read from a file; when reading it fails in any way, facts that say so.

        Args:
            stream: the file, seekable.
            name: its name, used only where the content leaves a choice.
            size: its size in bytes.
            password: to open it with; it goes to the worker only.
            ocr: languages to recognise text in, where there is none.
            members: of an archive, the names to hand to ``on_child``.
            encoding: what is known of its encoding, where it is text.
            on_child: takes name and bytes of each file inside this one, while the stream is open; it reads as much
                as it likes. It may raise; the reading then ends and the exception goes on to the caller.
            children: how many files inside are taken.
            on_page: told the number of each page whose text is there.

        Raises:
            IntakeError: the file cannot be evidence (empty).
            WorkerCannotStart: the worker does not start (again); nothing is said of the file.
            Cancelled: the user stopped it.
        """
        job: dict[str, object] = {"name": name, "size": size, "password": password, "children": on_child is not None}
        if ocr:
            job |= {"ocr": list(ocr), "cpu": int(WHOLE_OCR)}
        if members is not None:
            job["members"] = list(members)
        job |= encoding.to_job()
        self._renew()
        check = cancel.check if cancel is not None else unchecked
        talk = _Talk(
            Exchange(
                self._box.child(check),
                lambda: stream,
                whole=max(self._whole, WHOLE_OCR) if ocr else self._whole,
                silence=self._silence,
                check=check,
            ),
            on_page,
        )
        try:
            return talk.run(json.dumps(job).encode(), on_child, children)
        except ChildLost as lost:
            self._box.lose()
            return talk.partial(_("it takes too long") if lost.late else _("it crashes the reader"))
        except _TooMuch:
            self._box.lose()
            return talk.partial(_("its contents are unreasonably large"))
        except _Failed as failed:
            self._box.empty()
            return talk.failed(str(failed))
        except _Refused as refused:
            raise IntakeError(*refused.args) from None
        except BaseException:
            self._box.empty()
            raise

    def _renew(self) -> None:
        self._files += 1
        if self._files % _RENEWED_AFTER == 0:
            self._box.empty()

    def close(self) -> None:
        """End the worker."""
        self._box.empty()


class _Failed(Exception):
    """The worker says that our own code failed, and where."""


class _Refused(Exception):
    """The worker says, in good order, that this file cannot be evidence."""


class _Talk:
    """The exchange about one file."""

    def __init__(self, exchange: Exchange, on_page: Callable[[int], None] | None) -> None:
        self._exchange, self._on_page = exchange, on_page
        self._media_type = OPAQUE
        self._texts: list[tuple[int, str]] = []
        self._characters = 0
        self._child_bytes = 0

    def run(self, job: bytes, on_child: OnChild | None, children: int) -> FileFacts:
        """Hand over the job and answer until the facts are there."""
        taken = 0
        self._exchange.give(job)
        while True:
            kind, payload = self._exchange.next()
            if kind == frames.TYPE:
                self._media_type = payload.decode("ascii", "replace")[:120]
            elif kind == frames.TEXT:
                self._keep_text(payload)
            elif kind == frames.CHILD:
                taken += 1
                inside = _ChildStream(self.piece)
                started = time.monotonic()
                if on_child is not None and taken <= children:
                    on_child(frames.unpack_name(payload), cast("BinaryIO", inside))
                inside.drain()
                self._exchange.forget(time.monotonic() - started)
            elif kind == frames.FACTS:
                return self._facts(payload)
            elif kind == wire.FAULT:
                raise _Failed(wire.unpack_fault(payload))
            elif kind == wire.REFUSED:
                raise _Refused(*self._checked(wire.unpack_refusal, payload))
            else:
                raise ChildLost

    def partial(self, why: str) -> FileFacts:
        """What was read before the worker was lost."""
        note = _("The file could not be read safely in full: {why}. It is kept as it is.").format(why=why)
        return FileFacts(self._media_type, text=tuple(self._texts), text_layer=bool(self._texts), note=note)

    def failed(self, places: str) -> FileFacts:
        """What was read before our own code failed."""
        note = _(
            "MagDesk itself failed while reading this file, which may be perfectly fine; it is kept as it "
            "is. Please report this line to the makers: {places}"
        ).format(places=places)
        texts = tuple(self._texts)
        return FileFacts(self._media_type, text=texts, text_layer=bool(texts), note=note, fault=places)

    def piece(self) -> bytes | None:
        """The next bytes of the file inside; ``None`` at its end."""
        kind, payload = self._exchange.next()
        if kind == frames.PIECE:
            self._child_bytes += len(payload)
            if self._child_bytes > CHILD_BYTES:
                raise _TooMuch
            return payload
        if kind == frames.CLOSED:
            if payload != b"whole":
                raise BrokenChild
            return None
        raise ChildLost

    def _keep_text(self, payload: bytes) -> None:
        page, text = self._checked(frames.unpack_text, payload)
        self._characters += len(text)
        if self._characters <= TEXT_LIMIT:
            self._texts.append((page, text))
        if self._on_page is not None:
            self._on_page(page)

    def _facts(self, payload: bytes) -> FileFacts:
        try:
            return frames.unpack_facts(payload, tuple(self._texts))
        except ValueError as error:
            raise ChildLost from error

    @staticmethod
    def _checked(unpack: Callable[[bytes], tuple[_First, _Second]], payload: bytes) -> tuple[_First, _Second]:
        try:
            return unpack(payload)
        except ValueError as error:
            raise ChildLost from error


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
