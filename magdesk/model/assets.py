"""What could be frozen, and what was paid: property of a target, and money that went from one party to another."""

from __future__ import annotations

import uuid
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked
from magdesk.model.facts import Citation
from magdesk.model.incidents import Incident
from magdesk.model.people import Party, Target


class AssetKind(StrEnum):
    """What an asset is, as a freeze would name it."""

    REAL_ESTATE = "real_estate"
    BANK_ACCOUNT = "bank_account"
    COMPANY = "company"
    SECURITIES = "securities"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    VEHICLE = "vehicle"
    CRYPTO = "crypto"
    VALUABLES = "valuables"
    OTHER = "other"


class Asset(Base, Ranked):
    """One thing of value that belongs to a target, in whatever name it is held.

    Attributes:
        target_id: the target whose asset it is.
        holder_id: the party in whose name it is held; none where that is the target, or nobody knows.
        kind: what it is.
        description: what it is, in a phrase: ``Flat of 240 square metres, two parking spaces``.
        place: address or port of registry.
        country: where a freeze would reach it.
        number: what identifies it: land-register folio, IBAN, IMO number (IMO resolution A.1117(30)),
            registration mark, wallet.
        value: what it is worth, in units of ``currency``; none where that is not known.
        currency: ISO 4217 code.
        valued_on: day of that value.
        held_since: since when it has been held.
        note: how it is tied to the target, where the holder is another.
    """

    __tablename__ = "asset"

    target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("target.id"), index=True)
    holder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    kind: Mapped[AssetKind] = mapped_column(default=AssetKind.OTHER)
    description: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    value: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(default="")
    valued_on: Mapped[PartialDate | None]
    held_since: Mapped[PartialDate | None]
    note: Mapped[str] = mapped_column(default="")

    target: Mapped[Target] = relationship()
    holder: Mapped[Party | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Payment(Base, Ranked):
    """Money, or something worth money, that one party gave another.

    Attributes:
        amount: in units of ``currency``; none where only the payment is known.
        currency: ISO 4217 code; a commodity or coin by its own name.
        date: when it was paid, as far as it is known.
        payer_id: who gave it; none where that is not known.
        payee_id: who got it; none where that is not known.
        from_account: the account it left.
        to_account: the account it reached.
        purpose: what it was for, as far as the sources say.
        incident_id: the incident that it is part of.
    """

    __tablename__ = "payment"

    amount: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(default="")
    date: Mapped[PartialDate | None]
    payer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    payee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    from_account: Mapped[str] = mapped_column(default="")
    to_account: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    incident_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("incident.id"), index=True)

    payer: Mapped[Party | None] = relationship(foreign_keys=[payer_id])
    payee: Mapped[Party | None] = relationship(foreign_keys=[payee_id])
    incident: Mapped[Incident | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )
