"""A PDF lends its own pages."""

from __future__ import annotations

import logging

import pikepdf

from magdesk.i18n import _, ngettext
from magdesk.intake.conversion.refusal import NEW_COPY, OPEN_ORIGINAL, USE_PASSWORD, WHOLE_COPY
from magdesk.intake.foreign import Damaged, foreign
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.sourcepdf import PIKEPDF, Traits, open_pdf, take_pages, traits_of

_log = logging.getLogger(__name__)


def convert_pdf(item: ExhibitInput) -> Pages | NoPages:
    """The PDF's pages, after a rehearsal of what the bundle will do with them where that can fail."""
    if not item.size:
        return NoPages(_("The file is empty."), WHOLE_COPY)
    with item.open() as stream:
        try:
            with foreign("pikepdf", *PIKEPDF), open_pdf(stream, item.password) as pdf:
                count = len(pdf.pages)
                traits = traits_of(pdf)
                unlocked = bool(item.password) and pdf.is_encrypted
                if traits.dynamic_form:
                    return NoPages(
                        _("The PDF is a dynamic form (XFA) whose pages only Adobe's software can draw."),
                        OPEN_ORIGINAL,
                    )
                if traits.annotated:
                    take_pages(pdf)
        except Damaged as damage:
            if isinstance(damage.__cause__, pikepdf.PasswordError):
                return NoPages(_("The PDF is locked with a password."), USE_PASSWORD)
            _log.info("exhibit %s: pdf not readable (%s)", item.evidence_id, damage.reason)
            return NoPages(_("The PDF is damaged and could not be read."), NEW_COPY)
    if not count:
        return NoPages(_("The PDF has no pages."), WHOLE_COPY)
    notes = (_("The original is locked with a password; its pages are shown unlocked."),) if unlocked else ()
    return Pages(
        count,
        item.open,
        notes=(*notes, *_notes(traits)),
        native=bool(traits.files or traits.media or traits.signed),
        password=item.password if unlocked else "",
    )


def _notes(traits: Traits) -> tuple[str, ...]:
    notes: list[str] = []
    if traits.repaired:
        notes.append(_("The PDF is damaged; its pages are shown as far as they could be repaired."))
    if traits.signed:
        notes.append(_("The original carries a digital signature, which does not survive in a stamped copy."))
    if traits.files:
        notes.append(
            ngettext(
                "The original carries {count} embedded file, which is not in the pages.",
                "The original carries {count} embedded files, which are not in the pages.",
                traits.files,
            ).format(count=traits.files)
        )
    if traits.media:
        notes.append(
            ngettext(
                "The original carries {count} embedded recording or model, which is not in the pages.",
                "The original carries {count} embedded recordings or models, which are not in the pages.",
                traits.media,
            ).format(count=traits.media)
        )
    if traits.scripted:
        notes.append(_("The original carries scripts or automatic actions, which were removed from the pages."))
    if traits.comments:
        notes.append(
            ngettext(
                "The original carries {count} comment whose text is not printed on the page.",
                "The original carries {count} comments whose text is not printed on the page.",
                traits.comments,
            ).format(count=traits.comments)
        )
    return tuple(notes)
