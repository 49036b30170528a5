"""What would make a case stronger, ordered by effect: for the drafters, never for filing.

The order, gravest first, and why:

1. what stops a final export: people in danger first, then the chain of proof, then who the target is, then form;
2. a required element that rests on no source which counts: the ground falls with the first question;
3. a required element that rests on one source: it falls with that source;
4. a contradiction that nobody answers: the target's lawyer brings it first;
5. no source that can be shown openly: some governments may act only on what can be shown;
6. sources all of low grade, or a target that stands on few or old ones;
7. the reasons to act now: a discretionary power needs a reason beyond the proof;
8. who the target is: a listing that hits a namesake is undone;
9. law that has still to be read in its official text;
10. whether each source can be used as it is: page, translation, archive, examination, readers;
11. form and spelling.

Findings of the checks come in with their own words. What the checks do not judge is judged here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from magdesk.checks.finding import Finding, Place, Severity
from magdesk.checks.run import run_checks
from magdesk.checks.scope import Plea, Scope
from magdesk.checks.strength import ElementCell, Lack, Need, element_matrix
from magdesk.dossier.dossier import Dossier
from magdesk.i18n import _, ngettext
from magdesk.model.base import Base
from magdesk.model.evidence import Evidence, SourceType, VerificationResult
from magdesk.model.facts import Citation, Fact, PinpointKind, Stance
from magdesk.model.people import Identifier, Position, Relation, Target
from magdesk.model.review import ReviewRole
from magdesk.regimes.regime import Law


class GapCost(IntEnum):
    """What a gap costs; the smaller the graver."""

    STOPS = 1
    UNPROVED = 2
    ONE_SOURCE = 3
    CONTRADICTED = 4
    NOT_OPEN = 5
    WEAK = 6
    REASONS = 7
    IDENTITY = 8
    LAW = 9
    USABLE = 10
    FORM = 11


EFFECTS: dict[GapCost, tuple[str, str]] = {
    GapCost.STOPS: (_("Blocks the filing"), _("A final export is refused until this is settled.")),
    GapCost.UNPROVED: (_("Unproved"), _("A required element has no source that counts as proof.")),
    GapCost.ONE_SOURCE: (_("One source"), _("A required element rests on one source and falls with it.")),
    GapCost.CONTRADICTED: (_("Contradicted"), _("A source says otherwise: the target’s lawyer begins here.")),
    GapCost.NOT_OPEN: (_("No open source"), _("No source behind the element can be shown openly.")),
    GapCost.WEAK: (_("Thin"), _("The sources are few, old or of low grade.")),
    GapCost.REASONS: (
        _("Why act"),
        _("The power is discretionary: the reader needs a reason to use it here and now."),
    ),
    GapCost.IDENTITY: (_("Who it is"), _("The reader must be able to identify exactly this person and no one else.")),
    GapCost.LAW: (_("The law"), _("Something still has to be confirmed in the official text.")),
    GapCost.USABLE: (_("Use of sources"), _("There is a source, but it cannot be used as it stands.")),
    GapCost.FORM: (_("Form"), _("The file becomes easier to read.")),
}
"""The heading of each effect, and what it means."""

# Of what stops a filing: people in danger, proof, identity, what speaks against it; all else is form.
_STOPS = (
    "C28", "C29", "C04", "C05", "C06", "C03", "R06", "R01", "R05", "C16", "C17", "C20", "C09", "C21", "C39", "C10",
    "C11", "C12", "C22",
)  # fmt: skip
_BY_EFFECT = {
    GapCost.ONE_SOURCE: "C06",
    GapCost.NOT_OPEN: "R03",
    GapCost.WEAK: "C07 C08 C09 C20 C42 R01 R02 R05 R06 R08 R10 R12 R13",
    GapCost.REASONS: "C23 C24 C25 C26 R11",
    GapCost.IDENTITY: "C10 C11 C12 C13 C14 C15 C19 C39",
    GapCost.LAW: "C18 C38 C40 R07",
    GapCost.USABLE: "C28 C29 C31 C32 C33",
}
_EFFECTS = {code: effect for effect, codes in _BY_EFFECT.items() for code in codes.split()}
_MANY = 3  # findings of one check about one thing from which on they are told as one gap
_TO_EXAMINE = frozenset({SourceType.PHOTO_VIDEO, SourceType.SOCIAL_MEDIA})
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that would make the case stronger.

    Attributes:
        code: the check it comes from, or a code of its own that begins with G.
        sentence: what is missing.
        why: why it matters.
        remedy: what to do.
        details: what it consists of, where it is several things.
        target: key of the target it is about, if it is about one.
        about: the targets in words; empty for the case as a whole.
    """

    effect: GapCost
    code: str
    place: Place
    sentence: str
    why: str
    remedy: str
    details: tuple[str, ...] = ()
    target: uuid.UUID | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class GapReport:
    """Everything that would make the case stronger, and what was set aside.

    Attributes:
        gaps: by effect; within it by target, in the order of the case.
        set_aside: findings that someone set aside, each with the reason.
    """

    day: date
    gaps: tuple[Gap, ...]
    set_aside: tuple[Finding, ...]

    def count(self, effect: GapCost) -> int:
        """How many gaps have that effect."""
        return sum(gap.effect is effect for gap in self.gaps)


def gap_report(dossier: Dossier, law: Law, today: date, findings: Sequence[Finding] | None = None) -> GapReport:
    """What would make the case stronger.

    Args:
        dossier: the whole case, or what one of its submissions tells.
        findings: what the checks found in it, where that is known already.
    """
    found = run_checks(dossier, law, today) if findings is None else findings
    gaps = _Gaps(Scope(dossier, law, today))
    listed = [*gaps.of_findings(row for row in found if row.waived is None), *gaps.own()]
    order = {target.id: place for place, target in enumerate(dossier.targets)}

    def rank(gap: Gap) -> tuple[int, int, int]:
        stops = _STOPS.index(gap.code) if gap.effect is GapCost.STOPS and gap.code in _STOPS else len(_STOPS)
        return gap.effect, stops, order.get(gap.target, len(order)) if gap.target else len(order)

    return GapReport(today, tuple(sorted(listed, key=rank)), tuple(row for row in found if row.waived is not None))


class _Gaps:
    """Gathers the gaps of one case."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._matrix = element_matrix(scope)
        self._pleas = {plea.basis.id: plea for plea in scope.pleas}
        self._facts = {fact.id: fact for fact in scope.dossier.facts}
        self._owner_of: dict[uuid.UUID, Target] = {}
        for target in scope.dossier.targets:
            party = target.party
            rows: list[Base] = [
                target, party, *party.names, *party.identifiers, *party.positions, *party.relations,
                *target.legal_bases,
            ]  # fmt: skip
            self._owner_of.update({row.id: target for row in rows})

    # -------------------------------------------------------------------------------- from the checks

    def of_findings(self, findings: Iterable[Finding]) -> Iterator[Gap]:
        """The findings with what they cost.

        What one check finds many times in one row, or at many places of a target, is one gap.
        """
        grouped: dict[tuple[GapCost, str, str, uuid.UUID | None, uuid.UUID | None], list[Finding]] = {}
        for finding in findings:
            effect, target = self._effect(finding), self._owner_of.get(finding.place.row or uuid.UUID(int=0))
            # What stops a filing is settled row by row.
            row = finding.place.row if effect is GapCost.STOPS else None
            key = (effect, finding.code, finding.remedy, target.id if target is not None else None, row)
            grouped.setdefault(key, []).append(finding)
        targets = {target.id: target for target in self._scope.dossier.targets}
        for (effect, code, remedy, owner, _row), found in grouped.items():
            text = self._scope.law.checks.get(code)
            why = text.why if text is not None else ""
            target = targets.get(owner) if owner is not None else None
            told = list(dict.fromkeys(finding.sentence for finding in found))
            if text is not None and len(told) >= _MANY:
                # Where all are about one row, it is named once.
                label = found[0].place.label
                about = f"{label}: " if label and all(one.startswith(f"{label}: ") for one in told) else ""
                shown = [_begun(one.removeprefix(about)) for one in told[:_LISTED]]
                title = text.title[:1].lower() + text.title[1:]
                told_as = _("still missing in {count} places: {title}.").format(title=title, count=len(told))
                sentence = about + _begun(told_as, about)
                details = tuple(shown)
                if len(told) > _LISTED:
                    rest = len(told) - _LISTED
                    details += (ngettext("and {count} more", "and {count} more", rest).format(count=rest),)
                yield self._gap(effect, code, found[0].place, sentence, why, remedy, details=details, target=target)
                continue
            seen: set[str] = set()
            for finding in found:
                # The same words about two grounds that differ in the kind of act only.
                if finding.sentence not in seen:
                    seen.add(finding.sentence)
                    yield self._gap(effect, code, finding.place, finding.sentence, why, remedy, target=target)

    def _effect(self, finding: Finding) -> GapCost:
        if finding.severity is Severity.BLOCK:
            return GapCost.STOPS
        if finding.severity is Severity.INFO and finding.code == "C33":
            return GapCost.FORM
        return _EFFECTS.get(finding.code, GapCost.FORM)

    # ------------------------------------------------------------------------------------- of our own

    def own(self) -> Iterator[Gap]:
        """What the checks do not judge."""
        yield from self._grounds()
        yield from self._contradictions()
        yield from self._unsourced_data()
        yield from self._pinpoints()
        yield from self._examinations()
        yield from self._readers()

    def _gap(
        self,
        effect: GapCost,
        code: str,
        place: Place,
        sentence: str,
        why: str,
        remedy: str,
        *,
        details: tuple[str, ...] = (),
        target: Target | None = None,
    ) -> Gap:
        about = self._scope.party_name(target.party) if target is not None else ""
        key = target.id if target is not None else None
        return Gap(effect, code, place, sentence, why, remedy, details, key, about)

    def _grounds(self) -> Iterator[Gap]:
        """Elements that a ground relies on and that are not solidly proved.

        The same facts for the same element are one gap, however many grounds they carry.
        """
        lacking: dict[tuple[Lack, str, tuple[uuid.UUID, ...]], list[tuple[Plea, ElementCell]]] = {}
        for ground in self._matrix.grounds:
            plea = self._pleas[ground.basis]
            for cell in ground.cells:
                if cell.gap and cell.need is not Need.OPTIONAL:
                    for lack in cell.lacks:
                        if lack is Lack.OPEN and plea.regime.open_source:
                            continue  # a finding of the checks, as the authority asks for it
                        key = (lack, f"{cell.element.code} {cell.element.title}", cell.facts)
                        lacking.setdefault(key, []).append((plea, cell))
        # What carries more grounds comes first.
        for key in sorted(lacking, key=lambda key: -len(lacking[key])):
            yield from self._lack(key[0], key[1], lacking[key])

    def _lack(self, lack: Lack, element: str, held: Sequence[tuple[Plea, ElementCell]]) -> Iterator[Gap]:
        plea, cell = held[0]
        match lack:
            case Lack.SOURCE:
                effect, code = GapCost.UNPROVED, "G01"
                sentence = _("{element} has facts but no source that counts as proof{facts}.")
                why = _("A fact with no source, or with context-only sources, proves nothing.")
                remedy = _("Cite a source of grade D or better for these facts.")
            case Lack.OPEN:
                effect, code = GapCost.WEAK, "G02"
                sentence = _("{element} rests on no source that can be shown openly{facts}.")
                why = _("What can be shown in public can be relied on in public, and before a court.")
                remedy = _("Look for a report, record or publication that says the same, and cite it as well.")
            case Lack.GRADE:
                effect, code = GapCost.WEAK, "G03"
                sentence = _("{element} rests only on sources of grade D, doubtful, unreliable or ungraded{facts}.")
                why = _("Many weak sources do not add up to a strong one.")
                remedy = _("Grade the ungraded sources, and add one of grade C or better.")
            case Lack.FIRST_HAND:
                effect, code = GapCost.WEAK, "G03"
                sentence = _("{element} rests only on hearsay{facts}.")
                why = _("Its source cannot be questioned, and it grows less reliable with each retelling.")
                remedy = _("Find someone who saw it, or a record made at the time; or explain how the speaker knows.")
            case Lack.ANSWER:
                effect, code = GapCost.CONTRADICTED, "G04"
                sentence = _("{element} is solid only because of facts that a source contradicts{facts}.")
                why = _("If the reader believes the other source, the element falls.")
                remedy = _("Prove it with a fact that no source contradicts, or show why the other source is wrong.")
            case _:
                # No fact and one source are findings of the checks.
                return
        grounds = tuple(dict.fromkeys(self._ground(other) for other, _cell in held))
        yield self._gap(
            effect,
            code,
            self._scope.plea_place(plea, cell.element.code, page="facts"),
            sentence.format(element=element, facts=self._numbers(cell.facts)),
            why,
            remedy,
            details=grounds,
            target=plea.target,
        )

    def _ground(self, plea: Plea) -> str:
        """A ground in words, with what is pleaded under it."""
        name = self._scope.party_name(plea.target.party)
        if plea.kind is None:
            return _("{prong} against {name}").format(prong=plea.prong.code, name=name)
        return _("{prong}, {kind}, against {name}").format(prong=plea.prong.code, kind=plea.kind.title, name=name)

    def _numbers(self, facts: Iterable[uuid.UUID]) -> str:
        numbers = [str(self._scope.dossier.fact_numbers[key]) for key in facts]
        if not numbers:
            return ""
        return " " + ngettext("(fact {numbers})", "(facts {numbers})", len(numbers)).format(numbers=_some(numbers))

    def _contradictions(self) -> Iterator[Gap]:
        """Contradicting sources that the chapter on adverse information does not answer."""
        dossier = self._scope.dossier
        answered = {
            dossier.root_of(citation.evidence_id)
            for item in dossier.adverse_items
            if item.answer.strip()
            for citation in item.citations
        }
        for fact in dossier.facts:
            for citation in fact.citations:
                if citation.stance is not Stance.CONTRADICTS or citation.note.strip():
                    continue
                if dossier.root_of(citation.evidence_id) in answered:
                    continue
                number = str(dossier.fact_numbers[fact.id])
                item = dossier.evidence.get(citation.evidence_id)
                name = self._scope.evidence_place(item).label if item is not None else ""
                yield self._gap(
                    GapCost.CONTRADICTED,
                    "G05",
                    self._scope.fact_place(fact, "citations", citation),
                    _("Fact {number} is contradicted by {source}, and the case does not answer it.").format(
                        number=number, source=name
                    ),
                    _("The target’s lawyer will raise it. A file that raises it first keeps its credibility."),
                    _(
                        "Enter it under adverse information with an answer, or explain in the note why it does not"
                        " hold."
                    ),
                    target=self._target_of(fact),
                )

    def _target_of(self, fact: Fact) -> Target | None:
        keys = (self._pleas.get(basis) for basis, _code, _proof in self._scope.dossier.reach.links(fact))
        return next((plea.target for plea in keys if plea is not None), None)

    def _unsourced_data(self) -> Iterator[Gap]:
        """What identifies a target, or ties it to others, without a source of its own."""
        for target in self._scope.dossier.targets:
            party = target.party
            groups: tuple[tuple[str, Sequence[Identifier | Position | Relation], str], ...] = (
                ("positions", [row for row in party.positions if row.title.strip()], _("posts")),
                ("relations", party.relations, _("ties to others")),
                ("identifiers", party.identifiers, _("identifying data")),
            )
            for field, rows, what in groups:
                bare = [row for row in rows if not row.citations]
                if bare:
                    yield self._gap(
                        GapCost.IDENTITY,
                        "G06",
                        self._scope.target_place(target, field, bare[0]),
                        _("{name}: {count} of {all} {what} have no source.").format(
                            name=self._scope.party_name(party), count=len(bare), all=len(rows), what=what
                        ),
                        _("Each identifier, post and tie is a fact that someone can dispute."),
                        _("For each one, cite the document that shows it."),
                        details=tuple(_named(self._scope, row) for row in bare[:_LISTED]),
                        target=target,
                    )

    def _pinpoints(self) -> Iterator[Gap]:
        """Facts for which every source is cited as a whole, though it has pages."""
        whole = []
        for fact in self._scope.dossier.facts:
            cited = [(row, self._scope.dossier.evidence.get(row.evidence_id)) for row in fact.citations]
            rows = [(row, item) for row, item in cited if row.stance.supports and item is not None]
            if rows and all(_whole(row, item) for row, item in rows):
                whole.append(fact)
        if whole:
            numbers = [str(self._scope.dossier.fact_numbers[fact.id]) for fact in whole]
            yield self._gap(
                GapCost.USABLE,
                "G08",
                self._scope.fact_place(whole[0], "pinpoint"),
                ngettext(
                    "Fact {numbers} cites only whole documents.",
                    "Facts {numbers} cite only whole documents.",
                    len(whole),
                ).format(numbers=_some(numbers)),
                _("A reader will not search a whole exhibit for one sentence."),
                _("Give the page, the paragraph or the time in the recording."),
            )  # fmt: skip

    def _examinations(self) -> Iterator[Gap]:
        """Pictures, recordings and posts that are relied on and were not examined."""
        used = {
            row.evidence_id for fact in self._scope.dossier.facts for row in fact.citations if row.stance.supports
        }
        bare = [
            item
            for item in self._scope.dossier.exhibits
            if item.id in used and item.source_type in _TO_EXAMINE and not _examined(item)
        ]
        if bare:
            yield self._gap(
                GapCost.USABLE,
                "G09",
                self._scope.evidence_place(bare[0], "verification"),
                ngettext(
                    "{count} picture, recording or post is relied on without a record of its examination.",
                    "{count} pictures, recordings or posts are relied on without a record of their examination.",
                    len(bare),
                ).format(count=len(bare)),
                _("Where, when and by whom it was made is the first thing to be questioned."),
                _("Examine source, file and content, and record the result with the item."),
                details=tuple(self._scope.evidence_place(item).label for item in bare[:_LISTED]),
            )

    def _readers(self) -> Iterator[Gap]:
        """Whether somebody who did not draft has read the whole."""
        signed = {row.role for row in self._scope.dossier.signoffs if row.signed_on is not None and row.name.strip()}
        if ReviewRole.SECOND_READER not in signed:
            yield self._gap(
                GapCost.USABLE,
                "G10",
                self._scope.case_place("signoffs", "review"),
                _("No second reader has signed."),
                _("Drafters read what they meant; the official reads what is on the page."),
                _("Have someone who did not draft it read it from first page to last, and sign."),
            )


def _begun(text: str, after: str = "") -> str:
    """The text with a capital, unless it goes on after something."""
    return text if after else text[:1].upper() + text[1:]


def _named(scope: Scope, row: Identifier | Position | Relation) -> str:
    """A datum in words; other parties by what findings call them."""
    if isinstance(row, Position):
        return row.title
    if isinstance(row, Relation):
        return scope.party_name(row.other)
    words = scope.label(f"identifier_{row.kind.value}") or row.kind.value.replace("_", " ")
    shown = row.value or (row.date.display() if row.date else "")
    return f"{words}: {shown}" if shown else words


def _whole(citation: Citation, item: Evidence) -> bool:
    return citation.pinpoint_kind is PinpointKind.WHOLE and (item.pages or 0) > 1


def _examined(item: Evidence) -> bool:
    done = any(row.result is not VerificationResult.UNVERIFIED for row in item.verifications)
    return done or bool(item.verification.strip())


def _some(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:_LISTED])
    return shown if len(numbers) <= _LISTED else f"{shown} …"
