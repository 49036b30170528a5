"""Several changes saved together: steps of their own, all there or none."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.casefile.records import Changes
from magdesk.errors import UserError
from magdesk.model import Party


def descriptions(case: CaseFile) -> list[str]:
    return sorted(case.session.scalars(select(Party.description)))


def fail(case: CaseFile, word: str) -> None:
    with case.change("Fails") as session:
        session.add(Party(description=word))
        session.flush()
        raise UserError("no")


def fail_in_the_second(case: CaseFile) -> None:
    with case.batch():
        case.blobs.put(io.BytesIO(b"bytes"))
        with case.change("Add") as session:
            session.add(Party(description="one"))
        fail(case, "two")


def test_each_change_of_a_batch_is_a_step_that_can_be_undone(case: CaseFile) -> None:
    heard: list[Changes] = []
    case.subscribe(heard.append)
    before = len(case.history())
    with case.batch():
        for word in ("one", "two", "three"):
            with case.change(f"Add {word}") as session:
                session.add(Party(description=word))
                case.index.put("party", next(iter(session.new)).id, [(0, f"page of {word}")])
        with case.change("Nothing"):
            pass
        assert heard == []
    assert [one.label for one in heard] == ["Add one", "Add two", "Add three"]
    assert all(len(one.touched["party"]) == 1 for one in heard)
    assert len(case.history()) == before + 3
    assert len(case.index.search("page of")) == 3
    case.undo()
    assert descriptions(case) == ["one", "two"]
    assert len(case.index.search("page of")) == 2
    case.redo()
    assert descriptions(case) == ["one", "three", "two"]
    assert case.verify() == []


def test_an_exception_leaves_nothing_of_the_batch(case: CaseFile) -> None:
    before = case.history()
    with pytest.raises(UserError):
        fail_in_the_second(case)
    assert descriptions(case) == []
    assert case.blobs.all() == []
    assert case.history() == before
    with case.change("Goes on") as session:
        session.add(Party(description="after"))
    assert descriptions(case) == ["after"]
    assert case.verify() == []


def test_a_failed_part_cannot_be_hidden(case: CaseFile) -> None:
    with pytest.raises(RuntimeError), case.batch(), suppress(UserError):
        fail(case, "half")
    assert descriptions(case) == []
    assert case.verify() == []


def test_rows_belong_into_changes(case: CaseFile) -> None:
    with pytest.raises(RuntimeError), case.batch():
        case.session.add(Party(description="stray"))
    with pytest.raises(RuntimeError), case.change("Outer"), case.batch():
        pass
    assert descriptions(case) == []
    with case.batch(), case.change("Outer") as session:
        session.add(Party(description="outer"))
        with pytest.raises(UserError):
            fail(case, "inner")
    assert descriptions(case) == ["outer"]
    assert case.verify() == []
