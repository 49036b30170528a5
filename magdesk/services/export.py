"""From a case to a packet: load, check gate, plan the exhibits, build, render, bundle, manifest, verify, final name.

Works over a snapshot of the case, so any thread may run it while the case is open elsewhere. The folder gets its
name only when everything in it has been re-opened and found right.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from magdesk.casefile import CaseFile, restore_hint
from magdesk.checks import run_checks
from magdesk.checks.exposure import named_in
from magdesk.checks.finding import Finding
from magdesk.checks.scope import Scope
from magdesk.document.blocks import Document
from magdesk.document.build import (
    SHORTER,
    BuildOptions,
    annexes,
    build_annex,
    build_cover_sheets,
    build_exhibit_list,
    build_letter,
    build_submission,
    build_transmittal,
    exhibit_titles,
    is_one_page,
    protected_mask,
)
from magdesk.document.cover_sheets import sheet_anchor
from magdesk.document.exhibits import CoverSheet
from magdesk.dossier.dossier import Dossier
from magdesk.errors import ExportError
from magdesk.i18n import _
from magdesk.intake.conversion import DocumentConverter
from magdesk.model import Evidence
from magdesk.packet.bundle import BUNDLE_NAME, BundleFacts, BundlePlan, plan_bundle, write_bundle
from magdesk.packet.exhibits import ExhibitInput, PictureBeside
from magdesk.packet.manifest import NATIVE_FOLDER, LawUsed, PacketFacts, write_manifest
from magdesk.packet.nativewords import native_parts
from magdesk.packet.plan import withheld_note
from magdesk.packet.sink import PacketSink
from magdesk.packet.verify import verify_packet
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.regimes.regime import Law
from magdesk.render.docx import render_docx
from magdesk.render.pdf import render_pdf
from magdesk.services.checking import blocking
from magdesk.services.evidence.encoding import known_encoding
from magdesk.services.evidence.rows import path_inside
from magdesk.services.pictures import Portraits
from magdesk.services.submissions import chosen_filing, filing_view
from magdesk.services.wholecase import load_whole

Rendered = tuple[bytes, int]  # a PDF and its page count

_DEFAULT_PREFIX = "EX"
_STEPS = 10


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did.

    Attributes:
        folder: the packet; none when blocking findings stopped it.
        findings: all findings at the time of the export.
        blocking: those that stop, or would have stopped, a final export.
        files: names of the files in the packet.
        faults: numbers of the exhibits of a draft whose pages this program itself failed to make.
    """

    folder: Path | None
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    faults: tuple[int, ...] = ()


def fault_line(number: int) -> str:
    """What the one who exports is told of an exhibit whose pages this program itself failed to make."""
    return _(
        "Exhibit {number}: MagDesk failed to make its pages, which is a fault of its own and says nothing of the "
        "exhibit. The draft holds a page that says so; a final export stops here."
    ).format(number=number)


def export_packet(
    case: CaseFile,
    to: Path,
    *,
    law: Law,
    date: Date,
    regimes: Sequence[str] = (),
    draft: bool = False,
    formats: Sequence[str] = ("pdf", "docx"),
    replace: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Build the packet of one submission. Same case, options and date: same bytes.

    Args:
        to: the folder to be made.
        date: the date on the papers, and the day the checks look at the case.
        regimes: the authorities that it is made for, all of one packet; those of the case's first submission when
            not given.
        draft: export in spite of blocking findings, with a DRAFT mark on each page.
        formats: ``pdf``, ``docx`` or both. The exhibit bundle is always made.
        replace: take the place of a packet that stands there.

    Raises:
        ExportError: the packet could not be written, or did not verify.
        UserError: something else stands at ``to``, or the authorities are not those of one submission.
        ProgramFault: our own code failed over an exhibit, which the message names; never for a draft.
        Cancelled: the user stopped it; nothing is left.
    """
    with case.reader() as session:
        whole = load_whole(session)
        dossier = filing_view(whole, chosen_filing(whole, law, regimes))
        findings = tuple(run_checks(dossier, law, date))
        stops = tuple(blocking(list(findings)))
        if stops and not draft:
            return ExportResult(None, findings, stops)
        looks = None if draft else named_in(Scope(dossier, law, date))
        with PacketSink(to, replace=replace) as sink, DocumentConverter() as converter:
            options = BuildOptions(date, draft, pictures=Portraits(case, converter).picture)
            faults = _Build(case, dossier, law, options, tuple(formats), sink, progress, cancel).run(looks)
            folder = sink.finalise()
        return ExportResult(folder, findings, stops, tuple(file.name for file in sink.files), faults)


class _Build:
    """One export under way: each step in its own method, in the order of the packet."""

    def __init__(
        self,
        case: CaseFile,
        dossier: Dossier,
        law: Law,
        options: BuildOptions,
        formats: tuple[str, ...],
        sink: PacketSink,
        progress: Progress,
        cancel: CancelToken | None,
    ) -> None:
        self._case, self._dossier, self._law, self._options = case, dossier, law, options
        self._formats, self._sink = formats, sink
        self._progress, self._cancel = progress, cancel
        self._pages: dict[str, int] = {}
        self._done = 0
        self._mask = protected_mask(dossier, law)

    def run(self, looks: Callable[[str], str] | None = None) -> tuple[int, ...]:
        """All of it; numbers of the exhibits over which our own code failed.

        Args:
            looks: what tells whom, among the protected, the words of a native name; nothing is looked for without it.
        """
        self._step(_("Bytes of the exhibits"))
        self._fixity()
        self._step(_("Exhibits"))
        plan, index, listing = self._plan()
        if looks is not None:
            self._look_into_natives(plan, looks)
        self._step(_("Letters"))
        self._letters()
        self._step(_("Submission"))
        build = partial(build_submission, self._dossier, self._law, plan.places, self._options)
        self._document("01-submission", build())
        self._step(_("Annexes"))
        self._annexes(plan)
        self._step(_("Exhibit list"))
        self._document("02-exhibit-list", listing, index)
        self._step(_("Exhibit bundle"))
        failed = self._bundle(plan, index)
        self._step(_("Native files"))
        self._natives(plan)
        self._step(_("Manifest"))
        case = self._dossier.case
        facts = PacketFacts(
            title=self._mask.text(self._dossier.title),
            reference=self._mask.text(case.reference),
            day=self._options.date,
            draft=self._options.draft,
            formats=self._formats,
            authorities=tuple(row.regime for row in self._dossier.authorities),
            law=LawUsed(self._law.state.edition.as_of, self._law.state.digest),
        )
        write_manifest(self._sink, facts, plan, self._pages)
        self._step(_("Verification"))
        self._verify()
        self._progress(_STEPS, _STEPS, "")
        return tuple(sorted({*plan.faults, *failed}))

    def _step(self, text: str) -> None:
        if self._cancel is not None:
            self._cancel.check()
        self._progress(self._done, _STEPS, text)
        self._done += 1

    def _fixity(self) -> None:
        """Check every byte of every exhibit against its digest, before anything is made of it."""
        titles = exhibit_titles(self._dossier, self._law)
        checked: set[str] = set()
        for item in self._dossier.exhibits:
            if not item.sha256 or item.sha256 in checked:
                continue
            checked.add(item.sha256)
            if not (self._case.blobs.has(item.sha256) and self._case.blobs.verify(item.sha256, cancel=self._cancel)):
                number = self._dossier.exhibit_numbers[item.id]
                raise ExportError(
                    _(
                        "The bytes of Exhibit {number} (“{title}”) are damaged or missing; nothing was exported."
                    ).format(number=number, title=titles[item.id]),
                    restore_hint(),
                )

    def _plan(self) -> tuple[BundlePlan, Rendered, Document]:
        """The bundle's plan behind its rendered index: the list is set twice, since its length moves the pages."""
        prefix = self._dossier.case.bates_prefix or _DEFAULT_PREFIX
        plan = plan_bundle(
            list(self._inputs()),
            bates_prefix=prefix,
            mask=self._mask.text,
            draft=self._options.draft,
            cancel=self._cancel,
        )
        while True:
            document = build_exhibit_list(self._dossier, self._law, plan.places, self._options)
            rendered = _pdf(document)
            pages = rendered[1]
            if pages == plan.index_pages:
                return plan, rendered, document
            if pages < plan.index_pages:
                # A shorter page number must not let the list shrink back and forth for ever.
                raise ExportError(
                    _("The exhibit list could not be completed."),
                    _("This is an error in the program; please report it."),
                )
            plan = plan.with_index(pages)

    def _inputs(self) -> Iterator[ExhibitInput]:
        titles = exhibit_titles(self._dossier, self._law)
        for item in self._dossier.exhibits:
            if not item.sha256:
                # A bare link or a paper nobody has scanned: documents cite it, the bundle has nothing to show.
                continue
            yield ExhibitInput(
                evidence_id=item.id,
                number=self._dossier.exhibit_numbers[item.id],
                title=titles[item.id],
                sha256=item.sha256,
                size=item.size,
                media_type=item.media_type,
                open=partial(self._case.blobs.open, item.sha256),
                file_name=item.file_name,
                duration=item.duration,
                password=item.password,
                withheld=self._withheld(item),
                encoding=known_encoding(item.details),
                beside=tuple(self._beside(item)),
            )

    def _beside(self, item: Evidence) -> Iterator[PictureBeside]:
        """The pictures that came with a saved page."""
        if item.media_type not in ("text/html", "application/xhtml+xml"):
            return
        for part in self._dossier.evidence.values():
            if part.part_of_id != item.id or not self._case.blobs.has(part.sha256):
                continue
            name = path_inside(part.details)
            if name and part.media_type.startswith("image/"):
                yield PictureBeside(name, part.size, partial(self._case.blobs.open, part.sha256))

    def _withheld(self, item: Evidence) -> bool:
        """Whether nobody may know who speaks in it: then what the file says of itself must not leave the case."""
        speaker = self._dossier.speaker_of(item)
        return speaker is not None and speaker.protected

    def _letters(self) -> None:
        taken: dict[str, int] = {}
        for recipient in self._dossier.recipients:
            code = re.sub(r"[^a-z0-9]+", "-", recipient.letter.lower()).strip("-") or "letter"
            taken[code] = taken.get(code, 0) + 1
            name = code if taken[code] == 1 else f"{code}-{taken[code]}"
            letter = build_letter(self._dossier, self._law, recipient, self._options)
            self._document(f"00-cover-letter-{name}", letter)
            message = build_transmittal(self._dossier, self._law, recipient, self._options)
            with self._sink.write(f"00-transmittal-{name}.txt") as out:
                out.write(f"{message.subject}\n\n{message.body}\n".encode())

    def _annexes(self, plan: BundlePlan) -> None:
        """What is filed beside the submission; the case on one page is made shorter until it fits."""
        for section in annexes(self._dossier, self._law):
            build = partial(build_annex, self._dossier, self._law, plan.places, self._options, section)
            document, rendered = build(), None
            if is_one_page(section):
                rendered = _pdf(document)
                for step in range(1, SHORTER):
                    if rendered[1] == 1:
                        break
                    document = build(step)
                    rendered = _pdf(document)
            self._document(section.file, document, rendered)

    def _document(self, name: str, document: Document, rendered: Rendered | None = None) -> None:
        if "pdf" in self._formats:
            content, self._pages[f"{name}.pdf"] = rendered or _pdf(document)
            self._write(f"{name}.pdf", content)
        if "docx" in self._formats:
            out = io.BytesIO()
            render_docx(document, out)
            self._write(f"{name}.docx", out.getvalue())

    def _write(self, name: str, content: bytes) -> None:
        with self._sink.write(name) as out:
            out.write(content)

    def _bundle(self, plan: BundlePlan, index: Rendered) -> tuple[int, ...]:
        """Write it; numbers of the exhibits that could be planned and over which our own code failed now."""
        sheets = [CoverSheet(plan.place(exhibit), withheld_note(exhibit)) for exhibit in plan.exhibits]
        document, covers = self._covers(sheets)
        facts = BundleFacts(document.title, document.author, self._options.date, document.lang, self._options.draft)
        with self._sink.write(BUNDLE_NAME) as out:
            info = write_bundle(
                plan, covers=covers, index=io.BytesIO(index[0]), out=out, facts=facts, cancel=self._cancel
            )
        self._pages[BUNDLE_NAME] = info.pages
        if info.problems:
            raise ExportError(info.problems[0], _("Run “magdesk verify” on the case."))
        return info.faults

    def _covers(self, sheets: Sequence[CoverSheet]) -> tuple[Document, BinaryIO | None]:
        """One page for each exhibit. A title that fills more than a page is left to the list of exhibits."""
        document = build_cover_sheets(self._dossier, self._law, sheets, self._options)
        if not sheets:
            return document, None
        covers = io.BytesIO()
        info = render_pdf(document, covers)
        if info.pages == len(sheets):
            return document, covers
        starts = [*(info.anchors[sheet_anchor(sheet.place.number)] for sheet in sheets), info.pages + 1]
        lengths = zip(sheets, starts, starts[1:], strict=False)
        fitting = [replace(sheet, bare=end - start > 1) for sheet, start, end in lengths]
        return document, io.BytesIO(_pdf(build_cover_sheets(self._dossier, self._law, fitting, self._options))[0])

    def _natives(self, plan: BundlePlan) -> None:
        for exhibit in plan.exhibits:
            if exhibit.native:
                if self._cancel is not None:
                    self._cancel.check()
                with exhibit.item.open() as source:
                    self._sink.copy(f"{NATIVE_FOLDER}/{exhibit.native}", source, sha256=exhibit.item.sha256)

    def _look_into_natives(self, plan: BundlePlan, looks: Callable[[str], str]) -> None:
        """Stop where a file that leaves as it is names a protected person, be it where no page of it shows."""
        for exhibit in plan.exhibits:
            if not exhibit.native:
                continue
            with exhibit.item.open() as stream:
                for part in native_parts(stream, exhibit.item.size):
                    if self._cancel is not None:
                        self._cancel.check()
                    name = looks(part.text) or looks(part.where)
                    if name:
                        raise ExportError(
                            _(
                                "The file itself of Exhibit {number} would leave with the packet, and holds a name "
                                "or a number of {name}, who is protected, where its pages need not show it; nothing "
                                "was exported."
                            ).format(number=exhibit.item.number, name=name),
                            _(
                                "Look for it in comments, notes, hidden sheets, properties and files inside. Cite a "
                                "copy from which it was removed, or do not produce this item."
                            ),
                        )

    def _verify(self) -> None:
        problems = verify_packet(self._sink, thorough=False, cancel=self._cancel)
        if problems:
            raise ExportError(
                _("The packet failed verification and was not kept: {problem}").format(problem=problems[0]),
                _("Export again; if it happens again, verify the case file."),
            )


def _pdf(document: Document) -> Rendered:
    out = io.BytesIO()
    pages = render_pdf(document, out).pages
    return out.getvalue(), pages
