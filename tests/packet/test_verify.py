"""A whole packet verifies with this program and without it; each kind of damage is found and named."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from magdesk.errors import Cancelled, ProgramFault
from magdesk.packet.bundle import BUNDLE_NAME, plan_bundle, write_bundle
from magdesk.packet.manifest import PacketFacts, role_of, write_manifest
from magdesk.packet.natives import write_natives
from magdesk.packet.paperreader import PaperReader
from magdesk.packet.papers import PacketPaper, PaperKind
from magdesk.packet.sink import PacketSink
from magdesk.packet.verify import verify_packet
from magdesk.progress import CancelToken
from tests.packet.making import FACTS, exhibit, index_pdf, picture, sheets, text_pdf
from tests.safety import safety


def _submission(page: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(sheets(2, "Submission")) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=BUNDLE_NAME, D=[page, pikepdf.Name.Fit])
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[1].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _docx(page: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        part = zipfile.ZipInfo("word/_rels/footnotes.xml.rels")
        archive.writestr(part, f'<Relationship Target="{BUNDLE_NAME}#page={page}"/>')
    return out.getvalue()


def make_packet(to: Path) -> Path:
    items = [
        exhibit(1, text_pdf(3), title="Report"),
        exhibit(2, b"From: x\n", "audio/ogg", title="Call", file_name="Witness Name.ogg"),
        exhibit(3, picture(), "image/jpeg", title="Photo", file_name="IMG witness.jpg"),
    ]
    plan = plan_bundle(items, bates_prefix="GEN", index_pages=1)
    with PacketSink(to) as sink:
        with sink.write("01-submission.pdf") as out:
            out.write(_submission(2))
        with sink.write("01-submission.docx") as out:
            out.write(_docx(3))
        with sink.write(BUNDLE_NAME) as out:
            info = write_bundle(plan, covers=sheets(3), index=index_pdf(plan, 1), out=out, facts=FACTS)
        write_natives(plan, sink)
        facts = PacketFacts("The case", "GEN-1", date(2026, 1, 2), draft=True, formats=("pdf", "docx"))
        write_manifest(sink, facts, plan, {BUNDLE_NAME: info.pages, "01-submission.pdf": 2})
        assert verify_packet(sink, thorough=False) == []
        return sink.finalise()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_packet(tmp_path_factory.mktemp("whole") / "packet")


@pytest.fixture
def packet(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "packet"))


def test_a_whole_packet_has_no_problems(packet: Path) -> None:
    assert verify_packet(packet) == []


def test_the_same_packet_twice_has_the_same_bytes(packet: Path, tmp_path: Path) -> None:
    again = make_packet(tmp_path / "again")
    for path in sorted(packet.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(packet)).read_bytes(), path.name


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_sums_verify_without_this_program(packet: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=packet, check=True)


def test_the_manifest_names_no_file_of_the_case(packet: Path) -> None:
    text = (packet / "packet.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert "itness" not in text
    assert [file["role"] for file in content["files"]] == ["submission", "submission", "exhibits", "native"]
    first, second, third = content["exhibits"]
    assert (first["bates_first"], first["bates_last"], first["cover_page"]) == ("GEN-000001", "GEN-000004", 2)
    assert (second["native"], second["pages"]) == ("04-native/ex-002.ogg", 0)
    assert third["native"] == ""
    names = ("00-cover-letter-state.pdf", "05-x.pdf", "x.txt")
    assert [role_of(name) for name in names] == ["letter", "annex", "other"]


def _sums(packet: Path) -> None:
    """Sign the packet's present bytes, so that what a test broke is found by more than its digest."""
    names = sorted(path.relative_to(packet).as_posix() for path in packet.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256((packet / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name != "SHA256SUMS"
    ]
    (packet / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def _edit_bundle(packet: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    path = packet / BUNDLE_NAME
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        change(pdf)
        pdf.save(out)
    path.write_bytes(out.getvalue())
    _edit_manifest(packet, lambda content: _file_of(content, BUNDLE_NAME).update(size=len(out.getvalue())))


def _file_of(content: dict, name: str) -> dict:  # type: ignore[type-arg]
    found: dict = next(file for file in content["files"] if file["name"] == name)  # type: ignore[type-arg]
    return found


def _edit_manifest(packet: Path, change: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    path = packet / "packet.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def _relabel(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[3].P = pikepdf.String("GEN-9")


def _unstamp(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Contents = pdf.pages[2].obj.Contents[1]


def _swap(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Contents, pdf.pages[3].obj.Contents = pdf.pages[3].obj.Contents, pdf.pages[2].obj.Contents


def _cut_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]["/Dest"]


def _bend_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Next.Dest[0] = pdf.pages[0].obj


def _loop_bookmarks(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Next.First = pdf.Root.Outlines.First


def _add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


def _drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_relabel, "is labelled"),
        (_unstamp, "has no stamp"),
        (_swap, "is stamped"),
        (_cut_link, "leads nowhere"),
        (_bend_bookmark, "do not lead to the cover sheets"),
        (_loop_bookmarks, "loop"),
        (_add_script, "OpenAction"),
        (_drop_page, "pages instead of"),
    ],
)
def test_a_changed_bundle_is_found(packet: Path, change: Callable[[pikepdf.Pdf], None], said: str) -> None:
    _edit_bundle(packet, change)
    assert any("was changed" in problem for problem in verify_packet(packet))
    _sums(packet)
    problems = verify_packet(packet)
    assert problems
    assert all(said in problem for problem in problems[:1]), problems


def test_damage_to_files_is_found(packet: Path) -> None:
    (packet / "04-native" / "ex-002.ogg").write_bytes(b"other")
    (packet / "note.txt").write_bytes(b"x")
    problems = verify_packet(packet)
    for said in (
        "ex-002.ogg was changed",
        "note.txt is not listed in SHA256SUMS",
        "note.txt is not listed in packet",
    ):
        assert any(said in problem for problem in problems), problems
    (packet / BUNDLE_NAME).write_bytes(b"nothing")
    (packet / "01-submission.docx").unlink()
    (packet / "01-submission.pdf").write_bytes(b"nothing")
    problems = verify_packet(packet)
    for said in (
        f"{BUNDLE_NAME} cannot be read",
        "01-submission.docx is missing",
        "01-submission.pdf cannot be read",
    ):
        assert any(said in problem for problem in problems), problems


def test_links_into_nothing_are_found(packet: Path) -> None:
    (packet / "01-submission.pdf").write_bytes(_submission(99))
    (packet / "01-submission.docx").write_bytes(_docx(99))
    problems = verify_packet(packet)
    assert any("A link on page 2 of 01-submission.pdf" in problem for problem in problems)
    assert any("01-submission.docx leads to page 99" in problem for problem in problems)
    (packet / "01-submission.docx").write_bytes(b"nothing")
    assert any("01-submission.docx cannot be read" in problem for problem in verify_packet(packet))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content.update(version=2), "version"),
        (lambda content: content["exhibits"][0].update(cover_page=5), "not where packet.json says"),
        (lambda content: content["bundle"].update(pages=4), "counts 4 pages"),
        (lambda content: content["exhibits"][1].update(native=""), "neither pages nor a file"),
        (lambda content: content["exhibits"][1].update(sha256="0" * 64), "is not its original"),
        (lambda content: content["files"][1].update(pages=7), "pages instead of 7"),
        (lambda content: content["files"][0].update(size=7), "does not have the size"),
        (lambda content: content["files"][0].update(name="01-gone.pdf"), "01-gone.pdf is listed"),
        (lambda content: content["files"].append({"name": "../x"}), "files"),
    ],
)
def test_a_manifest_that_says_other_things_is_found(
    packet: Path,
    change: Callable[[dict], object],  # type: ignore[type-arg]
    said: str,
) -> None:
    _edit_manifest(packet, change)
    _sums(packet)
    problems = verify_packet(packet)
    assert any(said in problem for problem in problems), problems


def test_what_is_no_packet_is_said(tmp_path: Path) -> None:
    assert "There is no folder" in verify_packet(tmp_path / "nowhere")[0]
    assert len(verify_packet(tmp_path)) == 2
    (tmp_path / "SHA256SUMS").write_text("garbage\n" + "0" * 64 + "  ../../etc/passwd\n", encoding="ascii")
    (tmp_path / "packet.json").write_text("[" * 100_000, encoding="ascii")
    problems = verify_packet(tmp_path)
    assert sum("cannot be read" in problem for problem in problems) == 3


def test_it_stops_when_asked_to(packet: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        verify_packet(packet, cancel=cancel)


def test_a_packet_without_exhibits_verifies(tmp_path: Path) -> None:
    with PacketSink(tmp_path / "packet") as sink:
        write_manifest(sink, PacketFacts("Case", "", date(2026, 1, 2), draft=False, formats=()), None)
        folder = sink.finalise()
    assert verify_packet(folder) == []


@safety("So are the papers of a packet that `magdesk verify` is given.")
def test_nothing_of_a_packet_is_taken_apart_in_this_process(packet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be a stranger's. Each of its papers is read, for each can be found damaged."""

    def opened(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a stranger's paper was opened here")

    monkeypatch.setattr(pikepdf, "open", opened)
    monkeypatch.setattr(zipfile, "ZipFile", opened)
    assert verify_packet(packet) == []
    for name in (BUNDLE_NAME, "01-submission.pdf", "01-submission.docx"):
        whole = (packet / name).read_bytes()
        (packet / name).write_bytes(whole[: len(whole) // 2].replace(b"obj", b"???"))
        assert any(one.startswith(f"{name} cannot be read") for one in verify_packet(packet)), name
        (packet / name).write_bytes(whole)


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("os._exit(9)", "the process that read it was stopped"),
        ("time.sleep(60)", "it would take too long"),
        ("wire.send(results, b'V', b'{}')", "could not be read safely"),
        ("wire.send(results, b'?', b'[]')", "could not be read safely"),
    ],
)
def test_a_paper_that_takes_its_reader_down_costs_itself(deed: str, said: str) -> None:
    program = (
        "import os, time\nfrom magdesk.intake.sandbox import wire\nfrom magdesk.intake.sandbox.worker import live\n"
        f"def serve(orders, results):\n    while True:\n        wire.receive(orders)\n        {deed}\n"
        "live(lambda: serve)\n"
    )
    with PaperReader([sys.executable, "-P", "-c", program], whole=2.0) as reader:
        for _again in range(2):
            [sentence] = reader.check(PacketPaper(PaperKind.PDF, "01-x.pdf"), io.BytesIO(b"x"), 1)
            assert said in sentence
            assert sentence.startswith("01-x.pdf")


def test_a_mistake_of_ours_is_no_damage_of_the_packet(tmp_path: Path) -> None:
    program = (
        "from magdesk.packet import paperworker, papers\nfrom magdesk.intake.sandbox.worker import live\n"
        "papers.PacketPaper.check = lambda paper, stream: {}['x']\nlive(paperworker.load)\n"
    )
    with PaperReader([sys.executable, "-P", "-c", program]) as reader, pytest.raises(ProgramFault):
        reader.check(PacketPaper(PaperKind.PDF, "01-x.pdf"), io.BytesIO(b"x"), 1)
