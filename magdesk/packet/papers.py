"""What one paper of a packet must be, told so that another process can check it."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Self

import pikepdf

from magdesk.intake.archive import ArchiveTrap, check_whole
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.pdfannotations import page_annotations
from magdesk.packet.bates import BatesSeries
from magdesk.packet.bundlecheck import ExpectedBundle, ExpectedPage, check_bundle, index_page
from magdesk.packet.links import remote_file, remote_page
from magdesk.packet.sourcepdf import PIKEPDF
from magdesk.packet.writer import BUNDLE_NAME

_DOCX_LINK = re.compile(rb'Target="' + re.escape(BUNDLE_NAME.encode("ascii")) + rb'#page=(\d+)"')
_MEMBER = 64 << 20  # bytes of one part of a Word document


class PaperKind(StrEnum):
    """How a paper is checked."""

    BUNDLE = "bundle"
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class BundleCounts:
    """What a manifest says of its bundle.

    Attributes:
        prefix, digits, start: of the Bates numbers.
        index_pages: of the list of exhibits in front.
        exhibits: number of each exhibit and of its pages, in order.
    """

    prefix: str
    digits: int
    start: int
    index_pages: int
    exhibits: tuple[tuple[int, int], ...]

    def expected(self) -> ExpectedBundle:
        """The bundle, page by page.

        Raises:
            UserError: there are no such Bates numbers.
        """
        series = BatesSeries(self.prefix, self.digits, self.start)
        pages: list[ExpectedPage] = [index_page(index) for index in range(self.index_pages)]
        covers: list[int] = []
        for number, count in self.exhibits:
            first = len(pages) - self.index_pages
            covers.append(len(pages))
            pages.append(ExpectedPage(series.label(first), (number,)))
            pages += [ExpectedPage(series.label(first + own), (number, own, count)) for own in range(1, count + 1)]
        return ExpectedBundle(tuple(pages), tuple(covers), self.index_pages)


@dataclass(frozen=True, slots=True)
class PacketPaper:
    """One paper and what the manifest says of it.

    Attributes:
        pages: it has; none where that is not said.
        bundle_pages: pages of the bundle, into which its links lead.
        counts: of the bundle, if it is that.
        thorough: whether each object and stream of the bundle is read too.
    """

    kind: PaperKind
    name: str
    pages: int | None = None
    bundle_pages: int = 0
    counts: BundleCounts | None = None
    thorough: bool = False

    def check(self, stream: BinaryIO) -> list[str]:
        """What is wrong with it, in sentences."""
        match self.kind:
            case PaperKind.BUNDLE:
                assert self.counts is not None
                return check_bundle(stream, self.counts.expected(), thorough=self.thorough)
            case PaperKind.PDF:
                return self._check_pdf(stream)
            case PaperKind.DOCX:
                return self._check_docx(stream)

    def to_job(self) -> dict[str, Any]:
        """As JSON knows it."""
        return asdict(self)

    @classmethod
    def from_job(cls, job: dict[str, Any]) -> Self:
        """From what :meth:`to_job` gave, after it went through JSON."""
        counts = job["counts"]
        if counts is not None:
            counts = BundleCounts(**{**counts, "exhibits": tuple((n, pages) for n, pages in counts["exhibits"])})
        return cls(
            PaperKind(job["kind"]), job["name"], job["pages"], job["bundle_pages"], counts, bool(job["thorough"])
        )

    def _check_pdf(self, stream: BinaryIO) -> list[str]:
        problems: list[str] = []
        try:
            with foreign("pikepdf", *PIKEPDF), pikepdf.open(stream, suppress_warnings=True) as pdf:
                if self.pages is not None and len(pdf.pages) != self.pages:
                    problems.append(f"{self.name} has {len(pdf.pages)} pages instead of {self.pages}.")
                for index, page in enumerate(pdf.pages):
                    for annotation in page_annotations(page.obj):
                        action = annotation.get("/A")
                        if not isinstance(action, pikepdf.Dictionary) or action.get("/S") != pikepdf.Name.GoToR:
                            continue
                        target = remote_page(action)
                        inside = target is not None and 0 <= target < self.bundle_pages
                        if remote_file(action) != BUNDLE_NAME or not inside:
                            problems.append(f"A link on page {index + 1} of {self.name} leads nowhere.")
        except Damaged as damage:
            problems.append(f"{self.name} cannot be read ({damage.reason}).")
        return problems

    def _check_docx(self, stream: BinaryIO) -> list[str]:
        try:
            with zipfile.ZipFile(stream) as archive:
                check_whole(archive, _MEMBER)
                if archive.testzip() is not None:
                    return [f"{self.name} is damaged."]
                links = [
                    int(page)
                    for member in archive.namelist()
                    if member.endswith(".rels")
                    for page in _DOCX_LINK.findall(archive.read(member))
                ]
        except ArchiveTrap as trap:
            return [f"{self.name} was not read. {trap.message}"]
        except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            return [f"{self.name} cannot be read ({type(error).__name__})."]
        wrong = [page for page in links if not 1 <= page <= self.bundle_pages]
        return [f"A link of {self.name} leads to page {page} of the bundle, which does not exist." for page in wrong]
