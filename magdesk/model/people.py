"""Parties (persons, entities, units) and the roles they play: target, victim, witness."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from magdesk.dates.partialdate import PartialDate
from magdesk.model.base import Base, Ranked
from magdesk.model.facts import Citation

if TYPE_CHECKING:
    from magdesk.model.review import Answer


class PartyKind(StrEnum):
    """What a party is.

    A unit is a part of a government or armed body; an entity has a legal shape of its own. A group is a community or
    a class of people who are counted, not named: the workers of a compound, the households of a valley.
    """

    PERSON = "person"
    ENTITY = "entity"
    UNIT = "unit"
    GROUP = "group"


class NameKind(StrEnum):
    """What a name is to its bearer."""

    PRIMARY = "primary"
    NATIVE = "native"
    ALIAS = "alias"
    FORMER = "former"
    TRANSLITERATION = "transliteration"
    LOW_QUALITY = "low_quality"


class IdentifierKind(StrEnum):
    """Identifying data, as the designating office lists them."""

    DATE_OF_BIRTH = "date_of_birth"
    PLACE_OF_BIRTH = "place_of_birth"
    DATE_OF_DEATH = "date_of_death"
    SEX = "sex"
    NATIONALITY = "nationality"
    LOCATION = "location"
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    TAX_NUMBER = "tax_number"
    REGISTRATION_NUMBER = "registration_number"
    DATE_FOUNDED = "date_founded"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    SOCIAL_MEDIA = "social_media"
    DESCRIPTION = "description"
    OTHER = "other"


class EndState(StrEnum):
    """Whether a position or relation has ended."""

    ONGOING = "ongoing"
    ENDED = "ended"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How one party stands to another; read from left to right."""

    COMMANDS = "commands"
    MEMBER_OF = "member_of"
    PART_OF = "part_of"
    OWNS = "owns"
    CONTROLS = "controls"
    ACTS_FOR = "acts_for"
    PAYS = "pays"
    RECRUITS = "recruits"
    EMPLOYS = "employs"
    REPRESENTS = "represents"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    ASSOCIATE = "associate"


FAMILY = frozenset({RelationKind.SPOUSE, RelationKind.CHILD, RelationKind.PARENT, RelationKind.SIBLING})


class VictimStatus(StrEnum):
    """Why a victim was attacked; opens the Act's own ground (22 U.S.C. 10102(a)(1))."""

    NONE_KNOWN = "none_known"
    RIGHTS_DEFENDER = "rights_defender"
    JOURNALIST = "journalist"
    WHISTLEBLOWER = "whistleblower"
    LAWYER = "lawyer"
    PROTESTER = "protester"
    RELIGIOUS_BELIEVER = "religious_believer"
    OPPOSITION_MEMBER = "opposition_member"
    TRADE_UNIONIST = "trade_unionist"
    EXERCISING_RIGHTS = "exercising_rights"


class VictimGroup(StrEnum):
    """A group whose members sanctions practice has overlooked, or that is attacked as such (domain C4)."""

    WOMEN = "women"
    GIRLS = "girls"
    CHILDREN = "children"
    LGBTQI = "lgbtqi"
    INDIGENOUS = "indigenous"
    DISABILITIES = "disabilities"
    ETHNIC_MINORITY = "ethnic_minority"
    RELIGIOUS_MINORITY = "religious_minority"
    REFUGEES_MIGRANTS = "refugees_migrants"
    DEFENDERS = "defenders"
    JOURNALISTS = "journalists"
    LAWYERS = "lawyers"
    POLITICAL_PRISONERS = "political_prisoners"
    WHISTLEBLOWERS = "whistleblowers"


class Counted(StrEnum):
    """How the number of people in a group is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    BETWEEN = "between"


class ConsentLevel(StrEnum):
    """What a person has agreed to (domain B5)."""

    NONE = "c0_none"
    INTERNAL = "c1_internal"
    GOVERNMENTS_CONFIDENTIAL = "c2_governments_confidential"
    GOVERNMENTS_ANONYMISED = "c3_governments_anonymised"
    PUBLIC_ANONYMISED = "c4_public_anonymised"
    PUBLIC_NAMED = "c5_public_named"


class Party(Base):
    """A person, entity or unit that the case speaks of.

    Attributes:
        kind: person, entity, unit or group.
        short_name: what running text calls the party after the first mention: ``Tverezhin``, ``the Directorate``.
        pseudonym: what documents print instead of the name while ``protected``.
        protected: whether the name must never leave the case file.
        description: one or two neutral sentences.
    """

    __tablename__ = "party"

    kind: Mapped[PartyKind] = mapped_column(default=PartyKind.PERSON)
    short_name: Mapped[str] = mapped_column(default="")
    pseudonym: Mapped[str] = mapped_column(default="")
    protected: Mapped[bool] = mapped_column(default=False)
    description: Mapped[str] = mapped_column(default="")

    names: Mapped[list[Name]] = relationship(
        back_populates="party", cascade="all, delete-orphan", order_by="Name.rank, Name.id"
    )
    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="party", cascade="all, delete-orphan", order_by="Identifier.rank, Identifier.id"
    )
    positions: Mapped[list[Position]] = relationship(
        back_populates="party",
        cascade="all, delete-orphan",
        order_by="Position.rank, Position.id",
        foreign_keys="Position.party_id",
    )
    relations: Mapped[list[Relation]] = relationship(
        back_populates="party",
        cascade="all, delete-orphan",
        order_by="Relation.rank, Relation.id",
        foreign_keys="Relation.party_id",
    )
    consents: Mapped[list[Consent]] = relationship(
        back_populates="party",
        cascade="all, delete-orphan",
        order_by="Consent.obtained_on, Consent.id",
        foreign_keys="Consent.party_id",
    )
    target: Mapped[Target | None] = relationship(back_populates="party", cascade="all, delete-orphan")
    victim: Mapped[Victim | None] = relationship(back_populates="party", cascade="all, delete-orphan")
    witness: Mapped[Witness | None] = relationship(back_populates="party", cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        """The primary name, else the first one, else the pseudonym. For the window only: documents ask the build."""
        for name in self.names:
            if name.kind is NameKind.PRIMARY:
                return name.text
        return self.names[0].text if self.names else self.pseudonym


class Name(Base, Ranked):
    """One name of a party in one script.

    Attributes:
        party_id: whose name it is.
        text: the name, in the order in which it is spoken.
        kind: what the name is to its bearer.
        script: ISO 15924 code (``Latn``, ``Arab``); empty means: as the letters show.
        language: BCP 47 tag.
        system: romanisation system, for a transliteration.
    """

    __tablename__ = "name"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    text: Mapped[str] = mapped_column(default="")
    kind: Mapped[NameKind] = mapped_column(default=NameKind.PRIMARY)
    script: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    system: Mapped[str] = mapped_column(default="")

    party: Mapped[Party] = relationship(back_populates="names")
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Identifier(Base, Ranked):
    """One identifying datum with its own source.

    Attributes:
        party_id: whom it identifies.
        kind: which datum it is.
        value: the datum as text; for dates the display text may stay empty and ``date`` counts.
        date: the date, for dates of birth, death and foundation.
        country: country of issue, of the nationality or of the place.
        note: what a reader should know, e.g. that two sources differ.
    """

    __tablename__ = "identifier"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    kind: Mapped[IdentifierKind] = mapped_column(default=IdentifierKind.OTHER)
    value: Mapped[str] = mapped_column(default="")
    date: Mapped[PartialDate | None]
    country: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    party: Mapped[Party] = relationship(back_populates="identifiers")
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Position(Base, Ranked):
    """An office or post held by a party.

    Attributes:
        party_id: who held it.
        organisation_id: the party it was held in, where that is in the case.
        title: post or rank as the source gives it.
        body: name of the institution, where it is not.
        place: seat of the post.
        start: since when.
        end: until when.
        end_state: whether it has ended.
        government: whether it makes the holder an official of a foreign government (C17).
        leader: whether it makes the holder a leader of the body, for the leader-or-official prong.
    """

    __tablename__ = "position"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    start: Mapped[PartialDate | None]
    end: Mapped[PartialDate | None]
    end_state: Mapped[EndState] = mapped_column(default=EndState.UNKNOWN)
    government: Mapped[bool] = mapped_column(default=False)
    leader: Mapped[bool] = mapped_column(default=False)

    party: Mapped[Party] = relationship(back_populates="positions", foreign_keys=[party_id])
    organisation: Mapped[Party | None] = relationship(foreign_keys=[organisation_id])
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Relation(Base, Ranked):
    """An edge from one party to another: command, membership, ownership, family.

    Attributes:
        party_id: the party from which the edge leads.
        other_id: the party to which it leads.
        kind: how the first stands to the other.
        percent: share owned, 0 to 100.
        start: since when.
        end: until when.
        end_state: whether it has ended.
        include_in_request: a family member whose entry ban is asked for by association (section 7031(c)).
        note: how it is known, or what it consists in.
    """

    __tablename__ = "relation"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    kind: Mapped[RelationKind] = mapped_column(default=RelationKind.ASSOCIATE)
    percent: Mapped[float | None]
    start: Mapped[PartialDate | None]
    end: Mapped[PartialDate | None]
    end_state: Mapped[EndState] = mapped_column(default=EndState.UNKNOWN)
    include_in_request: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")

    party: Mapped[Party] = relationship(back_populates="relations", foreign_keys=[party_id])
    other: Mapped[Party] = relationship(foreign_keys=[other_id])
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )


class Target(Base, Ranked):
    """A party that the case recommends for sanctions.

    Attributes:
        party_id: the party that is recommended.
        role: one sentence on who this is and what is alleged.
        request: the exact ask (C27), in every submission that has none of its own among ``asks``.
        foreign_person_basis: why the target is a foreign person, not solely a US one (C16).
        photo_id: evidence row of the photo (C15).
        namesake_check: what the check for namesakes found (C15).
        namesake_checked_on: when that was checked.
        designation_check: what a look at the SDN list found, with its date (C39).
        designation_checked_on: when that was checked.
        already_designated: whether the target is listed under the programme that is asked for.
        exculpatory_search: where adverse information on this target was looked for.
    """

    __tablename__ = "target"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    role: Mapped[str] = mapped_column(default="")
    request: Mapped[str] = mapped_column(default="")
    foreign_person_basis: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"))
    namesake_check: Mapped[str] = mapped_column(default="")
    namesake_checked_on: Mapped[date | None]
    designation_check: Mapped[str] = mapped_column(default="")
    designation_checked_on: Mapped[date | None]
    already_designated: Mapped[bool] = mapped_column(default=False)

    party: Mapped[Party] = relationship(back_populates="target")
    legal_bases: Mapped[list[LegalBasis]] = relationship(
        back_populates="target",
        cascade="all, delete-orphan",
        order_by="LegalBasis.rank, LegalBasis.id",
        foreign_keys="LegalBasis.target_id",
    )
    asks: Mapped[list[Ask]] = relationship(
        back_populates="target", cascade="all, delete-orphan", order_by="Ask.rank, Ask.id"
    )
    answers: Mapped[list[Answer]] = relationship(
        back_populates="target", cascade="all, delete-orphan", order_by="Answer.question, Answer.id"
    )

    def asked(self, regimes: Iterable[str]) -> str:
        """The exact ask in a submission made for these authorities: what is asked of each, else the common one."""
        own = {ask.regime: ask.text.strip() for ask in self.asks if ask.text.strip()}
        asked = dict.fromkeys(own[code] for code in regimes if code in own)  # an ask made of two is made once
        return "\n\n".join(asked) or self.request


class BasisStanding(StrEnum):
    """Whether a legal basis is pleaded first or in the alternative."""

    PRIMARY = "primary"
    ALTERNATIVE = "alternative"


class LegalBasis(Base, Ranked):
    """One prong of one regime pleaded against one target.

    Attributes:
        target_id: the target that it is pleaded against.
        regime: code of the regime file.
        prong: code of the prong in it, e.g. ``HR-1``.
        abuse_type: which abuse or corruption type of the regime is pleaded, where the prong needs one.
        standing: whether it is pleaded first or in the alternative.
        argument: the drafter's own reasoning, printed above the element table.
        principal_id: the co-recommended target that a derivative prong hangs on (C20).
        principal_listing: or the listing of a person already blocked.
    """

    __tablename__ = "legal_basis"
    __table_args__ = (Index("ix_legal_basis_regime_prong", "regime", "prong"),)

    target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("target.id"), index=True)
    regime: Mapped[str] = mapped_column(default="")
    prong: Mapped[str] = mapped_column(default="")
    abuse_type: Mapped[str] = mapped_column(default="")
    standing: Mapped[BasisStanding] = mapped_column(default=BasisStanding.PRIMARY)
    argument: Mapped[str] = mapped_column(default="")
    principal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("target.id"))
    principal_listing: Mapped[str] = mapped_column(default="")

    target: Mapped[Target] = relationship(back_populates="legal_bases", foreign_keys=[target_id])
    principal: Mapped[Target | None] = relationship(foreign_keys=[principal_id])


class Ask(Base, Ranked):
    """What one submission says of a target in words of its own: what exactly is asked, its role, its summary.

    What is empty is as in every other submission.

    Attributes:
        target_id: the target.
        regime: code of an authority of that submission.
        text: what exactly is asked.
        role: as :attr:`Target.role`, where this government should read it otherwise.
        summary: two or three sentences on the target for this submission's summary.
    """

    __tablename__ = "ask"
    __table_args__ = (UniqueConstraint("target_id", "regime"),)

    target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("target.id"), index=True)
    regime: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")

    target: Mapped[Target] = relationship(back_populates="asks")


class Victim(Base, Ranked):
    """A party harmed by an incident.

    Attributes:
        party_id: the person, community or class that was harmed.
        status: why the victim was attacked.
        groups: values of :class:`VictimGroup` that the victim belongs to, comma-separated; words that are none of
            them stand for a group of their own.
        present_situation: what became of the victim.
        count: of a community or class: how many there are, or the least of ``between``; none where nobody
            counted.
        count_most: the most, for ``between``.
        counted: how the number is meant.
        counted_in: what is counted, in the plural: ``workers``, ``households``; empty for people.
        estimate: who counted or estimated, when, and how; the sources are cited.
    """

    __tablename__ = "victim"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    status: Mapped[VictimStatus] = mapped_column(default=VictimStatus.NONE_KNOWN)
    groups: Mapped[str] = mapped_column(default="")
    present_situation: Mapped[str] = mapped_column(default="")
    count: Mapped[int | None]
    count_most: Mapped[int | None]
    counted: Mapped[Counted] = mapped_column(default=Counted.ABOUT)
    counted_in: Mapped[str] = mapped_column(default="")
    estimate: Mapped[str] = mapped_column(default="")

    party: Mapped[Party] = relationship(back_populates="victim")
    citations: Mapped[list[Citation]] = relationship(
        cascade="all, delete-orphan", order_by="Citation.rank, Citation.id"
    )

    @property
    def group_codes(self) -> tuple[str, ...]:
        """The groups, one by one, in the order in which they were entered."""
        return tuple(dict.fromkeys(part.strip() for part in self.groups.split(",") if part.strip()))


class Witness(Base, Ranked):
    """A party whose account the case relies on.

    Attributes:
        party_id: the person.
        basis_of_knowledge: how the witness knows (saw, heard, was told by whom).
        interviewed_by: who took the account; never printed.
        interviewed_on: when.
        prior_statements: what the witness has said elsewhere, and whether it agrees.
        risk: assessment of what could happen to the witness.
        risk_assessed_on: when the risk was assessed.
    """

    __tablename__ = "witness"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    basis_of_knowledge: Mapped[str] = mapped_column(default="")
    interviewed_by: Mapped[str] = mapped_column(default="")
    interviewed_on: Mapped[PartialDate | None]
    prior_statements: Mapped[str] = mapped_column(default="")
    risk: Mapped[str] = mapped_column(default="")
    risk_assessed_on: Mapped[date | None]

    party: Mapped[Party] = relationship(back_populates="witness")


class Consent(Base):
    """What a person was told and agreed to, and when.

    Attributes:
        party_id: who agreed, or for whom a guardian did.
        level: how far the words and the name may go (C0 to C5).
        obtained_on: when.
        obtained_by: who asked.
        language: BCP 47 tag of the language in which it was explained.
        interpreter: who interpreted.
        scope: what exactly was agreed to, in the words used.
        informed_of_disclosure_risk: whether the person was told that a government may have to disclose it.
        review_on: when the person is to be asked again.
        withdrawn_at: when it was taken back; from then on it counts for nothing.
        form_id: the signed form.
        recipient_id: the one recipient that it is for; none for whoever the level allows.
        guardian_id: who gave it for a minor, or for another person who cannot consent alone.
    """

    __tablename__ = "consent"

    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), index=True)
    level: Mapped[ConsentLevel] = mapped_column(default=ConsentLevel.NONE)
    obtained_on: Mapped[date | None]
    obtained_by: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")
    scope: Mapped[str] = mapped_column(default="")
    informed_of_disclosure_risk: Mapped[bool] = mapped_column(default=False)
    review_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    form_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"))
    recipient_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("recipient.id"), index=True)
    guardian_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)

    party: Mapped[Party] = relationship(back_populates="consents", foreign_keys=[party_id])
    guardian: Mapped[Party | None] = relationship(foreign_keys=[guardian_id])


class Unknown(Base):
    """A datum that is not known although someone looked for it: a value with a reason, not an empty box.

    Attributes:
        subject_id: key of the row that lacks the datum (a party, an incident, a position ...).
        field: which datum: an identifier kind or a column name.
        searched: where it was looked for.
        searched_on: when.
        note: what else should be known about the search.
    """

    __tablename__ = "unknown"
    __table_args__ = (Index("ix_unknown_subject_field", "subject_id", "field", unique=True),)

    subject_id: Mapped[uuid.UUID]
    field: Mapped[str] = mapped_column(default="")
    searched: Mapped[str] = mapped_column(default="")
    searched_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
