from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, backup, cloud_folder
from magdesk.errors import Cancelled, CaseFileError, UserError
from magdesk.model import Case, Party
from magdesk.progress import CancelToken
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen


def test_a_backup_opens_with_the_same_passphrase_and_holds_everything(case: CaseFile, tmp_path: Path) -> None:
    info = case.blobs.put(io.BytesIO(b"bytes" * 1000))
    with case.change("Add") as session:
        session.add(Party(description="in the log still"))
    copy = case.backup(tmp_path / "copy.magdesk")
    with case.change("Later") as session:
        session.add(Party(description="after"))
    with reopen(copy) as other:
        assert other.session.scalars(select(Party.description)).all() == ["in the log still"]
        assert other.blobs.open(info.sha256).read() == b"bytes" * 1000
        assert other.verify() == []
        assert other.undo_label == "Add"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["case", "copy.magdesk"]


def test_a_backup_overwrites_nothing(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "copy.magdesk").write_bytes(b"mine")
    with pytest.raises(UserError):
        case.backup(tmp_path / "copy.magdesk")
    assert (tmp_path / "copy.magdesk").read_bytes() == b"mine"


def test_a_backup_that_is_cancelled_leaves_nothing(case: CaseFile, tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        case.backup(tmp_path / "copy.magdesk", cancel=token)
    assert [entry.name for entry in tmp_path.iterdir()] == ["case"]


def test_a_backup_into_nowhere(case: CaseFile, tmp_path: Path) -> None:
    with pytest.raises(CaseFileError):
        case.backup(tmp_path / "none" / "copy.magdesk")


def test_closing_a_changed_case_adds_to_the_set(path: Path) -> None:
    make_case(path).close()
    with CaseFile.open(path, PASSPHRASE, cost=FAST) as case:
        key = case.id
    assert backup.listing(key) == []
    with CaseFile.open(path, PASSPHRASE, cost=FAST) as case, case.change("Rename") as session:
        session.scalars(select(Case)).one().title = "Kept"
    ((_at, copy),) = backup.listing(key)
    with reopen(copy) as other:
        assert other.session.scalars(select(Case.title)).one() == "Kept"
    with CaseFile.open(path, PASSPHRASE, cost=FAST):
        pass
    assert len(backup.listing(key)) == 1
    assert "generica" not in str(copy)


def test_the_set_does_not_grow_without_end(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "KEEP_NEWEST", 3)
    made = [case.backup() for _number in range(6)]
    kept = [copy for _at, copy in backup.listing(case.id)]
    assert kept == made[:2:-1]


def test_a_large_case_is_not_copied_at_every_closing(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "LARGE_BYTES", 1000)
    with case._reading() as raw:
        assert backup.rotate_if_due(raw, case.id, case._key) is not None
        assert backup.rotate_if_due(raw, case.id, case._key) is None


def test_thinning_keeps_days_weeks_and_months() -> None:
    start = datetime(2026, 11, 22, 12, tzinfo=UTC)
    copies = [(start - timedelta(hours=3 * number), 1000) for number in range(8 * 365)]
    kept = backup.retained(copies)
    assert {at for at, _size in copies[:10]} <= kept
    assert len(kept) <= 10 + 7 + 4 + 12
    assert min(kept) < start - timedelta(days=300)
    assert backup.retained([]) == set()


def test_thinning_keeps_two_however_large() -> None:
    start = datetime(2026, 11, 22, 12, tzinfo=UTC)
    copies = [(start - timedelta(hours=number), 3 << 30) for number in range(5)]
    assert backup.retained(copies) == {copies[0][0], copies[1][0]}


def test_stray_files_in_the_set_are_left_alone(case: CaseFile) -> None:
    case.backup()
    stray = backup.folder(case.id) / "notes.magdesk"
    stray.write_bytes(b"")
    case.backup()
    assert stray.exists()
    assert len(backup.listing(case.id)) == 2
    assert backup.listing(uuid.uuid4()) == []


def test_a_failing_backup_still_closes_the_case(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case(path).close()
    case = CaseFile.open(path, PASSPHRASE, cost=FAST)
    with case.change("Add") as session:
        session.add(Party())
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 0}))
    with pytest.raises(CaseFileError, match="full"):
        case.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    reopen(path).close()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/cases", "Dropbox"),
        ("Dropbox (Clinic)", "Dropbox"),
        ("OneDrive - University of Generica/x", "OneDrive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Library/CloudStorage/Box-Box/x", "Box"),
        ("Library/CloudStorage/Frobnicate-me/x", "Frobnicate"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Documents/cases", None),
        ("dropboxes", None),
    ],
)
def test_cloud_folders_are_known_by_name(tmp_path: Path, folder: str, service: str | None) -> None:
    assert cloud_folder(tmp_path / folder / "case.magdesk") == service


def test_cloud_folders_are_known_by_what_lies_in_them(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    assert cloud_folder(tmp_path / "shared" / "deep" / "case.magdesk") == "Syncthing"


def test_a_clock_that_is_set_back_does_not_cost_the_last_copy(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [case.backup() for _number in range(3)]
    earlier = datetime.now(UTC) - timedelta(days=400)
    monkeypatch.setattr(backup, "now", lambda: earlier)
    monkeypatch.setattr(backup, "KEEP_NEWEST", 3)
    made.append(case.backup())
    made.append(case.backup())
    assert [copy for _at, copy in backup.listing(case.id)] == made[:1:-1]
