"""A code that nothing answers to is refused, with those that are allowed; in an old dump of MagDesk it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from magdesk.errors import InputError
from magdesk.regimes import load_law
from magdesk.services.dump.folder import load_case
from magdesk.services.dump.unknowncodes import unknown_codes
from tests.invented import CASES
from tests.shared import SAMPLE_PASSPHRASE

PLANTED: list[tuple[str, str, str, str]] = [
    ("incident", "kind", "bribe", "did you mean “bribery”?"),
    ("incident", "other_kinds", "slavery,forced_labor", "“forced_labor” is none of the types"),
    ("authority", "regime", "us-magnitsky", "the authorities are"),
    ("authority", "measures", "freez", "did you mean “freeze”?"),
    ("legal_basis", "prong", "JV-C", "paragraphs of us-glomag are HR-1"),
    ("legal_basis", "abuse_type", "torturing", "did you mean “torture”?"),
    ("proof", "element", "Q9", "“Q9” is none of the elements"),
    ("section", "code", "exec_summary", "did you mean “executive_summary”?"),
    ("interest_argument", "code", "US-99", "none of the arguments"),
    ("recipient", "letter", "congres", "did you mean “congress”?"),
    ("answer", "question", "recency", "did you mean “recent”?"),
    ("victim", "groups", "journalist", "did you mean “journalists”?"),
    ("evidence", "language", "English", "is no code of a language; did you mean “en”?"),
    ("evidence", "language", "xx", "write it like en"),
    ("name", "language", "Russisch", "is no code of a language"),
    ("incident", "country", "UX", "is no code or name of a country"),
    ("incident", "country", "ru", "did you mean “RU”?"),
    ("identifier", "country", "Kazakstan", "did you mean “Kazakhstan”?"),
    ("asset", "country", "Belaruss", "did you mean “Belarus”?"),
    ("asset", "currency", "usd", "did you mean “USD”?"),
    ("payment", "currency", "US$", "did you mean “USD”?"),
    ("payment", "currency", "euros", "did you mean “EUR”?"),
]


def case(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CASES / name / "dossier.json").read_bytes())
    return found


@pytest.mark.parametrize("name", ["concession", "exiles"])
def test_what_is_known_is_not_told(name: str) -> None:
    assert list(unknown_codes(case(name), load_law())) == []


@pytest.mark.parametrize(("table", "field", "code", "told"), PLANTED)
def test_what_nothing_answers_to_is_told_with_its_row(table: str, field: str, code: str, told: str) -> None:
    document = case("concession")
    rows = document.setdefault(table, [])
    if not rows:
        rows.append({"id": f"{table}-1"})
    rows[0][field] = code
    found = list(unknown_codes(document, load_law()))
    assert len(found) == 1, found
    assert found[0].startswith(f"{table}/0/{field} (“{rows[0]['id']}”): ")
    assert told in found[0]


def test_a_group_of_ones_own_and_an_answer_for_a_country_stay() -> None:
    document = case("concession")
    document["victim"][0]["groups"] = "indigenous,fisherfolk of the delta"
    document["answer"] = [{"id": "a", "question": "abroad:Canada", "value": "yes"}]
    assert list(unknown_codes(document, load_law())) == []


def test_by_hand_it_is_refused_and_from_a_dump_it_is_loaded_and_told(tmp_path: Path) -> None:
    document = {
        "format": "magdesk-dossier", "version": 1, "case": {"title": "T"},
        "incident": [{"id": "i", "kind": "bribe"}, {"id": "j", "kind": "tortur"}],
    }  # fmt: skip
    (tmp_path / "dossier.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(tmp_path, tmp_path / "a.magdesk", SAMPLE_PASSPHRASE)
    assert "bribery" in str(caught.value)
    assert "torture" in str(caught.value)
    assert not (tmp_path / "a.magdesk").exists()
    told: list[str] = []
    (tmp_path / "dossier.json").write_text(json.dumps({**document, "program": "0.1.0"}), encoding="utf-8")
    load_case(tmp_path, tmp_path / "b.magdesk", SAMPLE_PASSPHRASE, doubt=told.append).close()
    assert [line.partition(":")[0] for line in told] == ["incident/0/kind (“i”)", "incident/1/kind (“j”)"]
