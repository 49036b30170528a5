"""Connections to the encrypted file: raw ones for blobs and index, engines for the ORM."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import NullPool, QueuePool

from magdesk.casefile import failures
from magdesk.casefile.keys import Key

PAGE_SIZE = 32 * 1024
"""Bytes of a page. Part of the format. Measured with ``tests/bench/store.py``: half the cost per byte of 4 KiB pages,
while an empty case stays small."""

BUSY_SECONDS = 30.0
"""How long a writer waits for another one before it gives up."""

RawConnection: TypeAlias = Any
"""A connection of the driver, which ships no types."""


def connect(
    path: Path, key: Key, *, read_only: bool = False, new: bool = False, untouched: bool = False, alone: bool = False
) -> RawConnection:
    """A connection of its own, usable from any one thread at a time.

    Args:
        path: the file; it must exist (an empty one when ``new``).
        key: of the file.
        read_only: refuse every write.
        new: the file is empty and is being made.
        untouched: neither the file nor anything beside it is written; for a first look, while nobody writes to it.
        alone: the same, and a log beside the file is left out of account.

    Raises:
        WrongPassphrase: the key does not fit.
        CaseFileError: the file cannot be opened.
    """
    mode = "mode=rw"
    if untouched or alone:
        # A log is part of the file; without one the file is taken as it lies there.
        mode = "mode=ro" if not alone and _has_log(path) else "mode=ro&immutable=1"
        read_only = True
    elif read_only and not _can_hold_log(path):
        # SQLite needs a shared-memory file beside a WAL database; on a read-only medium nobody can be writing.
        mode = "mode=ro&immutable=1"
    with failures.translated(unlocking=True):
        connection = driver.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            # Without this SQLCipher writes to standard error by itself when a key is wrong.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.set_key(key.literal)
            connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")
            if new:
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                connection.execute("PRAGMA journal_mode = WAL")
            for pragma in (
                "temp_store = MEMORY",
                "foreign_keys = ON",
                "synchronous = FULL",
                "secure_delete = FAST",
                "trusted_schema = OFF",
                "cell_size_check = ON",
                "cache_size = -16000",
                # Only we say when the log goes into the file, so that we know every write to it (see watch.py); and
                # the log's size says how much of it there is.
                "wal_autocheckpoint = 0",
                "journal_size_limit = 0",
                f"query_only = {'ON' if read_only else 'OFF'}",
            ):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection


def make_engine(opener: Callable[[], RawConnection], *, snapshot: bool = False) -> Engine:
    """An engine whose connections come from ``opener``, one each.

    Args:
        opener: makes a raw connection.
        snapshot: for readers: each transaction reads one moment of the file, and one connection is kept between two
            uses, so that what it has decrypted need not be decrypted again; it holds nothing of the file then.
            Without it every statement stands alone until someone begins a transaction on the raw connection, so a
            session that only reads never holds anything, and no connection is kept.
    """
    engine = sqlalchemy.create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=opener,
        hide_parameters=True,
        **({"poolclass": QueuePool, "pool_size": 1, "max_overflow": -1} if snapshot else {"poolclass": NullPool}),
    )
    if snapshot:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(engine, "handle_error", _as_own_error, retval=True)
    return engine


def _as_own_error(context: ExceptionContext) -> BaseException | None:
    return failures.translate(context.original_exception)


def _has_log(path: Path) -> bool:
    logs = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    return any(log.exists() and log.stat().st_size for log in logs)


def _can_hold_log(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists()
