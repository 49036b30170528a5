from __future__ import annotations

import io
import random
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile, keys
from magdesk.casefile.connection import PAGE_SIZE, connect
from magdesk.errors import Cancelled, CaseFileDamaged
from magdesk.model import Party
from magdesk.progress import CancelToken
from tests.casefile.cases import FAST, PASSPHRASE, reopen


def tamper(path: Path, offset: int) -> None:
    """Turn one bit."""
    with path.open("r+b") as stream:
        stream.seek(offset)
        byte = stream.read(1)[0]
        stream.seek(offset)
        stream.write(bytes([byte ^ 1]))


def test_a_whole_case_is_clean(case: CaseFile) -> None:
    case.blobs.put(io.BytesIO(bytes(5_000_000)))
    texts: list[str] = []
    assert case.verify(progress=lambda _done, _total, text="": texts.append(text)) == []
    assert len(set(texts)) > 4
    assert case.verify(full=False) == []


def test_a_turned_bit_in_a_blob_is_named(case: CaseFile, path: Path) -> None:
    info = case.blobs.put(io.BytesIO(random.Random(1).randbytes(5_000_000)))
    case.close()
    pages = path.stat().st_size // PAGE_SIZE
    tamper(path, (pages - 5) * PAGE_SIZE + 1234)
    with reopen(path) as again:
        sentences = again.verify()
        assert any(f"Page {pages - 4} " in sentence for sentence in sentences)
        assert any(info.sha256 in sentence for sentence in sentences)
        with pytest.raises(CaseFileDamaged), again.blobs.open(info.sha256) as stream:
            stream.read()


@pytest.mark.parametrize("seed", range(8))
def test_a_turned_bit_anywhere_is_noticed(case: CaseFile, path: Path, seed: int) -> None:
    with case.change("Add") as session:
        session.add_all(Party(description="x" * 500) for _number in range(50))
    case.close()
    tamper(path, random.Random(seed).randrange(PAGE_SIZE, path.stat().st_size))
    try:
        with reopen(path) as again:
            sentences = again.verify()
    except CaseFileDamaged:
        return
    assert sentences


def test_a_turned_bit_at_the_very_start_is_told_from_a_wrong_passphrase(case: CaseFile, path: Path) -> None:
    case.close()
    tamper(path, 100)
    with pytest.raises(CaseFileDamaged, match="passphrase is correct"):
        reopen(path)


def test_damage_met_while_working_is_said(case: CaseFile, path: Path) -> None:
    with case.change("Add") as session:
        session.add_all(Party(description="x" * 5000) for _number in range(200))
    case.close()
    for page in range(1, path.stat().st_size // PAGE_SIZE):
        tamper(path, page * PAGE_SIZE + 999)
    with pytest.raises(CaseFileDamaged) as caught, reopen(path) as again:
        again.session.scalars(select(Party)).all()
    assert "backup" in caught.value.hint


def test_broken_references_are_found(case: CaseFile, path: Path) -> None:
    case.close()
    raw = connect(path, keys.derive_key(PASSPHRASE, keys.file_salt(path), FAST))
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute(
        "INSERT INTO name (id, party_id, text, kind, script, language, system, rank)"
        " VALUES (?, ?, '', 'primary', '', '', '', 0)",
        (uuid.uuid4().hex, uuid.uuid4().hex),
    )
    raw.close()
    with reopen(path) as again:
        sentences = again.verify()
    assert any("“name”" in sentence and "“party”" in sentence for sentence in sentences)
    assert any("journal" in sentence for sentence in sentences)


def test_bytes_added_to_the_end_are_noticed(case: CaseFile, path: Path) -> None:
    case.close()
    with path.open("ab") as stream:
        stream.write(b"x" * 100)
    with reopen(path) as again:
        assert again.verify() != []


def test_a_file_that_a_full_disk_cut_off_is_held_by_its_log(case: CaseFile, path: Path) -> None:
    with case.change("Add") as session:
        session.add(Party(description="kept"))
    with case._watch.writing(), path.open("ab") as stream:  # As when the log is moved into the file.
        stream.write(bytes(100))  # The first bytes of a page that did not fit.
    (problem,) = case.verify()
    assert "Nothing is lost" in problem
    case.close()
    with reopen(path) as again:
        assert again.session.scalars(select(Party.description)).all() == ["kept"]


def test_a_damaged_page_is_not_taken_for_a_full_disk(case: CaseFile, path: Path) -> None:
    case.blobs.put(io.BytesIO(random.Random(1).randbytes(5_000_000)))
    case.close()
    with reopen(path) as again:
        with again.change("Add") as session:
            session.add(Party())
        tamper(path, (path.stat().st_size // PAGE_SIZE - 5) * PAGE_SIZE + 1234)
        problems = again.verify()
    assert problems
    assert not any("Nothing is lost" in problem for problem in problems)


def test_a_check_can_be_stopped(case: CaseFile) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        case.verify(cancel=token)
