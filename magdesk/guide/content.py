"""The content files of the Guide, read one task at a time when somebody first asks for it."""

from __future__ import annotations

from functools import cache, partial

from magdesk import paths
from magdesk.guide.screens import AnswerRule, Condition, Per, Screen, ScreenField, Stronger, Task
from magdesk.regimes.reading import TableReader, read_text, unique

TASKS = 12
_FLAGS = ("key", "more")


@cache
def task(number: int) -> Task:
    """A task with its screens.

    Args:
        number: from 1 to :data:`TASKS`.

    Raises:
        RegimeError: its file is wrong; names file and key.
    """
    (file,) = paths.resource("guide").glob(f"{number:02d}-*.toml")
    top = TableReader.of_text(read_text(file))
    screens = top.tables("screens", partial(_screen, number), needed=True)
    made = Task(
        number,
        top.text("title"),
        top.text("done_when"),
        screens,
        opens=top.text("opens", ""),
        later_is_ready=top.flag("later_is_ready", True),
    )
    top.finish()
    unique(top, "screens", [screen.id for screen in screens])
    return made


@cache
def tasks() -> tuple[Task, ...]:
    """All tasks in their order.

    Raises:
        RegimeError: as :func:`task`.
    """
    return tuple(task(number) for number in range(1, TASKS + 1))


def screen(code: str) -> Screen | None:
    """The screen of that number, e.g. ``2.3``; none where there is none."""
    number = code.partition(".")[0]
    if not number.isdecimal() or not 1 <= int(number) <= TASKS:
        return None
    return next((one for one in task(int(number)).screens if one.id == code), None)


def _screen(number: int, reader: TableReader) -> Screen:
    code = reader.text("id")
    if code.partition(".")[0] != str(number):
        raise reader.wrong("id", f"is “{code}” in the file of task {number}")
    weak = reader.text("weak")
    made = Screen(
        id=code,
        question=reader.text("question"),
        why=reader.text("why"),
        good=reader.text("good"),
        weak=weak,
        weak_why=reader.text("weak_why"),
        step=reader.text("step"),
        because=reader.text("because"),
        per=Per(reader.code("per", [*Per])),
        page=reader.text("page"),
        fields=tuple(_field(reader, text) for text in reader.texts("fields", ())),
        any_key=reader.flag("any_key", False),
        every=reader.flag("every", False),
        codes=reader.texts("codes", ()),
        rule=AnswerRule(reader.code("rule", [*AnswerRule], AnswerRule.FIELDS)),
        when=tuple(Condition(one) for one in reader.codes("when", [*Condition], ())),
        is_list=reader.flag("is_list", False),
        does_not_apply=reader.text("does_not_apply", ""),
        later=reader.flag("later", True),
        synonyms=reader.texts("synonyms", ()),
        quick=reader.flag("quick", False),
        stronger=reader.tables("stronger", _stronger),
        question_of_body=reader.text("question_of_body", ""),
        step_of_body=reader.text("step_of_body", ""),
    )
    if made.rule is AnswerRule.FIELDS and not made.keys:
        raise reader.wrong("fields", "name no key field, so the question could never be answered")
    return made


def _stronger(reader: TableReader) -> Stronger:
    return Stronger(reader.text("code"), reader.text("step"), reader.text("because"))


def _field(reader: TableReader, text: str) -> ScreenField:
    """A field in short: ``Identifier.date kind=date_of_birth when=person unknown=date_of_birth key``."""
    name, *rest = text.split()
    table, dot, column = name.partition(".")
    if not dot:
        raise reader.wrong("fields", f"holds “{text}”, which is not Table.column")
    values: dict[str, str] = {}
    flags: set[str] = set()
    for part in rest:
        key, equals, value = part.partition("=")
        if equals and key in ("kind", "when", "unknown"):
            values[key] = value
        elif part in _FLAGS:
            flags.add(part)
        else:
            raise reader.wrong("fields", f"holds “{part}” in “{text}”, which is not known here")
    if values.get("when", "always") not in [*Condition]:
        raise reader.wrong("fields", f"holds “when={values['when']}”, which is no condition")
    return ScreenField(
        table,
        column,
        kind=values.get("kind", ""),
        key="key" in flags,
        when=Condition(values.get("when", "always")),
        more="more" in flags,
        unknown=values.get("unknown", ""),
    )
