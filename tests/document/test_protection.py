"""A protected name stands in no document, wherever someone typed it."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlalchemy import String
from sqlalchemy.types import Enum, Uuid

from magdesk.document.blocks import (
    CrossRef,
    Document,
    ExhibitRef,
    Figure,
    Inline,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Text,
)
from magdesk.document.build import (
    BuildOptions,
    CoverSheet,
    build_cover_sheets,
    build_exhibit_list,
    build_letter,
    build_submission,
    build_transmittal,
    exhibit_titles,
    protected_mask,
)
from magdesk.isolates import isolated
from magdesk.model import Citation, Evidence, Name, Party
from magdesk.model.base import Base, PartialDateType
from magdesk.model.evidence import Access
from magdesk.regimes.regime import Law
from tests.document.cases import DAY, Generica, exhibit_map, generica
from tests.document.reading import strings, words

NAMES = ("Zahra Benvolio", "زهرة بنفوليو", "Захра Бенволио")
CODES = frozenset(
    {
        "regime", "prong", "abuse_type", "element", "code", "letter", "kind", "language", "script", "sha256",
        "media_type", "groups", "field", "pseudonym", "pinpoint", "system",
    }
)  # fmt: skip


def documents(case: Generica, law: Law) -> Iterator[Document]:
    dossier = case.dossier()
    places = exhibit_map(dossier, native=frozenset({case.evidence["video"].id}))
    options = BuildOptions(DAY, draft=False, pictures=lambda _item: b"picture")
    yield build_submission(dossier, law, places, options)
    yield build_submission(dossier, law, places, dataclasses.replace(options, draft=True))
    yield build_exhibit_list(dossier, law, places, options)
    yield build_cover_sheets(dossier, law, [CoverSheet(place, "note") for place in places.values()], options)
    yield build_letter(dossier, law, case.recipient, options)
    message = build_transmittal(dossier, law, case.recipient, options)
    yield Document(message.subject, (Paragraph((Text(message.body),)),))
    yield Document("titles", (Paragraph(tuple(map(Text, exhibit_titles(dossier, law).values()))),))


def fill_everything(case: Generica, words_in: str) -> int:
    """The words into every text field that is not a code or a name; how many fields that were."""
    filled = 0
    for row in [*case.rows, *_children(case)]:
        if type(row).__name__ in ("Name", "Unknown"):
            continue
        for column in type(row).__mapper__.column_attrs:
            kind = column.columns[0].type
            if not isinstance(kind, String) or isinstance(kind, Enum | Uuid) or column.key in CODES:
                continue
            if type(row.__table__.c[column.key].type) is PartialDateType:
                continue
            if column.key in ("url", "archive_url", "website"):
                setattr(row, column.key, f"https://x.example/{quote(words_in)}/{words_in.replace(' ', '-').lower()}")
            else:
                setattr(row, column.key, f"{getattr(row, column.key) or ''} about {words_in}, who said so.")
            filled += 1
    return filled


def _children(case: Generica) -> Iterator[Base]:
    for party in (case.general, case.brigade, case.journalist, case.witness):
        yield from (*party.identifiers, *party.positions, *party.relations)
    for fact in case.facts:
        yield from fact.citations
    for incident in case.incidents:
        yield from (*incident.harms, *incident.participations)
    for target in (case.target, case.unit):
        yield from target.legal_bases


def test_no_protected_name_in_any_document(law: Law) -> None:
    case = generica()
    for document in documents(case, law):
        for text in strings(document):
            assert not any(name.casefold() in text.casefold() for name in NAMES), text


@pytest.mark.parametrize("name", NAMES)
def test_no_protected_name_though_it_is_in_every_field(law: Law, name: str) -> None:
    case = generica()
    assert fill_everything(case, name) > 150
    forms = [name, name.replace(" ", "-"), quote(name), " ".join(reversed(name.split()))]
    found = 0
    for document in documents(case, law):
        for text in strings(document):
            assert not any(form.casefold() in text.casefold() for form in forms), text
            found += text.count("Witness 3")
    assert found > 100


def test_internal_provenance_of_a_protected_source_is_not_printed(law: Law) -> None:
    case = generica()
    statement = case.evidence["statement"]
    for field in ("file_name", "obtained_from", "obtained_where", "obtained_how", "capture_method", "verification"):
        setattr(statement, field, f"canary-{field}")
    statement.title = "canary-title"
    case.witness.description = "canary-description"
    for document in documents(case, law):
        assert not [text for text in strings(document) if "canary" in text]


def with_family(case: Generica) -> tuple[Evidence, Evidence]:
    """A message forwarded inside the protected witness's statement, and a list inside that message; both cited."""
    forwarded = Evidence(title="canary-forwarded", part_of_id=case.evidence["statement"].id, rank=20)
    inside = Evidence(title="canary-list", part_of_id=forwarded.id, rank=21)
    for number, item in enumerate((forwarded, inside), 70):
        item.sha256, item.pages, item.media_type, item.access = str(number) * 32, 1, "application/pdf", Access.ON_FILE
        for field in ("obtained_from", "obtained_how", "capture_method", "verification", "author", "publisher"):
            setattr(item, field, f"canary-{field}")
        case.evidence[item.title] = item
        case.rows.append(item)
        case.facts[0].citations.append(Citation(evidence_id=item.id, pinpoint="1"))
    return forwarded, inside


def test_what_came_in_with_a_protected_statement_is_as_confidential(law: Law) -> None:
    case = generica()
    with_family(case)
    said = 0
    for document in documents(case, law):
        texts = list(strings(document))
        assert not [text for text in texts if "canary" in text]
        said += sum(text.count("Document from Witness 3") for text in texts)
    assert said


def test_what_came_in_with_a_statement_is_its_speakers_unless_it_was_published(law: Law) -> None:
    case = generica()
    _forwarded, inside = with_family(case)
    report = case.evidence["report"]
    report.part_of_id, report.access = case.evidence["statement"].id, Access.OPEN_SOURCE
    dossier = case.dossier()
    assert dossier.speaker_of(inside) is case.witness
    assert dossier.speaker_of(report) is None, "what was published speaks for itself"


@pytest.fixture
def mask_case() -> Generica:
    return generica()


def test_mask_finds_a_name_whose_words_were_put_in_as_fields(mask_case: Generica, law: Law) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    first, last = (isolated(word) for word in NAMES[1].split())
    assert first != NAMES[1].split()[0]
    assert mask.text(f"of {first} {last}, who") == "of Witness 3, who"
    assert mask.finds(f"{first} {last}")
    run = mask.inlines((Text(first, italic=True), Text(f" {last}"), Text(f", {isolated('شاهد')}")))
    assert words(run) == "Witness 3, شاهد"
    kept = f"of {isolated('شاهد')} and {isolated(NAMES[1])}"
    assert mask.text(kept) == kept.replace(NAMES[1], "Witness 3"), "what parts no name stays"


@pytest.mark.parametrize(
    "text",
    [
        "Zahra Benvolio",
        "ZAHRA BENVOLIO's account",
        "statement_of_Zahra_Benvolio.pdf",
        "Benvolio, Zahra",
        "zahra\u00a0benvolio",
        "Zahra\nBenvolio",
        "قالت زهرة بنفوليو",
        "и Захры Бенволио нет",
    ],
)
def test_mask_finds_forms_of_a_name(mask_case: Generica, law: Law, text: str) -> None:
    masked = protected_mask(mask_case.dossier(), law).text(text)
    if text.startswith("и"):  # an inflected form: its first word changed, so only its own base is searched
        return
    assert "Witness 3" in masked
    assert "benvolio" not in masked.casefold()


@pytest.mark.parametrize(
    "text", ["aZahra Benvolio", "Zahra Benvolios", "Zahra Benvolio2", "ZahraBenvolio", "Zahra and Benvolio"]
)
def test_mask_asks_for_the_edges_of_words(mask_case: Generica, law: Law, text: str) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    assert mask.text(text) == text
    assert not mask.finds(text)


@pytest.mark.parametrize("written", ["Anna Maria Roe", "Roe, Anna Maria", "Roe Anna Maria", "Anna-Maria Roe"])
def test_mask_finds_a_name_that_was_entered_with_the_surname_first(law: Law, written: str) -> None:
    case = generica()
    case.witness.names.append(Name(text="Roe,Anna Maria", rank=9))
    assert protected_mask(case.dossier(), law).text(f"by {written}.") == "by Witness 3."


INFLECTED = {
    "Захра Бенволио": "Захрам Бенволиого",
    "Ελένη Παπά": "Ελένης Παπάς",
    "Անի Սարգսյան": "Անիի Սարգսյանին",
    "ნინო კაპანაძე": "ნინომ კაპანაძემ",
}


@pytest.mark.parametrize("name", INFLECTED)
def test_mask_finds_a_name_with_the_endings_of_its_language(law: Law, name: str) -> None:
    case = generica()
    case.witness.names.append(Name(text=name, rank=9))
    mask = protected_mask(case.dossier(), law)
    assert mask.text(INFLECTED[name]) == "Witness 3"
    assert mask.text(f"x{INFLECTED[name]}") == f"x{INFLECTED[name]}"


def test_mask_adds_no_endings_to_a_single_word_or_to_latin_letters(law: Law) -> None:
    case = generica()
    case.witness.names += [Name(text="Роза", rank=8), Name(text="Li", rank=9), Name(text="X", rank=10)]
    mask = protected_mask(case.dossier(), law)
    for text in ("Розалия", "Lina", "X"):
        assert mask.text(text) == text
    assert mask.text("Роза, Li") == "Witness 3, Witness 3"


def test_mask_finds_names_of_scripts_that_do_not_part_words(law: Law) -> None:
    case = generica()
    case.witness.names.append(Name(text="王小明", rank=9))
    assert protected_mask(case.dossier(), law).text("证人王小明说") == "证人Witness 3说"


def test_each_name_gives_way_to_its_own_pseudonym_and_the_longer_name_first(law: Law) -> None:
    case = generica()
    case.rows += [
        Party(protected=True, pseudonym="Source A", names=[Name(text="Ana Mar")]),
        Party(protected=True, pseudonym="Source B", names=[Name(text="Ana Mar Lopez")]),
        Party(protected=False, pseudonym="Nobody", names=[Name(text="Open Person")]),
    ]
    mask = protected_mask(case.dossier(), law)
    text = "Ana Mar met Ana Mar Lopez, Zahra Benvolio and Open Person"
    assert mask.text(text) == "Source A met Source B, Witness 3 and Open Person"


def test_a_case_without_protected_names_is_left_as_it_is(law: Law) -> None:
    case = generica()
    case.witness.protected = False
    mask = protected_mask(case.dossier(), law)
    blocks = (Paragraph((Text("Zahra Benvolio"), Link((Text("x"),), ""))),)
    assert mask.empty
    assert mask.apply(blocks) is blocks
    assert not mask.finds("Zahra Benvolio")
    assert mask.text("Zahra Benvolio") == "Zahra Benvolio"
    assert mask.address("https://x.example/Zahra-Benvolio") == "https://x.example/Zahra-Benvolio"


def test_only_the_name_gives_way_wherever_runs_and_lines_are_broken(mask_case: Generica, law: Law) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    out = mask.inlines(
        (Text("one"), LineBreak(), Text("two, Zahra"), LineBreak(), Text("Benvolio, three", bold=True))
    )
    assert out == (Text("one"), LineBreak(), Text("two, Witness 3"), Text(", three", bold=True))
    out = mask.inlines((Text("Zahra Benvolio"), Text(" and "), Text("Zahra Benvolio")))
    assert words(out) == "Witness 3 and Witness 3"


def encoded(form: str, text: str) -> str:
    return unicodedata.normalize("NFC" if form == "NFC" else "NFD", text)


ACCENTED = ("José Quiñones", "Việt Nguyễn", "Алёна Йовович", "آمنة فؤاد", "한나 김")


@pytest.mark.parametrize("name", ACCENTED)
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD", "mixed", "half", "address", "address NFD"])
def test_mask_finds_a_name_however_its_marks_are_encoded(law: Law, name: str, typed: str, written: str) -> None:
    case = generica()
    case.witness.names.append(Name(text=encoded(typed, name), rank=9))
    apart = encoded("NFD", name)
    text = {
        "NFC": encoded("NFC", name),
        "NFD": apart,
        "mixed": " ".join(encoded(form, word) for form, word in zip(("NFC", "NFD"), name.split(), strict=True)),
        # As Windows-1258 writes Vietnamese: the vowel composed with its roof, the tone behind it.
        "half": apart.replace("e\u0323\u0302", "ê\u0323").replace("e\u0302\u0303", "ê\u0303"),
        "address": quote(encoded("NFC", name)),
        "address NFD": quote(apart),
    }[written]
    mask = protected_mask(case.dossier(), law)
    assert mask.finds(f"letter of {text}, undated")
    assert mask.text(f"letter of {text}, undated") == "letter of Witness 3, undated"


def test_mask_does_not_take_another_letter_for_one_with_marks(law: Law) -> None:
    case = generica()
    case.witness.names.append(Name(text="José Quiñones", rank=9))
    mask = protected_mask(case.dossier(), law)
    assert not mask.finds("Jose\u0300 Quiñones and José Quinones")


@pytest.mark.parametrize("text", ["Zahran Benvoliosky", "Zahra", "Benvolio Street", "Arslan DORVAN"])
def test_mask_leaves_other_words(mask_case: Generica, law: Law, text: str) -> None:
    assert protected_mask(mask_case.dossier(), law).text(text) == text


def test_mask_finds_a_name_that_runs_over_styles_and_lines(mask_case: Generica, law: Law) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    inlines: tuple[Inline, ...] = (Text("by Zah"), Text("ra", italic=True), LineBreak(), Text("Benvolio."))
    out = mask.inlines(inlines)
    assert words(out) == "by Witness 3."


@pytest.mark.parametrize("url", ["https://x.example/Zahra%2C%20Benvolio", "https://x.example/%5Aahra-Benvolio"])
def test_mask_finds_a_name_in_an_address_however_it_is_encoded(mask_case: Generica, law: Law, url: str) -> None:
    assert protected_mask(mask_case.dossier(), law).address(url) == "https://x.example/Witness 3"


def test_mask_masks_notes_and_leaves_what_it_does_not_know(mask_case: Generica, law: Law) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    note = Note((Text("as Zahra Benvolio said"),))
    (block,) = mask.apply((Paragraph((note, CrossRef("Zahra Benvolio", "a"))),))
    assert block == Paragraph((Note((Text("as Witness 3 said"),)), CrossRef("Witness 3", "a")))


def test_mask_unlinks_an_address_that_names_someone(mask_case: Generica, law: Law) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    link = Link((Text("her page"),), "https://x.example/zahra-benvolio")
    kept = Link((Text("a page"),), "https://x.example/a")
    figure = Figure(b"", 1.0, "Zahra Benvolio in court")
    blocks = mask.apply((Paragraph((link, kept, ExhibitRef("Zahra Benvolio", 3))), figure))
    assert blocks == (
        Paragraph((Text("her page"), kept, ExhibitRef("Witness 3", 3))),
        Figure(b"", 1.0, "Witness 3 in court"),
    )


def test_protected_party_without_pseudonym_is_still_not_named(law: Law) -> None:
    case = generica()
    case.witness.pseudonym = ""
    for document in documents(case, law):
        assert not [text for text in strings(document) if "Benvolio" in text]


def test_no_empty_place_is_left_where_the_name_of_someone_without_pseudonym_stood(law: Law) -> None:
    case = generica()
    case.witness.pseudonym = ""
    mask = protected_mask(case.dossier(), law)
    assert mask.text("So says Zahra Benvolio.") == "So says a protected person."
