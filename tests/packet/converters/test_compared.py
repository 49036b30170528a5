"""What is printed of a document is compared with what a search finds in it, and what is lost is said on the page."""

from __future__ import annotations

from typing import BinaryIO

import pytest

from magdesk.intake.comparison import lost_words
from magdesk.intake.conversion import DocumentConverter, FoundText, Refusal
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.packet.converters import Pages, convert
from magdesk.packet.converters.compared import loss_sentence, printed_text
from tests.packet.making import exhibit

PAGE = b"<h1>Order 77/2024</h1><p>The colonel signed it on Tuesday. It names 1,499.99 dollars.</p>"


class Finding(DocumentConverter):
    """Finds what it is told to find."""

    found: FoundText | None = None

    def words(
        self,
        stream: BinaryIO,
        name: str,
        media_type: str,
        size: int,
        *,
        password: str = "",
        encoding: KnownEncoding = UNKNOWN,
    ) -> FoundText:
        if self.found is None:
            raise Refusal("It cannot be read again.", "Look.")
        return self.found


def _pages(converter: DocumentConverter) -> Pages:
    with converter:
        pages = convert(exhibit(1, PAGE, "text/html"), converter)
    assert isinstance(pages, Pages)
    return pages


def _printed(pages: Pages) -> str:
    with pages.open() as made:
        return " ".join(printed_text(made).split())


def test_pages_that_show_everything_say_nothing() -> None:
    pages = _pages(DocumentConverter())
    assert not [note for note in pages.notes if "search" in note]
    assert "search" not in _printed(pages)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("The colonel and the STAMP 4711 signed", "3 words or numbers * are not on these pages: and, stamp, 4711."),
        # Words of the sentences about the view are no words of the file.
        ("Tuesday, original layout", "2 words or numbers * are not on these pages: original, layout."),
        ("colonel Ivanov", "One word or number * is not on these pages: ivanov."),
    ],
)
def test_what_is_lost_stands_on_the_first_page_and_in_the_notes(found: str, said: str) -> None:
    converter = Finding()
    converter.found = FoundText((found,))
    pages = _pages(converter)
    said = said.replace("*", "that a search finds in the file")
    assert said in " ".join(pages.notes)
    assert said in _printed(pages)
    assert "in the original, which is produced with them" in " ".join(pages.notes)


def test_what_could_not_be_compared_is_said() -> None:
    assert "could not be compared" in " ".join(_pages(Finding()).notes)
    partly = Finding()
    partly.found = FoundText(("colonel",), whole=False)
    assert "Only part of the file could be compared" in _printed(_pages(partly))


def test_the_words_come_from_the_reader_of_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    where = "magdesk.packet.converters.convertedview.printed_text"
    monkeypatch.setattr(where, lambda _out: "The colonel signed it on")
    assert "order, 77, 2024, tuesday, names, 1, 499, 99, dollars." in " ".join(_pages(DocumentConverter()).notes)


@pytest.mark.parametrize(
    ("read", "shown", "lost"),
    [
        ("paid 1,499.99", "paid 1,500", ("499", "99")),
        ("Straße ﬁnal", "STRASSE final", ()),
        ("interrogation ended", "interro-\r\ngation ended", ()),
        ("two words", "one twofold words", ("two",)),
        ("number 50", "number 1500", ("50",)),
        ("شهادة السيد", "شهادة", ("السيد",)),
        ("می\u200cخواهم soft\u00adhyphen", "میخواهم softhyphen", ()),
        ("again again", "nothing", ("again",)),
        ("証言と証词", "彼の証\n言と証词です", ()),
    ],
)
def test_words_are_compared_as_a_reader_would(read: str, shown: str, lost: tuple[str, ...]) -> None:
    assert lost_words([read], shown) == lost


def test_a_long_list_is_cut() -> None:
    sentence = loss_sentence(tuple(f"word{number}" for number in range(4_000)))
    assert sentence.startswith("4,000 words")
    assert "word11 …" in sentence
    assert "word12" not in sentence
