"""A protected name stands in no document, wherever someone typed it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlalchemy import String
from sqlalchemy.types import Enum, Uuid

from magdesk.document.blocks import Document, ExhibitRef, Figure, Inline, LineBreak, Link, Paragraph, Text
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
from magdesk.model.base import Base, PartialDateType
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


@pytest.fixture
def mask_case() -> Generica:
    return generica()


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


@pytest.mark.parametrize("text", ["Zahran Benvoliosky", "Zahra", "Benvolio Street", "Arslan DORVAN"])
def test_mask_leaves_other_words(mask_case: Generica, law: Law, text: str) -> None:
    assert protected_mask(mask_case.dossier(), law).text(text) == text


def test_mask_finds_a_name_that_runs_over_styles_and_lines(mask_case: Generica, law: Law) -> None:
    mask = protected_mask(mask_case.dossier(), law)
    inlines: tuple[Inline, ...] = (Text("by Zah"), Text("ra", italic=True), LineBreak(), Text("Benvolio."))
    out = mask.inlines(inlines)
    assert words(out) == "by Witness 3."


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
