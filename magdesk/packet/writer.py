"""Writes the bundle: index, then each exhibit's cover sheet and pages, stamped, labelled, bookmarked and linked."""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import pikepdf

import magdesk
from magdesk.document.exhibits import ExhibitPlace
from magdesk.errors import ExportError, MagdeskError, ProgramFault, fault_places
from magdesk.intake.foreign import Damaged, foreign, program_fault
from magdesk.packet.converters import Pages
from magdesk.packet.destinations import Destination
from magdesk.packet.layers import carry_layers
from magdesk.packet.links import PageLink
from magdesk.packet.outline import Bookmark, masked, write_outline
from magdesk.packet.pagecopy import Stamper, strip_sides
from magdesk.packet.plan import BundlePlan, PlannedExhibit, fault_said, named_fault
from magdesk.packet.roman import roman
from magdesk.packet.sourcepdf import PIKEPDF, SourcePages, open_pdf, take_pages
from magdesk.packet.stamp import Stamp
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.values import clean_text

BUNDLE_NAME = "03-exhibits.pdf"
_BLANK_LINE = 76  # letters of a sentence on a page that stands for another
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BundleWords:
    """The words the bundle prints itself; a packet template may replace them.

    Attributes:
        exhibit: with ``{number}``.
        page: with ``{page}`` and ``{pages}``.
        cover: said of a cover sheet.
        slip: said of a slip sheet.
        index: said of the pages of the exhibit list.
        bookmark: with ``{number}`` and ``{title}``.
        converted: said of pages whose look is ours.
        draft: said first on each page of a draft.
    """

    exhibit: str = "Exhibit {number}"
    page: str = "page {page} of {pages}"
    cover: str = "cover sheet"
    slip: str = "slip sheet"
    index: str = "List of exhibits"
    bookmark: str = "Exhibit {number}: {title}"
    converted: str = "converted view"
    draft: str = "DRAFT"

    def place(self, number: int, what: str) -> str:
        """What the stamp says before the Bates number."""
        return f"{self.exhibit.format(number=number)} · {what}"


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """What goes into the bundle's own metadata.

    Attributes:
        author: the submitting organisation, never a user's name.
        day: the only date in it.
        draft: whether each stamp begins with the mark of a draft.
    """

    title: str
    author: str
    day: date
    lang: str = "en"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class BundleInfo:
    """What was written.

    Attributes:
        problems: exhibits whose pages could not be copied although they could be read when the bundle was planned;
            pages that say so stand in their place.
        faults: numbers of the exhibits of a draft whose pages this program itself failed to copy; likewise.
    """

    pages: int
    problems: tuple[str, ...] = ()
    faults: tuple[int, ...] = ()


def write_bundle(
    plan: BundlePlan,
    *,
    covers: BinaryIO | None,
    index: BinaryIO | None,
    out: BinaryIO,
    facts: BundleFacts,
    words: BundleWords | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BundleInfo:
    """Write the bundle.

    Args:
        covers: a PDF with exactly one page per exhibit of the plan, in its order. None when there are none.
        index: the exhibit list as a PDF with exactly ``plan.index_pages`` pages; its links to pages of
            ``03-exhibits.pdf`` become links inside the bundle. None when the plan has no index pages.
        out: seekable and writable.

    Raises:
        ExportError: covers or index do not have the pages that the plan counts with.
        ProgramFault: our own code failed over an exhibit, which the message names; never for a draft.
        Cancelled: ``cancel`` was set.
    """
    with plan.converter, pikepdf.new() as made:
        writer = _BundleWriter(plan, words or BundleWords(), made, progress, cancel, draft=facts.draft)
        writer.add_index(index)
        writer.add_exhibits(covers)
        writer.finish(out, facts)
        return BundleInfo(plan.total, tuple(writer.problems), tuple(writer.faults))


class _BundleWriter:
    def __init__(
        self,
        plan: BundlePlan,
        words: BundleWords,
        bundle: pikepdf.Pdf,
        progress: Progress,
        cancel: CancelToken | None,
        *,
        draft: bool,
    ) -> None:
        self.problems: list[str] = []
        self.faults: list[int] = []
        self._draft = draft
        self._plan, self._words, self._bundle = plan, words, bundle
        self._progress, self._cancel = progress, cancel
        self._mark = f"{self._words.draft} · " if draft else ""
        self._stamper = Stamper(self._bundle)
        self._pages: list[pikepdf.Object] = []
        self._labels: list[str] = []
        self._links: list[tuple[int, tuple[PageLink, ...]]] = []
        self._bookmarks: list[Bookmark] = []

    def add_index(self, index: BinaryIO | None) -> None:
        """The exhibit list in front, numbered in roman."""
        if index is None:
            if self._plan.index_pages:
                raise ExportError(
                    "The exhibit list is missing from the bundle.",
                    "This is an error in the program; please report it.",
                )
            return
        with self._own(index, self._plan.index_pages, "exhibit list") as source:
            for page, links in zip(source.pages, source.links, strict=True):
                self._add(page, links, Stamp(self._words.index, roman(len(self._pages) + 1)))
        if self._pages:
            self._bookmarks.append(Bookmark(self._words.index, Destination(0)))

    def add_exhibits(self, covers: BinaryIO | None) -> None:
        """Each exhibit: its cover or slip sheet, then its pages."""
        if covers is None:
            if self._plan.exhibits:
                raise ExportError(
                    "The cover sheets are missing.", "This is an error in the program; please report it."
                )
            return
        count = len(self._plan.exhibits)
        with self._own(covers, count, "cover sheets") as sheets:
            for index, exhibit in enumerate(self._plan.exhibits):
                self._check()
                self._progress(index, count, self._words.exhibit.format(number=exhibit.item.number))
                self._add_exhibit(exhibit, sheets.pages[index], sheets.links[index])
        self._progress(count, count)

    def _add_exhibit(self, exhibit: PlannedExhibit, sheet: pikepdf.Object, links: tuple[PageLink, ...]) -> None:
        place = self._plan.place(exhibit)
        kind = self._words.slip if place.reason else self._words.cover
        self._add(sheet, links, Stamp(self._words.place(place.number, kind), place.cover_bates))
        title = clean_text(exhibit.item.title, multiline=False)
        text = self._words.bookmark if title else self._words.exhibit
        children = self._add_pages(exhibit, place) if exhibit.count else ()
        target = Destination(place.cover_page - 1)
        self._bookmarks.append(
            Bookmark(text.format(number=place.number, title=title), target, masked(children, self._plan.mask))
        )

    def finish(self, out: BinaryIO, facts: BundleFacts) -> None:
        """Links, bookmarks, labels and metadata, then the file."""
        for page, links in self._links:
            made = [link.annotation(self._pages) for link in links]
            self._pages[page].Annots = pikepdf.Array([item for item in made if item is not None])
        write_outline(self._bundle, self._bookmarks, self._pages)
        strip_sides(self._bundle)
        root = self._bundle.Root
        labels = pikepdf.Array()
        for index, label in enumerate(self._labels):
            labels.append(index)
            labels.append(pikepdf.Dictionary(P=pikepdf.String(label)))
        root.PageLabels = pikepdf.Dictionary(Nums=labels)
        root.PageMode = pikepdf.Name.UseOutlines
        root.Lang = pikepdf.String(facts.lang)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        self._describe(facts)
        self._check()
        self._bundle.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            # The streams of the exhibits go over byte for byte.
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            min_version="1.7",
            progress=lambda _percent: self._check(),
        )

    def _add_pages(self, exhibit: PlannedExhibit, place: ExhibitPlace) -> tuple[Bookmark, ...]:
        assert isinstance(exhibit.pages, Pages)
        suffix = f" · {self._words.converted}" if exhibit.pages.converted else ""
        stamps = [
            Stamp(
                self._words.place(place.number, self._words.page.format(page=own + 1, pages=exhibit.count) + suffix),
                place.bates[own],
            )
            for own in range(exhibit.count)
        ]
        first = len(self._pages)
        try:
            return self._copied(exhibit, stamps)
        except ProgramFault as fault:
            self._plan.originals.check()
            if not self._draft:
                raise named_fault(place.number, fault) from fault
            self._back_to(first)
            self.faults.append(place.number)
            said = fault_said(exhibit.item, exhibit.native)
        except (Damaged, RecursionError) as error:
            self._plan.originals.check()
            self._back_to(first)
            _log.warning("exhibit %s: pages not copied (%s)", exhibit.item.evidence_id, type(error).__name__)
            self.problems.append(f"The pages of exhibit {place.number} could not be copied into the bundle.")
            said = "This page of the original could not be copied."
        for stamp in stamps:
            self._add(_blank(self._bundle, said), (), stamp)
        return ()

    def _copied(self, exhibit: PlannedExhibit, stamps: list[Stamp]) -> tuple[Bookmark, ...]:
        """Its pages, stamped; the bookmarks that lead into them.

        Raises:
            Damaged: they cannot be read.
            ProgramFault: our own code failed over them.
        """
        assert isinstance(exhibit.pages, Pages)
        first = len(self._pages)
        try:
            with foreign("pikepdf", *PIKEPDF), self._source(exhibit.pages) as source:
                self._bundle.pages.extend(pikepdf.Page(page) for page in source.pages)
                for own, page in enumerate(list(self._bundle.pages[first:])):
                    self._check()
                    self._stand(page.obj, source.links[own], stamps[own])
                return source.bookmarks
        except (MagdeskError, MemoryError, RecursionError):
            raise
        except Exception as error:
            raise program_fault(fault_places(error)) from error

    @contextmanager
    def _source(self, pages: Pages) -> Iterator[SourcePages]:
        """An exhibit's pages. Copying a page takes its streams along, so the source is let go right after."""
        with pages.open() as stream, open_pdf(stream, pages.password) as pdf:
            source = take_pages(pdf, len(self._pages))
            if len(source.pages) != pages.count:
                raise ValueError("another number of pages than before")
            carry_layers(pdf, self._bundle)
            yield source

    @contextmanager
    def _own(self, stream: BinaryIO, pages: int, what: str) -> Iterator[SourcePages]:
        """The pages of a document of ours."""
        with open_pdf(stream) as pdf:
            source = take_pages(pdf, bundle_name=BUNDLE_NAME)
            if len(source.pages) != pages:
                raise ExportError(
                    f"The {what} came out with {len(source.pages)} pages instead of {pages}.",
                    "Shorten the longest exhibit titles and export again.",
                )
            yield source

    def _add(self, page: pikepdf.Object, links: tuple[PageLink, ...], stamp: Stamp) -> None:
        self._bundle.pages.append(pikepdf.Page(page))
        self._stand(self._bundle.pages[len(self._pages)].obj, links, stamp)

    def _stand(self, page: pikepdf.Object, links: tuple[PageLink, ...], stamp: Stamp) -> None:
        """Stamp a page that is already in the bundle and keep what is written at the end."""
        self._stamper.stamp(page, Stamp(self._mark + stamp.place, stamp.number) if self._mark else stamp)
        if links:
            self._links.append((len(self._pages), links))
        self._pages.append(page)
        self._labels.append(stamp.number)

    def _back_to(self, count: int) -> None:
        """Take pages out again."""
        del self._bundle.pages[count:]
        del self._pages[count:], self._labels[count:]
        self._links = [kept for kept in self._links if kept[0] < count]

    def _describe(self, facts: BundleFacts) -> None:
        info = self._bundle.docinfo
        day = facts.day.strftime("D:%Y%m%d000000Z")
        info["/Title"] = pikepdf.String(clean_text(facts.title, multiline=False))
        info["/Author"] = pikepdf.String(clean_text(facts.author, multiline=False))
        info["/Producer"] = pikepdf.String(f"MagDesk {magdesk.__version__}")
        info["/CreationDate"] = info["/ModDate"] = pikepdf.String(day)

    def _check(self) -> None:
        if self._cancel is not None:
            self._cancel.check()


def _blank(bundle: pikepdf.Pdf, said: str) -> pikepdf.Object:
    """A page that says why the page it stands for is not there.

    Args:
        said: words of ours, which the standard font can show.
    """
    lines = " T* ".join(f"({line}) Tj" for line in textwrap.wrap(said, _BLANK_LINE))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, 612, 792]),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
        Contents=bundle.make_stream(f"BT /F 12 Tf 16 TL 72 400 Td {lines} ET".encode("cp1252", "replace")),
    )
