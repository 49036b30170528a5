"""What is done to a cell: facts are linked to its element, unlinked, written for it. Each is one journal step."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from magdesk.casefile import Session
from magdesk.gui.desk.desk import Desk
from magdesk.gui.matrix.bands import CellKey
from magdesk.gui.words import _, ngettext
from magdesk.model import Fact, LegalBasis, Proof


def link(desk: Desk, key: CellKey, facts: Collection[uuid.UUID]) -> bool:
    """Link facts to an element; those that are linked already stay as they are.

    What a mode of responsibility needs ties the target to the act: such a fact proves that element of the ground too.
    """
    basis, code = key
    rows = [fact for one in facts if (fact := desk.get(Fact, one)) is not None]
    fresh = [fact for fact in rows if not any(_proves(proof, key) for proof in fact.proofs)]
    if not fresh or desk.get(LegalBasis, basis) is None:
        return False
    tie = _tie(desk, key)
    label = ngettext("Link fact to {code}", "Link {count} facts to {code}", len(fresh))

    def work(_session: Session) -> None:
        for fact in fresh:
            fact.proofs.append(Proof(legal_basis_id=basis, element=code))
            if tie and not any(_proves(proof, (basis, tie)) for proof in fact.proofs):
                fact.proofs.append(Proof(legal_basis_id=basis, element=tie))

    return desk.try_change(label.format(code=_shown(code), count=len(fresh)), work)


def unlink(desk: Desk, key: CellKey, facts: Collection[uuid.UUID]) -> bool:
    """Unlink facts from an element; the facts themselves stay."""
    rows = [fact for one in facts if (fact := desk.get(Fact, one)) is not None]
    linked = [(fact, proof) for fact in rows for proof in fact.proofs if _proves(proof, key)]
    if not linked:
        return False
    label = ngettext("Unlink fact from {code}", "Unlink {count} facts from {code}", len(linked))

    def work(_session: Session) -> None:
        for fact, proof in linked:
            fact.proofs.remove(proof)

    done = desk.try_change(label.format(code=_shown(key[1]), count=len(linked)), work)
    if done:
        said = ngettext("Unlinked {count} fact", "Unlinked {count} facts", len(linked))
        desk.notice_requested.emit(said.format(count=len(linked)), True)
    return done


def write_fact(desk: Desk, key: CellKey, like: Fact | None) -> Fact | None:
    """A new, empty fact that is linked to an element already.

    Args:
        like: the fact whose incident it shares; none for a background fact.
    """
    basis, code = key
    if desk.get(LegalBasis, basis) is None:
        return None
    rank = max((row.rank for row in desk.rows(Fact)), default=-1) + 1
    codes = [one for one in (code, _tie(desk, key)) if one]
    fact = Fact(
        rank=rank,
        incident_id=like.incident_id if like is not None else None,
        proofs=[Proof(legal_basis_id=basis, element=one) for one in codes],
    )
    done = desk.try_change(_("Add a fact for {code}").format(code=_shown(code)), lambda session: session.add(fact))
    return fact if done else None


def _proves(proof: Proof, key: CellKey) -> bool:
    return proof.legal_basis_id == key[0] and proof.element == key[1]


def _tie(desk: Desk, key: CellKey) -> str:
    """For what a mode needs: the code of the element that asks for the tie to the act; empty for anything else."""
    basis = desk.get(LegalBasis, key[0])
    if basis is None or ":" not in key[1]:
        return ""
    regime = desk.law.regimes.get(basis.regime)
    prong = regime.prong(basis.prong) if regime else None
    return next((one.code for one in prong.elements if one.aspect == "link"), "") if prong else ""


def _shown(code: str) -> str:
    """A code as a person reads it; that of a mode's need names the mode elsewhere."""
    return code.rpartition(":")[2]
