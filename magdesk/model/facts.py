"""The graph that proves the case: numbered facts, the citations that support them, the elements they prove."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked
from magdesk.model.evidence import Evidence

if TYPE_CHECKING:
    from magdesk.model.incidents import Incident, Participation
    from magdesk.model.people import LegalBasis


class Stance(StrEnum):
    """What a place in a source does to what it is attached to.

    ``RETOLD``: it supports it, but these words are what somebody else had told the source: hearsay. Only a person who
    read them can say so; words on how somebody knows are in the language of whoever wrote them.
    """

    SUPPORTS = "supports"
    RETOLD = "retold"
    CONTRADICTS = "contradicts"

    @property
    def supports(self) -> bool:
        """Whether it is a source for what it is attached to, whether or not at first hand."""
        return self is not Stance.CONTRADICTS


class PinpointKind(StrEnum):
    """What a pinpoint counts in."""

    PAGE = "page"
    PARAGRAPH = "paragraph"
    TIME = "time"
    CELL = "cell"
    MESSAGE = "message"
    LINE = "line"
    WHOLE = "whole"


class Fact(Base, Ranked):
    """A numbered factual statement. Its number is its place in the order of facts; it is stored nowhere.

    Attributes:
        text: one or two sentences, with party tokens instead of typed names.
        date: when it happened, as far as it is known.
        place: where; only where it differs from the incident’s.
        incident_id: the incident it belongs to, or none for background.
    """

    __tablename__ = "fact"

    text: Mapped[str] = mapped_column(default="")
    date: Mapped[PartialDate | None]
    place: Mapped[str] = mapped_column(default="")
    incident_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("incident.id"), index=True)

    incident: Mapped[Incident | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        back_populates="fact", cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )
    proofs: Mapped[list[Proof]] = relationship(
        back_populates="fact", cascade="all, delete-orphan", order_by="Proof.id"
    )


_OWNERS = (
    "fact_id",
    "name_id",
    "identifier_id",
    "position_id",
    "relation_id",
    "participation_id",
    "adverse_item_id",
    "interest_argument_id",
    "proceeding_id",
    "other_sanction_id",
    "victim_id",
    "authentication_id",
    "asset_id",
    "payment_id",
)


class Citation(Base, Ranked):
    """One place in one piece of evidence that supports or contradicts what it is attached to.

    It belongs to exactly one owner: a fact, or any other row that needs a source of its own.

    Attributes:
        evidence_id: the item that is cited.
        pinpoint_kind: what the pinpoint counts in.
        pinpoint: the place in the unit of ``pinpoint_kind``: ``4``, ``4-5``, ``12``, ``00:03:10``, ``Sheet1!B7``,
            ``Sheet1!B7:D9``. A page is the physical page of the file, counted from 1, so a link can open it;
            messages and lines are counted from 1 too.
        quote: the words relied on, in the language of the source.
        quote_english: their translation, where the source is not in English.
        stance: whether it supports, supports only as others had told it, or contradicts.
        note: a word to the reader; printed in the footnote.
        seen_by: who says that the words stand in the source, having looked at it.
        seen_on: when.
        seen_words: :func:`what_is_quoted` when they looked. Where it says something else now, nobody has looked.
            Leave it out of a dossier.json written by hand: ``seen_by`` then vouches for the words as they stand.
        fact_id: the fact that it is for.
        name_id: or the name.
        identifier_id: or the identifying datum.
        position_id: or the post.
        relation_id: or the relation.
        participation_id: or the participation.
        adverse_item_id: or the adverse information.
        interest_argument_id: or the argument.
        proceeding_id: or the proceeding.
        other_sanction_id: or the listing.
        victim_id: or the number of a community or class.
        authentication_id: or the authentication.
        asset_id: or the asset.
        payment_id: or the payment.
    """

    __tablename__ = "citation"
    __table_args__ = (
        CheckConstraint(" + ".join(f"({owner} IS NOT NULL)" for owner in _OWNERS) + " = 1", name="one_owner"),
    )

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    pinpoint_kind: Mapped[PinpointKind] = mapped_column(default=PinpointKind.PAGE)
    pinpoint: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    quote_english: Mapped[str] = mapped_column(default="")
    stance: Mapped[Stance] = mapped_column(default=Stance.SUPPORTS)
    note: Mapped[str] = mapped_column(default="")
    seen_by: Mapped[str] = mapped_column(default="")
    seen_on: Mapped[date | None]
    seen_words: Mapped[str] = mapped_column(default="")

    fact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("fact.id"), index=True)
    name_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("name.id"), index=True)
    identifier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("identifier.id"), index=True)
    position_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("position.id"), index=True)
    relation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("relation.id"), index=True)
    participation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("participation.id"), index=True)
    adverse_item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("adverse_item.id"), index=True)
    interest_argument_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("interest_argument.id"), index=True)
    proceeding_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("proceeding.id"), index=True)
    other_sanction_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("other_sanction.id"), index=True)
    victim_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("victim.id"), index=True)
    authentication_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("authentication.id"), index=True)
    asset_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("asset.id"), index=True)
    payment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payment.id"), index=True)

    evidence: Mapped[Evidence] = relationship()
    fact: Mapped[Fact | None] = relationship(back_populates="citations")


def what_is_quoted(citation: Citation, item: Evidence) -> str:
    """The words, the place and the file of a citation as one digest: another word, page or file is another one.

    Args:
        item: which the citation names.
    """
    said = (item.sha256, citation.pinpoint_kind.value, citation.pinpoint, citation.quote, citation.quote_english)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def is_seen(citation: Citation, item: Evidence) -> bool:
    """Whether a person has said that these very words stand there."""
    return bool(citation.seen_by.strip()) and citation.seen_words == what_is_quoted(citation, item)


class Proof(Base):
    """A fact proves an element: of one legal basis, or wherever the same is asked.

    It names exactly one of a legal basis, a kind and a participation.

    Attributes:
        fact_id: the fact that proves it.
        legal_basis_id: the one ground whose element it proves.
        kind: code of a type of abuse or corruption whose element it proves, in each ground in which that type is
            pleaded against a target who took part in the fact's incident; a background fact serves every target.
        participation_id: the participation whose mode it proves, in each ground of that target which asks for it.
        element: code of the element in the regime file, e.g. ``E2``, of the kind, e.g. ``T2``, or of the mode,
            e.g. ``C3``. With a legal basis, ``command:C3`` stands for what a mode needs in that ground alone.
    """

    __tablename__ = "proof"
    __table_args__ = (
        CheckConstraint(
            "(legal_basis_id IS NOT NULL) + (kind IS NOT NULL) + (participation_id IS NOT NULL) = 1", name="one_scope"
        ),
        UniqueConstraint("fact_id", "legal_basis_id", "element"),
        UniqueConstraint("fact_id", "kind", "element"),
        UniqueConstraint("fact_id", "participation_id", "element"),
    )

    fact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("fact.id"), index=True)
    legal_basis_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("legal_basis.id"), index=True)
    kind: Mapped[str | None]
    participation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("participation.id"), index=True)
    element: Mapped[str] = mapped_column(default="")

    fact: Mapped[Fact] = relationship(back_populates="proofs")
    legal_basis: Mapped[LegalBasis | None] = relationship()
    participation: Mapped[Participation | None] = relationship()


class ElementNote(Base):
    """The drafter's comment on one element of a legal basis, e.g. why one source must do.

    Attributes:
        legal_basis_id: the ground.
        element: code of its element, as in ``proof``.
        text: the comment.
    """

    __tablename__ = "element_note"
    __table_args__ = (UniqueConstraint("legal_basis_id", "element"),)

    legal_basis_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_basis.id"), index=True)
    element: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")

    legal_basis: Mapped[LegalBasis] = relationship()
