from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.casefile import CaseFile, PageTexts, textparts
from magdesk.casefile.folding import fold, original_places, words
from magdesk.errors import Cancelled
from magdesk.model import Evidence, Fact, Name, Party, Section
from magdesk.progress import CancelToken
from tests.casefile.cases import make_case, reopen

KEY = uuid.UUID(int=1)


def found(case: CaseFile, query: str) -> list[tuple[str, int]]:
    """Kind and part of the hits."""
    return [(hit.kind, hit.part) for hit in case.index.search(query)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The General ordered it", "general"),
        ("The General ordered it", "gene orde"),
        ("The General ordered it", '"general ordered"'),
        ("Müller und Søn, naïve", "muller"),
        ("Mu\u0308ller", "müll"),
        ("МИНИСТЕРСТВО внутренних дел", "министерство"),
        ("Артём Й.", "артем"),
        ("كَتَبَ الجنرالُ رسالةً", "كتب"),
        ("كَتَبَ الجنرالُ رسالةً", "رساله"),
        ("مـحـمـد", "محمد"),
        ("أحمد", "احمد"),
        ("شماره ۱۲۳", "123"),
        ("国务院将军张三签署命令", "将军"),
        ("国务院将军张三签署命令", "张三签"),
        ("国务院将军张三签署命令", "令"),
        ("国务院将军张三", "将军 国务"),
        ("サイバー部隊のカタカナ", "部隊"),
        ("ガバナンス", "ガバナ"),
        ("장군이 명령했다", "장군"),
        ("장군이", "장군"),
        ("ผู้บัญชาการตำรวจ", "ตำรวจ"),
        ("ဗိုလ်ချုပ်ကြီး", "ချုပ်"),
        ("सेनापति ने आदेश दिया", "आदेश"),
        ("ＡＢＣ１２３", "abc123"),
        ("ﬁnance", "finance"),
        ("STRASSE", "straße"),
        ("Order no. 12-345/2019", "12-345"),
        ("e-mail a.b@example.org", "a.b@example"),
        ("zero\u200bwidth\u00adhyphen", "zerowidthhyphen"),
    ],
)
def test_words_are_found_in_every_script(case: CaseFile, text: str, query: str) -> None:
    case.index.put("evidence", KEY, [(3, f"before {text} after")])
    assert found(case, query) == [("evidence", 3)]
    hit = case.index.search(query)[0]
    assert hit.key == KEY
    assert hit.marks
    for start, end in hit.marks:
        assert hit.snippet[start:end].strip()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("he was tor-\ntured by the Min-\r\nistry", "tortured"),
        ("he was tor-\ntured by the Min-\r\nistry", "Ministry"),
        ("he was tor-\ntured by them", '"was tortured by"'),
        ("a well-\nknown officer", "well-known"),
        ("a well-\nknown officer", "known"),
        ("he was tor-tured there", "tortured"),
        ("he was tor-tured there", "tor-tured"),
        ("his mother-in-law", "mother-in-law"),
        ("the Anglo-\nAmerican mission", "american"),
        ("задер-\nжанный", "задержанный"),
        ("عبد الرحمن الحاج", "عبدالرحمن"),
        ("عبدالرحمن الحاج", "عبد الرحمن"),
        ("عبدالرحمن الحاج", '"عبد الرحمن"'),
        ("نور الدين", "نورالدين"),
        ("أبوبكر البغدادي", "ابو بكر"),
        ("أبو بكر البغدادي", "أبوبكر"),
        ("فاطمة", "فاطمه"),
        ("فاطمه", "فاطمة"),
        ("أحمد وإبراهيم وآمنة", "احمد"),
        ("ٱلرحمن", "الرحمن"),
        ("کتاب‌ها را دید", "کتابها"),
        ("کتاب‌ها را دید", "کتاب ها"),
        ("کتاب ها را دید", "کتاب‌ها"),
        ("کتاب ها را دید", "کتابها"),
        ("می روم", "میروم"),
        ("می‌روم", "می روم"),
        ("Herr Müller", "Mueller"),
        ("Herr Mueller", "Müller"),
        ("Herr Mueller", "Muller"),
        ("Herr Muller", "Mueller"),
        ("in Koeln", "Köln"),
        ("Straße", "Strasse"),
        ("Grüße aus Göteborg", "Gruesse"),
        ("in Aarhus", "Århus"),
    ],
)
def test_words_are_found_however_they_are_written(case: CaseFile, text: str, query: str) -> None:
    case.index.put("evidence", KEY, [(3, text)])
    assert found(case, query) == [("evidence", 3)]
    (hit,) = case.index.search(query)
    assert hit.marks


def test_other_spellings_bring_no_other_words(case: CaseFile) -> None:
    texts = ["the full trust of the gust", "الرحمن وحده ومن عبد النار", "He said it re-\n\nformed Anglo-\nAmerican"]
    case.index.put("evidence", KEY, list(enumerate(texts, start=1)))
    for query in ("fuels", "true", "guests", "عبدالرحمن", "angloamerican", "reformed anglo saxon"):
        assert found(case, query) == []


def test_burmese_is_ranked_by_whole_syllables(case: CaseFile) -> None:
    # "Ma" is a word; the same sign begins "mya" and "man", and stands in their midst as no word at all.
    inside, whole = "မြို့ မန္တလေး မှာ မြန်မာ မင်း မောင်း", "စစ်တပ် မ ရဲ ထောင် မှူး ဗိုလ် ကြီး"
    case.index.put("evidence", KEY, [(1, inside), (2, whole)])
    assert found(case, "မ")[0] == ("evidence", 2)
    case.index.put("evidence", KEY, [(1, "စစ်တပ်များ စစ်တပ်ကြီး"), (2, "ရဲတပ်"), (3, "တပ်မှူး")])
    assert found(case, "စစ်တပ်") == [("evidence", 1)]
    assert found(case, "စစ်တပ") == [("evidence", 1)], "while it is typed"
    assert [page for _kind, page in found(case, "တပ်")] != []
    assert found(case, "က") == [("evidence", 1)], "a syllable that goes on"
    assert found(case, "စ်တ") == []


def test_an_older_index_is_folded_anew_and_goes_on_where_it_was_stopped(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not case.index.renew(), "a new file has nothing to renew"
    with case.change("x") as session:
        row = Evidence(title="မြန်မာ စစ်တပ်", file_name="a.pdf")
        session.add(row)
    pages = [(number, f"page {number} tor-\ntured စစ်တပ် " + "word " * 400) for number in range(1, 40)]
    with monkeypatch.context() as older:  # as a program that knew neither made it
        older.setattr(textparts, "index_text", fold)
        case.index.put("evidence", KEY, pages)
        with case.change("y"):
            row.title += " စစ်တပ်"
    with case.index._writing() as raw:
        raw.execute("DELETE FROM meta WHERE name = 'folding'")
    assert found(case, "tortured") == []
    token = CancelToken()
    monkeypatch.setattr(textparts, "BATCH_CHARACTERS", 8_000)
    steps = 0

    def stopping() -> None:
        nonlocal steps
        steps += 1
        if steps == 3:
            raise Cancelled

    monkeypatch.setattr(token, "check", stopping)
    with pytest.raises(Cancelled):
        case.index.renew(cancel=token)
    half = len(case.index.search("tortured", 100))
    assert 0 < half < 39
    assert case.index.renew()
    assert len(case.index.search("tortured", 100)) == 39
    assert {hit.part for hit in case.index.search("စစ်တပ်", 100)} == set(range(40))
    assert not case.index.renew()


def test_all_words_must_occur_and_quotes_must_stand_together(case: CaseFile) -> None:
    case.index.put("evidence", KEY, [(1, "The colonel met the general"), (2, "The general met the colonel")])
    assert len(found(case, "general colonel")) == 2
    assert found(case, '"met the general"') == [("evidence", 1)]
    assert found(case, '"met the gener"') == []
    assert found(case, "general admiral") == []


@pytest.mark.parametrize(
    "query",
    [
        "", " ", '"', '""', "*", "AND", "NOT", "a AND", "NEAR(", "(", "col:x", "^a", "-", "'; --", "\x00", "a\x00b",
        "{}", '"unclosed', "a OR b NOT", "\ud800", "\u200b", "💣", "a*b*", "+", "words:x",
    ],
)  # fmt: skip
def test_nothing_typed_is_an_error(case: CaseFile, query: str) -> None:
    case.index.put("evidence", KEY, [(0, "some words")])
    case.index.search(query)


@given(query=st.text(max_size=30))
def test_no_text_is_an_error(shared_case: CaseFile, query: str) -> None:
    shared_case.index.search(query)
    shared_case.index.search(f'"{query}')


@given(text=st.text(max_size=60))
def test_folded_words_are_those_of_the_folded_text(text: str) -> None:
    assert [word.text for word in words(text)] == [word.text for word in words(fold(text))]
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)


@given(text=st.text(max_size=60) | st.text(alphabet="aAßẞİıΣςσéЙёأةﷺｶﾞ½ำ將가\u0301 .", max_size=60))
def test_a_text_folds_as_its_characters_do(text: str) -> None:
    folded = fold(text)
    assert folded == "".join(fold(char) if char.isascii() else fold(f"{char}-")[:-1] for char in text)
    assert fold(folded) == folded
    places = [(place, place + 1) for place in range(len(folded))]
    for (start, end), (first, last) in zip(places, original_places(text, places), strict=True):
        assert folded[start:end] in fold(text[first:last])


@pytest.fixture(scope="module")
def shared_case(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """One case for many questions."""
    case = make_case(tmp_path_factory.mktemp("index") / "case.magdesk")
    case.index.put("evidence", KEY, [(0, "some words 将军")])
    return case


def test_text_is_replaced_and_removed(case: CaseFile) -> None:
    case.index.put("evidence", KEY, [(1, "first"), (2, "second")])
    case.index.put("evidence", KEY, [(1, "third")])
    assert found(case, "first") == []
    assert found(case, "second") == []
    assert found(case, "third") == [("evidence", 1)]
    case.index.remove(KEY)
    assert found(case, "third") == []


def test_the_snippet_shows_the_text_as_it_was(case: CaseFile) -> None:
    text = "x " * 400 + "Der\tSchlüssel\nzu 将军 liegt hier" + " y" * 400
    case.index.put("evidence", KEY, [(1, text)])
    (hit,) = case.index.search("schlussel")
    assert "Der Schlüssel zu 将军 liegt hier" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Schlüssel"]
    assert len(hit.snippet) < 300


def test_better_matches_come_first(case: CaseFile) -> None:
    case.index.put("evidence", uuid.UUID(int=1), [(1, "torture " + "filler " * 300)])
    case.index.put("evidence", uuid.UUID(int=2), [(1, "torture torture torture")])
    case.index.put("evidence", uuid.UUID(int=3), [(1, "nothing")])
    hits = case.index.search("torture")
    assert [hit.key.int for hit in hits] == [2, 1]
    assert hits[0].rank <= hits[1].rank
    assert len(case.index.search("torture", limit=1)) == 1


def test_ordinary_rows_are_indexed_with_each_step(case: CaseFile, path: Path) -> None:
    assert found(case, "generica") == [("case", 0)]
    with case.change("Add") as session:
        party = Party(names=[Name(text="將軍張三")])
        fact = Fact(text="He ordered the arrest.")
        session.add_all([party, fact, Section(code="executive_summary", text="A summary")])
    assert found(case, "張三") == [("name", 0)]
    assert found(case, "summary") == [("section", 0)]
    with case.change("Edit"):
        fact.text = "He ordered the release."
    assert found(case, "arrest") == []
    assert found(case, "release") == [("fact", 0)]
    case.undo()
    assert found(case, "arrest") == [("fact", 0)]
    assert found(case, "release") == []
    case.undo()
    assert found(case, "arrest") == []
    case.redo()
    case.close()
    with reopen(path) as again:
        assert found(again, "arrest") == [("fact", 0)]


def test_a_change_that_fails_leaves_the_index_alone(case: CaseFile) -> None:
    with pytest.raises(ZeroDivisionError), case.change("Fails") as session:  # noqa: PT012
        session.add(Fact(text="phantom"))
        case.index.put("evidence", KEY, [(1, "phantom")])
        assert found(case, "phantom") == [("evidence", 1)]
        _ = 1 / 0
    assert found(case, "phantom") == []


def test_pages_of_deleted_evidence_come_back_with_undo(case: CaseFile) -> None:
    with case.change("Add") as session:
        evidence = Evidence(title="A letter")
        session.add(evidence)
    case.index.put("evidence", evidence.id, [(1, "page one"), (2, "page two")])
    with case.change("Retitle"):
        evidence.title = "An order"
    assert found(case, "page") == [("evidence", 1), ("evidence", 2)]
    assert found(case, "order") == [("evidence", 0)]
    with case.change("Delete") as session:
        session.delete(evidence)
    assert found(case, "page") == []
    assert found(case, "order") == []
    case.undo()
    assert len(found(case, "page")) == 2
    assert found(case, "order") == [("evidence", 0)]
    case.index.put("evidence", evidence.id, [(1, "page other")])
    assert found(case, "order") == [("evidence", 0)]


def test_text_that_did_not_come_in_whole_is_owed(case: CaseFile) -> None:
    def parts() -> Iterator[tuple[int, str]]:
        yield 1, "first page " * 20_000
        raise OSError("the source broke off")

    with pytest.raises(OSError, match="broke off"):
        case.index.put("evidence", KEY, parts())
    assert case.index.owed() == [("evidence", KEY)]
    case.index.put("evidence", KEY, [(1, "whole")])
    assert case.index.owed() == []
    case.index.expect("evidence", KEY)
    case.index.remove(KEY)
    assert case.index.owed() == []


def test_text_that_is_read_anew_has_another_stamp(case: CaseFile) -> None:
    def stamp() -> object:
        with case.reader() as session:
            return PageTexts(session).stamp(KEY)

    assert stamp() is None
    case.index.put("evidence", KEY, [(1, "before")])
    first = stamp()
    case.index.put("evidence", KEY, [(1, "after"), (2, "more")])
    second = stamp()
    assert len({None, first, second}) == 3
    case.index.expect("evidence", KEY)
    assert stamp() is None
    with case.reader() as session:
        texts = PageTexts(session)
        assert dict(texts.pages(KEY)) == {1: "after", 2: "more"}
        assert dict(texts.pages(KEY, [2, 7])) == {2: "more"}
        assert dict(texts.pages(uuid.UUID(int=2))) == {}
