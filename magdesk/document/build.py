"""The public face of the package: from a case to finished block trees, ready to be rendered.

Each document goes through the same passes: section numbers, footnotes, names, and last the search for
protected names that someone typed in words.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from magdesk.document.blocks import Block, Document
from magdesk.document.citing import Citing
from magdesk.document.context import Brief, BuildOptions, MissingLabel, fill
from magdesk.document.cover_sheets import cover_sheets
from magdesk.document.exhibit_list import exhibit_list
from magdesk.document.exhibits import CoverSheet, ExhibitMap
from magdesk.document.letters import letter, letter_words
from magdesk.document.mask import Mask
from magdesk.document.memo import annex, submission
from magdesk.document.numbering import number_sections
from magdesk.document.summary import PAGES
from magdesk.document.titles import clip, exhibit_title, speaker
from magdesk.dossier.dossier import Dossier
from magdesk.isolates import without_isolates
from magdesk.model.drafting import Recipient
from magdesk.model.evidence import Evidence
from magdesk.regimes.regime import Law, OutlineSection

__all__ = [
    "SHORTER", "BuildOptions", "CoverSheet", "MissingLabel", "Transmittal", "annexes", "build_annex",
    "build_cover_sheets", "build_exhibit_list", "build_letter", "build_submission", "build_transmittal",
    "exhibit_title", "exhibit_titles", "is_one_page", "protected_mask",
]  # fmt: skip

_RUNNING_HEAD = 90
SHORTER = len(PAGES)
"""How many steps there are from a full page to a bare one."""


@dataclass(frozen=True, slots=True)
class Transmittal:
    """Subject and text of the e-mail that a packet is sent with."""

    subject: str
    body: str


def build_submission(dossier: Dossier, law: Law, exhibits: ExhibitMap, options: BuildOptions) -> Document:
    """The submission itself.

    Raises:
        RegimeError: the packet template lacks a label or asks for an unknown part; it names which.
    """
    brief = Brief(dossier, law, exhibits, options)
    blocks = number_sections(brief, submission(brief))
    return _document(brief, brief.case_title, blocks, cover=True)


def build_letter(dossier: Dossier, law: Law, recipient: Recipient, options: BuildOptions) -> Document:
    """The cover letter to one recipient.

    Raises:
        UserError: the recipient's letter is not in the packet template.
        RegimeError: as :func:`build_submission`.
    """
    brief = Brief(dossier, law, {}, options)
    template = brief.packet.letter(recipient.letter)
    office = recipient.office.strip() or (template.office if template else "")
    return _document(brief, brief.label("letter_title", office=office), letter(brief, recipient), head=False)


def build_exhibit_list(dossier: Dossier, law: Law, exhibits: ExhibitMap, options: BuildOptions) -> Document:
    """The list of exhibits.

    Raises:
        RegimeError: as :func:`build_submission`.
    """
    brief = Brief(dossier, law, exhibits, options)
    return _document(brief, brief.label("exhibit_list"), exhibit_list(brief))


def build_annex(
    dossier: Dossier, law: Law, exhibits: ExhibitMap, options: BuildOptions, section: OutlineSection, step: int = 0
) -> Document:
    """A part of the submission that is filed as a document of its own.

    Args:
        section: the annex, as the packet template has it.
        step: how much shorter than in full, for a part that has to fit one page; see :data:`SHORTER`.

    Raises:
        RegimeError: as :func:`build_submission`.
    """
    brief = Brief(dossier, law, exhibits, options)
    blocks = number_sections(brief, annex(brief, section, PAGES[step]), numbered=False)
    return _document(brief, section.heading, blocks, head=not is_one_page(section))


def is_one_page(section: OutlineSection) -> bool:
    """Whether a part has to fit one page."""
    return section.content == "glance"


def annexes(dossier: Dossier, law: Law) -> tuple[OutlineSection, ...]:
    """What is filed beside the submission."""
    return Brief(dossier, law, {}, BuildOptions(date.min, draft=False)).annexes


def build_cover_sheets(dossier: Dossier, law: Law, items: Sequence[CoverSheet], options: BuildOptions) -> Document:
    """The sheets in front of the exhibits: exactly one page for each item, in the given order.

    Raises:
        RegimeError: as :func:`build_submission`.
    """
    brief = Brief(dossier, law, {item.place.evidence_id: item.place for item in items}, options)
    return _document(brief, brief.label("exhibits_title"), cover_sheets(brief, items), head=False, page_numbers=False)


def build_transmittal(dossier: Dossier, law: Law, recipient: Recipient, options: BuildOptions) -> Transmittal:
    """The e-mail that goes with the packet to one recipient."""
    brief = Brief(dossier, law, {}, options)
    values = letter_words(brief, recipient, brief.packet.letter(recipient.letter))
    mask = protected_mask(dossier, law)
    words = brief.packet.transmittal
    return Transmittal(mask.text(fill(words.subject, values)), mask.text(fill(words.body, values)))


def exhibit_titles(dossier: Dossier, law: Law) -> dict[uuid.UUID, str]:
    """One line for each exhibit, for bookmarks and manifests: nothing in it names a protected party."""
    brief = Brief(dossier, law, {}, BuildOptions(date.min, draft=False))
    mask = protected_mask(dossier, law)

    def title(item: Evidence) -> str:
        return clip(mask.text(without_isolates(exhibit_title(item, speaker(brief, item)))), 200)

    return {item.id: title(item) for item in dossier.exhibits}


def protected_mask(dossier: Dossier, law: Law) -> Mask:
    """What finds the names of protected parties in any text of a packet and puts pseudonyms in their place."""
    brief = Brief(dossier, law, {}, BuildOptions(date.min, draft=False))
    return Mask(dossier, brief.label("protected_person"), brief.label("hidden_organisation"))


def _document(
    brief: Brief,
    title: str,
    blocks: tuple[Block, ...],
    *,
    head: bool = True,
    cover: bool = False,
    page_numbers: bool = True,
) -> Document:
    mask = Mask(brief.dossier, brief.label("protected_person"), brief.label("hidden_organisation"))
    named = brief.naming.place_names(Citing(brief).apply(blocks))
    shown = clip(mask.text(brief.case_title), _RUNNING_HEAD)
    return Document(
        title=mask.text(without_isolates(title)),
        blocks=mask.apply(named),
        lang=brief.dossier.case.language or "en",
        banner=mask.text(brief.banner),
        running_head=shown if head else "",
        draft=brief.options.draft,
        author=mask.text(brief.author),
        date=brief.options.date.isoformat(),
        page_numbers=page_numbers,
        cover=cover,
        paper=brief.packet.paper,
    )
