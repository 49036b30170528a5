"""What can be typed: phrases, alternatives, exclusions, fields."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.casefile import CaseFile
from magdesk.casefile.query import Filter, Query, SearchField, Term, parse
from magdesk.dates.partialdate import PartialDate
from magdesk.model import Evidence, Fact, Incident, Name, Party
from magdesk.model.evidence import Detail


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("arrest", Query(((Term("arrest"),),))),
        ("Arrest RECORD", Query(((Term("arrest"),), (Term("record"),)))),
        ('"arrest record"', Query(((Term("arrest record", whole=True),),))),
        ("“arrest record”", Query(((Term("arrest record", whole=True),),))),
        ('"arrest rec', Query(((Term("arrest rec"),),))),
        ("12-345/2019", Query(((Term("12 345 2019"),),))),
        ("arrest -draft", Query(((Term("arrest"),),), (Term("draft"),))),
        ('arrest -"no charge"', Query(((Term("arrest"),),), (Term("no charge", whole=True),))),
        ("arrest OR detention camp", Query(((Term("arrest"), Term("detention")), (Term("camp"),)))),
        ("OR arrest", Query(((Term("arrest"),),))),
        ("arrest OR", Query(((Term("arrest"),),))),
        ("or", Query(((Term("or"),),))),
        ("title:order", Query((), (), (Filter(SearchField.TITLE, "order"),))),
        ('Title:"the order"', Query((), (), (Filter(SearchField.TITLE, "the order"),))),
        ("-type:pdf arrest", Query(((Term("arrest"),),), (), (Filter(SearchField.TYPE, "pdf", negative=True),))),
        ("page:x", Query(((Term("page x"),),))),
        ("in:nowhere", Query(((Term("in nowhere"),),))),
        ("date:yesterday", Query(((Term("date yesterday"),),))),
        ("colour:red", Query(((Term("colour red"),),))),
        ("12:30", Query(((Term("12 30"),),))),
        ("title:", Query()),
        ('title:"', Query()),
        ("-", Query()),
        ("date:2024-03..2025", Query((), (), (Filter(SearchField.DATE, "2024-03..2025"),))),
    ],
)
def test_what_was_typed_is_understood(typed: str, query: Query) -> None:
    assert parse(typed) == query


@given(typed=st.text(alphabet=st.sampled_from('ab"-: ORtilepgdxn:1.é将'), max_size=40))
def test_every_text_is_some_query(typed: str) -> None:
    query = parse(typed)
    for term in (*query.terms, *query.excluded):
        assert term.match(single_letters=True)
        term.pattern.search("")


def test_a_pasted_page_is_a_bounded_query(case: CaseFile) -> None:
    page = " ".join(f"word{number}" for number in range(5000))
    assert len(parse(page).clauses) < 30
    case.index.search(page)


def parts(case: CaseFile, typed: str) -> list[int]:
    return sorted(hit.part for hit in case.index.search(typed))


def test_words_are_joined_and_excluded(case: CaseFile) -> None:
    key = uuid.uuid4()
    texts = ["arrest of a teacher", "detention of a teacher", "arrest and detention", "the teacher's arrest warrant"]
    case.index.put("evidence", key, enumerate(texts, 1))
    assert parts(case, "arrest teacher") == [1, 4]
    assert parts(case, "arrest OR detention teacher") == [1, 2, 4]
    assert parts(case, "arrest -teacher") == [3]
    assert parts(case, 'arrest -"arrest warrant"') == [1, 3]
    assert parts(case, "arrest -teach") == [3]
    assert parts(case, '"arrest and" OR "detention of"') == [2, 3]
    assert parts(case, "-arrest") == []


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    """Two exhibits with pages, a fact, an incident, a person."""
    with case.change("Fill") as session:
        order = Evidence(
            title="Order of the ministry", author="Ministry of Interior", media_type="application/pdf",
            language="ru", file_name="scan 0001.pdf", published=PartialDate("2024-03-05"),
        )  # fmt: skip
        letter = Evidence(title="A letter", media_type="message/rfc822", language="en-GB", file_name="letter.eml")
        letter.published = PartialDate("2019~")
        letter.details.append(Detail(section="mail", name="From", value="Olga Petrova <olga@example.org>"))
        letter.details.append(Detail(section="mail", name="Subject", value="the camp"))
        session.add_all([order, letter])
        session.add(Fact(text="He ordered the arrest.", date=PartialDate("2024-01/2024-04")))
        session.add(Incident(title="The arrest in the square", start=PartialDate("2019-05-01")))
        session.add(Party(names=[Name(text="Arrestov")]))
    case.index.put("evidence", order.id, [(1, "arrest him"), (2, "and arrest her")])
    case.index.put("evidence", letter.id, [(1, "they arrest everybody")])
    return case


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("arrest", "evidence1 evidence1 evidence2 fact0 incident0 name0"),
        ("arrest in:evidence", "evidence1 evidence1 evidence2"),
        ("arrest in:facts", "fact0"),
        ("arrest in:people", "name0"),
        ("arrest in:incidents", "incident0"),
        ("arrest -in:evidence", "fact0 incident0 name0"),
        ("arrest title:order", "evidence1 evidence2"),
        ("arrest title:ord", "evidence1 evidence2"),
        ("arrest title:0001", "evidence1 evidence2"),
        ("arrest from:ministry", "evidence1 evidence2"),
        ("arrest from:olga", "evidence1"),
        ("arrest from:camp", ""),
        ("arrest type:pdf", "evidence1 evidence2"),
        ("arrest type:mail", "evidence1"),
        ("arrest type:eml", "evidence1"),
        ("arrest type:image", ""),
        ("arrest type:%", ""),
        ("arrest lang:ru", "evidence1 evidence2"),
        ("arrest lang:en", "evidence1"),
        ("arrest page:2", "evidence2"),
        ("arrest -page:2 in:evidence", "evidence1 evidence1"),
        ("arrest page:1 type:pdf", "evidence1"),
        ("arrest date:2024", "evidence1 evidence2 fact0"),
        ("arrest date:2024-03", "evidence1 evidence2 fact0"),
        ("arrest date:2024-02", "fact0"),
        ("arrest date:2024-03-06", "fact0"),
        ("arrest date:2019", "evidence1 incident0"),
        ("arrest date:2019-06", "evidence1"),
        ("arrest date:2018..2020", "evidence1 incident0"),
        ("arrest date:2020..2024-01", "fact0"),
        ("type:pdf", "evidence0"),
        ("type:pdf page:2", "evidence2"),
        ("exhibit:7", ""),
        ("title:letter", "evidence0"),
        ("subject camp", "evidence0"),
        ("rfc822", ""),
    ],
)
def test_fields_restrict(filled: CaseFile, typed: str, hits: str) -> None:
    found = sorted(f"{hit.kind}{hit.part}" for hit in filled.index.search(typed))
    assert " ".join(found) == hits


def test_an_exhibit_is_asked_for_by_its_number(filled: CaseFile) -> None:
    key = next(hit.key for hit in filled.index.search("title:letter"))
    found = filled.index.search("arrest exhibit:7", exhibit={7: key}.get)
    assert [(hit.key, hit.part) for hit in found] == [(key, 1)]


def test_rows_leave_room_for_pages_and_take_what_they_leave(case: CaseFile) -> None:
    with case.change("Fill") as session:
        session.add_all([Fact(text="an arrest") for _number in range(30)])
    case.index.put("evidence", uuid.uuid4(), [(page, "an arrest") for page in range(1, 31)])
    kinds = [hit.kind for hit in case.index.search("arrest", 20)]
    assert kinds == ["fact"] * 10 + ["evidence"] * 10
    assert len(case.index.search("arrest", 100)) == 60
    assert len(case.index.search("arrest", 1)) == 1


def test_more_pages_than_are_ranked(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.casefile.matches.MOST_RANKED", 50)
    for _file in range(8):
        case.index.put("evidence", uuid.uuid4(), [(page, f"common words {page}") for page in range(1, 51)])
    found = case.index.search("common", 40)
    assert len(found) == 40
    assert len({hit.key for hit in found}) > 4
    assert found == case.index.search("common", 40)
    assert len(case.index.search("common 17", 40)) == 8


PIECES = [
    '"', "-", "OR", "title:", "from:", "type:", "lang:", "page:", "in:", "date:", "exhibit:", "1", "2024", "x", "将",
    "*", "%", "_", "facts", " ", "..", "'", "NOT", "(", "NEAR(a b)", "hidden:", "{a}:", "^", "+",
]  # fmt: skip


@given(typed=st.lists(st.sampled_from(PIECES), max_size=8))
def test_no_combination_is_an_error(shared: CaseFile, typed: list[str]) -> None:
    shared.index.search("".join(typed))
    shared.index.search(" ".join(typed))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """One case for many questions."""
    from tests.casefile.cases import make_case

    return make_case(tmp_path_factory.mktemp("query") / "case.magdesk")
