"""The parent's side: documents converted and pictures decoded in a worker that may die, hang or lie without harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

from magdesk.i18n import _
from magdesk.intake.conversion import frames
from magdesk.intake.conversion.inner import INNER_LIMIT, Inner
from magdesk.intake.conversion.raster import RasterFrame
from magdesk.intake.conversion.refusal import NEW_COPY, TOO_LARGE, Refusal
from magdesk.intake.foreign import program_fault
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.box import Box
from magdesk.intake.sandbox.child import ChildLost
from magdesk.intake.sandbox.child import Frame as Sent
from magdesk.intake.sandbox.command import Role, worker_command
from magdesk.intake.sandbox.exchange import Exchange
from magdesk.values import clean_text

WHOLE = 50.0  # seconds for one document
CPU = 45
_BYTES = 96 << 20  # of everything one document may send
_DATA = 2 << 30  # of one frame of a picture
_INNER = ("name", "media_type", "said")
_Answer = TypeVar("_Answer")
_Take = Callable[[Iterator[Sent]], _Answer]


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


@dataclass(frozen=True, slots=True)
class FoundText:
    """What the index finds in a document. Nothing in it is vouched for.

    Attributes:
        texts: in the order in which they were read.
        whole: whether all of it was read.
    """

    texts: tuple[str, ...] = field(repr=False)
    whole: bool = True


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """A picture, unpacked.

    Attributes:
        pixels: three bytes for each, row by row.
    """

    width: int
    height: int
    pixels: bytes = field(repr=False)


class DocumentConverter:
    """Converts one document after the other. Use it from one thread.

    As a context manager it keeps its worker until the outermost context ends; it can be used again after that.
    """

    def __init__(self, command: Sequence[str] = (), *, whole: float = WHOLE) -> None:
        self._box = Box(command or worker_command(Role.CONVERTING))
        self._whole = whole
        self._held = 0

    @property
    def deaths(self) -> int:
        """How often a document has taken the worker down."""
        return self._box.deaths

    def __enter__(self) -> Self:
        self._held += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held -= 1
        self.release()

    def check(self) -> None:
        """Start the worker, unless it runs, and wait until it is locked in.

        Raises:
            WorkerCannotStart: it does not start; no document is to blame.
        """
        self._box.check()

    def release(self) -> None:
        """End the worker unless a context still needs it."""
        if not self._held:
            self.close()

    def convert(
        self,
        stream: BinaryIO,
        name: str,
        media_type: str,
        size: int,
        *,
        password: str = "",
        encoding: KnownEncoding = UNKNOWN,
        beside: Sequence[tuple[str, int]] = (),
    ) -> Converted:
        """The document as blocks.

        Args:
            stream: the document, seekable.
            name: its name, used only where the content leaves a choice.
            media_type: its true type.
            size: bytes.
            password: to open it with.
            encoding: what is known of its encoding, where it is text.
            beside: name and size of each picture whose bytes follow those of the document in the stream.

        Raises:
            Refusal: it cannot be set in pages, for the reason the message gives.
            ProgramFault: our own code failed over it.
        """
        job: dict[str, object] = {"name": name, "media_type": media_type, "password": password}
        whole = size + sum(length for _name, length in beside)
        job |= {"size": whole, "document": size, "beside": list(beside)} if beside else {"size": size}
        return self._asked(job | encoding.to_job(), stream, _converted)

    def words(
        self,
        stream: BinaryIO,
        name: str,
        media_type: str,
        size: int,
        *,
        password: str = "",
        encoding: KnownEncoding = UNKNOWN,
    ) -> FoundText:
        """The text that the index finds in the document, to be compared with what is printed of it.

        Raises:
            Refusal: it cannot be read again; nothing can be compared.
            ProgramFault: our own code failed over it.
        """
        job = {"name": name, "media_type": media_type, "size": size, "password": password, "words": True}
        return self._asked(job | encoding.to_job(), stream, _found)

    def frames(self, stream: BinaryIO, size: int, *, all_frames: bool, lossy: bool) -> tuple[list[RasterFrame], int]:
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

    def is_whole(self, stream: BinaryIO, size: int) -> bool:
        """Whether a JPEG is there to its end; every byte of it is looked at.

        Raises:
            Refusal: it is damaged beyond that, or too large.
        """
        return self._asked({"size": size, "check": True}, stream, _whole)

    def small_picture(self, stream: BinaryIO, size: int, longest: int) -> SmallPicture:
        """A picture upright on white, no side of it longer than so many pixels.

        Raises:
            Refusal: it cannot be read.
        """
        return self._asked({"size": size, "small": longest}, stream, lambda sent: _small(sent, longest))

    def inner(self, stream: BinaryIO, name: str, media_type: str, size: int) -> Inner:
        """The file inside a signed envelope or an Apple document.

        Raises:
            Refusal: there is none that could be shown, for the reason the message gives.
            ProgramFault: our own code failed over it.
        """
        job = {"name": name, "media_type": media_type, "size": size, "inner": True}
        return self._asked(job, stream, _inner)

    def _asked(self, job: Mapping[str, object], stream: BinaryIO, take: _Take[_Answer]) -> _Answer:
        """Hand over a job and take the answer, within the time there is."""
        exchange = Exchange(self._box.child(), lambda: stream, whole=self._whole)
        try:
            exchange.give(json.dumps({**job, "cpu": CPU}).encode())
            return take(_sent(exchange))
        except Refusal:
            raise
        except ChildLost as lost:
            self._box.lose()
            if lost.late:
                raise Refusal(_("It would take too long to convert the file into pages."), TOO_LARGE) from lost
            raise Refusal(_("The file could not be read safely."), NEW_COPY) from lost
        except (ValueError, RecursionError) as error:
            self._box.lose()
            raise Refusal(_("The file could not be read safely."), NEW_COPY) from error
        except BaseException:
            self._box.empty()
            raise

    def close(self) -> None:
        """End the worker."""
        self._box.empty()


def _sent(exchange: Exchange) -> Iterator[Sent]:
    """What comes, up to the end."""
    room = _BYTES
    while True:
        kind, payload = exchange.next()
        if kind == wire.FAULT:
            raise program_fault(wire.unpack_fault(payload))
        if kind == wire.REFUSED:
            told, _end, todo = payload.decode("utf-8", "replace").partition("\n")
            raise Refusal(*(clean_text(one, multiline=False)[:400] for one in (told, todo)))
        if kind != frames.PIECE:
            room -= len(payload)
            if room < 0:
                raise ValueError("too much")
        yield kind, payload
        if kind == frames.END:
            return


def _converted(sent: Iterator[Sent]) -> Converted:
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
    return Converted(tuple(blocks), pictures, _sentences(said.get("first")), _sentences(said.get("notes")))


def _found(sent: Iterator[Sent]) -> FoundText:
    texts: list[str] = []
    whole = False
    for kind, payload in sent:
        if kind == frames.WORDS:
            texts.append(clean_text(payload.decode("utf-8", "replace")))
        elif kind == frames.END:
            whole = _ended(payload).get("whole") is True
        else:
            raise ValueError("not text")
    return FoundText(tuple(texts), whole)


def _frames(sent: Iterator[Sent]) -> tuple[list[RasterFrame], int]:
    found: list[bytes] = []
    end = b""
    for kind, payload in sent:
        if kind == frames.FRAME:
            found.append(payload)
        elif kind == frames.END:
            end = payload
        else:
            raise ValueError("not a frame")
    return frames.unpack_frames(found, _ended(end).get("count"))


def _data(sent: Iterator[Sent]) -> bytes:
    return _pieces(sent)[0]


def _pieces(sent: Iterator[Sent], most: int = _DATA) -> tuple[bytes, dict[str, Any]]:
    """Bytes that came in pieces, and what was said at their end."""
    out, end = bytearray(), b""
    for kind, payload in sent:
        if kind == frames.PIECE and len(out) < most:
            out += payload
        elif kind == frames.END:
            end = payload
        else:
            raise ValueError("not bytes")
    return bytes(out), _ended(end)


def _whole(sent: Iterator[Sent]) -> bool:
    return _pieces(sent)[1].get("whole") is True


def _small(sent: Iterator[Sent], longest: int) -> SmallPicture:
    pixels, said = _pieces(sent)
    width, height = said.get("width"), said.get("height")
    if not (type(width) is type(height) is int and 0 < width <= longest and 0 < height <= longest):
        raise ValueError("not a picture")
    if len(pixels) != 3 * width * height:
        raise ValueError("not a picture")
    return SmallPicture(width, height, pixels)


def _inner(sent: Iterator[Sent]) -> Inner:
    data, said = _pieces(sent, INNER_LIMIT)
    name, media_type, told = (clean_text(str(said.get(key, "")), multiline=False) for key in _INNER)
    return Inner(name[:255], media_type[:120], told[:1_500], data)


def _ended(payload: bytes) -> dict[str, Any]:
    told = json.loads(payload)
    if not isinstance(told, dict):
        raise ValueError("not an end")
    return told


def _sentences(told: Any) -> tuple[str, ...]:
    if not isinstance(told, list):
        raise ValueError("not sentences")
    return tuple(clean_text(str(one), multiline=False)[:1_500] for one in told[:20])
