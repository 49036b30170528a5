"""Two threads, one case: jobs write over lanes of their own, the owner takes their commits up when it is told."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, Changes
from magdesk.casefile.journal import Journal, replay, stored_rows
from magdesk.casefile.writerturns import WriteGate
from magdesk.model import Evidence, Name, Party
from tests.casefile.cases import make_case, reopen


def elsewhere(act: Callable[[], object]) -> object:
    """Run in another thread; pass on what it gives or raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


def test_another_thread_may_not_touch_the_owners_session(case: CaseFile) -> None:
    for act in (lambda: case.session, case.undo, case.history, lambda: case.undo_label, case.catch_up):
        with pytest.raises(RuntimeError, match="thread"):
            elsewhere(act)


def test_a_job_changes_rows_and_the_owner_is_told(case: CaseFile) -> None:
    heard: list[tuple[int, Changes]] = []
    woken = []
    case.subscribe(lambda changes: heard.append((threading.get_ident(), changes)))
    case.on_wake(lambda: woken.append(threading.get_ident()))
    with case.change("Mine") as session:
        party = Party(description="first", names=[Name(text="A")])
        session.add(party)

    def job() -> int:
        with case.writer_lane() as same:
            assert same is case
            with case.change("Theirs") as session:
                row = session.get_one(Party, party_id)
                row.description = "second"
                row.names.append(Name(text="B"))
                info = case.blobs.put(io.BytesIO(b"bytes"))
                session.add(Evidence(sha256=info.sha256, size=5))
        return threading.get_ident()

    party_id = party.id
    worker = elsewhere(job)
    assert woken == [worker]
    assert [changes.label for _thread, changes in heard] == ["Mine"]
    assert party.description == "first"
    case.catch_up()
    assert party.description == "second"
    assert [name.text for name in party.names] == ["A", "B"]
    assert [changes.label for _thread, changes in heard] == ["Mine", "Theirs"]
    assert set(heard[1][1].touched) == {"party", "name", "evidence"}
    assert {thread for thread, _changes in heard} == {threading.get_ident()}
    case.catch_up()
    assert len(heard) == 2
    assert case.undo_label == "Theirs"
    case.undo()
    assert (party.description, len(party.names)) == ("first", 1)


def test_a_change_takes_up_what_a_job_committed_before(case: CaseFile) -> None:
    heard: list[str] = []
    case.subscribe(lambda changes: heard.append(changes.label))
    with case.change("Mine") as session:
        party = Party(description="first")
        session.add(party)
    key = party.id

    def job() -> None:
        with case.writer_lane(), case.change("Theirs") as session:
            session.delete(session.get_one(Party, key))

    elsewhere(job)
    with case.change("Mine again") as session:
        assert session.get(Party, key) is None
        session.add(Party(description="other"))
    assert heard == ["Mine", "Theirs", "Mine again"]
    with case._reading() as raw:
        assert replay(Journal(), raw) == stored_rows(raw)


def test_many_writers_at_once(case: CaseFile, path: Path) -> None:
    def job(number: int) -> None:
        with case.writer_lane():
            for turn in range(10):
                with case.change(f"Job {number}") as session:
                    session.add(Party(description=f"{number}/{turn}"))
                case.index.put("evidence", session.scalars(select(Party.id)).all()[0], [(turn, "words")])
                case.blobs.put(io.BytesIO(f"{number}/{turn}".encode() * 1000))

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(job, number) for number in range(4)]
        for _turn in range(10):
            with case.change("Owner") as session:
                session.add(Party(description="owner"))
    for done in jobs:
        done.result()
    case.catch_up()
    assert len(case.session.scalars(select(Party)).all()) == 50
    assert [step.number for step in case.history(1000)] == list(range(51, 0, -1))
    assert len(case.blobs.all()) == 40
    assert case.verify() == []
    case.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_lane_inside_a_lane_is_the_same(case: CaseFile) -> None:
    with case.writer_lane(), case.change("Owner") as session:
        assert session is case.session
        session.add(Party())


def test_readers_and_blobs_work_from_any_thread(case: CaseFile) -> None:
    info = case.blobs.put(io.BytesIO(b"bytes"))

    def job() -> tuple[bytes, bool, int, list[str]]:
        with case.reader() as reader:
            count = len(reader.scalars(select(Party)).all())
        return case.blobs.open(info.sha256).read(), case.blobs.has(info.sha256), count, case.verify()

    assert elsewhere(job) == (b"bytes", True, 0, [])


def test_a_case_opened_by_a_worker_is_adopted(path: Path) -> None:
    make_case(path).close()
    case = elsewhere(lambda: reopen(path))
    assert isinstance(case, CaseFile)
    with pytest.raises(RuntimeError):
        _ = case.session
    case.adopt()
    with case.change("Mine") as session:
        session.add(Party())
    case.close()


def test_the_gate_serves_in_order() -> None:
    gate = WriteGate()
    order: list[int] = []
    gate.enter()

    def wait(number: int) -> None:
        with gate.turn():
            order.append(number)

    threads = []
    for number in range(5):
        thread = threading.Thread(target=wait, args=(number,))
        thread.start()
        while gate._next < number + 2:
            pass
        threads.append(thread)
    gate.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(5))
