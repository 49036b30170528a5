"""The page that explains ``dossier.json`` leaves nothing out, and its example is one that loads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from sqlalchemy import inspect

from magdesk import paths
from magdesk.dossier.dossier import load_dossier
from magdesk.regimes import load_law
from magdesk.services.dump.codes import CODED
from magdesk.services.dump.dossier_json import schema, tables
from magdesk.services.dump.explanation import MARKED_UP, explanation
from magdesk.services.dump.folder import load_case
from tests.shared import SAMPLE_PASSPHRASE

LAW = load_law([paths.resource()])
EXAMPLE = paths.resource("schema", "example")
OWN_WORDS = {"id", "rank"}


def test_the_shipped_page_is_what_the_command_prints() -> None:
    """Mend it with ``python -m magdesk.services.dump.explanation``."""
    assert paths.resource("schema", "dossier-1.md").read_text(encoding="utf-8") == explanation(LAW)


def test_every_field_has_a_meaning() -> None:
    described = schema()["properties"]
    mute = []
    for name in tables():
        spec = described[name] if name == "case" else described[name]["items"]
        mute += [
            f"{name}.{field}"
            for field, about in spec["properties"].items()
            if field not in OWN_WORDS and not str(about.get("description", "")).strip()
        ]
    assert not mute


def test_the_fields_that_are_named_exist() -> None:
    columns = {(name, column.key) for name, kind in tables().items() for column in inspect(kind).column_attrs}
    assert {(one.table, one.field) for one in CODED} | MARKED_UP <= columns
    assert all(one.codes(LAW) for one in CODED)


def test_a_code_that_the_law_gets_is_on_the_page() -> None:
    regime = next(iter(LAW.regimes.values()))
    other = replace(regime.prongs[0], code="ZZ-9", title="A new paragraph")
    law = replace(LAW, regimes=LAW.regimes | {regime.code: replace(regime, prongs=(*regime.prongs, other))})
    assert "ZZ-9" not in explanation(LAW)
    assert explanation(law).count("ZZ-9") == 2


def test_the_page_says_nothing_of_how_the_program_is_built() -> None:
    page = explanation(LAW)
    assert not any(word in page for word in ("(domain", ":class:", "magdesk.model"))


def test_the_example_loads_and_a_proof_of_it_counts_under_both_laws(tmp_path: Path) -> None:
    written = json.loads((EXAMPLE / "dossier.json").read_text(encoding="utf-8"))
    rows = sum(len(value) for value in written.values() if isinstance(value, list))
    assert 40 <= rows <= 60
    with load_case(EXAMPLE, tmp_path / "example.magdesk", SAMPLE_PASSPHRASE) as case, case.reader() as session:
        dossier = load_dossier(session)
        proved = {code for (_basis, code), proofs in dossier.proofs.items() if proofs}
        assert len([1 for _basis, code in dossier.proofs if code == "T2"]) == 2
        assert {"T2", "command:C3", "E1"} <= proved
        assert case.verify() == []
