from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect

from magdesk import paths
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.model import Base, Case, Evidence, Fact, Identifier, Position
from magdesk.model.evidence import Access
from magdesk.model.facts import PinpointKind
from magdesk.model.text import fact_token, party_token
from magdesk.services.dump.dossier_json import key_of, row_from_json, row_to_json, schema, tables, validate
from magdesk.services.dump.dossier_reading import doubtful_dates, read_dossier


def _columns(row: Base) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}


def test_the_shipped_schema_is_that_of_the_model() -> None:
    shipped = json.loads(paths.resource("schema", "dossier-1.json").read_text(encoding="utf-8"))
    assert shipped == schema()


def test_every_table_is_in_the_schema() -> None:
    assert set(tables()) == {mapper.class_.__tablename__ for mapper in Base.registry.mappers}
    assert set(tables()) <= set(schema()["properties"])


@given(title=st.text(), size=st.integers(0, 2**40), lossy=st.floats(0, 1e6))
def test_rows_survive_json(title: str, size: int, lossy: float) -> None:
    row = Evidence(
        title=title,
        size=size,
        duration=lossy,
        access=Access.CONFIDENTIAL,
        published=PartialDate("2024-03~"),
        verified_on=date(2024, 3, 5),
        accessed_at=datetime(2024, 3, 5, 12, 30, 1, tzinfo=UTC),
        derived_from_id=uuid.uuid4(),
    )
    text = json.dumps(row_to_json(row), ensure_ascii=False)
    assert _columns(row_from_json(Evidence, json.loads(text))) == _columns(row)


def test_keys_may_be_any_text_also_inside_narrative() -> None:
    values = {
        "id": "fact-1",
        "text": "{@party:officer} said so [@fact:fact-2] [@evidence:order, p. 4].",
        "date": "March 2024",
    }
    fact = row_from_json(Fact, values)
    assert isinstance(fact, Fact)
    assert fact.id == key_of("fact-1")
    assert fact.text.startswith(party_token(key_of("officer")))
    assert fact_token(key_of("fact-2")) in fact.text
    assert f"[@evidence:{key_of('order')}, p. 4]" in fact.text
    assert fact.date == PartialDate("2024-03")


def test_a_uuid_stays_itself() -> None:
    key = uuid.uuid4()
    assert key_of(str(key)) == key


MINIMAL = {"format": "magdesk-dossier", "version": 1, "case": {"title": "T"}}


def test_a_minimal_dossier_is_valid() -> None:
    validate(MINIMAL)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"version": 2}, "newer version of MagDesk"),
        ({"format": "other"}, "format"),
        ({"case": {"title": 3}}, "case/title"),
        ({"fact": [{"id": "a", "colour": "red"}]}, "fact/0"),
        ({"citation": [{"id": "c", "evidence_id": "e", "pinpoint_kind": "verse"}]}, "citation/0/pinpoint_kind"),
        ({"citation": [{"id": "c"}]}, "evidence_id"),
        ({"identifier": [{"id": "i", "party_id": "p", "kind": None}]}, "identifier/0/kind"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, object], named: str) -> None:
    with pytest.raises(InputError) as caught:
        validate(MINIMAL | change)
    assert named in str(caught.value)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError):
        row_from_json(Identifier, {"id": "i", "party_id": "p", "date": "the other day"})


def test_a_doubtful_year_is_told_with_its_row_and_what_to_write() -> None:
    document = read_dossier(
        json.dumps(
            MINIMAL
            | {
                "party": [{"id": "p1"}],
                "position": [{"id": "q1", "party_id": "p1", "start": "۱۳۹۸", "end": "1402 (Persian)"}],
            }
        ).encode()
    )
    (told,) = doubtful_dates(document)
    assert told == (
        "position/0 (“q1”): start: “۱۳۹۸” is unlikely to be a Gregorian year; "
        "write “۱۳۹۸ (Persian)” or “۱۳۹۸ (Hijri)”."
    )
    row = row_from_json(Position, document["position"][0])
    assert isinstance(row, Position)
    assert (row.start, row.end) == (PartialDate("1398"), PartialDate("1402@persian"))


def test_defaults_fill_what_is_left_out() -> None:
    row = row_from_json(Position, {"id": "p", "party_id": "x"})
    assert isinstance(row, Position)
    assert (row.title, row.government, row.end_state.value) == ("", False, "unknown")
    assert PinpointKind.PAGE.value == "page"
    assert row_from_json(Case, {"title": "T"}).id.version == 7
