"""What intake learns about a file. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field

from magdesk.dates.partialdate import PartialDate

FOLDER_BESIDE = "Folder beside it"
"""Name of the detail of a saved page that names the folder in which its pictures lie."""


@dataclass(frozen=True, slots=True)
class FileDetail:
    """One statement a file makes about itself. A claim, not a proof.

    Attributes:
        section: what kind of statement: ``document``, ``camera``, ``position``, ``mail``, ``web``, ``media``,
            ``attachment``, ``archive``; ``reading`` for what this program guessed or did while reading.
        name: which datum, e.g. ``Producer``.
        value: what it says.
    """

    section: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What could be read from a file, honestly.

    Attributes:
        media_type: true type by content (RFC 6838).
        pages: page count, where the file has pages.
        width: pixels.
        height: pixels.
        duration: seconds.
        text: text of each part that has any: (page from 1, text); page 0 where there are no pages. Slides and
            sheets count as pages here.
        text_layer: whether any text could be read; text that was only recognised in a picture does not count.
        created: date the file says it was made; a claim, not a proof.
        note: what could not be read and why, in a sentence or two; empty when all went well.
        details: what the file says of itself.
        language: ISO 639-1 code of the language the text seems to be in; a guess; empty when there is none.
        locked: whether a password is needed to read it.
        attached: names of the files inside this one.
        fault: what of this program failed over it, and where in its code; empty when nothing did.
    """

    media_type: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    text: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    text_layer: bool = False
    created: PartialDate | None = None
    note: str = ""
    details: tuple[FileDetail, ...] = field(default=(), repr=False)
    language: str = ""
    locked: bool = False
    attached: tuple[str, ...] = ()
    fault: str = ""
