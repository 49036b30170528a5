"""Bates numbers: one per page, a prefix and a zero-padded sequence, continuous over the whole set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from magdesk.errors import UserError

_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


@dataclass(frozen=True, slots=True)
class BatesSeries:
    """How the numbers of one production are made.

    Attributes:
        prefix: letters, digits, dot, hyphen and underscore, e.g. ``GEN``; printed as ``GEN-000001``.
        digits: how many digits the sequence is padded to, 4 to 10.
        start: number of the first page; later productions continue where an earlier one stopped.

    Raises:
        UserError: the prefix or a number is out of range.
    """

    prefix: str
    digits: int = 6
    start: int = 1

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise UserError(
                f"“{self.prefix}” cannot be a Bates prefix.",
                "Use up to 20 Latin letters, digits, dots, hyphens or underscores, beginning with a letter or digit.",
            )
        if not 4 <= self.digits <= 10 or not 0 <= self.start < 10**self.digits:
            raise UserError(
                f"A Bates sequence of {self.digits} digits cannot start at {self.start}.",
                "Use 4 to 10 digits and a start that fits into them.",
            )

    def label(self, offset: int) -> str:
        """The number of the page that stands ``offset`` pages behind the first, as stamped.

        Raises:
            UserError: the sequence has no number left for that page.
        """
        number = self.start + offset
        if number >= 10**self.digits:
            raise UserError(
                f"The exhibits have more pages than {self.digits}-digit Bates numbers can count.",
                "Use more digits.",
            )
        separator = "" if self.prefix[-1] in "-_." else "-"
        return f"{self.prefix}{separator}{number:0{self.digits}d}"
