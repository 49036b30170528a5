"""Quotations are looked up on the page that is cited (Q01)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from magdesk.checks import Finding, run_checks
from magdesk.checks.quoting import Leaf, comparable, locate, quotation
from magdesk.dossier.dossier import load_dossier
from magdesk.dossier.memory import Memory
from magdesk.errors import UserError
from magdesk.model import Citation, Detail, Evidence, Waiver
from magdesk.model.facts import PinpointKind, is_seen
from magdesk.pageranges import PAGES_RECOGNISED
from magdesk.services.waivers import confirm_seen, take_up
from tests.checks.cases import TODAY, SmallCase

PAGE = (
    "He was tor-\ntured by the Min-\nistry. Self-\nevident “truth” cost $1,499.99; ﬁve men came. "
    "He ordered it — twice.\n"
    "5–7 March 2014, −5 degrees. They don’t know. The order of 1990-\n1995 was given."
)


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("tortured by the Ministry", True),
        ("HE WAS   TORTURED", True),
        ("self-evident 'truth'", True),
        ("cost $1,499.99", True),
        ("cost €1,499.99", False),
        ("cost $1,500", False),
        ("cost $149,999", False),
        ("five men", True),
        ("ordered it - twice", True),
        ("ordered it—twice", True),
        ("5-7 March 2014", True),
        ("57 March 2014", False),
        ("5 degrees", False),
        ("-5 degrees", True),
        ("They don't know", True),
        ("order of 1990–1995", True),
        ("He was … ordered it", True),
        ("He was [...] ordered it . . . twice", True),
        ("ordered it … tortured", False),
        ("[The man] was tortured", True),
        ("[h]e was tortured", True),
        ("he order[s] it", True),
        ("He was [brutally] tortured", True),
        ("[I personally ordered the killing of] men", False),
        ("[I personally ordered the killing]", False),
        ("He was never tortured", False),
        ("I personally ordered it", False),
        ("he order", False),
        ("tured by", False),
        ("…", True),
    ],
)
def test_what_the_setting_decides_does_not_count_and_what_a_word_says_does(words: str, stands: bool) -> None:
    quote = quotation(words)
    assert (quote.empty or quote.stands_on(Leaf.of(1, PAGE))) is stands


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("授权签字人：林牧岸", "授权签 字\n人：林牧岸；诺法尔"),
        ("قال الوزير", "وقال الوزير ذلك"),
        ("شهادة السيد احمد", "شهـادةُ السيد أحمد"),
        ("۱۴۰۲ نفر", "1402 نفر"),
        ("Управление не содержит", "УПРАВЛЕНИЕ  не содер-\nжит никого"),
        ("Straße", "STRASSE"),
        ("naïve", "nai\u0308ve"),
        ("tortured", "tor\u00ad\ntured"),
        ("ผู้บัญชาการ", "สั่งโดยผู้บัญชาการตำรวจ"),
        ("대통령", "대통령은"),
    ],
)
def test_words_of_every_script_are_compared(words: str, page: str) -> None:
    assert quotation(words).stands_on(Leaf.of(1, page))


def test_a_page_whose_words_ran_together_is_compared_without_spaces() -> None:
    torn = "Thegeneralorderedthekillingofallthementhatday andwentaway."
    assert quotation("ordered the killing of all the men").stands_on(Leaf.of(1, torn))
    assert not quotation("the rapist").stands_on(Leaf.of(1, "He went to see the therapist who treats him."))


def test_a_sentence_runs_over_the_foot_of_a_page() -> None:
    leaves = [
        Leaf.of(4, "Chapter one. The general ordered\nPage 4 of 9"),
        Leaf.of(5, "Report of the panel\nthe killing of all men. The end."),
        Leaf.of(6, "Nothing."),
    ]
    assert locate(quotation("The general ordered the killing of all men"), leaves) == (4, 5)
    assert locate(quotation("The general ordered … The end"), leaves) == (4, 5)
    assert locate(quotation("The general ordered the killing of nobody"), leaves) is None
    assert locate(quotation("the killing of all men"), leaves) == (5, 5)


def test_comparing_twice_changes_nothing() -> None:
    assert comparable(comparable(PAGE)) == comparable(PAGE)


@dataclass
class Read:
    """Texts of evidence, and how often each was read."""

    texts: dict[uuid.UUID, dict[int, str]] = field(default_factory=dict)
    readings: dict[uuid.UUID, int] = field(default_factory=dict)
    stamps: dict[uuid.UUID, int] = field(default_factory=dict)

    def stamp(self, key: uuid.UUID) -> Hashable:
        return self.stamps.get(key, 1) if key in self.texts else None

    def pages(self, key: uuid.UUID, wanted: Collection[int] = ()) -> Mapping[int, str]:
        self.readings[key] = self.readings.get(key, 0) + 1
        return {page: text for page, text in self.texts.get(key, {}).items() if not wanted or page in wanted}

    def said(self, key: uuid.UUID) -> tuple[str, ...]:
        return ()


def found(case: SmallCase, read: Read, memory: Memory | None = None) -> list[Finding]:
    case.session.flush()
    case.session.expire_all()
    dossier = load_dossier(case.session)
    dossier = replace(dossier, texts=read, memory=memory or Memory())
    return [one for one in run_checks(dossier, case.law, TODAY, memory) if one.code == "Q01"]


@pytest.fixture
def read(case: SmallCase) -> Read:
    """The small case, whose quotations all stand on the third page."""
    rows = case.session.query(Citation).all()
    for row in rows:
        row.evidence.text_layer = True
    pages = {row.evidence_id: {1: "Title", 3: "", 4: "", 9: ""} for row in rows}
    for row in rows:
        if row.quote:
            page = int(row.pinpoint or 1)
            pages[row.evidence_id][page] = f"{pages[row.evidence_id].get(page, '')} before {row.quote} after"
    return Read(pages)


def quoted(case: SmallCase) -> Citation:
    row = next(row for row in case.session.query(Citation).all() if row.quote and row.fact_id)
    assert row.pinpoint_kind is PinpointKind.PAGE
    return row


def about(row: Citation, findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.place.row == row.id]


def test_a_true_quotation_is_no_finding(case: SmallCase, read: Read) -> None:
    assert found(case, read) == []


def test_an_invented_quotation_blocks(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    read.texts[row.evidence_id][int(row.pinpoint)] = "Something else stands on this page."
    (finding,) = about(row, found(case, read))
    assert (finding.severity.value, finding.place.row, finding.place.field) == ("block", row.id, "quote")
    assert f"page {row.pinpoint}" in finding.sentence


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("He never ordered it twice and five men came", ""),
        ("The colonel never ordered five men to come to the yard",
         "the colonel himself ordered five men to come to the yard"),
        ("colonel himself ordered five women to come", "colonel himself ordered five men to come"),
        ("That same night the colonel himself ordered six men to come",
         "That night the colonel himself ordered five men to come"),
        ("I personally ordered each of these killings", ""),
        ("colonel himself … ordered five women to come", ""),
    ],
)  # fmt: skip
def test_the_words_of_the_page_are_offered_for_those_that_are_nearly_the_same(
    case: SmallCase, read: Read, said: str, offered: str
) -> None:
    row = quoted(case)
    row.quote = said
    read.texts[row.evidence_id][int(row.pinpoint)] = (
        "It was late.\nThat night the colonel him-\nself ordered five men to come\n"
        "to the yard. Nobody saw them again."
    )
    (finding,) = about(row, found(case, read))
    assert finding.severity.value == "block"
    if not offered:
        assert finding.correction is None
        return
    assert finding.correction is not None
    assert (finding.correction.field, finding.correction.before) == ("quote", said)
    assert finding.correction.after == offered
    assert offered in finding.sentence
    row.quote = offered
    assert about(row, found(case, read)) == []


def test_words_of_another_page_are_told_with_the_page_and_its_correction(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    read.texts[row.evidence_id][int(row.pinpoint)] = "Something else."
    read.texts[row.evidence_id][7] = f"Here it is: {row.quote}."
    (finding,) = about(row, found(case, read))
    assert finding.severity.value == "warn"
    assert "page 7" in finding.sentence
    assert finding.correction is not None
    assert (finding.correction.row, finding.correction.field) == (row.id, "pinpoint")
    assert (finding.correction.before, finding.correction.after) == (row.pinpoint, "7")


def test_a_page_without_text_warns_and_someone_can_say_that_it_was_seen(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    read.texts[row.evidence_id][int(row.pinpoint)] = " \n "
    (finding,) = about(row, found(case, read))
    assert (finding.severity.value, finding.key.split("/")[1]) == ("warn", "unread")
    case.add(Waiver(code="Q01", subject_id=row.id, field=finding.key, reason="Seen", waived_by="A. C."))
    (seen,) = about(row, found(case, read))
    assert seen.waived is not None
    row.quote = "other words, which nobody has seen"
    (again,) = about(row, found(case, read))
    assert again.waived is None


def test_an_item_of_which_nothing_was_read_warns(case: SmallCase, read: Read) -> None:
    del read.texts[quoted(case).evidence_id]
    assert {(one.severity.value, one.key.split("/")[1]) for one in found(case, read)} == {("warn", "unread")}


def test_a_translation_is_held_against_the_translation_item(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    translation = case.add(
        Evidence(title="English", language="en", translation_of_id=row.evidence_id, pages=1, text_layer=True)
    )
    row.quote_english = "shot in the back of the head"
    read.texts[translation.id] = {1: "A wound by a shot in the back of the head."}
    assert found(case, read) == []
    row.quote_english = "shot in the chest"
    (finding,) = about(row, found(case, read))
    assert (finding.severity.value, finding.place.field) == ("block", "quote_english")
    read.texts[translation.id] = {1: ""}
    (finding,) = about(row, found(case, read))
    assert (finding.severity.value, finding.place.field) == ("warn", "quote_english")


def test_words_that_stand_only_in_the_translation_are_found_there(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    words, read.texts[row.evidence_id] = row.quote, {1: "иные слова", int(row.pinpoint): "иные слова"}
    translation = case.add(Evidence(title="English", language="en", translation_of_id=row.evidence_id, pages=1))
    read.texts[translation.id] = {1: f"So it is: {words}."}
    assert about(row, found(case, read)) == []


def test_a_cell_is_quoted_by_its_value(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    row.pinpoint_kind, row.pinpoint, row.quote = PinpointKind.CELL, "Sheet1!B7", "28450000"
    read.texts[row.evidence_id][1] = "Total\t28,450,000"
    assert about(row, found(case, read)) == []
    row.quote = "28450001"
    assert [one.severity.value for one in about(row, found(case, read))] == ["block"]


def test_only_what_changed_is_read_again(case: SmallCase, read: Read) -> None:
    memory = Memory()
    assert found(case, read, memory) == []
    read.readings.clear()
    assert found(case, read, memory) == []
    assert read.readings == {}
    row = quoted(case)
    row.quote = "words from nowhere"
    assert row.fact_id is not None
    memory.forget([row.id, row.fact_id])
    assert [one.place.row for one in found(case, read, memory)] == [row.id]
    assert set(read.readings) == {row.evidence_id}
    read.readings.clear()
    read.texts[row.evidence_id][int(row.pinpoint)] += " words from nowhere"
    read.stamps[row.evidence_id] = 2
    assert found(case, read, memory) == []
    assert set(read.readings) == {row.evidence_id}


@pytest.mark.parametrize(("pages", "severity"), [("{page}", "warn"), ("{other}", "block")])
def test_a_machine_may_have_misread_the_scanned_pages_of_a_file_with_text(
    case: SmallCase, read: Read, pages: str, severity: str
) -> None:
    row = quoted(case)
    page = int(row.pinpoint)
    read.texts[row.evidence_id][page] = "0ther w0rds"
    told = pages.format(page=page, other=page + 1)
    case.add(Detail(evidence_id=row.evidence_id, section="reading", name=PAGES_RECOGNISED, value=told))
    (finding,) = about(row, found(case, read))
    assert finding.severity.value == severity


def test_a_translation_that_a_machine_read_warns_too(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    english = case.add(Evidence(title="Translation", translation_of_id=row.evidence_id, pages=1, text_layer=True))
    read.texts[english.id] = {1: "0ther w0rds"}
    row.quote_english = "other words"
    assert [one.severity.value for one in about(row, found(case, read))] == ["block"]
    english.text_layer = False
    assert [one.severity.value for one in about(row, found(case, read))] == ["warn"]


def test_who_has_seen_the_words_settles_what_no_program_can_tell(case: SmallCase, read: Read) -> None:
    row = quoted(case)
    read.texts[row.evidence_id] = dict.fromkeys(read.texts[row.evidence_id], "")
    (finding,) = about(row, found(case, read))
    assert (finding.severity.value, finding.waived) == ("warn", None)
    confirm_seen(case.session, row.id, "L. Lawyer", TODAY)
    (finding,) = about(row, found(case, read))
    assert finding.waived is not None
    assert (finding.waived.by, finding.waived.on) == ("L. Lawyer", TODAY)
    others = [one for one in found(case, read) if one.place.row != row.id]
    assert all(one.waived is None for one in others)
    take_up(case.session, finding)
    (finding,) = about(row, found(case, read))
    assert finding.waived is None
    assert (row.seen_by, row.seen_on, row.seen_words) == ("", None, "")


@pytest.mark.parametrize("changed", ["quote", "pinpoint", "quote_english", "file"])
def test_other_words_place_or_file_have_been_seen_by_nobody(case: SmallCase, read: Read, changed: str) -> None:
    row = quoted(case)
    confirm_seen(case.session, row.id, "L. Lawyer", TODAY)
    assert is_seen(row, row.evidence)
    if changed == "file":
        row.evidence.sha256 = "0" * 64
    else:
        setattr(row, changed, f"{getattr(row, changed)}1")
    read.texts[row.evidence_id] = dict.fromkeys(read.texts[row.evidence_id], "")
    (finding,) = about(row, found(case, read))
    assert finding.waived is None


def test_nobody_confirms_without_a_name_and_nothing_without_words(case: SmallCase) -> None:
    row = quoted(case)
    with pytest.raises(UserError, match="Nobody is named"):
        confirm_seen(case.session, row.id, "  ", TODAY)
    row.quote = row.quote_english = ""
    with pytest.raises(UserError, match="no quotation"):
        confirm_seen(case.session, row.id, "L. Lawyer", TODAY)
    with pytest.raises(UserError, match="no quotation"):
        confirm_seen(case.session, uuid.uuid4(), "L. Lawyer", TODAY)
    assert not row.seen_by
