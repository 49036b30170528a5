"""What somebody said of a question of the Guide instead of answering it. No part of any document."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from magdesk.model.base import Base


class GuideState(StrEnum):
    """Why a question of the Guide is left without an answer.

    ``LATER``: nobody knows yet; the note says who could. ``NOT_APPLICABLE``: it does not arise; the note says why.
    """

    LATER = "later"
    NOT_APPLICABLE = "not_applicable"


class GuideMark(Base):
    """That a question of the Guide was seen and not answered. Suitability never reads it; it is never printed.

    Attributes:
        screen: number of the question, e.g. ``2.7``.
        subject_id: key of the row that it was asked about; none for a question about the case as a whole.
        state: asked again later, or does not apply.
        note: who could know it, or why it does not apply.
        marked_by: who said so.
        marked_on: when.
    """

    __tablename__ = "guide_mark"
    __table_args__ = (UniqueConstraint("screen", "subject_id"),)

    screen: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[uuid.UUID | None]
    state: Mapped[GuideState] = mapped_column(default=GuideState.LATER)
    note: Mapped[str] = mapped_column(default="")
    marked_by: Mapped[str] = mapped_column(default="")
    marked_on: Mapped[date | None]
