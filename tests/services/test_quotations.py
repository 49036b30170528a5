"""A quotation that is not in its source stops a final export; what is read anew is compared anew."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from magdesk import paths
from magdesk.casefile import CaseFile
from magdesk.checks.finding import Finding
from magdesk.cli import main
from magdesk.errors import InputError
from magdesk.model import Citation, Evidence
from magdesk.regimes import Law, load_law
from magdesk.services.checking import Watch, check_case
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.services.waivers import confirm_seen
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

INVENTED = "I personally ordered each of these killings."


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.magdesk"
    copyfile(sample_file, path)
    return path


def quotations(findings: list[Finding]) -> list[tuple[str, uuid.UUID | None]]:
    return [(one.severity.value, one.place.row) for one in findings if one.code == "Q01"]


@pytest.mark.slow
def test_the_quotations_of_the_sample_all_stand_in_its_exhibits(sample: Path, law: Law) -> None:
    with CaseFile.open(sample, SAMPLE_PASSPHRASE, backups=False) as case:
        found = quotations(check_case(case, law, SAMPLE_DAY))
        quoted = [row for row in case.session.query(Citation).all() if row.quote]
        assert len(quoted) > 250
        # One source is a photograph, from which no text can be read.
        assert [severity for severity, _row in found] == ["warn"]
        row = case.session.get(Citation, found[0][1])
        assert row is not None
        assert row.evidence.media_type == "image/jpeg"


@pytest.mark.slow
def test_a_quotation_planted_in_a_dump_stops_the_export(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dump"
    with CaseFile.open(sample, SAMPLE_PASSPHRASE, backups=False) as case:
        dump_case(case, folder)
    file = folder / "dossier.json"
    dossier: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    told = {row["id"] for row in dossier["fact"]}
    planted = next(
        row for row in dossier["citation"] if row.get("fact_id") in told and len(row.get("quote", "")) > 60
    )
    planted["quote"] = INVENTED
    file.write_text(json.dumps(dossier), encoding="utf-8")
    monkeypatch.setenv("MAGDESK_PASSPHRASE", SAMPLE_PASSPHRASE)
    assert main(["load", str(folder), str(tmp_path / "planted.magdesk")]) == 0
    capsys.readouterr()
    packet = tmp_path / "packet"
    day = SAMPLE_DAY.isoformat()
    assert main(["export", str(tmp_path / "planted.magdesk"), "--to", str(packet), "--date", day]) == 1
    assert not packet.exists()
    out = capsys.readouterr()
    assert "are not there" in out.out + out.err
    assert "block Q01" in out.out + out.err


@pytest.mark.slow
def test_a_watch_hears_of_an_edit_and_of_text_that_is_read_anew(sample: Path, law: Law) -> None:
    with CaseFile.open(sample, SAMPLE_PASSPHRASE, backups=False) as case:
        watch = Watch(case, law)

        def look() -> list[tuple[str, uuid.UUID | None]]:
            with watch.look(SAMPLE_DAY) as seen:
                found = seen.findings
            assert found == check_case(case, law, SAMPLE_DAY)
            return quotations(found)

        before = look()
        with case.change("Edit") as session:
            row = session.query(Citation).filter(Citation.quote != "", Citation.fact_id.is_not(None)).first()
            assert row is not None
            words, row.quote = row.quote, INVENTED
        assert set(look()) - set(before) == {("block", row.id)}
        # The text of the file is read again, outside of any change, and now holds the words.
        case.index.put(Evidence.__tablename__, row.evidence_id, [(page, INVENTED) for page in range(1, 12)])
        assert ("block", row.id) not in look()
        case.index.put(Evidence.__tablename__, row.evidence_id, [(page, words) for page in range(1, 12)])
        assert ("block", row.id) in look()


def test_words_that_are_nowhere_in_the_exhibit(tmp_path: Path, law: Law) -> None:
    """The reported situation, from the shared data."""
    root = os.environ.get("MAGDESK_TEST_DATA")
    folder = Path(root or "", "situations", "11-quote-not-in-source")
    if not root or not folder.is_dir():
        pytest.skip("MAGDESK_TEST_DATA is not set or lacks situations")
    with load_case(folder, tmp_path / "c.magdesk", SAMPLE_PASSPHRASE) as case:
        found = [one for one in check_case(case, law, SAMPLE_DAY) if one.code == "Q01"]
    assert [one.severity.value for one in found] == ["block"]
    assert "Fact 1: the words quoted from Exhibit 1" in found[0].sentence


def test_who_has_seen_a_quotation_goes_through_a_dump_and_its_fields_are_known(tmp_path: Path, law: Law) -> None:
    """The words, the page and the file decide, whatever keys a dump gives the rows."""
    folder = tmp_path / "by-hand"
    folder.mkdir()
    (folder / "scan.txt").write_text("Nothing of the kind.")
    source = {"id": "c", "fact_id": "f", "evidence_id": "e", "quote": "as it stands", "pinpoint": "1"}
    dossier: dict[str, Any] = {
        "format": "magdesk-dossier", "version": 1, "case": [{"title": "T"}],
        "evidence": [{"id": "e", "file": "scan.txt"}],
        "fact": [{"id": "f", "text": "A fact."}], "citation": [source],
    }  # fmt: skip
    (folder / "dossier.json").write_text(json.dumps(dossier))
    with load_case(folder, tmp_path / "a.magdesk", SAMPLE_PASSPHRASE) as case:
        with case.change("Confirm") as session:
            confirm_seen(session, session.query(Citation).one().id, "L. Lawyer", SAMPLE_DAY)
        dump_case(case, tmp_path / "dump")
    with load_case(tmp_path / "dump", tmp_path / "b.magdesk", SAMPLE_PASSPHRASE) as case:
        (found,) = [one for one in check_case(case, law, SAMPLE_DAY) if one.code == "Q01"]
        assert found.waived is not None
        assert (found.waived.by, found.waived.on) == ("L. Lawyer", SAMPLE_DAY)
    source["seen_at"] = "L. Lawyer"
    (folder / "dossier.json").write_text(json.dumps(dossier))
    with pytest.raises(InputError, match="seen_at"):
        load_case(folder, tmp_path / "c.magdesk", SAMPLE_PASSPHRASE).close()
