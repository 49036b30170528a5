"""The content files: complete, in plain words, and true to the model, the law and the window."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import inspect as mapper_of

from magdesk.checks.gaps import EFFECTS
from magdesk.checks.run import PAGES
from magdesk.guide.content import TASKS, screen, task, tasks
from magdesk.guide.screens import Condition, Screen
from magdesk.model import Base
from magdesk.model.facts import Stance
from magdesk.model.people import ConsentLevel
from magdesk.regimes.regime import Law

SCREENS = [one for part in tasks() for one in part.screens]
TABLES = {mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}
# Pages that no finding names.
MORE_PAGES = {"suitability", "matrix", "chronology", "linkage", "strength"}
# Words that a student does not know; the window says another (the glossary has them). Whole words, also plural.
_WORDS = (
    "access accountability admiralty adverse alias alternative authorities authority bates blocking "
    "chronology citation credibility custody derivative derived designation element entity exculpatory "
    "exhibit final finding foreign gap grade ground hash inadmissible ineligible interest jurisdiction "
    "ledger linkage matrix measure merkle mode packet party pinpoint pleaded prefix principal produce "
    "prong proof publicity recency regime reliability responsibility root script sign-off signoff "
    "standing target tenure transliteration unit waiver "
)
TERMS_OF_ART = frozenset(_WORDS.split())
CODE = re.compile(r"\b[A-Z]{1,4}-?\d+\b|§|\{")


def test_there_are_62_screens_in_12_tasks() -> None:
    assert [len(part.screens) for part in tasks()] == [5, 8, 6, 6, 5, 4, 6, 4, 4, 4, 6, 4]
    for part in tasks():
        assert [one.id for one in part.screens] == [f"{part.number}.{n}" for n in range(1, len(part.screens) + 1)]
    assert sum(one.is_list for one in SCREENS) == 5
    assert len(tasks()) == TASKS


@pytest.mark.parametrize("one", SCREENS, ids=lambda one: one.id)
def test_a_question_is_short_and_plain(one: Screen) -> None:
    words = one.question.split()
    assert len(words) <= 12, one.question
    assert len(one.question_of_body.split()) <= 12
    assert not CODE.search(one.question + one.question_of_body)
    words += one.question_of_body.split()
    said = {word.strip("?,.:“”’").casefold() for word in words}
    assert not {word for word in said if word in TERMS_OF_ART or word.removesuffix("s") in TERMS_OF_ART}


@pytest.mark.parametrize("one", SCREENS, ids=lambda one: one.id)
def test_a_step_is_a_sentence_with_a_reason_and_no_code(one: Screen) -> None:
    for step, because in [(one.step, one.because), *((more.step, more.because) for more in one.stronger)]:
        told = step.replace("{name}", "").replace("{place}", "")
        assert not CODE.search(told + because)
        assert step[0].isupper()
        assert not step.endswith(".")
        assert not because.endswith(".")
        assert ("{name}" in step) <= (one.per != "case"), "nothing is named that is asked of the whole case"


@pytest.mark.parametrize("one", SCREENS, ids=lambda one: one.id)
def test_every_field_is_one_of_the_model(one: Screen) -> None:
    for field in one.fields:
        kind = TABLES[field.table]
        assert field.column in mapper_of(kind).columns, field
        column = {"Citation": "stance", "Consent": "level"}.get(field.table, "kind")
        if field.kind and field.kind != "source":
            choices = {"stance": Stance, "level": ConsentLevel}.get(column)
            known = choices or mapper_of(kind).columns[column].type.enum_class
            assert field.kind in [*known], field


def test_every_code_and_page_is_known(law: Law) -> None:
    own = {f"G{number:02d}" for number in range(1, 11)}
    for one in SCREENS:
        assert set(one.codes) <= law.checks.keys(), one.id
        assert {more.code for more in one.stronger} <= law.checks.keys() | own, one.id
        assert one.page in {*PAGES} | MORE_PAGES, one.id
    assert EFFECTS


def test_every_condition_and_kind_of_answer_is_used() -> None:
    used = {one for screen in SCREENS for one in screen.when}
    used |= {field.when for screen in SCREENS for field in screen.fields}
    assert used == {*Condition}


def test_examples_are_of_the_invented_republic_and_no_law_is_copied(law: Law) -> None:
    told = " ".join(" ".join((one.why, one.good, one.weak, one.weak_why)) for one in SCREENS)
    for regime in law.regimes.values():
        for prong in regime.prongs:
            assert not prong.wording or prong.wording[:60] not in told
    assert "Generica" not in told
    assert "Verro" in told


def test_a_screen_is_found_by_its_number() -> None:
    found = screen("2.3")
    assert found is not None
    assert found in task(2).screens
    assert screen("2.9") is None
    assert screen("13.1") is None
    assert screen("x") is None
