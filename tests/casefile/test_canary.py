"""Nothing of a case is in clear on the disk: not while it is open, not after, not after a crash, not in backups."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, select
from sqlalchemy.types import TypeEngine

from magdesk.casefile import CaseFile
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import CaseFileError, MagdeskError, WrongPassphrase
from magdesk.model import Base, Case, Party
from magdesk.model.base import PartialDateType, UtcDateTime
from tests.casefile.cases import FAST, PASSPHRASE, reopen

CANARY = "Kanarienvogel将军Ж"
SPELLINGS = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")] + [
    b"Kanarienvogel",
    b"kanarienvogel",
    json.dumps(CANARY).encode(),
    PASSPHRASE.encode(),
]


def filled(kind: type[Base]) -> Base:
    """A row with the canary in every text column."""
    row = kind()
    for column in row.__mapper__.column_attrs:
        try:
            python_type = column.columns[0].type.python_type
        except NotImplementedError:
            continue
        if python_type is str and not issubclass(python_type, Enum) and column.key not in ("sha256",):
            setattr(row, column.key, CANARY)
    return row


def anything(kind: TypeEngine[Any]) -> object:
    """Some value of a column's type."""
    match kind:
        case PartialDateType():
            return PartialDate("2024")
        case UtcDateTime():
            return datetime(2024, 1, 1, tzinfo=UTC)
        case Date():
            return date(2024, 1, 1)
        case _:
            return 1


def fill(case: CaseFile) -> None:
    """Put the canary into every text column of every table, a blob and the index, and touch all that is written."""
    mappers = [mapper for mapper in Base.registry.mappers if mapper.class_ is not Case]
    with case.change(CANARY, base=True) as session:
        session.add(Case(title=CANARY, created_at=datetime.now(UTC)))
    with case.change(CANARY) as session:
        rows = {mapper.class_.__tablename__: filled(mapper.class_) for mapper in mappers}
        owned: set[str] = set()  # of several owners that a row could have, it has one
        for row in rows.values():
            for column in row.__table__.columns:
                for reference in column.foreign_keys:
                    owner = row.__tablename__ in ("citation", "proof") and column.nullable
                    if owner and row.__tablename__ in owned:
                        continue
                    owned |= {row.__tablename__} if owner else set()
                    if row.__tablename__ != reference.column.table.name:
                        setattr(row, column.key, rows[reference.column.table.name].id)
                if column.name == "subject_id":
                    row.subject_id = row.id  # type: ignore[attr-defined]
                if not column.nullable and column.default is None and getattr(row, column.key) is None:
                    setattr(row, column.key, anything(column.type))
        rows["proof"].kind = None  # type: ignore[attr-defined]  # a code, beside the ground that it has
        session.add_all(rows.values())
    block = (CANARY + " ").encode() * 100_000
    info = case.blobs.put(io.BytesIO(block))
    key = next(iter(rows.values())).id
    case.index.put("evidence", key, [(page, f"{CANARY} page {page}") for page in range(50)])
    assert len(case.index.search(CANARY)) > 10
    with case.reader() as reader:
        assert len(reader.scalars(select(Party)).all()) == 1
    case.blobs.open(info.sha256).read()
    with case.change("Party is called " + CANARY):
        rows["party"].description = CANARY + " again"  # type: ignore[attr-defined]
    case.undo()
    case.redo()


def leaks(*folders: Path) -> list[str]:
    """Files that hold the canary or the passphrase in any spelling."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                found += [f"{path}: {spelling!r}" for spelling in SPELLINGS if spelling in content]
    return found


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would go."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    return folder


def test_nothing_is_in_clear_while_open_nor_after(path: Path, temp: Path, own_folders: Path) -> None:
    case = CaseFile.create(path, PASSPHRASE, cost=FAST)
    fill(case)
    names = {entry.name for entry in path.parent.iterdir()}
    assert names == {path.name, path.name + "-wal", path.name + "-shm", path.name + ".lock"}
    assert leaks(path.parent, temp, own_folders) == []
    case.backup()
    case.backup(path.parent / "copy.magdesk")
    assert leaks(path.parent, temp, own_folders) == []
    case.change_passphrase(PASSPHRASE, "new words")
    assert leaks(path.parent, temp, own_folders) == []
    assert case.verify() == []
    case.close()
    assert leaks(path.parent, temp, own_folders) == []
    assert list(temp.iterdir()) == []
    assert any(own_folders.rglob("*.magdesk"))


def test_the_search_for_leaks_finds_one(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"xx" + CANARY.encode("utf-16-le"))
    assert leaks(tmp_path)


@pytest.mark.parametrize("moment", ["put", "change", "index", "backup"])
@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_nothing_is_in_clear_after_a_kill(path: Path, temp: Path, own_folders: Path, moment: str) -> None:
    case = CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False)
    fill(case)
    before = case.blobs.all()
    case.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.casefile.victim", str(path), moment], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "busy\n"
    time.sleep(0.15)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert leaks(path.parent, temp, own_folders) == []
    with reopen(path) as again:
        assert again.verify() == []
        assert again.blobs.all() == before
        assert again.session.scalars(select(Case.title)).one() == CANARY
    assert leaks(path.parent, temp, own_folders) == []
    assert [entry.name for entry in path.parent.iterdir() if "copy" not in entry.name] == [path.name]


def test_errors_and_logs_carry_nothing(case: CaseFile, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = []

    def tell(error: BaseException) -> None:
        told.append("".join(traceback.format_exception(error)))

    try:
        with case.change("Break a rule") as session:
            session.add(Party(id=case.session.scalars(select(Case.id)).one(), description=CANARY))
            session.flush()
            case.session.connection().exec_driver_sql("SELECT * FROM nowhere WHERE x = ?", (CANARY,))
    except Exception as error:
        tell(error)
    case.close()
    try:
        CaseFile.open(path, PASSPHRASE + "wrong", cost=FAST)
    except WrongPassphrase as error:
        tell(error)
    damaged = bytearray(path.read_bytes())
    damaged[40_000] ^= 1
    path.write_bytes(damaged)
    try:
        with reopen(path) as again:
            again.verify()
            again.session.scalars(select(Party)).all()
    except MagdeskError as error:
        tell(error)
    assert len(told) >= 2
    for text in [*told, caplog.text]:
        assert CANARY not in text
        assert PASSPHRASE not in text
        assert "x'" not in text


def test_case_file_errors_say_what_to_do(path: Path) -> None:
    path.write_bytes(b"nonsense")
    with pytest.raises(CaseFileError) as caught:
        CaseFile.open(path, PASSPHRASE, cost=FAST)
    assert caught.value.hint
