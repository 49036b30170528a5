"""The custody ledger: what it says, that nothing leaves it, and that whoever changes the file by hand is found."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile, StepKind, chain, custody, keys
from magdesk.casefile.connection import RawConnection, connect
from magdesk.casefile.custody import CustodyEvent, NewEntry
from magdesk.errors import CaseFileError, InputError
from magdesk.model import Evidence, Party
from magdesk.model.evidence import Credibility, Reliability
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen


def add(case: CaseFile, content: bytes, **fields: object) -> Evidence:
    """An item of evidence with its bytes."""
    info = case.blobs.put(io.BytesIO(content))
    row = Evidence(sha256=info.sha256, size=info.size, file_name=f"{content[:6].decode()}.txt", **fields)
    with case.change(f"Add {row.file_name}") as session:
        session.add(row)
    return row


def kinds(case: CaseFile) -> list[str]:
    return [entry.kind for entry in case.custody()]


def by_hand(path: Path, change: Callable[[RawConnection], object]) -> None:
    """Change the closed file as someone would who has the passphrase and another program."""
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    raw.execute("PRAGMA foreign_keys = OFF")
    change(raw)
    raw.close()


def unguarded(*statements: str) -> Callable[[RawConnection], None]:
    """Statements run with the guards out of the way, which are put back so that they do not give it away."""

    def change(raw: RawConnection) -> None:
        guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert raw.execute(statement).rowcount > 0, statement
        for _name, sql in guards:
            raw.execute(sql)

    return change


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed case with three items, one of them graded and one taken back."""
    with make_case(path) as case:
        one = add(case, b"letter from the court")
        add(case, b"report", url="https://example.org/report", capture_method="browser")
        with case.change("Grade") as session:
            one.reliability, one.credibility = Reliability.B, Credibility.PROBABLE
            session.add(one)
        add(case, b"picture")
        case.undo()
        with case.change("Add a person") as session:
            session.add(Party(description="witness"))
        with case.change("Read to the group"):
            case.attest(NewEntry(CustodyEvent.VIEWED, one.id, note="in the reading room"))
        assert case.verify() == []
    return path


def test_what_happens_to_evidence_is_written(filled: Path) -> None:
    with reopen(filled) as case:
        ledger = case.custody()
        assert [entry.kind for entry in ledger] == [
            "received", "hashed", "captured", "hashed", "graded", "received", "hashed", "withdrawn", "viewed",
        ]  # fmt: skip
        assert [entry.sequence for entry in ledger] == list(range(1, 10))
        assert {entry.actor for entry in ledger} == {"Ana"}
        digest = hashlib.sha256(b"letter from the court").hexdigest()
        assert ledger[0].output == ledger[1].output == ledger[4].output == digest
        assert ledger[4].note == "F6 → B2"
        assert ledger[2].medium == "https://example.org/report"
        assert len({entry.id for entry in ledger}) == 9
        assert [entry.sequence for entry in case.custody(ledger[0].item)] == [1, 2, 5, 9]


def test_the_hash_can_be_computed_by_anyone(filled: Path) -> None:
    previous = "0" * 64
    with reopen(filled) as case:
        for entry in case.custody():
            record = {name: value for name, value in custody.to_json(entry).items() if name != "hash"}
            text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert record["previous"] == previous
            assert hashlib.sha256(text.encode()).hexdigest() == entry.hash
            previous = entry.hash


def test_undo_does_not_reach_the_ledger(case: CaseFile) -> None:
    row = add(case, b"letter")
    case.undo()
    case.redo()
    with case.change("Delete") as session:
        session.delete(session.get(Evidence, row.id))
    case.undo()
    assert kinds(case) == ["received", "hashed", "withdrawn", "restored", "withdrawn", "restored"]
    assert case.verify() == []


def test_a_change_that_fails_leaves_no_entry(case: CaseFile) -> None:
    def fail() -> None:
        with case.change("Fail") as session:
            session.add(Evidence(sha256="0" * 64))
            case.attest(NewEntry(CustodyEvent.VIEWED))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with case.change("Outer") as session:
        session.add(Party())
        with pytest.raises(ZeroDivisionError):
            fail()
    assert case.custody() == []
    with pytest.raises(RuntimeError, match="outside"):
        case.attest(NewEntry(CustodyEvent.VIEWED))


def test_an_event_without_rows_is_a_step_that_undo_passes_over(case: CaseFile) -> None:
    with case.change("Add") as session:
        session.add(Party())
    case.undo()
    with case.change("Show"):
        case.attest(NewEntry(CustodyEvent.VIEWED))
    assert [step.kind for step in case.history(2)] == [StepKind.NOTE, StepKind.UNDO]
    assert case.redo_label == "Add"
    assert case.redo() is not None
    assert case.undo_label == "Add"
    assert case.verify() == []


def test_other_threads_write_into_the_same_chain(case: CaseFile) -> None:
    import threading

    def work() -> None:
        with case.writer_lane():
            add(case, b"beside")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    add(case, b"owner!")
    assert [entry.sequence for entry in case.custody()] == [1, 2, 3, 4]
    assert case.verify() == []


def test_the_file_itself_refuses_to_change_what_is_written(filled: Path) -> None:
    for statement in (
        "UPDATE custody SET note = 'x' WHERE sequence = 1",
        "DELETE FROM custody WHERE sequence = 9",
        "INSERT OR REPLACE INTO custody SELECT * FROM custody WHERE sequence = 2",
        "UPDATE journal_step SET who = 'x'",
        "DELETE FROM journal_row",
    ):
        with pytest.raises(Exception, match=r"never changed|only added to"):
            by_hand(filled, lambda raw, statement=statement: raw.execute(statement))  # type: ignore[misc]
    with reopen(filled) as case:
        assert case.verify() == []


BEHIND = {
    "a note": ("UPDATE custody SET note = 'F6 → A1' WHERE sequence = 5", "Entry 5 (“graded”"),
    "an actor": ("UPDATE custody SET actor = 'Eve' WHERE sequence = 1", "Entry 1 (“received”"),
    "a time": ("UPDATE custody SET at = '2020-01-01T00:00:00.000+00:00' WHERE sequence = 8", "Entry 8 (“withdrawn”"),
    "a digest": (f"UPDATE custody SET output = '{'0' * 64}' WHERE sequence = 2", "Entry 2 (“hashed”"),
    "an entry's hash": (f"UPDATE custody SET hash = '{'0' * 64}' WHERE sequence = 3", "Entry 3 (“captured”"),
    "a link": (f"UPDATE custody SET previous = '{'0' * 64}' WHERE sequence = 4", "Entry 4 (“hashed”"),
    "an entry taken out": ("DELETE FROM custody WHERE sequence = 6", "Entry 6 of the custody ledger is missing"),
    "the first taken out": ("DELETE FROM custody WHERE sequence = 1", "Entry 1 of the custody ledger is missing"),
    "the end cut off": ("DELETE FROM custody WHERE sequence > 7", "entry 8 is the first of 2 that are missing"),
    "all of it": ("DELETE FROM custody", "entry 1 is the first of 9 that are missing"),
    "the note of the end": (
        "UPDATE meta SET value = '9:0' WHERE name = 'custody'",
        "Entry 9 is the last in the custody ledger",
    ),
    "no note of the end": ("DELETE FROM meta WHERE name = 'custody'", "Entry 9 is the last in the custody ledger"),
    "evidence": (f"UPDATE evidence SET sha256 = '{'0' * 64}' WHERE file_name = 'letter.txt'", "“letter.txt”"),
    "a grade": ("UPDATE evidence SET reliability = 'A' WHERE file_name = 'letter.txt'", "reliability"),
    "evidence taken out": ("DELETE FROM evidence WHERE file_name = 'letter.txt'", "According to the custody ledger"),
    "a chunk": ("UPDATE chunk SET data = zeroblob(6) WHERE length(data) = 6", "“report.txt”"),
    "a chunk's digest": ("UPDATE chunk SET digest = zeroblob(32) WHERE length(data) = 21", "“letter.txt”"),
    "a chunk more": (
        "INSERT INTO chunk SELECT blob, 7, digest, data FROM chunk WHERE length(data) = 6",
        hashlib.sha256(b"report").hexdigest(),
    ),
    "a chunk taken out": ("DELETE FROM chunk WHERE length(data) = 6", "“report.txt”"),
    "a blob's name": (f"UPDATE blob SET sha256 = '{'0' * 64}' WHERE size = 6", "“report.txt”"),
    "a blob's size": ("UPDATE blob SET size = 5 WHERE size = 6", "“report.txt”"),
    "an old journal row": (
        "UPDATE journal_row SET before = replace(before, 'F', 'A') WHERE step = 4",
        "Step 4 of the journal (“Grade”",
    ),
    "a journal row": ("UPDATE journal_row SET after = replace(after, 'report', 'x') WHERE step = 3", "Step 3"),
    "a journal row taken out": ("DELETE FROM journal_row WHERE step = 6", "Step 6 of the journal (“Add pictur"),
    "who did it": ("UPDATE journal_step SET who = 'Eve' WHERE number = 7", "Step 7 of the journal (“Add a person”"),
    "a step's digest": (f"UPDATE journal_step SET digest = '{'0' * 64}' WHERE number = 2", "Step 2 of the journal"),
    "what a step knows": ("UPDATE journal_step SET custody = '0:0' WHERE number = 5", "Step 5 of the journal"),
    "a step taken out": ("DELETE FROM journal_step WHERE number = 4", "Step 4 of the journal is missing"),
    "the last step": ("DELETE FROM journal_step WHERE number = 8", "The end of the journal was cut off: entry 8"),
    "the case's key": ("UPDATE meta SET value = '{}' WHERE name = 'case'".format("0" * 32), "Step 1 of the journal"),
    "another row": ("UPDATE party SET description = 'accused'", "“party” does not match the journal: description"),
}


@pytest.mark.parametrize("what", sorted(BEHIND))
def test_a_change_behind_the_programs_back_is_found_and_named(filled: Path, what: str) -> None:
    statement, named = BEHIND[what]
    by_hand(filled, unguarded(statement))
    with reopen(filled, read_only=True) as case:
        sentences = case.verify()
    assert any(named in sentence for sentence in sentences), sentences


def test_a_cut_that_also_mends_the_note_is_known_to_the_journal(filled: Path) -> None:
    def cut(raw: RawConnection) -> None:
        unguarded("DELETE FROM custody WHERE sequence = 9")(raw)
        chain.write_head(raw, custody.HEAD, custody.end(raw))

    by_hand(filled, cut)
    with reopen(filled, read_only=True) as case:
        sentences = case.verify(full=False)
    assert any("Step 8 of the journal counts 9 entries" in sentence for sentence in sentences), sentences


def test_an_entry_rewritten_with_its_hash_is_betrayed_by_the_next(filled: Path) -> None:
    def rewrite(raw: RawConnection) -> None:
        entry = list(custody.entries(raw))[4]
        record = {**entry.record(), "note": "F6 → A1"}
        unguarded(f"UPDATE custody SET note = 'F6 → A1', hash = '{chain.digest_of(record)}' WHERE sequence = 5")(raw)

    by_hand(filled, rewrite)
    with reopen(filled, read_only=True) as case:
        sentences = case.verify()
    assert any("Entry 5 of the custody ledger was changed" in sentence for sentence in sentences), sentences


def test_a_guard_taken_out_is_named(filled: Path) -> None:
    by_hand(filled, lambda raw: raw.execute("DROP TRIGGER custody_delete"))
    with pytest.raises(CaseFileError, match="custody_delete"):
        reopen(filled, read_only=True)


def test_a_guard_taken_out_while_the_case_is_open_is_named(filled: Path) -> None:
    with reopen(filled, read_only=True) as case:
        by_hand(filled, lambda raw: raw.execute("DROP TRIGGER custody_delete"))
        assert any("custody_delete" in sentence for sentence in case.verify())


def test_a_ledger_moves_to_another_file_verbatim(filled: Path, tmp_path: Path) -> None:
    with reopen(filled) as case:
        given = case.custody()
    lines = [json.loads(json.dumps(custody.to_json(entry))) for entry in given]
    with make_case(tmp_path / "copy.magdesk") as copy:
        with copy.change("Load", base=True):
            copy.restore_custody([custody.from_json(line) for line in lines])
        taken = copy.custody()
        assert taken[:-1] == given
        assert taken[-1].kind == CustodyEvent.LOADED
        assert taken[-1].previous == given[-1].hash


def test_a_broken_ledger_is_not_taken_over(filled: Path, tmp_path: Path) -> None:
    with reopen(filled) as case:
        given = case.custody()
    del given[3]
    with make_case(tmp_path / "copy.magdesk") as copy:
        with pytest.raises(InputError, match="Entry 4 of the custody ledger is missing"), copy.change("Load"):
            copy.restore_custody(given)
        assert copy.custody() == []


@pytest.mark.parametrize("line", [None, {}, {"sequence": "1"}, [], "x"])
def test_what_is_no_entry_is_refused(line: object) -> None:
    with pytest.raises(InputError):
        custody.from_json(line)


def test_backups_hold_the_ledger(filled: Path, tmp_path: Path) -> None:
    with reopen(filled) as case:
        copy = case.backup(tmp_path / "copy.magdesk")
        ledger = case.custody()
    with reopen(copy) as again:
        assert again.custody() == ledger
        assert again.verify() == []


GLANCED = (
    "a chunk",
    "a chunk's digest",
    "a chunk taken out",
    "the end cut off",
    "no note of the end",
    "a blob's name",
)


@pytest.mark.parametrize("what", GLANCED)
def test_a_glance_finds_what_it_looks_at(filled: Path, what: str) -> None:
    statement, _named = BEHIND[what]
    with reopen(filled, read_only=True) as case:
        assert case.glance() == []
    by_hand(filled, unguarded(statement))
    with reopen(filled, read_only=True) as case:
        assert case.glance() != []
