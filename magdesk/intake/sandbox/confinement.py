"""What holds a worker, as it says itself once it is locked in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from magdesk.values import clean_text


class Layer(StrEnum):
    """One of the things that hold a worker."""

    LIMITS = "limits"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    NAMESPACE = "namespace"
    JOB = "job"
    MITIGATION = "mitigation"
    SEATBELT = "seatbelt"


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds a worker.

    Attributes:
        held: the layers that hold.
        lacking: a sentence for each layer that this system does not have.
    """

    held: frozenset[Layer] = frozenset()
    lacking: tuple[str, ...] = ()

    def pack(self) -> bytes:
        """As bytes for the pipe."""
        return json.dumps([sorted(self.held), self.lacking], ensure_ascii=False).encode()

    @classmethod
    def unpack(cls, payload: bytes) -> Confinement:
        """From the pipe, before any hostile byte was seen; wrong ones count as nothing that holds."""
        try:
            held, lacking = json.loads(payload)
            layers = frozenset(Layer(one) for one in held)
            return cls(layers, tuple(clean_text(str(one), multiline=False)[:500] for one in lacking))
        except (ValueError, TypeError):
            return cls()
