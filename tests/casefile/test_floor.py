"""Undo has a floor: what made the case is never taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, StepKind, journal
from magdesk.model import Case, Party
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.values import now
from tests.casefile.cases import FAST, PASSPHRASE, reopen
from tests.shared import SAMPLE_PASSPHRASE


def bottom_of(case: CaseFile) -> int:
    """How many steps undo takes back until it has none left."""
    count = 0
    while case.undo() is not None:
        count += 1
    return count


def made_as_an_edit(path: Path) -> CaseFile:
    case = CaseFile.create(path, PASSPHRASE, who="Ana", cost=FAST, backups=False)
    with case.change("Make the case") as session:
        session.add(Case(title="Generica", created_at=now()))
        session.add(Party(description="A general"))
    return case


def test_whoever_makes_the_case_makes_its_base(path: Path) -> None:
    with made_as_an_edit(path) as case:
        assert case.undo_label is None
        assert case.undo() is None
        assert case.history()[0].kind is StepKind.BASE
        with case.change("Add") as session:
            session.add(Party(description="A colonel"))
        assert bottom_of(case) == 1
        assert case.session.scalars(select(Party.description)).all() == ["A general"]
        assert case.redo() is not None
        assert case.verify() == []


def test_a_making_inside_another_change_is_the_base_too(path: Path) -> None:
    with CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False) as case:
        with case.change("Outer"), case.change("Inner", base=True) as session:
            session.add(Case(title="Generica", created_at=now()))
        assert case.undo() is None


def test_a_file_of_a_program_that_wrote_the_making_as_an_edit_has_the_floor(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(journal, "_CASE", "no table")
        made_as_an_edit(path).close()
    with reopen(path) as case:
        assert case.history()[0].kind is StepKind.EDIT
        with case.change("Add") as session:
            session.add(Party(description="A colonel"))
        assert bottom_of(case) == 1
        assert case.session.scalars(select(Case.title)).one() == "Generica"
        assert case.verify() == []


@pytest.mark.parametrize("number", [0, 2])
def test_a_change_cannot_leave_no_case_or_two(case: CaseFile, number: int) -> None:
    def spoil() -> None:
        with case.change("Spoil") as session:
            if number:
                session.add(Case(title="Another", created_at=now()))
            else:
                session.delete(session.scalars(select(Case)).one())

    with pytest.raises(RuntimeError, match="one case"):
        spoil()
    assert case.session.scalars(select(Case.title)).one() == "Republic of Generica"
    assert case.verify() == []


def test_the_sample_and_what_is_loaded_cannot_be_undone(sample_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.magdesk"
    shutil.copyfile(sample_file, path)
    with CaseFile.open(path, SAMPLE_PASSPHRASE, backups=False) as sample:
        assert sample.undo_label is None
        assert sample.undo() is None
        assert sample.history()[-1].kind is StepKind.BASE
        dump_case(sample, tmp_path / "dump")
    with load_case(tmp_path / "dump", tmp_path / "again.magdesk", SAMPLE_PASSPHRASE) as loaded:
        assert bottom_of(loaded) == 0
        assert loaded.session.scalars(select(Case.title)).one()
