"""Why a file cannot be set in pages, and what to do about it."""

from __future__ import annotations

from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.intake.filereading import NEW_COPY

OPEN_ORIGINAL = _("Open the original file.")
USE_PASSWORD = _("Open the original with its password, or enter the password under “Where it comes from”.")
TOO_LARGE = _("Open the original, or add the parts that matter as files of their own.")
WHOLE_COPY = _("Check whether the copy is complete, or ask for a new one.")
__all__ = ["NEW_COPY", "OPEN_ORIGINAL", "TOO_LARGE", "USE_PASSWORD", "WHOLE_COPY", "BrokenArchive", "Refusal"]


class Refusal(InputError):
    """The file cannot be set in pages; message and hint are the sentences for its slip sheet."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)


class BrokenArchive(Refusal):
    """The file should be an archive and is none, or a damaged one."""
