"""What a citation needs of a piece of evidence, cleaned, and safe where a person must stay unnamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from magdesk.citations.dates import coarse
from magdesk.dates.partialdate import PartialDate
from magdesk.isolates import isolated
from magdesk.model.evidence import Access, Evidence, SourceType
from magdesk.values import clean_text


@dataclass(frozen=True, slots=True)
class CitableSource:
    """The citable data of one item.

    Attributes:
        medium: ``photograph``, ``video`` or ``audio recording`` where the bytes say so.
        confidential: whether only ``lead``, ``taken_by`` and a coarse date may be printed.
        lead: what a confidential item is and whose, e.g. ``Interview with Witness 3``.
        taken_by: the organisation that took the statement.
        on_file_with: who keeps the item.
    """

    kind: SourceType
    author: str
    title: str
    title_english: str
    publisher: str
    number: str
    published: PartialDate | None
    url: str
    archive_url: str
    accessed: date | None
    translator: str
    medium: str
    confidential: bool
    lead: str
    taken_by: str
    on_file_with: str

    @property
    def shown_title(self) -> str:
        """The original title, with the English one in brackets where they differ; the kind of item where untitled."""
        if not self.title:
            return self.title_english or (self.medium or self.kind.value.replace("_", " ")).capitalize()
        if self.title_english and self.title_english.casefold() != self.title.casefold():
            return f"{isolated(self.title)} [{self.title_english}]"
        return self.title

    @property
    def body(self) -> str:
        """Author, else publisher: who answers for it."""
        return self.author or self.publisher

    @property
    def site(self) -> str:
        """The publisher, where it is not already named as the author."""
        return self.publisher if self.publisher != self.body else ""


def source_of(item: Evidence, *, speaker: str = "", on_file_with: str = "") -> CitableSource:
    """The citable data of the item.

    A person's statement that is not open source, its translations and what came in with it included, is
    confidential: neither title, author, place, address nor day of it can reach the citation, whatever the fields
    hold. File names never do.
    """
    confidential = any(_confidential(link) for link in item.origins())
    published = item.published or (item.obtained_on if confidential else None)
    return CitableSource(
        kind=item.source_type or SourceType.UNCLASSIFIED,
        author="" if confidential else _line(item.author),
        title="" if confidential else _stop(item.title),
        title_english="" if confidential else _stop(item.title_english),
        publisher="" if confidential else _line(item.publisher),
        number="" if confidential else _line(item.document_number),
        published=coarse(published) if confidential else published,
        url="" if confidential else _address(item.url),
        archive_url="" if confidential else _address(item.archive_url),
        accessed=None if confidential or item.accessed_at is None else item.accessed_at.date(),
        translator="" if confidential else _line(item.translator),
        medium=_medium(item.media_type or ""),
        confidential=confidential,
        lead=_lead(item, _line(speaker)) if confidential else "",
        # Of what only came in with a statement, the publisher took no statement.
        taken_by=_line(item.publisher) if any(_confidential(link) for link in _chain(item)) else "",
        on_file_with=_line(on_file_with),
    )


def _chain(item: Evidence) -> Iterator[Evidence]:
    """The item and the originals it translates; a loop in the data ends it."""
    seen: list[Evidence] = []
    current: Evidence | None = item
    while current is not None and current not in seen:
        yield current
        seen.append(current)
        current = current.translation_of


def _confidential(item: Evidence) -> bool:
    of_a_person = item.source_type is SourceType.STATEMENT or item.speaker_id is not None
    return of_a_person and item.access is not Access.OPEN_SOURCE


def _lead(item: Evidence, speaker: str) -> str:
    """What the confidential item is; a translation is named after the original it translates."""
    links = list(_chain(item))
    speaker = isolated(speaker) or "a witness"
    words = {
        SourceType.STATEMENT: f"Interview with {speaker}",
        SourceType.MEDICAL_REPORT: f"Medical report on {speaker}",
        SourceType.EXPERT_REPORT: f"Expert report on {speaker}",
        SourceType.CORRESPONDENCE: f"Correspondence from {speaker}",
        SourceType.PHOTO_VIDEO: f"{_medium(links[-1].media_type or '').capitalize() or 'Recording'} from {speaker}",
    }
    other = "Statement of" if links[-1].speaker_id is not None else "Document from"
    lead = words.get(links[-1].source_type, f"{other} {speaker}")
    return f"{lead} [English translation]" if len(links) > 1 else lead


def _medium(media_type: str) -> str:
    words = {"image": "photograph", "video": "video", "audio": "audio recording"}
    return words.get(media_type.partition("/")[0], "")


def _line(text: str | None) -> str:
    return " ".join(clean_text(text or "", multiline=False).split())


def _stop(text: str | None) -> str:
    """A title without its closing full stop; an ellipsis stays."""
    line = _line(text)
    return line[:-1] if line.endswith(".") and not line.endswith("..") else line


def _address(text: str | None) -> str:
    """A web address; spaces inside end it, so it can be set as one run."""
    return "".join(clean_text(text or "", multiline=False).split())
