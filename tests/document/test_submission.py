from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import (
    Cite,
    Contents,
    CrossRef,
    ExhibitRef,
    Figure,
    Mention,
    Note,
    Paragraph,
    Table,
    walk,
)
from magdesk.document.build import BuildOptions, build_submission
from magdesk.document.rewrite import all_inlines
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Case, Waiver
from magdesk.model.people import IdentifierKind
from magdesk.regimes.regime import Law, Provenance
from magdesk.values import now
from tests.document.cases import DAY, Generica, dossier_of, exhibit_map, generica, large_case, session_of
from tests.document.reading import anchors, headings, note_words, notes, paragraph, text_of, words
from tests.effort import calls

FINAL = BuildOptions(DAY, draft=False)
DRAFT = BuildOptions(DAY, draft=True)


@pytest.fixture
def case() -> Generica:
    return generica()


def native(case: Generica) -> frozenset[object]:
    return frozenset({case.evidence["video"].id})


def test_no_reference_is_left_for_a_renderer(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    assert not [inline for inline in all_inlines(document.blocks) if isinstance(inline, Cite | Mention)]
    assert document.cover
    assert document.author == "Rivergate Human Rights Clinic"
    assert document.date == "2026-11-22"
    assert document.banner.startswith("CONFIDENTIAL")
    assert not document.draft


def test_sections_stand_in_the_order_of_the_outline(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    tops = [heading for heading in headings(document) if heading.partition(".")[0].isdigit() and ".\u2002" in heading]
    assert [top.partition("\u2002")[2] for top in tops] == [
        row.heading for row in law.packets["us-packet"].outline if row.content not in ("cover", "contents")
    ]


def test_cover_names_authorities_targets_submitter_and_contact(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    first = document.blocks[
        : next(place for place, block in enumerate(document.blocks) if isinstance(block, Contents))
    ]
    cover = "\n".join(words(block.inlines) for block in walk(first) if isinstance(block, Paragraph))
    for expected in (
        "Executive Order 13818",
        "section 7031(c) of the Department of State Appropriations Act, 2024 (Div. F, P.L. 118-47)",
        "Arslan DORVAN",
        "Fifth Brigade",
        "Rivergate Human Rights Clinic",
        "Ada Quill, Director",
        "ada@clinic.example",
        "+1 202 555 0100",
        "22 November 2026",
        "GC-2026-01",
    ):
        assert expected in cover


def test_glance_answers_the_eight_questions(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier, native=native(case)), FINAL)  # type: ignore[arg-type]
    place = next(n for n, block in enumerate(document.blocks) if getattr(block, "anchor", "") == "executive_summary")
    box = document.blocks[place + 1]
    assert isinstance(box, Table)
    answers = ["\n".join(words(p.inlines) for p in row[1].blocks if isinstance(p, Paragraph)) for row in box.rows]
    assert len(answers) == 8
    who, paragraph_pleaded, acts, harmed, link, sources, objection, why = answers
    assert harmed == "2 victims are described: journalist (1)."
    assert "أرسلان دورفان" in who
    assert "born 5 March 1961" in who
    assert "Commander, Fifth Brigade (since January 2022)" in who
    assert "E.O. 13818 §\u00a01(a)(ii)(A), §\u00a01(a)(ii)(C)(1)" in paragraph_pleaded
    assert "5 March 2024, Port Sel barracks: Beating in the courtyard" in acts
    assert "Lena Marsh (journalist), Witness 3" in acts
    assert "Ordered" in link
    assert "¶" in link
    assert sources.splitlines()[0].count("Ex. ") == 2
    assert "4 in all" in sources
    assert "The ministry denies everything" in objection
    assert "January 2026" in why
    assert "still serves as Commander, Fifth Brigade" in why


def test_a_national_is_one_of_a_state_however_the_nationality_is_written(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    (row,) = (one for one in dossier.targets[0].party.identifiers if one.kind is IdentifierKind.NATIONALITY)
    row.value, row.country = "Turkmen", "Turkmenistan"
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "national of Turkmenistan" in text
    assert "national of Turkmen," not in text


def test_every_factual_paragraph_has_its_number_and_a_note(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    facts = [block for block in walk(document.blocks) if isinstance(block, Paragraph) and block.label]
    assert [block.label for block in facts] == ["1.", "2.", "3.", "4.", "5."]
    assert [block.anchor for block in facts] == [f"fact-{number}" for number in range(1, 6)]
    assert all(isinstance(block.inlines[-1], Note) for block in facts)


def test_numbers_follow_the_order_of_the_facts(case: Generica, law: Law) -> None:
    session = session_of(*case.rows)
    second, third = case.facts[1], case.facts[2]
    second.rank, third.rank = third.rank, second.rank
    session.commit()
    dossier = load_dossier(session)
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    assert "with cables" in words(paragraph(document, "fact-2").inlines)
    assert "Order No. 17" in words(paragraph(document, "fact-3").inlines)
    assert next(note_words(note)[:8] for note in notes(document)) == "See ¶ 3:"


def test_references_inside_the_document_resolve(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    targets = anchors(document)
    refs = [inline for inline in all_inlines(document.blocks) if isinstance(inline, CrossRef)]
    assert refs
    assert not [ref for ref in refs if ref.anchor not in targets or not ref.text]
    named = [block.anchor for block in walk(document.blocks) if getattr(block, "anchor", "")]  # type: ignore[union-attr]
    assert len(named) == len(set(named))


def test_exhibit_references_open_the_page_they_name(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    places = exhibit_map(dossier, native=native(case))  # type: ignore[arg-type]
    document = build_submission(dossier, law, places, FINAL)
    stamps = {stamp: place.first_page + n for place in places.values() for n, stamp in enumerate(place.bates)} | {
        place.cover_bates: place.cover_page for place in places.values()
    }
    refs = [
        inline for inline in all_inlines(document.blocks) if isinstance(inline, ExhibitRef) and "GEN-" in inline.text
    ]
    assert len(refs) > 10
    for ref in refs:
        first = ref.text[ref.text.index("GEN-") :][:10]
        assert stamps[first] == ref.page, ref
    order = places[case.evidence["statement"].id]
    texts = {ref.text for ref in refs}
    first, last = order.bates[1], order.bates[2]
    assert f"Ex. {order.number} at {first}–{last.removeprefix('GEN-')}" in texts
    report = places[case.evidence["report"].id]
    assert f"Ex. {report.number} at {report.bates[14]}, {report.bates[16]}" in texts
    assert f"Ex. {report.number}, beginning {report.bates[0]}" in texts
    video = places[case.evidence["video"].id]
    assert f"Ex. {video.number} (native file, slip sheet {video.cover_bates})" in texts


def test_full_citation_first_then_short(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    about = [note_words(note) for note in notes(document) if "Behind the Wall" in note_words(note)]
    assert sum("https://monitor.example/wall" in note for note in about) == 1
    assert "https://monitor.example/wall" in about[0]
    assert "Rivergate Monitor, Behind the Wall, at 18, Ex. 1 at" in "\n".join(about)


def test_contradicting_sources_follow_but_see(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    note = paragraph(document, "fact-2").inlines[-1]
    assert isinstance(note, Note)
    text = note_words(note)
    before, _, after = text.partition(". But see ")
    assert "Interview with Witness 3" in before
    assert "Minister rejects report" in after
    assert "(denial by the ministry)" in after
    assert "“shall be broken”; in the original: “يُكسر”" in before
    assert text.endswith(".")


def test_element_table_shows_what_proves_what(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    tables = [
        block
        for block in walk(document.blocks)
        if isinstance(block, Table) and "What must be shown" in words(block.caption)
    ]
    rows = [
        ["".join(words(p.inlines) for p in cell.blocks if isinstance(p, Paragraph)) for cell in row]
        for row in tables[0].rows
    ]
    link = next(row for row in rows if row[0].startswith("E3"))
    assert link[1] == "¶¶\u00a02, 4"
    # A number stays with the word before it.
    assert link[2].replace("\u00a0", "_") == "Ex._1 ¶_12; Ex._2 at_1; Ex._4 at_2–3"
    assert link[3] == "3 (3 independent)"
    assert ["He holds one nationality only."] in rows


def test_words_of_a_prong_are_quoted_once(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    prong = law.regimes["us-glomag"].prong("HR-1")
    assert prong is not None
    text = text_of(document)
    assert text.count(prong.wording) == 1
    assert f"{prong.citation} is quoted above." in text


def test_only_the_date_of_the_text_is_printed_as_its_date(case: Generica, law: Law) -> None:
    dossier = case.dossier()

    def printed(dated: bool) -> str:
        regime = law.regimes["us-glomag"]
        source = Provenance("law", "The Gazette, page 7", date(2026, 11, 22), dated=dated)
        prongs = tuple(dataclasses.replace(prong, provenance=source) for prong in regime.prongs)
        own = dataclasses.replace(
            law, regimes={**law.regimes, "us-glomag": dataclasses.replace(regime, prongs=prongs)}
        )
        return "\n".join(map(note_words, notes(build_submission(dossier, own, exhibit_map(dossier), FINAL))))

    assert "Text as of 22 November 2026: The Gazette, page 7." in printed(True)
    assert "Text: The Gazette, page 7." in printed(False)
    assert "22 November 2026" not in printed(False)


def test_what_was_searched_in_vain_is_said(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "Not found (searched: register of companies, 1 October 2026)." in text


def test_family_is_worded_neutrally(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "is the spouse of Mira Dorvan" in text
    assert text.count("Nothing in this submission alleges that they did anything wrong.") == 2


def test_a_law_without_a_paragraph_for_family_asks_nothing_for_it(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    asked = "for whom ineligibility by association is requested"
    assert asked in text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    magnitsky = dataclasses.replace(
        dossier, authorities=tuple(row for row in dossier.authorities if row.regime == "us-glomag")
    )
    assert asked not in text_of(build_submission(magnitsky, law, exhibit_map(magnitsky), FINAL))


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 11, 21), "As far as is known to us, {title} was in force until 21 November 2026."),
        (date(2026, 12, 8), "{title} is in force until 8 December 2026, unless it is extended;"),
        (date(2027, 12, 8), ""),
    ],
)
def test_a_law_that_ends_is_said_to_end(case: Generica, law: Law, until: date, said: str) -> None:
    dossier = case.dossier()
    ending = dataclasses.replace(law.regimes["us-glomag"], in_force_until=until)
    own = dataclasses.replace(law, regimes={**law.regimes, "us-glomag": ending})
    sentence = said.format(title=ending.title)
    text = text_of(build_submission(dossier, own, exhibit_map(dossier), FINAL))
    assert (sentence in text) if said else ("in force until" not in text)
    subject = next(row.id for row in dossier.authorities if row.regime == "us-glomag")
    extended = dataclasses.replace(
        dossier, waivers=(Waiver(code="C38", subject_id=subject, reason="Read in the OJ."),)
    )
    assert "in force until" not in text_of(build_submission(extended, own, exhibit_map(extended), FINAL))


def test_target_shows_its_own_script_at_its_first_mention_only(case: Generica, law: Law) -> None:
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    running = [
        words(block.inlines)
        for block in document.blocks
        if isinstance(block, Paragraph) and "أرسلان دورفان" in words(block.inlines)
    ]
    assert len(running) == 1
    assert running[0].startswith("Arslan Dorvan (أرسلان دورفان) ordered torture.")


@pytest.mark.parametrize("options", [DRAFT, FINAL], ids=["draft", "final"])
def test_an_empty_case_builds(law: Law, options: BuildOptions) -> None:
    document = build_submission(dossier_of(Case(created_at=now())), law, {}, options)
    text = text_of(document)
    assert ("Not yet written." in text) is options.draft
    assert "[" not in text


def test_half_empty_rows_build(law: Law) -> None:
    case = generica()
    for row in case.rows:
        for column in type(row).__mapper__.column_attrs:
            if column.key in ("title", "text", "summary", "place", "start", "request", "description"):
                setattr(row, column.key, None if column.key == "start" else "")
    for party in (case.general, case.witness):
        party.names = []
    dossier = case.dossier()
    assert build_submission(dossier, law, exhibit_map(dossier), DRAFT).blocks
    assert build_submission(dossier, law, {}, FINAL).blocks


def test_same_case_same_tree(case: Generica, law: Law) -> None:
    session = session_of(*case.rows)
    dossiers = [load_dossier(session), load_dossier(session)]
    first, second = (build_submission(dossier, law, exhibit_map(dossier), FINAL) for dossier in dossiers)
    assert first == second


def test_photo_stands_beside_the_identity(case: Generica, law: Law) -> None:
    case.target.photo_id = case.evidence["video"].id
    dossier = case.dossier()
    options = dataclasses.replace(FINAL, pictures=lambda item: b"png" if item.id == case.target.photo_id else None)
    document = build_submission(dossier, law, exhibit_map(dossier), options)
    figures = [block for block in walk(document.blocks) if isinstance(block, Figure)]
    assert [figure.alt for figure in figures] == ["Photograph of Arslan DORVAN"]


def test_yearly_citation_that_nobody_confirmed_says_so(law: Law) -> None:
    case = generica()
    authority = next(row for row in case.rows if getattr(row, "regime", "") == "us-7031c")
    authority.citation = ""  # type: ignore[attr-defined]
    text = text_of(build_submission(case.dossier(), law, {}, DRAFT))
    assert "(citation not yet confirmed)" in text


def test_incident_nobody_took_part_in_is_told_all_the_same(case: Generica, law: Law) -> None:
    case.incidents[1].participations = []
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    assert any("Other incidents" in heading for heading in headings(document))
    assert words(paragraph(document, "fact-5").inlines) == "The practice went on."


@pytest.mark.slow
def test_a_case_twice_as_large_is_twice_the_work(law: Law) -> None:
    def work(facts: int) -> int:
        dossier = large_case(20, facts)
        places, options = exhibit_map(dossier), BuildOptions(date(2026, 11, 22), draft=False)
        # What the rows load when they are first asked is the session's work.
        assert len(notes(build_submission(dossier, law, places, options))) > facts
        return calls(lambda: build_submission(dossier, law, places, options))

    assert work(800) < 2.3 * work(400)


def test_facts_are_numbered_in_the_order_in_which_they_are_told(case: Generica, law: Law) -> None:
    for rank, fact in enumerate(reversed(case.facts)):
        fact.rank = rank
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    facts = [block for block in walk(document.blocks) if isinstance(block, Paragraph) and block.label]
    assert [block.label for block in facts] == ["1.", "2.", "3.", "4.", "5."]
    assert "since 2019" in words(facts[0].inlines)
    assert "same evening" in words(facts[1].inlines)
    assert "went on" in words(facts[4].inlines)


def test_accounts_say_how_each_person_knows(case: Generica, law: Law) -> None:
    assert case.witness.witness is not None
    case.witness.witness.interviewed_on = PartialDate("2025-06-17")
    case.witness.witness.interviewed_by = "the clinic"
    dossier = case.dossier()
    text = text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))
    assert "was detained in the next cell" in text
    assert "the clinic, June 2025" in text
    assert "17 June" not in text
