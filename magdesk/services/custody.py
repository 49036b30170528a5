"""Custody in words: what happened to an item, what was examined, what its independent roots are, what left the case.

Most events write themselves (see :mod:`magdesk.casefile.custodyrules`). Here are those that no row shows: a packet
that was exported, a check of the bytes, and what people do with an item outside of the program.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select

from magdesk.casefile import CaseFile
from magdesk.casefile.custody import CustodyEvent, Entry, NewEntry
from magdesk.dossier.dossier import Dossier
from magdesk.errors import UserError
from magdesk.i18n import _, ngettext
from magdesk.model import Evidence, Fact, Verification
from magdesk.model.evidence import Reliability, VerificationResult
from magdesk.progress import CancelToken, Progress, no_progress

WORDS: dict[str, str] = {
    CustodyEvent.RECEIVED: _("Received"),
    CustodyEvent.CAPTURED: _("Captured from the web"),
    CustodyEvent.HASHED: _("Digest taken"),
    CustodyEvent.VERIFIED: _("Examined"),
    CustodyEvent.FIXITY: _("Contents verified"),
    CustodyEvent.VIEWED: _("Viewed"),
    CustodyEvent.COPIED: _("Copied"),
    CustodyEvent.TRANSLATED: _("Translated"),
    CustodyEvent.TRANSCRIBED: _("Transcribed"),
    CustodyEvent.REDACTED: _("Redacted"),
    CustodyEvent.GRADED: _("Graded"),
    CustodyEvent.TIMESTAMPED: _("Timestamp kept"),
    CustodyEvent.EXPORTED: _("Exported"),
    CustodyEvent.TRANSMITTED: _("Transmitted"),
    CustodyEvent.REPLACED: _("Contents replaced"),
    CustodyEvent.WITHDRAWN: _("Removed from the case"),
    CustodyEvent.RESTORED: _("Restored"),
    CustodyEvent.LOADED: _("Loaded from another copy"),
}

BY_HAND = (
    CustodyEvent.VIEWED,
    CustodyEvent.COPIED,
    CustodyEvent.TRANSLATED,
    CustodyEvent.TRANSCRIBED,
    CustodyEvent.REDACTED,
    CustodyEvent.TRANSMITTED,
)
"""What people do outside of the program and may enter themselves."""

_SHOWN_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as it is shown.

    Attributes:
        number: of the entry in the ledger.
        item: the item of evidence; none for the case as a whole.
        what: the kind of event in words.
        detail: medium, note and stated time, joined.
    """

    number: int
    item: uuid.UUID | None
    at: datetime
    who: str
    tool: str
    what: str
    detail: str
    input: str
    output: str
    hash: str


def events_of(case: CaseFile, evidence: uuid.UUID | None = None) -> list[EventLine]:
    """The ledger of one item, or of the whole case, in words, oldest first. Any thread."""
    return [_line(entry) for entry in case.custody(evidence)]


def find_item(case: CaseFile, text: str) -> uuid.UUID:
    """The item whose key or SHA-256 begins like that; any thread. Items that were taken out are found as well.

    Raises:
        UserError: there is none, or more than one.
    """
    wanted = text.strip().lower()
    found = {
        entry.evidence
        for entry in case.custody()
        if entry.evidence and wanted and (entry.evidence.startswith(wanted) or entry.output.startswith(wanted))
    }
    if len(found) != 1:
        raise UserError(
            _("More than one item begins that way.") if found else _("The ledger contains no such item."),
            _("Give more of its key or SHA-256."),
        )
    return uuid.UUID(found.pop())


def _line(entry: Entry) -> EventLine:
    words = WORDS.get(entry.kind, entry.kind)
    stated = _("stated time {time}").format(time=entry.stated) if entry.stated else ""
    detail = "; ".join(part for part in (entry.medium, entry.note, stated) if part)
    return EventLine(
        entry.sequence, entry.item, entry.moment, entry.actor, entry.tool, words, detail, entry.input, entry.output,
        entry.hash,
    )  # fmt: skip


def record_event(
    case: CaseFile,
    evidence: uuid.UUID,
    kind: CustodyEvent,
    *,
    stated: str = "",
    medium: str = "",
    note: str = "",
    output: str = "",
) -> None:
    """Enter what someone did with an item outside of the program; the thread that owns the case.

    Args:
        stated: when, as that person says.
        output: SHA-256 of what came of it, e.g. of a redacted copy.

    Raises:
        UserError: the kind is one that only the program writes, or the item is gone.
    """
    if kind not in BY_HAND:
        raise UserError(_("Events of this kind are recorded by the program itself."))
    item = _item(case, evidence)
    with case.change(_("Custody: {what}").format(what=WORDS[kind])):
        case.attest(NewEntry(kind, evidence, stated, item.sha256, output or item.sha256, medium, note))


def _item(case: CaseFile, key: uuid.UUID) -> Evidence:
    item = case.session.get(Evidence, key)
    if item is None:
        raise UserError(_("The item of evidence is no longer in the case."))
    return item


# ------------------------------------------------------------------------------------------------- verification


def add_verification(
    case: CaseFile,
    evidence: uuid.UUID,
    result: VerificationResult,
    *,
    source: str = "",
    technical: str = "",
    content: str = "",
    by: str = "",
    on: date | None = None,
) -> Verification:
    """Record one examination of an item; the ledger gets its event with it.

    Raises:
        UserError: a result without reasons, or without a name; or the item is gone.
    """
    reasons = any(text.strip() for text in (source, technical, content))
    if result is not VerificationResult.UNVERIFIED and not (reasons and by.strip()):
        raise UserError(
            _("A result needs reasons and the name of the analyst."),
            _("Fill in at least one of the three analyses and the name."),
        )
    item = _item(case, evidence)
    with case.change(_("Record a verification")) as session:
        last = session.scalar(select(func.max(Verification.rank)).where(Verification.evidence_id == evidence))
        row = Verification(
            evidence_id=evidence,
            result=result,
            source_analysis=source,
            technical_analysis=technical,
            content_analysis=content,
            verified_by=by,
            verified_on=on,
            rank=0 if last is None else last + 1,
        )
        item.verifications.append(row)
    return row


def standing(records: Sequence[Verification]) -> VerificationResult:
    """What the examinations of an item come to: the newest one counts, by day and then by place."""
    if not records:
        return VerificationResult.UNVERIFIED
    return max(records, key=lambda row: (row.verified_on or date.min, row.rank, row.id)).result


def plain_label(item: Evidence) -> str:
    """The grade in three plain steps for partners who do not use the Admiralty code: internal grades stay inside.

    An ungraded source has no label.
    """
    match item.reliability:
        case Reliability.A:
            return _("High")
        case Reliability.B | Reliability.C:
            return _("Reputable")
        case Reliability.D | Reliability.E:
            return _("Community")
        case _:
            return ""


# --------------------------------------------------------------------------------------------- independent roots


@dataclass(frozen=True, slots=True)
class Root:
    """One independent origin and the cited items that go back to it.

    Attributes:
        items: in the order in which the fact cites them.
    """

    origin: Evidence
    items: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Roots:
    """Where the support of a fact comes from."""

    roots: tuple[Root, ...]

    @property
    def sources(self) -> int:
        """How many different items support the fact."""
        return sum(len(root.items) for root in self.roots)

    @property
    def sentence(self) -> str:
        """The count in words, with what counts once."""
        if not self.roots:
            return _("No source supports this.")
        parts = [
            ngettext("{count} source", "{count} sources", self.sources).format(count=self.sources)
            + ", "
            + ngettext("{count} independent origin", "{count} independent origins", len(self.roots)).format(
                count=len(self.roots)
            )
            + "."
        ]
        parts += [
            _("{count} of them go back to “{title}” and count as one.").format(
                count=len(root.items), title=_title(root.origin)
            )
            for root in self.roots
            if len(root.items) > 1
        ]
        return " ".join(parts)


def roots_of(dossier: Dossier, fact: Fact) -> Roots:
    """The independent roots of what supports a fact: ten articles on one wire report are one."""
    grouped: dict[uuid.UUID, dict[uuid.UUID, Evidence]] = {}
    for citation in fact.citations:
        item = dossier.evidence.get(citation.evidence_id)
        if citation.stance.supports and item is not None:
            grouped.setdefault(dossier.root_of(item.id), {})[item.id] = item
    return Roots(tuple(Root(dossier.evidence[key], tuple(items.values())) for key, items in grouped.items()))


def _title(item: Evidence) -> str:
    return item.title or item.title_english or item.file_name or _("Untitled")


# ------------------------------------------------------------------------------------------------ what leaves


def record_export(case: CaseFile, folder: Path) -> int:
    """Write into the ledger that a packet was exported, and which exhibits are in it; after the export succeeded.

    Args:
        folder: the finished packet.

    Returns:
        How many exhibits were entered.

    Raises:
        UserError: the case is open for reading only, or the packet is no longer there.
    """
    # The libraries that make packets take a while to load, and whoever shows the ledger does not need them.
    from magdesk.packet.bundle import BUNDLE_NAME  # noqa: PLC0415
    from magdesk.packet.manifest import MANIFEST_NAME, SUMS_NAME  # noqa: PLC0415

    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_bytes())
        sums = hashlib.sha256((folder / SUMS_NAME).read_bytes()).hexdigest()
    except (OSError, ValueError) as error:
        raise UserError(_("The packet cannot be read; the export was not recorded in the ledger.")) from error
    made = {file["name"]: file["sha256"] for file in manifest["files"]}
    items: dict[str, list[uuid.UUID]] = {}
    for key, digest in case.session.execute(select(Evidence.id, Evidence.sha256).where(Evidence.sha256 != "")):
        items.setdefault(digest, []).append(key)
    draft = _("draft, ") if manifest["options"]["draft"] else ""
    entered = 0
    with case.change(_("Export the packet “{name}”").format(name=folder.name)):
        note = draft + _("{files} files, dated {day}; digest of SHA256SUMS").format(
            files=len(made), day=manifest["date"]
        )
        law = manifest.get("law")
        if law is not None:
            note += _("; law of {day}, digest {digest}").format(day=law["as_of"], digest=law["sha256"][:16])
        case.attest(NewEntry(CustodyEvent.EXPORTED, output=sums, medium=folder.name, note=note))
        for exhibit in manifest["exhibits"]:
            output = made.get(exhibit["native"]) or made.get(BUNDLE_NAME, "")
            for key in items.get(exhibit["sha256"], ()):
                note = draft + _("Exhibit {number}, {first} to {last}").format(
                    number=exhibit["number"], first=exhibit["bates_first"], last=exhibit["bates_last"]
                )
                case.attest(NewEntry(CustodyEvent.EXPORTED, key, "", exhibit["sha256"], output, folder.name, note))
                entered += 1
    return entered


# ---------------------------------------------------------------------------------------------------- fixity


@dataclass(frozen=True, slots=True)
class Fixity:
    """What a full check of the file found.

    Attributes:
        items: how many items of evidence with bytes there are.
        problems: sentences; none when all is well.
    """

    items: int
    size: int
    problems: tuple[str, ...]


def check_fixity(case: CaseFile, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Fixity:
    """Check every byte, every digest, the ledger and the journal. Any thread; writes nothing.

    Raises:
        Cancelled: as asked.
    """
    problems = case.verify(full=True, progress=progress, cancel=cancel)
    blobs = [] if problems else case.blobs.all()
    return Fixity(len(blobs), sum(blob.size for blob in blobs), tuple(problems))


def record_fixity(case: CaseFile, found: Fixity) -> None:
    """Write the result of a check into the ledger; the thread that owns the case."""
    if found.problems:
        count = len(found.problems)
        note = ngettext("{count} problem: ", "{count} problems: ", count).format(count=count)
        note += " ".join(found.problems[:_SHOWN_PROBLEMS])
    else:
        note = _("all verify: {items} digests, {size} bytes").format(items=found.items, size=found.size)
    with case.change(_("Check of the file")):
        case.attest(NewEntry(CustodyEvent.FIXITY, note=note))
