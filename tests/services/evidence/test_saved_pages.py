"""A page saved with its pictures is one item with parts: only from its own folder, and never through a link."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from magdesk.casefile import CaseFile
from magdesk.intake.conversion import DocumentConverter
from magdesk.model import Authority, Case, Citation, Evidence, Fact
from magdesk.packet.converters import Pages, convert
from magdesk.regimes import load_law
from magdesk.services.evidence.adding import AddReport, add_paths
from magdesk.services.evidence.rows import path_inside
from magdesk.services.export import export_packet
from magdesk.values import now
from tests.packet.making import exhibit, picture

PHRASE = "seven owls watch the empty harbour"
PAGE = (
    b'<html><head><link rel=stylesheet href="A%20page_files/a.css"></head><body><p>Hello saved page</p>'
    b'<img src="A%20page_files/one.jpg"><img src="./A%20page_files/deep/two"><img src="https://example.org/three.png">'
    b"</body></html>"
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with CaseFile.create(tmp_path / "case.magdesk", PHRASE, backups=False) as made:
        with made.change("case") as session:
            session.add(Case(title="Generica", created_at=now()))
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page under another name than its folder, as after renaming, and what a browser puts beside it."""
    root = tmp_path / "web"
    (root / "A page_files" / "deep").mkdir(parents=True)
    (root / "Z renamed.html").write_bytes(PAGE)
    beside = root / "A page_files"
    (beside / "one.jpg").write_bytes(picture())
    (beside / "deep" / "two").write_bytes(picture("PNG"))
    (beside / "a.css").write_bytes(b"p { color: red }")
    (beside / "code.js.download").write_bytes(b"alert(1)")
    (beside / "frame.html").write_bytes(b"<p>What the frame says</p>")
    (tmp_path / "secret.png").write_bytes(picture("PNG", size=(10, 10)))
    if os.name == "posix":
        (beside / "stolen.png").symlink_to(tmp_path / "secret.png")
    return root


def add(case: CaseFile, *paths: Path) -> AddReport:
    with case.writer_lane():
        report = add_paths(case, paths)
    case.session.expire_all()
    return report


def items(case: CaseFile) -> dict[str, Evidence]:
    return {row.file_name: row for row in case.session.query(Evidence)}


def pictures_of(data: Path) -> int:
    with pypdfium2.PdfDocument(data) as document:
        return sum(
            1 for page in document for _one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=5)
        )


@pytest.mark.parametrize("whole", [True, False])
def test_pictures_beside_a_page_are_its_parts(case: CaseFile, folder: Path, whole: bool) -> None:
    report = add(case, folder if whole else folder / "Z renamed.html")
    rows = items(case)
    page = rows["Z renamed.html"]
    parts = {name: row for name, row in rows.items() if row.part_of_id == page.id}
    assert set(parts) == {"one.jpg", "two"}
    assert {path_inside(row.details) for row in parts.values()} == {"A page_files/one.jpg", "A page_files/deep/two"}
    # What is no picture of the page and no style is taken like any other file; a link is not followed.
    assert set(rows) == {"Z renamed.html", "one.jpg", "two", *(["frame.html"] if whole else [])}
    assert "2 style sheets, scripts or fonts beside it were not taken." in page.reading_note
    assert [one.name for one in report.refused] == ["stolen.png"] if whole and os.name == "posix" else True


def test_the_packet_shows_them_in_the_page(case: CaseFile, folder: Path, tmp_path: Path) -> None:
    add(case, folder)
    page = items(case)["Z renamed.html"]
    with case.change("fact") as session:
        session.add(Authority(regime="us-glomag", rank=1))
        fact = Fact(text="It was published.", rank=1)
        fact.citations.append(Citation(evidence=session.get(Evidence, page.id), rank=1))
        session.add(fact)
    export_packet(case, tmp_path / "p", law=load_law(), date=date(2026, 12, 1), draft=True, formats=("pdf",))
    assert pictures_of(tmp_path / "p" / "03-exhibits.pdf") == 2
    manifest = (tmp_path / "p" / "packet.json").read_text(encoding="utf-8")
    assert "elsewhere on the web (1)" in manifest
    assert "lay beside the page" not in manifest


def test_a_page_without_its_folder_says_what_is_missing() -> None:
    with DocumentConverter() as converter:
        shown = convert(exhibit(1, PAGE, "text/html"), converter)
    assert isinstance(shown, Pages)
    said = " ".join(shown.notes)
    assert "Pictures that lay beside the page (2) did not come with it" in said
    assert "elsewhere on the web (1)" in said


@pytest.mark.skipif(os.name != "posix", reason="links")
@pytest.mark.parametrize(
    "address", ["../up_files/x.png", "/root_files/x.png", "linked_files/x.png", "a/b_files/x.png"]
)
def test_no_other_folder_is_looked_into(case: CaseFile, tmp_path: Path, address: str) -> None:
    root = tmp_path / "web"
    (root / "a" / "b_files").mkdir(parents=True)
    (tmp_path / "up_files").mkdir()
    for place in (tmp_path / "up_files", root / "a" / "b_files"):
        (place / "x.png").write_bytes(picture("PNG"))
    (root / "linked_files").symlink_to(tmp_path / "up_files")
    (root / "page.html").write_bytes(f'<p>Words</p><img src="{address}">'.encode())
    add(case, root / "page.html")
    assert set(items(case)) == {"page.html"}
