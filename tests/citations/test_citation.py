from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

import magdesk.dossier.dossier  # noqa: F401 - the mappers of the model refer to each other
from magdesk.citations import CitationText, cite
from magdesk.dates.partialdate import PartialDate
from magdesk.model.evidence import Access, Evidence, SourceType

DAY = PartialDate("2020-03-05")
ACCESSED = datetime(2024, 1, 2, 23, 30, tzinfo=UTC)

CASES: list[tuple[dict[str, Any], str, str]] = [
    (
        {
            "source_type": SourceType.MEDIA,
            "author": "A. Writer",
            "title": "Жизнь.",
            "title_english": "Life",
            "publisher": "The Daily",
            "published": DAY,
            "url": "https://daily.example/a",
            "archive_url": "https://archive.example/1",
            "accessed_at": ACCESSED,
        },
        "A. Writer, *Жизнь [Life]*, The Daily, at 4 (Mar. 5, 2020), https://daily.example/a [https://archive.example/1]",
        (
            "A. Writer, ‘Жизнь [Life]’ (The Daily, 5 March 2020) p 4 <https://daily.example/a> "
            "archived at <https://archive.example/1> accessed 2 January 2024"
        ),
    ),
    (
        {
            "source_type": SourceType.MEDIA,
            "title": "Undated page",
            "publisher": "The Daily",
            "url": "https://daily.example/b",
            "accessed_at": ACCESSED,
        },
        (
            "*Undated page*, The Daily, at 4, https://daily.example/b (last visited Jan. 2, 2024) "
            "(on file with Generica Watch)"
        ),
        (
            "The Daily, ‘Undated page’ p 4 <https://daily.example/b> accessed 2 January 2024 "
            "(on file with Generica Watch)"
        ),
    ),
    (
        {
            "source_type": SourceType.NGO_REPORT,
            "publisher": "Generica Watch",
            "title": "We Saw Them",
            "published": PartialDate("2020"),
        },
        "Generica Watch, *We Saw Them* 4 (2020) (on file with Generica Watch)",
        "Generica Watch, *We Saw Them* (2020) p 4 (on file with Generica Watch)",
    ),
    (
        {
            "source_type": SourceType.UN_DOCUMENT,
            "author": "Human Rights Council",
            "title": "Report on Generica",
            "document_number": "A/HRC/40/1",
            "published": DAY,
            "archive_url": "https://archive.example/2",
        },
        (
            "Human Rights Council, *Report on Generica*, at 4, U.N. Doc. A/HRC/40/1 (Mar. 5, 2020) "
            "[https://archive.example/2]"
        ),
        "Human Rights Council, ‘Report on Generica’ (5 March 2020) UN Doc A/HRC/40/1, p 4 <https://archive.example/2>",
    ),
    (
        {
            "source_type": SourceType.COURT_RECORD,
            "author": "Supreme Court of Generica",
            "title": "Prosecutor v. Doe",
            "document_number": "12/2020",
            "published": DAY,
            "translator": "T. Ranslator",
        },
        (
            "*Prosecutor v. Doe*, No. 12/2020, at 4 (Supreme Court of Generica Mar. 5, 2020) (T. Ranslator trans.) "
            "(on file with Generica Watch)"
        ),
        (
            "*Prosecutor v. Doe*, 12/2020 (Supreme Court of Generica, 5 March 2020) p 4 (T. Ranslator tr) "
            "(on file with Generica Watch)"
        ),
    ),
    (
        {
            "source_type": SourceType.PHOTO_VIDEO,
            "media_type": "image/jpeg",
            "author": "P. Hotographer",
            "published": PartialDate("2020-03~"),
        },
        "P. Hotographer, *Photograph*, at 4 (photograph, c. Mar. 2020) (on file with Generica Watch)",
        "P. Hotographer, ‘Photograph’ (photograph, c March 2020) p 4 (on file with Generica Watch)",
    ),
]


def marked(citation: CitationText) -> str:
    return "".join(f"*{text}*" if italic else text for text, italic in citation)


@pytest.mark.parametrize(("fields", "bluebook", "oscola"), CASES)
def test_each_kind_of_source_follows_its_template(fields: dict[str, Any], bluebook: str, oscola: str) -> None:
    item = Evidence(**fields)
    assert marked(cite(item, on_file_with="Generica Watch", at="at 4")) == bluebook
    assert marked(cite(item, style="oscola", on_file_with="Generica Watch", at="p 4")) == oscola


@pytest.mark.parametrize("style", ["bluebook", "oscola"])
@pytest.mark.parametrize("kind", list(SourceType))
def test_a_confidential_statement_tells_nothing_but_pseudonym_and_month(style: str, kind: SourceType) -> None:
    names = (
        "title title_english author file_name document_number obtained_where obtained_from obtained_by obtained_how"
        " translator bias_note capture_method language"
    )
    secret = dict.fromkeys(names.split(), "SECRET")
    statement = Evidence(
        **secret,
        source_type=kind,
        speaker_id=uuid.uuid4(),
        published=PartialDate("2020-03-05/2020-03-07"),
        url="https://SECRET.example",
        archive_url="https://SECRET.example",
        accessed_at=ACCESSED,
        publisher="Generica Watch",
    )
    translation = Evidence(**secret, source_type=SourceType.TRANSLATION)
    translation.translation_of = statement
    for item in (statement, translation):
        text = cite(item, style=style, speaker="Witness 3", on_file_with="Generica Watch").text
        assert "SECRET" not in text.upper()
        assert "Witness 3" in text
        assert "5" not in text
        assert "Mar" in text if item is statement else True


def test_an_interview_reads_as_one() -> None:
    item = Evidence(source_type=SourceType.STATEMENT, obtained_on=DAY, publisher="Generica Watch")
    assert cite(item, speaker="Witness 3", on_file_with="Generica Watch").text == (
        "Interview with Witness 3, conducted by Generica Watch (Mar. 2020) (on file with Generica Watch)"
    )
    assert cite(item, style="oscola", speaker="Witness 3").text == (
        "Interview with Witness 3, conducted by Generica Watch (place withheld, March 2020)"
    )
    assert cite(Evidence(source_type=SourceType.STATEMENT)).text == "Interview with a witness"


def test_an_open_statement_is_cited_like_any_document() -> None:
    item = Evidence(
        source_type=SourceType.STATEMENT, access=Access.OPEN_SOURCE, author="J. Roe", title="Speech", published=DAY
    )
    assert cite(item).text == "J. Roe, Speech (Mar. 5, 2020)"


def test_a_loop_of_translations_ends() -> None:
    one, two = Evidence(title="One"), Evidence(title="Two")
    one.translation_of, two.translation_of = two, one
    assert cite(one).text == "One"


def test_the_drafters_own_citation_wins_in_every_style() -> None:
    item = Evidence(title="X", cite_as="Roe, *Bar* (2020), https://x.example/a_(b), [https://arch.example/1].")
    for style in ("bluebook", "oscola"):
        citation = cite(item, style=style, at="at 7")
        assert marked(citation) == "Roe, *Bar* (2020), https://x.example/a_(b), [https://arch.example/1], at 7"
        assert citation.links == ("https://x.example/a_(b)", "https://arch.example/1")
        assert set(citation.links) <= {text for text, _ in citation.parts}


def test_addresses_are_runs_of_their_own() -> None:
    citation = cite(Evidence(**CASES[0][0]))
    assert citation.links == ("https://daily.example/a", "https://archive.example/1")
    assert all((link, False) in citation.parts for link in citation.links)


def test_fields_are_cleaned_into_one_line() -> None:
    item = Evidence(title="A\u202etitle\n over\tlines\x00", author=" B  C ")
    assert cite(item).text == "B C, Atitle over lines"


def test_nothing_known_still_names_the_kind_of_item() -> None:
    assert cite(Evidence(source_type=SourceType.COURT_RECORD)).text == "Court record"
    assert cite(Evidence()).text == "Unclassified"


def test_an_unknown_style_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="apa"):
        cite(Evidence(), style="apa")


def test_a_title_that_stands_first_keeps_the_quotation_mark_that_opens_it() -> None:
    item = Evidence(source_type=SourceType.OFFICIAL_RECORD, title="Official Gazette, No. 22", published=DAY)
    assert cite(item, style="oscola", at="p 1").text.startswith("‘Official Gazette, No. 22’ (5 March 2020)")


def test_a_page_does_not_run_into_the_number_that_ends_a_title() -> None:
    item = Evidence(
        source_type=SourceType.NGO_REPORT, author="A Council", title="Household survey, 2023", published=DAY
    )
    assert cite(item, style="bluebook", at="at 1").text.startswith("A Council, Household survey, 2023, at 1 (2020)")
