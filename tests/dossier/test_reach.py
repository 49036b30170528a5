"""A proof that names no single ground counts in each that asks the same, and in no other."""

from __future__ import annotations

from magdesk.dossier.reach import reach_of
from magdesk.model import Fact, Incident, LegalBasis, Participation, Party, Proof, Target
from magdesk.model.incidents import Mode


def target(*pleaded: tuple[str, str]) -> Target:
    party = Party()
    one = Target(party_id=party.id, party=party)
    one.legal_bases += [LegalBasis(target_id=one.id, regime=regime, abuse_type=kind) for regime, kind in pleaded]
    return one


def test_a_proof_of_a_kind_counts_in_each_ground_that_pleads_it_against_who_took_part() -> None:
    general = target(("us-glomag", "torture"), ("uk-ghr", "torture"), ("us-glomag", "bribery"))
    guard, banker = target(("us-glomag", "torture")), target(("us-glomag", "torture"))
    incident = Incident(participations=[Participation(target_id=general.id), Participation(target_id=guard.id)])
    reach = reach_of([general, guard, banker], [incident])
    wound = Fact(incident_id=incident.id, proofs=[Proof(kind="torture", element="T2")])
    links = {(basis, code) for basis, code, _proof in reach.links(wound)}
    assert links == {(one.id, "T2") for one in (*general.legal_bases[:2], *guard.legal_bases)}


def test_a_background_fact_of_a_kind_serves_every_target() -> None:
    general, banker = target(("us-glomag", "torture")), target(("us-glomag", "torture"))
    fact = Fact(proofs=[Proof(kind="torture", element="T2")])
    assert len(reach_of([general, banker], []).links(fact)) == 2


def test_a_proof_of_a_mode_counts_in_the_grounds_of_its_participation() -> None:
    general, guard = target(("us-glomag", "torture"), ("uk-ghr", "torture")), target(("us-glomag", "torture"))
    commanding = Participation(target_id=general.id, mode=Mode.COMMAND)
    incident = Incident(participations=[commanding, Participation(target_id=guard.id, mode=Mode.DIRECT)])
    order = Fact(incident_id=incident.id, proofs=[Proof(participation_id=commanding.id, element="C3")])
    links = reach_of([general, guard], [incident]).links(order)
    assert [(basis, code) for basis, code, _proof in links] == [(one.id, "command:C3") for one in general.legal_bases]


def test_what_is_proved_twice_is_one_link() -> None:
    general = target(("us-glomag", "torture"))
    basis = general.legal_bases[0]
    proofs = [Proof(legal_basis_id=basis.id, element="T2"), Proof(kind="torture", element="T2")]
    ((found, code, proof),) = reach_of([general], []).links(Fact(proofs=proofs))
    assert (found, code, proof) == (basis.id, "T2", proofs[0])
    assert reach_of([general], []).links(Fact(proofs=[Proof(kind="murder", element="T2")])) == ()
