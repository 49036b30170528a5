"""One fact base, many submissions: what each of them keeps."""

from __future__ import annotations

import uuid
from dataclasses import replace

from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.model import (
    AdverseItem,
    Authority,
    Case,
    Evidence,
    Fact,
    Incident,
    InterestArgument,
    LegalBasis,
    Participation,
    Party,
    Proof,
    Recipient,
    Section,
    Target,
)
from magdesk.model.text import fact_token


def made() -> tuple[Dossier, dict[str, Fact]]:
    """A commander pleaded under two authorities and a company pleaded under one of them."""
    parties = [Party(), Party(kind="entity")]
    commander, company = (Target(party_id=party.id, party=party) for party in parties)
    us = LegalBasis(target_id=commander.id, regime="us-glomag", prong="HR-1")
    ca = LegalBasis(target_id=commander.id, regime="ca-jvcfoa", prong="JV-A")
    firm = LegalBasis(target_id=company.id, regime="us-glomag", prong="MA-1")
    commander.legal_bases += [us, ca]
    company.legal_bases.append(firm)
    beating, payment = Incident(title="Beating"), Incident(title="Payment")
    beating.participations.append(Participation(target_id=commander.id))
    payment.participations.append(Participation(target_id=company.id))
    facts = {
        "background": Fact(text="Background"),
        "both": Fact(text="Both", incident_id=beating.id),
        "payment": Fact(text="Payment", incident_id=payment.id),
        "share": Fact(text="Share register"),
        "named": Fact(text="Named in the Canadian text"),
    }
    facts["both"].proofs += [Proof(legal_basis_id=us.id, element="E2"), Proof(legal_basis_id=ca.id, element="E2")]
    facts["share"].proofs.append(Proof(legal_basis_id=firm.id, element="E1"))
    facts["named"].proofs.append(Proof(legal_basis_id=us.id, element="E1"))
    sections = (
        Section(code="background", regime="ca-jvcfoa", text=f"See {fact_token(facts['named'].id)}."),
        Section(code="background", regime="us-glomag", text="American"),
        Section(code="method", text="Common"),
    )
    evidence: dict[uuid.UUID, Evidence] = {}
    return (
        Dossier(
            case=Case(), organisations=(), authorities=(Authority(regime="us-glomag"), Authority(regime="ca-jvcfoa")),
            parties={party.id: party for party in parties}, targets=(commander, company), victims=(), witnesses=(),
            incidents=(beating, payment), evidence=evidence, facts=tuple(facts.values()), element_notes=(),
            adverse_items=(), interest_arguments=(InterestArgument(code="NI-1"), InterestArgument(code="CA-1")),
            proceedings=(), other_sanctions=(), sections=sections,
            recipients=(Recipient(letter="state"), Recipient(letter="minister")), signoffs=(), submissions=(),
        ),
        facts,
    )  # fmt: skip


def test_all_authorities_keep_everything() -> None:
    dossier, _facts = made()
    assert submission_view(dossier, ["us-glomag", "ca-jvcfoa"]) is dossier


def test_a_submission_keeps_what_its_authorities_ask_for() -> None:
    dossier, facts = made()
    view = submission_view(dossier, ["ca-jvcfoa"], {"NI-1", "state"})
    assert [row.id for row in view.targets] == [dossier.targets[0].id]
    assert [row.title for row in view.incidents] == ["Beating"]
    assert list(view.facts) == [facts["background"], facts["named"], facts["both"]]
    assert view.fact_numbers[facts["named"].id] == 2
    assert [row.regime for row in view.sections] == ["ca-jvcfoa", ""]
    assert [row.code for row in view.interest_arguments] == ["CA-1"]
    assert [row.letter for row in view.recipients] == ["minister"]
    assert [row.regime for row in view.authorities] == ["ca-jvcfoa"]


def test_the_case_itself_is_not_changed() -> None:
    dossier, _facts = made()
    submission_view(dossier, ["ca-jvcfoa"])
    assert len(dossier.targets) == 2
    assert len(dossier.targets[0].legal_bases) == 2


def test_an_incident_of_a_kind_that_no_paragraph_reaches_is_left_out() -> None:
    dossier, facts = made()
    beating, payment = dossier.incidents
    beating.kind, payment.kind = "torture", "misappropriation"
    payment.participations.append(Participation(target_id=dossier.targets[0].id))
    facts["payment"].proofs.append(Proof(legal_basis_id=dossier.targets[1].legal_bases[0].id, element="E1"))
    assert [row.title for row in submission_view(dossier, ["ca-jvcfoa"]).incidents] == ["Beating", "Payment"]
    view = submission_view(dossier, ["ca-jvcfoa"], (), {"torture"})
    assert [row.title for row in view.incidents] == ["Beating"]
    assert facts["payment"] not in view.facts


def test_a_fact_that_is_named_is_told_as_background_where_its_incident_is_not() -> None:
    dossier, facts = made()
    facts["named"].incident_id = dossier.incidents[1].id
    view = submission_view(dossier, ["ca-jvcfoa"], (), {"torture"})
    assert facts["named"] in view.facts_by_incident[None]
    assert view.fact_numbers[facts["named"].id] < view.fact_numbers[facts["both"].id]


def test_adverse_information_on_an_incident_that_is_not_told_is_left_out() -> None:
    dossier, facts = made()
    commander = dossier.targets[0].id
    told, elsewhere, general = (
        AdverseItem(target_id=commander, text=f"Denied.{fact_token(facts[name].id)}" if name else "Denied.")
        for name in ("both", "payment", "")
    )
    dossier = replace(dossier, adverse_items=(told, elsewhere, general))
    view = submission_view(dossier, ["ca-jvcfoa"])
    assert view.adverse_items == (told, general)
    assert facts["payment"] not in view.facts
