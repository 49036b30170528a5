from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import select

from magdesk import paths, unfinished
from magdesk.casefile import CaseFile, formats, keys
from magdesk.casefile.connection import connect
from magdesk.casefile.lock import WriterLock, lock_path
from magdesk.errors import CaseFileDamaged, CaseFileError, CaseFileLocked, NewerCaseFile, UserError, WrongPassphrase
from magdesk.model import Case, Party
from magdesk.values import now
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen

if sys.platform != "win32":
    import fcntl


def test_what_was_written_is_there_again(case: CaseFile, path: Path) -> None:
    with case.change("Add a party") as session:
        session.add(Party(description="A general"))
    case.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with reopen(path) as again:
        assert again.session.scalars(select(Party.description)).all() == ["A general"]
        assert again.session.scalars(select(Case.title)).one() == "Republic of Generica"


def test_the_file_is_the_users_alone_and_shows_nothing(case: CaseFile, path: Path) -> None:
    case.close()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.read_bytes().startswith(b"SQLite")


def test_closing_twice_is_fine(case: CaseFile) -> None:
    case.close()
    case.close()


def test_wrong_passphrase(case: CaseFile, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    case.close()
    with pytest.raises(WrongPassphrase) as caught:
        CaseFile.open(path, "correct house", cost=FAST)
    assert "house" not in str(caught.value)
    assert capfd.readouterr().err == ""
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_the_passphrase_may_be_typed_composed_or_decomposed(path: Path) -> None:
    with CaseFile.create(path, "Müller naïve", cost=FAST, backups=False) as case, case.change("Make") as session:
        session.add(Case(title="Generica", created_at=now()))
    CaseFile.open(path, "Mu\u0308ller nai\u0308ve", cost=FAST, backups=False).close()


def test_an_empty_passphrase_is_refused(path: Path) -> None:
    with pytest.raises(UserError):
        CaseFile.create(path, "", cost=FAST)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"short", b"SQLite format 3\x00" + bytes(4096)])
def test_a_file_that_is_no_case(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(CaseFileError, match="not a MagDesk case file"):
        CaseFile.open(path, PASSPHRASE, cost=FAST)
    assert path.read_bytes() == content


def test_a_strangers_encrypted_database(path: Path) -> None:
    path.touch()
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.new_salt(), FAST), new=True)
    raw.execute("CREATE TABLE t (a)")
    raw.close()
    with pytest.raises(CaseFileError, match="not a MagDesk case file"):
        CaseFile.open(path, PASSPHRASE, cost=FAST)


def test_no_file(path: Path) -> None:
    with pytest.raises(CaseFileError, match="does not exist"):
        CaseFile.open(path, PASSPHRASE, cost=FAST)
    assert list(path.parent.iterdir()) == []


def test_an_existing_file_is_not_overwritten(path: Path) -> None:
    path.write_bytes(b"something")
    with pytest.raises(UserError, match="exists"):
        CaseFile.create(path, PASSPHRASE, cost=FAST)
    assert path.read_bytes() == b"something"
    assert len(list(path.parent.iterdir())) == 1


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        CaseFile.create(tmp_path / "nowhere" / "a.magdesk", PASSPHRASE, cost=FAST)


def test_a_newer_file_names_both_versions(case: CaseFile, path: Path) -> None:
    case.close()
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    raw.execute("UPDATE meta SET value = '9.8' WHERE name = 'program'")
    raw.execute("PRAGMA user_version = 4711")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(NewerCaseFile) as caught:
        reopen(path)
    assert "4711" in str(caught.value)
    assert "9.8" in str(caught.value)
    assert f"formats up to {formats.NEWEST}" in str(caught.value)
    assert path.read_bytes() == before


def test_a_second_writer_is_told_who_is_first(case: CaseFile, path: Path) -> None:
    with pytest.raises(CaseFileLocked) as caught:
        reopen(path)
    for part in ("Ana", socket.gethostname(), str(os.getpid()), "since 20"):
        assert part in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there that few users have")
def test_a_second_writer_by_another_name_is_told_too(case: CaseFile, path: Path, tmp_path: Path) -> None:
    (tmp_path / "middle.magdesk").symlink_to(path)
    link = tmp_path / "link.magdesk"
    link.symlink_to("middle.magdesk")
    with pytest.raises(CaseFileLocked):
        reopen(link)
    case.close()
    with reopen(link) as again:
        assert again.path == path
        with pytest.raises(CaseFileLocked):
            reopen(path)
    assert link.is_symlink()
    assert not lock_path(path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there that few users have")
def test_a_link_in_the_place_of_the_note_costs_no_file(case: CaseFile, path: Path, tmp_path: Path) -> None:
    case.close()
    victim = tmp_path / "letter.txt"
    victim.write_text("mine")
    lock_path(path).symlink_to(victim)
    with reopen(path), pytest.raises(CaseFileLocked):
        reopen(path)
    assert victim.read_text() == "mine"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_the_note_of_another_writer_stays(case: CaseFile, path: Path) -> None:
    lock_path(path).unlink()
    theirs = WriterLock.acquire(path, "Ben")
    case.close()
    with pytest.raises(CaseFileLocked, match="Ben"):
        reopen(path)
    theirs.release()
    assert not lock_path(path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="holds the lock as POSIX does")
def test_who_clears_up_for_a_moment_is_no_other_writer(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    held = os.open(lock_path(path), os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            os.close(held)

    monkeypatch.setattr("magdesk.casefile.lock.time.sleep", wait)
    reopen(path).close()
    assert len(waits) == 2


def test_a_reader_works_beside_a_writer(case: CaseFile, path: Path) -> None:
    with reopen(path, read_only=True) as other:
        with case.change("Add") as session:
            session.add(Party(description="new"))
        assert other.session.scalars(select(Party.description)).all() == ["new"]
        with pytest.raises(UserError, match="read-only"), other.change("no"):
            pass
        with pytest.raises(UserError):
            other.undo()
        with pytest.raises(UserError):
            other.change_passphrase(PASSPHRASE, "x")
        assert other.verify() == []
    with case.change("Goes on") as session:
        session.add(Party())


def test_a_read_only_file_in_a_read_only_folder(case: CaseFile, path: Path) -> None:
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("permissions do not bind this user")
    case.close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with reopen(path, read_only=True) as other:
            assert other.session.scalars(select(Case.title)).one()
        with pytest.raises(CaseFileError, match="folder"):
            reopen(path)
    finally:
        path.parent.chmod(0o700)


def test_a_file_that_allows_reading_only_is_not_opened_for_writing(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    real = os.access
    monkeypatch.setattr(os, "access", lambda name, mode: real(name, mode) and (name != path or mode != os.W_OK))
    with pytest.raises(CaseFileError, match="read-only"):
        reopen(path)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with reopen(path, read_only=True) as again:
        assert again.session.scalars(select(Case.title)).one()


def test_a_medium_that_takes_no_log_is_read_as_it_is(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    monkeypatch.setattr("magdesk.casefile.connection._can_hold_log", lambda _path: False)
    with reopen(path, read_only=True) as other:
        assert other.session.scalars(select(Case.title)).one()
        assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("note", [b"", b"{", b'{"who": "Bo", "host": "elsewhere", "pid": 1, "since": "then"}'])
def test_a_note_that_nobody_holds_is_taken_over(case: CaseFile, path: Path, note: bytes) -> None:
    case.close()
    lock_path(path).write_bytes(note)
    with reopen(path):
        assert json.loads(lock_path(path).read_bytes())["pid"] == os.getpid()
    assert not lock_path(path).exists()


def test_the_lock_holds_between_processes_and_dies_with_them(path: Path) -> None:
    make_case(path).close()
    program = (
        "import sys, time; from pathlib import Path; from tests.casefile.cases import reopen\n"
        "case = reopen(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(CaseFileLocked, match=str(process.pid)):
            reopen(path)
    finally:
        process.kill()
        process.communicate()
    assert lock_path(path).exists()
    with reopen(path) as again:
        assert again.verify() == []
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_second_name_of_the_same_file_makes_no_second_writer(path: Path, tmp_path: Path) -> None:
    make_case(path).close()
    (tmp_path / "elsewhere").mkdir()
    second = tmp_path / "elsewhere" / "second.magdesk"
    second.hardlink_to(path)
    program = (
        "import sys, time; from pathlib import Path; from tests.casefile.cases import reopen\n"
        "case = reopen(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(CaseFileLocked, match=str(process.pid)):
            reopen(second)
        reopen(second, read_only=True).close()
    finally:
        process.kill()
        process.communicate()
    with reopen(second) as again:
        with pytest.raises(CaseFileLocked):
            reopen(path)
        again.change_passphrase(PASSPHRASE, "another horse battery")  # Another file has the name from here on.
        with reopen(path), pytest.raises(CaseFileLocked):
            CaseFile.open(second, "another horse battery", cost=FAST, backups=False)
    unfinished.sweep()
    assert not list(unfinished.notes_folder().iterdir())


def test_without_a_data_folder_a_case_opens_all_the_same(path: Path, own_folders: Path) -> None:
    make_case(path).close()
    shutil.rmtree(paths.user_data(), ignore_errors=True)
    paths.user_data().parent.mkdir(parents=True, exist_ok=True)
    paths.user_data().touch()
    with reopen(path) as again:
        assert again.verify() == []


def test_the_note_says_nothing_of_the_case(case: CaseFile, path: Path) -> None:
    assert set(json.loads(lock_path(path).read_text())) == {"who", "host", "pid", "since"}


def test_keys_and_cases_do_not_print_themselves(case: CaseFile, path: Path) -> None:
    key = keys.derive_key(PASSPHRASE, b"0" * 16, FAST)
    literal = key.literal.decode()
    assert literal not in repr(key)
    assert repr(case) == "<CaseFile>"
    key.wipe()
    assert set(key.literal) == {0}


def test_a_truncated_file_is_reported(case: CaseFile, path: Path) -> None:
    case.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    try:
        with reopen(path) as opened:
            problems = opened.verify()
    except CaseFileDamaged:
        return
    assert problems


def test_standard_cost_is_strong(standard_keys: None) -> None:
    assert keys.STANDARD.memory_kib >= 128 * 1024
    assert keys.STANDARD.passes >= 2


def test_the_pages_are_sealed_with_sha512(case: CaseFile, path: Path) -> None:
    case.close()
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    try:
        assert raw.execute("PRAGMA cipher_hmac_algorithm").fetchone()[0] == "HMAC_SHA512"
        assert raw.execute("PRAGMA cipher_use_hmac").fetchone()[0] == "1"
        assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert raw.execute("PRAGMA temp_store").fetchone()[0] == 2
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert driver.sqlite_version_info >= (3, 44)
    finally:
        raw.close()
