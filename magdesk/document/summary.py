"""The case at a glance: the seven questions an official asks first, answered from the case with links into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from magdesk.document.adverse import adverse_anchor
from magdesk.document.blocks import Block, CrossRef, Inline, Mention, Paragraph, Table, Text
from magdesk.document.context import Brief, choice_key
from magdesk.document.facts import incident_anchor, incident_number, incident_ref
from magdesk.document.identification import identifier_text
from magdesk.document.interest import interest_anchor, interest_choice
from magdesk.document.measures import measures_in_short
from magdesk.document.narrative import sentence
from magdesk.document.spans import span, standing, when
from magdesk.document.tables import cell, heads, joined, label_table, words
from magdesk.document.titles import clip, same_order, short_title, source
from magdesk.document.victims import counted_words, harmed_in, parted, victims_in_short
from magdesk.dossier.glance import latest_incident, main_position, strongest_sources
from magdesk.isolates import isolated
from magdesk.model.drafting import AdverseItem
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Stance
from magdesk.model.incidents import Incident, Mode
from magdesk.model.people import (
    EndState,
    Identifier,
    IdentifierKind,
    Party,
    PartyKind,
    Position,
    Target,
    VictimStatus,
)

_TIES = ("link", "tenure", "knowledge", "support", "relation")  # the elements that tie a target to the acts

_SEVERAL = 2
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Room:
    """How much of the case there is room for: so many of each are named, the others counted.

    Attributes:
        facts: how many facts stand behind the link of one target; none leaves them out.
        title: how many letters of a source's title are printed.
        alone: whether it is a page of its own, from which nothing else of the submission can be seen.
    """

    targets: int = 4
    incidents: int = 6
    victims: int = 2
    objections: int = 2
    facts: int = 5
    title: int = 30
    alone: bool = False


_BOX = Room()
PAGES = (
    Room(title=44, alone=True),
    Room(alone=True),
    Room(4, 6, 2, 2, 5, title=28, alone=True),
    Room(4, 5, 1, 2, 4, title=28, alone=True),
    Room(4, 4, 1, 1, 3, title=28, alone=True),
    Room(4, 4, 0, 1, 3, title=28, alone=True),
    Room(4, 3, 0, 1, 3, title=28, alone=True),
    Room(3, 2, 0, 0, 2, title=28, alone=True),
    Room(2, 1, 0, 0, 0, title=28, alone=True),
    Room(1, 1, 0, 0, 0, title=28, alone=True),
)
"""From the fullest page to the barest: the first that fits one sheet is taken."""

SummaryAnswer = Callable[[Brief, Target, Room], tuple[Inline, ...]]


def at_a_glance(brief: Brief, room: Room = _BOX) -> tuple[Block, ...]:
    """The box at the head of the executive summary, or on a page of its own."""
    targets = brief.dossier.targets
    shown = _shown(targets, room.targets)
    rest = len(targets) - len(shown)

    def each(answer: SummaryAnswer, *, flowing: bool = False) -> tuple[Block, ...]:
        """One answer for each target, numbered as in the first row; in one paragraph where they are short."""
        answers = [(number, answer(brief, target, room)) for number, target in enumerate(shown, 1)]
        lines = [line if len(targets) == 1 else (Text(f"{number}.\u00a0"), *line) for number, line in answers if line]
        out = [Paragraph(line) for line in ([joined(lines, "\u2003")] if flowing and lines else lines)]
        if out and rest:
            out.append(Paragraph(_more(brief, rest, room)))
        return tuple(out)

    return label_table(
        (
            (brief.label("glance_who"), each(_who)),
            (brief.label("glance_paragraph"), each(_paragraphs, flowing=True)),
            (brief.label("glance_acts"), _acts(brief, room)),
            (brief.label("glance_victims"), _harmed(brief)),
            (brief.label("glance_link"), each(_link)),
            (brief.label("glance_sources"), each(_sources)),
            (brief.label("glance_objection"), _objections(brief, room)),
            (brief.label("glance_why_now"), _why_now(brief, room)),
        ),
        widths=(1.0, 4.4),
    )


def targets_at_a_glance(brief: Brief) -> tuple[Block, ...]:
    """The table of all targets, with a link to each one's section."""
    if not brief.dossier.targets:
        return brief.open_paragraph()
    head = heads(
        brief.label("number"), brief.label("name"), brief.label("position"), brief.label("paragraphs_pleaded"),
        brief.label("measure"), brief.label("section"),
    )  # fmt: skip
    rows = [head]
    for number, target in enumerate(brief.dossier.targets, 1):
        position = main_position(target.party)
        post: list[Block] = []
        if position is not None:
            dates = span(brief, position.start, position.end, position.end_state)
            post = [Paragraph((*standing(position), Text(f" ({dates})")))]
        measures = [
            measures_in_short(brief, authority, regime, target)
            for authority, regime in brief.authorities
            if any(basis.regime == regime.code for basis in target.legal_bases)
        ]
        identity = _born(brief, target.party)
        rows.append(
            (
                words(f"{number}."),
                cell(Paragraph(bold_name(brief, target.party)), *((Paragraph(identity),) if identity else ())),
                cell(*post),
                words(_pleaded(brief, target)),
                cell(*(Paragraph((Text(text),)) for text in measures)),
                words(CrossRef("{number}", target_anchor(number))),
            )
        )
    return (Table(tuple(rows), (0.35, 2.0, 1.6, 1.6, 2.0, 0.75), header_rows=1),)


def target_anchor(number: int) -> str:
    """The anchor of a target's section."""
    return f"target-{number}"


def bold_name(brief: Brief, party: Party) -> tuple[Inline, ...]:
    """A party's name in bold, its own script in parentheses behind it."""
    first, *rest = brief.naming.listed(party)
    return (replace(first, bold=True) if isinstance(first, Text) else first, *rest)


def _shown(rows: Sequence[_Row], most: int) -> Sequence[_Row]:
    """The first of them, and the one that is left: it takes no more room than to say that there is one more."""
    return rows if len(rows) == most + 1 and most >= _SEVERAL else rows[:most]


def _section(brief: Brief) -> CrossRef:
    code = next((row.code for row in brief.packet.outline if row.content == "targets_at_a_glance"), "")
    return CrossRef("", code)


def _more(brief: Brief, count: int, room: Room) -> tuple[Inline, ...]:
    """How many targets are not shown here, and where they are."""
    if room.alone:
        return (Text(brief.label("and_others", count=str(count))),)
    return brief.phrase("glance_more_targets", count=str(count), section=_section(brief))


def _who(brief: Brief, target: Target, _room: Room) -> tuple[Inline, ...]:
    position = main_position(target.party)
    post: tuple[Inline, ...] = ()
    if position is not None:
        dates = span(brief, position.start, position.end, position.end_state)
        post = (*standing(position), Text(f" ({dates})"))
    return joined([bold_name(brief, target.party), _born(brief, target.party), post], "; ")


def _born(brief: Brief, party: Party) -> tuple[Inline, ...]:
    """Date and place of birth or founding, as far as known: what tells namesakes apart."""
    if party.protected:
        return ()
    parts: list[str] = []
    for kind, key in (
        (IdentifierKind.DATE_OF_BIRTH, "born"),
        (IdentifierKind.DATE_FOUNDED, "founded_on"),
        (IdentifierKind.NATIONALITY, "national_of"),
    ):
        if kind is IdentifierKind.NATIONALITY and party.kind is not PartyKind.PERSON:
            continue
        say = _state if kind is IdentifierKind.NATIONALITY else identifier_text
        found = _distinct([say(row) for row in party.identifiers if row.kind is kind])
        if found:
            parts.append(brief.label(key, value=f" {brief.label('or')} ".join(found)))
    return (Text(", ".join(parts)),) if parts else ()


def _state(row: Identifier) -> str:
    """Whose national somebody is: the state, where the datum itself is an adjective that would make no phrase."""
    country = row.country.strip()
    if country and country.casefold() not in row.value.casefold():
        return isolated(country)
    return identifier_text(row)


def _distinct(values: list[str]) -> list[str]:
    """Values that say something that no fuller one says: ``1968`` goes where ``7 March 1968`` stands."""
    unique = list(dict.fromkeys(values))
    return [value for value in unique if not any(value != other and value in other for other in unique)]


def _paragraphs(brief: Brief, target: Target, _room: Room) -> tuple[Inline, ...]:
    pleaded = _pleaded(brief, target)
    return (Text(pleaded),) if pleaded else ()


def _pleaded(brief: Brief, target: Target) -> str:
    """The paragraphs pleaded, the name of an order once: ``E.O. 13818 § 1(a)(ii)(A), § 1(a)(ii)(C)(1)``."""
    return same_order([brief.prong_short(regime, prong) for _basis, regime, prong in brief.bases(target)])


def _acts(brief: Brief, room: Room) -> tuple[Block, ...]:
    incidents = brief.dossier.incidents
    shown = _shown(incidents, room.incidents)
    out: list[Block] = [Paragraph(_act(brief, incident, room)) for incident in shown]
    if len(incidents) > len(shown):
        out.append(Paragraph((Text(brief.label("and_others", count=str(len(incidents) - len(shown)))),)))
    return tuple(out)


def _harmed(brief: Brief) -> tuple[Block, ...]:
    text = victims_in_short(brief, brief.dossier.incidents)
    return (Paragraph((Text(text),)),) if text else ()


def _act(brief: Brief, incident: Incident, room: Room) -> tuple[Inline, ...]:
    head = joined([(incident_ref(brief, incident),), when(incident.start, incident.end), incident.place.strip()])
    alone, counted = parted(harmed_in(incident))
    victims: list[tuple[Inline, ...]] = []
    named = _shown(alone, room.victims)
    for party in named:
        status = party.victim.status if party.victim else VictimStatus.NONE_KNOWN
        word = f" ({brief.choice(status)})" if status is not VictimStatus.NONE_KNOWN else ""
        victims.append((Mention(str(party.id)), *((Text(word),) if word else ())))
    listed = joined(victims)
    if listed and len(alone) > len(named):
        more = brief.label("and_others", count=str(len(alone) - len(named)))
        listed = (*listed, Text(f" {more}"))
    # A community is counted beside the others, never among them.
    groups = [
        (Text(number),) if (number := counted_words(brief, one)) else (Mention(str(one.id)),) for one in counted
    ]
    listed = joined([listed, *(groups if room.victims else [])], "; ")
    tail = (Text(f" {brief.label('victims')}: "), *listed, Text(".")) if listed else ()
    return (*joined([head, sentence(incident.title.strip().rstrip("."))], ": "), Text("."), *tail)


def _link(brief: Brief, target: Target, room: Room) -> tuple[Inline, ...]:
    modes: dict[Mode, list[Inline]] = {}
    for incident in brief.dossier.incidents:
        for row in brief.parts(incident):
            if row.target_id == target.id:
                number = str(incident_number(brief, incident))
                modes.setdefault(row.mode, []).append(CrossRef(number, incident_anchor(brief, incident)))
    parts = [
        brief.phrase(
            "glance_mode_one" if len(refs) == 1 else "glance_mode_many",
            mode=brief.label(f"short_{choice_key(mode)}"),
            incidents=joined([(ref,) for ref in refs]),
        )
        for mode, refs in modes.items()
    ]
    proofs = [
        fact
        for basis, regime, _prong in brief.bases(target)
        for element in brief.elements(basis, regime)
        if element.aspect in _TIES
        for fact in brief.proving_facts(basis, element)
    ]
    if not parts and not proofs:
        return ()
    refs = brief.fact_refs(list({fact.id: fact for fact in proofs}.values())[: room.facts])
    return joined([*parts, refs], "; ")


def _sources(brief: Brief, target: Target, room: Room) -> tuple[Inline, ...]:
    citations = brief.supporting(brief.target_facts(target))
    if not citations:
        return ()
    shown = [row for row in citations if row.evidence_id in brief.exhibits]
    strongest = strongest_sources(brief.dossier, shown)[:2]
    named = joined([_source(brief, item, room) for item in strongest], f" {brief.label('and')} ")
    total = brief.label("glance_source_count", count=str(len(brief.roots(citations))))
    return joined([named, total], "; ")


def _source(brief: Brief, item: Evidence, room: Room) -> tuple[Inline, ...]:
    ref = brief.exhibit_ref(item.id)
    body, title = short_title(source(brief, item), item.cite_as)
    name = Text(clip(title or body, room.title), italic=bool(title))
    return (ref, Text(" ("), name, Text(")")) if ref else (name,)


def _objections(brief: Brief, room: Room) -> tuple[Block, ...]:
    items = brief.dossier.adverse_items
    lines: list[tuple[Inline, ...]] = []
    told = _shown(items, room.objections)
    for item in told:
        lines += [(CrossRef(_objection(brief, item), adverse_anchor(item)),)]
    if lines and len(items) > len(told):
        lines.append((Text(brief.label("and_others", count=str(len(items) - len(told)))),))
    text = (*joined(lines, "; "), Text(".")) if lines else ()
    contradicted = [
        fact for fact in brief.dossier.facts if any(row.stance is Stance.CONTRADICTS for row in fact.citations)
    ]
    refs = brief.fact_refs(contradicted)
    if refs and (lines or not items):
        against = brief.phrase("glance_contradicted", facts=refs)
        text = (*text, Text(" "), *against) if text else against
    if not text and not items and brief.dossier.case.no_adverse_statement.strip():
        text = (Text(brief.label("glance_no_adverse")),)
    return (Paragraph(text),) if text else ()


def _objection(brief: Brief, item: AdverseItem) -> str:
    return brief.naming.plain(item.title).strip().rstrip(".") or brief.choice(item.kind)


def _why_now(brief: Brief, room: Room) -> tuple[Block, ...]:
    out: list[Block] = []
    latest = latest_incident(brief.dossier.incidents)
    if latest is not None:
        last = latest.end or latest.start
        assert last is not None
        out.append(
            Paragraph(brief.phrase("glance_latest", date=last.display(), incident=incident_ref(brief, latest)))
        )
    out += _in_office(brief, room)
    reasons: list[tuple[Inline, ...]] = []
    for argument in brief.dossier.interest_arguments:
        choice = interest_choice(brief, argument)
        if choice is not None and not choice.weak:
            reasons.append((CrossRef(choice.title.rstrip("."), interest_anchor(argument)),))
    if reasons:
        out.append(Paragraph((*joined(reasons[:3], "; "), Text("."))))
    return tuple(out)


def _in_office(brief: Brief, room: Room) -> list[Block]:
    """Who still holds a post: public office where anyone does, else any post."""
    held: list[tuple[Target, Position]] = []
    for target in brief.dossier.targets[: room.targets]:
        position = main_position(target.party)
        if position is not None and position.end_state is EndState.ONGOING:
            held.append((target, position))
    public = [(target, position) for target, position in held if position.government] or held
    sentences = [
        brief.phrase("glance_in_office", target=brief.subject(target), position=standing(position))
        for target, position in public
    ]
    return [Paragraph(joined(sentences, " "))] if sentences else []
