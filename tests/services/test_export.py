"""The packet of the sample: the gate, the same bytes each time, links that lead somewhere, nothing half done."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.dossier.dossier import load_dossier
from magdesk.errors import Cancelled, UserError
from magdesk.model import Authority, Case, Fact, Recipient
from magdesk.model.people import PartyKind
from magdesk.packet.verify import verify_packet
from magdesk.progress import CancelToken
from magdesk.regimes import load_law
from magdesk.regimes.regime import Law
from magdesk.services.evidence.adding import add_bytes
from magdesk.services.export import export_packet
from magdesk.services.submissions import chosen_filing, filing_view
from tests.shared import PACKET_DAY, SAMPLE_PASSPHRASE
from tests.system.canary import fill

pytestmark = pytest.mark.slow

PHRASE = SAMPLE_PASSPHRASE
DAY = PACKET_DAY


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def folder(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    copyfile(sample_file, folder / "sample.magdesk")
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_packet_is_whole_and_the_same_each_time(
    folder: Path, sample_packet: Path, tmp_path: Path, law: Law
) -> None:
    assert verify_packet(sample_packet) == []
    with CaseFile.open(folder / "sample.magdesk", PHRASE, read_only=True) as case:
        export_packet(case, tmp_path / "again", law=law, date=DAY)
    assert _bytes(tmp_path / "again") == _bytes(sample_packet)


def test_every_exhibit_reference_opens_its_page(sample_packet: Path) -> None:
    with pikepdf.open(sample_packet / "03-exhibits.pdf") as bundle:
        pages = len(bundle.pages)
    targets = []
    with pikepdf.open(sample_packet / "01-submission.pdf") as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", ()):
                action = annotation.get("/A")
                if action is not None and action.get("/S") == "/GoToR":
                    targets.append(int(action["/D"][0]))
    assert len(targets) > 300
    assert all(0 <= target < pages for target in targets)
    with zipfile.ZipFile(sample_packet / "01-submission.docx") as archive:
        assert b"<w:footnote " in archive.read("word/footnotes.xml")
        links = re.findall(rb"03-exhibits\.pdf#page=(\d+)", archive.read("word/_rels/footnotes.xml.rels"))
    assert links
    assert all(1 <= int(link) <= pages for link in links)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a row of every kind and one exhibit, closed: what does not look at words is asked of this one."""
    path = tmp_path_factory.mktemp("small") / "small.magdesk"
    with CaseFile.create(path, PHRASE) as case:
        fill(case, "Lantern")
        add_bytes(case, "letter.txt", b"The harbour was empty. " * 200)
        with case.change("Ready for an export") as session:
            session.scalars(select(Case)).one().bates_prefix = "GEN"
            session.scalars(select(Authority)).one().regime = "eu-ghrsr"
            session.scalars(select(Recipient)).one().letter = "eu-member-state"
    return path


def test_a_blocking_finding_stops_a_final_export(folder: Path, tmp_path: Path, law: Law) -> None:
    path = tmp_path / "copy.magdesk"
    copyfile(folder / "sample.magdesk", path)
    with CaseFile.open(path, PHRASE) as case:
        with case.change("Drop the sources of a fact") as session:
            fact = session.scalars(select(Fact).order_by(Fact.rank)).all()[0]
            fact.citations.clear()
        stopped = export_packet(case, tmp_path / "final", law=law, date=DAY)
    assert stopped.folder is None
    assert "C05" in {finding.code for finding in stopped.blocking}
    assert not (tmp_path / "final").exists()


def test_a_draft_is_exported_in_spite_of_it_and_marked_on_each_page(small: Path, tmp_path: Path, law: Law) -> None:
    with CaseFile.open(small, PHRASE, read_only=True) as case:
        draft = export_packet(case, tmp_path / "draft", law=law, date=DAY, draft=True, formats=("pdf",))
    assert draft.blocking
    assert draft.folder is not None
    assert not list(draft.folder.glob("*.docx"))
    assert verify_packet(draft.folder) == []
    papers = list(draft.folder.glob("*.pdf"))
    assert len(papers) > 3
    assert [file.name for file in papers for page in _pages(file) if "DRAFT" not in page] == []


# Where an export looks whether it was stopped, before each of its parts.
STEPS = 9


def test_cancelling_leaves_nothing(small: Path, tmp_path: Path, law: Law) -> None:
    for stop_at in range(STEPS):
        cancel, begun = CancelToken(), list[int]()

        def progress(
            done: int, total: int, text: str = "", *, cancel: CancelToken = cancel, begun: list[int] = begun,
            at: int = stop_at,
        ) -> None:  # fmt: skip
            begun.append(done)
            if done == at:
                cancel.cancel()

        with CaseFile.open(small, PHRASE, read_only=True) as case, pytest.raises(Cancelled):
            export_packet(
                case, tmp_path / "packet", law=law, date=DAY, draft=True, formats=("pdf",),
                progress=progress, cancel=cancel,
            )  # fmt: skip
        assert begun == list(range(stop_at + 1)), "no further part is begun"
        assert list(tmp_path.iterdir()) == []


def test_other_folders_are_left_alone(folder: Path, tmp_path: Path, law: Law) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with CaseFile.open(folder / "sample.magdesk", PHRASE, read_only=True) as case, pytest.raises(UserError):
        export_packet(case, tmp_path / "mine", law=law, date=DAY)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


SUBMISSIONS = {
    "us": ("us-glomag", "us-7031c"),
    "uk": ("uk-ghr", "uk-gac"),
    "ca": ("ca-jvcfoa", "ca-sema"),
    "eu": ("eu-ghrsr",),
    "au": ("au-6a",),
}
AMERICAN = re.compile(r"U\.S\.|Treasury|Congress|\bE\.O\.|\bUSC\b|FOIA|Freedom of Information|¶")


@pytest.fixture(scope="module")
def packets(folder: Path, sample_packet: Path, law: Law) -> dict[str, Path]:
    """Each submission of the sample, as PDF."""
    made = {"us": sample_packet}
    with CaseFile.open(folder / "sample.magdesk", PHRASE, read_only=True) as case:
        for name in SUBMISSIONS.keys() - made.keys():
            made[name] = folder / name
            result = export_packet(case, made[name], law=law, date=DAY, regimes=SUBMISSIONS[name], formats=("pdf",))
            assert result.blocking == ()
    return made


def _pages(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _papers(packet: Path) -> Iterator[Path]:
    """What the submitters wrote: everything but the exhibits."""
    yield from (file for file in sorted(packet.glob("*.pdf")) if not file.name.startswith("03-"))


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_each_submission_is_a_packet_of_its_own(packets: dict[str, Path], law: Law, name: str) -> None:
    packet = packets[name]
    assert verify_packet(packet) == []
    facts = json.loads((packet / "packet.json").read_text(encoding="utf-8"))
    assert facts["authorities"] == list(SUBMISSIONS[name])
    template = law.packets[f"{name}-packet"]
    letters = {file.stem.removeprefix("00-cover-letter-") for file in packet.glob("00-cover-letter-*.pdf")}
    assert letters <= {letter.code for letter in template.letters}
    assert letters >= {letter.code for letter in template.letters if not letter.optional}
    assert {annex.file for annex in template.annexes} <= {file.stem for file in packet.glob("*.pdf")}
    assert len(_pages(packet / "00-case-at-a-glance.pdf")) == 1
    width = {"letter": 612, "a4": 595}[template.paper]
    for file in _papers(packet):
        with pikepdf.open(file) as pdf:
            assert int(pdf.pages[0].mediabox[2]) == width


@pytest.mark.parametrize("name", sorted(SUBMISSIONS.keys() - {"us"}))
def test_no_submission_speaks_of_american_law(packets: dict[str, Path], name: str) -> None:
    for file in _papers(packets[name]):
        for page in _pages(file):
            assert not AMERICAN.findall(page), (file.name, page[:200])
            for line in page.splitlines():
                if "United States" in line:  # a currency in a quotation, and whether the person is listed there
                    assert "dollars" in line or "Not listed" in line or line.strip() == "United States", line


def test_no_entity_is_recommended_under_the_canadian_act_for_individuals(folder: Path, law: Law) -> None:
    with CaseFile.open(folder / "sample.magdesk", PHRASE, read_only=True) as case, case.reader() as session:
        whole = load_dossier(session)
        view = filing_view(whole, chosen_filing(whole, law, ("ca-jvcfoa",)))
        assert view.targets
        assert {target.party.kind for target in view.targets} == {PartyKind.PERSON}


def test_a_chosen_submission_takes_the_same_bytes_twice(small: Path, tmp_path: Path, law: Law) -> None:
    for name in ("once", "twice"):
        with CaseFile.open(small, PHRASE, read_only=True) as case:
            export_packet(case, tmp_path / name, law=law, date=DAY, regimes=("eu-ghrsr",), draft=True)
    assert _bytes(tmp_path / "once") == _bytes(tmp_path / "twice")


def test_authorities_of_different_packets_are_refused(folder: Path, tmp_path: Path, law: Law) -> None:
    with CaseFile.open(folder / "sample.magdesk", PHRASE, read_only=True) as case:
        for codes, words in (
            (("us-glomag", "uk-ghr"), "different submissions: us-glomag; uk-ghr"),
            (("us-ina",), "does not include “us-ina”"),
        ):
            with pytest.raises(UserError, match=words):
                export_packet(case, tmp_path / "packet", law=law, date=DAY, regimes=codes)
    assert not (tmp_path / "packet").exists()
