"""The five-minute test: the seven questions that an official asks first, answered from the case for each target.

Who exactly, which paragraph, which act, what ties the target to it, which two sources, what speaks against it, why
now. A question whose answer is not in the case fails, and the test says what is missing. The one-page summary of the
packet answers the same questions for print.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from magdesk.checks.counted import counted_group
from magdesk.checks.finding import Place
from magdesk.checks.scope import Plea, Scope
from magdesk.checks.tenure import misses_tenure
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.glance import latest_incident, main_position, strongest_sources
from magdesk.dossier.view import submission_view
from magdesk.i18n import _, ngettext
from magdesk.model.facts import Fact, Stance
from magdesk.model.incidents import Incident, Mode, Participation
from magdesk.model.people import EndState, Identifier, IdentifierKind, Party, PartyKind, Position, Target
from magdesk.regimes.filing import Filing
from magdesk.regimes.regime import Law

QUESTIONS: tuple[str, ...] = (
    _("Who exactly?"),
    _("Which paragraph?"),
    _("Which act, date, place, victim?"),
    _("What ties the target to it?"),
    _("Which two independent sources?"),
    _("What would the target’s lawyer say?"),
    _("Why should this government act now?"),
)
_WASHINGTON = _("Why should Washington act now?")
_UNITED_STATES = "United States"
_MODES = {
    Mode.DIRECT: _("took part directly"),
    Mode.ORDERED: _("ordered it"),
    Mode.COMPLICIT: _("was complicit"),
    Mode.INDIRECT: _("was engaged indirectly"),
    Mode.COMMAND: _("commanded those who did it"),
    Mode.STATUS: _("held the post at the time"),
}
_TIES = frozenset({"link", "tenure", "relation", "support", "knowledge", "benefit", "duty", "principal"})
_PERSON = (
    ((IdentifierKind.DATE_OF_BIRTH,), _("date of birth")),
    ((IdentifierKind.NATIONALITY,), _("nationality")),
)
_BODY = (
    (
        (IdentifierKind.REGISTRATION_NUMBER, IdentifierKind.DATE_FOUNDED, IdentifierKind.LOCATION),
        _("number, founding or seat"),
    ),
)
_SHOWN = 3
_FACTS = 6


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question.

    Attributes:
        number: 1 to 7.
        lines: the answer as the case gives it.
        missing: what keeps it from being an answer; empty where the question is answered.
        places: the rows that it comes from, or where what is missing is entered.
    """

    number: int
    question: str
    lines: tuple[str, ...]
    missing: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def given(self) -> bool:
        """Whether the question is answered."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class TargetTest:
    """The seven answers about one target."""

    target_id: uuid.UUID
    name: str
    place: Place
    replies: tuple[Reply, ...]

    @property
    def passed(self) -> int:
        """How many questions are answered."""
        return sum(reply.given for reply in self.replies)


@dataclass(frozen=True, slots=True)
class FilingTest:
    """One submission of the case.

    Attributes:
        packet: code of its packet template.
        jurisdiction: the country that it is made to.
        authorities: the short names of the authorities asked for.
    """

    packet: str
    jurisdiction: str
    authorities: tuple[str, ...]
    targets: tuple[TargetTest, ...]

    @property
    def passed(self) -> bool:
        """Whether every question is answered for every target, of which there is one."""
        return bool(self.targets) and all(test.passed == len(QUESTIONS) for test in self.targets)


def five_minute_test(dossier: Dossier, law: Law, today: date) -> tuple[FilingTest, ...]:
    """The test for each submission that the case makes; none where no authority is chosen."""
    if not dossier.authorities:
        return ()
    found = []
    asked = {row.regime for row in dossier.authorities}
    # Who is pleaded under no authority is in no submission; without them the test would pass by silence.
    lost = {row.id for row in dossier.targets if not any(basis.regime in asked for basis in row.legal_bases)}
    for filing in Scope(dossier, law, today).filings:
        view = submission_view(dossier, filing.codes, filing.leave_out, filing.kinds, freezes=filing.freezes)
        kept = {row.id for row in view.targets} | lost
        view = replace(view, targets=tuple(row for row in dossier.targets if row.id in kept))
        found.append(_of_filing(Scope(view, law, today), filing))
    return tuple(found)


def _of_filing(scope: Scope, filing: Filing) -> FilingTest:
    jurisdiction = filing.regimes[0].jurisdiction
    last = _WASHINGTON if jurisdiction == _UNITED_STATES else QUESTIONS[-1]
    tests = tuple(_Test(scope, target, (*QUESTIONS[:-1], last)).run() for target in scope.dossier.targets)
    return FilingTest(filing.packet.code, jurisdiction, tuple(row.short for row in filing.regimes), tests)


class _Test:
    """The seven questions about one target of one submission."""

    def __init__(self, scope: Scope, target: Target, questions: Sequence[str]) -> None:
        self._scope, self._target, self._questions = scope, target, questions
        self._pleas = scope.pleas_by_target.get(target.id, [])
        self._parts = scope.participations.get(target.id, [])
        self._neutral = not scope.accused(target)

    def run(self) -> TargetTest:
        """All seven."""
        asked = (
            self._who(), self._paragraph(), self._act(), self._tie(), self._sources(), self._objection(), self._now(),
        )  # fmt: skip
        replies = tuple(
            Reply(number, question, tuple(map(_begun, lines)), tuple(missing), tuple(dict.fromkeys(places)))
            for number, (question, (lines, missing, places)) in enumerate(zip(self._questions, asked, strict=True), 1)
        )
        name = self._scope.party_name(self._target.party)
        return TargetTest(self._target.id, name, self._scope.target_place(self._target), replies)

    # ---------------------------------------------------------------------------------------- 1 and 2

    def _who(self) -> _FoundAnswer:
        party = self._target.party
        lines = [self._scope.party_name(party)]
        missing = []
        if not any(name.text.strip() for name in party.names):
            missing.append(_("a name"))
        person = party.kind is PartyKind.PERSON
        for kinds, what in _PERSON if person else _BODY:
            values = _values(party, kinds)
            if values:
                lines.append(f"{what}: {', '.join(values)}")
            elif self._scope.searched(party.id, *(kind.value for kind in kinds)):
                lines.append(_("{what}: searched for and not found").format(what=what))
            else:
                missing.append(what)
        post = main_position(party)
        if post is not None and post.title.strip():
            lines.append(self._post(post))
        elif person and not self._neutral and not self._scope.searched(party.id, "positions"):
            missing.append(_("the post, then and now"))
        return lines, missing, [self._scope.target_place(self._target, "identifiers")]

    def _post(self, post: Position) -> str:
        body = self._scope.party_name(post.organisation) if post.organisation is not None else post.body
        held = _period(post.start.display() if post.start else "", post.end.display() if post.end else "")
        if post.end_state is EndState.ONGOING and post.start is not None:
            held = _("since {day}").format(day=post.start.display())
        return ", ".join(part for part in (post.title, body, held) if part)

    def _paragraph(self) -> _FoundAnswer:
        grounds: dict[str, list[str]] = {}
        for plea in self._pleas:
            # A citation that changes by year is not what tells one paragraph from the other.
            yearly = "{citation}" in plea.prong.citation
            name = f"{plea.regime.short}, {plea.prong.title}" if yearly else plea.prong.citation
            kinds = grounds.setdefault(f"{plea.prong.code}: {name}", [])
            if plea.kind is not None:
                kinds.append(plea.kind.title)
        lines = [f"{text} ({', '.join(kinds)})" if kinds else text for text, kinds in grounds.items()]
        places = [self._scope.plea_place(plea) for plea in self._pleas]
        missing = [] if lines else [_("a ground under an authority of this submission")]
        missing += [
            _("the kind of abuse or corruption pleaded under {prong}").format(prong=plea.prong.code)
            for plea in self._pleas
            if plea.prong.family and plea.kind is None
        ]
        return lines, missing, places or [self._scope.target_place(self._target, "legal_bases")]

    # ---------------------------------------------------------------------------------------- 3 and 4

    def _act(self) -> _FoundAnswer:
        if self._neutral:
            return [_("No act is alleged: named by association only.")], [], [self._scope.target_place(self._target)]
        incidents = list({incident.id: incident for incident, _part in self._parts}.values())
        if not incidents:
            incidents = list({row.id: row for row in self._told()}.values())
        if not incidents:
            missing = [_("an incident in which the target took part")]
            return [], missing, [self._scope.case_place("incidents", "incidents")]
        whole = [incident for incident in incidents if not self._lacks(incident)]
        lines = [self._told_act(incident) for incident in (whole or incidents)[:_SHOWN]]
        rest = len(incidents) - len(lines)
        if rest > 0:
            lines.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
        missing = [] if whole else self._lacks(incidents[0])
        return lines, missing, [self._scope.incident_place(incident) for incident in whole or incidents]

    def _told(self) -> Iterable[Incident]:
        """The incidents whose facts prove something against the target."""
        for plea in self._pleas:
            for element in plea.elements:
                for fact in self._scope.proving_facts(plea, element):
                    incident = self._scope.incidents.get(fact.incident_id) if fact.incident_id else None
                    if incident is not None:
                        yield incident

    def _lacks(self, incident: Incident) -> list[str]:
        """What a reader does not learn of an incident; corruption need not have a victim."""
        families = {
            kind.code: kind.family for regime in self._scope.law.regimes.values() for kind in regime.abuse_types
        }
        lacks = []
        if not incident.title.strip() and not incident.summary.strip():
            lacks.append(_("what was done"))
        if incident.start is None and incident.end is None:
            lacks.append(_("when it was done"))
        if not incident.place.strip() and not incident.country.strip():
            lacks.append(_("where it was done"))
        if not incident.harms and "corruption" not in {families.get(code) for code in incident.kinds}:
            lacks.append(_("to whom it was done"))
        return lacks

    def _told_act(self, incident: Incident) -> str:
        first = incident.start or incident.end
        last = incident.end if incident.start is not None else None
        when = _period(first.display() if first else "", last.display() if last else "")
        victims = [
            f"{self._scope.party_name(harm.party)} ({number})" if (number := counted_group(harm.party))
            else self._scope.party_name(harm.party)
            for harm in incident.harms
        ]  # fmt: skip
        place = incident.place.strip() or incident.country.strip()
        head = ", ".join(part for part in (when, place) if part)
        text = f"{head}: {incident.title.strip()}" if head else incident.title.strip()
        if victims:
            text += " – " + _("victims: {names}").format(names=_some(victims))
        return text

    def _tie(self) -> _FoundAnswer:
        modes: dict[Mode, list[str]] = {}
        sourced: list[Participation] = []
        outside: list[str] = []
        for incident, part in self._parts:
            title = incident.title.strip() or self._scope.label("untitled")
            if misses_tenure(self._scope, self._target, incident, part.mode):
                outside.append(title)
                continue
            modes.setdefault(part.mode, []).append(title)
            if part.citations:
                sourced.append(part)
        lines = [f"{_MODES[mode]}: {_some(titles)}" for mode, titles in modes.items()]
        facts: dict[uuid.UUID, Fact] = {}
        places: list[Place] = []
        principals: list[str] = []
        for plea in self._pleas:
            principals += self._principal(plea)
            for element in plea.prong.elements:
                if element.aspect in _TIES:
                    facts |= {fact.id: fact for fact in self._scope.proving_facts(plea, element)}
        lines += dict.fromkeys(principals)
        if facts:
            lines.append(_("facts {numbers}").format(numbers=self._numbers(facts.values())))
            places += [self._scope.fact_place(fact) for fact in facts.values()]
        places += [self._scope.incident_place(incident, "target_id", part) for incident, part in self._parts]
        missing = [_("a post held at the time of “{title}”").format(title=title) for title in outside]
        if not facts and not (self._neutral and principals):
            missing.append(_("a fact that ties the target to the act"))
        elif facts and not self._scope.fact_roots(facts.values()) and not sourced:
            missing.append(_("a source for the facts that tie the target to the act"))
        return lines, missing, places or [self._scope.target_place(self._target, "legal_bases")]

    def _principal(self, plea: Plea) -> list[str]:
        """Whom a derivative ground hangs on."""
        if plea.basis.principal is not None:
            name = self._scope.party_name(plea.basis.principal.party)
            return [_("{prong} depends on {name}").format(prong=plea.prong.code, name=name)]
        listing = plea.basis.principal_listing.strip()
        return [_("{prong} depends on {name}").format(prong=plea.prong.code, name=listing)] if listing else []

    # ---------------------------------------------------------------------------------------- 5 and 6

    def _proving(self) -> list[Fact]:
        found = {
            fact.id: fact
            for plea in self._pleas
            for element in plea.elements
            for fact in self._scope.proving_facts(plea, element)
        }
        return list(found.values())

    def _sources(self) -> _FoundAnswer:
        facts = self._proving()
        strongest = strongest_sources(self._scope.dossier, (row for fact in facts for row in fact.citations))
        lines = [self._scope.evidence_place(item).label for item in strongest[:2]]
        if len(strongest) > len(lines):
            more = len(strongest) - len(lines)
            lines.append(
                ngettext(
                    "and {count} more of independent origin", "and {count} more of independent origin", more
                ).format(count=more)
            )
        missing = []
        if not strongest:
            missing.append(_("two independent sources"))
        elif len(strongest) == 1:
            missing.append(_("a second source that does not go back to the first"))
        places = [self._scope.evidence_place(item) for item in strongest[:2]]
        return lines, missing, places or [self._scope.case_place("facts", "facts")]

    def _objection(self) -> _FoundAnswer:
        dossier = self._scope.dossier
        items = [row for row in dossier.adverse_items if row.target_id in (None, self._target.id)]
        untitled = self._scope.label("untitled")
        lines = [row.title.strip() or untitled for row in items[:_SHOWN]]
        if len(items) > _SHOWN:
            rest = len(items) - _SHOWN
            lines.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
        places = [
            self._scope.row_place("adverse", "adverse", row, "text", title=row.title or untitled) for row in items
        ]
        contradicted = [
            fact for fact in self._proving() if any(row.stance is Stance.CONTRADICTS for row in fact.citations)
        ]
        if contradicted:
            told = ngettext("fact {numbers} is contradicted", "facts {numbers} are contradicted", len(contradicted))
            lines.append(told.format(numbers=self._numbers(contradicted)))
        missing = [
            _("an answer to “{title}”").format(title=row.title.strip() or untitled)
            for row in items
            if not row.answer.strip()
        ]
        if not items:
            searched = dossier.case.no_adverse_statement.strip()
            if searched:
                lines.append(_("Nothing was found; the case says where the search was made."))
            else:
                missing.append(_("what speaks for the target, or where such information was sought"))
        return lines, missing, places or [self._scope.case_place("no_adverse_statement", "adverse")]

    # ---------------------------------------------------------------------------------------------- 7

    def _now(self) -> _FoundAnswer:
        lines: list[str] = []
        places: list[Place] = []
        latest = latest_incident(incident for incident, _part in self._parts)
        last = (latest.end or latest.start) if latest is not None else None
        if latest is not None and last is not None:
            lines.append(_("latest act: {day}").format(day=last.display()))
            places.append(self._scope.incident_place(latest, "start"))
        post = main_position(self._target.party)
        if post is not None and post.end_state is EndState.ONGOING:
            lines.append(_("still in post: {title}").format(title=post.title))
        menu = {choice.code: choice for _row, regime in self._scope.authorities for choice in regime.interest}
        made = [row for row in self._scope.dossier.interest_arguments if row.text.strip() and row.code in menu]
        strong = [row for row in made if not menu[row.code].weak]
        lines += [menu[row.code].title.rstrip(".") for row in strong[:_SHOWN]]
        places += [
            self._scope.row_place("interest", "interest", row, "text", title=menu[row.code].title) for row in strong
        ]
        missing = [] if strong else [_("an argument beyond the general one")]
        return lines, missing, places or [self._scope.case_place("interest_arguments", "interest")]

    def _numbers(self, facts: Iterable[Fact]) -> str:
        numbers = sorted(self._scope.dossier.fact_numbers[fact.id] for fact in facts)
        shown = ", ".join(str(number) for number in numbers[:_FACTS])
        return shown if len(numbers) <= _FACTS else f"{shown} …"


_FoundAnswer = tuple[list[str], list[str], list[Place]]


def _values(party: Party, kinds: Sequence[IdentifierKind]) -> list[str]:
    """What is entered of these kinds; the shortest of two that say the same goes."""
    rows: list[Identifier] = [row for row in party.identifiers if row.kind in kinds]
    found = [row.value.strip() or (row.date.display() if row.date else row.country.strip()) for row in rows]
    unique = list(dict.fromkeys(text for text in found if text))
    return [text for text in unique if not any(text != other and text in other for other in unique)][:2]


def _begun(line: str) -> str:
    """The line with a capital, as it stands alone."""
    return line[:1].upper() + line[1:]


def _period(first: str, last: str) -> str:
    if first and last and first != last:
        return _("{first} to {last}").format(first=first, last=last)
    return first or last


def _some(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    shown = ", ".join(unique[:_SHOWN])
    more = len(unique) - _SHOWN
    return (
        shown
        if more <= 0
        else shown + " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    )
