"""Files that are stored and read, and wait to be written into the case together.

A transaction of the encrypted file costs several times what one small file writes, so some of them share one. Each
is still a journal step of its own. Until they are written they are held in memory only: a crash loses them
whole, and taking the same folder again brings them in.
"""

from __future__ import annotations

import hashlib
import io
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from magdesk.casefile import BlobInfo, CaseFile
from magdesk.errors import CaseFileError, MagdeskError
from magdesk.services.evidence.report import Added, AddReport, Duplicate, Refused, Taken
from magdesk.services.evidence.rows import added, find_known, record_family

FILES = 32
BYTES = 8 << 20
CHARACTERS = 1 << 20
SECONDS = 0.5
"""A tray is written when it holds so much, or when its first file has waited so long."""

ROOM = 16 << 20  # bytes held at most; what does not fit is stored at once


@dataclass(frozen=True, slots=True)
class _Same:
    """A file with the bytes of one that lies in the tray or in the case."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file to be recorded, and the item it was taken out of."""

    taken: Taken
    part_of: uuid.UUID | None


class WaitingFiles:
    """Holds what was read until it is written. Use it from the one thread that may change the case."""

    def __init__(self, case: CaseFile, report: AddReport) -> None:
        self._case = case
        self._report = report
        self._held: dict[str, bytes] = {}
        self._bytes = self._characters = 0
        self._waiting: list[_Waiting | _Same] = []
        self._since = 0.0

    @property
    def full(self) -> bool:
        """Whether it is time to write it."""
        return bool(self._waiting) and (
            len(self._waiting) >= FILES
            or self._bytes >= BYTES
            or self._characters >= CHARACTERS
            or time.monotonic() - self._since >= SECONDS
        )

    def store(self, data: bytes) -> BlobInfo:
        """Keep the bytes of a file until it is recorded; what is too much for the tray is stored at once."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._held or self._case.blobs.has(digest):
            return BlobInfo(digest, len(data), existed=True)
        if self._bytes + len(data) > ROOM:
            return self._case.blobs.put(io.BytesIO(data))
        self._held[digest] = data
        self._bytes += len(data)
        return BlobInfo(digest, len(data), existed=False)

    def open(self, sha256: str) -> io.BytesIO | None:
        """Bytes that are kept here."""
        data = self._held.get(sha256)
        return io.BytesIO(data) if data is not None else None

    def knows(self, sha256: str) -> bool:
        """Whether a file with these bytes is evidence, or will be."""
        return any(
            member.sha256 == sha256
            for one in self._waiting
            if isinstance(one, _Waiting)
            for member in one.taken.family()
        ) or bool(find_known(self._case, sha256))

    def add(self, taken: Taken, part_of: uuid.UUID | None = None) -> None:
        """A file that is to be recorded.

        Args:
            part_of: the item it was taken out of.
        """
        self._put(_Waiting(taken, part_of))
        self._characters += sum(len(text) for member in taken.family() for _page, text in member.facts.text)

    def add_same(self, path: Path, sha256: str) -> None:
        """A file whose bytes this tray or the case knows."""
        self._put(_Same(path, sha256))

    def write(self) -> None:
        """Write all of it into the case, and tell the report.

        Raises:
            CaseFileError: the case file cannot be written; nothing of the tray is in it.
        """
        waiting, held = self._waiting, self._held
        self._waiting, self._held = [], {}
        self._bytes = self._characters = 0
        if not waiting:
            return
        try:
            told: Sequence[Added | Duplicate | Refused] = self._record(waiting, held)
        except CaseFileError:
            raise
        except MagdeskError:
            told = [answer for one in waiting for answer in self._record_alone(one, held)]
        for answer in told:
            self._report.note(answer)

    def _put(self, one: _Waiting | _Same) -> None:
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(one)

    def _record(self, waiting: Sequence[_Waiting | _Same], held: Mapping[str, bytes]) -> list[Added | Duplicate]:
        files = [one for one in waiting if isinstance(one, _Waiting)]
        told: list[Added | Duplicate] = []
        if files:
            with self._case.batch():
                # All bytes before the first row: a savepoint behind a row would end a run of the text index.
                for digest in dict.fromkeys(member.sha256 for one in files for member in one.taken.family()):
                    if digest in held:
                        self._case.blobs.put(io.BytesIO(held[digest]))
                for one in files:
                    taken, recorded = one.taken, record_family(self._case, one.taken, one.part_of)
                    told.append(self._same(taken.path, taken.sha256) if recorded is None else added(*recorded, taken))
        return told + [self._same(one.path, one.sha256) for one in waiting if isinstance(one, _Same)]

    def _record_alone(self, one: _Waiting | _Same, held: Mapping[str, bytes]) -> list[Added | Duplicate | Refused]:
        try:
            return [*self._record([one], held)]
        except CaseFileError:
            raise
        except MagdeskError as error:
            path = one.taken.path if isinstance(one, _Waiting) else one.path
            return [Refused(path, error.message, error.hint)]

    def _same(self, path: Path, sha256: str) -> Duplicate:
        known = find_known(self._case, sha256)
        return known.named(path) if known else Duplicate(path, None, "")
