"""What the drafter writes around the proof: adverse information, interest, other accountability, narrative."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked
from magdesk.model.facts import Citation
from magdesk.model.people import Party, Target


class AdverseKind(StrEnum):
    """What speaks against the case (domain 1.4, section 8)."""

    DENIAL = "denial"
    ACQUITTAL = "acquittal"
    INTERNAL_PROBE = "internal_probe"
    ALTERNATIVE_PERPETRATOR = "alternative_perpetrator"
    SOURCE_WEAKNESS = "source_weakness"
    REMEDIAL_STEP = "remedial_step"
    CONTRADICTION = "contradiction"
    OTHER = "other"


class ProceedingStatus(StrEnum):
    """State of a proceeding elsewhere."""

    NONE_KNOWN = "none_known"
    PENDING = "pending"
    CLOSED_WITHOUT_CHARGE = "closed_without_charge"
    SHAM = "sham"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    FINDINGS_ISSUED = "findings_issued"
    ENFORCED = "enforced"
    RULED_FOR_VICTIM = "ruled_for_victim"


class AdverseItem(Base, Ranked):
    """One thing that speaks against the case, and the answer to it.

    Attributes:
        kind: what kind of thing it is.
        title: a few words.
        text: what speaks against the case, stated fairly.
        answer: the answer to it, with tokens for its sources.
        target_id: the target that it concerns; none for the case as a whole.
    """

    __tablename__ = "adverse_item"

    kind: Mapped[AdverseKind] = mapped_column(default=AdverseKind.OTHER)
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    target_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("target.id"), index=True)

    target: Mapped[Target | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class InterestArgument(Base, Ranked):
    """Why a designation is in the government's interest.

    Attributes:
        code: code of the argument menu in the regime file, e.g. ``NI-8``.
        text: the argument, in the drafter’s words.
        regime: code of an authority of the one submission that it is for; empty for each whose menu has the code.
        target_id: the one target that it is about; none for all of them.
    """

    __tablename__ = "interest_argument"

    code: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    regime: Mapped[str] = mapped_column(default="")
    target_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("target.id"), index=True)

    target: Mapped[Target | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Proceeding(Base, Ranked):
    """A domestic, foreign or international proceeding about the same conduct.

    Attributes:
        forum: court, commission or office.
        domestic: whether it is in the country that the case is about.
        status: where it stands, or how it ended.
        date: of the decision, else of the last step.
        text: what it was about and what came of it.
        target_id: whom it is against.
        victim_id: the party that brought it, or that the court ruled for.
    """

    __tablename__ = "proceeding"

    forum: Mapped[str] = mapped_column(default="")
    domestic: Mapped[bool] = mapped_column(default=True)
    status: Mapped[ProceedingStatus] = mapped_column(default=ProceedingStatus.PENDING)
    date: Mapped[PartialDate | None]
    text: Mapped[str] = mapped_column(default="")
    target_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("target.id"), index=True)
    victim_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)

    target: Mapped[Target | None] = relationship()
    victim: Mapped[Party | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class ListSearch(Base, Ranked):
    """A list in which every target of the case was looked for at once; a target that is on it has its own row.

    Attributes:
        name: of the list, as its publisher calls it.
        jurisdiction: whose it is.
        as_of: date that the list itself bears.
        searched_on: when it was searched.
        searched_by: who searched it; never printed.
        result: what was found, where a sentence is needed; empty for: none of the targets.
    """

    __tablename__ = "list_search"

    name: Mapped[str] = mapped_column(default="")
    jurisdiction: Mapped[str] = mapped_column(default="")
    as_of: Mapped[PartialDate | None]
    searched_on: Mapped[date | None]
    searched_by: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")


class OtherSanction(Base, Ranked):
    """What a check of another jurisdiction's list, or an earlier submission, found.

    Attributes:
        jurisdiction: whose list, or which earlier submission.
        listed: whether the target was found on it.
        reference: number of the entry.
        listed_on: since when the target is on it.
        checked_on: when it was looked up.
        text: what a reader should know.
        target_id: the target; none for the case as a whole.
    """

    __tablename__ = "other_sanction"

    jurisdiction: Mapped[str] = mapped_column(default="")
    listed: Mapped[bool] = mapped_column(default=False)
    reference: Mapped[str] = mapped_column(default="")
    listed_on: Mapped[PartialDate | None]
    checked_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(default="")
    target_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("target.id"), index=True)

    target: Mapped[Target | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Section(Base):
    """The drafter's text of one section of the packet's outline.

    Attributes:
        code: code of the section in the regime's outline, e.g. ``executive_summary``.
        regime: the regime it is written for; empty means all.
        text: CommonMark.
    """

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("code", "regime"),)

    code: Mapped[str] = mapped_column(default="")
    regime: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")


class Recipient(Base, Ranked):
    """An office the packet goes to. Addresses are user data with a date, never constants (domain 1.8).

    Attributes:
        letter: code of the letter template in the regime's resources, e.g. ``state``.
        office: the office as it calls itself.
        addressee: name or function of who is written to.
        salutation: opening of the letter; empty for the template’s.
        address: postal address, line by line.
        email: where the packet is sent.
        verified_on: when someone checked the address (C37).
        verified_by: who checked it.
    """

    __tablename__ = "recipient"

    letter: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")
    addressee: Mapped[str] = mapped_column(default="")
    salutation: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
