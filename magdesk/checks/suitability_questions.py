"""The questions that tell which authorities fit a target: what is asked and what can be answered. Derives nothing."""

from __future__ import annotations

from dataclasses import dataclass

from magdesk.i18n import _

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that has to be known.

    Attributes:
        code: as rules of regimes and answers by hand name it.
        title: what a missing answer is called.
        text: what is asked.
        choices: what can be answered: code and words, in the order in which they are offered.
        by_country: whether the answer depends on the country whose authority is asked for.
        several: whether several answers can be true at once; their codes are those of kinds of abuse.
        settled: whether the rows of the case settle it, so that nothing can be answered by hand.
    """

    code: str
    title: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    by_country: bool = False
    several: bool = False
    settled: bool = False

    def words(self, value: str) -> str:
        """An answer in words; kinds of abuse are named by the law."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """One of the ten steps in which the questions are asked."""

    title: str
    questions: tuple[Question, ...]


_DONT_KNOW = (UNKNOWN, _("Not yet known"))
_YES_NO = (("yes", _("Yes")), ("no", _("No")), _DONT_KNOW)
_SHARE = (("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No")), _DONT_KNOW)

STEPS: tuple[QuestionStep, ...] = (
    QuestionStep(
        _("Who is it?"),
        (
            Question(
                "kind",
                _("what the target is"),
                _("Is the target a person, an entity or a unit?"),
                (("person", _("A person")), ("entity", _("An entity")), ("unit", _("A unit"))),
                settled=True,
            ),
            Question(
                "family",
                _("whether the target is a family member of another target"),
                _("Is the target an immediate family member of another target?"),
                (("yes", _("Yes")), ("no", _("No"))),
            ),
        ),
    ),
    QuestionStep(
        _("What was done?"),
        (
            Question(
                "conduct",
                _("what was done"),
                _("Abuse of human rights, corruption, or both?"),
                (
                    ("abuse", _("Abuse")),
                    ("corruption", _("Corruption")),
                    ("both", _("Both")),
                    ("none", _("Neither: named by association only")),
                    _DONT_KNOW,
                ),
            ),
            Question(
                "abuse_types",
                _("which kinds of abuse or corruption"),
                _("Which kinds of abuse or corruption?"),
                several=True,
            ),
        ),
    ),
    QuestionStep(
        _("Where?"),
        (
            Question(
                "abroad",
                _("where it was done"),
                _("Was it done outside the country whose authority is being asked?"),
                _SHARE,
                by_country=True,
            ),
        ),
    ),
    QuestionStep(
        _("Once, or as a pattern?"),
        (
            Question(
                "scale",
                _("whether there is a pattern"),
                _("A single act, or a pattern of acts over time?"),
                (("single", _("A single act")), ("pattern", _("A pattern")), _DONT_KNOW),
            ),
        ),
    ),
    QuestionStep(
        _("To whom?"),
        (
            Question(
                "victim_status",
                _("why the victims were attacked"),
                _("Was a victim exposing officials, or exercising or defending rights?"),
                _YES_NO,
            ),
            Question(
                "us_victim",
                _("whether a victim is a U.S. national"),
                _("Is a victim a national of the United States, or staff of its missions?"),
                _YES_NO,
            ),
        ),
    ),
    QuestionStep(
        _("What office?"),
        (
            Question(
                "official",
                _("whether the target holds or held public office"),
                _("Does or did the target hold public office, or act for someone who does?"),
                (
                    ("current", _("Holds one now")),
                    ("former", _("Held one in the past")),
                    ("acting_for", _("Acts for an official")),
                    ("no", _("No public office")),
                    _DONT_KNOW,
                ),
            ),
            Question(
                "foreign_government",
                _("whether it was done for a government"),
                _("Did the target act for a foreign government?"),
                _YES_NO,
            ),
        ),
    ),
    QuestionStep(
        _("A foreign person?"),
        (
            Question(
                "foreign",
                _("the target’s nationality"),
                _("Is the target a foreigner in the country whose authority is being asked?"),
                (
                    ("foreign", _("Foreign")),
                    ("dual", _("A national of both")),
                    ("national_only", _("Its own national only")),
                    _DONT_KNOW,
                ),
                by_country=True,
            ),
        ),
    ),
    QuestionStep(
        _("How recent?"),
        (
            Question(
                "recent",
                _("whether the acts are recent"),
                _("Do the acts fall within the years that practice considers?"),
                _SHARE,
                by_country=True,
            ),
        ),
    ),
    QuestionStep(
        _("Sanctioned by others?"),
        (
            Question(
                "programme",
                _("whether a country program exists"),
                _("Does the authority’s country have a sanctions program for the country of the acts?"),
                _YES_NO,
                by_country=True,
            ),
            Question(
                "listed_elsewhere",
                _("whether another government has listed the target"),
                _("Has another government listed the target?"),
                _YES_NO,
                by_country=True,
            ),
        ),
    ),
    QuestionStep(
        _("Are the victims safe?"),
        (
            Question(
                "victims_safety",
                _("whether victims and witnesses are safe"),
                _("Can the accounts of victims and witnesses be used without endangering them?"),
                (
                    ("safe_named", _("Yes, by name")),
                    ("safe_anonymous", _("Yes, without names")),
                    ("not_safe", _("No, someone is in danger")),
                    _DONT_KNOW,
                ),
            ),
        ),
    ),
)
QUESTIONS: dict[str, Question] = {question.code: question for step in STEPS for question in step.questions}


def stored_code(question: str, country: str = "") -> str:
    """The code under which an answer by hand is stored: with the country where it holds for one only."""
    return f"{question}:{country}" if country else question
