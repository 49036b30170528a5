"""Which converter takes which kind of file. Converters are imported when first needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from magdesk.i18n import _
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.refusal import NEW_COPY, Refusal
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import foreign
from magdesk.intake.mediatypes import read_as
from magdesk.intake.readerchoice import LOCKED_OOXML, reader_for
from magdesk.intake.source import Source

Converter = Callable[[Source, Gathering], None]

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _office() -> Converter:
    from magdesk.intake.conversion.office import convert_office

    return convert_office


def _spreadsheet() -> Converter:
    from magdesk.intake.conversion.sheets import convert_spreadsheet

    return convert_spreadsheet


def _locked() -> Converter:
    from magdesk.intake.conversion.office import unlocked

    def convert_locked(source: Source, gathering: Gathering) -> None:
        inside = unlocked(source, gathering)
        if read_as(inside.media_type) not in CONVERTERS:
            told = _("What was locked is no document that could be set in pages; it is damaged or unusual.")
            raise Refusal(told, NEW_COPY)
        convert_source(inside, gathering)

    return convert_locked


def _odp() -> Converter:
    from magdesk.intake.conversion.openslides import convert_odp

    return convert_odp


def _words() -> Converter:
    from magdesk.intake.conversion.wording import convert_words

    return convert_words


def _delimited() -> Converter:
    from magdesk.intake.conversion.delimited import convert_separated

    return convert_separated


def _mail() -> Converter:
    from magdesk.intake.conversion.message import convert_mail

    return convert_mail


def _mhtml() -> Converter:
    from magdesk.intake.conversion.message import convert_archive

    return convert_archive


def _mbox() -> Converter:
    from magdesk.intake.conversion.mailbox import convert_mbox

    return convert_mbox


def _msg() -> Converter:
    from magdesk.intake.conversion.outlook import convert_msg

    return convert_msg


def _html() -> Converter:
    from magdesk.intake.conversion.webpage import convert_html

    return convert_html


def _webarchive() -> Converter:
    from magdesk.intake.conversion.webpage import convert_webarchive

    return convert_webarchive


def _wrapped() -> Converter:
    from magdesk.intake.conversion.message import convert_wrapped

    return convert_wrapped


def _warc() -> Converter:
    from magdesk.intake.conversion.webcapture import convert_warc

    return convert_warc


def _wacz() -> Converter:
    from magdesk.intake.conversion.webcapture import convert_wacz

    return convert_wacz


# Each entry brings its converter; the import stands where a type checker and a test can see it.
CONVERTERS: Mapping[str, Callable[[], Converter]] = {
    _OOXML + "wordprocessingml.document": _office,
    _OOXML + "presentationml.presentation": _office,
    _OOXML + "spreadsheetml.sheet": _spreadsheet,
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": _spreadsheet,
    _OOXML + "encrypted": _locked,
    _ODF + "text": _office,
    _ODF + "spreadsheet": _spreadsheet,
    _ODF + "presentation": _odp,
    "application/rtf": _office,
    "application/epub+zip": _office,
    "application/msword": _words,
    "application/vnd.ms-powerpoint": _words,
    "application/vnd.ms-excel": _spreadsheet,
    "text/csv": _delimited,
    "text/tab-separated-values": _delimited,
    "message/rfc822": _mail,
    "multipart/related": _mhtml,
    "application/mbox": _mbox,
    "application/vnd.ms-outlook": _msg,
    "text/html": _html,
    "application/xhtml+xml": _html,
    "application/x-webarchive": _webarchive,
    "application/vnd.ms-tnef": _wrapped,
    "application/warc": _warc,
    "application/wacz": _wacz,
}
CONVERTED_TYPES = frozenset(CONVERTERS)


def convert_source(source: Source, gathering: Gathering) -> None:
    """Turn a file into blocks.

    Raises:
        Refusal: it cannot be set in pages.
        Enough: it is longer than is shown.
        Damaged: a parser cannot make sense of it.
    """
    media_type = read_as(source.media_type)
    if media_type.startswith(_OOXML) and _is_locked(source):
        media_type = _OOXML + "encrypted"
    with foreign("the parsers of that kind of file"):
        CONVERTERS[media_type]()(dataclasses.replace(source, media_type=read_as(source.media_type)), gathering)


def read_source(source: Source, findings: FileReading) -> None:
    """Read what the index finds in a file that is converted.

    Raises:
        Damaged: a parser cannot make sense of it.
        ArchiveTrap: it is made to exhaust whoever opens it.
    """
    media_type = read_as(source.media_type)
    locked = media_type.startswith(_OOXML) and _is_locked(source)
    with foreign("the parsers of that kind of file"):
        reader_for(LOCKED_OOXML if locked else media_type)(
            dataclasses.replace(source, media_type=media_type), findings
        )


def _is_locked(source: Source) -> bool:
    """Whether what should be an archive stands in the container that encryption puts around it."""
    source.stream.seek(0)
    start = source.stream.read(len(_CONTAINER))
    source.stream.seek(0)
    return start == _CONTAINER
