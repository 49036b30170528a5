"""Kinds of abuse that files have overlooked, and which laws reach them; what property measures reach."""

from __future__ import annotations

import pytest

from magdesk import paths
from magdesk.regimes import Law, load_law
from tests.checks.cases import SmallCase

PERSECUTION = {"persecution_sex", "persecution_orientation", "persecution_ethnicity", "persecution_disability"}
EVERYWHERE = {*PERSECUTION, "forced_sterilisation", "child_recruitment", "land_dispossession"}
OF_THREE_RIGHTS = {"forced_sterilisation", "child_recruitment"}
REACHED = {
    ("us-glomag", "HR-1"): EVERYWHERE,
    ("us-7031c", "GV"): EVERYWHERE - {"land_dispossession"},
    ("us-pp8697", "PP-1"): {*EVERYWHERE, "war_crimes"},
    ("us-3c", "3C"): EVERYWHERE,
    ("us-ina", "INA-3G"): {"child_recruitment"},
    ("us-ina", "FS-801"): {"forced_sterilisation"},
    ("us-ina", "INA-3E"): set(),
    ("uk-ghr", "GHR-A"): OF_THREE_RIGHTS,
    ("au-6a", "AU-HR"): OF_THREE_RIGHTS,
    ("ca-jvcfoa", "JV-A"): EVERYWHERE,
    ("ca-sema", "SE-C"): EVERYWHERE,
    ("eu-ghrsr", "EU-B"): set(),
    ("eu-ghrsr", "EU-C"): set(),
    ("eu-ghrsr", "EU-D"): EVERYWHERE,
    ("uk-gac", "GAC-A"): set(),
}
KINDS = {*EVERYWHERE, "war_crimes"}
READ = {"persecution_sex", "persecution_ethnicity", "child_recruitment", "war_crimes"}
"""Those whose official text was read; of the others only what they are about is known."""


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def test_each_kind_asks_for_group_act_and_tie(law: Law) -> None:
    for code in KINDS:
        kind = law.acts[code]
        aspects = [element.aspect for element in kind.elements]
        assert {"act", "victim"} <= {*aspects, *(["victim"] if code == "forced_sterilisation" else [])}, code
        assert len(kind.elements) >= 4
        assert len({element.code for element in kind.elements}) == len(kind.elements)
        assert kind.provenance.verify is (code not in READ), code
        assert "article" in kind.provenance.source
    codes = [element.code for kind in law.acts.values() for element in kind.elements]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(("regime", "prong"), REACHED)
def test_each_law_reaches_its_own(law: Law, regime: str, prong: str) -> None:
    known = law.regimes[regime]
    paragraph = known.prong(prong)
    assert paragraph is not None
    reached = {kind.code for kind in known.abuse_types if paragraph.reaches(kind)} & KINDS
    assert reached == REACHED[regime, prong]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_case_of_that_kind_is_judged_by_its_elements(law: Law, kind: str) -> None:
    case = SmallCase(law)
    try:
        case.incident.kind = case.basis.abuse_type = kind
        if kind == "war_crimes":
            assert {one.place.field for one in case.findings("C03")} == {"abuse_type"}
        else:
            assert case.findings("C03") == []
            lacking = {one.place.field for one in case.findings("C04")}
            assert lacking == {"E2", *(element.code for element in law.acts[kind].elements)}
            assert case.findings("C55") == []
    finally:
        case.close()


def test_measures_against_property_reach_vessels_and_aircraft(law: Law) -> None:
    reached = {
        (regime.code, measure.code): measure.property
        for regime in law.regimes.values()
        for measure in regime.measures
        if measure.property is not None
    }
    assert {regime for regime, _measure in reached} == {
        "us-glomag", "uk-ghr", "uk-gac", "ca-jvcfoa", "ca-sema", "eu-ghrsr", "au-6a",
    }  # fmt: skip
    for (regime, _measure), found in reached.items():
        assert "essels" in found.text
        assert "aircraft" in found.text
        # Only the Canadian definitions were read.
        assert found.provenance.verify is not regime.startswith("ca-")
