from __future__ import annotations

from pathlib import Path

import pytest

from magdesk import paths
from magdesk.document.blocks import Heading, Quote, Table, Text
from magdesk.render.pdf import bidi
from magdesk.render.scripts import is_rtl_language, itemise, printable, script_of
from tests.render.pdf.pdf_reading import (
    NAMES,
    cell,
    inlines,
    note,
    opened,
    pages,
    para,
    poppler_text,
    poppler_words,
    qpdf_clean,
    render,
)

_ARABIC = (
    "وفي ليلة الخامس من مارس دخل ضباط اللواء الخاص الثاني مكاتب الصحيفة واعتقلوا أحد عشر شخصا دون أمر قضائي وقال "
    "الشهود إن الضرب استمر عدة ساعات في قبو المقر الإقليمي ولم يفتح أي تحقيق"
)


@pytest.mark.parametrize("lang", NAMES)
def test_names_come_back_as_typed(lang: str, tmp_path: Path) -> None:
    name = NAMES[lang]
    data, _ = render(
        Heading(1, inlines(f"Target: {name} and others of the same unit")),
        para(f"The name of the target is {name} in the order of the ministry that was printed."),
        Table(((cell("Name"), cell("Of the target")), (cell("As he writes it"), cell(name))), (1, 1), 1),
        para("Noted.", note(f"The order names {name} as the officer in command of the unit on that day.")),
    )
    text = " ".join(poppler_text(data, tmp_path).split())
    assert text.count(name) == 4
    with opened(data) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == f"Target: {name} and others of the same unit"


# pdfium parts words at vowel marks before it turns them round; no order in the file suits it there.
@pytest.mark.parametrize("lang", [lang for lang in NAMES if lang != "vocalised"])
def test_names_in_running_text_come_back_from_pdfium_too(lang: str) -> None:
    name = NAMES[lang]
    data, _ = render(
        para(f"The name of the target is {name} in the order of the ministry that was printed."),
        Table(((cell("As he writes it"), cell(name), cell("Identity card")),), (1, 1, 1)),
        para("Noted.", note(f"The order names {name} as the officer in command of the unit on that day.")),
    )
    assert pages(data)[0].count(name) == 3


def test_letters_of_ligatures_and_small_capitals_come_back(tmp_path: Path) -> None:
    data, _ = render(para("The office of final affairs: ", Text("Orlov v. State", small_caps=True), " fi ffl."))
    text = poppler_text(data, tmp_path)
    assert "The office of final affairs: Orlov v. State fi ffl." in text
    assert not any("\ufb00" <= char <= "\ufeff" for char in text)


def test_first_word_of_a_right_to_left_line_stands_at_the_right(tmp_path: Path) -> None:
    data, _ = render(Quote((para(_ARABIC),), lang="ar"), para("Latin text in the same document."))
    lines: dict[float, list[tuple[float, str]]] = {}
    for word in poppler_words(data, tmp_path):
        if "\u0600" <= word.text[0] <= "\u06ff":
            lines.setdefault(word.y0, []).append((word.x0, word.text[::-1]))
    seen = [word for y in sorted(lines) for _, word in sorted(lines[y], reverse=True)]
    assert len(lines) > 1
    assert seen == _ARABIC.split()
    first = [max(line) for line in lines.values()]
    assert max(x for x, _ in first) - min(x for x, _ in first) < 60


def test_a_right_to_left_run_in_latin_text_breaks_over_lines_in_order(tmp_path: Path) -> None:
    data, _ = render(para("The ministry said “", _ARABIC, "” in its statement of that day."))
    lines: dict[int, list[tuple[float, str]]] = {}
    for word in poppler_words(data, tmp_path):
        letters = word.text.strip("“”")
        if letters and "\u0600" <= letters[0] <= "\u06ff":
            lines.setdefault(round(word.y0), []).append((word.x0, letters[::-1]))
    seen = [word for y in sorted(lines) for _, word in sorted(lines[y], reverse=True)]
    assert seen == _ARABIC.split()


def test_digits_and_brackets_in_right_to_left_text_stand_where_readers_expect_them(tmp_path: Path) -> None:
    data, _ = render(para("قال اللواء Orlov في 2014 نعم", lang="ar"))
    place = {word.text: word.x0 for word in poppler_words(data, tmp_path)}
    assert place["لاق"] > place["ءاوللا"] > place["Orlov"] > place["يف"] > place["2014"] > place["معن"]


def test_a_character_that_no_font_has_is_shown_by_its_number_and_copied_as_itself(tmp_path: Path) -> None:
    data, _ = render(para("before 😀 after"))
    assert "before 😀 after" in poppler_text(data, tmp_path)
    qpdf_clean(data, tmp_path)


def test_chinese_breaks_between_characters_but_not_before_a_full_stop(tmp_path: Path) -> None:
    sentence = "这是一个关于被拘留者的证词。"
    data, _ = render(para(sentence * 20))
    text = poppler_text(data, tmp_path)
    lines = [line for line in text.splitlines() if "这" in line]
    assert len(lines) > 5
    assert not any(line.startswith("。") for line in lines)
    assert "".join(lines) == sentence * 20


def test_every_font_is_embedded_as_a_subset() -> None:
    data, _ = render(para(*NAMES.values(), Text("mono", mono=True), Text("italic", italic=True), " ✓ → 😀"))
    with opened(data) as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) > 8
        for font in fonts.values():
            assert font.Subtype == "/Type0"
            assert str(font.BaseFont)[7] == "+"
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert "/ToUnicode" in font
    assert len(data) < 300_000


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("abc אבג def", False, "abc גבא def"),
        ("אבג abc דהו", True, "והד abc גבא"),
        ("אבג 123 דהו", False, "והד 123 גבא"),
        ("قال 12/5 نعم", True, "معن 12/5 لاق"),
        ("a (אב) b", False, "a (בא) b"),
        ("אב (a) גד", True, "דג )a( בא"),
        ("50% של", True, "לש 50%"),
    ],
)
def test_bidirectional_order(text: str, *, rtl: bool, shown: str) -> None:
    order = bidi.visual_order(bidi.levels(text, rtl=rtl))
    assert "".join(text[index] for index in order) == shown


def test_itemise_keeps_words_of_one_script_together() -> None:
    runs = itemise("Name: فيكتور أورلوف, (Arabic) 维克多·奥")
    assert [(run.text, run.script, run.rtl) for run in runs] == [
        ("Name: ", "Latn", False),
        ("فيكتور أورلوف", "Arab", True),
        (", (Arabic) ", "Latn", False),
        ("维克多·奥", "Hani", False),
    ]
    assert "".join(run.text for run in runs) == "Name: فيكتور أورلوف, (Arabic) 维克多·奥"


def test_itemise_of_text_without_letters() -> None:
    assert [run.script for run in itemise("12 (3).")] == ["Zyyy"]
    assert itemise("") == ()


@pytest.mark.parametrize(
    ("lang", "rtl"),
    [("ar", True), ("fa-IR", True), ("he", True), ("ur", True), ("en", False), ("ru", False), ("", False)],
)
def test_direction_of_languages(lang: str, *, rtl: bool) -> None:
    assert is_rtl_language(lang) is rtl


def test_scripts_of_characters() -> None:
    found = [script_of(char) for char in "aЖאب漢かカ한กअ1.\u0301"]
    assert found[:10] == ["Latn", "Cyrl", "Hebr", "Arab", "Hani", "Hira", "Kana", "Hang", "Thai", "Deva"]
    assert found[10:] == ["Zyyy", "Zyyy", "Zinh"]


def test_printable_drops_what_deceives_or_breaks() -> None:
    assert printable("a\u202eb\x00c\ud800\td\n") == "abc\ufffd d\n"


def test_every_font_has_its_licence_stated() -> None:
    folder = paths.resource("fonts")
    stated = (folder / "LICENSES.md").read_text(encoding="utf-8")
    files = sorted(folder.glob("*.ttf"))
    assert len(files) > 30
    assert [path.name for path in files if path.stem.partition("-")[0] not in stated] == []
    assert sum(path.stat().st_size for path in files) < 20_000_000
