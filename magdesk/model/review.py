"""Who has read the case and signed for it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from magdesk.model.base import Base, Ranked


class ReviewRole(StrEnum):
    """In which capacity someone signs."""

    DRAFTER = "drafter"
    SECOND_READER = "second_reader"
    ADVERSE_READER = "adverse_reader"
    LAWYER = "lawyer"


class Signoff(Base, Ranked):
    """One signature under the case as it stands on that date."""

    __tablename__ = "signoff"

    role: Mapped[ReviewRole] = mapped_column(default=ReviewRole.SECOND_READER)
    name: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    statement: Mapped[str] = mapped_column(default="")
