"""Another program takes the file away from under an open case."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from magdesk.casefile import CaseFile, backup
from magdesk.casefile.watch import FileWatch
from magdesk.errors import CaseFileError, CaseFileTaken
from magdesk.model import Case, Evidence, Party
from magdesk.values import now
from tests.casefile.cases import FAST, PASSPHRASE

MINE, THEIRS = 10, 60


def add(case: CaseFile, count: int, text: str) -> None:
    for number in range(count):
        with case.change(f"Add {text} {number}") as session:
            session.add(Party(description=text))


def store(case: CaseFile, data: bytes, name: str) -> str:
    stored = case.blobs.put(io.BytesIO(data))
    with case.change("Add evidence") as session:
        session.add(Evidence(title=name, file_name=name, sha256=stored.sha256, size=stored.size))
    return stored.sha256


def count(case: CaseFile, text: str) -> int:
    return case.session.scalar(select(func.count()).where(Party.description == text)) or 0


def open_case(path: Path, *, backups: bool = False) -> CaseFile:
    return CaseFile.open(path, PASSPHRASE, who="Ana", cost=FAST, backups=backups)


@pytest.fixture
def theirs(path: Path) -> Path:
    """The version of the case on the other computer, 60 people further; the same file was copied there."""
    with CaseFile.create(path, PASSPHRASE, who="Ana", cost=FAST) as case:
        with case.change("Make") as session:
            session.add(Case(title="Generica", created_at=now()))
        add(case, 1, "shared")
    other = path.parent.parent / "other.magdesk"
    shutil.copyfile(path, other)
    with open_case(other) as case:
        add(case, THEIRS, "theirs")
    return other


@pytest.fixture
def mine(theirs: Path, path: Path) -> Iterator[CaseFile]:
    case = open_case(path)
    add(case, MINE, "mine")
    yield case
    if not case._closed:
        case._shut()


def replace(path: Path, theirs: Path) -> None:
    beside = path.with_name(".incoming")
    shutil.copyfile(theirs, beside)
    beside.replace(path)


def write_over(path: Path, theirs: Path) -> None:
    path.write_bytes(theirs.read_bytes())


def write_over_in_place(path: Path, theirs: Path) -> None:
    with path.open("r+b") as target:
        target.write(theirs.read_bytes())
        target.truncate()


def rename(path: Path, _theirs: Path) -> None:
    path.rename(path.with_name("renamed.magdesk"))


def delete(path: Path, _theirs: Path) -> None:
    path.unlink()


Deed = Callable[[Path, Path], None]
WORDS = {
    "replace": "replaced",
    "write_over": "overwrote",
    "write_over_in_place": "overwrote",
    "rename": "renamed or moved",
    "delete": "deleted",
}
LEFT: dict[str, set[str]] = {"rename": {"renamed.magdesk"}, "delete": set()}
deeds = pytest.mark.parametrize(
    "deed", [replace, write_over, write_over_in_place, rename, delete], ids=lambda deed: deed.__name__
)


def kept_files(path: Path) -> list[Path]:
    return sorted(path.parent.glob("* (kept *).magdesk"))


@deeds
def test_work_stops_is_kept_and_leaves_the_other_file_alone(
    mine: CaseFile, path: Path, theirs: Path, deed: Deed
) -> None:
    sha256 = store(mine, b"seen with my own eyes" * 1000, "seen.txt")
    mine.check()
    deed(path, theirs)
    with pytest.raises(CaseFileTaken, match=WORDS[deed.__name__]):
        add(mine, 1, "too late")
    with pytest.raises(CaseFileTaken):
        mine.blobs.put(io.BytesIO(b"too late"))
    with pytest.raises(CaseFileTaken, match=WORDS[deed.__name__]) as told:
        mine.close()

    [kept] = kept_files(path)
    assert str(kept) in str(told.value)
    names = {entry.name for entry in path.parent.iterdir()} - {kept.name}
    assert names == LEFT.get(deed.__name__, {path.name})
    with open_case(kept) as case:
        assert (count(case, "shared"), count(case, "mine"), count(case, "theirs")) == (1, MINE, 0)
        assert case.blobs.verify(sha256)
        assert case.verify() == []
    if path.exists():
        assert path.read_bytes() == theirs.read_bytes()
        with open_case(path) as case:
            assert (count(case, "mine"), count(case, "theirs")) == (0, THEIRS)
            assert case.verify() == []


@deeds
def test_at_closing_it_is_seen_too(mine: CaseFile, path: Path, theirs: Path, deed: Deed) -> None:
    deed(path, theirs)
    with pytest.raises(CaseFileTaken, match=WORDS[deed.__name__]):
        mine.close()
    with open_case(kept_files(path)[0]) as case:
        assert count(case, "mine") == MINE
    if path.exists():
        assert path.read_bytes() == theirs.read_bytes()


@deeds
def test_a_with_block_ends_by_saying_where_the_work_is(path: Path, theirs: Path, deed: Deed) -> None:
    def work() -> None:
        with open_case(path) as case:
            add(case, MINE, "mine")
            deed(path, theirs)
            add(case, 1, "too late")

    with pytest.raises(CaseFileTaken) as told:
        work()
    assert str(kept_files(path)[0]) in str(told.value)


@deeds
def test_a_log_that_went_into_the_file_already_is_no_hindrance(
    mine: CaseFile, path: Path, theirs: Path, deed: Deed
) -> None:
    mine.settle()
    add(mine, MINE, "mine")
    deed(path, theirs)
    with pytest.raises(CaseFileTaken):
        mine.close()
    with open_case(kept_files(path)[0]) as case:
        assert count(case, "mine") == 2 * MINE
        assert case.verify() == []


@pytest.mark.parametrize("deed", [write_over, write_over_in_place])
def test_a_checkpoint_never_writes_into_what_somebody_else_wrote(
    mine: CaseFile, path: Path, theirs: Path, deed: Deed
) -> None:
    deed(path, theirs)
    mine.settle()
    assert path.read_bytes() == theirs.read_bytes()
    with pytest.raises(CaseFileTaken):
        mine.close()


def test_where_an_open_file_cannot_be_renamed_the_strangers_bytes_are_put_back(
    mine: CaseFile, path: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_over(path, theirs)
    real = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == path:
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(CaseFileTaken):
        mine.close()
    assert path.read_bytes() == theirs.read_bytes()
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, kept_files(path)[0].name}


def test_what_cannot_be_had_again_is_said(mine: CaseFile, path: Path, theirs: Path) -> None:
    data = random.Random(1).randbytes(40 << 20)  # more than the log holds before it goes into the file
    store(mine, data, "large.bin")
    mine.settle()
    write_over(path, theirs)
    with pytest.raises(CaseFileTaken, match="“large") as told:
        mine.close()
    assert "newest backup" in str(told.value)
    with open_case(kept_files(path)[0]) as case:
        assert count(case, "mine") == MINE
        assert len(case.verify()) == 1


def test_without_a_backup_that_is_said(mine: CaseFile, path: Path, theirs: Path) -> None:
    for _at, found in backup.listing(mine.id):
        found.unlink()
    write_over(path, theirs)
    with pytest.raises(CaseFileTaken, match="no backup"):
        mine.close()
    assert path.read_bytes() == theirs.read_bytes()


def test_a_case_made_in_this_session_is_made_again_when_it_was_written_over(path: Path, theirs: Path) -> None:
    new = path.with_name("new.magdesk")

    def fill(case: CaseFile) -> None:
        with case.change("Make") as session:
            session.add(Case(title="New", created_at=now()))

    case = CaseFile.create(new, PASSPHRASE, cost=FAST, backups=False, fill=fill)
    add(case, MINE, "mine")
    assert case.undo() is not None
    write_over(new, theirs)
    with pytest.raises(CaseFileTaken):
        case.close()
    [kept] = kept_files(new)
    with open_case(kept) as again:
        assert count(again, "mine") == MINE - 1
        assert again.session.scalars(select(Case.title)).one() == "New"
        assert again.verify() == []


def test_where_nothing_was_changed_nothing_is_kept(path: Path, theirs: Path) -> None:
    case = open_case(path)
    replace(path, theirs)
    with pytest.raises(CaseFileTaken, match="Nothing has been changed"):
        case.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == theirs.read_bytes()


def test_a_folder_that_is_gone_or_full_is_not_the_end(
    mine: CaseFile, path: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(path.parent)
    with pytest.raises(CaseFileTaken, match="deleted"):
        mine.close()
    [kept] = backup.folder(mine._case).glob("* (kept *).magdesk")
    with open_case(kept) as case:
        assert count(case, "mine") == MINE


def test_a_log_of_somebody_else_is_left_alone(mine: CaseFile, path: Path, theirs: Path) -> None:
    replace(path, theirs)
    log = path.with_name(path.name + "-wal")
    stranger = path.with_name("stranger")
    stranger.write_bytes(b"a log that came with the other file")
    stranger.replace(log)
    with pytest.raises(CaseFileTaken):
        mine.close()
    assert log.read_bytes().startswith(b"a log that came")


@pytest.mark.parametrize("settled", [False, True])
def test_a_log_that_a_crash_left_is_not_played_into_another_version(
    mine: CaseFile, path: Path, theirs: Path, tmp_path: Path, settled: bool
) -> None:
    if settled:
        mine.settle()
        add(mine, 1, "mine")
    left = tmp_path / "left.magdesk"
    shutil.copyfile(theirs, left)
    log = left.with_name(left.name + "-wal")
    shutil.copyfile(path.with_name(path.name + "-wal"), log)
    with pytest.raises(CaseFileError, match="does not match"):
        CaseFile.open(left, PASSPHRASE, cost=FAST, read_only=True)
    assert log.exists()
    with pytest.raises(CaseFileError, match="set aside"):
        open_case(left)
    assert left.read_bytes() == theirs.read_bytes()
    with open_case(left) as case:
        assert (count(case, "mine"), count(case, "theirs")) == (0, THEIRS)
        assert case.verify() == []
    [aside] = tmp_path.glob("left.magdesk.log-set-aside-*")
    assert aside.stat().st_size > 0
    mine.close()


@pytest.mark.parametrize("phrase", [PASSPHRASE, "another horse"], ids=["the same key", "another key"])
def test_a_log_that_holds_evidence_alone_is_not_played_into_another_version_either(
    tmp_path: Path, phrase: str
) -> None:
    path, other, left = (tmp_path / name for name in ("one.magdesk", "other.magdesk", "left.magdesk"))
    with (
        CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False) as case,
        case.change("New case", base=True) as session,
    ):
        session.add(Case(title="Generica", created_at=now()))
    shutil.copyfile(path, other)
    with open_case(other) as case:
        if phrase != PASSPHRASE:
            case.change_passphrase(PASSPHRASE, phrase)
        add(case, THEIRS, "theirs")
        case.blobs.put(io.BytesIO(random.Random(2).randbytes(3 << 20)))
    shutil.copyfile(other, left)
    with open_case(path) as case:
        case.blobs.put(
            io.BytesIO(random.Random(3).randbytes(2 << 20))
        )  # Killed before the row that is to go with it.
        shutil.copyfile(path.with_name(path.name + "-wal"), left.with_name(left.name + "-wal"))
    with pytest.raises(CaseFileError, match="set aside"):
        CaseFile.open(left, phrase, cost=FAST, backups=False)
    assert left.read_bytes() == other.read_bytes()
    with CaseFile.open(left, phrase, cost=FAST, backups=False) as case:
        assert count(case, "theirs") == THEIRS
        assert case.verify() == []


def test_a_log_that_holds_evidence_alone_is_played_into_its_own_file(tmp_path: Path) -> None:
    path, left = tmp_path / "one.magdesk", tmp_path / "left.magdesk"
    with CaseFile.create(path, PASSPHRASE, cost=FAST, backups=False) as case:
        with case.change("New case", base=True) as session:
            session.add(Case(title="Generica", created_at=now()))
        case.settle()
        digest = case.blobs.put(io.BytesIO(random.Random(3).randbytes(2 << 20))).sha256
        for suffix in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + suffix), left.with_name(left.name + suffix))
    with open_case(left) as case:
        assert case.blobs.has(digest)
        assert case.verify() == []


def test_a_log_that_a_crash_left_beside_its_own_file_is_played(mine: CaseFile, path: Path, tmp_path: Path) -> None:
    mine.settle()
    add(mine, 1, "mine")
    left = tmp_path / "left.magdesk"
    for suffix in ("", "-wal"):
        shutil.copyfile(path.with_name(path.name + suffix), left.with_name(left.name + suffix))
    with open_case(left) as case:
        assert count(case, "mine") == MINE + 1
        assert case.verify() == []
    mine.close()


def test_touching_and_other_rights_are_no_alarm(mine: CaseFile, path: Path) -> None:
    os.utime(path, (1, 1))
    mine.check()
    path.chmod(0o640)
    mine.check()
    os.link(path, path.with_name("second name"))
    mine.check()
    add(mine, 1, "mine")
    mine.close()


def test_a_clock_that_is_set_back_changes_nothing(mine: CaseFile, path: Path, theirs: Path) -> None:
    before = path.stat()
    write_over_in_place(path, theirs)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(CaseFileTaken, match="overwrote"):
        mine.check()
    with pytest.raises(CaseFileTaken):
        mine.close()


def test_a_copy_made_while_the_case_is_open_holds_what_was_settled(mine: CaseFile, path: Path) -> None:
    mine.settle()
    copied = path.with_name("copied.magdesk")
    shutil.copyfile(path, copied)
    add(mine, 1, "mine")
    mine.check()
    with open_case(copied) as case:
        assert count(case, "mine") == MINE
        assert case.verify() == []
    mine.close()


def test_a_reader_is_told_and_touches_nothing(path: Path, theirs: Path) -> None:
    case = CaseFile.open(path, PASSPHRASE, cost=FAST, read_only=True)
    case.check()
    replace(path, theirs)
    with pytest.raises(CaseFileTaken, match="replaced"):
        case.check()
    case.close()
    assert path.read_bytes() == theirs.read_bytes()
    assert (path.with_name(path.name + "-wal")).stat().st_size == 0


def test_a_watch_costs_microseconds(path: Path, mine: CaseFile) -> None:
    assert isinstance(mine._watch, FileWatch)
    reads = 0
    real = os.pread

    def counted(handle: int, size: int, offset: int) -> bytes:
        nonlocal reads
        reads += 1
        return real(handle, size, offset)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "pread", counted)
        for _time in range(100):
            mine.check()
    assert reads == 0
