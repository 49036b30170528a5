"""Files that open with the right passphrase and are not what their format says."""

from __future__ import annotations

import io
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from magdesk.casefile import CaseFile, examination, formats, journal, keys
from magdesk.casefile.connection import connect
from magdesk.casefile.custody import CustodyEvent, NewEntry
from magdesk.errors import CaseFileError, InputError
from magdesk.model import Evidence, Fact, Party
from magdesk.services.dump.dossier_reading import read_dossier
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen

NEVER_ENDS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"
SHAPES = {
    "a table is missing": "DROP TABLE waiver",
    "a foreign table": "CREATE TABLE stranger (a)",
    "a column is missing": "ALTER TABLE fact DROP COLUMN text",
    "a column too many": "ALTER TABLE fact ADD COLUMN stranger TEXT",
    "a generated column": "ALTER TABLE fact ADD COLUMN stranger TEXT AS (hex(zeroblob(100000000)))",
    "an index is missing": "DROP INDEX ix_blob_size",
    "a guard is missing": "DROP TRIGGER custody_delete",
    "a foreign trigger": "CREATE TRIGGER wait AFTER INSERT ON party BEGIN DELETE FROM fact; END",
    "a foreign view": "CREATE VIEW looks AS SELECT * FROM fact",
    "a view that never ends": f"DROP TABLE waiver; CREATE VIEW waiver AS {NEVER_ENDS}",
    "meta is a view that never ends": f"DROP TABLE meta; CREATE VIEW meta AS {NEVER_ENDS}",
    "no key": "DELETE FROM meta WHERE name = 'case'",
    "another key": "UPDATE meta SET value = 'x' WHERE name = 'case'",
    "format nought": "PRAGMA user_version = 0",
    "format below nought": "PRAGMA user_version = -5",
    "no row of the case": 'DELETE FROM "case"',
    "two rows of the case": 'CREATE TEMP TABLE t AS SELECT * FROM "case";'
    ' UPDATE t SET id = lower(hex(randomblob(16))); INSERT INTO "case" SELECT * FROM t',
}
VALUES = {
    "a rank above all numbers": "UPDATE fact SET rank = 1180591620717411303424",
    "a rank that is a text": "UPDATE fact SET rank = 'first'",
    "a huge rank": "UPDATE fact SET rank = 9223372036854775807",
    "a key that is none": "UPDATE party SET id = 'x'",
    "bytes for a text": "UPDATE party SET description = x'ff00'",
    "a choice that is none": "UPDATE party SET kind = 'ghost'",
    "a moment that is none": "UPDATE \"case\" SET created_at = '2026-02-31 00:00:00'",
    "the year 1000000000": "UPDATE \"case\" SET created_at = '1000000000-01-01 00:00:00'",
    "a date of a gigabyte": "UPDATE fact SET date = hex(zeroblob(1500000))",
    "a text of 80 MB": "UPDATE party SET description = hex(zeroblob(40000000))",
}


def spoil(path: Path, statements: str) -> bytes:
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements.split("; ") if not statements.startswith("CREATE TRIGGER") else [statements]:
        raw.execute(statement)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    return path.read_bytes()


def spoil_ledger(path: Path, statement: str) -> None:
    """The same behind the back of the guards, which are there again afterwards."""
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in guards:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    assert raw.execute("SELECT changes()").fetchone()[0]
    for _name, sql in guards:
        raw.execute(sql)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()


@pytest.fixture
def file(path: Path) -> Path:
    with make_case(path) as case, case.change("Add") as session:
        session.add(Party(description="A general"))
        session.add(Fact(text="He gave the order."))
    return path


def test_the_work_of_looking_grows_in_step_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def moment() -> float:
        nonlocal looks
        looks += 1
        return 0.0

    def effort(exhibits: int) -> int:
        nonlocal looks
        path = tmp_path / f"{exhibits}.magdesk"
        with make_case(path) as case, case.change("Add") as session:
            session.add_all(Evidence(title=f"Photograph {n}", sha256=f"{n:064x}") for n in range(exhibits))
        looks = 0
        examination.examine(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST), formats.NEWEST)
        return looks

    monkeypatch.setattr(examination, "time", SimpleNamespace(monotonic=moment))
    monkeypatch.setattr(examination, "_STEPS", 100)
    assert effort(400) - effort(0) < 5 * (effort(100) - effort(1))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_another_shape_is_refused_untouched_within_seconds(
    file: Path, name: str, read_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = spoil(file, SHAPES[name])
    monkeypatch.setattr(examination, "MOST_SECONDS", 2.0)
    began = time.monotonic()
    with pytest.raises(CaseFileError) as told:
        reopen(file, read_only=read_only)
    assert time.monotonic() - began < 60
    assert told.value.hint
    assert file.read_bytes() == before
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_its_column_cannot_hold_is_named(file: Path, name: str) -> None:
    before = spoil(file, VALUES[name])
    with pytest.raises(CaseFileError, match="not possible in"):
        reopen(file)
    assert file.read_bytes() == before
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_a_case_that_was_never_finished_is_told_apart(path: Path) -> None:
    CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False).close()
    with pytest.raises(CaseFileError, match="while creating it"):
        reopen(path)


def test_the_first_look_writes_nothing_beside_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []
    real = formats.shape_found

    def look(raw: object) -> formats.Shape:
        seen.append({entry.name for entry in file.parent.iterdir() if not entry.name.endswith(".lock")})
        return real(raw)

    monkeypatch.setattr(formats, "shape_found", look)
    reopen(file).close()
    assert seen == [{file.name}]


def test_a_log_that_a_crash_left_belongs_to_the_file(file: Path, tmp_path: Path) -> None:
    with reopen(file) as case:
        with case.change("Add") as session:
            session.add(Party(description="A colonel"))
        left = tmp_path / "left.magdesk"
        for suffix in ("", "-wal"):
            left.with_name(left.name + suffix).write_bytes(file.with_name(file.name + suffix).read_bytes())
    with reopen(left) as again:
        assert again.session.query(Party).count() == 2
        assert again.verify() == []
    assert {entry.name for entry in tmp_path.iterdir() if entry.is_file()} == {left.name}


def test_differences_are_told_both_ways() -> None:
    shape = formats.shape_of(formats.NEWEST)
    assert list(examination.differences(shape, shape)) == []
    less = dict(list(shape.items())[1:])
    assert len(list(examination.differences(less, shape))) == 1
    assert len(list(examination.differences(shape, less))) == 1


CASE = '"format": "magdesk-dossier", "version": 1, "case": {"title": "T"}'


@pytest.mark.parametrize(
    "text",
    [
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "rank": {2**70}}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "rank": -{2**70}}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "rank": {"9" * 100_000}}}]}}',
        f'{{{CASE}, "party": [{{"id": {"9" * 100_000}}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "rank": 1e999}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "rank": 1.{"9" * 100_000}}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "rank": NaN}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "date": "1000000000"}}]}}',
        f'{{{CASE}, "fact": [{{"id": "a", "text": "T", "date": 1000000000}}]}}',
        f'{{{CASE}, "party": {"[" * 100_000}{"]" * 100_000}}}',
        f'{{{CASE}, "party": {"[" * 900}{"]" * 900}}}',
        f'{{{CASE}, "version": {"9" * 5000}}}',
    ],
    ids=["2^70", "-2^70", "digits", "digits for a key", "infinite", "fraction", "NaN", "year", "year as a number",
         "deep", "less deep", "version"],
)  # fmt: skip
def test_huge_numbers_in_a_dossier_end_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError) as told:
        read_dossier(text.encode())
    assert len(str(told.value)) < 2000


LAST = "WHERE step = (SELECT max(number) FROM journal_step)"
IMAGES = {
    "nested without end": f"UPDATE journal_row SET before = replace(hex(zeroblob(50000)), '0', '[') {LAST}",
    "a list": f"UPDATE journal_row SET before = '[]' {LAST}",
    "a number": f"UPDATE journal_row SET after = '5' {LAST}",
    "no JSON": f"UPDATE journal_row SET after = 'x' {LAST}",
    "bytes": f"UPDATE journal_row SET before = x'ff00' {LAST}",
    "a list in a column": f"UPDATE journal_row SET before = json_set(before, '$.text', json('[1]')) {LAST}",
    "a number of 10,000 digits": "UPDATE journal_row SET before = '{\"id\":1' || replace(hex(zeroblob(5000)), 0, 1)"
    f" || '}}' {LAST}",
    "a key that is none": f"UPDATE journal_row SET key = 'zz' {LAST}",
    "a column that no table has": f"UPDATE journal_row SET before = json_set(before, '$.none', 1) {LAST}",
    "a rank above all numbers": "UPDATE journal_row SET"
    f" before = replace(before, '\"rank\":', '\"rank\":1000000000000000000000') {LAST}",
    "a rank that is a text": f"UPDATE journal_row SET before = json_set(before, '$.rank', 'one') {LAST}",
    "half a letter": f"UPDATE journal_row SET before = json_set(before, '$.text', json('\"\\ud800\"')) {LAST}",
}


@pytest.mark.parametrize("change", IMAGES)
def test_an_image_in_the_journal_that_no_row_can_have_is_told_when_it_is_needed(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.magdesk"
    with make_case(path) as case:
        with case.change("Add a fact") as session:
            session.add(Fact(text="One"))
        with case.change("Edit a fact") as session:
            session.query(Fact).one().text = "Two"
    spoil_ledger(path, IMAGES[change])
    with reopen(path) as case:
        with pytest.raises(CaseFileError, match="journal"):
            case.undo()
        assert case.verify()
        assert case.session.query(Fact).one().text == "Two"
    with reopen(path) as case:
        assert case.history()[0].label == "Edit a fact"


def test_a_step_too_large_to_be_read_is_told_before_it_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_case(path) as case, case.change("Add a fact") as session:
        session.add(Fact(text="x" * 5000))
    monkeypatch.setattr(journal, "_LONGEST_STEP", 5000)
    monkeypatch.setattr(journal, "_load", lambda _text: pytest.fail("it was read"))
    with reopen(path) as case, pytest.raises(CaseFileError, match="Step 2 of the journal cannot be read"):
        case.undo()


LEDGERS = {
    "a step of a kind that is none": "UPDATE journal_step SET kind = 'weird'",
    "a step on a day that is none": "UPDATE journal_step SET at = '2026-02-30T10:00:00+00:00'",
    "a step at an hour that is none": "UPDATE journal_step SET at = '2026-02-20T24:00:00+00:00'",
    "a step at a moment that moves": "UPDATE journal_step SET at = 'now'",
    "a step with bytes as its label": "UPDATE journal_step SET label = x'ff'",
    "a step with a label of 3 million letters": "UPDATE journal_step SET label = hex(zeroblob(1500000))",
    "a step whose key is none": "UPDATE journal_step SET id = 'q' WHERE number = 1",
    "a step with a number below nought": "UPDATE journal_step SET number = -1"
    " WHERE number = (SELECT max(number) FROM journal_step)",
    "an entry about an item that cannot be": "UPDATE custody SET evidence = 'zz'",
    "an entry at a moment that is none": "UPDATE custody SET at = 'x'",
    "an entry with a note of 3 million letters": "UPDATE custody SET note = hex(zeroblob(1500000))",
    "bytes of evidence in rows of nothing": "UPDATE blob SET chunk_size = 0",
    "bytes of evidence of less than nothing": "UPDATE blob SET size = -1",
    "bytes of evidence under a digest that is none": "UPDATE blob SET sha256 = 'zz'",
    "an end of a chain that has no end": "UPDATE meta SET value = hex(zeroblob(1500000)) WHERE name = 'journal'",
}


@pytest.mark.parametrize("change", LEDGERS)
def test_a_ledger_that_holds_what_it_cannot_is_refused(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.magdesk"
    with make_case(path) as case:
        case.blobs.put(io.BytesIO(b"one"))
        with case.change("Say something") as _session:
            case.attest(NewEntry(CustodyEvent.FIXITY))
    spoil_ledger(path, LEDGERS[change])
    before = path.read_bytes()
    with pytest.raises(CaseFileError, match="not a valid MagDesk case"):
        reopen(path)
    assert path.read_bytes() == before


def test_a_row_of_evidence_longer_than_it_says_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.magdesk"
    with make_case(path) as case:
        digest = case.blobs.put(io.BytesIO(b"one")).sha256
    spoil(path, "UPDATE chunk SET data = zeroblob(20000000)")
    with reopen(path) as case, case.blobs.open(digest) as stream, pytest.raises(CaseFileError):
        stream.read()
