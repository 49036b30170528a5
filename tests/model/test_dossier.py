from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from magdesk.dossier.dossier import load_dossier
from magdesk.errors import InputError
from magdesk.model import Base, Case, Citation, Evidence, Fact, Name, Party, Section, Target
from magdesk.model.people import NameKind
from magdesk.model.text import evidence_token, references
from magdesk.model.values import now


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def test_an_empty_file_holds_no_case(session: Session) -> None:
    with pytest.raises(InputError):
        load_dossier(session)


def test_numbers_follow_the_order(session: Session) -> None:
    report, order, translation, unused, photo = (Evidence(title=t, rank=r) for r, t in enumerate("abcde"))
    translation.translation_of_id = order.id
    first, second = Fact(text="first", rank=0), Fact(text="second", rank=1)
    party = Party(names=[Name(text="Иван", kind=NameKind.NATIVE), Name(text="Ivan", rank=1)])
    session.add_all(
        [
            Case(created_at=now()),
            *(report, order, translation, unused, photo),
            *(first, second, party),
            Target(party=party, photo_id=photo.id),
            Section(code="background", text=f"See {evidence_token(report.id, 'p. 2')}."),
        ]
    )
    session.flush()
    first.citations.append(Citation(evidence=translation, pinpoint="1"))
    second.citations.append(Citation(evidence=report, pinpoint="3"))
    session.commit()
    dossier = load_dossier(session)
    assert dossier.fact_numbers == {first.id: 1, second.id: 2}
    assert [item.title for item in dossier.exhibits] == ["b", "c", "a", "e"]
    assert unused.id not in dossier.exhibit_numbers
    first.rank = 5
    session.commit()
    assert load_dossier(session).fact_numbers == {second.id: 1, first.id: 2}
    assert [item.title for item in load_dossier(session).exhibits] == ["a", "b", "c", "e"]
    assert party.name == "Ivan"


def test_independent_roots(session: Session) -> None:
    wire = Evidence(title="wire")
    paper = Evidence(title="paper", derived_from_id=wire.id)
    english = Evidence(title="english", translation_of_id=paper.id)
    scan = Evidence(title="scan", part_of_id=paper.id)
    message = Evidence(title="message", part_of_id=scan.id, derived_from_id=None)
    ring = Evidence(title="ring")
    ring.derived_from_id = ring.id
    first, second = Evidence(title="first"), Evidence(title="second")
    first.part_of_id, second.derived_from_id = second.id, first.id
    session.add_all([Case(created_at=now()), wire, paper, english, scan, message, ring, first, second])
    session.commit()
    dossier = load_dossier(session)
    assert {dossier.root_of(item.id) for item in (wire, paper, english, scan, message)} == {wire.id}
    assert dossier.root_of(ring.id) == ring.id
    assert {dossier.root_of(first.id), dossier.root_of(second.id)} <= {first.id, second.id}
    unknown = uuid.uuid4()
    assert dossier.root_of(unknown) == unknown


def test_tokens_are_found_in_order() -> None:
    key = Evidence().id
    text = f"a {{@party:{key}}} b [@fact:{key}] c [@evidence:{key}, ¶ 12] d [@evidence:{key}] e {{@party:nobody}}"
    found = [(reference.kind, reference.pinpoint) for reference in references(text)]
    assert found == [("party", ""), ("fact", ""), ("evidence", "¶ 12"), ("evidence", "")]
