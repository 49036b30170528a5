"""What the viewer is made of: finding, letters on a page, where pages stand, what is kept."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from magdesk.gui.viewer.cache import CachedPicture, PictureCache, Tile
from magdesk.gui.viewer.details import in_degrees
from magdesk.gui.viewer.layout import PageLayout
from magdesk.gui.viewer.leaves import leaves_of
from magdesk.gui.viewer.mediaview import clock
from magdesk.gui.viewer.pagetext import PageText, running
from magdesk.gui.viewer.tableview import column_name
from magdesk.gui.viewer.wordsearch import any_of, fold, phrase
from magdesk.intake.rendering import Outline, PageLetters, Pixels
from magdesk.intake.rendering.lines import lines_of
from magdesk.intake.rendering.showable import Way, way_of


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Café of São Paulo", "cafe", ["Café"]),
        ("line one\nline two", "one line", ["one\nline"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("مُحَمَّد كتب", "محمد", ["مُحَمَّد"]),
        ("Ёлка и ёж", "елка", ["Ёлка"]),
        ("他在北京作证", "北京", ["北京"]),
        ("he was tor-\ntured there", "tortured there", ["tor-\ntured there"]),
        ("he was tor\x02\r\ntured", "tortured", ["tor\x02\r\ntured"]),
        ("مكتبة كبيرة", "مكتبه", ["مكتبة"]),
        ("کتاب\u200cها", "کتابها", ["کتاب\u200cها"]),
        ("aaa", "", []),
        ("a.b", ".", ["."]),
    ],
)
def test_words_are_found_as_they_are_typed(text: str, words: str, found: list[str]) -> None:
    wanted = phrase(words)
    places = wanted.find(fold(text)) if wanted else []
    assert [text[start:end] for start, end in places] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("police tor", ["Police", "torture", "police"]),
        ('"police chief"', ["police chief"]),
        ("olice", []),
        ("***", []),
        ('"used torture" "the police chief"', ["used torture", "the police chief"]),
    ],
)
def test_every_word_of_a_search_is_marked(query: str, found: list[str]) -> None:
    text = "Police used torture, said the police chief."
    wanted = any_of(query)
    assert [text[a:b] for a, b in (wanted.find(fold(text)) if wanted else [])] == found


def test_a_word_is_marked_in_its_other_spellings() -> None:
    text = "Herr Müller, Mueller, عبد الرحمن"
    for query, found in (("Mueller", ["Müller", "Mueller"]), ("عبدالرحمن", ["عبد الرحمن"])):
        wanted = any_of(query)
        assert wanted is not None
        assert [text[a:b] for a, b in wanted.find(fold(text))] == found


def page_of(*lines: str) -> PageText:
    letters, boxes = "", array("f")
    for row, line in enumerate(lines):
        for column, char in enumerate(line):
            letters += char
            boxes.extend((10 * column, 20 * row, 10 * column + 10, 20 * row + 12))
        letters += "\n"
        boxes.extend((0, 0, 0, 0))
    return PageText(PageLetters(letters, boxes, lines_of(boxes)))


def test_letters_make_lines_and_the_mouse_finds_its_gap() -> None:
    page = page_of("first line", "second")
    assert [page.letters[line.first : line.end] for line in page.lines] == ["first line", "second"]
    assert page.caret(QPointF(21, 5)) == 2
    assert page.caret(QPointF(500, 5)) == len("first line")
    assert page.caret(QPointF(26, 24)) == len("first line\n") + 3
    assert page.word(2) == (0, 5)
    assert page.over(QPointF(15, 5))
    assert not page.over(QPointF(300, 200))


def test_stripes_cover_a_selection_line_by_line() -> None:
    page = page_of("first line", "second")
    assert page.stripes(6, 14) == [QRectF(60, 0, 40, 12), QRectF(0, 20, 30, 12)]
    assert page.quote(6, 17) == "line second"


def test_an_empty_page_has_no_text() -> None:
    page = page_of()
    assert page.caret(QPointF(3, 3)) == 0
    assert page.lines == []


def test_print_becomes_running_text() -> None:
    assert running("was detai-\nned in  the\r\nprison") == "was detained in the prison"
    assert running("1990-\n1995") == "1990- 1995"


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_place_on_a_turned_page_comes_back(turn: int) -> None:
    layout = PageLayout(Outline(((200.0, 300.0), (400.0, 100.0))), 1.5, turn, 2.0, QSizeF(1000, 800))
    for page in (0, 1):
        box = layout.from_page(page, QRectF(20, 30, 40, 10))
        assert layout.rect(page).contains(box)
        back = layout.to_page(page, box.center())
        assert (round(back.x()), round(back.y())) == (40, 35)


def test_small_pictures_stand_in_the_middle_and_long_files_begin_at_the_top() -> None:
    small = PageLayout(Outline(((100.0, 100.0),)), 1.0, 0, 1.0, QSizeF(500, 700))
    assert small.rect(0).center() == QPointF(250, 350)
    long = PageLayout(Outline(((100.0, 100.0),) * 50), 1.0, 0, 1.0, QSizeF(500, 700))
    assert long.rect(0).top() < 30
    assert long.page_at(long.rect(30).center().y()) == 30
    assert list(long.pages_between(long.rect(3).top(), long.rect(5).top())) == [3, 4, 5]


def test_large_pages_are_drawn_in_parts_that_cover_them() -> None:
    layout = PageLayout(Outline(((1000.0, 1000.0),)), 4.0, 0, 1.0, QSizeF(800, 600))
    parts = list(layout.parts(0))
    assert sum(part.area.width * part.area.height for part in parts) == 4000 * 4000
    seen = list(layout.parts(0, QRectF(layout.rect(0).left(), layout.rect(0).top(), 800, 600)))
    assert len(seen) == 1
    assert layout.preview(0).area.width == 1400


def test_the_least_used_pictures_go() -> None:
    cache = PictureCache(budget=4 * 100 * 3)
    for page in range(4):
        cache.put(Tile(page, 0, 10), CachedPicture(Pixels(10, 10, bytes(400))), whole=True)
        assert cache.get(Tile(0, 0, 10)) is not None
    assert [Tile(page, 0, 10) in cache for page in range(4)] == [True, False, True, True]
    assert cache.size <= 1200
    assert cache.any_of(1, 0) is None
    assert cache.any_of(3, 0) is not None


def test_long_texts_are_cut_and_nothing_is_lost() -> None:
    text = "word " * 30_000 + "x" * 90_000
    leaves = leaves_of([(0, text), (7, "page seven")])
    assert "".join(leaf.text for leaf in leaves[:-1]) == text
    assert all(len(leaf.text) <= 40_000 for leaf in leaves)
    assert (leaves[-1].page, leaves[-1].text) == (7, "page seven")


def test_small_words() -> None:
    assert [column_name(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert clock(3_723_999) == "01:02:03"
    assert in_degrees("43.464455, -11.881478") == "43° 27′ 52.0″ N, 11° 52′ 53.3″ W"
    assert in_degrees("59.99999, 0.0") == "60° 0′ 0.0″ N, 0° 0′ 0.0″ E"
    assert in_degrees("somewhere") == in_degrees("99, 10") == ""


@pytest.mark.parametrize(
    ("media_type", "name", "way"),
    [
        ("application/pdf", "a.pdf", Way.PAGES),
        ("image/heic", "a.heic", Way.PAGES),
        ("image/svg+xml", "a.svg", Way.TEXT),
        ("text/plain", "a.csv", Way.TABLE),
        ("message/rfc822", "a.eml", Way.MAIL),
        ("video/mp4", "a.mp4", Way.MEDIA),
        ("application/x-elf", "a", Way.NONE),
        ("application/vnd.oasis.opendocument.text", "a.odt", Way.TEXT),
    ],
)
def test_ways(media_type: str, name: str, way: Way) -> None:
    assert way_of(media_type, name) is way
