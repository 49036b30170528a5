"""The tables of a case file, and its format version."""

from __future__ import annotations

import uuid

from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from magdesk import __version__, model
from magdesk.casefile.connection import RawConnection
from magdesk.errors import CaseFileError, NewerCaseFile
from magdesk.i18n import _

VERSION = 2
"""Format of the files this program writes; stored as SQLite's ``user_version``."""

APPLICATION_ID = 0x4D444B31

INTERNAL_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE journal_step (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL,
        undoes TEXT,
        custody TEXT NOT NULL,
        digest TEXT NOT NULL
    )""",
    """CREATE TABLE journal_row (
        step INTEGER NOT NULL REFERENCES journal_step (number),
        table_name TEXT NOT NULL,
        key TEXT NOT NULL,
        before TEXT,
        after TEXT,
        PRIMARY KEY (step, table_name, key)
    )""",
    """CREATE TABLE custody (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        evidence TEXT NOT NULL,
        at TEXT NOT NULL,
        stated TEXT NOT NULL,
        actor TEXT NOT NULL,
        tool TEXT NOT NULL,
        kind TEXT NOT NULL,
        input TEXT NOT NULL,
        output TEXT NOT NULL,
        medium TEXT NOT NULL,
        note TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    )""",
    "CREATE INDEX ix_custody_evidence ON custody (evidence, sequence)",
    """CREATE TABLE blob (
        id INTEGER PRIMARY KEY,
        sha256 TEXT UNIQUE,
        size INTEGER NOT NULL,
        chunk_size INTEGER NOT NULL
    )""",
    "CREATE INDEX ix_blob_size ON blob (size)",
    """CREATE TABLE chunk (
        blob INTEGER NOT NULL REFERENCES blob (id),
        number INTEGER NOT NULL,
        digest BLOB NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (blob, number)
    )""",
    """CREATE TABLE text_item (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        layer INTEGER NOT NULL,
        hidden INTEGER NOT NULL DEFAULT 0,
        UNIQUE (key, kind, layer)
    )""",
    "CREATE INDEX ix_text_item_hidden ON text_item (id) WHERE hidden",
    "CREATE TABLE text_body (id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
    # The words come folded, between spaces; whatever is not ASCII is part of a word.
    """CREATE VIRTUAL TABLE page_index USING fts5 (
        words, content='', contentless_delete=1, prefix='1 2 3', tokenize='ascii'
    )""",
    """CREATE VIRTUAL TABLE row_index USING fts5 (
        title, source, words, keys, hidden, content='', contentless_delete=1, prefix='1 2 3', tokenize='ascii'
    )""",
)


GUARDS = {
    "custody_order": """CREATE TRIGGER custody_order BEFORE INSERT ON custody
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM custody)
        BEGIN SELECT RAISE(ABORT, 'the custody ledger is only added to at its end'); END""",
    **{
        f"{table}_{verb}": f"CREATE TRIGGER {table}_{verb} BEFORE {verb.upper()} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        for table in ("custody", "journal_step", "journal_row")
        for verb in ("update", "delete")
    },
}
"""Triggers that refuse to change what is only ever added to, by name."""


def create_schema(connection: Connection, raw: RawConnection) -> None:
    """Make all tables in an empty file, in the transaction that is open on both."""
    model.Base.metadata.create_all(connection)
    for statement in INTERNAL_TABLES:
        raw.execute(statement)
    for statement in GUARDS.values():
        raw.execute(statement)
    raw.execute("INSERT INTO meta (name, value) VALUES ('case', ?)", (str(uuid.uuid4()),))
    stamp(raw, VERSION)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def statements(table: str) -> list[str]:
    """The statements that make one of the model's tables with its indexes."""
    dialect = sqlite.dialect()
    found = model.Base.metadata.tables[table]
    indexes = sorted(found.indexes, key=lambda index: str(index.name))
    made = [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return [str(CreateTable(found).compile(dialect=dialect)), *made]


def stamp(raw: RawConnection, version: int) -> None:
    """Record the format version and the program that wrote it."""
    raw.execute(f"PRAGMA user_version = {int(version)}")
    raw.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('program', ?)", (__version__,))


def read_version(raw: RawConnection, newest: int = VERSION) -> int:
    """The format version of an open file.

    Raises:
        NewerCaseFile: this program does not know that version.
        CaseFileError: it is an encrypted database of some other program.
    """
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise CaseFileError(_("This is not a MagDesk case file."), _("Choose a file that MagDesk made."))
    if version > newest:
        row = raw.execute("SELECT value FROM meta WHERE name = 'program'").fetchone()
        raise NewerCaseFile(
            _("The case file has format {theirs} (written by MagDesk {program}); this program knows {ours}.").format(
                theirs=version, program=row[0] if row else "?", ours=newest
            ),
            _("Install the newer MagDesk to open it."),
        )
    return version


def case_id(raw: RawConnection) -> uuid.UUID:
    """The random key of this case file; copies share it. Says nothing about the case."""
    return uuid.UUID(raw.execute("SELECT value FROM meta WHERE name = 'case'").fetchone()[0])
