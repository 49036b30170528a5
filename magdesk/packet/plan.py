"""Plans the bundle: what each exhibit becomes, which page it stands on, which Bates number each page gets."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from magdesk.document.exhibits import ExhibitMap, ExhibitPlace
from magdesk.errors import MagdeskError, ProgramFault, UserError, fault_places
from magdesk.i18n import _
from magdesk.intake.conversion import DocumentConverter
from magdesk.intake.foreign import program_fault
from magdesk.packet.bates import BatesSeries
from magdesk.packet.converters import NoPages, Pages, convert, needs_worker
from magdesk.packet.exhibits import ExhibitInput, native_name
from magdesk.packet.originals import Originals
from magdesk.progress import CancelToken, Progress, no_progress


@dataclass(frozen=True, slots=True)
class PlannedExhibit:
    """One exhibit of the bundle.

    Attributes:
        pages: its pages, or why it has none.
        first_offset: offset of its cover sheet in the Bates series.
    """

    item: ExhibitInput
    pages: Pages | NoPages
    first_offset: int

    @property
    def count(self) -> int:
        """How many own pages it has, without its cover sheet."""
        return self.pages.count if isinstance(self.pages, Pages) else 0

    @property
    def native(self) -> str:
        """Name of its file in ``04-native``; empty when it needs none, or must not be delivered."""
        return native_name(self.item) if self._wanted and not self.item.withheld else ""

    @property
    def withheld(self) -> bool:
        """Whether a file that the packet would hold is kept back."""
        return self._wanted and self.item.withheld

    @property
    def _wanted(self) -> bool:
        return isinstance(self.pages, NoPages) or self.pages.native


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """What the bundle will be. Bates numbers do not depend on the length of the index, page numbers do.

    Attributes:
        exhibits: in the order of the bundle.
        series: the Bates series.
        index_pages: pages of the exhibit list in front.
        originals: what they are read through.
        converter: the process that takes documents and pictures apart, again when the bundle is written.
        mask: takes protected names out of what an original says in bookmarks and of what is said about it.
    """

    exhibits: tuple[PlannedExhibit, ...]
    series: BatesSeries
    index_pages: int = 0
    originals: Originals = field(default_factory=Originals, repr=False, compare=False)
    converter: DocumentConverter = field(default_factory=DocumentConverter, repr=False, compare=False)
    mask: Callable[[str], str] = field(default=str, repr=False, compare=False)

    @property
    def total(self) -> int:
        """All pages of the bundle file."""
        return self.index_pages + sum(1 + exhibit.count for exhibit in self.exhibits)

    @property
    def places(self) -> ExhibitMap:
        """Where each exhibit stands, for the builders of documents."""
        return {exhibit.item.evidence_id: self.place(exhibit) for exhibit in self.exhibits}

    def place(self, exhibit: PlannedExhibit) -> ExhibitPlace:
        """Where one exhibit of the plan stands."""
        cover = self.index_pages + exhibit.first_offset + 1
        pages = exhibit.pages
        shown = pages.notes if isinstance(pages, Pages) else ()
        return ExhibitPlace(
            number=exhibit.item.number,
            evidence_id=exhibit.item.evidence_id,
            cover_page=cover,
            first_page=cover + 1 if exhibit.count else 0,
            pages=exhibit.count,
            cover_bates=self.series.label(exhibit.first_offset),
            bates=tuple(self.series.label(exhibit.first_offset + own + 1) for own in range(exhibit.count)),
            native=exhibit.native,
            reason=self.mask(f"{pages.reason} {pages.todo}".strip()) if isinstance(pages, NoPages) else "",
            notes=tuple(self.mask(note) for note in (*shown, withheld_note(exhibit)) if note),
        )

    @property
    def faults(self) -> tuple[int, ...]:
        """Numbers of the exhibits that have no pages because this program itself failed over them."""
        return tuple(
            exhibit.item.number
            for exhibit in self.exhibits
            if isinstance(exhibit.pages, NoPages) and exhibit.pages.fault
        )

    def with_index(self, pages: int) -> BundlePlan:
        """The same bundle behind an index of so many pages."""
        return replace(self, index_pages=pages)


def withheld_note(exhibit: PlannedExhibit) -> str:
    """What is said of an original that is kept back; empty where it is not."""
    return _("The original file is withheld: it could show who is speaking in it.") if exhibit.withheld else ""


def fault_said(item: ExhibitInput, native: str) -> str:
    """What stands in the place of a page that this program failed to make; nothing is said of the exhibit.

    Args:
        native: name of its file in the packet; empty when it is not delivered.
    """
    failed = _("MagDesk could not make this page because of an error in the program; {native}.")
    if native:
        return failed.format(native=_("the native is {name}").format(name=native))
    if item.withheld:
        return failed.format(native=_("the native is withheld"))
    return failed.format(native=_("the native is kept in the case file"))


def named_fault(number: int, fault: ProgramFault) -> ProgramFault:
    """The same fault with the number of the exhibit over which it came about."""
    told = _("Exhibit {number}: {message}").format(number=number, message=fault.message)
    return ProgramFault(told, fault.hint, places=fault.places)


def plan_bundle(
    inputs: Sequence[ExhibitInput],
    *,
    bates_prefix: str,
    bates_start: int = 1,
    bates_digits: int = 6,
    index_pages: int = 0,
    mask: Callable[[str], str] = str,
    draft: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BundlePlan:
    """Look at each exhibit once and decide what it becomes.

    The exhibit list is rendered from ``plan.places`` and goes in front of the bundle, so its length moves the
    page numbers: render it, then take ``plan.with_index(pages)`` and render it again.

    Args:
        inputs: the exhibits in the order of the bundle.
        mask: takes protected names out of what an original says in bookmarks and of what is said about it.
        draft: where our own code fails over an exhibit, say so on its slip sheet and go on.

    Raises:
        UserError: two exhibits share a number or a key; a Bates number cannot be made.
        ProgramFault: our own code failed over an exhibit, which the message names; never for a draft.
        CaseFileError: an original cannot be read from the case file.
        WorkerCannotStart: what takes documents apart does not start; nothing was converted yet.
        Cancelled: ``cancel`` was set.
    """
    series = BatesSeries(bates_prefix, bates_digits, bates_start)
    _check_unique(inputs)
    planned: list[PlannedExhibit] = []
    originals = Originals()
    offset = 0
    with DocumentConverter() as converter:
        if any(needs_worker(item) for item in inputs):
            converter.check()
        for index, item in enumerate(inputs):
            if cancel is not None:
                cancel.check()
            progress(index, len(inputs), f"Exhibit {item.number}")
            watched = replace(item, open=partial(originals.open, item.open, item.size))
            try:
                pages = _converted(watched, converter, originals)
            except ProgramFault as fault:
                if not draft:
                    raise named_fault(item.number, fault) from fault
                delivered = "" if item.withheld else native_name(item)
                pages = NoPages(fault_said(item, delivered), "", fault=True)
            exhibit = PlannedExhibit(watched, pages, offset)
            planned.append(exhibit)
            offset += 1 + exhibit.count
    if offset:
        series.label(offset - 1)
    progress(len(inputs), len(inputs))
    return BundlePlan(tuple(planned), series, index_pages, originals, converter, mask)


def _converted(item: ExhibitInput, converter: DocumentConverter, originals: Originals) -> Pages | NoPages:
    """Its pages.

    Raises:
        ProgramFault: our own code failed over it, here or in the process that takes it apart.
        CaseFileError: it cannot be read from the case file.
    """
    try:
        pages = convert(item, converter)
    except MagdeskError:
        raise
    except Exception as error:
        originals.check()
        raise program_fault(fault_places(error)) from error
    originals.check()
    return pages


def _check_unique(inputs: Sequence[ExhibitInput]) -> None:
    numbers: set[int] = set()
    keys: set[uuid.UUID] = set()
    for item in inputs:
        if item.number in numbers or item.evidence_id in keys:
            raise UserError(f"Exhibit {item.number} appears twice in the bundle.", "Number each exhibit once.")
        numbers.add(item.number)
        keys.add(item.evidence_id)
