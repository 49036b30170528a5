from __future__ import annotations

import re
from dataclasses import replace

from magdesk.model import LegalBasis, Relation
from magdesk.model.people import PartyKind, RelationKind
from tests.checks.cases import SmallCase


def variants(case: SmallCase, code: str) -> set[str]:
    """Which of the check's sentences appeared."""
    text = case.law.checks[code]
    sentences = {"": text.sentence, **{name: one.sentence for name, one in text.variants.items()}}
    patterns = {name: re.sub(r"\\\{\w+\\\}", ".*", re.escape(sentence)) for name, sentence in sentences.items()}
    found = case.findings(code)
    told = {name for name, pattern in patterns.items() for one in found if re.fullmatch(pattern, one.sentence, re.S)}
    assert len(told) >= bool(found)
    return told


def test_c03_wants_a_paragraph(case: SmallCase) -> None:
    case.remove(case.basis)
    assert variants(case, "C03") == {""}


def test_c03_wants_a_target(case: SmallCase) -> None:
    case.remove(case.part)
    case.remove(case.target)
    assert variants(case, "C03") == {"no_target"}


def test_c03_refuses_section_1_a_i(case: SmallCase) -> None:
    case.basis.prong = "1(a)(i)"
    assert variants(case, "C03") == {"unknown"}


def test_c03_names_what_can_be_pleaded(case: SmallCase) -> None:
    case.basis.prong = "HR1"
    [finding] = case.findings("C03")
    assert "HR-1, CO-1" in finding.sentence
    case.basis.regime = "us-magnitsky"
    assert variants(case, "C03") == {"unknown_regime"}
    assert "us-glomag" in case.findings("C03")[0].sentence


def test_a_paragraph_that_cannot_reach_the_target_is_told_once(case: SmallCase) -> None:
    case.basis.regime, case.basis.prong = "us-7031c", "GV"
    case.general.kind = PartyKind.ENTITY
    assert variants(case, "C03") == {"kind"}
    assert [case.findings(code) for code in ("C04", "C06", "C17")] == [[], [], []]


def test_c03_wants_the_authority_to_be_asked_for(case: SmallCase) -> None:
    case.remove(case.glomag)
    assert variants(case, "C03") == {"not_asked"}


def test_c03_wants_a_paragraph_that_can_reach_the_target(case: SmallCase) -> None:
    case.basis.regime, case.basis.prong = "us-7031c", "GV"
    assert variants(case, "C03") == set()
    case.general.kind = PartyKind.ENTITY
    assert variants(case, "C03") == {"kind"}


def test_c03_wants_a_fitting_kind_of_act(case: SmallCase) -> None:
    case.basis.abuse_type = ""
    assert variants(case, "C03") == {"no_type"}
    case.basis.abuse_type = "bribery"
    assert variants(case, "C03") == {"wrong_type"}
    case.basis.abuse_type = "witchcraft"
    assert variants(case, "C03") == {"wrong_type"}


def test_c17_wants_a_government_post(case: SmallCase) -> None:
    case.basis.regime, case.basis.prong = "us-7031c", "GV"
    assert case.findings("C17") == []
    case.command.government = False
    assert case.severities("C17") == ["block"]


def test_c20_wants_a_principal(case: SmallCase) -> None:
    _target, basis = case.second_target("Boris Trader", "OC-1")
    assert variants(case, "C20") == {""}
    basis.principal_listing = "VERRODINE, Ilan (GLOMAG)"
    assert variants(case, "C20") == set()
    basis.principal_listing, basis.principal_id = "", case.target.id
    assert variants(case, "C20") == set()


def test_c20_wants_the_principal_first(case: SmallCase) -> None:
    _target, basis = case.second_target("Boris Trader", "MA-2", rank=-1, principal_id=case.target.id)
    assert variants(case, "C20") == {"order"}
    basis.principal_id = basis.target_id
    assert variants(case, "C20") == {"itself"}


def test_c20_wants_the_chain_to_end_somewhere(case: SmallCase) -> None:
    first, first_basis = case.second_target("Boris Trader", "OC-1")
    second, _basis = case.second_target("Karel Holder", "OC-1", rank=2, principal_id=first.id)
    first_basis.principal_id = second.id
    assert variants(case, "C20") == {"chain"}
    first_basis.principal_id = case.target.id
    assert variants(case, "C20") == set()


def test_c20_a_leader_hangs_on_an_entity(case: SmallCase) -> None:
    case.second_target("Boris Trader", "LD-2", principal_id=case.target.id)
    assert variants(case, "C20") == {"no_entity"}
    case.general.kind = PartyKind.UNIT
    assert variants(case, "C20") == set()


def test_c20_family_hangs_on_an_official_of_the_same_authority(case: SmallCase) -> None:
    case.second_target("Vera Verrodine", "FM", regime="us-7031c", principal_id=case.target.id)
    assert variants(case, "C20") == {"no_official"}
    case.add(LegalBasis(target_id=case.target.id, regime="us-7031c", prong="GV", abuse_type="torture", rank=1))
    assert variants(case, "C20") == set()


def test_c20_only_warns_where_not_every_attempt_needs_a_principal(case: SmallCase) -> None:
    case.second_target("Boris Trader", "AT-2")
    assert case.severities("C20") == ["warn"]


def test_every_derivative_paragraph_of_the_order_needs_a_principal(case: SmallCase) -> None:
    regime = case.law.regimes["us-glomag"]
    assert {prong.code for prong in regime.prongs if prong.principal} == {"MA-2", "LD-2", "OC-1", "AT-2"}


def test_c21_wants_the_effect_where_the_authority_asks_for_one(case: SmallCase) -> None:
    regime = case.law.regimes["us-glomag"]
    prong = regime.prongs[0]
    asked = replace(prong.elements[0], code="E9", title="Adverse effect", aspect="effect")
    changed = replace(regime, prongs=(replace(prong, elements=(*prong.elements, asked)), *regime.prongs[1:]))
    case.law = replace(case.law, regimes={**case.law.regimes, "us-glomag": changed})
    assert case.severities("C21") == ["block"]
    case.basis.argument = "Two U.S. firms lost their licences."
    assert case.findings("C21") == []
    case.basis.argument = ""
    case.prove(case.facts[0], case.basis, "E9")
    assert case.findings("C21") == []


def test_c27_wants_an_explicit_request(case: SmallCase) -> None:
    case.target.request = ""
    assert case.severities("C27") == ["block"]


def test_c19_family_is_identified_and_not_accused(case: SmallCase) -> None:
    wife, _basis = case.second_target("Vera Verrodine", "FM", regime="us-7031c", principal_id=case.target.id)
    assert case.findings("C19") == []
    case.add(type(case.part)(incident_id=case.incident.id, target_id=wife.id))
    assert variants(case, "C19") == {"accused"}
    for row in list(wife.party.identifiers):
        case.remove(row)
    assert variants(case, "C19") == {"accused", ""}
    assert set(case.severities("C19")) == {"warn"}


def test_c19_asks_for_identifiers_of_relatives_in_the_request(case: SmallCase) -> None:
    other = case.add(type(case.general)(description="Daughter."))
    row = case.add(
        Relation(party_id=case.general.id, other_id=other.id, kind=RelationKind.PARENT, include_in_request=True)
    )
    assert variants(case, "C19") == {"", "no_law"}  # the order alone is pleaded, which reaches no family as such
    case.unknown(other.id, "date_of_birth")
    case.unknown(other.id, "nationality")
    assert variants(case, "C19") == {"no_law"}
    row.kind = RelationKind.ASSOCIATE
    assert variants(case, "C19") == {"no_family"}
