"""What was sent to whom, what came back, and what came of it."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.model.base import Base, Ranked
from magdesk.model.drafting import Recipient


class OutcomeKind(StrEnum):
    """What came of a submission (domain 4.1)."""

    ACKNOWLEDGED = "acknowledged"
    MEETING = "meeting"
    INFORMATION_REQUESTED = "information_requested"
    SUPPLEMENT_SENT = "supplement_sent"
    DESIGNATED = "designated"
    VISA_RESTRICTED = "visa_restricted"
    SANCTIONED_ELSEWHERE = "sanctioned_elsewhere"
    DECLINED = "declined"
    DORMANT = "dormant"
    DELISTED = "delisted"


class Submission(Base, Ranked):
    """One sending of one packet to one recipient.

    Attributes:
        recipient_id: to whom it was sent.
        sent_on: when.
        channel: how: e-mail, portal, courier.
        message_id: reference of the message or parcel.
        version: version of the text that was sent.
        packet_digest: SHA-256 of the packet's ``SHA256SUMS`` file: names exactly what was sent.
        note: anything else.
    """

    __tablename__ = "submission"

    recipient_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("recipient.id"), index=True)
    sent_on: Mapped[date | None]
    channel: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="")
    packet_digest: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    recipient: Mapped[Recipient | None] = relationship()
    outcomes: Mapped[list[Outcome]] = relationship(
        back_populates="submission", cascade="all, delete-orphan", order_by="Outcome.rank, Outcome.id"
    )


class Outcome(Base, Ranked):
    """Something that came back or became known after a submission, or is due.

    Attributes:
        submission_id: the submission that it came of.
        kind: what came.
        happened_on: when.
        due_on: when an answer or an act is due.
        reference: reference of the office.
        text: what was said.
    """

    __tablename__ = "outcome"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), index=True)
    kind: Mapped[OutcomeKind] = mapped_column(default=OutcomeKind.ACKNOWLEDGED)
    happened_on: Mapped[date | None]
    due_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")

    submission: Mapped[Submission] = relationship(back_populates="outcomes")
