"""The case itself: who submits it, whom to call, and under which authorities it asks for action."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked


class CaseStatus(StrEnum):
    """Where the case stands in its life (domain: lifecycle)."""

    DRAFT = "draft"
    INTERNAL_REVIEW = "internal_review"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    UNDER_FOLLOW_UP = "under_follow_up"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class OrganisationRole(StrEnum):
    """What an organisation is to the submission."""

    LEAD = "lead"
    CO_SUBMITTER = "co_submitter"
    PARTNER = "partner"


class EngagementKind(StrEnum):
    """What kind of public record shows the organisation's standing."""

    PUBLICATION = "publication"
    US_GOVERNMENT = "us_government"
    UNITED_NATIONS = "united_nations"


class Publicity(StrEnum):
    """Whether the submitters ask for a public measure."""

    PUBLIC = "public"
    PRIVATE = "private"
    EITHER = "either"


class Case(Base):
    """The one row that is the case.

    Attributes:
        title: working title; also the default title of the packet's metadata.
        reference: the submitters' own reference.
        version: version of the text, as the cover prints it.
        status: where the case stands in the office; it changes no document.
        language: BCP 47 tag of the documents; never that of the window.
        country: ISO 3166 name or code of the country the case is about.
        filing_date: planned date of filing; recency of acts is counted from it.
        standard_of_proof: the submitters' own standard, stated once (domain 1.6).
        order_status_verified_on: when someone last checked that the E.O. 13818 emergency is in force (C38).
        programme_check: what a check for a country programme found (C24).
        programme_checked_on: when that check was made.
        side_effects: do-no-harm answer (C26).
        bates_prefix: letters before each Bates number.
        banner: confidentiality banner on each page; empty means the regime's default.
        no_adverse_statement: what was searched when no adverse information was found.
        created_at: when the case was begun; today where it is left out of a file.
    """

    __tablename__ = "case"

    title: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="1")
    status: Mapped[CaseStatus] = mapped_column(default=CaseStatus.DRAFT)
    language: Mapped[str] = mapped_column(default="en")
    country: Mapped[str] = mapped_column(default="")
    filing_date: Mapped[date | None]
    standard_of_proof: Mapped[str] = mapped_column(default="")
    order_status_verified_on: Mapped[date | None]
    programme_check: Mapped[str] = mapped_column(default="")
    programme_checked_on: Mapped[date | None]
    side_effects: Mapped[str] = mapped_column(default="")
    bates_prefix: Mapped[str] = mapped_column(default="")
    banner: Mapped[str] = mapped_column(default="")
    no_adverse_statement: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Organisation(Base, Ranked):
    """An organisation that submits the case or contributed to it (domain 1.3).

    Attributes:
        role: lead, co-submitter or partner.
        name: as registered.
        legal_form: legal form and the law that it follows.
        founded: year of foundation.
        seats: cities of its offices, as far as they may be known.
        mandate: what it documents, where and since when.
        link_to_case: why it knows the facts of this case (C02).
        contribution: what a partner contributed.
        website: printed in full.
        may_be_named: whether the packet may name it.
    """

    __tablename__ = "organisation"

    role: Mapped[OrganisationRole] = mapped_column(default=OrganisationRole.LEAD)
    name: Mapped[str] = mapped_column(default="")
    legal_form: Mapped[str] = mapped_column(default="")
    founded: Mapped[str] = mapped_column(default="")
    seats: Mapped[str] = mapped_column(default="")
    mandate: Mapped[str] = mapped_column(default="")
    link_to_case: Mapped[str] = mapped_column(default="")
    contribution: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    may_be_named: Mapped[bool] = mapped_column(default=True)

    engagements: Mapped[list[Engagement]] = relationship(
        back_populates="organisation",
        cascade="all, delete-orphan",
        order_by="Engagement.rank, Engagement.id",
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", order_by="Contact.rank, Contact.id"
    )


class Engagement(Base, Ranked):
    """A publication, testimony or briefing that shows an organisation's standing.

    Attributes:
        organisation_id: whose standing it shows.
        kind: publication, United States government or United Nations.
        title: of the publication, testimony or briefing.
        body: before whom, or where it was published.
        date: when.
        url: where it can be read.
    """

    __tablename__ = "engagement"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[EngagementKind] = mapped_column(default=EngagementKind.PUBLICATION)
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    date: Mapped[PartialDate | None]
    url: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship(back_populates="engagements")


class Contact(Base, Ranked):
    """A person at a submitting organisation who answers for the submission.

    Attributes:
        organisation_id: the organisation for which the person answers.
        name: of the person.
        position: in the organisation.
        email: printed on the cover.
        phone: with the country code.
        point_of_contact: whether officials may write to and call this person.
    """

    __tablename__ = "contact"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    point_of_contact: Mapped[bool] = mapped_column(default=True)

    organisation: Mapped[Organisation] = relationship(back_populates="contacts")


class Authority(Base, Ranked):
    """An authority the case asks to be used: one regime, with what must be confirmed about it.

    Attributes:
        regime: code of the regime file, e.g. ``us-glomag``.
        citation: the citation the packet prints where it changes by year (section 7031(c)).
        citation_confirmed_on: when someone confirmed that citation (C18).
        publicity: whether a public or a private measure is asked for.
        publicity_reason: why; printed in the request.
        measures: codes of the regime's measures that are asked for, comma-separated; empty means all of them.
        title: of the submission that it belongs to; empty means the title of the case.
    """

    __tablename__ = "authority"

    regime: Mapped[str] = mapped_column(default="", unique=True)
    citation: Mapped[str] = mapped_column(default="")
    citation_confirmed_on: Mapped[date | None]
    publicity: Mapped[Publicity] = mapped_column(default=Publicity.PUBLIC)
    publicity_reason: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
