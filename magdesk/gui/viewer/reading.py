"""Texts of files that are shown as text, read in the limited process and kept for a while."""

from __future__ import annotations

import io
import threading

from magdesk.casefile import CaseFile
from magdesk.gui.viewer.leaves import TextLeaf, leaves_of
from magdesk.intake import FileFacts, FileReader
from magdesk.intake.rendering import StoredFile
from magdesk.progress import CancelToken

_SILENCE, _WHOLE = 12.0, 40.0  # seconds for a text that is only to be shown
_KEPT = 6


class TextSource:
    """Reads one file at a time. Any thread."""

    def __init__(self) -> None:
        self._reader = FileReader(silence=_SILENCE, whole=_WHOLE)
        self._lock = threading.Lock()
        self._kept: dict[StoredFile, tuple[list[TextLeaf], FileFacts]] = {}

    def warm(self) -> None:
        """Have the process ready before it is needed."""
        if self._lock.acquire(blocking=False):
            try:
                self._reader.read(io.BytesIO(b"-"), "-", 1)
            finally:
                self._lock.release()

    def kept(self, item: StoredFile) -> tuple[list[TextLeaf], FileFacts] | None:
        """What was read before."""
        return self._kept.get(item)

    def read(self, case: CaseFile, item: StoredFile, cancel: CancelToken) -> tuple[list[TextLeaf], FileFacts]:
        """The text of a stored file and what the file says of itself.

        Raises:
            CaseFileError: the stored bytes cannot be read.
            IntakeError: it is no evidence.
            Cancelled: it is not wanted any more.
        """
        with self._lock:
            cancel.check()
            with case.blobs.open(item.sha256) as stream:
                facts = self._reader.read(
                    stream, item.name, item.size, cancel, password=item.password, encoding=item.encoding
                )
        result = leaves_of(facts.text), facts
        self._kept[item] = result
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return result

    def rest(self) -> None:
        """Let the process go until it is needed again, unless it is at work."""
        if self._lock.acquire(blocking=False):
            try:
                self._reader.close()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the process; a reading that is under way must have been cancelled."""
        with self._lock:
            self._reader.close()
