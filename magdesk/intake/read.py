"""One door to all readers: sniff the stream, hand it to the reader of its kind."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.archive import ArchiveTrap
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.mediatypes import SUFFIXES, read_as
from magdesk.intake.readerchoice import LOCKED_OOXML, reader_for
from magdesk.intake.sandbox.programs import Programs, SystemPrograms
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source

MakeFindings = Callable[[str], FileReading]

_STRICT = frozenset({
    ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".jpg", ".png", ".gif", ".tif", ".heic",
    ".msg", ".zip", ".wacz", ".mp3",
})  # fmt: skip
# Endings that promise one kind of content and no other.
_TELLING = {suffix: media_type for media_type, suffix in SUFFIXES.items() if suffix in _STRICT} | {
    ".jpeg": "image/jpeg",
    ".tiff": "image/tiff",
}


def read_file(
    stream: BinaryIO,
    name: str,
    *,
    password: str = "",
    ocr: tuple[str, ...] = (),
    members: tuple[str, ...] | None = None,
    encoding: KnownEncoding = UNKNOWN,
    programs: Programs | None = None,
    begin: MakeFindings = FileReading,
) -> FileFacts:
    """What can be read from a file.

    A file that cannot be understood is not refused: it is taken as it is, and the facts say what could not be
    read.

    Args:
        stream: the file, seekable; typically the encrypted store's reader.
        name: its name, used only where the content leaves a choice.
        password: to open it with.
        ocr: languages to recognise text in, where there is none.
        members: of an archive, the names to unpack.
        encoding: what is known of its encoding, where it is text.
        programs: runs programs of the system; this process does, when none is given.
        begin: makes the collector of what is found, given the media type.

    Raises:
        IntakeError: the file is empty.
    """
    media_type = sniff(stream, name)
    findings = begin(media_type)
    if media_type == "application/x-empty":
        raise IntakeError(_("The file is empty."), _("Check whether the copy you have is complete."))
    wanted = _TELLING.get(PurePath(name).suffix.lower())
    if wanted and media_type not in (wanted, LOCKED_OOXML):
        told = _("it ends in {ending}, but the content is {kind}")
        findings.detail(
            "reading", "Name and content differ", told.format(ending=PurePath(name).suffix, kind=media_type)
        )
    runs = programs or SystemPrograms()
    source = Source(stream, name, read_as(media_type), password, ocr, members, encoding, programs=runs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with foreign("the parsers of that kind of file"):
                reader_for(media_type)(source, findings)
        except ArchiveTrap as trap:
            findings.note(_("The file is kept as it is and was not opened. {why}").format(why=trap.message))
        except MemoryError:
            findings.note(_("Reading the whole file would take more memory than is allowed."))
        except RecursionError:
            findings.note(_("The file is nested too deeply to be read completely."))
        except Damaged as damage:
            findings.damaged(_("The file is damaged or unusual and could not be read completely."), damage.reason)
    return findings.facts()
