from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, backup, formats, keys, migrations
from magdesk.casefile.connection import RawConnection, connect
from magdesk.casefile.migrations import Migration
from magdesk.errors import CaseFileError, NewerCaseFile, UserError
from magdesk.model import Case, Party
from tests.casefile.cases import FAST, PASSPHRASE, reopen


def add_table(raw: RawConnection) -> None:
    raw.execute("CREATE TABLE extra (a TEXT)")


def rename_case(raw: RawConnection) -> None:
    raw.execute("UPDATE \"case\" SET title = title || ' (renewed)'")


def fail(raw: RawConnection) -> None:
    raw.execute("CREATE TABLE half (a)")
    raw.execute("UPDATE party SET description = 'half'")
    raw.execute("NONSENSE")


def orphan(raw: RawConnection) -> None:
    raw.execute("INSERT INTO name (id, party_id, text, kind, script, language, system, rank)"
                " VALUES ('a', 'nobody', '', 'primary', '', '', '', 0)")  # fmt: skip


NOW = formats.NEWEST
REAL = migrations.LADDER
LADDER = (Migration(NOW + 1, "add a table", add_table), Migration(NOW + 2, "rename the case", rename_case))


def use(monkeypatch: pytest.MonkeyPatch, *ladder: Migration) -> None:
    monkeypatch.setattr(migrations, "LADDER", (*REAL, *ladder))


def version(path: Path) -> int:
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    try:
        return int(raw.execute("PRAGMA user_version").fetchone()[0])
    finally:
        raw.close()


def test_the_ladder_is_in_order() -> None:
    versions = [step.version for step in migrations.LADDER]
    assert versions == list(range(2, formats.NEWEST + 1))


def test_an_older_file_is_brought_up_with_a_backup_before_each_step(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = case.id
    with case.change("Before") as session:
        session.add(Party())
    case.close()
    use(monkeypatch, *LADDER)
    with reopen(path) as again:
        assert again.session.scalars(select(Case.title)).one() == "Republic of Generica (renewed)"
        with again._reading() as raw:
            assert raw.execute("SELECT count(*) FROM extra").fetchone() == (0,)
        assert again.verify() == []
        assert again.undo_label is None
        assert f"format {NOW + 2}" in again.history()[0].label
    assert version(path) == NOW + 2
    copies = [copy for _at, copy in backup.listing(key)]
    assert [version(copy) for copy in copies] == [NOW + 1, NOW]
    use(monkeypatch)
    with reopen(copies[1]) as old:
        assert old.session.scalars(select(Case.title)).one() == "Republic of Generica"
    with pytest.raises(NewerCaseFile):
        reopen(path)


@pytest.mark.parametrize(("step", "reason"), [(fail, "add nothing"), (orphan, "add nothing")])
def test_a_step_that_fails_leaves_the_file_as_before_it(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch, step: object, reason: str
) -> None:
    with case.change("Add") as session:
        session.add(Party(description="whole"))
    case.close()
    use(monkeypatch, LADDER[0], Migration(NOW + 2, "add nothing", step))  # type: ignore[arg-type]
    with pytest.raises(CaseFileError, match=reason):
        reopen(path)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert version(path) == NOW + 1
    use(monkeypatch, LADDER[0])
    with reopen(path) as again:
        assert again.session.scalars(select(Party.description)).all() == ["whole"]
        assert again.verify() == []


def test_without_a_backup_nothing_is_changed(case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.close()
    use(monkeypatch, *LADDER)

    def refuse(*_arguments: object) -> None:
        raise CaseFileError("no room")

    monkeypatch.setattr(backup, "rotate", refuse)
    with pytest.raises(CaseFileError, match="no room"):
        reopen(path)
    assert version(path) == NOW


def test_an_older_file_is_not_opened_for_reading_only(
    case: CaseFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    use(monkeypatch, *LADDER)
    with pytest.raises(UserError, match="older format"):
        reopen(path, read_only=True)
    assert version(path) == NOW
