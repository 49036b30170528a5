from __future__ import annotations

import io
import re
import unicodedata
import uuid
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path
from shutil import copyfile

import pypdfium2
import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.checks import run_checks
from magdesk.checks.exported import exported
from magdesk.checks.factsupport import Gists
from magdesk.checks.finding import Severity
from magdesk.checks.scope import Scope
from magdesk.dossier.dossier import Dossier
from magdesk.errors import Cancelled, UserError
from magdesk.intake import FileReader
from magdesk.model.evidence import Evidence, SourceType
from magdesk.model.facts import Citation, PinpointKind, Stance
from magdesk.model.people import NameKind, PartyKind
from magdesk.model.text import references
from magdesk.packet.verify import verify_packet
from magdesk.progress import CancelToken
from magdesk.regimes import load_law
from magdesk.regimes.regime import Law
from magdesk.services.dump.dossier_json import row_to_json, tables
from magdesk.services.sample import create_sample
from magdesk.services.sample.exhibits import make, read_exhibits
from magdesk.services.sample.story import story_folder
from magdesk.services.wholecase import load_whole
from magdesk.values import script_of
from tests.safety import safety
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

TODAY = SAMPLE_DAY
PASSPHRASE = SAMPLE_PASSPHRASE


@pytest.fixture(scope="module")
def case(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    path = tmp_path_factory.mktemp("sample") / "generica.magdesk"
    copyfile(sample_file, path)
    with CaseFile.open(path, PASSPHRASE, backups=False) as case:
        yield case


@pytest.fixture(scope="module")
def dossier(case: CaseFile) -> Dossier:
    return load_whole(case.session)


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def texts(case: CaseFile, dossier: Dossier) -> dict[uuid.UUID, dict[int, str]]:
    """The text of each page of each exhibit, as intake reads it from the stored bytes."""
    found = {}
    with FileReader() as reader:
        for item in dossier.evidence.values():
            with case.blobs.open(item.sha256) as stream:
                facts = reader.read(stream, item.file_name, item.size)
            found[item.id] = dict(facts.text)
    return found


def _plain(text: str) -> str:
    """Text for comparison: compatibility forms folded, no white space (line ends fall anywhere, also in Chinese)."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069]+", "", unicodedata.normalize("NFKC", text))


def _cell(case: CaseFile, item: Evidence, pinpoint: str) -> str:
    openpyxl = pytest.importorskip("openpyxl")
    sheet, _, place = pinpoint.partition("!")
    with case.blobs.open(item.sha256) as stream:
        return str(openpyxl.load_workbook(io.BytesIO(stream.read()))[sheet][place].value)


def test_it_holds_what_a_submission_holds(dossier: Dossier) -> None:
    assert len(dossier.targets) >= 3
    assert {target.party.kind for target in dossier.targets} == set(PartyKind) - {PartyKind.GROUP}
    assert len(dossier.incidents) == 5
    assert {incident.kind for incident in dossier.incidents} == {
        "torture", "arbitrary_detention", "disappearance", "killing", "misappropriation"
    }  # fmt: skip
    persons = {row.party_id for row in dossier.victims} | {row.party_id for row in dossier.witnesses}
    assert len(persons) >= 12
    assert any(row.party.protected for row in dossier.victims)
    assert any(row.party.victim and row.party.witness for row in dossier.witnesses)
    assert len(dossier.exhibits) >= 30
    assert len(dossier.facts) >= 40
    assert len(dossier.adverse_items) >= 5
    assert any(citation.stance is Stance.CONTRADICTS for _owner, citation in dossier.citations())
    assert len(dossier.recipients) >= 7
    regimes = {row.regime for row in dossier.authorities}
    assert {basis.regime for row in dossier.targets for basis in row.legal_bases} == regimes
    assert len(regimes) == 8
    assert {script_of(name.text) for target in dossier.targets for name in target.party.names} >= {
        "Latn", "Cyrl", "Arab", "Hani"
    }  # fmt: skip
    assert all(any(name.kind is NameKind.NATIVE for name in target.party.names) for target in dossier.targets)
    assert dossier.unknowns


def test_its_exhibits_are_of_many_real_kinds(dossier: Dossier) -> None:
    kinds = {item.media_type for item in dossier.evidence.values()}
    assert {"application/pdf", "image/jpeg", "message/rfc822", "text/html"} <= kinds
    assert any(kind.startswith("audio/") for kind in kinds)
    assert any("spreadsheetml" in kind for kind in kinds)
    scans = [
        item for item in dossier.evidence.values() if item.media_type == "application/pdf" and not item.text_layer
    ]
    assert len(scans) == 1
    assert {"ru", "ar", "zh", "en"} <= {item.language for item in dossier.evidence.values()}
    translated = {item.translation_of_id for item in dossier.evidence.values()}
    pages_without = [
        item.title
        for item in dossier.evidence.values()
        if item.language in ("ru", "ar", "zh") and item.media_type != "image/jpeg" and item.id not in translated
    ]
    assert not pages_without
    assert len({item.source_type for item in dossier.evidence.values()} - {SourceType.UNCLASSIFIED}) >= 10


def test_photographs_carry_their_position(case: CaseFile, dossier: Dossier) -> None:
    image = pytest.importorskip("PIL.Image")
    placed = 0
    for item in dossier.evidence.values():
        if item.media_type == "image/jpeg":
            with case.blobs.open(item.sha256) as stream:
                placed += bool(image.open(io.BytesIO(stream.read())).getexif().get_ifd(0x8825))
    assert placed >= 4


def test_every_quotation_stands_where_it_is_cited_from(
    case: CaseFile, dossier: Dossier, texts: dict[uuid.UUID, dict[int, str]]
) -> None:
    wrong = []
    checked = 0
    for _owner, citation in dossier.citations():
        item = dossier.evidence[citation.evidence_id]
        readable = item.text_layer or citation.pinpoint_kind is PinpointKind.CELL
        if not citation.quote or not readable:
            continue
        if not _stands(case, item, citation, texts[item.id]):
            wrong.append(f"{item.file_name}, {citation.pinpoint}: {citation.quote}")
        checked += 1
    assert not wrong, "\n".join(wrong)
    assert checked > 200


def _stands(case: CaseFile, item: Evidence, citation: Citation, pages: dict[int, str]) -> bool:
    if citation.pinpoint_kind is PinpointKind.CELL:
        return citation.quote == _cell(case, item, citation.pinpoint)
    if citation.pinpoint_kind is PinpointKind.PAGE:
        page = pages.get(int(citation.pinpoint), "")
        return _plain(citation.quote) in _plain(page)
    whole = _plain(" ".join(pages.values()))
    if citation.pinpoint_kind is PinpointKind.PARAGRAPH:
        _before, _, after = whole.partition(_plain(f"Article {citation.pinpoint}."))
        return _plain(citation.quote) in after
    return _plain(citation.quote) in whole


def test_translations_say_what_they_are_quoted_with(dossier: Dossier, texts: dict[uuid.UUID, dict[int, str]]) -> None:
    """A quotation in translation stands, word for word, in the translation that lies behind the original."""
    behind: dict[uuid.UUID, uuid.UUID] = {
        item.translation_of_id: item.id for item in dossier.evidence.values() if item.translation_of_id
    }
    wrong = []
    for _owner, citation in dossier.citations():
        if citation.quote_english and citation.evidence_id in behind:
            whole = _plain(" ".join(texts[behind[citation.evidence_id]].values())).casefold().replace("|", "")
            if _plain(citation.quote_english).casefold().replace(",", "") not in whole.replace(",", ""):
                wrong.append(f"{dossier.evidence[citation.evidence_id].file_name}: {citation.quote_english}")
    assert not wrong, "\n".join(wrong)


def test_pages_are_broken_where_the_story_breaks_them(dossier: Dossier) -> None:
    sources = {exhibit.name: exhibit for exhibit in read_exhibits() if exhibit.maker == "paper"}
    for name, item in zip([exhibit.name for exhibit in read_exhibits()], dossier.evidence.values(), strict=True):
        if name in sources:
            text = (story_folder() / "exhibits" / f"{name}.md").read_text(encoding="utf-8")
            assert item.pages == text.count("\n===\n") + 1, name


def test_every_reference_in_a_text_leads_somewhere(dossier: Dossier, law: Law) -> None:
    known = {"party": dossier.parties, "fact": dossier.fact_numbers, "evidence": dossier.evidence}
    count = 0
    for part in chain.from_iterable(exported(Gists(dossier, law, TODAY))):
        assert "{@party:" not in re.sub(r"\{@party:[0-9a-f-]{36}\}", "", part.text), part.text
        for reference in references(part.text):
            assert reference.key in known[reference.kind], part.text  # type: ignore[operator]
            count += 1
    assert count > 100


def test_keys_are_unique_in_the_whole_case(case: CaseFile) -> None:
    keys = [key for kind in tables().values() for key in case.session.scalars(select(kind.id))]
    assert len(keys) == len(set(keys))


def test_the_answer_on_weak_sources_is_true(law: Law, dossier: Dossier) -> None:
    """The sample says that, without the Panel too, two roots stand behind each element that must be shown."""
    scope = Scope(dossier, law, TODAY)
    panel = next(item.id for item in dossier.evidence.values() if item.document_number == "COS/FFP/2026/2")
    thin = [
        (plea.basis.id, element.code)
        for plea in scope.pleas
        for element in plea.elements
        if element.required
        and (proving := scope.proving_facts(plea, element))
        and len(scope.fact_roots(proving) - {panel}) < 2
    ]
    assert thin
    assert all(scope.notes.get(place) for place in thin)


@pytest.mark.parametrize("years", [0, 1])
def test_no_check_stops_it(tmp_path: Path, law: Law, dossier: Dossier, years: int) -> None:
    today = TODAY.replace(year=TODAY.year + years)
    if not years:
        findings = run_checks(dossier, law, today)
    else:
        with create_sample(tmp_path / "later.magdesk", PASSPHRASE, today=today) as later:
            findings = run_checks(load_whole(later.session), law, today)
    assert [found for found in findings if found.severity is Severity.BLOCK] == []
    # One element rests on one source on purpose, with a comment. What was read at second hand stays to be confirmed;
    # who alone can show it stays on file; nothing is known of what the minister did afterwards; and no text was read
    # from a photograph, so that somebody has to look at it. Which law carries the newest act known into the next
    # fiscal year, and whether the European framework is prolonged, is for a person to find.
    told = {found.code for found in findings if found.severity is Severity.WARN}
    assert told <= {"C06", "C18", "C34", "C38", "Q01", "R03", "R07", "R10"}, findings


def test_old_verifications_do_stop_it(law: Law, dossier: Dossier) -> None:
    stops = {
        found.code
        for found in run_checks(dossier, law, TODAY + timedelta(days=90))
        if found.severity is Severity.BLOCK
    }
    assert "C37" in stops


def test_two_samples_of_one_day_are_equal(case: CaseFile, tmp_path: Path) -> None:
    with create_sample(tmp_path / "again.magdesk", PASSPHRASE, today=TODAY) as again:
        assert _rows(again) == _rows(case)
        assert [blob.sha256 for blob in again.blobs.all()] == [blob.sha256 for blob in case.blobs.all()]


def _rows(case: CaseFile) -> dict[str, list[dict[str, object]]]:
    return {
        name: [row_to_json(row) for row in case.session.scalars(select(kind).order_by(kind.id))]
        for name, kind in tables().items()
    }


def test_exhibits_are_made_the_same_each_time() -> None:
    chosen = [item for item in read_exhibits() if item.maker != "paper"] + read_exhibits()[:3]
    assert [make(item) for item in chosen] == [make(item) for item in chosen]


def _hidden(dossier: Dossier) -> re.Pattern[str]:
    """The names that must not leave, and each of their longer words."""
    names = [name.text for party in dossier.parties.values() if party.protected for name in party.names]
    assert len(names) >= 12
    words = [word for name in names for word in name.split() if len(word) > 4]
    groups = [row.name for row in dossier.organisations if not row.may_be_named]
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in [*names, *words, *groups]), re.IGNORECASE)


def test_names_of_protected_persons_are_in_no_exhibit(
    dossier: Dossier, texts: dict[uuid.UUID, dict[int, str]]
) -> None:
    hidden = _hidden(dossier)
    for item in dossier.evidence.values():
        assert hidden.search(item.file_name) is None
        for text in texts[item.id].values():
            assert hidden.search(unicodedata.normalize("NFKC", text)) is None, item.file_name


@safety("A protected person appears under a pseudonym wherever their name would be printed.")
@pytest.mark.slow
def test_names_of_protected_persons_are_nowhere_in_the_packet(dossier: Dossier, sample_packet: Path) -> None:
    hidden = _hidden(dossier)
    looked = 0
    for file in sorted(sample_packet.rglob("*")):
        for text in _texts_of(file):
            found = hidden.search(unicodedata.normalize("NFKC", text))
            assert found is None, (file.name, found)
            looked += 1
    assert looked > 100
    assert verify_packet(sample_packet) == []


def _texts_of(file: Path) -> Iterator[str]:
    yield file.name
    if file.suffix == ".pdf":
        with pypdfium2.PdfDocument(file) as document:
            yield from (page.get_textpage().get_text_range() for page in document)
            yield from (entry.get_title() for entry in document.get_toc())
            yield from document.get_metadata_dict().values()
    elif file.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(file) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    yield re.sub(r"<[^>]+>", "", package.read(name).decode())
    elif file.suffix in (".json", ".txt", ".html", ".eml") or (not file.suffix and file.is_file()):
        yield file.read_text(encoding="utf-8")


def test_the_words_of_the_exhibits_can_be_searched(case: CaseFile) -> None:
    assert any(hit.part == 3 for hit in case.index.search("collarbone"))
    assert case.index.search("Твережин")


def test_the_file_verifies(case: CaseFile) -> None:
    assert case.verify() == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "theirs.magdesk"
    path.write_bytes(b"theirs")
    with pytest.raises(UserError):
        create_sample(path, PASSPHRASE, today=TODAY)
    assert path.read_bytes() == b"theirs"


def test_a_cancelled_sample_leaves_nothing(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        create_sample(tmp_path / "half.magdesk", PASSPHRASE, today=TODAY, cancel=token)
    assert list(tmp_path.iterdir()) == []
