"""How well each element of each ground is proved: the element matrix, as values that a window can paint at once.

The rule is the house rule of the catalogue (E20): two independent sources for each element, at least one of them
open; and none of it rests on weak sources alone. It is advice to the drafter, not law.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from magdesk.checks.carrying import Carrying, carrying, cited_as
from magdesk.checks.scope import Plea, Scope
from magdesk.dossier.reach import Reach
from magdesk.model.evidence import Access, Evidence, Grade
from magdesk.model.facts import Fact, Stance
from magdesk.model.incidents import Mode
from magdesk.regimes.proving import mode_code
from magdesk.regimes.regime import Element, ModeOfResponsibility

_CARRYING = frozenset({Grade.A, Grade.B, Grade.C})
_SHARED = frozenset({"knowledge", "effect"})
"""Aspects in which an element of a ground asks the same as a mode of responsibility. An office is no control."""
_SHARED_BY_STATUS = frozenset({"status", "tenure", "entity"})
_GRADES = {grade: place for place, grade in enumerate(Grade)}


class Strength(StrEnum):
    """How well an element is proved; the first that applies, from the gravest.

    ``MISSING``: no fact. ``UNSOURCED``: facts, but no source that counts as proof. ``SINGLE``: one independent
    source. ``WEAK``: several, but none that can be shown openly, none that can carry it, or only what somebody was
    told by others. ``CONTESTED``: it would be solid, but only through facts that a source contradicts. ``SOLID``: two
    independent sources or more, one of them open. ``NAMED``: the listing or co-recommended target that is named is
    itself the proof. ``UNUSED``: no fact, and none is needed, as the element only strengthens or another of its group
    is relied on.
    """

    MISSING = "missing"
    UNSOURCED = "unsourced"
    SINGLE = "single"
    WEAK = "weak"
    CONTESTED = "contested"
    SOLID = "solid"
    NAMED = "named"
    UNUSED = "unused"


GAPS = frozenset({Strength.MISSING, Strength.UNSOURCED, Strength.SINGLE, Strength.WEAK, Strength.CONTESTED})
"""What leaves something to do."""

_ORDER = {strength: place for place, strength in enumerate(Strength)}


class Need(StrEnum):
    """Whether a ground fails without the element."""

    REQUIRED = "required"
    ALTERNATIVE = "alternative"
    OPTIONAL = "optional"


class Lack(StrEnum):
    """One thing that keeps an element from being solidly proved."""

    FACT = "fact"
    SOURCE = "source"
    SECOND_ROOT = "second_root"
    OPEN = "open"
    GRADE = "grade"
    FIRST_HAND = "first_hand"
    ANSWER = "answer"


_STRENGTH = {
    Lack.FACT: Strength.MISSING,
    Lack.SOURCE: Strength.UNSOURCED,
    Lack.SECOND_ROOT: Strength.SINGLE,
    Lack.OPEN: Strength.WEAK,
    Lack.GRADE: Strength.WEAK,
    Lack.FIRST_HAND: Strength.WEAK,
    Lack.ANSWER: Strength.CONTESTED,
}


@dataclass(frozen=True, slots=True)
class CountedSource:
    """What counts of one item of evidence.

    Attributes:
        root: where its information comes from, however often it was repeated.
        open: whether it, or the item that it repeats, can be shown openly.
        carries: what it can carry; nothing as long as it is not graded.
    """

    root: uuid.UUID
    grade: Grade | None
    open: bool
    carries: Carrying


@dataclass(frozen=True, slots=True)
class Weight:
    """What one fact, or several, rest on.

    Attributes:
        roots: the independent origins of what supports it.
        open_roots: those of them that can be shown openly.
        grade: the best grade among the supporting sources.
        carries: what the best of them can carry.
        against: the citations that contradict it.
    """

    roots: frozenset[uuid.UUID] = frozenset()
    open_roots: frozenset[uuid.UUID] = frozenset()
    grade: Grade | None = None
    against: tuple[uuid.UUID, ...] = ()
    carries: Carrying = Carrying.NOTHING


@dataclass(frozen=True, slots=True)
class ElementCell:
    """One element of one ground, or one thing that a mode of responsibility needs there.

    Attributes:
        code: what a link of a fact to it stores: ``E2``, ``command:C3``.
        facts: the facts that prove it, in the order of their numbers.
        linked: those of them that are linked to this very element; the others prove an element of the pleaded type.
        weight: what the facts rest on together.
        lacks: what keeps it from being solid, gravest first.
        note: the drafter's comment.
        relied: whether the ground stands or falls with it: required, and no other of its group does better.
    """

    basis: uuid.UUID
    code: str
    element: Element
    need: Need
    facts: tuple[uuid.UUID, ...]
    linked: frozenset[uuid.UUID]
    weight: Weight
    strength: Strength
    lacks: tuple[Lack, ...]
    note: str = ""
    relied: bool = True

    @property
    def gap(self) -> bool:
        """Whether something is to be done here."""
        return self.relied and self.strength in GAPS


@dataclass(frozen=True, slots=True)
class ModePart:
    """What ties the target to the acts in one way: the facts that a mode of responsibility needs.

    Attributes:
        mode: code of the mode.
        incidents: in which the target took part in that way.
    """

    mode: str
    incidents: tuple[uuid.UUID, ...]
    cells: tuple[ElementCell, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """One plea with its elements.

    Attributes:
        target: key of the target.
        basis: key of the legal basis.
        kind: code of the pleaded type of abuse or corruption; empty for none.
        modes: how the target took part in the acts pleaded, where the ground asks for a tie to them.
    """

    target: uuid.UUID
    basis: uuid.UUID
    regime: str
    prong: str
    kind: str
    cells: tuple[ElementCell, ...]
    modes: tuple[ModePart, ...] = ()

    @property
    def mode_gaps(self) -> int:
        """How many things that the modes need are not solidly there."""
        return sum(cell.gap for part in self.modes for cell in part.cells)

    @property
    def gaps(self) -> int:
        """In how many elements something is to be done; alternatives of one group count once."""
        return sum(cell.gap for cell in self.cells if not cell.element.group) + len(
            {cell.element.group for cell in self.cells if cell.element.group and cell.gap}
        )


@dataclass(frozen=True, slots=True)
class _Question:
    """An element as a ground asks it.

    Attributes:
        codes: the codes whose proofs count for it, its own first: for the prong's act also those of the pleaded
            type, for what a mode needs also those of the elements that ask the same.
        named: whether a named principal answers it.
    """

    element: Element
    codes: tuple[str, ...]
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A ground before it is judged."""

    target: uuid.UUID
    basis: uuid.UUID
    regime: str
    prong: str
    kind: str
    questions: tuple[_Question, ...]
    modes: tuple[tuple[str, tuple[uuid.UUID, ...], tuple[_Question, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the matrix asks of one fact.

    Attributes:
        links: the (legal basis, element) that it is linked to.
        owned: keys of its citations and links.
    """

    weight: Weight
    links: tuple[tuple[uuid.UUID, str], ...]
    owned: tuple[uuid.UUID, ...]


_Proving = dict[uuid.UUID, dict[str, list[uuid.UUID]]]
"""The facts that are linked to each element, by legal basis and code."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the matrix is worked out from, as values, so that a part of it can be worked out anew.

    Attributes:
        asked: the grounds with their elements.
        sources: what counts of each item of evidence.
        weights: what each fact rests on.
        links: the (legal basis, element) that each fact is linked to.
        numbers: of the facts.
        notes: the drafter's comments by (legal basis, element).
        owners: the fact that each citation and each link belongs to.
        reach: where proofs count that name no single ground.
    """

    asked: tuple[_Asked, ...] = ()
    sources: Mapping[uuid.UUID, CountedSource] = field(default_factory=dict)
    weights: Mapping[uuid.UUID, Weight] = field(default_factory=dict)
    links: Mapping[uuid.UUID, tuple[tuple[uuid.UUID, str], ...]] = field(default_factory=dict)
    numbers: Mapping[uuid.UUID, int] = field(default_factory=dict)
    notes: Mapping[tuple[uuid.UUID, str], str] = field(default_factory=dict)
    owners: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    reach: Reach = field(default_factory=Reach)

    def place(self, fact: uuid.UUID) -> int:
        """Where a fact stands among the others; new ones come last."""
        return self.numbers.get(fact, len(self.numbers) + 1)

    def proving(self, bases: Collection[uuid.UUID] | None = None) -> _Proving:
        """The facts that are linked to each element of these grounds, or of all, in the order of their numbers."""
        found: _Proving = {}
        for key in sorted(self.links, key=self.place):
            for basis, code in self.links[key]:
                if bases is None or basis in bases:
                    found.setdefault(basis, {}).setdefault(code, []).append(key)
        return found

    def judged(self, asked: _Asked, proving: _Proving) -> Ground:
        """A ground with its cells."""
        linked = proving.get(asked.basis, {})
        cells = [self._cell(asked, question, linked) for question in asked.questions]
        best: dict[str, int] = {}
        for cell in cells:
            if cell.element.group and cell.facts:
                best[cell.element.group] = max(best.get(cell.element.group, 0), _ORDER[cell.strength])
        settled = tuple(_relieved(cell, best) for cell in cells)
        modes = tuple(
            ModePart(mode, incidents, tuple(self._cell(asked, question, linked) for question in questions))
            for mode, incidents, questions in asked.modes
        )
        return Ground(asked.target, asked.basis, asked.regime, asked.prong, asked.kind, settled, modes)

    def _cell(self, asked: _Asked, question: _Question, proving: Mapping[str, list[uuid.UUID]]) -> ElementCell:
        element = question.element
        code = question.codes[0]
        linked = proving.get(code, [])
        facts = tuple(linked)
        if len(question.codes) > 1:
            keys = {key for code in question.codes for key in proving.get(code, ())}
            facts = tuple(sorted(keys, key=lambda key: (self.place(key), key)))
        weights = [self.weights[key] for key in facts]
        weight = _together(weights)
        lacks = tuple(_lacks(facts, weight, element.roots_needed))
        if weight.against:
            calm = _together([one for one in weights if not one.against])
            lacks += (Lack.ANSWER,) if any(_lacks(facts, calm, element.roots_needed)) else ()
        strength = _STRENGTH[lacks[0]] if lacks else Strength.SOLID
        if strength is Strength.MISSING and question.named:
            strength, lacks = Strength.NAMED, ()
        elif strength is Strength.MISSING and not element.required:
            strength, lacks = Strength.UNUSED, ()
        need = Need.OPTIONAL if not element.required else Need.ALTERNATIVE if element.group else Need.REQUIRED
        note = self.notes.get((asked.basis, code), "") if self.notes else ""
        return ElementCell(
            asked.basis,
            code,
            element,
            need,
            facts,
            frozenset(linked),
            weight,
            strength,
            lacks,
            note,
            element.required,
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every ground of every authority asked for, as its elements are proved now."""

    grounds: tuple[Ground, ...] = ()
    inputs: Inputs = field(default_factory=Inputs)

    def cell(self, basis: uuid.UUID, code: str) -> ElementCell | None:
        """The cell of that element, if the ground is pleaded."""
        for ground in self.grounds:
            if ground.basis == basis:
                cells = [*ground.cells, *(cell for part in ground.modes for cell in part.cells)]
                return next((cell for cell in cells if cell.code == code), None)
        return None

    def weight(self, fact: uuid.UUID) -> Weight:
        """What a fact rests on."""
        return self.inputs.weights.get(fact, Weight())

    def owner(self, key: uuid.UUID) -> uuid.UUID | None:
        """The fact that a citation or a link to an element belonged to when the matrix was made."""
        return self.inputs.owners.get(key)

    def follow(
        self,
        facts: Iterable[Fact],
        gone: Collection[uuid.UUID] = (),
        notes: Mapping[tuple[uuid.UUID, str], str] | None = None,
    ) -> Matrix:
        """The matrix after some facts changed: only the grounds that they touch are judged anew.

        Args:
            facts: the facts that changed or are new, as they are now.
            gone: keys of facts that are no more.
            notes: every drafter's comment as it is now; none where they did not change.
        """
        before = self.inputs
        weights, links, owners = dict(before.weights), dict(before.links), dict(before.owners)
        touched: set[uuid.UUID] = set()
        for key in gone:
            weights.pop(key, None)
            touched |= {basis for basis, _code in links.pop(key, ())}
        for fact in facts:
            rest = _rest(before.sources, before.reach, fact)
            touched |= {basis for basis, _code in (*links.get(fact.id, ()), *rest.links)}
            weights[fact.id], links[fact.id] = rest.weight, rest.links
            owners.update(dict.fromkeys(rest.owned, fact.id))
        inputs = replace(before, weights=weights, links=links, owners=owners)
        if notes is not None:
            touched |= _differing(before.notes, notes)
            inputs = replace(inputs, notes=notes)
        return Matrix(self.grounds, inputs).judged(touched)

    def renewed(self, inputs: Inputs) -> Matrix:
        """The matrix of a later look: only the grounds that differ from this one are judged anew."""
        before = self.inputs
        if before.numbers is not inputs.numbers:
            return Matrix((), inputs).judged(None)
        touched = _differing(before.notes, inputs.notes)
        for key, weight in inputs.weights.items():
            links, old = inputs.links[key], before.links.get(key, ())
            if before.weights.get(key) is not weight or old is not links:
                touched |= {basis for basis, _code in (*old, *links)}
        same = {one.basis: ground for one, ground in zip(before.asked, self.grounds, strict=True)}
        asked_before = {one.basis: one for one in before.asked}
        touched |= {one.basis for one in inputs.asked if asked_before.get(one.basis) != one}
        grounds = tuple(same[one.basis] for one in inputs.asked if one.basis not in touched)
        return Matrix(grounds, inputs).judged(touched)

    def judged(self, touched: Collection[uuid.UUID] | None) -> Matrix:
        """The matrix with the grounds of these legal bases, or all of them, judged from the inputs."""
        inputs = self.inputs
        proving = inputs.proving(touched)
        known = {ground.basis: ground for ground in self.grounds}
        grounds = tuple(
            inputs.judged(asked, proving) if touched is None or asked.basis in touched else known[asked.basis]
            for asked in inputs.asked
        )
        return Matrix(grounds, inputs)


def _differing(
    before: Mapping[tuple[uuid.UUID, str], str], after: Mapping[tuple[uuid.UUID, str], str]
) -> set[uuid.UUID]:
    """The legal bases whose notes differ."""
    return {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def element_matrix(scope: Scope) -> Matrix:
    """How well each element of each ground is proved; only authorities that the case asks for count."""
    asked_for = {row.regime for row in scope.dossier.authorities}
    pleas = [plea for plea in scope.pleas if plea.basis.regime in asked_for]
    # Kept from one look to the next, until the row or what it rests on changes.
    memory, dossier = scope.memory, scope.dossier
    questions = memory.once("questions", None, dict[tuple[str, str, str, bool], tuple[_Question, ...]])
    sources = memory.each("source", dossier.evidence, partial(_source, scope), dossier.statements)
    rests = memory.each(
        "rest", dossier.facts_by_key, partial(_rest, sources, dossier.reach), (dossier.reach, dossier.statements)
    )
    asked = tuple(replace(_asked(scope, plea, questions), modes=_modes(scope, plea)) for plea in pleas)
    numbers, notes = dossier.fact_numbers, scope.notes

    def made(before: Matrix | None) -> Matrix:
        inputs = Inputs(
            asked=asked,
            sources=sources,
            weights={key: rest.weight for key, rest in rests.items()},
            links={key: rest.links for key, rest in rests.items()},
            numbers=numbers,
            notes=notes,
            owners={own: key for key, rest in rests.items() for own in rest.owned},
            reach=dossier.reach,
        )
        return before.renewed(inputs) if before else Matrix((), inputs).judged(None)

    return memory.renewed("matrix", (asked, sources, rests, numbers, tuple(notes.items())), made)


def _asked(scope: Scope, plea: Plea, known: dict[tuple[str, str, str, bool], tuple[_Question, ...]]) -> _Asked:
    """A ground with its elements; those of the same paragraph and type are worked out once."""
    basis = plea.basis
    named = basis.principal_id is not None or bool(basis.principal_listing.strip())
    kind = plea.kind.code if plea.kind is not None else ""
    key = (plea.regime.code, plea.prong.code, kind, named)
    if key not in known:
        known[key] = tuple(
            _Question(element, scope.proving_codes(plea, element), named and element.aspect == "principal")
            for element in plea.elements
        )
    return _Asked(plea.target.id, basis.id, plea.regime.code, plea.prong.code, kind, known[key])


def _modes(scope: Scope, plea: Plea) -> tuple[tuple[str, tuple[uuid.UUID, ...], tuple[_Question, ...]], ...]:
    """How the target took part in the acts that a ground pleads, and what each way needs.

    Where the ground asks for no tie to an act, or for the position and tenure alone, only what it asks for counts.
    """
    aspects = {element.aspect for element in plea.prong.elements}
    if not aspects & {"link", "tenure"}:
        return ()
    found: dict[Mode, list[uuid.UUID]] = {}
    for incident, part in scope.participations.get(plea.target.id, ()):
        if plea.kind is None or not incident.kinds or plea.kind.code in incident.kinds:
            found.setdefault(part.mode, []).append(incident.id)
    parts = []
    for mode, incidents in found.items():
        law = scope.law.modes.get(mode.value)
        if law is None or (mode is Mode.STATUS) is not ("tenure" in aspects):
            continue
        questions = tuple(_Question(element, _mode_codes(scope, plea, law, element)) for element in law.elements)
        parts.append((mode.value, tuple(incidents), questions))
    return tuple(parts)


def _mode_codes(scope: Scope, plea: Plea, mode: ModeOfResponsibility, element: Element) -> tuple[str, ...]:
    """The codes whose proofs count for what a mode needs: its own, and those of elements that ask the same.

    What someone did with their own hands is more than that it was done.
    """
    codes = [mode_code(mode, element)]
    shared = _SHARED | (_SHARED_BY_STATUS if mode.code == Mode.STATUS else frozenset())
    if element.aspect in shared or (element.aspect == "act" and mode.code != Mode.DIRECT):
        for other in plea.prong.elements:
            if other.aspect == element.aspect:
                codes += scope.proving_codes(plea, other)
    return tuple(dict.fromkeys(codes))


def _source(scope: Scope, item: Evidence) -> CountedSource:
    root = scope.dossier.root_of(item.id)
    origin = scope.dossier.evidence.get(root, item)
    carries = carrying(scope.dossier, item) if item.grade in _CARRYING else Carrying.NOTHING
    return CountedSource(root, item.grade, Access.OPEN_SOURCE in (item.access, origin.access), carries)


def _rest(sources: Mapping[uuid.UUID, CountedSource], reach: Reach, fact: Fact) -> _Rest:
    """What a fact rests on and what it is linked to.

    An item of grade X is context and supports nothing, but it can contradict.
    """
    roots: set[uuid.UUID] = set()
    shown: set[uuid.UUID] = set()
    grade: Grade | None = None
    carries = Carrying.NOTHING
    against = []
    citations, proofs = fact.citations, fact.proofs
    for row in citations:
        if row.stance is Stance.CONTRADICTS:
            against.append(row.id)
            continue
        source = sources.get(row.evidence_id)
        if source is None:
            # Taken in after the matrix was made: its relations to other items are not known yet.
            item = row.evidence
            full = Carrying.FULL if item.grade in _CARRYING else Carrying.NOTHING
            source = CountedSource(item.id, item.grade, item.access is Access.OPEN_SOURCE, full)
        if source.grade is Grade.X:
            continue
        roots.add(source.root)
        if source.open:
            shown.add(source.root)
        grade = _better(grade, source.grade)
        carries = max(carries, cited_as(row, source.carries))
    return _Rest(
        weight=Weight(frozenset(roots), frozenset(shown), grade, tuple(against), carries),
        links=tuple((basis, code) for basis, code, _proof in reach.links(fact)),
        owned=tuple(row.id for row in (*citations, *proofs)),
    )


def _together(found: Sequence[Weight]) -> Weight:
    if len(found) == 1:
        return found[0]
    grade: Grade | None = None
    for weight in found:
        grade = _better(grade, weight.grade)
    return Weight(
        frozenset().union(*(weight.roots for weight in found)),
        frozenset().union(*(weight.open_roots for weight in found)),
        grade,
        tuple(dict.fromkeys(key for weight in found for key in weight.against)),
        max((weight.carries for weight in found), default=Carrying.NOTHING),
    )


def _better(first: Grade | None, second: Grade | None) -> Grade | None:
    if first is None or second is None:
        return first or second
    return first if _GRADES[first] <= _GRADES[second] else second


def _lacks(facts: Collection[uuid.UUID], weight: Weight, needed: int) -> Iterator[Lack]:
    if not facts:
        yield Lack.FACT
        return
    if not weight.roots:
        yield Lack.SOURCE
    elif len(weight.roots) < needed:
        yield Lack.SECOND_ROOT
    if weight.roots and not weight.open_roots:
        yield Lack.OPEN
    if weight.roots and weight.carries is Carrying.NOTHING:
        yield Lack.GRADE
    elif weight.roots and weight.carries is Carrying.HEARD:
        yield Lack.FIRST_HAND


def _relieved(cell: ElementCell, best: Mapping[str, int]) -> ElementCell:
    """An alternative is not relied on where another of its group is proved, or better proved."""
    group = cell.element.group
    if not group or group not in best or not cell.relied:
        return cell
    if not cell.facts:
        return replace(cell, strength=Strength.UNUSED, lacks=(), relied=False)
    return cell if _ORDER[cell.strength] >= best[group] else replace(cell, relied=False)
