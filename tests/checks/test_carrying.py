"""Grades count, and so does whether somebody saw it: what was told at second hand carries less than what was seen."""

from __future__ import annotations

import pytest

from magdesk.checks.gaps import gap_report
from magdesk.checks.hearsay import reads_told
from magdesk.checks.scope import Scope
from magdesk.checks.strength import Lack, Strength, element_matrix
from magdesk.dossier.dossier import load_dossier
from magdesk.model.evidence import Credibility, Grade, Reliability
from magdesk.model.evidence import Evidence as Item
from magdesk.model.facts import Stance
from tests.checks.cases import TODAY, SmallCase


def ways(case: SmallCase, code: str) -> set[str]:
    return {one.cause for one in case.findings(code)}


def lacks(case: SmallCase, element: str) -> tuple[Strength, tuple[Lack, ...]]:
    case.session.flush()
    case.session.expire_all()
    cell = element_matrix(Scope(load_dossier(case.session), case.law, TODAY)).cell(case.basis.id, element)
    assert cell is not None
    return cell.strength, cell.lacks


def only_the_witness_and(case: SmallCase, *others: Item) -> None:
    """The facts rest on the statement, and on copies of it that somebody else made."""
    for citation in case.citations:
        if citation.evidence_id not in {case.statement.id, *(other.id for other in others)}:
            case.remove(citation)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Heard from a cellmate.", True),
        ("Hearsay.", True),
        ("Her brother told her.", True),
        ("Was told by her husband, who was present.", True),
        ("Learned of it from colleagues.", True),
        ("Heard that he had been killed.", True),
        ("Second-hand: a guard told him.", True),
        ("Rumours in the village.", True),
        ("Me lo contó su hermano.", True),
        ("De oídas, por dos vecinos.", True),
        ("Son frère lui a raconté.", True),
        ("Со слов брата, который там был.", True),
        ("Ему рассказали сокамерники.", True),
        ("Їй розповіла сестра.", True),
        ("سمع من أخيه.", True),
        ("أخبره زميله في السجن.", True),
        ("", False),
        ("Vio los golpes y oyó los gritos.", False),
        ("Сидел в соседней камере и слышал крики.", False),
        ("رأى الضرب بعينيه وسمع الصراخ.", False),
        ("Was there.", False),
        ("Heard the shots and saw the body.", False),
        ("Heard screams through the wall.", False),
        ("Was told by her daughter of the call; received the letter of denial.", False),
        ("Was told to sign, and was beaten until he did.", False),
        ("Knows the project from his own reporting.", False),
        ("Vio los golpes; el resto se lo contó un guardia.", False),
        ("Il a vu les coups; un gardien lui a raconté le reste.", False),
        ("Видел удары; остальное ему рассказал охранник.", False),
        ("Бачив удари; решту йому розповів охоронець.", False),
        ("رأى الضرب بعينيه، وأخبره زميله بالباقي.", False),
    ],
)
def test_words_on_how_somebody_knows(words: str, told: bool) -> None:
    assert reads_told(words) is told


NOTES = (
    "Hearsay: told by a guard.",
    "Se lo contó un guardia.",
    "Со слов охранника.",
    "أخبره أحد الحراس.",
    "Egy őr mondta neki.",
    "",
)


@pytest.mark.parametrize("words", NOTES)
def test_what_a_witness_was_told_carries_no_element_in_any_language(case: SmallCase, words: str) -> None:
    only_the_witness_and(case)
    assert ways(case, "C06") == {"C06/uncommented"}
    case.witness.basis_of_knowledge = words
    for citation in case.citations:
        citation.note = words
    # Words weigh nothing, in no language.
    assert ways(case, "C06") == {"C06/uncommented"}
    assert Lack.FIRST_HAND not in lacks(case, "T1")[1]
    for citation in case.citations:
        citation.stance = Stance.RETOLD
    assert ways(case, "C06") == {"C06/uncommented", "C06/heard"}
    assert [one.sentence for one in case.findings("C07") if "hearsay" in one.sentence]
    assert Lack.FIRST_HAND in lacks(case, "T1")[1]
    found = gap_report(load_dossier(case.session), case.law, TODAY).gaps
    assert [gap.code for gap in found if "only on hearsay" in gap.sentence]
    assert case.findings("C05") == []  # it is a source nevertheless
    assert case.findings("C58") == []


def test_two_who_were_told_are_weak_in_the_matrix_too(case: SmallCase) -> None:
    case.medical.speaker_id = case.protected.id
    only_the_witness_and(case, case.medical)
    assert Lack.FIRST_HAND not in lacks(case, "T1")[1]
    for citation in case.citations:
        citation.stance = Stance.RETOLD
    strength, found = lacks(case, "T1")
    assert (strength, Lack.FIRST_HAND in found, Lack.GRADE in found) == (Strength.WEAK, True, False)


def test_a_source_that_saw_it_carries_what_others_were_told(case: SmallCase) -> None:
    for citation in case.citations:
        if citation.evidence_id == case.statement.id:
            citation.stance = Stance.RETOLD
    assert ways(case, "C06") == set()  # the order and the two reports stand beside it


@pytest.mark.parametrize("words", NOTES[:4])
def test_words_that_read_like_hearsay_raise_the_question(case: SmallCase, words: str) -> None:
    assert case.findings("C58") == []
    case.witness.basis_of_knowledge = words
    assert [(one.place.page, one.place.field) for one in case.findings("C58")] == [("people", "basis_of_knowledge")]
    of_the_witness = [one for one in case.citations if one.evidence_id == case.statement.id]
    of_the_witness[0].stance = Stance.RETOLD
    assert case.findings("C58") == []
    case.witness.basis_of_knowledge = ""
    of_the_witness[0].stance = Stance.SUPPORTS
    of_the_witness[0].note = words
    assert [(one.place.page, one.place.field) for one in case.findings("C58")] == [("facts", "stance")]
    of_the_witness[0].stance = Stance.RETOLD
    assert case.findings("C58") == []


@pytest.mark.parametrize("spoil", ["grade", "credibility", "reliability"])
def test_what_repeats_a_weak_source_is_as_weak(case: SmallCase, spoil: str) -> None:
    for item in (case.order, case.report, case.medical):
        item.derived_from_id = case.statement.id
    before = ways(case, "C06")
    if spoil == "grade":
        case.statement.grade = Grade.D
    elif spoil == "credibility":
        case.statement.credibility = Credibility.DOUBTFUL
    else:
        case.statement.reliability = Reliability.E
    assert ways(case, "C06") - before == {"C06/weak"}
    assert Lack.GRADE in lacks(case, "T1")[1]


def test_what_came_with_a_weak_letter_is_not_weakened_by_it(case: SmallCase) -> None:
    for item in (case.order, case.report, case.medical):
        item.part_of_id = case.statement.id
    case.statement.grade = Grade.D
    assert "C06/weak" not in ways(case, "C06")
