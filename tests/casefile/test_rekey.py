from __future__ import annotations

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, rekey
from magdesk.casefile.connection import connect
from magdesk.casefile.keys import derive_key, file_salt
from magdesk.errors import CaseFileLocked, UserError, WrongPassphrase
from magdesk.model import Party
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen

NEW = "another battery staple"


def open_new(path: Path) -> CaseFile:
    return CaseFile.open(path, NEW, cost=FAST, backups=False)


def test_the_new_passphrase_opens_and_the_old_one_does_not(case: CaseFile, path: Path) -> None:
    info = case.blobs.put(io.BytesIO(bytes(3_000_000)))
    with case.change("Add") as session:
        party = Party(description="before")
        session.add(party)
    case.change_passphrase(PASSPHRASE, NEW)
    assert party.description == "before"
    with case.change("Goes on"):
        party.description = "after"
    assert case.blobs.verify(info.sha256)
    assert case.verify() == []
    with case._reading() as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    case.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with pytest.raises(WrongPassphrase):
        reopen(path)
    with open_new(path) as again:
        assert again.session.scalars(select(Party.description)).all() == ["after"]
        again.undo()
        again.undo()
        assert again.session.scalars(select(Party)).all() == []


def test_key_and_salt_are_both_new(path: Path) -> None:
    make_case(path).close()
    before = path.read_bytes()
    with reopen(path) as case:
        case.change_passphrase(PASSPHRASE, PASSPHRASE)
    after = path.read_bytes()
    assert before[:16] != after[:16]
    assert len(before) == len(after)
    reopen(path).close()


def test_the_old_passphrase_must_be_right(case: CaseFile, path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        case.change_passphrase("wrong", NEW)
    with pytest.raises(UserError):
        case.change_passphrase(PASSPHRASE, "")
    case.close()
    reopen(path).close()


@pytest.mark.parametrize("moment", ["encrypt_copy", "replace"])
def test_a_failure_leaves_the_old_passphrase(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError("unplugged")

    monkeypatch.setattr(rekey, moment, fail)
    with pytest.raises(OSError, match="unplugged"):
        case.change_passphrase(PASSPHRASE, NEW)
    monkeypatch.undo()
    with case.change("Goes on") as session:
        session.add(Party())
    case.close()
    reopen(path).close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_someone_reading_stops_it(case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekey, "_WAIT_MS", 10)
    with reopen(path, read_only=True) as other:
        with pytest.raises(CaseFileLocked):
            case.change_passphrase(PASSPHRASE, NEW)
        assert other.verify() == []
    with case.change("Goes on") as session:
        session.add(Party())
    case.change_passphrase(PASSPHRASE, NEW)
    case.close()
    open_new(path).close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_inside_a_change_it_is_refused(case: CaseFile) -> None:
    with pytest.raises(RuntimeError), case.change("Outer"):
        case.change_passphrase(PASSPHRASE, NEW)


@pytest.mark.parametrize("husk", [b"", bytes(512)])
def test_a_crash_while_leaving_the_log_is_mended(case: CaseFile, path: Path, husk: bytes) -> None:
    with case.change("Add") as session:
        session.add(Party())
    case.close()
    raw = connect(path, derive_key(PASSPHRASE, file_salt(path), FAST))
    assert raw.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    raw.close()
    path.with_name(path.name + "-journal").write_bytes(husk)
    with reopen(path) as again:
        with again._reading() as raw:
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert again.verify() == []
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
