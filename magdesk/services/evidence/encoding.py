"""In which encoding a text is read: as its item says, as a person chooses, weighed by the languages of the case."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.errors import UserError
from magdesk.i18n import _
from magdesk.intake.knownencoding import CHOSEN, GUESSED, KnownEncoding
from magdesk.intake.textform import ENCODINGS
from magdesk.model import Case, Evidence
from magdesk.model.evidence import Detail

__all__ = ["ENCODINGS", "case_languages", "checked_encoding", "is_read_as_text", "known_encoding"]

_DOCUMENTS = "en"  # the language of most submissions, which says nothing of what they rest on
_MAIL = ("message/rfc822", "application/mbox")
_TABLES = ("text/csv", "text/tab-separated-values")


def is_read_as_text(media_type: str) -> bool:
    """Whether a person may choose in which encoding files of that kind are read."""
    return media_type.startswith("text/") or media_type in ("application/xhtml+xml", *_TABLES, *_MAIL)


def known_encoding(details: Iterable[Detail], languages: Iterable[str] = ()) -> KnownEncoding:
    """What an item says of its encoding: chosen by a person, else as it was guessed when it was read.

    Args:
        details: of the item.
        languages: that weigh where nothing is known.
    """
    told = {one.name: one.value for one in details if one.name in (CHOSEN, GUESSED)}
    name = told.get(CHOSEN) or told.get(GUESSED, "")
    return KnownEncoding(name, CHOSEN in told, tuple(languages))


def case_languages(case: CaseFile, own: str = "") -> tuple[str, ...]:
    """Languages in which a text of the case may be: its own, where it is told, else those of all items and papers.

    Args:
        own: the language of the item, as a BCP 47 tag.
    """
    if own:
        return (own,)
    found = {row for row in case.session.scalars(select(Evidence.language).distinct()) if row}
    papers = case.session.scalar(select(Case.language)) or ""
    found |= {papers} - {_DOCUMENTS, ""}
    return tuple(sorted(found))


def checked_encoding(name: str) -> str:
    """The code of an encoding that is known here.

    Raises:
        UserError: it is none.
    """
    for code, title in ENCODINGS.items():
        if name.strip().lower() in (code, title.lower()):
            return code
    raise UserError(
        _("“{name}” is no encoding that is known here.").format(name=name),
        _("Known are: {names}.").format(names=", ".join(ENCODINGS)),
    )
