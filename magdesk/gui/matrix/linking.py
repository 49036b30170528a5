"""What is done to a cell: facts are linked to its element, unlinked, written for it. Each is one journal step."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from magdesk.casefile import Session
from magdesk.gui.desk.desk import Desk
from magdesk.gui.matrix.bands import CellKey
from magdesk.gui.words import _, ngettext
from magdesk.model import Fact, Incident, LegalBasis, Proof, Target
from magdesk.regimes.regime import Law
from magdesk.services.proving import Proving


def proving(desk: Desk) -> Proving:
    """The grounds of the case as they are now."""
    return Proving.of(desk.law, desk.rows(Target), desk.rows(Incident))


def link(desk: Desk, key: CellKey, facts: Collection[uuid.UUID]) -> bool:
    """Link facts to an element; those that are linked already stay as they are.

    Other grounds that ask the same of the same kind of act, or of the part that the target took, count it too. What a
    mode of responsibility needs ties the target to the act: such a fact proves that element of the grounds as well.
    """
    rows = [fact for one in facts if (fact := desk.get(Fact, one)) is not None]
    now = proving(desk)
    fresh = [fact for fact in rows if not now.proofs(fact, key)]
    if not fresh or key[0] not in now.bases:
        return False
    label = ngettext("Link fact to {code}", "Link {count} facts to {code}", len(fresh))
    grounds: set[uuid.UUID] = set()

    def work(_session: Session) -> None:
        for fact in fresh:
            grounds.update(prove(desk.law, now, fact, key))

    done = desk.try_change(label.format(code=_shown(key[1]), count=len(fresh)), work)
    if done and len(grounds) > 1:
        desk.notice_requested.emit(counting(len(grounds)), True)
    return done


def prove(law: Law, now: Proving, fact: Fact, key: CellKey) -> frozenset[uuid.UUID]:
    """Write that a fact proves something, and the tie to the act with it.

    Returns:
        the grounds for which it counts.
    """
    proof = now.proof(fact, key)
    reached = now.counts_for(fact, proof)
    fact.proofs.append(proof)
    for basis, code in reached:
        tie = _tie(law, now.bases.get(basis), code)
        if tie and not now.proofs(fact, (basis, tie)):
            fact.proofs.append(Proof(legal_basis_id=basis, element=tie))
    return frozenset(basis for basis, _code in reached)


def counting(grounds: int) -> str:
    """That one proof counts for several grounds."""
    return ngettext("Counts for {n} ground", "Counts for {n} grounds", grounds).format(n=grounds)


def unlink(desk: Desk, parent: QWidget, key: CellKey, facts: Collection[uuid.UUID]) -> bool:
    """Unlink facts from an element, the facts themselves stay; ask first where a proof counts for several grounds."""
    now = proving(desk)
    rows = [fact for one in facts if (fact := desk.get(Fact, one)) is not None]
    linked = [fact for fact in rows if now.proofs(fact, key)]
    if not linked:
        return False
    here_only = False
    grounds = max(now.shared(fact, key) for fact in linked)
    if grounds > 1:
        answer = ask_where(desk, parent, grounds)
        if answer is None:
            return False
        here_only = answer
    label = ngettext("Unlink fact from {code}", "Unlink {count} facts from {code}", len(linked))

    def work(_session: Session) -> None:
        for fact in linked:
            now.take_back(fact, key, here_only=here_only)

    done = desk.try_change(label.format(code=_shown(key[1]), count=len(linked)), work)
    if done:
        said = ngettext("Unlinked {count} fact", "Unlinked {count} facts", len(linked))
        desk.notice_requested.emit(said.format(count=len(linked)), True)
    return done


def ask_where(desk: Desk, parent: QWidget, grounds: int) -> bool | None:
    """Whether a proof is taken back for one ground only; none when the user thought better of it."""
    question = _("This proof counts for {n} grounds. Take it back where?").format(n=grounds)
    detail = _("The same is asked in each of them. You can undo this.")
    answer = desk.prompts.choose(parent, question, detail, (_("For all of them"), _("For this ground only")))
    return None if answer is None else answer == 1


def write_fact(desk: Desk, key: CellKey, like: Fact | None) -> Fact | None:
    """A new, empty fact that is linked to an element already.

    Args:
        like: the fact whose incident it shares; none for a background fact.
    """
    now = proving(desk)
    if key[0] not in now.bases:
        return None
    rank = max((row.rank for row in desk.rows(Fact)), default=-1) + 1
    fact = Fact(rank=rank, incident_id=like.incident_id if like is not None else None)
    prove(desk.law, now, fact, key)
    done = desk.try_change(_("Add a fact for {code}").format(code=_shown(key[1])), lambda session: session.add(fact))
    return fact if done else None


def _tie(law: Law, basis: LegalBasis | None, code: str) -> str:
    """For what a mode needs: the code of the element that asks for the tie to the act; empty for anything else."""
    if basis is None or ":" not in code:
        return ""
    regime = law.regimes.get(basis.regime)
    prong = regime.prong(basis.prong) if regime else None
    return next((one.code for one in prong.elements if one.aspect == "link"), "") if prong else ""


def _shown(code: str) -> str:
    """A code as a person reads it; that of a mode's need names the mode elsewhere."""
    return code.rpartition(":")[2]
