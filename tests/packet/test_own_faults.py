"""A mistake of ours over one exhibit: a draft says so in its place, a final packet stops, nothing calls it damage."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pypdfium2
import pytest

from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.errors import ExitCode, ProgramFault
from magdesk.intake.conversion import DocumentConverter
from magdesk.model import Citation, Evidence, Fact
from magdesk.packet.bundle import plan_bundle, write_bundle
from magdesk.packet.converters import NoPages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.writer import BundleFacts
from tests.packet.making import DAY, FACTS, exhibit, picture, sheets, text_pdf

CSV = b"name,amount\nFund,371000000\n"
BLAME = ("damaged", "could not be read", "unusual", "too large", "nested", "unreadable")
DRAFT = BundleFacts("Exhibits", "Clinic", DAY, draft=True)

Plant = Callable[[pytest.MonkeyPatch], None]


# Whose code failed stands in the traceback, so the mistake must be made in a module of ours.
PLANTED = "def broken(*given, **named):\n    raise TypeError('the name of a witness')\n"


def broken_function() -> Callable[..., NoReturn]:
    """A function of ours with a mistake in it."""
    names: dict[str, Any] = {"__name__": "magdesk.packet.planted"}
    exec(PLANTED, names)
    made: Callable[..., NoReturn] = names["broken"]
    return made


broken = broken_function()


def worker(name: str) -> Plant:
    """The worker that takes documents apart, with a mistake in one function of its own."""
    module, _, function = name.rpartition(".")
    program = (
        f"import {module} as planted\nnames = {{'__name__': 'magdesk.intake.planted'}}\n"
        f"exec({PLANTED!r}, names)\nplanted.{function} = names['broken']\n"
        "from magdesk.packet.workers import main\nmain(['converting'])\n"
    )

    def plant(patch: pytest.MonkeyPatch) -> None:
        made = partial(DocumentConverter, (sys.executable, "-P", "-c", program))
        patch.setattr("magdesk.packet.plan.DocumentConverter", made)

    return plant


def here(name: str) -> Plant:
    """A mistake in a function of this process."""
    return lambda patch: patch.setattr(name, broken)


PLANNED: dict[str, tuple[Plant, ExhibitInput]] = {
    "converter": (worker("magdesk.intake.conversion.delimited.convert_separated"), exhibit(2, CSV, "text/csv")),
    "reader": (worker("magdesk.intake.readers.plain.read_plain"), exhibit(2, CSV, "text/csv")),
    "renderer": (here("magdesk.packet.converters.convertedview.render_pdf"), exhibit(2, CSV, "text/csv")),
    "text": (here("magdesk.packet.converters.plaintext.render_pdf"), exhibit(2, b"words", "text/plain")),
    "photograph": (here("magdesk.packet.segments.SegmentReader.readinto"), exhibit(2, picture(), "image/jpeg")),
    "paper": (here("magdesk.packet.converters.document.traits_of"), exhibit(2, text_pdf())),
}


def words_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize("place", PLANNED)
def test_a_draft_goes_on_and_a_final_packet_names_the_exhibit(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, item = PLANNED[place]
    plant(monkeypatch)
    others = [exhibit(1, text_pdf()), exhibit(3, b"\x00\x01", "application/octet-stream")]
    # The mistake in what every PDF goes through would take the other one down too.
    items = [item, others[1]] if place == "paper" else [others[0], item, others[1]]
    with pytest.raises(ProgramFault, match=r"^Exhibit 2: MagDesk itself failed") as caught:
        plan_bundle(items, bates_prefix="GEN")
    assert caught.value.exit_code is ExitCode.FAULT
    plan = plan_bundle(items, bates_prefix="GEN", draft=True)
    assert plan.faults == (2,)
    told = next(one for one in plan.exhibits if one.item.number == 2)
    assert isinstance(told.pages, NoPages)
    assert told.native
    said = plan.place(told).reason
    assert said.startswith("MagDesk could not make this page because of an error in the program; the native is ")
    assert told.native in said
    for text in (said, str(caught.value)):
        assert not [word for word in BLAME if word in text]
        assert "witness" not in text
    assert not [number for number in plan.faults if number != 2]
    assert {one.item.number for one in plan.exhibits if one.count} == ({1} if place != "paper" else set())


def test_a_mistake_while_the_bundle_is_written_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_bundle([exhibit(1, text_pdf(2)), exhibit(2, CSV, "text/csv")], bates_prefix="GEN", draft=True)
    assert plan.faults == ()
    monkeypatch.setattr("magdesk.packet.writer.carry_layers", broken)
    out = io.BytesIO()
    info = write_bundle(plan, covers=sheets(2), index=None, out=out, facts=DRAFT)
    assert (info.faults, info.problems, info.pages) == ((1, 2), (), plan.total)
    pages = words_of(out.getvalue())
    assert len(pages) == plan.total
    own = [text for text in pages if "error in the program" in text]
    assert len(own) == plan.total - 2
    assert own[0].startswith(
        "MagDesk could not make this page because of an error in the program; the native is kept"
    )
    assert "ex-002.csv" in own[-1]
    assert not [word for text in own for word in BLAME if word in text]
    with pytest.raises(ProgramFault, match=r"^Exhibit 1: "):
        write_bundle(plan, covers=sheets(2), index=None, out=io.BytesIO(), facts=FACTS)


def test_a_native_that_is_withheld_is_not_promised() -> None:
    from magdesk.packet.plan import fault_said

    item = exhibit(1, CSV, "text/csv")
    withheld = ExhibitInput(
        item.evidence_id, 1, "Statement", item.sha256, item.size, item.media_type, item.open, withheld=True
    )
    assert "withheld" in fault_said(withheld, "")
    assert "kept in the case file" in fault_said(item, "")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with one fact that rests on one table."""
    monkeypatch.setenv("MAGDESK_PASSPHRASE", "seven owls watch the empty harbour")
    path, table = tmp_path / "case.magdesk", tmp_path / "table.csv"
    table.write_bytes(CSV)
    assert main(["new", str(path), "--title", "Generica", "--authority", "us-glomag"]) == 0
    assert main(["add", str(path), str(table)]) == 0
    with CaseFile.open(path, "seven owls watch the empty harbour") as opened, opened.change("fact") as session:
        item = session.query(Evidence).one()
        fact = Fact(text="The fund was emptied.", rank=1)
        fact.citations.append(Citation(evidence=item, rank=1))
        session.add(fact)
    return path


def test_the_command_line_goes_on_with_a_draft_and_stops_a_final_one(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    worker("magdesk.intake.conversion.delimited.convert_separated")(monkeypatch)
    monkeypatch.setattr("magdesk.services.export.blocking", lambda _findings: [])
    capsys.readouterr()
    assert main(["export", str(case), "--to", str(tmp_path / "final"), "--formats", "pdf"]) == ExitCode.FAULT
    told = capsys.readouterr().err
    assert "Exhibit 1: MagDesk itself failed" in told
    assert not [word for word in BLAME if word in told]
    assert not (tmp_path / "final").exists()
    assert main(["export", str(case), "--to", str(tmp_path / "draft"), "--draft", "--formats", "pdf"]) == 0
    assert "Exhibit 1: MagDesk failed to make its pages" in capsys.readouterr().err
    assert (tmp_path / "draft" / "04-native" / "ex-001.csv").read_bytes() == CSV
    shown = " ".join(words_of((tmp_path / "draft" / "03-exhibits.pdf").read_bytes()))
    assert "MagDesk could not make this page because of an error in the program; the native is ex-001.csv" in shown
    assert main(["verify", str(tmp_path / "draft")]) == 0
