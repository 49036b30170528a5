"""Which codes of the law, and of the program's own lists, the text fields of a dossier may hold, and what each means.

The choices that the model itself fixes (a grade, a mode) stand in the schema. Those here come from resources that a
clinic can edit or update, so they are asked of the law at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from magdesk.guide.content import tasks
from magdesk.regimes.questions import QUESTIONS
from magdesk.regimes.regime import Element, Law, OutlineSection

SECTIONS_WITHOUT_TEXT = frozenset({"cover", "contents"})
"""What these sections hold is made wholly from rows; every other may begin with the drafter's own words."""

Meanings = dict[str, str]
"""What each code means, in the words of the resources."""


@dataclass(frozen=True, slots=True)
class CodedField:
    """A field whose values are codes.

    Attributes:
        table: the table of the row.
        field: the field of it.
        what: what the codes name, in the plural.
        codes: what each allowed code means.
        many: whether it holds several of them, separated by commas.
        empty: whether it may be left empty.
    """

    table: str
    field: str
    what: str
    codes: Callable[[Law], Meanings]
    many: bool = False
    empty: bool = True


def regimes(law: Law) -> Meanings:
    """Authorities."""
    return {code: regime.title for code, regime in law.regimes.items()}


def prongs(law: Law) -> Meanings:
    """Paragraphs, whichever authority they belong to."""
    found: dict[str, list[str]] = {}
    for regime in law.regimes.values():
        for prong in regime.prongs:
            found.setdefault(prong.code, []).append(f"{regime.code}: {prong.title}")
    return {code: "; ".join(titles) for code, titles in found.items()}


def kinds(law: Law) -> Meanings:
    """Types of abuse and corruption."""
    known = {code: kind.title for code, kind in law.acts.items()}
    for regime in law.regimes.values():
        known |= {kind.code: kind.title for kind in regime.abuse_types if kind.code not in known}
    return known


def elements(law: Law) -> Meanings:
    """Elements of paragraphs, of types and (with the mode before a colon) of modes of responsibility."""
    found: dict[str, list[str]] = {}

    def take(code: str, element: Element) -> None:
        titles = found.setdefault(code, [])
        if element.title not in titles:
            titles.append(element.title)

    for regime in law.regimes.values():
        for prong in regime.prongs:
            for element in prong.elements:
                take(element.code, element)
        for kind in regime.abuse_types:
            for element in kind.elements:
                take(element.code, element)
    for kind in law.acts.values():
        for element in kind.elements:
            take(element.code, element)
    for mode in law.modes.values():
        for element in mode.elements:
            take(f"{mode.code}:{element.code}", element)
    return {code: " / ".join(titles) for code, titles in found.items()}


def proved_elements(law: Law) -> Meanings:
    """What a proof may name: the elements, and those of a mode by themselves where it names a participation."""
    alone = {element.code: element.title for mode in law.modes.values() for element in mode.elements}
    return alone | elements(law)


def sections(law: Law) -> Meanings:
    """Sections that take the drafter's text."""
    found: Meanings = {}
    for packet in law.packets.values():
        for section in outline(packet.outline):
            found.setdefault(section.code, section.heading)
    return found


def outline(parts: tuple[OutlineSection, ...]) -> Iterator[OutlineSection]:
    """The sections of an outline that take the drafter's text."""
    return (section for section in parts if section.content not in SECTIONS_WITHOUT_TEXT)


def interests(law: Law) -> Meanings:
    """Arguments of the menus."""
    return {choice.code: choice.title for regime in law.regimes.values() for choice in regime.interest}


def letters(law: Law) -> Meanings:
    """Letters of the packets, those of their variants too."""
    found: Meanings = {}
    for packet in law.packets.values():
        for letter in (*packet.letters, *(one for variant in packet.without for one in variant.letters)):
            found.setdefault(letter.code, letter.office.replace("\n", ", "))
    return found


def measures(law: Law) -> Meanings:
    """Measures of the authorities."""
    found: dict[str, list[str]] = {}
    for regime in law.regimes.values():
        for measure in regime.measures:
            titles = found.setdefault(measure.code, [])
            if measure.title not in titles:
                titles.append(measure.title)
    return {code: " / ".join(titles) for code, titles in found.items()}


def questions(law: Law) -> Meanings:
    """Questions of suitability, with the answers that each takes."""
    return {code: ", ".join(answers) or "codes of types, comma-separated" for code, answers in QUESTIONS.items()}


def answers(law: Law) -> Meanings:
    """What a question of suitability may be answered with."""
    own = {answer: "" for every in QUESTIONS.values() for answer in every}
    return own | kinds(law)


def checks(law: Law) -> Meanings:
    """Checks whose findings may be set aside."""
    found: Meanings = {}
    for code, check in law.checks.items():
        if check.waivable or any(variant.waivable for variant in check.variants.values()):
            found[code] = check.title
    return found


def screens(_law: Law) -> Meanings:
    """Questions of the Guide."""
    return {screen.id: screen.question for task in tasks() for screen in task.screens}


CODED: tuple[CodedField, ...] = (
    CodedField("authority", "regime", "authorities", regimes, empty=False),
    CodedField("authority", "measures", "measures", measures, many=True),
    CodedField("ask", "regime", "authorities", regimes, empty=False),
    CodedField("legal_basis", "regime", "authorities", regimes),
    CodedField("legal_basis", "prong", "paragraphs", prongs),
    CodedField("legal_basis", "abuse_type", "types", kinds),
    CodedField("incident", "kind", "types", kinds),
    CodedField("incident", "other_kinds", "types", kinds, many=True),
    CodedField("proof", "kind", "types", kinds),
    CodedField("proof", "element", "elements", proved_elements),
    CodedField("element_note", "element", "elements", elements),
    CodedField("section", "code", "sections", sections, empty=False),
    CodedField("section", "regime", "authorities", regimes),
    CodedField("interest_argument", "code", "arguments", interests),
    CodedField("interest_argument", "regime", "authorities", regimes),
    CodedField("recipient", "letter", "letters", letters),
    CodedField("answer", "question", "questions", questions),
    CodedField("answer", "value", "answers", answers, many=True),
    CodedField("waiver", "code", "checks", checks, empty=False),
    CodedField("guide_mark", "screen", "questions of the Guide", screens, empty=False),
)
"""Every such field, in the order of the tables."""


def coded_fields() -> Mapping[tuple[str, str], CodedField]:
    """The same by table and field."""
    return {(one.table, one.field): one for one in CODED}
