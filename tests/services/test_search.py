"""Search as the window and the command line ask for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.errors import Cancelled
from magdesk.model import Citation, Evidence, Fact, Name, Party
from magdesk.progress import CancelToken
from magdesk.services.search import search_case
from tests.casefile.cases import make_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A case with two exhibits, one of which is cited."""
    with make_case(tmp_path / "case.magdesk") as opened:
        with opened.change("Fill") as session:
            first, second = Evidence(title="The order", rank=0), Evidence(title="A letter", author="Olga", rank=1)
            session.add_all([first, second, Party(names=[Name(text="Твережин")])])
            session.flush()
            fact = Fact(text="He ordered the arrest.")
            fact.citations.append(Citation(evidence_id=second.id, pinpoint="2", quote="arrest them"))
            session.add(fact)
        opened.index.put("evidence", first.id, [(1, "the arrest")])
        opened.index.put("evidence", second.id, [(1, "nothing"), (2, "Please ARREST\nthem all")])
        yield opened


def test_a_result_says_where_and_why(case: CaseFile) -> None:
    results = search_case(case, '"arrest them" in:evidence')
    (page,) = results
    assert (page.kind, page.page, page.title, page.field) == ("evidence", 2, "A letter", "")
    assert page.snippet == "Please ARREST them all"
    assert [page.snippet[start:end] for start, end in page.marks] == ["ARREST them"]
    assert page.words == ("arrest them",)


@pytest.mark.parametrize(
    ("words", "kind", "field"),
    [("olga", "evidence", "author"), ("order in:evidence", "evidence", "title"), ("tverezhin", "name", "")],
)
def test_the_field_is_named(case: CaseFile, words: str, kind: str, field: str) -> None:
    (result,) = search_case(case, words)
    assert (result.kind, result.field) == (kind, field)


def test_exhibits_are_asked_for_by_the_number_they_have_now(case: CaseFile) -> None:
    assert [(hit.title, hit.page) for hit in search_case(case, "arrest exhibit:1")] == [("A letter", 2)]
    assert search_case(case, "arrest exhibit:2") == []
    with case.change("Cite") as session:
        other = session.query(Evidence).filter_by(title="The order").one()
        fact = session.query(Fact).one()
        fact.citations.insert(0, Citation(evidence_id=other.id, rank=-1))
    assert [hit.title for hit in search_case(case, "arrest exhibit:1")] == ["The order"]


def test_other_words_were_typed(case: CaseFile) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        search_case(case, "arrest", cancel=token)


def test_naughty_strings_are_questions_like_others(case: CaseFile, real_files: Path) -> None:
    strings = json.loads((real_files / "text" / "blns.json").read_text(encoding="utf-8"))
    for text in strings:
        search_case(case, text)
        search_case(case, f'title:"{text}')
        search_case(case, f"-{text} OR {text}")


def test_naughty_strings_are_found_again(case: CaseFile, real_files: Path) -> None:
    strings = json.loads((real_files / "text" / "blns.json").read_text(encoding="utf-8"))
    with case.change("Add") as session:
        rows = [Fact(text=text) for text in strings]
        session.add_all(rows)
    asked = 0
    for row in rows[::5]:
        quoted = row.text.replace('"', " ")
        hits = case.index.search(f'"{quoted}"', 600)
        if len(quoted) < 3000 and hits:
            asked += 1
            assert row.id in {hit.key for hit in hits}
    assert asked > 40
