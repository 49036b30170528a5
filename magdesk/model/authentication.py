"""Why an item is held to be what it claims to be: of leaked sheets, chats, e-mails and recordings."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.model.base import Base, Ranked
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Citation


class AuthenticationKind(StrEnum):
    """What shows that a leaked sheet, chat, e-mail or recording is what it claims to be (Fed. R. Evid. 901(b))."""

    METADATA = "metadata"
    HEADERS = "headers"
    SIGNATURE = "signature"
    SOURCE_STATEMENT = "source_statement"
    PERSON_WITH_KNOWLEDGE = "person_with_knowledge"
    MATCHES_RECORDS = "matches_records"
    DISTINCTIVE_CONTENT = "distinctive_content"
    EXPERT = "expert"
    ADMITTED = "admitted"
    OTHER = "other"


class Authentication(Base, Ranked):
    """One reason to hold that an item is what it claims to be. Printed with the exhibit; cites what it leans on.

    Attributes:
        evidence_id: the item.
        kind: what kind of reason it is.
        text: the reason, in a sentence.
        done_by: who established it.
        done_on: when.
    """

    __tablename__ = "authentication"

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    kind: Mapped[AuthenticationKind] = mapped_column(default=AuthenticationKind.OTHER)
    text: Mapped[str] = mapped_column(default="")
    done_by: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]

    evidence: Mapped[Evidence] = relationship(back_populates="authentications")
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )
