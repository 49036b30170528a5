from __future__ import annotations

import dataclasses

import pytest

from magdesk.document.blocks import ExhibitRef, PageBreak, Paragraph, Table, walk
from magdesk.document.build import BuildOptions, CoverSheet, build_cover_sheets, build_exhibit_list, exhibit_titles
from magdesk.document.citing import page_spans
from magdesk.document.rewrite import all_inlines
from magdesk.document.titles import clip
from magdesk.model import Case
from magdesk.model.facts import what_is_quoted
from magdesk.regimes.regime import Law
from magdesk.values import now
from tests.document.cases import DAY, dossier_of, exhibit_map, generica
from tests.document.reading import text_of, words

FINAL = BuildOptions(DAY, draft=False)


def test_list_has_a_linked_line_for_each_exhibit(law: Law) -> None:
    case = generica()
    dossier = case.dossier()
    places = exhibit_map(dossier, native=frozenset({case.evidence["video"].id}))
    document = build_exhibit_list(dossier, law, places, FINAL)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert len(table.rows) == 1 + len(dossier.exhibits)
    refs = [
        inline for inline in all_inlines(document.blocks) if isinstance(inline, ExhibitRef) and "GEN" in inline.text
    ]
    assert [ref.page for ref in refs] == [place.cover_page for place in places.values()]
    text = text_of(document)
    assert "أمر رقم ١٧\nOrder No. 17" in text
    assert "In Arabic; English translation: Ex. 3" in text
    assert "Translation of Ex. 2, translated by T. Lang" in text
    assert "Interview with Witness 3" in text
    assert "ex-006.mp4" in text
    assert "ab" * 16 in text


def test_the_list_says_who_compared_a_quotation_by_eye(law: Law) -> None:
    case = generica()
    dossier = case.dossier()
    _owner, cited = next((owner, row) for owner, row in dossier.citations() if row.pinpoint)
    item = dossier.evidence[cited.evidence_id]
    cited.seen_by, cited.seen_on, cited.seen_words = "L. Lawyer", DAY, what_is_quoted(cited, item)
    places = exhibit_map(dossier, native=frozenset({case.evidence["video"].id}))

    def told() -> list[str]:
        lines = text_of(build_exhibit_list(dossier, law, places, FINAL)).splitlines()
        return [line for line in lines if "compared with the source" in line]

    (line,) = told()
    assert "by L. Lawyer, 22 November 2026" in line
    assert cited.pinpoint in line
    cited.quote += " and more"
    assert told() == [], "words that nobody compared are not said to have been"


def test_cover_sheets_are_one_page_each(law: Law) -> None:
    case = generica()
    dossier = case.dossier()
    places = exhibit_map(dossier, native=frozenset({case.evidence["video"].id}))
    document = build_cover_sheets(dossier, law, [CoverSheet(place) for place in places.values()], FINAL)
    assert sum(isinstance(block, PageBreak) for block in document.blocks) == len(places) - 1
    text = text_of(document)
    for number in range(1, len(places) + 1):
        assert f"Exhibit {number}\n" in text
    assert "A recording has no pages." in text
    assert "0:03:20" in text
    assert "5,000,000 bytes" in text
    assert not document.page_numbers


def test_cover_sheet_of_an_endless_title_is_cut(law: Law) -> None:
    case = generica()
    report = case.evidence["report"]
    report.title = "endless " * 2000
    report.author = report.publisher = report.document_number = "x" * 5000
    dossier = case.dossier()
    places = exhibit_map(dossier)
    document = build_cover_sheets(
        dossier, law, [CoverSheet(dataclasses.replace(places[report.id], reason="r" * 5000), "n" * 5000)], FINAL
    )
    printed = [words(block.inlines) for block in walk(document.blocks) if isinstance(block, Paragraph)]
    assert max(map(len, printed)) <= 500
    assert all(len(title) <= 200 for title in exhibit_titles(dossier, law).values())


def test_an_empty_case_has_an_empty_list(law: Law) -> None:
    dossier = dossier_of(Case(created_at=now()))
    assert build_exhibit_list(dossier, law, {}, FINAL).blocks
    assert not build_cover_sheets(dossier, law, [], FINAL).blocks


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("4", [(4, 4)]),
        ("4-5", [(4, 5)]),
        ("pp. 4–5, 9", [(4, 5), (9, 9)]),
        ("40", []),
        ("", []),
        ("9-4", []),
        ("0", []),
    ],
)
def test_page_spans(text: str, spans: list[tuple[int, int]]) -> None:
    assert page_spans(text, 10) == spans


def test_clip_cuts_behind_a_word() -> None:
    assert clip("one two three", 20) == "one two three"
    assert clip("one two three", 9) == "one two…"
    assert clip("abcdefghijklmnop", 6) == "abcde…"
