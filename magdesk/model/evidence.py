"""A piece of evidence: what it is, where it comes from, how it is graded, and how the packet produces it.

The bytes are in the case file's blob store under their SHA-256; nothing here reads them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked

if TYPE_CHECKING:
    from magdesk.model.authentication import Authentication


class SourceType(StrEnum):
    """Kind of source (pick-list after 22 U.S.C. 7102(6) and domain 3.3)."""

    UNCLASSIFIED = "unclassified"
    COURT_RECORD = "court_record"
    OFFICIAL_RECORD = "official_record"
    REGISTRY = "registry"
    UN_DOCUMENT = "un_document"
    US_REPORT = "us_report"
    STATEMENT = "statement"
    MEDICAL_REPORT = "medical_report"
    PHOTO_VIDEO = "photo_video"
    NGO_REPORT = "ngo_report"
    MEDIA = "media"
    ACADEMIC = "academic"
    CORRESPONDENCE = "correspondence"
    FINANCIAL_RECORD = "financial_record"
    SOCIAL_MEDIA = "social_media"
    EXPERT_REPORT = "expert_report"
    TRANSLATION = "translation"
    OTHER = "other"


class Grade(StrEnum):
    """Source grade for export (domain 3.3)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    X = "X"


class Reliability(StrEnum):
    """Reliability of the source, Admiralty code."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """Credibility of the information, Admiralty code."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class Access(StrEnum):
    """Who may see the exhibit."""

    OPEN_SOURCE = "open_source"
    ON_FILE = "on_file"
    CONFIDENTIAL = "confidential"
    INTERNAL = "internal"


class Copy(StrEnum):
    """What the item is to its original."""

    UNKNOWN = "unknown"
    ORIGINAL = "original"
    COPY = "copy"
    EXTRACT = "extract"
    SCREENSHOT = "screenshot"


class VerificationResult(StrEnum):
    """What an examination of an item came to (Berkeley Protocol, chapter VI)."""

    UNVERIFIED = "unverified"
    PARTLY = "partly"
    VERIFIED = "verified"
    DISPROVED = "disproved"


class ProofKind(StrEnum):
    """Form of an outside timestamp."""

    RFC_3161 = "rfc3161"
    OPENTIMESTAMPS = "opentimestamps"


class Evidence(Base, Ranked):
    """One item of evidence; an exhibit once it is cited.

    Attributes:
        title: as the document itself has it.
        title_english: its translation, where the title is not English.
        source_type: kind of source; decides how it is cited.
        author: who wrote, spoke or filmed it.
        publisher: who published or issued it.
        published: date that the document bears.
        document_number: file, case, sheet or message number that it bears.
        language: BCP 47 tag of its language.
        translator: who translated it, of a translation.
        cite_as: citation in your own words; replaces the one that is made.
        file_name: cleaned name the file had; never a name in the packet.
        sha256: hex digest of the bytes; key into the blob store.
        size: bytes.
        media_type: true type by content.
        pages: page count, where it has pages.
        width: of an image or video, in pixels.
        height: of an image or video, in pixels.
        duration: seconds, for media.
        text_layer: whether text could be read from it.
        reading_note: what could not be read and why, in a sentence.
        password: opens a locked original; it stays in the encrypted case file.
        added_at: when it was taken into the case.
        url: where it was found.
        archive_url: where an archived copy lies.
        accessed_at: when it was seen there.
        capture_method: how a page or post was captured.
        obtained_by: who obtained it; never printed where they are protected.
        obtained_from: from whom, where no party of the case says so (``supplier_id``).
        obtained_on: when.
        obtained_where: where.
        obtained_how: in what way: handed over, downloaded, requested.
        device: device or medium it was made with or came on.
        context: what it shows and why it was collected, for a reader who sees it alone.
        copy: original, copy, extract or screenshot.
        lawfulness: why it may be used, where somebody could object.
        grade: source grade A to D, X for context only; empty until somebody has judged it.
        reliability: of the source (Admiralty code A to F).
        credibility: of the information (Admiralty code 1 to 6).
        bias_note: interest or bias of the source.
        verification: how it was verified, in the words the packet prints; the working record is
            ``verifications``.
        verified_on: when it was verified.
        access: who may see it: open source, on file, confidential, internal.
        produce: whether it goes into the exhibit bundle when cited.
        translation_of_id: the original this is a translation or transcript of.
        derived_from_id: the item whose information this one repeats; roots are counted through it.
        part_of_id: the item it was attached to.
        speaker_id: the party whose statement it is; consent is asked there.
        supplier_id: the party that handed it over; it is then no second source beside that party's own statement.
    """

    __tablename__ = "evidence"

    title: Mapped[str] = mapped_column(default="")
    title_english: Mapped[str] = mapped_column(default="")
    source_type: Mapped[SourceType] = mapped_column(default=SourceType.UNCLASSIFIED)
    author: Mapped[str] = mapped_column(default="")
    publisher: Mapped[str] = mapped_column(default="")
    published: Mapped[PartialDate | None]
    document_number: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    translator: Mapped[str] = mapped_column(default="")
    cite_as: Mapped[str] = mapped_column(default="")

    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="", index=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    media_type: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration: Mapped[float | None]
    text_layer: Mapped[bool] = mapped_column(default=False)
    reading_note: Mapped[str] = mapped_column(default="")
    password: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime | None]

    url: Mapped[str] = mapped_column(default="")
    archive_url: Mapped[str] = mapped_column(default="")
    accessed_at: Mapped[datetime | None]
    capture_method: Mapped[str] = mapped_column(default="")

    obtained_by: Mapped[str] = mapped_column(default="")
    obtained_from: Mapped[str] = mapped_column(default="")
    obtained_on: Mapped[PartialDate | None]
    obtained_where: Mapped[str] = mapped_column(default="")
    obtained_how: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    copy: Mapped[Copy] = mapped_column(default=Copy.UNKNOWN)
    lawfulness: Mapped[str] = mapped_column(default="")

    grade: Mapped[Grade | None]
    reliability: Mapped[Reliability] = mapped_column(default=Reliability.F)
    credibility: Mapped[Credibility] = mapped_column(default=Credibility.CANNOT_BE_JUDGED)
    bias_note: Mapped[str] = mapped_column(default="")
    verification: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]

    access: Mapped[Access] = mapped_column(default=Access.ON_FILE)
    produce: Mapped[bool] = mapped_column(default=True)
    translation_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    derived_from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    part_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    speaker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    supplier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)

    details: Mapped[list[Detail]] = relationship(
        back_populates="evidence", cascade="all, delete-orphan", order_by="Detail.rank, Detail.id"
    )
    verifications: Mapped[list[Verification]] = relationship(
        back_populates="evidence", cascade="all, delete-orphan", order_by="Verification.rank, Verification.id"
    )
    authentications: Mapped[list[Authentication]] = relationship(
        back_populates="evidence", cascade="all, delete-orphan", order_by="Authentication.rank, Authentication.id"
    )
    proofs: Mapped[list[TimestampProof]] = relationship(
        back_populates="evidence", cascade="all, delete-orphan", order_by="TimestampProof.id"
    )
    translation_of: Mapped[Evidence | None] = relationship(
        foreign_keys=[translation_of_id], remote_side="Evidence.id"
    )
    derived_from: Mapped[Evidence | None] = relationship(foreign_keys=[derived_from_id], remote_side="Evidence.id")
    part_of: Mapped[Evidence | None] = relationship(foreign_keys=[part_of_id], remote_side="Evidence.id")

    def origins(self) -> Iterator[Evidence]:
        """The item and, in turn, what it translates or came in with: whoever speaks there speaks here.

        What anyone can look up speaks for itself, whatever letter it was attached to. A loop in the data ends it.
        """
        seen: list[Evidence] = []
        current: Evidence | None = self
        while current is not None and current not in seen:
            yield current
            seen.append(current)
            attached = None if current.access is Access.OPEN_SOURCE else current.part_of
            current = current.translation_of or attached


class Detail(Base, Ranked):
    """One statement a file makes about itself: camera, position, mail header, author field. A claim, not a proof.

    Attributes:
        evidence_id: the item.
        section: what kind of statement: ``document``, ``camera``, ``position``, ``mail``, ``web``, ``media``.
        name: which datum, e.g. ``GPS position``, ``From``, ``Producer``.
        value: what the file says.
    """

    __tablename__ = "detail"

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    section: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")

    evidence: Mapped[Evidence] = relationship(back_populates="details")


class Verification(Base, Ranked):
    """One examination of an item of evidence, with its reasons (Berkeley Protocol, chapter VI). Never exported.

    Attributes:
        evidence_id: the item.
        result: what it came to.
        source_analysis: who made it, with what motive and what access; whether they can be relied on.
        technical_analysis: metadata, traces of editing, whether the file is what it claims to be.
        content_analysis: place, time, consistency with itself and with what else is known.
        verified_by: who reasoned.
        verified_on: when.
    """

    __tablename__ = "verification"

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    result: Mapped[VerificationResult] = mapped_column(default=VerificationResult.UNVERIFIED)
    source_analysis: Mapped[str] = mapped_column(default="")
    technical_analysis: Mapped[str] = mapped_column(default="")
    content_analysis: Mapped[str] = mapped_column(default="")
    verified_by: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]

    evidence: Mapped[Evidence] = relationship(back_populates="verifications")


class HashList(Base):
    """A run of the custody ledger whose Merkle root was handed out to be timestamped.

    The list itself is not stored: the ledger, which never changes, gives it again.

    Attributes:
        day: the day, in UTC, that the entries are of.
        first_entry: number of the first entry of the custody ledger that it covers.
        last_entry: number of the last one.
        count: how many digests it lists.
        root: hex digest of the Merkle root.
        made_at: when the list was made.
    """

    __tablename__ = "hash_list"

    day: Mapped[date]
    first_entry: Mapped[int] = mapped_column(default=0)
    last_entry: Mapped[int] = mapped_column(default=0)
    count: Mapped[int] = mapped_column(default=0)
    root: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime | None]

    proofs: Mapped[list[TimestampProof]] = relationship(
        back_populates="hash_list", cascade="all, delete-orphan", order_by="TimestampProof.id"
    )


class TimestampProof(Base):
    """A proof, made outside, that a digest existed at a time: of one item, or of a hash list.

    It proves neither who made the bytes nor that they are true.

    Attributes:
        evidence_id: the item that it is of.
        hash_list_id: or the hash list.
        kind: form of the proof.
        algorithm: of the digest that was stamped, e.g. ``sha256``.
        stamped: the digest that was stamped, hex.
        stamped_at: the moment that an RFC 3161 authority states.
        authority: who states it, as the proof says.
        bitcoin_block: height of the earliest block that an OpenTimestamps proof commits to.
        file_name: name that the proof’s file had.
        sha256: hex digest of the proof file.
        proof: the proof file, in base64.
        certificates: the authority's certificates up to its root, in PEM; empty while none were given.
        added_at: when it was taken in.
    """

    __tablename__ = "timestamp_proof"

    evidence_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    hash_list_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("hash_list.id"), index=True)
    kind: Mapped[ProofKind] = mapped_column(default=ProofKind.RFC_3161)
    algorithm: Mapped[str] = mapped_column(default="sha256")
    stamped: Mapped[str] = mapped_column(default="")
    stamped_at: Mapped[datetime | None]
    authority: Mapped[str] = mapped_column(default="")
    bitcoin_block: Mapped[int | None]
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")
    certificates: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime | None]

    evidence: Mapped[Evidence | None] = relationship(back_populates="proofs")
    hash_list: Mapped[HashList | None] = relationship(back_populates="proofs")
