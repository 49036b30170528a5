"""Files that open with the right passphrase and are not what their format says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile, examination, formats, keys
from magdesk.casefile.connection import connect
from magdesk.errors import CaseFileError, InputError
from magdesk.model import Fact, Party
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
    "a date of a gigabyte": "UPDATE fact SET date = hex(zeroblob(50000000))",
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


@pytest.fixture
def file(path: Path) -> Path:
    with make_case(path) as case, case.change("Add") as session:
        session.add(Party(description="A general"))
        session.add(Fact(text="He gave the order."))
    return path


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
    with pytest.raises(CaseFileError, match="cannot be in"):
        reopen(file)
    assert file.read_bytes() == before
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_a_case_that_was_never_finished_is_told_apart(path: Path) -> None:
    CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False).close()
    with pytest.raises(CaseFileError, match="being made"):
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
