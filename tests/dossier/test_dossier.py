from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from magdesk.dossier.dossier import LiveDossier, load_dossier
from magdesk.dossier.memory import Memory
from magdesk.errors import InputError
from magdesk.model import (
    Answer,
    Base,
    Case,
    Citation,
    Consent,
    Evidence,
    Fact,
    Incident,
    LegalBasis,
    Name,
    Participation,
    Party,
    Proof,
    Relation,
    Section,
    Target,
    Waiver,
)
from magdesk.model.evidence import Access, Grade
from magdesk.model.people import NameKind, RelationKind
from magdesk.model.text import evidence_token, references
from magdesk.values import now


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


def test_what_a_party_handed_over_is_no_root_beside_its_own_statement(session: Session) -> None:
    party, other = Party(names=[Name(text="W")]), Party(names=[Name(text="V")])
    original = Evidence(title="statement", rank=2)
    statement = Evidence(title="english", speaker_id=party.id, translation_of_id=original.id, rank=3)
    later = Evidence(title="second statement", speaker_id=party.id, rank=4)
    sheet = Evidence(title="sheet", supplier_id=party.id, rank=0)
    extract = Evidence(title="extract", derived_from_id=sheet.id, rank=1)
    article = Evidence(title="article", supplier_id=party.id, access=Access.OPEN_SOURCE, rank=5)
    silent = Evidence(title="from who said nothing", supplier_id=other.id, rank=6)
    session.add_all(
        [Case(created_at=now()), party, other, original, statement, later, sheet, extract, article, silent]
    )
    session.commit()
    live = LiveDossier(session)
    assert {live.dossier.root_of(item.id) for item in (sheet, extract, statement, original)} == {original.id}
    assert live.dossier.root_of(article.id) == article.id
    assert live.dossier.root_of(silent.id) == silent.id
    later.speaker_id = other.id
    session.commit()
    live.refresh({"evidence": {later.id}})
    assert live.dossier.root_of(silent.id) == later.id, "who spoke since"


def test_what_is_numbered_as_an_exhibit(session: Session) -> None:
    cited, hidden, original, english, french, loose, loose_english, told = (
        Evidence(title=title, rank=rank)
        for rank, title in enumerate(
            ("cited", "hidden", "original", "english", "french", "loose", "loose english", "told")
        )
    )
    hidden.produce = False
    english.translation_of_id = french.translation_of_id = original.id
    loose_english.translation_of_id = loose.id
    fact = Fact(text="f")
    fact.citations += [Citation(evidence=item, rank=n) for n, item in enumerate((hidden, french, cited, french))]
    text = f"[@fact:{loose.id}] {{@party:{loose.id}}} {evidence_token(told.id, '')}"
    session.add_all([Case(created_at=now()), cited, hidden, original, english, french, loose, loose_english, told])
    session.add_all([fact, Section(code="background", text=text)])
    session.commit()
    dossier = load_dossier(session)
    assert [item.title for item in dossier.exhibits] == ["original", "english", "french", "cited", "told"]
    assert list(dossier.exhibit_numbers.values()) == [1, 2, 3, 4, 5]
    assert dossier.cites == {fact.id: (hidden.id, french.id, cited.id, french.id)}


def test_what_identifies_others_is_an_exhibit_of_the_case_and_not_of_one_submission(session: Session) -> None:
    items = [Evidence(title=title, rank=rank) for rank, title in enumerate(("target", "wife", "driver", "tie"))]
    parties = [Party(names=[Name(text=item.title)]) for item in items[:3]]
    target, wife, driver = parties
    for party, item in zip(parties, items, strict=False):
        party.names[0].citations.append(Citation(evidence_id=item.id))
    married = Relation(kind=RelationKind.SPOUSE, other_id=target.id, include_in_request=True)
    drives = Relation(kind=RelationKind.ACTS_FOR, other_id=target.id, citations=[Citation(evidence_id=items[3].id)])
    wife.relations.append(married)
    driver.relations.append(drives)
    session.add_all([Case(created_at=now()), *items, *parties, Target(party=target)])
    session.commit()
    whole = load_dossier(session)
    assert not whole.part
    titles = [whole.evidence[key].title for key in whole.cited_beside_facts]
    assert titles[0] == "target"
    assert sorted(titles) == ["driver", "target", "tie", "wife"]
    assert len(whole.exhibits) == 4
    part = replace(whole, part=True, memory=Memory())
    assert sorted(part.evidence[key].title for key in part.cited_beside_facts) == ["target", "tie", "wife"]


def test_whose_statement_an_item_is_follows_what_it_belongs_to(session: Session) -> None:
    speaker = Party(names=[Name(text="W")])
    statement = Evidence(title="statement", speaker_id=speaker.id)
    english = Evidence(title="english", translation_of_id=statement.id)
    other = Evidence(title="other")
    session.add_all([Case(created_at=now()), speaker, statement, english, other])
    session.commit()
    dossier = load_dossier(session)
    assert [dossier.speaker_of(item) for item in (statement, english, other)] == [speaker, speaker, None]


def test_an_item_with_two_origins_follows_the_one_it_translates(session: Session) -> None:
    original, mail = Evidence(title="original"), Evidence(title="mail")
    both = Evidence(title="both", translation_of_id=original.id, part_of_id=mail.id)
    copied = Evidence(title="copied", derived_from_id=original.id, part_of_id=mail.id)
    session.add_all([Case(created_at=now()), original, mail, both, copied])
    session.commit()
    dossier = load_dossier(session)
    assert {dossier.root_of(item.id) for item in (both, copied)} == {original.id}


def test_the_proofs_of_an_element_stand_in_the_order_of_the_facts(session: Session) -> None:
    party = Party()
    target = Target(party=party, legal_bases=[LegalBasis(regime="us-glomag", prong="HR-1")])
    (basis,) = target.legal_bases
    late, early = Fact(text="late", rank=2), Fact(text="early", rank=1)
    for fact in (late, early):
        fact.proofs += [Proof(legal_basis_id=basis.id, element="E1")]
    late.proofs.append(Proof(legal_basis_id=basis.id, element="E2"))
    session.add_all([Case(created_at=now()), party, target, late, early])
    session.commit()
    proofs = load_dossier(session).proofs
    assert {key: [row.fact_id for row in rows] for key, rows in proofs.items()} == {
        (basis.id, "E1"): [early.id, late.id],
        (basis.id, "E2"): [late.id],
    }


def test_a_section_is_that_of_the_first_regime_that_has_one(session: Session) -> None:
    session.add_all(
        [
            Case(created_at=now()),
            Section(code="background", text="Common"),
            Section(code="background", regime="ca-jvcfoa", text="Canadian"),
            Section(code="background", regime="us-glomag", text="  "),
            Section(code="method", regime="us-glomag", text="American"),
        ]
    )
    session.commit()
    dossier = load_dossier(session)
    assert dossier.section("background", "us-glomag", "ca-jvcfoa") == "Canadian"
    assert dossier.section("background", "us-glomag") == dossier.section("background") == "Common"
    assert dossier.section("method", "us-glomag") == "American"
    assert dossier.section("method", "ca-jvcfoa") == dossier.section("nowhere") == ""
    row = dossier.section_row("method", "us-glomag")
    assert row is not None
    assert row.text == "American"
    assert dossier.section_row("method") is None


def test_facts_follow_their_incidents_and_those_the_targets(session: Session) -> None:
    parties = [Party(), Party()]
    first, second = (Target(party=party, rank=rank) for rank, party in enumerate(parties))
    mine, theirs = Incident(title="mine", rank=1), Incident(title="theirs", rank=0)
    mine.participations.append(Participation(target_id=first.id))
    theirs.participations.append(Participation(target_id=second.id))
    facts = {
        name: Fact(text=name, rank=rank, incident_id=incident)
        for rank, (name, incident) in enumerate((("theirs", theirs.id), ("mine", mine.id), ("background", None)))
    }
    session.add_all([Case(created_at=now()), *parties, first, second, mine, theirs, *facts.values()])
    session.commit()
    live = LiveDossier(session)
    assert [fact.text for fact in live.dossier.facts] == ["background", "mine", "theirs"]
    assert {key: [fact.text for fact in rows] for key, rows in live.dossier.facts_by_incident.items()} == {
        None: ["background"], mine.id: ["mine"], theirs.id: ["theirs"],
    }  # fmt: skip
    first.rank, second.rank = 1, 0
    session.commit()
    live.refresh({"target": {first.id, second.id}})
    assert [fact.text for fact in live.dossier.facts] == ["background", "theirs", "mine"]


@pytest.mark.parametrize("tie", ["translation_of_id", "derived_from_id", "part_of_id"])
def test_what_was_worked_out_of_an_item_is_forgotten_when_its_origin_changes(session: Session, tie: str) -> None:
    origin, item, other = Evidence(title="origin"), Evidence(title="item"), Evidence(title="other")
    setattr(item, tie, origin.id)
    fact = Fact(text="f", citations=[Citation(evidence_id=item.id)])
    session.add_all([Case(created_at=now()), origin, item, other, fact])
    session.commit()
    live = LiveDossier(session)
    worked: list[str] = []

    def told(row: Evidence | Fact) -> str:
        worked.append(row.title if isinstance(row, Evidence) else row.text)
        return worked[-1]

    def work() -> None:
        live.dossier.memory.each("worked", live.dossier.evidence, told)

    work()
    assert sorted(worked) == ["item", "origin", "other"]
    worked.clear()
    origin.grade = Grade.X
    session.commit()
    live.refresh({"evidence": {origin.id}})
    work()
    assert sorted(worked) == ["item", "origin"]
    worked.clear()
    live.dossier.memory.each("cited", live.dossier.facts_by_key, told)
    live.refresh({"evidence": {item.id}})
    live.dossier.memory.each("cited", live.dossier.facts_by_key, told)
    assert worked == ["f", "f"]


def test_every_row_that_says_what_may_be_told_is_loaded(session: Session) -> None:
    party = Party(protected=True, consents=[Consent(informed_of_disclosure_risk=True)])
    waiver = Waiver(code="C15", reason="r", waived_by="l", waived_on=date(2026, 1, 1))
    session.add_all([Case(created_at=now()), party, waiver, Answer(question="recent"), Target(party=party)])
    session.commit()
    key = party.id
    session.expunge_all()
    dossier = load_dossier(session)
    assert [row.code for row in dossier.waivers] == ["C15"]
    assert [row.question for row in dossier.answers] == ["recent"]
    assert dossier.parties[key].consents[0].informed_of_disclosure_risk
    assert dossier.parties[key].target is dossier.targets[0]
    session.delete(dossier.targets[0])
    session.commit()
    session.expunge_all()
    assert load_dossier(session).parties[key].target is None


def test_tokens_are_found_in_order() -> None:
    key = Evidence().id
    text = f"a {{@party:{key}}} b [@fact:{key}] c [@evidence:{key}, ¶ 12] d [@evidence:{key}] e {{@party:nobody}}"
    found = [(reference.kind, reference.pinpoint) for reference in references(text)]
    assert found == [("party", ""), ("fact", ""), ("evidence", "¶ 12"), ("evidence", "")]
