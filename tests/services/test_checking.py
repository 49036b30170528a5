"""A watched case: after any edit, undo or redo the findings are those that a look at everything would give."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import select

from magdesk import paths
from magdesk.casefile import CaseFile, Session
from magdesk.checks.scope import Scope
from magdesk.checks.strength import element_matrix
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.model import (
    Base,
    Case,
    Citation,
    ElementNote,
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
from magdesk.model.evidence import Access, Credibility, Grade, SourceType
from magdesk.model.facts import Stance
from magdesk.model.people import NameKind, RelationKind
from magdesk.model.text import evidence_token, party_token
from magdesk.regimes import Law, load_law
from magdesk.services.checking import Watch, check_case
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

pytestmark = pytest.mark.slow

TODAY = SAMPLE_DAY


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


@pytest.fixture
def case(sample_file: Path, tmp_path: Path) -> Iterator[CaseFile]:
    """A copy of the sample, open."""
    path = tmp_path / "copy.magdesk"
    copyfile(sample_file, path)
    with CaseFile.open(path, SAMPLE_PASSPHRASE, backups=False) as case:
        yield case


Edit = Callable[[Session, random.Random], None]


def some(session: Session, kind: type[Base], chance: random.Random) -> Base | None:
    rows = list(session.scalars(select(kind).order_by(kind.id)))
    return chance.choice(rows) if rows else None


def text_of_a_fact(session: Session, chance: random.Random) -> None:
    fact = some(session, Fact, chance)
    party = some(session, Party, chance)
    assert isinstance(fact, Fact)
    assert party is not None
    words = [
        "On 3/4/2024 he went.",
        "[name] was there.",
        "The murderer left.",
        "",
        "All is well.",
        "Kaspar Blyme saw it.",
    ]
    fact.text = chance.choice([*words, f"{party_token(party.id)} was beaten."])


def drop(kind: type[Base]) -> Edit:
    def edit(session: Session, chance: random.Random) -> None:
        row = some(session, kind, chance)
        if row is not None:
            session.delete(row)

    return edit


def move_a_citation(session: Session, chance: random.Random) -> None:
    citation, fact = some(session, Citation, chance), some(session, Fact, chance)
    assert isinstance(citation, Citation)
    assert isinstance(fact, Fact)
    if citation.fact_id is not None:
        citation.fact = fact
        citation.rank = chance.randrange(5)


def cite(session: Session, chance: random.Random) -> None:
    item, fact = some(session, Evidence, chance), some(session, Fact, chance)
    assert item is not None
    assert isinstance(fact, Fact)
    stance = chance.choice(list(Stance))
    fact.citations.append(Citation(evidence_id=item.id, pinpoint=chance.choice(["1", "", "99", "x"]), stance=stance))


def regrade(session: Session, chance: random.Random) -> None:
    item, other = some(session, Evidence, chance), some(session, Evidence, chance)
    assert isinstance(item, Evidence)
    assert other is not None
    item.grade = chance.choice(list(Grade))
    item.access = chance.choice(list(Access))
    item.credibility = chance.choice(list(Credibility))
    item.pages = chance.choice([1, 5, None])
    item.derived_from_id = chance.choice([None, other.id])
    item.rank = chance.randrange(50)


def new_evidence(session: Session, chance: random.Random) -> None:
    session.add(
        Evidence(
            title=f"Paper {chance.randrange(9)}", language=chance.choice(["en", "ru"]), rank=chance.randrange(99)
        )
    )


def protect(session: Session, chance: random.Random) -> None:
    party = some(session, Party, chance)
    assert isinstance(party, Party)
    party.protected = not party.protected
    party.pseudonym = chance.choice(["", "Witness 77"])


def rename(session: Session, chance: random.Random) -> None:
    name = some(session, Name, chance)
    assert isinstance(name, Name)
    name.text = chance.choice(["Lazar Tverezhin", "Lasar Tverezhinn", "Илья", name.text[:-1] + "x"])
    name.kind = chance.choice(list(NameKind))


def reorder(session: Session, chance: random.Random) -> None:
    for kind in (Fact, Incident, Target):
        row = some(session, kind, chance)
        if row is not None:
            row.rank = chance.randrange(30)  # type: ignore[attr-defined]


def redate(session: Session, chance: random.Random) -> None:
    incident, fact = some(session, Incident, chance), some(session, Fact, chance)
    assert isinstance(incident, Incident)
    assert isinstance(fact, Fact)
    incident.start = PartialDate(chance.choice(["2011", "2024-03", "2030-01-01"]))
    incident.title = chance.choice([incident.title, "Another title"])
    fact.incident_id = chance.choice([None, incident.id])
    fact.place = chance.choice(["Camp Oster", "Camp Ostre", ""])


def relate(session: Session, chance: random.Random) -> None:
    one, other = some(session, Party, chance), some(session, Party, chance)
    assert isinstance(one, Party)
    assert isinstance(other, Party)
    one.relations.append(Relation(other_id=other.id, kind=chance.choice(list(RelationKind)), include_in_request=True))


def write(session: Session, chance: random.Random) -> None:
    section, item = some(session, Section, chance), some(session, Evidence, chance)
    assert isinstance(section, Section)
    assert item is not None
    section.text = chance.choice(["", "word " * 3_000, f"See {evidence_token(item.id)}.", "SECRET\n"])


def prove(session: Session, chance: random.Random) -> None:
    fact, basis = some(session, Fact, chance), some(session, LegalBasis, chance)
    assert isinstance(fact, Fact)
    assert basis is not None
    element = chance.choice(["E1", "E2", "T2", "command:C1", "nonsense"])
    if not any((row.legal_basis_id, row.element) == (basis.id, element) for row in fact.proofs):
        fact.proofs.append(Proof(legal_basis_id=basis.id, element=element))


def relink(session: Session, chance: random.Random) -> None:
    proof = some(session, Proof, chance)
    assert isinstance(proof, Proof)
    proof.element = f"E{chance.randrange(9)}-{proof.id.hex[:4]}"


def tell(session: Session, chance: random.Random) -> None:
    session.add(Fact(text="It was told anew by Lasar Tverezhin.", rank=chance.randrange(40)))


def plead(session: Session, chance: random.Random) -> None:
    basis, target = some(session, LegalBasis, chance), some(session, Target, chance)
    assert isinstance(basis, LegalBasis)
    assert isinstance(target, Target)
    basis.prong = chance.choice([basis.prong, "HR-1", "HR-2", "none"])
    basis.abuse_type = chance.choice(["torture", "killing", ""])
    target.photo_id = None


def unplead(session: Session, chance: random.Random) -> None:
    basis = some(session, LegalBasis, chance)
    if basis is not None:
        for kind in (Proof, ElementNote):
            for row in session.scalars(select(kind).where(kind.legal_basis_id == basis.id)):
                session.delete(row)
        session.delete(basis)


def speak(session: Session, chance: random.Random) -> None:
    item, party, origin = (
        some(session, Evidence, chance),
        some(session, Party, chance),
        some(session, Evidence, chance),
    )
    assert isinstance(item, Evidence)
    assert party is not None
    assert origin is not None
    item.speaker_id = chance.choice([None, party.id])
    item.translation_of_id = chance.choice([None, origin.id])
    item.source_type = chance.choice(list(SourceType))
    item.produce = chance.random() < 0.7


def say(session: Session, chance: random.Random) -> None:
    note, case = some(session, ElementNote, chance), some(session, Case, chance)
    assert isinstance(case, Case)
    if isinstance(note, ElementNote):
        note.text = chance.choice(["", "One source must do."])
    case.country = chance.choice(["Generica", "Marchenkova"])
    case.filing_date = chance.choice([None, date(2012, 1, 1)])


EDITS: tuple[Edit, ...] = (
    text_of_a_fact, drop(Citation), drop(Proof), drop(Fact), drop(Participation), drop(Section), move_a_citation,
    cite, regrade, new_evidence, protect, rename, reorder, redate, relate, write,
    prove, relink, tell, plead, speak, say, unplead, drop(Name),
)  # fmt: skip


def numbered(dossier: Dossier) -> tuple[object, ...]:
    """What follows from the order of the rows, itself in its order."""
    proofs = [(link, [row.id for row in rows]) for link, rows in dossier.proofs.items()]
    return [*dossier.fact_numbers.items()], [*dossier.exhibit_numbers.items()], [*dossier.evidence], proofs


# Two walks of eight steps; with MAGDESK_SLOW_TESTS eight of twenty.
SLOW = "MAGDESK_SLOW_TESTS" in os.environ


@pytest.mark.parametrize("seed", range(8 if SLOW else 2))
def test_what_is_found_step_by_step_is_what_is_found_at_once(case: CaseFile, law: Law, seed: int) -> None:
    chance = random.Random(seed)
    watch = Watch(case, law)
    for _step in range(20 if SLOW else 8):
        doing = chance.random()
        if doing < 0.2 and case.undo_label == "Edit":
            case.undo()
        elif doing < 0.3:
            case.redo()
        else:
            for _edit in range(chance.randrange(1, 4)):
                with case.change("Edit") as session:
                    chance.choice(EDITS)(session, chance)
        with watch.look(TODAY) as seen:
            step_by_step = list(seen.findings)
            cited, matrix = seen.cited, element_matrix(seen.scope)
            followed = numbered(seen.dossier)
        assert step_by_step == check_case(case, law, TODAY)
        with case.reader() as session:
            dossier = load_dossier(session)
            assert sum(cited.values()) == sum(1 for _pair in dossier.citations())
            assert followed == numbered(dossier)
            assert matrix == element_matrix(Scope(dossier, law, TODAY))


def test_another_law_is_judged_by_from_the_next_look_on_and_nothing_of_the_old_is_remembered(
    case: CaseFile, law: Law
) -> None:
    watch = Watch(case, law)
    with watch.look(TODAY) as seen:
        before = seen.scope.memory
    with watch.look(TODAY) as seen:
        assert seen.scope.memory is before
    checks = {code: replace(text, sentence=f"Otherwise: {code}.") for code, text in law.checks.items()}
    other = replace(law, checks=checks)
    watch.change_law(other)
    with watch.look(TODAY) as seen:
        assert seen.scope.memory is not before, "what is remembered belongs to one law"
        assert [one.sentence for one in seen.findings] == [one.sentence for one in check_case(case, other, TODAY)]
        assert any(one.sentence.startswith("Otherwise: ") for one in seen.findings)


def test_a_failed_look_is_made_good_by_the_next(case: CaseFile, law: Law) -> None:
    watch = Watch(case, law)
    with watch.look(TODAY) as seen:
        before = list(seen.findings)
    with pytest.raises(ZeroDivisionError), watch.look(TODAY):
        raise ZeroDivisionError
    with watch.look(TODAY) as seen:
        assert seen.findings == before


def test_a_watch_holds_no_snapshot_between_two_looks(case: CaseFile, law: Law) -> None:
    watch = Watch(case, law)
    with watch.look(TODAY):
        pass
    with case.change("Edit") as session:
        session.add(Waiver(code="C06", reason="Nothing"))
    with watch.look(TODAY) as seen:
        assert [finding.code for finding in seen.findings if finding.code == "W01"] == ["W01"]
