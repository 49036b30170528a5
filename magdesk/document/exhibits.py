"""Where each exhibit stands in the bundle: what builders need to print and link a reference. Values only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExhibitPlace:
    """The pages of one exhibit in the bundle.

    Attributes:
        number: exhibit number, from 1.
        cover_page: page of its cover or slip sheet in the bundle file, from 1.
        first_page: page of its own page 1 in the bundle file; 0 when it has no pages there.
        pages: how many own pages it has in the bundle.
        cover_bates: Bates number of the cover sheet, as stamped.
        bates: Bates numbers of its own pages, as stamped, in order.
        native: name of the file in ``04-native``; empty when there is none.
        reason: why it has no pages, in a sentence; empty when it has.
        notes: what the pages do not show of the original, in sentences for the cover sheet.
    """

    number: int
    evidence_id: uuid.UUID
    cover_page: int
    first_page: int
    pages: int
    cover_bates: str
    bates: tuple[str, ...]
    native: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()

    def bundle_page(self, own_page: int) -> int:
        """The bundle page of the exhibit's own page; its cover sheet when there is no such page."""
        return self.first_page + own_page - 1 if 1 <= own_page <= self.pages else self.cover_page

    def bates_of(self, own_page: int) -> str:
        """The Bates number of the exhibit's own page; its cover sheet's when there is no such page."""
        return self.bates[own_page - 1] if 1 <= own_page <= self.pages else self.cover_bates


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What the sheet in front of one exhibit needs beyond the case.

    Attributes:
        place: where the exhibit stands; its Bates numbers are printed on the sheet.
        note: anything else to say about how it was produced, in a sentence (``Converted from e-mail.``).
        bare: leave out title and source, which may be of any height in some scripts; for a sheet that would not fit.
    """

    place: ExhibitPlace
    note: str = ""
    bare: bool = False


ExhibitMap = dict[uuid.UUID, ExhibitPlace]
