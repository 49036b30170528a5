"""The gap report as a paper: for the drafters, marked as such, never part of a packet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from magdesk import unfinished
from magdesk.casefile import CaseFile
from magdesk.checks.finding import Finding
from magdesk.checks.five_minutes import QUESTIONS, FilingTest, five_minute_test
from magdesk.checks.gaps import EFFECTS, Gap, GapReport, gap_report
from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Document
from magdesk.document.build import protected_mask
from magdesk.document.gap_report import (
    GapEntry,
    GapGroup,
    GapPaper,
    GapWords,
    QuestionRow,
    QuestionTable,
    gap_report_document,
)
from magdesk.dossier.dossier import Dossier
from magdesk.errors import ExportError, UserError
from magdesk.i18n import _, ngettext
from magdesk.regimes.regime import Law
from magdesk.render.docx import render_docx
from magdesk.render.pdf import render_pdf
from magdesk.services.judging import CaseStrength
from magdesk.services.wholecase import load_whole

FORMATS = (".pdf", ".docx")
_GROUNDS_TOLD = frozenset({"G01", "G02", "G03", "G04"})  # their details say where


def save_gap_report(case: CaseFile, to: Path, law: Law, today: date) -> Path:
    """Write the gap report as PDF or DOCX, by the ending of the name; a file that stands there is replaced.

    What is written is clear text. Protected parties are in it by their pseudonyms only.

    Raises:
        UserError: the name ends in neither.
        ExportError: the file cannot be written.
    """
    ending = to.suffix.lower()
    if ending not in FORMATS:
        raise UserError(_("The gap report can be written as PDF or DOCX."), _("End the name in .pdf or .docx."))
    with case.reader() as session:
        dossier = load_whole(session)
        found = CaseStrength(gap_report(dossier, law, today), five_minute_test(dossier, law, today))
        document = gap_report_document(_paper(dossier, law, found))
        document = _masked(dossier, law, document)
    out = io.BytesIO()
    if ending == ".pdf":
        render_pdf(document, out)
    else:
        render_docx(document, out)
    try:
        with unfinished.making(to, clear=True) as part:
            part.write_bytes(out.getvalue())
            part.replace(to)
    except OSError as error:
        raise ExportError(
            _("The gap report cannot be written: {reason}.").format(reason=error.strerror),
            _("Choose an existing folder that you can write to."),
        ) from error
    return to


def _masked(dossier: Dossier, law: Law, document: Document) -> Document:
    """Titles and sentences may hold a name that someone typed in words."""
    mask = protected_mask(dossier, law)
    return replace(
        document,
        title=mask.text(document.title),
        running_head=mask.text(document.running_head),
        blocks=mask.apply(document.blocks),
    )


def _paper(dossier: Dossier, law: Law, found: CaseStrength) -> GapPaper:
    report = found.report
    stops = sum(gap.effect == min(EFFECTS) for gap in report.gaps)
    total = ngettext("{count} gap is listed", "{count} gaps are listed", len(report.gaps)).format(
        count=len(report.gaps)
    )
    if stops:
        rest = ngettext(
            "{count} of them prevents a final export.", "{count} of them prevent a final export.", stops
        ).format(count=stops)
    else:
        rest = _("none of them prevents a final export.")
    said = GapWords(
        title=_("What would make this case stronger"),
        banner=_("INTERNAL – NOT FOR FILING. The drafters’ working paper; it lists the weaknesses of the case."),
        summary=_("{total}; {rest} They are listed by impact: start at the top.").format(total=total, rest=rest),
        gaps=_("The gaps, by impact"),
        why=_("Why it matters:"),
        remedy=_("What to do:"),
        where=_("Where:"),
        test=_("The five-minute test"),
        question=_("Question"),
        answer=_("Answer in the case"),
        set_aside=_("Set aside, with the reason"),
        none=_("No gaps were found."),
    )
    title = " ".join((dossier.case.title or _("Untitled case")).split())
    day = PartialDate(report.day.isoformat()).display()
    return GapPaper(
        words=said,
        subtitle=_("{title}, as of {day}").format(title=title, day=day),
        day=report.day.isoformat(),
        counts=tuple(
            (name, str(report.count(effect))) for effect, (name, _meaning) in EFFECTS.items() if report.count(effect)
        ),
        tests=tuple(_tests(found.tests)),
        groups=tuple(_groups(report)),
        set_aside=tuple(
            (f"{row.code}: {row.sentence}", _reason(row)) for row in report.set_aside if row.waived is not None
        ),
        paper=_paper_size(dossier, law),
    )


def _paper_size(dossier: Dossier, law: Law) -> str:
    """The paper that the submitters use for what they file."""
    codes = [row.regime for row in dossier.authorities if row.regime in law.regimes]
    packets = [law.packets[law.regimes[code].packet] for code in codes if law.regimes[code].packet in law.packets]
    return packets[0].paper if packets else "letter"


def _reason(row: Finding) -> str:
    waived = row.waived
    if waived is None:
        return ""
    signed = ", ".join(part for part in (waived.by, waived.on.isoformat() if waived.on else "") if part)
    return f"{waived.reason} ({signed})" if signed else waived.reason


def _tests(tests: Sequence[FilingTest]) -> Iterator[QuestionTable]:
    for filing in tests:
        for test in filing.targets:
            count = len(QUESTIONS)
            if test.passed == count:
                verdict = _("All {count} questions are answered.").format(count=count)
            else:
                verdict = _("{passed} of {count} questions are answered.").format(passed=test.passed, count=count)
            rows = tuple(
                QuestionRow(
                    f"{reply.number}. {reply.question}",
                    reply.lines,
                    _("Missing: {what}.").format(what="; ".join(reply.missing)) if reply.missing else "",
                )
                for reply in test.replies
            )
            yield QuestionTable(f"{filing.jurisdiction}: {test.name}", verdict, rows)


def _groups(report: GapReport) -> Iterator[GapGroup]:
    numbers = {id(gap): number for number, gap in enumerate(report.gaps, 1)}
    told: set[str] = set()

    def entry(gap: Gap) -> GapEntry:
        # Why one check matters is said once.
        why = gap.why if gap.code not in told else ""
        told.add(gap.code)
        known = not gap.place.label or gap.place.label in gap.sentence or gap.code in _GROUNDS_TOLD
        where = "" if known else gap.place.label
        return GapEntry(f"{numbers[id(gap)]} · {gap.code}", gap.sentence, where, why, gap.remedy, gap.details)

    for effect, (title, meaning) in EFFECTS.items():
        gaps = [gap for gap in report.gaps if gap.effect is effect]
        if gaps:
            yield GapGroup(f"{title} ({len(gaps)})", meaning, tuple(entry(gap) for gap in gaps))
