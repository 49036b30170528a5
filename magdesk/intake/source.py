"""The file that is being read, as its reader gets it."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.sandbox.programs import Programs, SystemPrograms


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        stream: seekable.
        name: its name.
        media_type: true type by content.
        password: to open it with; empty when none is known.
        ocr: languages to recognise text in, where pages have none; empty for not at all.
        members: of an archive, the names to unpack; ``None`` for not at all.
        encoding: what is known of its encoding, where it is text.
        beside: pictures that lay beside a saved page, by their path from its folder, with ``/``.
        programs: runs what reads for us: pandoc, tesseract.
    """

    stream: BinaryIO
    name: str
    media_type: str
    password: str = field(default="", repr=False)
    ocr: tuple[str, ...] = ()
    members: tuple[str, ...] | None = None
    encoding: KnownEncoding = UNKNOWN
    beside: Mapping[str, builtins.bytes] = field(default_factory=dict, repr=False)
    programs: Programs = field(default_factory=SystemPrograms, repr=False, compare=False)

    def bytes(self, limit: int) -> bytes:
        """All bytes up to a limit, and one more where there are more."""
        self.stream.seek(0)
        return self.stream.read(limit + 1)
