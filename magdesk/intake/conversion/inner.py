"""What is told of a file inside another one: what was signed in an envelope, the preview in an Apple document."""

from __future__ import annotations

from dataclasses import dataclass, field

from magdesk.intake.applepreview import TYPES as APPLE_TYPES

WRAPPED_TYPES = APPLE_TYPES | {"application/pkcs7-mime"}
LIMIT = 64 << 20  # bytes of a wrapped file
INNER_LIMIT = 160 << 20  # bytes of what is inside it


@dataclass(frozen=True, slots=True)
class Inner:
    """The file inside. Nothing in it is vouched for.

    Attributes:
        said: how it relates to the file around it, in a sentence.
    """

    name: str
    media_type: str
    said: str
    data: bytes = field(repr=False)
