"""Two invented cases that are nothing like the sample, as somebody would write them by hand: ``tests/cases``.

``concession`` is corruption alone: a bribe for a concession, its proceeds, a kickback. ``exiles`` crosses borders: an
official of an embassy against exiles, forced labour without violence, a bribe.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from lxml import etree
from pypdfium2 import PdfDocument
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from magdesk.casefile import CaseFile
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.isolates import without_isolates
from magdesk.model import Base
from magdesk.regimes import Law
from magdesk.services.dump.dossier_json import row_from_json, tables
from magdesk.services.dump.dossier_reading import read_dossier
from magdesk.services.dump.folder import load_case
from magdesk.services.export import export_packet
from tests.shared import PACKET_DAY, SAMPLE_DAY, SAMPLE_PASSPHRASE

__all__ = ["CASES", "case_file", "case_rows", "export_of", "invented_case", "words_of"]

CASES = Path(__file__).with_name("cases")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PACKETS = {"us": ("us-glomag", "us-7031c"), "ca": ("ca-jvcfoa", "ca-sema"), "uk": ("uk-gac", "uk-ghr")}


@cache
def case_rows(name: str) -> Session:
    """The rows of an invented case in memory."""
    document = read_dossier((CASES / name / "dossier.json").read_bytes())
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    session = Session(engine)
    document["case"]["created_at"] = f"{SAMPLE_DAY.isoformat()}T09:00:00Z"
    for table, kind in tables().items():
        rows = [document["case"]] if table == "case" else document.get(table, [])
        session.add_all(row_from_json(kind, row) for row in rows)
        session.flush()
    session.commit()
    return session


def invented_case(name: str, edit: Callable[[Session], object] = lambda _session: None) -> Dossier:
    """An invented case as its file tells it, without a case file.

    Args:
        edit: changes rows before the case is read; the next reader sees them as they were.
    """
    session = case_rows(name)
    session.rollback()
    session.expire_all()
    edit(session)
    session.flush()
    session.expire_all()
    return load_dossier(session)


def export_of(name: str, country: str, file: Path, to: Path, law: Law) -> None:
    """The draft packet for a country, ``us``, ``ca``, ``uk`` or ``eu``: in Word, with the bundle of exhibits.

    Args:
        file: the case file of the invented case.
    """
    asked = {row.regime for row in invented_case(name).authorities}
    codes = [code for code in _PACKETS.get(country, ("eu-ghrsr",)) if code in asked]
    with CaseFile.open(file, SAMPLE_PASSPHRASE, read_only=True) as case:
        export_packet(case, to, law=law, date=PACKET_DAY, regimes=codes, draft=True, formats=("docx",))


def case_file(name: str, path: Path) -> None:
    """A case file of an invented case."""
    load_case(CASES / name, path, SAMPLE_PASSPHRASE).close()


def words_of(packet: Path) -> dict[str, str]:
    """What the files of a packet say, by name: every word that a reader of them can find."""
    found = {path.name: _docx(path) for path in sorted(packet.glob("*.docx"))}
    found |= {path.name: path.read_text("utf-8") for path in sorted(packet.glob("*.txt"))}
    for path in sorted(packet.glob("*.pdf")):
        pages = PdfDocument(path)
        found[path.name] = "\n".join(page.get_textpage().get_text_range() for page in pages)
    return {name: without_isolates(text).replace("\u00a0", " ") for name, text in found.items()}


def _docx(path: Path) -> str:
    """The paragraphs of a Word file and of its footnotes."""
    lines: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                paragraphs = root.iter(f"{_WORD}p")
                lines += ("".join(node.text or "" for node in one.iter(f"{_WORD}t")) for one in paragraphs)
    return "\n".join(lines)
