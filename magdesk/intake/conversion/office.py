"""Word processing, slides and e-books: through pandoc where that is there, else their words alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_whole
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.addresses import add_addresses
from magdesk.intake.conversion.archivepictures import ArchivePictures, Find, no_pictures
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.hiddenslides import HIDDEN_TITLE, say_hidden
from magdesk.intake.conversion.odtparts import marked_text
from magdesk.intake.conversion.pandoc import PandocError, syntax_tree
from magdesk.intake.conversion.refusal import NEW_COPY, TOO_LARGE, USE_PASSWORD, BrokenArchive, Refusal
from magdesk.intake.conversion.rtfunicode import unicode_rtf
from magdesk.intake.conversion.syntax import SyntaxReader
from magdesk.intake.conversion.unplaced import add_unplaced
from magdesk.intake.conversion.wording import add_words
from magdesk.intake.conversion.wordparts import prepared
from magdesk.intake.conversion.ziparchive import whole_archive
from magdesk.intake.filereading import FileReading
from magdesk.intake.readerchoice import LOCKED_OOXML
from magdesk.intake.readers.officelock import opened_office
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.pptx import hidden_slides
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source

LIMIT = 96 << 20  # bytes of a document that is held whole
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_READERS = {
    _OOXML + "wordprocessingml.document": ("docx", ("--track-changes=all",)),
    _OOXML + "presentationml.presentation": ("pptx", ()),
    _ODF + "text": ("odt", ()),
    "application/rtf": ("rtf", ()),
    "application/epub+zip": ("epub", ()),
}


def convert_office(source: Source, gathering: Gathering) -> None:
    """The document's headings, paragraphs, lists, tables, notes, pictures and recorded changes."""
    reader, options = _READERS[source.media_type]
    data = source.bytes(LIMIT)
    if len(data) > LIMIT:
        raise Refusal(_("The document is too large to be converted into pages."), TOO_LARGE)
    stream = io.BytesIO(data)
    find: Find = no_pictures
    if reader != "rtf":
        try:
            check_archive(stream)
        except BrokenArchive:
            # The reader of that kind may mend what is left of its text.
            add_words(source, gathering)
            return
        find = ArchivePictures(stream).find
    gathering.pulse()
    if reader == "rtf":
        data = unicode_rtf(data)
    margins: tuple[str, ...] = ()
    if reader == "docx":
        ready = prepared(data)
        data, margins = ready.data, ready.pictures
        if ready.hidden:
            gathering.first(_("Text that the original hides is shown in brackets: [hidden: …]."))
    if reader == "odt":
        data, marked = marked_text(data)
        if marked:
            gathering.first(marked)
    try:
        parsed = syntax_tree(data, reader, options, source.programs)
    except PandocError:
        add_words(source, gathering)
        return
    _add_tree(parsed, reader, find, gathering, _hidden(stream, gathering) if reader == "pptx" else {})
    add_unplaced(source, gathering)
    for name in dict.fromkeys(margins):
        picture = gathering.picture(name, find(name))
        if picture is not None:
            gathering.add(
                tree.paragraph([tree.run(_("[Picture in a page header or footer]"), italic=True)], "caption")
            )
            gathering.add(picture)
    add_addresses(gathering)


def _hidden(stream: BinaryIO, gathering: Gathering) -> dict[int, int]:
    """Hidden slides, each with the number of all slides."""
    try:
        with whole_archive(stream) as archive:
            hidden, count = hidden_slides(archive)
    except DAMAGED:
        return {}
    say_hidden(hidden, gathering)
    return dict.fromkeys(hidden, count)


def _add_tree(
    parsed: dict[str, Any], reader: str, find: Find, gathering: Gathering, hidden: Mapping[int, int]
) -> None:
    def pictured(name: str, description: str, width: float | None) -> tree.Node | None:
        return gathering.picture(name, find(name), description, width)

    syntax = SyntaxReader(pictured, gathering.link)
    try:
        slides = 0
        if reader in ("docx", "epub"):
            for block in syntax.title(parsed.get("meta")):
                gathering.add(block)
        blocks = syntax.blocks(parsed["blocks"])
        if hidden:
            # Each slide has one heading; where that is not so, the sentence alone tells which are hidden.
            told = list(blocks)
            headings = sum(block.get("t") == "h" for block in told)
            hidden = {number: count for number, count in hidden.items() if count == headings}
            blocks = iter(told)
        for block in blocks:
            if reader == "pptx" and block.get("t") == "h":
                slides += 1
                if slides > 1:
                    gathering.add(tree.rule())
                if slides in hidden:
                    gathering.add(tree.heading(2, [tree.run(HIDDEN_TITLE.format(number=slides))]))
            gathering.add(block)
    finally:
        if syntax.changes:
            gathering.first(syntax.changes.sentence())


def check_archive(stream: BinaryIO) -> None:
    """Refuse what is no archive or a bomb, before anything else opens it.

    Raises:
        Refusal: it is locked.
        BrokenArchive: it is damaged.
        ArchiveTrap: it is a bomb.
    """
    try:
        with whole_archive(stream) as archive:
            check_whole(archive)
            manifest = part_root(archive, "META-INF/manifest.xml")
            if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
                raise Refusal(_("The file is locked with a password."), USE_PASSWORD)
    except (*DAMAGED, etree.XMLSyntaxError) as error:
        raise BrokenArchive(_("The file is damaged and could not be read."), NEW_COPY) from error


def unlocked(source: Source, gathering: Gathering) -> Source:
    """An encrypted document, opened with its password, as what it is inside.

    Raises:
        Refusal: it stays locked.
    """
    opened = opened_office(source, FileReading(source.media_type), always=True)
    kind = LOCKED_OOXML if opened is None else sniff(opened, source.name)
    if opened is None or kind == LOCKED_OOXML:
        raise Refusal(_("The file is locked with a password."), USE_PASSWORD)
    gathering.note(_("The original is locked with a password; its content is shown unlocked."))
    return Source(opened, source.name, kind, programs=source.programs)
