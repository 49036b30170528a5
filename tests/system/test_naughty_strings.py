"""The Big List of Naughty Strings in every text field: through model, file, JSON, PDF and DOCX."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from sqlalchemy import inspect as mapper_of
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Authority, Base, Case, Citation, Evidence, Fact, Incident, Name, Party, Section, Target
from magdesk.model.case import Organisation
from magdesk.model.drafting import AdverseItem, InterestArgument, Recipient
from magdesk.model.names import LONGEST_NAME
from magdesk.model.people import LegalBasis
from magdesk.packet.verify import verify_packet
from magdesk.regimes import load_law
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.services.export import export_packet
from magdesk.values import clean_text, now
from tests.system.canary import fill

PHRASE = "four words make sense"


@pytest.fixture(scope="module")
def strings(real_files: Path) -> list[str]:
    listed = json.loads((real_files / "text" / "blns.json").read_text(encoding="utf-8"))
    names = (real_files / "text" / "real-long-and-nonascii.txt").read_text(encoding="utf-8").splitlines()
    return [text for text in [*listed, *names, "\ud800", "a\x00b", "\ufffe", "x" * 5000] if text]


def _content(case: CaseFile) -> dict[str, list[tuple[object, ...]]]:
    with case.reader() as session:
        return {
            mapper.class_.__tablename__: [
                tuple(getattr(row, column.key) for column in mapper_of(mapper.class_).column_attrs)
                for row in session.scalars(select(mapper.class_).order_by(mapper.class_.id))
            ]
            for mapper in Base.registry.mappers
        }


@pytest.mark.timeout(900)
def test_every_field_of_every_table_keeps_them(tmp_path: Path, strings: list[str]) -> None:
    together = "\n".join(strings)
    with CaseFile.create(tmp_path / "a.magdesk", PHRASE) as case:
        fill(case, together)
        with case.change("Names as long as a name may be") as session:
            for row in session.scalars(select(Name)):
                row.text = together[:LONGEST_NAME]
            for body in session.scalars(select(Organisation)):
                body.name = together[-LONGEST_NAME:]
        before = _content(case)
        dump_case(case, tmp_path / "dump")
    with load_case(tmp_path / "dump", tmp_path / "b.magdesk", PHRASE) as loaded:
        assert _content(loaded) == before
        for text in strings[::7]:
            loaded.index.search(text, 5)  # each hit is a text of all strings, of which the best place is sought
        stored = loaded.session.scalars(select(Fact.text)).one()
    assert stored == clean_text(together)


# An exhibit has four fields of text: each string stands in one of them, with MAGDESK_SLOW_TESTS in all four.
_IN_AN_EXHIBIT, _FIELDS = (1, (0, 0, 0, 0)) if "MAGDESK_SLOW_TESTS" in os.environ else (4, (0, 1, 2, 3))


def test_a_packet_full_of_them_is_whole(tmp_path: Path, strings: list[str]) -> None:
    law = load_law()
    with CaseFile.create(tmp_path / "a.magdesk", PHRASE) as case:
        blob = case.blobs.put(io.BytesIO("naïve\n".encode()))
        with case.change("Fill") as session:
            session.add(Case(title=strings[0], reference=strings[1], created_at=now()))
            session.add(Authority(regime="us-glomag"))
            session.add(Organisation(name=" ".join(strings[:20]), link_to_case=" ".join(strings[20:60])))
            for rank, text in enumerate(strings):
                if rank % _IN_AN_EXHIBIT == 0:
                    title, author, url, name = (strings[(rank + at) % len(strings)] for at in _FIELDS)
                    item = Evidence(
                        title=title, author=author, url=url, file_name=name, sha256=blob.sha256, size=blob.size,
                        media_type="text/plain", pages=1, rank=rank,
                    )  # fmt: skip
                    session.add(item)
                fact = Fact(text=text, place=text, rank=rank)
                fact.citations.append(Citation(evidence_id=item.id, pinpoint="1", quote=text, quote_english=text))
                session.add(fact)
                if rank % 25 == 0:
                    party = Party(names=[Name(text=text), Name(text=strings[-rank])], description=text)
                    target = Target(party=party, role=text, request=text, rank=rank)
                    target.legal_bases.append(LegalBasis(regime="us-glomag", prong="HR-1", argument=text))
                    incident = Incident(title=text, place=text, summary=text, kind="torture", rank=rank)
                    rows = [AdverseItem(title=text, text=text, answer=text), InterestArgument(code="NI-1", text=text)]
                    session.add_all([party, target, incident, *rows])
            for code in ("executive_summary", "background"):
                session.add(Section(code=code, text="\n\n".join(strings)))
            session.add(Recipient(letter="state", office=strings[5], address="\n".join(strings[:8])))
        assert len(load_dossier(case.session).facts) == len(strings)
        result = export_packet(case, tmp_path / "packet", law=law, date=date(2026, 12, 1), draft=True)
    folder = result.folder
    assert folder is not None
    assert verify_packet(folder) == []
    for path in folder.glob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
    with pikepdf.open(folder / "01-submission.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) > 20
