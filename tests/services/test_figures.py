"""The linkage chart saved as a file: readable, and nobody protected in it."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from magdesk.casefile import CaseFile
from magdesk.casefile.keys import KeyCost
from magdesk.dates.partialdate import PartialDate
from magdesk.document.graph import EdgeKind
from magdesk.errors import InputError
from magdesk.model import Case, Name, Party, Relation, Target, Witness
from magdesk.model.people import EndState, NameKind, PartyKind, RelationKind
from magdesk.regimes import load_law
from magdesk.services.chartfile import export_linkage
from magdesk.values import now

CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)
TODAY = date(2026, 11, 22)


@pytest.fixture
def case(tmp_path: Path) -> CaseFile:
    made = CaseFile.create(tmp_path / "c.magdesk", "correct horse battery staple", cost=CHEAP, backups=False)
    general = Party(names=[Name(text="Arslan Dorvan"), Name(text="أرسلان دورفان", kind=NameKind.NATIVE, rank=1)])
    firm = Party(kind=PartyKind.ENTITY, names=[Name(text="Harbour Works")])
    hidden = Party(names=[Name(text="Bruno Kestrel")], protected=True, pseudonym="Officer X")
    witness = Party(names=[Name(text="Zahra Benvolio")], protected=True)
    witness.witness = Witness()
    general.relations = [
        Relation(
            other_id=firm.id, kind=RelationKind.OWNS, percent=60.0, start=PartialDate("2019"),
            end_state=EndState.ONGOING,
        ),
        Relation(other_id=hidden.id, kind=RelationKind.COMMANDS, rank=1),
        Relation(other_id=witness.id, kind=RelationKind.ASSOCIATE, rank=2),
    ]  # fmt: skip
    with made.change("Fill", base=True) as session:
        session.add(Case(title="t", created_at=now()))
        session.add_all([general, firm, hidden, witness])
        session.flush()
        session.add(Target(party_id=general.id))
    return made


def test_a_pdf_with_real_text(case: CaseFile, tmp_path: Path) -> None:
    with case:
        (path,) = export_linkage(case, load_law(), tmp_path / "chart.pdf", TODAY)
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) is not installed")
    text = subprocess.run([program, str(path), "-"], capture_output=True, check=True).stdout.decode()
    assert "Arslan Dorvan" in text
    assert "Harbour Works" in text
    assert "أرسلان" in text
    assert "owns 60" in text
    data = path.read_bytes()
    for name in ("Kestrel", "Benvolio"):
        assert name not in text
        assert name.encode() not in data


def test_a_picture_without_metadata(case: CaseFile, tmp_path: Path) -> None:
    with case:
        (path,) = export_linkage(case, load_law(), tmp_path / "chart.png", TODAY)
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        assert image.format == "PNG"
        assert not image.info


def test_filters_count_and_nothing_is_no_file(case: CaseFile, tmp_path: Path) -> None:
    with case:
        law = load_law()
        with pytest.raises(InputError):
            export_linkage(case, law, tmp_path / "none.pdf", TODAY, kinds=[EdgeKind.FAMILY])
        with pytest.raises(InputError):
            export_linkage(case, law, tmp_path / "none.pdf", TODAY, day=date(2018, 1, 1))
        with pytest.raises(InputError):
            export_linkage(case, law, tmp_path / "missing" / "none.pdf", TODAY)
    assert not (tmp_path / "none.pdf").exists()
