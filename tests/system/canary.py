"""A case whose every field and file carries a canary string, and a search of the disk for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Enum, String
from sqlalchemy import inspect as mapper_of

from magdesk.casefile import CaseFile
from magdesk.model import (
    AdverseItem,
    Answer,
    Ask,
    Asset,
    Authentication,
    Authority,
    Base,
    Case,
    Citation,
    Consent,
    Contact,
    Detail,
    ElementNote,
    Engagement,
    Evidence,
    Fact,
    GuideMark,
    Harm,
    HashList,
    Identifier,
    Incident,
    InterestArgument,
    LegalBasis,
    ListSearch,
    Name,
    Organisation,
    OtherSanction,
    Outcome,
    Participation,
    Party,
    Payment,
    Position,
    Proceeding,
    Proof,
    Recipient,
    Relation,
    Section,
    Signoff,
    Submission,
    Target,
    TimestampProof,
    Unknown,
    Verification,
    Victim,
    Waiver,
    Witness,
)
from magdesk.values import now

CANARY = "kanarienvogel-7391"


def _texts(row: Base, text: str) -> Base:
    """The row with the text in each of its text columns."""
    for column in mapper_of(type(row)).columns:
        if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.key != "sha256":
            setattr(row, column.key, text)
    return row


def rows_of_every_kind(text: str) -> Iterator[Base]:
    """One row of every table, linked as the model wants it, with the text in every text column."""
    party, other = Party(), Party()
    target, victim, witness = Target(party_id=party.id), Victim(party_id=other.id), Witness(party_id=other.id)
    evidence, incident, fact = Evidence(), Incident(), Fact()
    basis = LegalBasis(target_id=target.id)
    organisation, submission = Organisation(), Submission()
    rows: list[Base] = [
        party, other, target, victim, witness, evidence, incident, fact, basis, organisation, submission,
        Name(party_id=party.id), Identifier(party_id=party.id), Position(party_id=party.id),
        Relation(party_id=party.id, other_id=other.id), Consent(party_id=other.id),
        Unknown(subject_id=party.id), Engagement(organisation_id=organisation.id),
        Contact(organisation_id=organisation.id), Authority(), Harm(incident_id=incident.id, party_id=other.id),
        Participation(incident_id=incident.id, target_id=target.id),
        Citation(fact_id=fact.id, evidence_id=evidence.id), Proof(fact_id=fact.id),
        ElementNote(legal_basis_id=basis.id), AdverseItem(), InterestArgument(), Proceeding(), OtherSanction(),
        Section(), Recipient(), Signoff(), Waiver(), Answer(target_id=target.id), Ask(target_id=target.id),
        Detail(evidence_id=evidence.id), Outcome(submission_id=submission.id),
        HashList(day=now().date()), TimestampProof(evidence_id=evidence.id), Verification(evidence_id=evidence.id),
        Asset(target_id=target.id), Payment(), Authentication(evidence_id=evidence.id), ListSearch(),
        GuideMark(),
    ]  # fmt: skip
    covered = {type(row) for row in rows} | {Case}
    missing = {mapper.class_ for mapper in Base.registry.mappers} - covered
    assert not missing, missing
    for row in rows:
        yield _texts(row, text)


def fill(case: CaseFile, text: str) -> None:
    """Put one row of every kind into the case, with the text in every text column."""
    with case.change(f"Fill {text}") as session:
        session.add(_texts(Case(created_at=now()), text))
        session.add_all(rows_of_every_kind(text))


def in_clear(folder: Path, text: str) -> list[Path]:
    """The files below a folder that hold the text in clear, in UTF-8 or UTF-16, in content or in name."""
    needles = [text.encode(), text.encode("utf-16-le"), text.upper().encode()]
    found = []
    for path in folder.rglob("*"):
        if text in path.name:
            found.append(path)
        elif path.is_file():
            content = path.read_bytes()
            if any(needle in content for needle in needles):
                found.append(path)
    return found
