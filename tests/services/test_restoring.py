"""A damaged case: what is wrong is told apart, its backups are found, and one comes back beside it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, backup
from magdesk.casefile.connection import PAGE_SIZE
from magdesk.cli import main
from magdesk.errors import Cancelled, CaseFileDamaged, CaseFileError, WrongPassphrase
from magdesk.model import Case, Citation, Evidence, Fact
from magdesk.progress import CancelToken
from magdesk.services.restoring import CopyStanding, KeptCopy, list_backups, newest_sound, restore_backup
from magdesk.values import now
from tests.safety import safety

PHRASE = "four words make sense"
OTHER = "another four words here"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case with two backups: one with a fact, one with two facts and an exhibit."""
    made = tmp_path / "case" / "generica.magdesk"
    made.parent.mkdir()
    with CaseFile.create(made, PHRASE) as case:
        with case.change("New case", base=True) as session:
            session.add(Case(title="Republic of Generica", created_at=now()))
            session.add(Fact(text="one"))
        case.backup()
        with case.change("More") as session:
            blob = case.blobs.put(io.BytesIO(b"bytes"))
            item = Evidence(sha256=blob.sha256, size=5, added_at=now())
            session.add_all([item, Evidence(added_at=now())])
            session.add(Fact(text="two", citations=[Citation(evidence=item)]))
    return made


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)
        stream.seek(at)
        stream.write(bytes([byte[0] ^ 0x40]))


def counts(copies: list[KeptCopy]) -> list[tuple[CopyStanding, int | None, int | None, int | None]]:
    return [(copy.standing, copy.facts, copy.exhibits, copy.evidence) for copy in copies]


SOUND = [(CopyStanding.OPENS, 2, 1, 2), (CopyStanding.OPENS, 1, 0, 0)]


def test_a_wrong_passphrase_is_nothing_else(path: Path) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        CaseFile.open(path, OTHER)
    assert "damaged" not in str(caught.value)


@pytest.mark.parametrize(
    ("at", "what"),
    [(0, "first bytes"), (15, "first bytes"), (16, "beginning"), (100, "beginning"), (PAGE_SIZE - 3, "beginning")],
)
def test_a_flipped_byte_near_the_head_is_told_from_a_wrong_passphrase(path: Path, at: int, what: str) -> None:
    flip(path, at)
    with pytest.raises(CaseFileDamaged) as caught:
        CaseFile.open(path, PHRASE)
    assert f"passphrase is correct, but the {what}" in str(caught.value)
    assert str(backup.root()) in caught.value.hint
    assert "magdesk restore" in caught.value.hint
    with pytest.raises(WrongPassphrase):
        CaseFile.open(path, OTHER)


def test_without_backups_a_damaged_salt_cannot_be_told_and_the_message_says_both(path: Path) -> None:
    for _at, file in backup.listing_in(next(backup.root().iterdir())):
        file.unlink()
    flip(path, 3)
    with pytest.raises(WrongPassphrase, match="the file is damaged"):
        CaseFile.open(path, PHRASE)


@pytest.mark.parametrize("at", [None, 0, 50, 5 * PAGE_SIZE + 77])
def test_backups_are_listed_whatever_is_wrong_with_the_file(path: Path, at: int | None) -> None:
    if at is not None:
        flip(path, at)
    assert counts(list_backups(path, PHRASE)) == SOUND


def test_backups_of_a_file_that_is_gone_are_those_that_open(path: Path, tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "foreign.magdesk", OTHER) as foreign:
        foreign.backup()
    path.unlink()
    assert counts(list_backups(path, PHRASE)) == SOUND
    assert len(list_backups(path, OTHER)) == 1


def test_the_backups_of_another_case_are_not_listed(path: Path, tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "foreign.magdesk", PHRASE) as foreign:
        foreign.backup()
    assert counts(list_backups(path, PHRASE)) == SOUND


def test_by_which_passphrase_they_open(path: Path) -> None:
    with CaseFile.open(path, PHRASE) as case:
        case.change_passphrase(PHRASE, OTHER)
        case.backup()
    assert [copy.standing for copy in list_backups(path, OTHER)] == [
        CopyStanding.OPENS,
        CopyStanding.OTHER_PASSPHRASE,
        CopyStanding.OTHER_PASSPHRASE,
    ]
    flip(path, 8)
    assert [copy.standing for copy in list_backups(path, PHRASE)] == [
        CopyStanding.OTHER_PASSPHRASE,
        CopyStanding.OPENS,
        CopyStanding.OPENS,
    ]


@safety("A damaged file is kept as it is; `magdesk restore` or *Restore a backup* places a backup next to it.")
def test_one_comes_back_beside_the_damaged_file(path: Path) -> None:
    flip(path, 0)
    before = path.read_bytes()
    made = restore_backup(path, newest_sound(list_backups(path, PHRASE)), PHRASE)
    assert path.read_bytes() == before
    assert made.parent == path.parent
    assert made.name.startswith("generica (backup of ")
    assert made.suffix == path.suffix
    assert made.stat().st_mode & 0o077 == 0
    with CaseFile.open(made, PHRASE, backups=False) as case:
        assert sorted(case.session.scalars(select(Fact.text))) == ["one", "two"]
        assert case.verify() == []
    again = restore_backup(path, list_backups(path, PHRASE)[0], PHRASE)
    assert again != made
    assert sorted(entry.name for entry in path.parent.iterdir()) == sorted([path.name, made.name, again.name])


@pytest.mark.parametrize("page", [0, 3])
def test_a_damaged_backup_is_not_brought_back(path: Path, page: int) -> None:
    newest = list_backups(path, PHRASE)[0]
    flip(newest.path, page * PAGE_SIZE + 40)
    copies = list_backups(path, PHRASE)
    if page == 0:
        assert counts(copies)[0][0] is CopyStanding.DAMAGED
    with pytest.raises(CaseFileDamaged, match="This backup is damaged as well"):
        restore_backup(path, copies[0], PHRASE)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_backup_of_another_passphrase_comes_back_too(path: Path) -> None:
    made = restore_backup(path, list_backups(path, OTHER)[0], OTHER)
    with CaseFile.open(made, PHRASE, backups=False) as case:
        assert case.verify() == []


def test_a_cancelled_restore_leaves_nothing(path: Path) -> None:
    token = CancelToken()
    copy = list_backups(path, PHRASE)[0]
    token.cancel()
    with pytest.raises(Cancelled):
        restore_backup(path, copy, PHRASE, cancel=token)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_when_nothing_tells_which_are_its_own_a_wrong_passphrase_is_said(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with CaseFile.open(path, PHRASE) as case:
        case.change_passphrase(PHRASE, OTHER)
    wrong = tmp_path / "wrong"
    wrong.write_text("granite umbrella forty violin seven")
    with pytest.raises(WrongPassphrase, match="opens none of the backups"):
        list_backups(path, wrong.read_text())
    assert main(["restore", str(path), "--list", "--json", "--passphrase-file", str(wrong)]) == 4
    assert capsys.readouterr().out == ""
    assert len(list_backups(path, OTHER)) == len(SOUND)


def test_a_case_without_backups_is_not_given_those_of_another(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "foreign.magdesk", PHRASE) as foreign:
        foreign.backup()
    CaseFile.create(tmp_path / "bare.magdesk", PHRASE).close()
    assert list_backups(tmp_path / "bare.magdesk", PHRASE) == []


def test_when_there_is_none_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="No backup"):
        newest_sound(list_backups(tmp_path / "nothing.magdesk", PHRASE))


@pytest.fixture
def phrase_file(tmp_path: Path) -> str:
    file = tmp_path / "phrase"
    file.write_text(PHRASE)
    return str(file)


def test_the_command_lists_and_restores(path: Path, phrase_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    flip(path, 1)
    asked = ["restore", str(path), "--passphrase-file", phrase_file]
    assert main(["info", str(path), "--passphrase-file", phrase_file]) == 4
    assert "magdesk restore" in capsys.readouterr().err
    assert main([*asked, "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(row["number"], row["standing"], row["facts"], row["exhibits"]) for row in listed] == [
        (1, "opens", 2, 1),
        (2, "opens", 1, 0),
    ]
    assert main([*asked, "--list"]) == 0
    assert "2 facts, 1 exhibits, 2 items of evidence, opens with this passphrase" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["facts"], Path(made["restored"]).parent) == (2, path.parent)
    assert main(["info", made["restored"], "--passphrase-file", phrase_file]) == 0
    assert main([*asked, "--number", "2", "--json"]) == 0
    assert capsys.readouterr().out
    assert main([*asked, "--number", "9"]) == 2
    assert "--list" in capsys.readouterr().err


def test_the_command_says_when_no_backup_opens(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other"
    file.write_text(OTHER)
    assert main(["restore", str(path), "--passphrase-file", str(file)]) == 4
    assert "opens none of the backups" in capsys.readouterr().err
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
