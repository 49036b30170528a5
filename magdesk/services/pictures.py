"""Small pictures for documents: turned upright, scaled down, and free of everything but their pixels."""

from __future__ import annotations

import io

from PIL import Image

from magdesk.casefile import CaseFile
from magdesk.intake.conversion import DocumentConverter, Refusal
from magdesk.model.evidence import Evidence

_LONGEST = 900  # pixels; a portrait two inches wide prints well with that


class Portraits:
    """Makes them; the files are taken apart in a process of its own, and what comes out of it is bare pixels."""

    def __init__(self, case: CaseFile, converter: DocumentConverter) -> None:
        """Make pictures of a case.

        Args:
            converter: the process; whoever owns it ends it.
        """
        self._case, self._converter = case, converter

    def picture(self, item: Evidence) -> bytes | None:
        """The item's picture as JPEG bytes without any metadata, or none when it is not a picture that can be read.

        Raises:
            WorkerCannotStart: the process does not start; nothing is said of the item.
            ProgramFault: our own code failed over it.
        """
        if not item.media_type.startswith("image/") or not self._case.blobs.has(item.sha256):
            return None
        try:
            with self._case.blobs.open(item.sha256) as stream:
                found = self._converter.small_picture(stream, item.size, _LONGEST)
        except Refusal:
            return None
        out = io.BytesIO()
        Image.frombytes("RGB", (found.width, found.height), found.pixels).save(out, "JPEG", quality=88)
        return out.getvalue()
