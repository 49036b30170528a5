"""Random sequences of edits, undo, redo and reopening: memory, file and journal stay equal.

Eighty sequences by default; ``MAGDESK_SEQUENCES=1000`` asks for more.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import uuid
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import inspect, select

from magdesk.casefile import CaseFile
from magdesk.casefile.journal import Journal, RowValues, replay, stored_rows
from magdesk.model import Base, Case, Citation, Evidence, Fact, Name, Party, Target
from magdesk.values import now
from tests.casefile.cases import FAST, PASSPHRASE, reopen

pytestmark = pytest.mark.slow

texts = st.text(max_size=12)
picks = st.integers(min_value=0, max_value=1000)
Picture = dict[tuple[str, uuid.UUID], RowValues]


@cache
def _template() -> Path:
    """A new case, made once: making the tables takes longer than a whole sequence of edits."""
    path = Path(tempfile.mkdtemp(prefix="magdesk-machine-")) / "template.magdesk"
    atexit.register(shutil.rmtree, path.parent)
    with CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False) as case, case.change("New case") as session:
        session.add(Case(title="Republic of Generica", created_at=now()))
    return path


class CaseMachine(RuleBasedStateMachine):
    """One case; ``past`` and ``future`` are what undo and redo must give back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="magdesk-machine-"))
        self.path = self.folder / "case.magdesk"
        self.case: CaseFile | None = None
        self.past: list[Picture] = []
        self.future: list[Picture] = []
        self.steps = 1

    @initialize()
    def make(self) -> None:
        shutil.copyfile(_template(), self.path)
        self.case = reopen(self.path)

    @property
    def open_case(self) -> CaseFile:
        assert self.case is not None
        return self.case

    def picture(self) -> Picture:
        with self.open_case._reading() as raw:
            return stored_rows(raw)

    def pick(self, kind: type[Base], number: int) -> Base | None:
        rows = self.open_case.session.scalars(select(kind).order_by(kind.id)).all()
        return rows[number % len(rows)] if rows else None

    def edited(self, before: Picture) -> None:
        if self.picture() != before:
            self.past.append(before)
            self.future.clear()
            self.steps += 1

    @rule(description=texts, names=st.lists(texts, max_size=3), accused=st.booleans())
    def add_party(self, description: str, names: list[str], accused: bool) -> None:
        before = self.picture()
        with self.open_case.change("Add party") as session:
            party = Party(description=description, names=[Name(text=name) for name in names])
            if accused:
                party.target = Target(role=description)
            session.add(party)
        self.edited(before)

    @rule(title=texts, number=picks)
    def add_evidence(self, title: str, number: int) -> None:
        before = self.picture()
        with self.open_case.change("Add evidence") as session:
            origin = self.pick(Evidence, number)
            assert origin is None or isinstance(origin, Evidence)
            session.add(Evidence(title=title, translation_of=origin))
        self.edited(before)

    @rule(text=texts, number=picks, quotes=st.lists(texts, max_size=2))
    def add_fact(self, text: str, number: int, quotes: list[str]) -> None:
        before = self.picture()
        with self.open_case.change("Add fact") as session:
            evidence = self.pick(Evidence, number)
            fact = Fact(text=text)
            if isinstance(evidence, Evidence):
                fact.citations = [Citation(evidence=evidence, quote=quote) for quote in quotes]
            session.add(fact)
        self.edited(before)

    @rule(text=texts, number=picks)
    def edit_name(self, text: str, number: int) -> None:
        before = self.picture()
        name = self.pick(Name, number)
        if isinstance(name, Name):
            with self.open_case.change("Edit name"):
                name.text = text
                name.rank = number
        self.edited(before)

    @rule(number=picks, other=picks)
    def move_name(self, number: int, other: int) -> None:
        before = self.picture()
        name, party = self.pick(Name, number), self.pick(Party, other)
        if isinstance(name, Name) and isinstance(party, Party):
            with self.open_case.change("Move name"):
                name.party = party
        self.edited(before)

    @rule(number=picks)
    def delete_party(self, number: int) -> None:
        before = self.picture()
        party = self.pick(Party, number)
        if party is not None:
            with self.open_case.change("Delete party") as session:
                session.delete(party)
        self.edited(before)

    @rule(number=picks)
    def delete_fact(self, number: int) -> None:
        before = self.picture()
        fact = self.pick(Fact, number)
        if fact is not None:
            with self.open_case.change("Delete fact") as session:
                session.delete(fact)
        self.edited(before)

    @rule(number=picks)
    def drop_first_name(self, number: int) -> None:
        before = self.picture()
        party = self.pick(Party, number)
        if isinstance(party, Party) and party.names:
            with self.open_case.change("Drop name"):
                party.names.pop(0)
        self.edited(before)

    @rule(text=texts)
    def fail(self, text: str) -> None:
        before = self.picture()
        try:
            with self.open_case.change("Fails") as session:
                session.add(Party(description=text))
                session.flush()
                for name in session.scalars(select(Name)).all():
                    session.delete(name)
                raise KeyError
        except KeyError:
            pass
        assert self.picture() == before

    @rule()
    def undo(self) -> None:
        step = self.open_case.undo()
        assert (step is None) == (not self.past)
        if step is not None:
            self.future.append(self.steps_back())
            self.steps += 1

    def steps_back(self) -> Picture:
        with self.open_case._reading() as raw:
            newest = Journal().steps(raw, newest_first=True, limit=1)[0]
            rows = stored_rows(raw)
            wanted = self.past.pop()
            assert rows == wanted
            for image in Journal().images(raw, newest.number):
                if image.before is None:
                    rows.pop((image.table, image.key), None)
                else:
                    rows[image.table, image.key] = image.before
        return rows

    @rule()
    def redo(self) -> None:
        before = self.picture()
        step = self.open_case.redo()
        assert (step is None) == (not self.future)
        if step is not None:
            assert self.picture() == self.future.pop()
            self.past.append(before)
            self.steps += 1

    @rule()
    def undo_to_the_floor(self) -> None:
        for _step in range(len(self.past)):
            self.undo()
        assert self.open_case.undo() is None
        assert len(self.open_case.history(10_000)) == self.steps
        self.open_case.close()
        self.case = reopen(self.path)
        assert self.open_case.undo() is None

    @rule()
    def reopen(self) -> None:
        before = self.picture()
        self.open_case.close()
        assert [entry.name for entry in self.folder.iterdir()] == [self.path.name]
        self.case = reopen(self.path)
        assert self.picture() == before

    @precondition(lambda self: self.case is not None)
    @invariant()
    def equal(self) -> None:
        case = self.open_case
        stored = self.picture()
        with case._reading() as raw:
            assert replay(Journal(), raw) == stored
        assert sum(table == Case.__tablename__ for table, _key in stored) == 1
        # Every object the session holds, and every collection it has loaded, against a fresh session's answer.
        held = {
            (row.__tablename__, row.id): row for row in case.session.identity_map.values() if isinstance(row, Base)
        }
        assert held.keys() <= stored.keys()
        with case.reader() as reader:
            for (table, key), row in held.items():
                fresh = reader.get_one(type(row), key)
                for column in row.__mapper__.column_attrs:
                    assert getattr(row, column.key) == getattr(fresh, column.key), (table, column.key)
                for relation in row.__mapper__.relationships:
                    if relation.key not in inspect(row).unloaded and relation.uselist:
                        mine = [child.id for child in getattr(row, relation.key)]
                        assert sorted(mine) == sorted(child.id for child in getattr(fresh, relation.key))
        assert (case.undo_label is None) == (not self.past)
        assert (case.redo_label is None) == (not self.future)
        assert len(case.history(10_000)) == self.steps

    def teardown(self) -> None:
        if self.case is not None:
            problems = self.case.verify(full=False)
            self.case.close()
            assert problems == []
        shutil.rmtree(self.folder)


SEQUENCES = int(os.environ.get("MAGDESK_SEQUENCES", "80"))
CaseMachine.TestCase.settings = settings(max_examples=SEQUENCES, stateful_step_count=16, deadline=None)
TestCaseMachine = CaseMachine.TestCase
