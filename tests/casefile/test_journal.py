from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import DetachedInstanceError

from magdesk.casefile import CaseFile, Changes, StepKind
from magdesk.casefile.journal import Journal, replay, stored_rows
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import load_dossier
from magdesk.errors import CaseFileDamaged
from magdesk.model import (
    Citation,
    Consent,
    Evidence,
    Fact,
    Harm,
    Identifier,
    Incident,
    LegalBasis,
    Name,
    Participation,
    Party,
    Position,
    Proof,
    Relation,
    Target,
)
from magdesk.model.people import ConsentLevel
from tests.casefile.cases import reopen

Rows = dict[tuple[str, uuid.UUID], dict[str, str | int | float | None]]


def rows_of(case: CaseFile) -> Rows:
    """All rows as stored, which must equal what the journal says."""
    with case._reading() as raw:
        stored = stored_rows(raw)
        assert replay(Journal(), raw) == stored
    return stored


def labels(case: CaseFile) -> tuple[str | None, str | None]:
    """What undo and redo would do."""
    return case.undo_label, case.redo_label


def add_party(case: CaseFile) -> uuid.UUID:
    """A party with every kind of row that hangs on one."""
    with case.change("Add a party") as session:
        source = Evidence(title="Report", sha256="", file_name="report.pdf")
        other = Party(description="Unit")
        party = Party(description="A general")
        party.names = [
            Name(text="Aḥmad", citations=[Citation(evidence=source, pinpoint="3", rank=1)]),
            Name(text="أحمد", rank=1, citations=[Citation(evidence=source), Citation(evidence=source, rank=2)]),
        ]
        party.identifiers = [
            Identifier(value="1960", date=PartialDate("1960~"), citations=[Citation(evidence=source)])
        ]
        party.positions = [Position(title="Commander", organisation=other, start=PartialDate("2014-03"))]
        party.relations = [Relation(other=other, percent=33.333333333333336)]
        party.consents = [Consent(level=ConsentLevel.NONE, obtained_on=date(2024, 2, 29))]
        party.target = Target(role="Led the unit", legal_bases=[LegalBasis(regime="us-glomag", prong="HR-1")])
        incident = Incident(title="Raid", harms=[Harm(party=party)])
        incident.participations = [Participation(target=party.target, citations=[Citation(evidence=source)])]
        fact = Fact(text="He ordered it.", incident=incident, citations=[Citation(evidence=source, quote="“ja”")])
        fact.proofs = [Proof(legal_basis=party.target.legal_bases[0], element="E1")]
        session.add_all([source, other, party, incident, fact])
    return party.id


def test_undo_and_redo_of_an_insert_with_everything_on_it(case: CaseFile) -> None:
    empty = rows_of(case)
    key = add_party(case)
    full = rows_of(case)
    assert len(full) > 20
    assert labels(case) == ("Add a party", None)
    undone = case.undo()
    assert undone is not None
    assert undone.kind is StepKind.UNDO
    assert undone.label == "Add a party"
    assert rows_of(case) == empty
    assert case.session.get(Party, key) is None
    assert labels(case) == (None, "Add a party")
    case.redo()
    assert rows_of(case) == full
    party = case.session.get(Party, key)
    assert party is not None
    assert [name.text for name in party.names] == ["Aḥmad", "أحمد"]
    assert party.relations[0].percent == 33.333333333333336
    assert party.identifiers[0].date == PartialDate("1960~")


def test_undo_of_a_delete_with_cascades(case: CaseFile) -> None:
    key = add_party(case)
    full = rows_of(case)
    with case.change("Delete all of it") as session:
        party = session.get_one(Party, key)
        for fact in session.scalars(select(Fact)).all():
            session.delete(fact)
        for incident in session.scalars(select(Incident)).all():
            session.delete(incident)
        session.flush()
        session.delete(party)
    assert not [place for place in rows_of(case) if place[0] in ("name", "citation", "target", "legal_basis", "harm")]
    case.undo()
    assert rows_of(case) == full
    case.redo()
    case.undo()
    assert rows_of(case) == full
    assert case.verify() == []


def test_delete_orphans_are_journalled(case: CaseFile) -> None:
    key = add_party(case)
    full = rows_of(case)
    with case.change("Drop a name") as session:
        party = session.get_one(Party, key)
        del party.names[1]
    assert len(full) - len(rows_of(case)) == 3
    case.undo()
    party = case.session.get_one(Party, key)
    assert len(party.names) == 2
    assert len(party.names[1].citations) == 2
    assert rows_of(case) == full


def test_objects_in_memory_follow(case: CaseFile) -> None:
    key = add_party(case)
    party = case.session.get_one(Party, key)
    name = party.names[0]
    with case.change("Rename"):
        name.text = "Ahmed"
        party.names.append(Name(text="Third"))
    third = party.names[2]
    case.undo()
    assert name.text == "Aḥmad"
    assert party.names == [name, party.names[1]]
    assert third.text == "Third"
    with pytest.raises(DetachedInstanceError):
        _ = third.citations
    case.redo()
    assert [one.text for one in party.names] == ["Ahmed", "Third", "أحمد"]


def test_a_new_change_drops_what_could_be_redone(case: CaseFile) -> None:
    add_party(case)
    case.undo()
    with case.change("Something else") as session:
        session.add(Party())
    assert case.redo_label is None
    assert case.redo() is None
    assert [step.label for step in case.history()] == ["Something else", "Add a party", "Add a party", "New case"]
    assert [step.kind for step in case.history()] == [StepKind.EDIT, StepKind.UNDO, StepKind.EDIT, StepKind.BASE]
    assert [step.number for step in case.history(2)] == [4, 3]


def test_undo_does_not_go_behind_the_making_of_the_case(case: CaseFile) -> None:
    assert case.undo_label is None
    assert case.undo() is None
    assert load_dossier(case.session).case.title


def test_undo_survives_reopening(case: CaseFile, path: Path) -> None:
    before = rows_of(case)
    add_party(case)
    add_party(case)
    case.undo()
    case.close()
    with reopen(path) as again:
        assert (again.undo_label, again.redo_label) == ("Add a party", "Add a party")
        again.undo()
        assert rows_of(again) == before
        again.redo()
        again.redo()
        assert again.redo() is None
        assert [step.who for step in again.history()] == ["Ana"] * len(again.history())


def test_an_exception_leaves_everything_as_it_was(case: CaseFile) -> None:
    key = add_party(case)
    before = rows_of(case)
    party = case.session.get_one(Party, key)
    with pytest.raises(ZeroDivisionError), case.change("Fails") as session:  # noqa: PT012
        party.description = "other"
        session.add(Party(description="extra"))
        session.flush()
        session.delete(party.names[0])
        _ = 1 / 0
    assert party.description == "A general"
    assert len(party.names) == 2
    assert rows_of(case) == before
    assert case.history()[0].label == "Add a party"
    with case.change("Works again"):
        party.description = "other"
    assert rows_of(case) != before


def test_a_change_that_changes_nothing_is_no_step(case: CaseFile) -> None:
    key = add_party(case)
    seen: list[Changes] = []
    case.subscribe(seen.append)
    with case.change("Nothing"):
        pass
    with case.change("Still nothing") as session:
        party = session.get_one(Party, key)
        party.description = "other"
        session.flush()
        party.description = "A general"
    assert case.history()[0].label == "Add a party"
    assert seen == []


def test_a_row_that_comes_and_goes_in_one_change_leaves_no_trace(case: CaseFile) -> None:
    with case.change("Nothing") as session:
        party = Party()
        session.add(party)
        session.flush()
        session.delete(party)
    assert case.history()[0].label == "New case"


def test_an_inner_change_joins_the_outer(case: CaseFile) -> None:
    with case.change("Outer") as session:
        session.add(Party(description="1"))
        with case.change("Inner") as inner:
            inner.add(Party(description="2"))
        session.add(Party(description="3"))
    assert [step.label for step in case.history()] == ["Outer", "New case"]
    assert case.history()[0].rows == 3
    case.undo()
    assert case.session.scalars(select(Party)).all() == []


def test_an_inner_change_that_fails_is_taken_back_alone(case: CaseFile) -> None:
    with case.change("Outer") as session:
        kept = Party(description="kept")
        session.add(kept)
        with pytest.raises(ZeroDivisionError), case.change("Inner"):  # noqa: PT012
            kept.description = "spoilt"
            session.add(Party(description="lost"))
            session.flush()
            _ = 1 / 0
        session.add(Party(description="also kept"))
    assert sorted(case.session.scalars(select(Party.description))) == ["also kept", "kept"]
    rows_of(case)


def test_unique_values_can_change_places(case: CaseFile) -> None:
    with case.change("Two targets") as session:
        one, two = (Party(target=Target(role=role)) for role in "12")
        session.add_all([one, two])
    with case.change("Swap") as session:
        first, second = one.target, two.target
        assert first is not None
        assert second is not None
        spare = Party()
        session.add(spare)
        first.party_id, first_home = spare.id, first.party_id
        session.flush()
        second.party_id, second_home = first_home, second.party_id
        session.flush()
        first.party_id = second_home
        session.flush()
    swapped = rows_of(case)
    case.undo()
    case.redo()
    assert rows_of(case) == swapped


def test_a_row_that_was_changed_elsewhere_stops_undo(case: CaseFile) -> None:
    key = add_party(case)
    with case._writing() as raw:
        raw.execute("UPDATE party SET description = 'tampered' WHERE id = ?", (key.hex,))
    assert any("journal" in sentence for sentence in case.verify())
    with pytest.raises(CaseFileDamaged):
        case.undo()
    assert case.session.scalars(select(Fact)).all() != []


def refuse(case: CaseFile, act: Callable[[], object]) -> None:
    """The act must fail as a bug does, and leave no mark."""
    before = rows_of(case)
    with pytest.raises(RuntimeError):
        act()
    case.session.rollback()
    assert rows_of(case) == before


def test_writing_outside_a_change_cannot_hide(case: CaseFile) -> None:
    key = add_party(case)
    session = case.session
    party = session.get_one(Party, key)

    def commit() -> None:
        party.description = "stray"
        session.commit()

    def read() -> None:
        party.description = "stray"
        session.scalars(select(Party)).all()

    def change() -> None:
        party.description = "stray"
        with case.change("Innocent"):
            pass

    def add() -> None:
        session.add(Party())
        case.undo()

    def remove() -> None:
        session.delete(party)
        session.flush()

    for act in (commit, read, change, add, remove):
        refuse(case, act)
        assert party.description == "A general"


def test_statements_that_bypass_the_journal_are_refused(case: CaseFile) -> None:
    add_party(case)
    for statement in (
        update(Party).values(description="x"),
        delete(Party),
        insert(Party).values(id=uuid.uuid4()),
        text("UPDATE party SET description = 'x'"),
    ):

        def outside(statement: Executable = statement) -> None:
            case.session.execute(statement)

        def inside(statement: Executable = statement) -> None:
            with case.change("Bulk") as session:
                session.execute(statement)

        refuse(case, outside)
        refuse(case, inside)


def test_the_connection_itself_refuses_outside_a_change(case: CaseFile) -> None:
    add_party(case)
    with case._reading() as raw, pytest.raises(Exception, match="readonly"):
        raw.execute("UPDATE party SET description = 'x'")


def test_subscribers_hear_of_every_commit(case: CaseFile) -> None:
    seen: list[Changes] = []
    stop = case.subscribe(seen.append)
    with case.change("Add") as session:
        party = Party()
        session.add(party)
    case.undo()
    case.redo()
    stop()
    stop()
    with case.change("Unheard") as session:
        session.add(Party())
    assert [changes.label for changes in seen] == ["Add", "Add", "Add"]
    assert all(changes.touched == {"party": {party.id}} for changes in seen)


def test_the_audit_trail_holds_values_before_and_after(case: CaseFile) -> None:
    key = add_party(case)
    with case.change("Edit"):
        case.session.get_one(Party, key).description = "B"
    (image,) = case.images(case.history()[0])
    assert (image.table, image.key) == ("party", key)
    assert image.before is not None
    assert image.after is not None
    assert (image.before["description"], image.after["description"]) == ("A general", "B")


def test_a_reader_sees_one_moment(case: CaseFile) -> None:
    with case.reader() as reader:
        assert reader.scalars(select(Party)).all() == []
        with case.change("Add") as session:
            session.add(Party())
        assert reader.scalars(select(Party)).all() == []
        with pytest.raises(Exception, match=r"read-only|readonly"):
            reader.execute(text("DELETE FROM party"))
    with case.reader() as reader:
        assert len(reader.scalars(select(Party)).all()) == 1


def test_undo_inside_a_change_is_refused(case: CaseFile) -> None:
    with pytest.raises(RuntimeError), case.change("Outer"):
        case.undo()


def test_the_order_of_rows_in_a_change_does_not_matter(case: CaseFile) -> None:
    party = Party()
    with case.change("By key alone") as session:
        session.add(Evidence(speaker_id=party.id))
        session.flush()
        session.add(party)
    assert case.verify() == []
    before = rows_of(case)
    with pytest.raises(IntegrityError), case.change("Dangling") as session:
        session.add(Evidence(speaker_id=uuid.uuid4()))
    assert rows_of(case) == before


def test_rows_changed_outside_do_not_go_down_silently_with_the_case(case: CaseFile, path: Path) -> None:
    case.session.add(Party())
    with pytest.raises(RuntimeError, match="outside"):
        case.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with reopen(path) as again:
        assert again.session.scalars(select(Party)).all() == []
