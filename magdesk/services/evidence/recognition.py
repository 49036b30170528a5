"""Text that a program reads off pictures of pages: of which items, in which languages, and for many at once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from magdesk.casefile import CaseFile, PageTexts
from magdesk.dossier.dossier import load_dossier
from magdesk.errors import UserError
from magdesk.i18n import _
from magdesk.model import Evidence
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.services.evidence.rereading import HOW_TO_GET, recognition_languages, reread
from magdesk.services.evidence.scans import is_scan, recognised_pages

_ASKED = re.compile(r"[\s,+;]+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What came of one item.

    Attributes:
        found: whether any text was recognised.
    """

    id: uuid.UUID
    name: str
    found: bool


def asked_languages(text: str) -> tuple[str, ...]:
    """Languages as a person types them: ``eng+rus`` or ``eng, rus``.

    Raises:
        UserError: none is named, or one is not there.
    """
    there = recognition_languages()
    asked = tuple(dict.fromkeys(filter(None, _ASKED.split(text.strip().lower()))))
    if not there:
        raise UserError(_("No program that recognizes text is here."), HOW_TO_GET)
    missing = [name for name in asked if name not in there]
    if missing or not asked:
        raise UserError(
            _("Text cannot be recognized in: {names}.").format(names=", ".join(missing) or "–"),
            _("Here are: {names}. Others come with the program “tesseract”.").format(names=", ".join(there)),
        )
    return asked


def scans(case: CaseFile) -> list[uuid.UUID]:
    """Every item whose pages or pictures hold text that was not read yet, in the user's order."""
    rows = case.session.scalars(select(Evidence).order_by(Evidence.rank, Evidence.id))
    return [
        row.id
        for row in rows
        if row.sha256 and is_scan(row.media_type, row.text_layer, row.details) and not recognised_pages(row.details)
    ]


def page_texts(case: CaseFile, key: uuid.UUID) -> list[tuple[int, str]]:
    """The text of each page of an item as it was read; in the thread that owns the case."""
    return list(PageTexts(case.session).pages(key).items())


def named_items(case: CaseFile, names: Sequence[str]) -> list[uuid.UUID]:
    """Items by exhibit number, file name, title, or the beginning of their SHA-256.

    Raises:
        UserError: a name fits none, or more than one.
    """
    numbers = {str(number): key for key, number in load_dossier(case.session).exhibit_numbers.items()}
    rows = case.session.scalars(select(Evidence)).all()
    found: dict[uuid.UUID, None] = {}
    for name in names:
        typed = name.strip()
        fitting = {numbers[typed]} if typed in numbers else set()
        fitting = fitting or {row.id for row in rows if typed.casefold() in _names(row)}
        fitting = fitting or {row.id for row in rows if len(typed) >= 6 and row.sha256.startswith(typed.lower())}
        if len(fitting) != 1:
            raise UserError(
                _("More than one item is called “{name}”.").format(name=name)
                if fitting
                else _("No item is called “{name}”.").format(name=name),
                _("Name it by its number in the list of exhibits, its file name, or the beginning of its SHA-256."),
            )
        found.setdefault(fitting.pop())
    return list(found)


def _names(row: Evidence) -> set[str]:
    return {name.casefold() for name in (row.file_name, row.title) if name}


def recognise(
    case: CaseFile,
    keys: Sequence[uuid.UUID],
    languages: tuple[str, ...],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> list[Recognised]:
    """Read the items again, with the text of their pictures; a step of the journal for each.

    Runs in the thread that owns the case, or inside ``case.writer_lane()``.

    Raises:
        UserError: a language is not there.
        Cancelled: the user stopped it; the items that were done stay so.
    """
    rows = [case.session.get(Evidence, key) for key in keys]
    pages = [max(row.pages or 1, 1) if row is not None else 0 for row in rows]
    whole, before = sum(pages), 0
    done: list[Recognised] = []
    for key, count in zip(keys, pages, strict=True):
        if cancel is not None:
            cancel.check()
        row = case.session.get(Evidence, key)
        if row is not None and row.sha256:  # else deleted while others were read
            name = row.title or row.file_name
            progress(before, whole, name)
            row = reread(
                case, key, ocr=languages, cancel=cancel, on_page=partial(_tell, progress, before, whole, name)
            )
            done.append(Recognised(key, name, bool(recognised_pages(row.details))))
        before += count
    progress(whole, whole, "")
    return done


def _tell(progress: Progress, before: int, whole: int, name: str, page: int) -> None:
    progress(min(before + page, whole), whole, name)
