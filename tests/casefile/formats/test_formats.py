"""Formats cannot drift: each is frozen, each step leads to the next one exactly, and the model is the newest one."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from sqlalchemy import Column, Index, Text, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, MetaData

from magdesk.casefile import CaseFile, formats, keys, migrations
from magdesk.casefile.connection import RawConnection, connect
from magdesk.casefile.formats import frozen
from magdesk.errors import UserError
from magdesk.model import Authority, Base, Case, Citation, Evidence, Fact, Waiver
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen
from tests.casefile.released import build, released
from tests.casefiles.make import EXHIBIT

KEPT = [one.format for one in released()]

NOT_OF_THE_MODEL = {
    "meta", "journal_step", "journal_row", "custody", "blob", "chunk", "text_item", "text_body", "page_index",
    "row_index",
}  # fmt: skip

HAS = formats.NEWEST
WHAT_TO_DO = f"""
The model is not what files of format {HAS} hold, so no case that exists would open any more. Do not touch
format-{HAS}.sql or a step that is there; make a new format in magdesk/casefile/formats, N = {HAS + 1}:
1. format-N.sql: all statements of format-{HAS}.sql with the change in them;
2. to-N.sql: only what changes (a new column that may not be NULL needs a constant DEFAULT);
3. NEWEST = N in frozen.py, and a step that executes formats.step(N) at the end of LADDER in migrations.py;
4. when it is released, its file for tests/casefiles: see tests/casefiles/make.py.
What differs (here: the model, there: the format):
"""


def of_the_model(metadata: MetaData) -> formats.Shape:
    """The shape of a file that SQLAlchemy would make."""
    made: formats.Shape = {}
    dialect = sqlite.dialect()
    for table in metadata.tables.values():
        made["table", table.name] = formats.normalised(str(CreateTable(table).compile(dialect=dialect)).strip())
        for index in table.indexes:
            statement = str(CreateIndex(index).compile(dialect=dialect))
            made["index", str(index.name)] = formats.normalised(statement)
    return made


def frozen_rows() -> formats.Shape:
    """The part of the newest format that holds rows of the model."""
    owners = {*NOT_OF_THE_MODEL, *(f"{name}_{rest}" for name in ("page_index", "row_index")
                                   for rest in ("data", "idx", "docsize", "config"))}  # fmt: skip
    own_indexes = {"ix_custody_evidence", "ix_blob_size", "ix_text_item_hidden"}
    return {
        (kind, name): sql
        for (kind, name), sql in formats.shape_of(formats.NEWEST).items()
        if kind in ("table", "index") and name not in owners | own_indexes
    }


def differences(here: formats.Shape, there: formats.Shape) -> str:
    lines = []
    for thing in sorted(here.keys() | there.keys()):
        if here.get(thing) != there.get(thing):
            lines += [
                " ".join(thing),
                f"  the model:  {here.get(thing, '-')}",
                f"  the format: {there.get(thing, '-')}",
            ]
    return "\n".join(lines)


def test_the_model_is_the_newest_format() -> None:
    found = differences(of_the_model(Base.metadata), frozen_rows())
    assert not found, WHAT_TO_DO + found


@pytest.mark.parametrize("change", ["column", "type", "null", "index", "table", "gone"])
def test_any_change_of_the_model_is_seen(change: str) -> None:
    changed = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(changed)
    party = changed.tables["party"]
    if change == "column":
        party.append_column(Column("shoe_size", Text))
    elif change == "type":
        party.c.description.type = sqlite.INTEGER()
    elif change == "null":
        party.c.description.nullable = True
    elif change == "index":
        Index("ix_party_description", party.c.description)
    elif change == "table":
        changed.tables["waiver"].to_metadata(changed, name="waiver_again")
    else:
        changed.remove(changed.tables["waiver"])
    assert differences(of_the_model(changed), frozen_rows())


@pytest.fixture
def fresh(tmp_path: Path) -> formats.Shape:
    with make_case(tmp_path / "fresh.magdesk") as case, case._reading() as raw:
        return formats.shape_found(raw)


def opened(path: Path) -> RawConnection:
    return connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))


def shape(path: Path) -> formats.Shape:
    raw = opened(path)
    try:
        return formats.shape_found(raw)
    finally:
        raw.close()


def test_a_fresh_file_is_of_the_newest_format(fresh: formats.Shape) -> None:
    assert not differences(formats.shape_of(formats.NEWEST), fresh)


def test_a_file_of_each_format_is_kept() -> None:
    assert list(range(1, formats.NEWEST + 1)) == KEPT


@pytest.mark.parametrize("version", KEPT)
def test_a_kept_file_is_what_its_frozen_format_says(path: Path, version: int) -> None:
    """Who edits a released format finds that files in use are not so."""
    build(version, path)
    raw = opened(path)
    assert raw.execute("PRAGMA user_version").fetchone() == (version,)
    raw.close()
    assert not differences(formats.shape_of(version), shape(path))


@pytest.mark.parametrize("version", KEPT)
def test_a_kept_file_climbs_to_the_shape_of_a_fresh_one(path: Path, version: int, fresh: formats.Shape) -> None:
    build(version, path)
    with CaseFile.open(path, PASSPHRASE, cost=FAST, backups=False) as case:
        assert case.verify() == []
        session = case.session
        row = session.scalars(select(Case)).one()
        assert (row.title, row.country) == ("Republic of Generica", "Generica")
        assert session.scalars(select(Authority.regime)).all() == ["us-glomag"]
        fact = session.scalars(select(Fact)).one()
        cited = session.scalars(select(Evidence).join(Citation).where(Citation.fact_id == fact.id)).one()
        with case.blobs.open(cited.sha256) as stream:
            assert stream.read() == EXHIBIT
        assert [hit.key for hit in case.index.search("guards in:evidence")] == [cited.id]
        assert {entry.evidence for entry in case.custody()} == {str(cited.id)}
        assert [step.label for step in case.history()][-1] == "New case"
        with case.change("Goes on") as changed:
            changed.add(Waiver(code="C06", reason="one source is enough"))
            changed.add(Authority(regime="us-7031c", measures="freeze"))
    assert not differences(fresh, shape(path))
    with reopen(path) as again:
        assert again.session.scalars(select(Waiver.code)).all() == ["C06"]
        assert again.verify() == []


@pytest.mark.parametrize("version", KEPT[:-1])
def test_each_step_leads_to_the_next_frozen_format(path: Path, version: int) -> None:
    """On its own, so that a later step cannot hide what an earlier one forgets."""
    raw = opened(build(version, path))
    step = migrations.LADDER[version - 1]
    raw.execute("PRAGMA foreign_keys = OFF")  # as whoever takes the step does
    raw.execute("BEGIN")
    step.apply(raw)
    assert step.version == version + 1
    assert not differences(formats.shape_of(version + 1), formats.shape_found(raw))
    raw.close()


def test_a_released_step_knows_no_model() -> None:
    """What it does is said in its frozen statements: the model of the day on which a user takes it is another one."""
    for step in migrations.LADDER:
        names = set(inspect.getclosurevars(step.apply).globals)
        assert names <= {"formats"}, step.name
    for module in (frozen, formats.shape):
        assert "magdesk.model" not in inspect.getsource(module)


@pytest.mark.parametrize("version", KEPT[:-1])
def test_an_old_file_is_left_alone_when_it_is_only_read(path: Path, version: int) -> None:
    before = build(version, path).read_bytes()
    with pytest.raises(UserError, match="older format"):
        reopen(path, read_only=True)
    assert path.read_bytes() == before


def test_what_is_no_difference() -> None:
    fresh = 'CREATE TABLE "party" (\n\tid CHAR(32) NOT NULL, \n\tname TEXT NOT NULL, \n\tPRIMARY KEY (id)\n)'
    later = "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id), name TEXT NOT NULL DEFAULT '')"
    assert formats.normalised(fresh) == formats.normalised(later)


@pytest.mark.parametrize(
    "other",
    [
        "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id), name TEXT)",
        "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id), name TEXT NOT NULL DEFAULT (random()))",
        "CREATE TABLE party (id CHAR(16) NOT NULL, PRIMARY KEY (id), name TEXT NOT NULL)",
        "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id, name), name TEXT NOT NULL)",
        "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id), name TEXT NOT NULL) STRICT",
        "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id), name TEXT NOT NULL CHECK (name <> ', ('))",
        "CREATE VIEW party AS SELECT 1",
    ],
)
def test_what_is_a_difference(other: str) -> None:
    table = "CREATE TABLE party (id CHAR(32) NOT NULL, PRIMARY KEY (id), name TEXT NOT NULL)"
    assert formats.normalised(table) != formats.normalised(other)
