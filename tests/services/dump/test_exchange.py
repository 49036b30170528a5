"""A dump and back: nothing is lost, nothing is added, and what is wrong with a dump is said."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import inspect as mapper_of
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.errors import Cancelled, InputError, UserError
from magdesk.model import Base, Evidence, Fact
from magdesk.model.facts import is_seen
from magdesk.progress import CancelToken
from magdesk.services.dump.folder import dump_case, load_case
from tests.shared import SAMPLE_PASSPHRASE

PHRASE = SAMPLE_PASSPHRASE


def content(case: CaseFile) -> dict[str, list[tuple[object, ...]]]:
    """Every column of every row of a case, by table."""
    with case.reader() as session:
        return {
            mapper.class_.__tablename__: [
                tuple(getattr(row, column.key) for column in mapper_of(mapper.class_).column_attrs)
                for row in session.scalars(select(mapper.class_).order_by(mapper.class_.id))
            ]
            for mapper in Base.registry.mappers
        }


@pytest.fixture(scope="module")
def dump(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    copyfile(sample_file, folder / "sample.magdesk")
    with CaseFile.open(folder / "sample.magdesk", PHRASE, backups=False) as case:
        dump_case(case, folder / "dump")
    return folder


def test_the_sample_comes_back_equal(dump: Path, tmp_path: Path) -> None:
    with load_case(dump / "dump", tmp_path / "b.magdesk", PHRASE) as loaded:
        assert loaded.verify() == []
        with CaseFile.open(dump / "sample.magdesk", PHRASE, read_only=True) as sample:
            assert content(loaded) == content(sample)
            assert {blob.sha256 for blob in loaded.blobs.all()} == {blob.sha256 for blob in sample.blobs.all()}
            # Places of one rank come in the order in which they were read, which a dump does not keep.
            hits = [one.index.search("cannery", 500) for one in (loaded, sample)]
            assert {(hit.key, hit.part) for hit in hits[0]} == {(hit.key, hit.part) for hit in hits[1]}
        dump_case(loaded, tmp_path / "again")
    assert (tmp_path / "again" / "dossier.json").read_bytes() == (dump / "dump" / "dossier.json").read_bytes()


def test_a_dossier_written_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "hand"
    folder.mkdir()
    (folder / "order.txt").write_text("The order was given on 3 March 2024.", encoding="utf-8")
    (folder / "dossier.json").write_text(
        json.dumps(
            {
                "format": "magdesk-dossier",
                "version": 1,
                "case": {"title": "By hand"},
                "authority": [{"id": "a1", "regime": "us-glomag"}],
                "party": [{"id": "officer"}],
                "name": [{"id": "n1", "party_id": "officer", "text": "Invented Officer"}],
                "target": [{"id": "t1", "party_id": "officer"}],
                "evidence": [{"id": "order", "title": "Order", "file": "order.txt"}],
                "fact": [{"id": "f1", "text": "{@party:officer} gave the order.", "date": "3 March 2024"}],
                "citation": [{"id": "c1", "fact_id": "f1", "evidence_id": "order", "pinpoint_kind": "whole"}],
            }
        ),
        encoding="utf-8",
    )
    with load_case(folder, tmp_path / "hand", PHRASE) as case:
        assert case.verify() == []
        item = case.session.scalars(select(Evidence)).one()
        assert (item.media_type, item.size, item.file_name, item.text_layer) == ("text/plain", 36, "order.txt", True)
        assert case.session.scalars(select(Fact)).one().citations[0].evidence is item
        assert case.index.search("order given")
        assert case.undo() is None


def test_who_has_seen_the_words_vouches_for_them_in_a_dossier_written_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "hand"
    folder.mkdir()
    (folder / "order.txt").write_text("The order was given.", encoding="utf-8")
    cited = {"fact_id": "f1", "evidence_id": "order", "quote": "he gave it", "seen_by": "L. Lawyer"}
    document = {
        "format": "magdesk-dossier", "version": 1, "case": {"title": "By hand"},
        "evidence": [{"id": "order", "title": "Order", "file": "order.txt"}],
        "fact": [{"id": "f1", "text": "He gave the order."}],
        "citation": [{"id": "c1", **cited}, {"id": "c2", **cited, "seen_words": "", "rank": 1}],
    }  # fmt: skip
    (folder / "dossier.json").write_text(json.dumps(document), encoding="utf-8")
    with load_case(folder, tmp_path / "hand", PHRASE) as case:
        first, second = case.session.scalars(select(Fact)).one().citations
        assert is_seen(first, first.evidence)
        assert not is_seen(second, second.evidence)  # as MagDesk tells of words that nobody has looked at since


@pytest.mark.parametrize("change", ["missing", "other", "outside"])
def test_a_file_that_is_not_the_one_is_refused(dump: Path, tmp_path: Path, change: str) -> None:
    document = json.loads((dump / "dump" / "dossier.json").read_text(encoding="utf-8"))
    folder = tmp_path / "bad"
    folder.mkdir()
    row = next(row for row in document["evidence"] if row.get("file"))
    document["evidence"], document["citation"] = [row], []
    keep = {"format", "version", "case", "evidence", "party"}
    document = {key: value for key, value in document.items() if key in keep}
    for name in ("derived_from_id", "translation_of_id", "part_of_id"):
        row[name] = None
    if change == "other":
        (folder / "evidence").mkdir()
        (folder / row["file"]).write_bytes(b"another")
    elif change == "outside":
        row["file"] = "../sample.magdesk"
    (folder / "dossier.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError):
        load_case(folder, tmp_path / "bad.magdesk", PHRASE)
    assert not list(tmp_path.glob("bad.magdesk*"))


def test_cancelling_leaves_nothing(dump: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with CaseFile.open(dump / "sample.magdesk", PHRASE, read_only=True) as case:
        with pytest.raises(Cancelled):
            dump_case(case, tmp_path / "dump", cancel=cancel)
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.txt").touch()
        with pytest.raises(UserError):
            dump_case(case, tmp_path / "full")
    with pytest.raises(Cancelled):
        load_case(dump / "dump", tmp_path / "c.magdesk", PHRASE, cancel=cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["full"]
