"""Stores the bytes of a file and of all files inside it, and has them read."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from magdesk.casefile import BlobInfo, CaseFile
from magdesk.errors import IntakeError
from magdesk.i18n import _, ngettext
from magdesk.intake import FileFacts, FileReader
from magdesk.intake.archive import safe_name
from magdesk.intake.filereading import TEXT_LIMIT
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.plainfiles import name_bytes, open_plain, readable_name
from magdesk.progress import CancelToken
from magdesk.services.evidence.pendingfiles import WaitingFiles
from magdesk.services.evidence.report import Taken
from magdesk.services.evidence.savedpages import PageFolder
from magdesk.values import clean_text

DEPTH = 5
CHILDREN = 2_000
_AT_ONCE = 8 << 20  # bytes held in memory so that the store can find them without writing them first


class Taker:
    """Takes one file, with all that is in it, in a thread that may change the case.

    Limits hold for the whole family, so that a message in a message in a message cannot multiply.
    """

    def __init__(
        self,
        case: CaseFile,
        reader: FileReader,
        cancel: CancelToken | None = None,
        tray: WaitingFiles | None = None,
        *,
        encoding: KnownEncoding = UNKNOWN,
    ) -> None:
        """Take one file.

        Args:
            tray: where small files wait to be written; without one their bytes are stored at once.
            encoding: what is known of the encoding of a text, and of the texts inside it.
        """
        self._encoding = encoding
        self._case = case
        self._reader = reader
        self._cancel = cancel
        self._tray = tray
        self._children = 0
        self._characters = 0

    def take_new(self, stream: BinaryIO, path: Path, tray: WaitingFiles) -> Taken | None:
        """Store and read one open file, unless its bytes are evidence already; then the tray notes that.

        Raises:
            IntakeError: the file cannot be evidence (empty).
        """
        whole = _held(stream)
        stored = self.store(whole)
        if stored.existed and tray.knows(stored.sha256):
            tray.add_same(path, stored.sha256)
            return None
        return self.read(stored, path, held=whole)

    def take_beside(self, page: Taken, folder: PageFolder) -> Taken:
        """A saved page with the pictures that lie beside it, as parts of it."""
        children = []
        lost = []
        for name in folder.pictures:
            try:
                with open_plain(folder.path.parent, name) as stream:
                    blob = self.store(stream)
                child = self.read(blob, page.path, name=safe_name(name), depth=1)
            except (OSError, IntakeError):
                lost.append(name)
                continue
            children.append(dataclasses.replace(child, within=name))
        facts = page.facts
        if folder.styles:
            told = ngettext(
                "{count} style sheet, script or font beside it was not taken.",
                "{count} style sheets, scripts or fonts beside it were not taken.",
                folder.styles,
            ).format(count=folder.styles)
            facts = dataclasses.replace(facts, note=" ".join(part for part in (facts.note, told) if part))
        return dataclasses.replace(page, facts=facts, children=(*page.children, *children), lost=(*page.lost, *lost))

    def store(self, stream: BinaryIO) -> BlobInfo:
        """Store the bytes of a file, or lay them on the tray.

        Raises:
            IntakeError: there are none.
        """
        whole = _held(stream)
        if not isinstance(whole, io.BytesIO):
            return self._case.blobs.put(whole, cancel=self._cancel)
        if not whole.getbuffer().nbytes:
            raise IntakeError(_("The file is empty."), _("Check whether the copy you have is complete."))
        return self._tray.store(whole.getvalue()) if self._tray is not None else self._case.blobs.put(whole)

    def read(
        self,
        stored: BlobInfo,
        path: Path,
        *,
        name: str = "",
        password: str = "",
        ocr: tuple[str, ...] = (),
        depth: int = 0,
        held: BinaryIO | None = None,
        on_page: Callable[[int], None] | None = None,
    ) -> Taken:
        """Read stored bytes, and take the files inside them.

        Args:
            path: where they came from.
            name: the name, where it is not that of the path.
            password: to open them with.
            ocr: languages to recognise text in.
            depth: how many files they are inside of.
            held: the same bytes, where they are at hand and cannot change.
            on_page: told the number of each page whose text is there.
        """
        inside: list[tuple[str, BlobInfo]] = []
        lost: list[str] = []

        def on_child(child_name: str, stream: BinaryIO) -> None:
            self._children += 1
            if self._children > CHILDREN:
                lost.append(child_name)
                return
            try:
                inside.append((child_name, self.store(stream)))
            except IntakeError:
                lost.append(child_name)

        called = clean_text(name or readable_name(path.name), multiline=False)
        with self._opened(stored.sha256, held) as stream:
            facts = self._reader.read(
                stream,
                called,
                stored.size,
                self._cancel,
                password=password,
                ocr=ocr,
                encoding=self._encoding,
                on_child=on_child if depth < DEPTH else None,
                on_page=on_page,
            )
        children = []
        for child_name, blob in inside:
            child = self.read(blob, path, name=safe_name(child_name), depth=depth + 1)
            children.append(dataclasses.replace(child, within=child_name) if "/" in child_name else child)
        facts = self._within_limits(facts, lost)
        return Taken(
            path,
            called,
            stored.sha256,
            stored.size,
            facts,
            name_bytes="" if name else name_bytes(path.name),
            children=tuple(children),
            lost=tuple(lost),
        )

    def _opened(self, sha256: str, held: BinaryIO | None) -> BinaryIO:
        if isinstance(held, io.BytesIO):
            return held
        waiting = self._tray.open(sha256) if self._tray is not None else None
        return waiting if waiting is not None else self._case.blobs.open(sha256)

    def _within_limits(self, facts: FileFacts, lost: list[str]) -> FileFacts:
        notes = [facts.note]
        if lost:
            notes.append(
                ngettext(
                    "One file inside it could not be taken out.",
                    "{count} files inside it could not be taken out.",
                    len(lost),
                ).format(count=len(lost))
            )
        self._characters += sum(len(text) for _page, text in facts.text)
        if self._characters > TEXT_LIMIT and facts.text:
            notes.append(_("Its text is not searchable: one file contains too much of it."))
            facts = dataclasses.replace(facts, text=())
        return dataclasses.replace(facts, note=" ".join(note for note in notes if note))


def _held(stream: BinaryIO) -> BinaryIO:
    """The same bytes in memory, when they are few; then what is stored is what is read, even if the file changes."""
    if isinstance(stream, io.BytesIO):
        return stream
    pieces, size = [], 0
    while size < _AT_ONCE and (piece := stream.read(_AT_ONCE - size)):
        pieces.append(piece)
        size += len(piece)
    if size < _AT_ONCE:
        return io.BytesIO(b"".join(pieces))
    if stream.seekable():
        stream.seek(0)
        return stream
    return cast("BinaryIO", _Joined(io.BytesIO(b"".join(pieces)), stream))


class _Joined(io.RawIOBase):
    """Bytes already read, and the stream they were read from."""

    def __init__(self, first: BinaryIO, rest: BinaryIO) -> None:
        super().__init__()
        self._first: BinaryIO | None = first
        self._rest = rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with the next bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._first.read(len(view)) if self._first is not None else b""
        if not data:
            self._first = None
            data = self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)
