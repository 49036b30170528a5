"""Write the original of an exhibit to a file, in the clear, at the user's word. Any thread."""

from __future__ import annotations

from pathlib import Path

from magdesk import unfinished
from magdesk.casefile import CaseFile
from magdesk.errors import UserError
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress

_CHUNK = 1 << 20


def copy_original(
    case: CaseFile, sha256: str, size: int, path: Path, progress: Progress, cancel: CancelToken
) -> None:
    """Write the bytes; a failed or cancelled copy leaves no file.

    Raises:
        UserError: the place cannot be written.
        CaseFileError: the stored bytes cannot be read.
        Cancelled: the user stopped it.
    """
    try:
        with (
            unfinished.making(path, clear=True) as draft,
            case.blobs.open(sha256) as source,
            draft.open("xb") as out,
        ):
            done = 0
            while block := source.read(_CHUNK):
                cancel.check()
                out.write(block)
                done += len(block)
                progress(done, size, "")
            out.close()
            draft.replace(path)
    except OSError as error:
        raise UserError(
            _("The copy cannot be written: {why}.").format(why=error.strerror or type(error).__name__),
            _("Choose another place, or free some space."),
        ) from error
