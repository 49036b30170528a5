"""Why a file cannot be set in pages."""

from __future__ import annotations

from magdesk.errors import InputError


class Refusal(InputError):
    """The file cannot be set in pages; the message is the sentence for its slip sheet."""


class BrokenArchive(Refusal):
    """The file should be an archive and is none, or a damaged one."""
