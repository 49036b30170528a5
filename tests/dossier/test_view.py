"""One fact base, many submissions: what each of them keeps."""

from __future__ import annotations

import uuid
from dataclasses import replace

from magdesk.dossier.dossier import Dossier
from magdesk.dossier.view import submission_view
from magdesk.model import (
    AdverseItem,
    Answer,
    Authority,
    Case,
    ElementNote,
    Evidence,
    Fact,
    Incident,
    InterestArgument,
    LegalBasis,
    OtherSanction,
    Participation,
    Party,
    Proceeding,
    Proof,
    Recipient,
    Section,
    Target,
)
from magdesk.model.text import evidence_token, fact_token


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
    view = submission_view(dossier, ["ca-jvcfoa"], (), {"torture"})
    assert [row.title for row in view.incidents] == ["Beating"]
    assert facts["payment"] not in view.facts


def test_an_incident_of_such_a_kind_stays_out_though_not_all_its_facts_serve_others() -> None:
    dossier, facts = made()
    beating, payment = dossier.incidents
    beating.kind, payment.kind = "torture", "misappropriation"
    payment.participations.append(Participation(target_id=dossier.targets[0].id))
    facts["payment"].proofs.append(Proof(legal_basis_id=dossier.targets[1].legal_bases[0].id, element="E1"))
    facts["background"].incident_id = payment.id
    view = submission_view(dossier, ["ca-jvcfoa"], (), {"torture"})
    assert [row.title for row in view.incidents] == ["Beating"]


def test_an_incident_that_proves_nothing_yet_is_told_where_its_kind_is_pleaded() -> None:
    dossier, facts = made()
    beating, payment = dossier.incidents
    payment.participations.append(Participation(target_id=dossier.targets[0].id))
    assert [row.title for row in submission_view(dossier, ["ca-jvcfoa"]).incidents] == ["Beating", "Payment"]
    beating.kind, payment.kind = "torture", "killing"
    us, ca = dossier.targets[0].legal_bases
    ca.abuse_type = "torture"
    view = submission_view(dossier, ["ca-jvcfoa"])
    assert [row.title for row in view.incidents] == ["Beating"]
    assert view.forgotten == (), "the ground under the other authority may still be of its kind"
    us.abuse_type = "torture"
    dossier.targets[1].legal_bases[0].abuse_type = "torture"
    for regimes in (["ca-jvcfoa"], ["us-glomag", "ca-jvcfoa"]):
        view = submission_view(dossier, regimes)
        assert [row.title for row in view.incidents] == ["Beating"]
        assert view.forgotten == (payment,)
        assert facts["payment"] not in view.facts
    ca.abuse_type = "killing"
    assert [row.title for row in submission_view(dossier, ["ca-jvcfoa"]).incidents] == ["Beating", "Payment"]


def test_what_proves_something_elsewhere_only_is_not_told_here() -> None:
    dossier, facts = made()
    _beating, payment = dossier.incidents
    payment.kind = "torture"
    payment.participations.append(Participation(target_id=dossier.targets[0].id))
    facts["payment"].proofs.append(Proof(legal_basis_id=dossier.targets[1].legal_bases[0].id, element="E1"))
    dossier.targets[0].legal_bases[1].abuse_type = "torture"
    assert [row.title for row in submission_view(dossier, ["ca-jvcfoa"]).incidents] == ["Beating"]
    assert [row.title for row in submission_view(dossier, ["us-glomag"]).incidents] == ["Beating", "Payment"]


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
    # That it cites an exhibit makes it no more of this submission.
    elsewhere.answer = f"See {evidence_token(Evidence().id)}."
    dossier = replace(dossier, adverse_items=(told, elsewhere, general))
    view = submission_view(dossier, ["ca-jvcfoa"])
    assert view.adverse_items == (told, general)
    assert facts["payment"] not in view.facts


def test_what_is_written_for_another_authority_is_not_told_to_this_one() -> None:
    dossier, facts = made()
    us, ca = dossier.targets[0].legal_bases
    notes = tuple(
        ElementNote(legal_basis_id=key, element="E1", text="For one only.") for key in (us.id, ca.id, uuid.uuid4())
    )
    us.argument = f"As {fact_token(facts['payment'].id)} shows."
    dossier = replace(dossier, element_notes=notes)
    view = submission_view(dossier, ["ca-jvcfoa"])
    assert view.element_notes == (notes[1],)
    assert facts["payment"] not in view.facts, "named only by the argument before the other authority"
    us.argument, ca.argument = "", f"As {fact_token(facts['payment'].id)} shows."
    assert facts["payment"] in submission_view(dossier, ["ca-jvcfoa"]).facts


def test_only_targets_that_no_submission_pleads_are_told_apart() -> None:
    dossier, _facts = made()
    forgotten, abroad = Target(party_id=uuid.uuid4()), Target(party_id=uuid.uuid4())
    abroad.legal_bases.append(LegalBasis(target_id=abroad.id, regime="uk-ghr", prong="A"))
    dossier = replace(dossier, targets=(*dossier.targets, forgotten, abroad))
    view = submission_view(dossier, ["ca-jvcfoa"])
    assert view.part
    assert view.targets == (dossier.targets[0],)
    assert view.unpleaded == (forgotten, abroad)
    assert view.memory is not dossier.memory
    assert submission_view(dossier, ["us-glomag"]).unpleaded == (forgotten, abroad)


def test_rows_about_a_target_that_is_left_out_go_with_it() -> None:
    dossier, _facts = made()
    commander, company = (target.id for target in dossier.targets)
    keys = (commander, company, None)
    dossier = replace(
        dossier,
        proceedings=tuple(Proceeding(target_id=key, forum="Court") for key in keys),
        other_sanctions=tuple(OtherSanction(target_id=key) for key in keys),
        answers=tuple(Answer(target_id=key, question="recent") for key in keys),
        adverse_items=tuple(AdverseItem(target_id=key, text="Denied.") for key in keys),
    )
    view = submission_view(dossier, ["ca-jvcfoa"])
    for rows in (view.proceedings, view.other_sanctions, view.answers, view.adverse_items):
        assert [row.target_id for row in rows] == [commander, None]
    assert [row.target_id for row in submission_view(dossier, ["us-glomag"]).proceedings] == list(keys)


def test_one_authority_of_a_case_may_still_leave_out_letters() -> None:
    dossier, _facts = made()
    view = submission_view(dossier, ["us-glomag", "ca-jvcfoa"], {"state"})
    assert [row.letter for row in view.recipients] == ["minister"]
    assert view.targets == dossier.targets
    assert submission_view(dossier, ["us-glomag", "ca-jvcfoa"], ()) is dossier
