"""Ordinary rows: names in other spellings, texts that refer by key, what files say about themselves."""

from __future__ import annotations

import uuid

import pytest

from magdesk.casefile import CaseFile
from magdesk.model import Evidence, Fact, Name, Party, Section
from magdesk.model.evidence import Detail
from magdesk.model.text import party_token


def kinds(case: CaseFile, typed: str) -> list[str]:
    return sorted(hit.kind for hit in case.index.search(typed))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Твережин, Аркадий", "tverezhin"),
        ("Твережин", "tver"),
        ("Tverezhin", "твережин"),
        ("張三", "zhang"),
        ("Мюллер", "myuller"),
        ("Müller", "mueller"),
        ("Sørensen", "soerensen"),
        ("Sørensen", "sorensen"),
        ("محمد الحسين", "mohammed"),
        ("محمد الحسين", "muhammad"),
        ("حسين", "hussein"),
        ("Γεωργίου", "georgiou"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("İstanbul Işık", "istanbul isik"),
    ],
)
def test_a_name_is_found_in_other_letters(case: CaseFile, name: str, query: str) -> None:
    with case.change("Add") as session:
        session.add(Party(names=[Name(text=name)]))
        session.add(Party(names=[Name(text="Somebody Else")]))
    assert kinds(case, query) == ["name"]


def test_what_a_file_says_about_itself_is_found_at_the_evidence(case: CaseFile) -> None:
    with case.change("Add") as session:
        item = Evidence(title="A picture")
        item.details.append(Detail(section="camera", name="Camera", value="Nikon D3"))
        session.add(item)
    (hit,) = case.index.search("nikon")
    assert (hit.kind, hit.key) == ("evidence", item.id)
    with case.change("Edit"):
        item.details[0].value = "Leica"
    assert kinds(case, "nikon") == []
    assert kinds(case, "leica") == ["evidence"]
    with case.change("Drop"):
        item.details.clear()
    assert kinds(case, "leica") == []
    case.undo()
    assert kinds(case, "leica") == ["evidence"]
    case.undo()
    assert kinds(case, "nikon") == ["evidence"]
    case.redo()
    assert kinds(case, "leica") == ["evidence"]


def test_a_party_that_a_text_refers_to_is_found_by_name(case: CaseFile) -> None:
    with case.change("Add") as session:
        party = Party(names=[Name(text="Tverezhin")])
        session.add(party)
        session.flush()
        session.add(Fact(text=f"{party_token(party.id)} ordered the arrest."))
        session.add(Section(code="executive_summary", text=f"On {party_token(party.id)}."))
        session.add(Fact(text="Somebody else did not."))
    assert kinds(case, "tverezhin arrest") == ["fact"]
    assert kinds(case, "tverezhin") == ["fact", "name", "section"]
    (hit,) = case.index.search("tverezhin arrest")
    assert hit.snippet == "Tverezhin ordered the arrest."
    with case.change("Rename"):
        party.names[0].text = "Bogdanov"
    assert kinds(case, "tverezhin") == []
    assert kinds(case, "bogdanov") == ["fact", "name", "section"]
    case.undo()
    assert kinds(case, "tverezhin") == ["fact", "name", "section"]
    assert kinds(case, str(party.id)) == []
    assert kinds(case, "0ref") == []


def test_a_password_is_not_found(case: CaseFile) -> None:
    with case.change("Add") as session:
        session.add(Evidence(title="Locked", password="hunter2"))
    assert kinds(case, "hunter2") == []


def test_titles_come_before_other_words(case: CaseFile) -> None:
    with case.change("Add") as session:
        session.add(Evidence(title="Other", context="torture torture torture"))
        session.add(Evidence(title="Report on torture"))
    hits = case.index.search("torture")
    assert [hit.snippet.split("\n")[0][:6] for hit in hits] == ["Report", "Other "]


def test_long_texts_are_written_in_bounded_transactions(case: CaseFile) -> None:
    key = uuid.uuid4()
    seen: list[int] = []
    read: list[int] = []

    def pages() -> object:
        for page in range(1, 400):
            read.append(page)
            if page % 100 == 0:
                seen.append(len(case.index.search("word", 1000)))
            yield page, "word " * 400

    case.index.put("evidence", key, pages())  # type: ignore[arg-type]
    assert len(read) == 399
    assert 0 < seen[1] < 200
    assert seen == sorted(seen)
    assert len(case.index.search("word", 1000)) == 399
    case.index.put("evidence", key, [(1, "other")])
    assert case.index.search("word") == []
    case.index.remove(key)
    assert case.index.search("other") == []


def test_a_page_that_comes_in_pieces_is_one(case: CaseFile) -> None:
    key = uuid.uuid4()
    case.index.put("evidence", key, [(1, "first piece"), (2, "second page"), (1, "last piece")])
    (hit,) = case.index.search("first last")
    assert hit.part == 1
    assert hit.snippet == "first piece last piece"
