"""The linkage, tenure and chronology annexes: what they show, and whom they never show."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Block, Document, Drawing, DrawnText, ExhibitRef, Paragraph, Table
from magdesk.document.chart import ChartMaker, packet_graph
from magdesk.document.chronology import chronology_section
from magdesk.document.citing import Citing
from magdesk.document.context import Brief, BuildOptions
from magdesk.document.graph import build_graph
from magdesk.document.lettering import text_width, wrapped
from magdesk.document.linkage import linkage_section, tenure_section
from magdesk.document.mask import Mask
from magdesk.model import Case, Incident, Name, Participation, Party, Position, Relation, Target
from magdesk.model.drafting import Proceeding, ProceedingStatus
from magdesk.model.incidents import Mode
from magdesk.model.people import EndState, PartyKind, RelationKind
from magdesk.regimes.regime import Law
from magdesk.render.pdf.drawings import SMALLEST, fit_drawing
from magdesk.render.pdf.styles import BODY_HEIGHT, TEXT_WIDTH
from magdesk.values import now
from tests.document.cases import DAY, Generica, dossier_of, exhibit_map, generica
from tests.document.reading import strings, words
from tests.effort import calls

NAMES = ("Zahra Benvolio", "زهرة بنفوليو", "Захра Бенволио")


def brief_of(case: Generica, law: Law) -> Brief:
    dossier = case.dossier()
    return Brief(dossier, law, exhibit_map(dossier), BuildOptions(DAY, draft=False))


def document(brief: Brief, blocks: tuple[Block, ...]) -> Document:
    """The blocks after the passes that every document goes through."""
    named = brief.naming.place_names(Citing(brief).apply(blocks))
    mask = Mask(brief.dossier, brief.label("protected_person"), brief.label("hidden_organisation"))
    return Document("t", mask.apply(named))


def lettering(drawing: Drawing) -> list[str]:
    return [words(shape.inlines) for shape in drawing.shapes if isinstance(shape, DrawnText)]


def drawings(blocks: tuple[Block, ...]) -> list[Drawing]:
    return [block for block in blocks if isinstance(block, Drawing)]


def table(blocks: tuple[Block, ...]) -> list[list[str]]:
    found = next(block for block in blocks if isinstance(block, Table))
    return [
        [" ".join(words(part.inlines) for part in cell.blocks if isinstance(part, Paragraph)) for cell in row]
        for row in found.rows
    ]


def test_the_chart_names_parties_ties_dates_and_exhibits(law: Law) -> None:
    brief = brief_of(generica(), law)
    doc = document(brief, linkage_section(brief))
    (drawing,) = drawings(doc.blocks)
    shown = lettering(drawing)
    assert "Arslan DORVAN" in shown
    assert "أرسلان دورفان" in shown
    assert "Fifth Brigade" in shown
    assert ("Commander", "since 2022") in pairwise(shown)
    assert "commands, since 2022" in shown
    assert "no source yet" in shown
    gazette = brief.dossier.exhibit_numbers[next(e.id for e in brief.dossier.exhibits if "Gazette" in e.title)]
    assert f"Ex. {gazette}" in shown
    links = [
        one for s in drawing.shapes if isinstance(s, DrawnText) for one in s.inlines if isinstance(one, ExhibitRef)
    ]
    assert all(link.page > 0 for link in links)
    assert links


def test_every_tie_stands_in_the_table_with_its_page(law: Law) -> None:
    brief = brief_of(generica(), law)
    rows = table(document(brief, linkage_section(brief)).blocks)
    assert len(rows) == 1 + 3
    post = next(row for row in rows if row[1] == "Commander")
    assert post[2] == "Fifth Brigade"
    assert post[3] == "since January 2022"
    assert "GEN-" in post[4]
    assert next(row for row in rows if row[1] == "commands")[4] == "no source yet"


def test_victims_witnesses_and_the_protected_are_in_no_figure(law: Law) -> None:
    case = generica()
    hidden = Party(protected=True, pseudonym="Officer X", names=[Name(text="Bruno Kestrel")])
    case.rows.append(hidden)
    case.general.relations += [
        Relation(other_id=case.witness.id, kind=RelationKind.COMMANDS, rank=7),
        Relation(other_id=hidden.id, kind=RelationKind.COMMANDS, rank=8),
    ]
    case.general.positions.append(
        Position(title="Adviser to Zahra Benvolio", body="Bruno Kestrel Foundation", rank=9)
    )
    brief = brief_of(case, law)
    for section in (linkage_section, tenure_section, chronology_section):
        doc = document(brief, section(brief))
        text = "\n".join(strings(doc))
        for name in (*NAMES, "Kestrel"):
            assert name not in text
        for drawing in drawings(doc.blocks):
            assert not any(name in f"{drawing.alt} {lettering(drawing)}" for name in (*NAMES, "Kestrel"))
    assert "Adviser to Witness 3" in "\n".join(strings(document(brief, linkage_section(brief))))


def test_a_protected_target_is_drawn_under_its_pseudonym(law: Law) -> None:
    case = generica()
    case.general.protected, case.general.pseudonym = True, "Target A"
    brief = brief_of(case, law)
    (drawing,) = drawings(document(brief, linkage_section(brief)).blocks)
    shown = lettering(drawing)
    assert "Target A" in shown
    assert not any("DORVAN" in text or "دورفان" in text for text in shown)


def crowd(count: int) -> list[Party]:
    hub = Party(names=[Name(text="Hub Person With A Long Name")])
    others = [
        Party(kind=PartyKind.ENTITY, names=[Name(text=f"Company Number {number} of the Great Holding")])
        for number in range(count)
    ]
    hub.relations = [
        Relation(other_id=other.id, kind=RelationKind.OWNS, percent=60.0, rank=rank, start=PartialDate("2019"))
        for rank, other in enumerate(others)
    ]
    return [hub, *others]


@pytest.mark.parametrize("count", [3, 14, 60])
def test_a_chart_is_split_rather_than_set_too_small(law: Law, count: int) -> None:
    parties = crowd(count)
    dossier = dossier_of(Case(title="t", created_at=now()), *parties, Target(party_id=parties[0].id))
    brief = Brief(dossier, law, {}, BuildOptions(DAY, draft=False))
    graph = packet_graph(build_graph(dossier), dossier.told)
    drawn = ChartMaker(brief).drawings(graph)
    told = [line for drawing in drawn for line in drawing.told]
    assert len(told) == count, "no tie is lost and none is drawn twice"
    for drawing in drawn:
        scale, _turned = fit_drawing(drawing, TEXT_WIDTH, BODY_HEIGHT * 0.88)
        assert scale * drawing.smallest >= SMALLEST - 0.05


def test_drawings_are_the_same_every_time(law: Law) -> None:
    case = generica()
    brief = brief_of(case, law)
    assert linkage_section(brief) == linkage_section(brief)
    assert tenure_section(brief) == tenure_section(brief)


def test_an_act_outside_tenure_is_named_and_hatched(law: Law) -> None:
    case = generica()
    case.general.positions[0].end = PartialDate("2023-06-30")
    case.general.positions[0].end_state = EndState.ENDED
    case.general.relations = []
    brief = brief_of(case, law)
    (drawing,) = drawings(tenure_section(brief))
    shown = " ".join(lettering(drawing))
    assert "outside documented tenure" in shown
    assert sum(getattr(shape, "hatched", False) for shape in drawing.shapes) == 2
    inside = generica()
    brief = brief_of(inside, law)
    (drawing,) = drawings(tenure_section(brief))
    assert "outside documented tenure" not in " ".join(lettering(drawing))
    assert not any(getattr(shape, "hatched", False) for shape in drawing.shapes)


def test_an_office_that_is_charged_but_not_documented_is_missed(law: Law) -> None:
    case = generica()
    case.general.positions = []
    case.general.relations = []
    (drawing,) = drawings(tenure_section(brief_of(case, law)))
    assert "no post documented" in lettering(drawing)
    case = generica()
    case.general.positions = []
    case.general.relations = []
    case.incidents[1].participations[0].mode = Mode.DIRECT
    assert not drawings(tenure_section(brief_of(case, law))), "who needs no office is not asked for one"


def test_the_ownership_table_applies_the_rule(law: Law) -> None:
    case = generica()
    firm = Party(kind=PartyKind.ENTITY, names=[Name(text="Firm One")])
    below = Party(kind=PartyKind.ENTITY, names=[Name(text="Firm Two")])
    firm.relations = [Relation(other_id=below.id, kind=RelationKind.OWNS, percent=70.0)]
    case.general.relations.append(Relation(other_id=firm.id, kind=RelationKind.OWNS, percent=50.0, rank=5))
    case.rows += [firm, below]
    brief = brief_of(case, law)
    blocks = document(brief, linkage_section(brief)).blocks
    text = "\n".join(strings(Document("t", blocks)))
    assert "31 C.F.R. § 583.406" in text
    assert "Half or more, indirectly" in text
    assert "itself owned half or more" in text


def test_the_chronology_lists_events_in_order_with_sources(law: Law) -> None:
    case = generica()
    late = Incident(title="Undated act", kind="torture", rank=9)
    late.participations = [Participation(target_id=case.target.id)]
    case.rows.append(late)
    brief = brief_of(case, law)
    rows = table(document(brief, chronology_section(brief)).blocks)
    days = [row[0] for row in rows[1:]]
    assert days[0] == "January 2022"
    assert days[-1] == "date not known"
    assert "Undated act" in rows[-1][1]
    beating = next(row for row in rows if "Beating in the courtyard" in row[1])
    assert beating[0] == "5 March 2024"
    assert "Witness 3" in beating[1]
    assert "¶" in beating[2]
    assert any("Document: Behind the Wall" in row[1] and row[2].startswith("Ex.") for row in rows)


def test_the_chronology_leaves_out_what_other_tables_tell(law: Law) -> None:
    case = generica()
    day = PartialDate("2022-01-31")
    first = Position(party_id=case.target.party_id, title="Deputy", start=PartialDate("2020"), end=day, rank=8)
    case.rows += [
        first,
        Position(party_id=case.target.party_id, title="Head", government=True, start=day, rank=9),
        Relation(party_id=case.target.party_id, other_id=case.witness.id, kind=RelationKind.COMMANDS, start=day),
        Proceeding(forum="High Court", status=ProceedingStatus.NONE_KNOWN, target_id=case.target.id),
    ]
    brief = brief_of(case, law)
    told = "\n".join(row[1] for row in table(document(brief, chronology_section(brief)).blocks))
    assert "takes up office: Head" in told
    assert "leaves office: Deputy" not in told
    assert "commands" not in told
    assert "High Court" not in told


def test_an_empty_case_has_empty_annexes(law: Law) -> None:
    dossier = dossier_of(Case(title="t", created_at=now()))
    brief = Brief(dossier, law, {}, BuildOptions(DAY, draft=False))
    for section in (linkage_section, tenure_section, chronology_section):
        assert section(brief) == ()


@pytest.mark.parametrize("text", ["General Arslan Dorvan of the Third Brigade", "one two three", "x" * 90, "王" * 60])
@pytest.mark.parametrize("width", [4.0, 20.0, 40.0, 90.0, 176.0])
def test_the_last_line_of_a_label_holds_as_much_as_fits(text: str, width: float) -> None:
    whole = wrapped(text, width, 9.0, lines=99)
    lines = wrapped(text, width, 9.0, lines=2)
    if len(whole) <= 2:
        assert lines == whole
        return
    rest = ("" if text.startswith("王") else " ").join(whole[1:])
    while rest and text_width(rest + "…", 9.0) > width:  # letter by letter
        rest = rest[:-1].rstrip()
    assert lines == [whole[0], rest + "…"]


def test_a_label_of_any_length_is_measured_a_dozen_times() -> None:
    few, more = (calls(partial(wrapped, "kilobyte " * words, 90.0, 9.0)) for words in (400, 800))
    assert more < 3 * few
