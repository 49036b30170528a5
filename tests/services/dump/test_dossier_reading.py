"""A dossier written by hand is read as far as its meaning is plain, and what is wrong is told at once and exactly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from magdesk.errors import InputError
from magdesk.model.names import LONGEST_NAME
from magdesk.services.dump.dossier_reading import read_dossier

BASE: dict[str, Any] = {
    "format": "magdesk-dossier",
    "version": 1,
    "case": {"title": "By hand"},
    "party": [{"id": "officer", "kind": "person"}],
    "target": [{"id": "t", "party_id": "officer"}],
    "evidence": [{"id": "order", "title": "Order"}],
    "fact": [{"id": "z", "text": "First."}, {"id": "a", "text": "Second."}],
}


def read(**changes: Any) -> dict[str, Any]:
    return read_dossier(json.dumps(BASE | changes).encode())


def refused(**changes: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(**changes)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_the_marks_and_line_ends_that_editors_write_are_no_matter(encoding: str, line: str) -> None:
    text = json.dumps(BASE, indent=1).replace("\n", line)
    assert read_dossier(text.encode(encoding))["case"]["title"] == "By hand"


def test_what_is_no_text_is_told_with_its_line() -> None:
    with pytest.raises(InputError, match="line 2"):
        read_dossier('{"format": "magdesk-dossier",\n"case": "Café"}'.encode("latin-1"))


def test_rows_keep_the_order_in_which_they_are_written() -> None:
    assert [row["rank"] for row in read()["fact"]] == [0, 1]
    rows = [{"id": "a", "rank": 5}, {"id": "b"}, {"id": "c", "rank": 2}, {"id": "d"}]
    assert [row["rank"] for row in read(fact=rows)["fact"]] == [5, 6, 2, 7]


def test_what_is_not_known_may_be_null_or_empty() -> None:
    document = read(
        party=[{"id": "officer", "short_name": None, "kind": ""}],
        fact=[{"id": "f", "date": "", "incident_id": ""}],
        evidence=[{"id": "e", "file": None, "grade": ""}],
        incident=None,
    )
    assert document["party"] == [{"id": "officer"}]
    assert document["fact"] == [{"id": "f", "date": None, "incident_id": None, "rank": 0}]
    assert "file" not in document["evidence"][0]
    assert "incident" not in document


def test_numbers_as_keys_and_years_notes_and_paths_of_windows_are_understood() -> None:
    document = read(
        _made_by="a clinic",
        case=[{"title": "By hand", "_note": "x"}],
        party=[{"id": 7}],
        target=[],
        identifier=[{"id": 1, "party_id": 7, "kind": "date_of_birth", "date": 1970}],
        evidence=[{"id": "e", "file": "files\\order.txt", "accessed_at": "2024-04-18"}],
    )
    assert document["case"] == {"title": "By hand"}
    assert document["identifier"][0] | {"rank": 0} == document["identifier"][0]
    assert (document["identifier"][0]["party_id"], document["identifier"][0]["date"]) == ("7", "1970")
    assert document["evidence"][0]["file"] == "files/order.txt"
    assert document["evidence"][0]["accessed_at"] == "2024-04-18T00:00:00+00:00"


@pytest.mark.parametrize("text", ["2019", "2019-03", "c. 1970", "March 2019", "2019-03-05/2019-04", "1970~"])
def test_dates_as_people_write_them(text: str) -> None:
    assert read(fact=[{"id": "f", "date": text}])["fact"][0]["date"] == text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"party": [{"id": "officer", "nam": "x"}]}, "party/0 (“officer”): there is no field “nam”"),
        ({"witnesses": []}, "there is no table “witnesses”; did you mean “witness”?"),
        ({"party": [{"id": "officer", "kind": "persona"}]}, "“persona” is not one of person, entity, unit, group"),
        ({"target": [{"id": "t", "party_id": "nobody"}]}, "party_id names “nobody”, and no row of “party” has"),
        ({"fact": [{"id": "f", "incident_id": "i"}]}, "incident_id names “i”, and no row of “incident” has that id"),
        ({"party": [{"id": "officer"}, {"id": "officer"}]}, "party/1 (“officer”): id “officer” already appears at"),
        ({"fact": [{"id": "f", "date": "14/13/2019"}]}, "fact/0 (“f”): date: “14/13/2019” is not a date"),
        ({"fact": [{"id": "f", "date": "2019-02-30"}]}, "“2019-02-30” is not a date"),
        ({"case": {"title": "T", "filing_date": "2026-11"}}, "“2026-11” must be a whole day, like 2026-11-05"),
        ({"evidence": [{"id": "e", "accessed_at": "lately"}]}, "“lately” is not a date and time"),
        ({"fact": [{"id": "f", "rank": "1"}]}, '"1" must be a whole number'),
        ({"party": [{"kind": "person"}]}, "“id” is missing"),
        ({"citation": [{"id": "c", "evidence_id": "order"}]}, "what the citation is for is missing; give one"),
        (
            {"citation": [{"id": "c", "evidence_id": "order", "fact_id": "z", "adverse_item_id": "x"}]},
            "names fact_id, adverse_item_id",
        ),
        (
            {"section": [{"id": "s", "code": "background"}, {"id": "s2", "code": "background"}]},
            "already appears at section/0 (“s”)",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(changes: dict[str, Any], told: str) -> None:
    assert told in refused(**changes)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = refused(fact=[{"id": "f", "dat": "x"}], party=[{"id": "officer", "dob": "1970"}])
    assert "in 2 places" in told
    assert "“dat”; did you mean “date”?" in told
    assert "“dob”" in told
    told = refused(fact=[{"id": f"f{number}", "date": "never"} for number in range(50)])
    assert "in 50 places" in told
    assert "and 20 more" in told


def test_a_key_that_stands_twice_is_not_lost_in_silence() -> None:
    with pytest.raises(InputError, match="“party”"):
        read_dossier(b'{"format": "magdesk-dossier", "party": [], "party": []}')


def test_a_page_of_text_is_no_name() -> None:
    """Protected names are searched for in every order and spelling: one of 100,000 letters took three quarters of a
    minute, each time."""
    page = "word " * (LONGEST_NAME // 5)
    name = {"id": "n", "party_id": "officer", "text": page}
    assert read(party=[{"id": "officer"}], name=[name])["name"][0]["text"] == page
    organisation = {"id": "o", "name": page + "x"}
    told = refused(party=[{"id": "officer"}], name=[name | {"text": page + "x"}], organisation=[organisation])
    assert told.count("A name has at most 500 letters; this text has 501.") == 2
    assert "put what else is known in a fact or a note" in told
