"""What is known of the encoding of a text before it is read; it goes with the file to whoever reads or shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GUESSED, CHOSEN = "Encoding (guess)", "Encoding (chosen)"
"""Names of the details of an item that keep it."""


@dataclass(frozen=True, slots=True)
class KnownEncoding:
    """What is known beforehand of the encoding of a text.

    Attributes:
        name: the encoding; empty where nothing is known.
        chosen: whether a person chose it; else it was guessed before, and the same guess holds.
        languages: in which the text may be, as ISO 639-1 codes; they weigh in a guess.
    """

    name: str = ""
    chosen: bool = False
    languages: tuple[str, ...] = ()

    def to_job(self) -> dict[str, object]:
        """As it goes to a worker."""
        return {"encoding": self.name, "chosen": self.chosen, "languages": list(self.languages)}

    @classmethod
    def from_job(cls, job: Mapping[str, Any]) -> KnownEncoding:
        """As it came from the program."""
        languages = tuple(str(one) for one in job.get("languages", ()))
        return cls(str(job.get("encoding", "")), bool(job.get("chosen")), languages)


UNKNOWN = KnownEncoding()
