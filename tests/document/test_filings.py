"""One case, five submissions: each speaks of its own targets, its own law and its own country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pytest

from magdesk.document.blocks import Document, Heading, Quote, Table, walk
from magdesk.document.build import (
    SHORTER,
    BuildOptions,
    annexes,
    build_annex,
    build_letter,
    build_submission,
    build_transmittal,
)
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.model import Authority, ElementNote, Harm, LegalBasis, Proof, Recipient
from magdesk.model.evidence import Access
from magdesk.model.people import Party, Victim, VictimGroup
from magdesk.regimes.filing import Filing, filing_of
from magdesk.regimes.regime import Law
from tests.document.cases import Generica, dossier_of, exhibit_map, generica
from tests.document.reading import headings, note_words, notes, strings, text_of, words

DRAFT = BuildOptions(date(2026, 11, 22), draft=True)
FINAL = BuildOptions(date(2026, 11, 22), draft=False)
PLEAS = {"uk-ghr": "GHR-A", "ca-sema": "SE-C", "ca-jvcfoa": "JV-A", "eu-ghrsr": "EU-C", "au-6a": "AU-HR"}
AMERICAN = re.compile(r"United States|U\.S\.|Treasury|Congress|\bE\.O\.|\bUSC\b|FOIA|Freedom of Information|¶")


@dataclass
class Pleaded(Generica):
    """The small case, read once."""

    @cached_property
    def whole(self) -> Dossier:
        return self.dossier()


@pytest.fixture
def case() -> Pleaded:
    """The small case with a ground under each regime against the general; the unit is pleaded in one country only."""
    g = Pleaded(**vars(generica()))
    for rank, (code, prong) in enumerate(PLEAS.items(), 10):
        basis = LegalBasis(regime=code, prong=prong, abuse_type="torture", rank=rank)
        g.target.legal_bases.append(basis)
        g.rows += [Authority(regime=code, rank=rank), basis]
        g.facts[1].proofs.append(Proof(legal_basis_id=basis.id, element="E3"))
        g.facts[2].proofs.append(Proof(legal_basis_id=basis.id, element="E2"))
        g.rows.append(ElementNote(legal_basis_id=basis.id, element="E2", text=f"Two hours long ({code})."))
    g.target.role = "He commands the brigade."
    return g


def told(case: Pleaded, law: Law, *codes: str) -> tuple[Dossier, Filing]:
    filing = filing_of(codes, law)
    assert filing is not None
    return submission_view(case.whole, filing.codes, filing.leave_out, filing.kinds), filing


def built(case: Pleaded, law: Law, *codes: str, options: BuildOptions = FINAL) -> Document:
    dossier, _filing = told(case, law, *codes)
    return build_submission(dossier, law, exhibit_map(dossier), options)


@pytest.mark.parametrize("code", PLEAS)
def test_a_submission_follows_the_outline_of_its_packet(case: Pleaded, law: Law, code: str) -> None:
    document = built(case, law, code, options=DRAFT)
    packet = law.packets[law.regimes[code].packet]
    shown = [row for row in packet.outline if not row.regimes or code in row.regimes]
    wanted = [row.heading for row in shown if row.content not in ("cover", "contents")]
    assert [
        re.sub(r"^\d+\.\u2002", "", text) for text in headings(document) if re.match(r"\d+\.\u2002", text)
    ] == wanted
    assert document.paper == packet.paper
    assert document.banner == packet.banner


@pytest.mark.parametrize("code", PLEAS)
def test_no_words_of_another_country(case: Pleaded, law: Law, code: str) -> None:
    dossier, filing = told(case, law, code)
    exhibits = exhibit_map(dossier)
    papers = [build_submission(dossier, law, exhibits, DRAFT)]
    papers += [build_annex(dossier, law, exhibits, DRAFT, annex) for annex in annexes(dossier, law)]
    for letter in filing.packet.letters:
        recipient = Recipient(letter=letter.code, addressee="The Minister")
        papers.append(build_letter(dossier, law, recipient, DRAFT))
        mail = build_transmittal(dossier, law, recipient, DRAFT)
        assert not AMERICAN.search(mail.subject + mail.body)
    for paper in papers:
        assert not AMERICAN.findall("\n".join(strings(paper)))


def test_a_target_of_another_submission_is_none_here(case: Pleaded, law: Law) -> None:
    text = text_of(built(case, law, "uk-ghr"))
    assert "Fifth Brigade (Direct perpetrator)" not in text
    assert "The brigade runs the barracks." not in text
    assert "Fifth Brigade (Direct perpetrator)" in text_of(built(case, law, "us-glomag"))


def test_words_that_were_not_read_are_never_printed_as_law(case: Pleaded, law: Law) -> None:
    prong = law.regimes["au-6a"].prong("AU-HR")
    assert prong is not None
    assert prong.provenance.verify
    final, draft = text_of(built(case, law, "au-6a")), text_of(built(case, law, "au-6a", options=DRAFT))
    assert prong.restated not in final + draft
    assert prong.citation in final
    assert "Verify the wording" in draft
    assert "Verify the wording" not in final


def test_words_that_were_read_are_quoted_with_their_source(case: Pleaded, law: Law) -> None:
    document = built(case, law, "ca-jvcfoa")
    prong = law.regimes["ca-jvcfoa"].prong("JV-A")
    assert prong is not None
    assert text_of(document).count(prong.wording) == 1
    assert any(prong.provenance.source in note_words(note) for note in notes(document))


def test_the_measures_asked_are_those_that_were_chosen(case: Pleaded, law: Law) -> None:
    regime = law.regimes["au-6a"]
    first, second = regime.measures[0], regime.measures[1]
    assert f"{first.request} and {second.request}" in text_of(built(case, law, "au-6a"))
    chosen = next(row for row in case.rows if isinstance(row, Authority) and row.regime == "au-6a")
    chosen.measures = second.code
    text = text_of(built(case, law, "au-6a"))
    assert second.request in text
    assert first.request not in text
    assert f"lapses after {regime.listing_years} years" in text


def test_the_submission_is_cited_in_its_own_style(case: Pleaded, law: Law) -> None:
    british = "\n".join(note_words(note) for note in notes(built(case, law, "uk-ghr")))
    american = "\n".join(note_words(note) for note in notes(built(case, law, "us-glomag")))
    assert "<https://monitor.example/wall>" in british
    assert " p 14" in british
    assert "<https://" not in american
    assert " at 14" in american


def test_elements_of_one_side_stand_under_their_heading(case: Pleaded, law: Law) -> None:
    document = built(case, law, "uk-ghr")
    text = text_of(document)
    assert "Why it is serious" in headings(document)
    assert "Two hours long (uk-ghr)." in text
    assert "Two hours long (au-6a)." not in text
    assert "Knowledge and intention" not in headings(document)  # nothing of the kind is pleaded


def test_reasons_are_individual_and_tell_what_may_be_published(case: Pleaded, law: Law) -> None:
    case.evidence["report"].access = Access.OPEN_SOURCE
    basis = next(row for row in case.target.legal_bases if row.regime == "eu-ghrsr")
    case.facts[2].proofs.append(Proof(legal_basis_id=basis.id, element="E1"))
    case.facts[3].proofs.append(Proof(legal_basis_id=basis.id, element="E3"))
    document = built(case, law, "eu-ghrsr")
    quote = next(block for block in document.blocks if isinstance(block, Quote))
    text = text_of(Document("", (quote,)))
    assert text.startswith("Commander, Fifth Brigade (since January 2022). ")
    assert "He was informed the same evening (para 4)." in text
    assert "beat Lena Marsh with cables (para 3)." in text
    assert "Order No. 17" not in text  # it names a protected person
    assert "Arslan Dorvan should be listed as responsible for serious human rights violations" in text
    assert not notes(Document("", (quote,)))


def test_open_and_closed_sources_are_told_apart(case: Pleaded, law: Law) -> None:
    case.evidence["report"].access = Access.OPEN_SOURCE
    dossier, _filing = told(case, law, "eu-ghrsr")
    exhibits = exhibit_map(dossier)
    papers = {annex.code: build_annex(dossier, law, exhibits, FINAL, annex) for annex in annexes(dossier, law)}
    opened, closed = text_of(papers["open_sources"]), text_of(papers["closed_sources"])
    assert "Behind the Wall" in opened
    assert "Interview with" not in opened
    assert "Interview with" in closed
    assert "Zahra" not in closed
    assert "Every numbered fact rests on at least one of these sources, except para 2." in opened


def test_the_fact_list_gives_each_fact_its_pages(case: Pleaded, law: Law) -> None:
    dossier, _filing = told(case, law, "uk-ghr")
    annex = next(row for row in annexes(dossier, law) if row.code == "fact_list")
    document = build_annex(dossier, law, exhibit_map(dossier), FINAL, annex)
    table = next(block for block in walk(document.blocks) if isinstance(block, Table))
    rows = [[text_of(Document("", cell.blocks)) for cell in row] for row in table.rows]
    assert [row[0] for row in rows if row[0].rstrip(".").isdigit()] == [
        f"{n}." for n in range(1, len(dossier.facts) + 1)
    ]
    second = next(row for row in rows if row[0] == "2.")
    assert "signed Order No. 17" in second[1]
    assert re.search(r"Order No\. 17, Ex\. \d at GEN-\d{6}", second[2])
    assert "But see" in second[2]
    assert not notes(document)


def test_one_page_becomes_shorter_step_by_step(case: Pleaded, law: Law) -> None:
    dossier, _filing = told(case, law, "us-glomag", "us-7031c")
    annex = next(row for row in annexes(dossier, law) if row.content == "glance")
    lengths = [
        len(text_of(build_annex(dossier, law, exhibit_map(dossier), FINAL, annex, step))) for step in range(SHORTER)
    ]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < lengths[0] * 0.8
    document = build_annex(dossier, law, exhibit_map(dossier), FINAL, annex)
    assert next(block for block in walk(document.blocks) if isinstance(block, Heading)).level == 1
    assert document.running_head == ""


@pytest.mark.parametrize(
    ("protected", "expected"), [(False, "women (1) and children (1)"), (True, "women and children")]
)
def test_groups_of_protected_victims_are_named_without_numbers(law: Law, protected: bool, expected: str) -> None:
    g = generica()
    groups = f"{VictimGroup.WOMEN}, {VictimGroup.CHILDREN}"
    if protected:
        assert g.witness.victim is not None
        assert g.witness.protected
        g.witness.victim.groups = groups
    else:
        girl: Any = Party(names=[], pseudonym="Pupil", victim=Victim(groups=groups))
        g.rows.append(girl)
        g.incidents[0].harms.append(Harm(party_id=girl.id, rank=2))
    dossier = dossier_of(*g.rows)
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    tables = [block for block in walk(document.blocks) if isinstance(block, Table)]
    cells = {
        words(getattr(row[0].blocks[0], "inlines", ())): text_of(Document("", row[1].blocks))
        for table in tables
        for row in table.rows
        if len(row) == 2
    }
    assert cells["Groups among the victims"] == expected
    assert cells["Who was harmed?"].endswith(f"among them {expected}.")


def test_offices_that_have_no_say_are_not_written_to(case: Pleaded, law: Law) -> None:
    order, ban = filing_of(("us-glomag", "us-7031c"), law), filing_of(("us-7031c",), law)
    assert order is not None
    assert ban is not None
    assert [letter.code for letter in order.packet.letters if not letter.optional] == ["state", "treasury"]
    assert [letter.code for letter in ban.packet.letters] == ["state"]
    assert "treasury" in ban.leave_out
    assert "Treasury" not in ban.packet.title + "".join(ban.packet.letters[0].paragraphs)
    assert "Treasury" in order.packet.title


def test_an_address_says_each_thing_once(case: Pleaded, law: Law) -> None:
    dossier, _filing = told(case, law, "us-glomag")
    recipient = Recipient(
        letter="treasury",
        addressee="The Honorable Secretary of the Treasury",
        office="U.S. Department of the Treasury, Office of Foreign Assets Control",
        address="The Honorable Secretary of the Treasury\nU.S. Department of the Treasury\nWashington, D.C. 20220",
    )
    lines = text_of(build_letter(dossier, law, recipient, FINAL))
    assert lines.count("U.S. Department of the Treasury") == 1
    assert "Office of Foreign Assets Control" in lines


def test_an_act_shown_by_the_same_facts_is_shown_once_for_a_target(case: Pleaded, law: Law) -> None:
    codes = ("us-glomag", "us-7031c")
    first = next(row for row in case.target.legal_bases if row.regime == codes[0])
    prong = next(row.code for row in law.regimes[codes[1]].prongs if row.family == "abuse")
    again = LegalBasis(regime=codes[1], prong=prong, abuse_type=first.abuse_type, rank=1)
    case.target.legal_bases.append(again)
    case.rows.append(again)
    element = law.regimes[codes[0]].elements(first.prong, first.abuse_type)[-1]
    case.facts[1].proofs.append(Proof(legal_basis_id=first.id, element=element.code))
    for fact in case.facts:
        shown = [proof.element for proof in fact.proofs if proof.legal_basis_id == first.id]
        fact.proofs += [Proof(legal_basis_id=again.id, element=code) for code in dict.fromkeys(shown)]
    text = text_of(built(case, law, *codes))
    assert text.count("shown above by the same facts") == 1
    assert text.count(element.title) == 1
