"""Who has read the case and signed for it; which findings were set aside and why; what was judged by hand."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.model.base import Base, Ranked
from magdesk.model.people import Target


class ReviewRole(StrEnum):
    """In which capacity someone signs."""

    DRAFTER = "drafter"
    SECOND_READER = "second_reader"
    ADVERSE_READER = "adverse_reader"
    LAWYER = "lawyer"


class Signoff(Base, Ranked):
    """One signature under the case as it stands on that date.

    Attributes:
        role: in which capacity the person signs.
        name: who signs.
        signed_on: when.
        statement: what the person confirms.
    """

    __tablename__ = "signoff"

    role: Mapped[ReviewRole] = mapped_column(default=ReviewRole.SECOND_READER)
    name: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    statement: Mapped[str] = mapped_column(default="")


class Waiver(Base):
    """A finding that someone set aside, with the reason. It stops counting; it is never hidden.

    A waiver belongs to the place of the finding, not to its words: it lasts while the check finds something there.

    Attributes:
        code: the check, e.g. ``C06``.
        subject_id: key of the row that the finding is about; none for the case as a whole.
        field: the field of that row, or what else tells two findings of one check and row apart.
        reason: why it is set aside, as the review page and the gap report say it.
        waived_by: who set it aside.
        waived_on: when.
    """

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("code", "subject_id", "field"),)

    code: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[uuid.UUID | None]
    field: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    waived_by: Mapped[str] = mapped_column(default="")
    waived_on: Mapped[date | None]


class Answer(Base):
    """What someone answered to a question of suitability that the rows of the case do not answer, or answer wrongly.

    Attributes:
        target_id: the target it is about; none for the case as a whole.
        question: code of the question.
        value: code of the answer.
        note: on what it rests.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("target_id", "question"),)

    target_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("target.id"), index=True)
    question: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    target: Mapped[Target | None] = relationship(back_populates="answers")
