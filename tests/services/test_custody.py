"""Custody as the window and the command line use it: words, verification records, roots, exports, checks."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.casefile.custody import CustodyEvent
from magdesk.dossier.dossier import load_dossier
from magdesk.errors import InputError, UserError
from magdesk.model import Citation, Evidence, Fact, Verification
from magdesk.model.evidence import Reliability, VerificationResult
from magdesk.model.facts import Stance
from magdesk.services import custody
from magdesk.services.dump.folder import dump_case, load_case
from tests.casefile.cases import make_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A new case, open."""
    with make_case(tmp_path / "generica.magdesk") as opened:
        yield opened


def add(case: CaseFile, content: bytes, title: str = "", **fields: object) -> Evidence:
    info = case.blobs.put(io.BytesIO(content))
    row = Evidence(sha256=info.sha256, size=info.size, title=title, media_type="text/plain", **fields)
    with case.change("Add") as session:
        session.add(row)
    return row


def test_the_events_of_an_item_read_as_words(case: CaseFile) -> None:
    item = add(case, b"letter", device="USB stick")
    custody.record_event(case, item.id, CustodyEvent.TRANSMITTED, stated="2026-11-20", medium="by hand to the clinic")
    lines = custody.events_of(case, item.id)
    assert [line.what for line in lines] == ["Received", "Digest taken", "Transmitted"]
    assert lines[0].detail == "USB stick"
    assert lines[2].detail == "by hand to the clinic; stated time 2026-11-20"
    assert {line.who for line in lines} == {"Ana"}
    assert lines[2].output == item.sha256


def test_every_kind_of_event_has_words() -> None:
    assert set(custody.WORDS) == set(CustodyEvent)


def test_what_only_the_program_may_write_cannot_be_entered(case: CaseFile) -> None:
    item = add(case, b"letter")
    with pytest.raises(UserError, match="by the program itself"):
        custody.record_event(case, item.id, CustodyEvent.HASHED)
    with case.change("Delete") as session:
        session.delete(item)
    with pytest.raises(UserError, match="no longer"):
        custody.record_event(case, item.id, CustodyEvent.VIEWED)


def test_a_verification_is_a_record_and_an_event(case: CaseFile) -> None:
    item = add(case, b"picture")
    for words in ({}, {"source": "x"}, {"by": "Ana"}):
        with pytest.raises(UserError, match="reasons"):
            custody.add_verification(case, item.id, VerificationResult.VERIFIED, **words)  # type: ignore[arg-type]
    custody.add_verification(
        case, item.id, VerificationResult.PARTLY, technical="EXIF agrees", by="Ana", on=date(2026, 11, 1)
    )
    custody.add_verification(
        case, item.id, VerificationResult.DISPROVED, content="The shadows do not", by="Ben", on=date(2026, 11, 2)
    )
    assert custody.standing(item.verifications) is VerificationResult.DISPROVED
    assert custody.standing([]) is VerificationResult.UNVERIFIED
    last = custody.events_of(case, item.id)[-1]
    assert (last.what, last.detail) == ("Examined", "disproved, Ben; stated time 2026-11-02")
    case.undo()
    assert custody.events_of(case, item.id)[-1].detail.startswith("record removed")
    assert custody.standing(item.verifications) is VerificationResult.PARTLY
    assert case.verify() == []


def test_deleting_an_item_takes_its_records_and_is_one_event(case: CaseFile) -> None:
    item = add(case, b"picture")
    custody.add_verification(case, item.id, VerificationResult.VERIFIED, source="known", by="Ana")
    with case.change("Delete") as session:
        session.delete(item)
    assert case.session.query(Verification).count() == 0
    case.undo()
    assert [line.what for line in custody.events_of(case)][-3:] == [
        "Examined", "Removed from the case", "Restored",
    ]  # fmt: skip
    assert case.verify() == []


@pytest.mark.parametrize(("letter", "label"), [("A", "High"), ("B", "Reputable"), ("E", "Community"), ("F", "")])
def test_the_plain_label(letter: str, label: str) -> None:
    assert custody.plain_label(Evidence(reliability=Reliability(letter))) == label


def test_ten_articles_on_one_wire_report_are_one_root(case: CaseFile) -> None:
    wire = add(case, b"wire", "Wire report")
    articles = [add(case, b"article %d" % number, derived_from_id=wire.id) for number in range(10)]
    other = add(case, b"order", "Court order")
    against = add(case, b"denial", "Denial")
    fact = Fact(text="He was beaten.")
    with case.change("Cite") as session:
        session.add(fact)
        session.add_all(
            Citation(fact_id=fact.id, evidence_id=item.id, rank=rank) for rank, item in enumerate([*articles, other])
        )
        session.add(Citation(fact_id=fact.id, evidence_id=against.id, stance=Stance.CONTRADICTS, rank=20))
    dossier = load_dossier(case.session)
    roots = custody.roots_of(dossier, dossier.facts[0])
    assert [root.origin.id for root in roots.roots] == [wire.id, other.id]
    assert roots.sentence == (
        "11 sources, 2 independent origins. 10 of them go back to “Wire report” and count as one."
    )
    assert custody.roots_of(dossier, Fact()).sentence == "No source supports this."


def packet(folder: Path, *items: Evidence) -> Path:
    """What an export leaves, as far as the ledger reads it."""
    folder.mkdir()
    manifest = {
        "date": "2026-12-01",
        "options": {"draft": True, "formats": ["pdf"]},
        "exhibits": [
            {"number": n, "sha256": item.sha256, "native": "", "bates_first": f"EX-{n}", "bates_last": f"EX-{n + 1}"}
            for n, item in enumerate(items, 1)
        ],
        "files": [{"name": "03-exhibits.pdf", "sha256": "b" * 64}],
    }
    (folder / "packet.json").write_text(json.dumps(manifest))
    (folder / "SHA256SUMS").write_text("sums")
    return folder


def test_an_export_is_entered_for_the_case_and_for_each_exhibit(case: CaseFile, tmp_path: Path) -> None:
    one, two = add(case, b"one"), add(case, b"two")
    add(case, b"not cited")
    assert custody.record_export(case, packet(tmp_path / "Packet", two, one)) == 2
    whole, first, second = custody.events_of(case)[-3:]
    assert whole.item is None
    assert whole.output == hashlib.sha256(b"sums").hexdigest()
    assert (first.item, second.item) == (two.id, one.id)
    assert first.input == two.sha256
    assert first.output == "b" * 64
    assert first.detail == "Packet; draft, Exhibit 1, EX-1 to EX-2"
    assert case.history(1)[0].label == "Export the packet “Packet”"
    assert case.verify() == []
    with pytest.raises(UserError, match="not recorded"):
        custody.record_export(case, tmp_path / "gone")


def test_a_check_of_the_file_is_entered(case: CaseFile) -> None:
    add(case, b"one")
    found = custody.check_fixity(case)
    assert found.problems == ()
    custody.record_fixity(case, found)
    assert custody.events_of(case)[-1].detail == "all verify: 1 digests, 3 bytes"
    custody.record_fixity(case, custody.Fixity(1, 3, ("The bytes are damaged.",)))
    assert custody.events_of(case)[-1].detail == "1 problem: The bytes are damaged."


def test_a_dump_carries_the_ledger_and_loading_checks_it(case: CaseFile, tmp_path: Path) -> None:
    item = add(case, b"letter", file_name="letter.txt")
    custody.add_verification(case, item.id, VerificationResult.VERIFIED, source="known", by="Ana")
    dump = dump_case(case, tmp_path / "dump").folder
    given = case.custody()
    with load_case(dump, tmp_path / "copy.magdesk", "four words make sense", who="Ben") as copy:
        taken = copy.custody()
        assert taken[:-1] == given
        assert (taken[-1].kind, taken[-1].actor) == ("loaded", "Ben")
        assert copy.verify() == []
    ledger = dump / "custody.jsonl"
    lines = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join([lines[0].replace("Ana", "Eve"), *lines[1:]]), encoding="utf-8")
    with pytest.raises(InputError, match="Entry 1"):
        load_case(dump, tmp_path / "broken.magdesk", "four words make sense")
    assert not (tmp_path / "broken.magdesk").exists()
    ledger.unlink()
    with load_case(dump, tmp_path / "new.magdesk", "four words make sense") as fresh:
        assert [entry.kind for entry in fresh.custody()] == ["received", "hashed", "verified"]
        assert fresh.verify() == []
