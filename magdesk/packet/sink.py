"""Where a packet is put together: out of sight, and a folder under its name only at the end.

Until :meth:`PacketSink.finalise` the papers are in memory, or encrypted in a hidden folder beside the destination
where they are large. Finalising writes them into that folder and renames it. An exception or a cancelled job
removes it; what a killed program leaves behind is removed by the next start (see :mod:`magdesk.unfinished`) or the
next export to the same place.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from magdesk.errors import ExportError, UserError
from magdesk.packet.partfolder import PartFolder, remove_leftovers
from magdesk.packet.sealedbytes import Veil

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

MARKS = ("packet.json", "SHA256SUMS")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?")
_COPY = 1 << 20
_BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class SinkFile:
    """A file written into the packet.

    Attributes:
        name: path inside the packet with ``/``.
        sha256: hex digest of the bytes as they were written.
        size: bytes.
    """

    name: str
    sha256: str
    size: int


class PacketSink:
    """A packet in the making; use it with ``with``.

    Args:
        destination: the folder the packet will be.
        replace: whether a packet that already stands there may be replaced. Any other folder that is not empty
            is never touched.

    Raises:
        UserError: something stands at the destination that may not be replaced.
        ExportError: the folder beside it cannot be made.
    """

    def __init__(self, destination: Path, *, replace: bool = False) -> None:
        self._destination = destination.absolute()
        self._replace = replace
        self._files: dict[str, SinkFile] = {}
        self._veils: dict[str, Veil] = {}
        self._part = PartFolder(self._destination)
        self._work = self._part.path
        self._done = False

    @property
    def folder(self) -> Path:
        """The hidden work folder; it holds no clear file before the packet is finalised."""
        return self._work

    @property
    def files(self) -> tuple[SinkFile, ...]:
        """What was written so far, by name."""
        return tuple(self._files[name] for name in sorted(self._files))

    def __enter__(self) -> Self:
        parent = self._destination.parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
            remove_leftovers(self._destination)
            self._check_destination()
            self._part.make()
        except OSError as error:
            self._discard()
            raise _not_written(parent, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._done:
            self._discard()

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """A writer for one file; its digest is taken on the way.

        Args:
            name: neutral path inside the packet, ASCII, at most one folder deep.

        Raises:
            ExportError: the disk is full or the file cannot be written.
        """
        if not _NAME.fullmatch(name) or name in self._files:
            raise ValueError(f"not a name for a packet file, or written twice: {name}")
        veil = self._veils[name] = Veil(self._work / f".veil-{len(self._veils)}")
        try:
            writer = _Hashing(veil)
            # Writers of PDF and ZIP files write a few bytes at a time.
            buffer = io.BufferedWriter(writer, _BUFFER)
            yield buffer
            buffer.flush()
            veil.finish()
        except OSError as error:
            raise _not_written(self._destination.parent, error) from error
        self._files[name] = SinkFile(name, writer.digest.hexdigest(), writer.size)

    def copy(self, name: str, source: BinaryIO, *, sha256: str = "") -> SinkFile:
        """Copy a reader into the packet.

        Args:
            sha256: digest the bytes must have; not checked when empty.

        Raises:
            ExportError: the bytes are not those, or the file cannot be written.
        """
        with self.write(name) as out:
            while chunk := source.read(_COPY):
                out.write(chunk)
        written = self._files[name]
        if sha256 and written.sha256 != sha256:
            raise ExportError(
                f"The evidence behind {name} does not match its recorded SHA-256.",
                "Run “magdesk verify” on the case.",
            )
        return written

    def strange(self) -> tuple[str, ...]:
        """Nothing: what was written is plain."""
        return ()

    def names(self) -> frozenset[str]:
        """All files written so far."""
        return frozenset(self._files)

    def size(self, name: str) -> int:
        """Bytes of one file."""
        return self._files[name].size

    def open(self, name: str) -> BinaryIO:
        """A seekable reader over one file that was written."""
        return self._veils[name].open()

    def finalise(self) -> Path:
        """Write the files in clear and give the packet its name: it exists whole after this, and not at all before.

        Raises:
            UserError: something came to stand at the destination meanwhile.
            ExportError: it could not be put in place; what stood there before still does.
        """
        try:
            self._check_destination()
            for name in sorted(self._veils):
                self._unveil(name)
            for folder in (self._work, *(path for path in self._work.iterdir() if path.is_dir())):
                _sync_folder(folder)
            self._part.put_in_place()
            _sync_folder(self._destination.parent)
        except OSError as error:
            raise _not_written(self._destination.parent, error) from error
        self._done = True
        return self._destination

    def _unveil(self, name: str) -> None:
        path, veil = self._work / name, self._veils[name]
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with veil.open() as source, path.open("xb") as target:
            while chunk := source.read(_COPY):
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        veil.discard()

    def _check_destination(self) -> None:
        found = self._destination
        if not found.exists() and not found.is_symlink():
            return
        if found.is_symlink() or not found.is_dir():
            raise UserError(f"“{found.name}” already exists and is not a folder.", "Choose another name.")
        inside = {path.name for path in found.iterdir()}
        if not inside:
            return
        if not inside.issuperset(MARKS):
            raise UserError(
                f"The folder “{found.name}” already exists and holds other files.", "Choose a new or an empty folder."
            )
        if not self._replace:
            raise UserError(
                f"A packet named “{found.name}” already exists.", "Choose another name, or allow it to be replaced."
            )

    def _discard(self) -> None:
        for veil in self._veils.values():
            veil.discard()
        self._part.discard()


class _Hashing(io.RawIOBase):
    """A writer that takes the digest of what goes through it; it cannot go back."""

    def __init__(self, veil: Veil) -> None:
        self._veil = veil
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: Buffer) -> int:
        view = memoryview(data).cast("B")
        done = self._veil.write(view)
        self.digest.update(view[:done])
        self.size += done
        return done

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size


def _not_written(folder: Path, error: OSError) -> ExportError:
    return ExportError(
        f"The packet could not be written to “{folder.name}”: {error.strerror or type(error).__name__}.",
        "Make room, or choose a folder that you may write to.",
    )


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
