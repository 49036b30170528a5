"""What a task and a screen of the Guide are. Values; the content files are read in :mod:`magdesk.guide.content`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Per(StrEnum):
    """About what a screen is asked: once for the case, or once for each row of a kind."""

    CASE = "case"
    TARGET = "target"
    INCIDENT = "incident"
    PERSON = "person"
    EXHIBIT = "exhibit"
    FACT = "fact"
    GROUND = "ground"
    COUNTRY = "country"
    ADVERSE = "adverse"

    @property
    def together(self) -> bool:
        """Whether a screen that is asked of each counts as one question: there may be hundreds of them."""
        return self in (Per.EXHIBIT, Per.FACT, Per.GROUND, Per.ADVERSE)


class Condition(StrEnum):
    """When a screen, or a field of one, is asked. What each means stands in :mod:`magdesk.guide.applies`."""

    ALWAYS = "always"
    PERSON = "person"
    BODY = "body"
    CORRUPTION = "corruption"
    OLD_OR_MANY = "old_or_many"
    HURT = "hurt"
    SPEAKS = "speaks"
    COUNTRY_CHOSEN = "country_chosen"
    RULE_CHOSEN = "rule_chosen"
    DEPENDS_ON_ANOTHER = "depends_on_another"
    REACH_ASKED = "reach_asked"
    ONE_ORIGIN = "one_origin"
    FAMILY_RULE = "family_rule"
    OTHER_LANGUAGE = "other_language"
    WEB_PAGE = "web_page"


class AnswerRule(StrEnum):
    """How it is told that a screen is answered.

    ``FIELDS``: its key fields hold something. ``ELEMENTS``: every required element of the ground has a fact.
    ``SECTIONS``: every required part of the text is written. ``NOTHING_STOPS``: no blocking finding is left.
    ``COMMENTED``: whatever rests on one source has its comment. ``SUITABLE``: no question of suitability is open.
    """

    FIELDS = "fields"
    ELEMENTS = "elements"
    SECTIONS = "sections"
    NOTHING_STOPS = "nothing_stops"
    COMMENTED = "commented"
    SUITABLE = "suitable"


@dataclass(frozen=True, slots=True)
class ScreenField:
    """One field that a screen shows.

    Attributes:
        table: name of the model's class, e.g. ``Identifier``.
        column: its attribute; a relationship where a list of rows is meant.
        kind: only rows of that kind (``date_of_birth``); empty for any.
        key: whether the screen waits for it.
        when: when it is shown.
        more: whether it stands under “More about this”.
        unknown: the name under which ``unknown`` records that it was searched for in vain; empty where such a search
            is no answer. Its subject is the row that the screen is asked about, or the party of a target.
    """

    table: str
    column: str
    kind: str = ""
    key: bool = False
    when: Condition = Condition.ALWAYS
    more: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Stronger:
    """What to do about a check that finds something, in plain words; ``{name}`` is what the screen is asked about."""

    code: str
    step: str
    because: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One question of the Guide.

    Attributes:
        id: ``2.3``: task and place in it.
        question: as a person would ask it; at most twelve words, no term of art.
        why: what the reader in the ministry does with the answer.
        good: an example from the invented Republic of Valdania.
        weak: one that does not help.
        weak_why: what is wrong with it.
        step: the question as a thing to do, for the list of next steps; ``{name}`` is what it is asked about.
        because: why that should be done, as the end of the same sentence.
        per: about what it is asked.
        page: the page of the Desk where the same is edited.
        fields: in the order in which they are shown.
        any_key: whether one of the key fields is enough.
        every: whether every row must hold the key fields, not only one of them.
        codes: the checks whose findings belong here.
        rule: how it is told that it is answered.
        when: conditions, all of which must hold.
        is_list: whether it is the list of the rows that the next screens are asked about.
        does_not_apply: the words of the choice “does not apply”, or of the empty answer that it stands for; empty
            where it is not offered.
        later: whether it may be left for later.
        synonyms: other words that the palette finds it by.
        quick: whether it is a matter of a minute.
        stronger: words for the findings of single checks.
        question_of_body: the question about a company, an organisation or a unit; empty for the same.
        step_of_body: the thing to do there; empty for the same.
    """

    id: str
    question: str
    why: str
    good: str
    weak: str
    weak_why: str
    step: str
    because: str
    per: Per
    page: str
    fields: tuple[ScreenField, ...] = ()
    any_key: bool = False
    every: bool = False
    codes: tuple[str, ...] = ()
    rule: AnswerRule = AnswerRule.FIELDS
    when: tuple[Condition, ...] = ()
    is_list: bool = False
    does_not_apply: str = ""
    later: bool = True
    synonyms: tuple[str, ...] = ()
    quick: bool = False
    stronger: tuple[Stronger, ...] = ()
    question_of_body: str = ""
    step_of_body: str = ""

    @property
    def task(self) -> int:
        """The number of its task."""
        return int(self.id.partition(".")[0])

    @property
    def keys(self) -> tuple[ScreenField, ...]:
        """The fields that it waits for."""
        return tuple(field for field in self.fields if field.key)


@dataclass(frozen=True, slots=True)
class Task:
    """One part of the work.

    Attributes:
        number: 1 to 12.
        title: in plain words.
        done_when: what it needs, in a sentence.
        opens: what must be there before anything of it can be asked; empty where it can be begun at once.
        later_is_ready: whether it can be ready while something is left for later.
    """

    number: int
    title: str
    done_when: str
    screens: tuple[Screen, ...]
    opens: str = ""
    later_is_ready: bool = True

    @property
    def codes(self) -> frozenset[str]:
        """Every check that belongs to it."""
        return frozenset(code for screen in self.screens for code in screen.codes)
