"""What was done, when, where, to whom, and who took part in it how."""

from __future__ import annotations

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked
from magdesk.model.facts import Citation
from magdesk.model.people import Party, Target


class Mode(StrEnum):
    """Mode of responsibility (domain 2.8)."""

    DIRECT = "direct"
    ORDERED = "ordered"
    COMPLICIT = "complicit"
    INDIRECT = "indirect"
    COMMAND = "command"
    STATUS = "status"


class Incident(Base, Ranked):
    """One act or closely linked series of acts.

    Attributes:
        title: a few words that tell it from the others; a heading in the submission.
        kind: code of an abuse or corruption type in the regime files, e.g. ``torture``.
        other_kinds: codes of further types that the same act is, comma-separated.
        start: first day, as far as it is known.
        end: last day; none for an act of one day.
        place: town, prison, street: as the sources name it.
        country: ISO 3166 name or code of the country in which it happened.
        summary: two or three sentences; the proof is in the facts.
        old_justification: why it counts although older than five years (C08).
    """

    __tablename__ = "incident"

    title: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    other_kinds: Mapped[str] = mapped_column(default="")
    start: Mapped[PartialDate | None]
    end: Mapped[PartialDate | None]
    place: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    old_justification: Mapped[str] = mapped_column(default="")

    harms: Mapped[list[Harm]] = relationship(
        back_populates="incident", cascade="all, delete-orphan", order_by="Harm.rank, Harm.id"
    )
    participations: Mapped[list[Participation]] = relationship(
        back_populates="incident",
        cascade="all, delete-orphan",
        order_by="Participation.rank, Participation.id",
    )

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every type that the act is, the leading one first."""
        every = (self.kind, *self.other_kinds.split(","))
        return tuple(dict.fromkeys(code.strip() for code in every if code.strip()))


class Harm(Base, Ranked):
    """What an incident did to one victim.

    Attributes:
        incident_id: the incident.
        party_id: the party that was harmed; it needs a ``victim`` row.
        description: what was done to the body, the freedom or the rights of the victim.
        property: what was taken, destroyed or damaged of theirs, with its extent: land, homes, herds, savings.
    """

    __tablename__ = "harm"
    __table_args__ = (UniqueConstraint("incident_id", "party_id"),)

    incident_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    description: Mapped[str] = mapped_column(default="")
    property: Mapped[str] = mapped_column(default="")

    incident: Mapped[Incident] = relationship(back_populates="harms")
    party: Mapped[Party] = relationship()


class Participation(Base, Ranked):
    """How a target took part in an incident.

    Attributes:
        incident_id: the incident.
        target_id: the target that took part.
        mode: mode of responsibility.
        description: what the target did, in a sentence.
    """

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("incident_id", "target_id", "mode"),)

    incident_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("target.id"), index=True)
    mode: Mapped[Mode] = mapped_column(default=Mode.DIRECT)
    description: Mapped[str] = mapped_column(default="")

    incident: Mapped[Incident] = relationship(back_populates="participations")
    target: Mapped[Target] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )
