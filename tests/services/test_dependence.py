"""Removing any one citation from the sample changes the findings that depend on it, and no other."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from magdesk import paths
from magdesk.casefile import CaseFile
from magdesk.checks import Finding, run_checks
from magdesk.checks.matching import words
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.dossier.memory import Memory
from magdesk.model import Base, Citation, Evidence, Fact, Participation
from magdesk.model.evidence import Grade
from magdesk.model.facts import Stance
from magdesk.regimes import Law, load_law
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

pytestmark = pytest.mark.slow

TODAY = SAMPLE_DAY
Told = dict[tuple[str, uuid.UUID | None, str], Finding]


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


@pytest.fixture(scope="module")
def dossier(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    path = tmp_path_factory.mktemp("dependence") / "s.magdesk"
    copyfile(sample_file, path)
    with CaseFile.open(path, SAMPLE_PASSPHRASE, backups=False) as case, case.reader() as session:
        yield load_dossier(session)


def told(dossier: Dossier, law: Law, memory: Memory) -> Told:
    found = run_checks(replace(dossier, memory=memory), law, TODAY, memory)
    return {(one.code, one.place.row, f"{one.key} {one.severity}"): one for one in found}


def above(owner: Base) -> set[uuid.UUID]:
    """The owner of a citation and the row that it is part of."""
    found = {owner.id}
    for name in ("party_id", "incident_id"):
        if not isinstance(owner, Fact) and getattr(owner, name, None) is not None:
            found.add(getattr(owner, name))
    return found


def proof_of(dossier: Dossier, fact: Fact, skip: Citation | None = None) -> set[uuid.UUID]:
    """The independent roots behind a fact, counted here anew."""
    roots = set()
    for row in fact.citations:
        item = dossier.evidence.get(row.evidence_id)
        if row is skip or item is None or row.stance is not Stance.SUPPORTS or item.grade is Grade.X:
            continue
        roots.add(dossier.root_of(item.id))
    return roots


def thin(dossier: Dossier, law: Law, skip: Citation | None = None) -> set[tuple[uuid.UUID, str]]:
    """The elements that rest on one root, counted here anew."""
    asked = {row.regime for row in dossier.authorities}
    found = set()
    for target in dossier.targets:
        for basis in target.legal_bases:
            regime = law.regimes[basis.regime]
            prong, kind = regime.prong(basis.prong), regime.abuse_type(basis.abuse_type)
            if basis.regime not in asked or prong is None:
                continue
            for element in regime.elements(basis.prong, basis.abuse_type):
                codes = {element.code}
                if element.aspect == "act" and kind is not None and element in prong.elements:
                    codes |= {own.code for own in kind.elements}
                roots: set[uuid.UUID] = set()
                for fact in dossier.facts:
                    if any(row.legal_basis_id == basis.id and row.element in codes for row in fact.proofs):
                        roots |= proof_of(dossier, fact, skip)
                if element.required and len(roots) == 1:
                    found.add((basis.id, element.code))
    return found


def family(dossier: Dossier, item: Evidence) -> set[uuid.UUID]:
    """An item and all that goes back to the same root: translations, attachments, repetitions."""
    root = dossier.root_of(item.id)
    return {key for key in dossier.evidence if dossier.root_of(key) == root}


def dependents(dossier: Dossier, owner: Base, citation: Citation) -> set[uuid.UUID | None]:
    """The rows whose findings may change when a citation goes."""
    item = dossier.evidence[citation.evidence_id]
    rows: set[uuid.UUID | None] = {citation.id, owner.id, *family(dossier, item)}
    speakers = {dossier.evidence[key].speaker_id for key in family(dossier, item)}
    for key in speakers - {None}:
        party = dossier.parties[key]  # type: ignore[index]
        rows |= {party.id, *(row.id for row in party.consents)}
    targets = {basis.id: target for target in dossier.targets for basis in target.legal_bases}
    if isinstance(owner, Fact):
        for proof in owner.proofs:
            assert proof.legal_basis_id is not None
            rows |= {proof.legal_basis_id, targets[proof.legal_basis_id].id}
        # What several sources of a fact confirm, they confirm together.
        for row in owner.citations:
            rows |= family(dossier, dossier.evidence[row.evidence_id])
    if isinstance(owner, Participation):
        rows.add(owner.target_id)
    return rows


def test_a_citation_carries_what_depends_on_it_and_nothing_else(dossier: Dossier, law: Law) -> None:
    memory = Memory()
    before = told(dossier, law, memory)
    thin_before = thin(dossier, law)
    pairs = list(dossier.citations())
    assert len(pairs) > 100
    moved = 0
    for owner, citation in pairs:
        rest = [row for row in owner.citations if row is not citation]  # type: ignore[attr-defined]
        whole = list(owner.citations)  # type: ignore[attr-defined]
        may = dependents(dossier, owner, citation)
        set_committed_value(owner, "citations", rest)
        memory.forget(above(owner) | {citation.evidence_id})
        after = told(dossier, law, memory)
        changed = before.keys() ^ after.keys()
        moved += bool(changed)
        strange = {one for one in changed if one[1] not in may and not _by_word(one, citation)}
        assert not strange, (owner, citation, strange)
        supporting = [row for row in rest if row.stance is Stance.SUPPORTS]
        if isinstance(owner, Fact):
            bare = [one for one in changed if one[0] == "C05" and one[1] == owner.id]
            assert bool(bare) == (not supporting and citation.stance is Stance.SUPPORTS)
        set_committed_value(owner, "citations", whole)
        memory.forget(above(owner) | {citation.evidence_id})
    assert told(dossier, law, memory).keys() == before.keys()
    assert moved > 10
    assert {
        (row, key.partition("/")[0].partition(" ")[0]) for code, row, key in before if code == "C06"
    } == thin_before


def test_the_thin_elements_are_those_that_lose_their_second_root(dossier: Dossier, law: Law) -> None:
    """Of the citations of every twentieth fact, each: C06 speaks where, counted anew, one root is left."""
    memory = Memory()
    told(dossier, law, memory)
    for fact in dossier.facts[::20]:
        whole = list(fact.citations)
        for citation in whole:
            wanted = thin(dossier, law, citation)
            set_committed_value(fact, "citations", [row for row in whole if row is not citation])
            memory.forget({fact.id, citation.evidence_id})
            after = told(dossier, law, memory)
            set_committed_value(fact, "citations", whole)
            memory.forget({fact.id, citation.evidence_id})
            assert {
                (row, key.partition("/")[0].partition(" ")[0]) for code, row, key in after if code == "C06"
            } == wanted


def _by_word(one: tuple[str, uuid.UUID | None, str], citation: Citation) -> bool:
    """Whether a finding on spelling hangs on a word that stood in the citation."""
    code, _row, key = one
    gone = set(words(f"{citation.quote} {citation.quote_english} {citation.note}"))
    return code == "C34" and key.split(" ")[0].rpartition("/")[2] in gone
