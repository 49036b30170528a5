"""The command that says how far a case is, in the words of the Guide."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal
from magdesk.errors import ExitCode
from magdesk.guide.state import QuestionState, ScreenProgress, TaskProgress, TaskState
from magdesk.regimes import load_law
from magdesk.services.guide import Guided, guided

_TASKS = {
    TaskState.NOT_STARTED: "not started",
    TaskState.BEGUN: "begun",
    TaskState.READY: "ready",
    TaskState.READY_WITH_GAPS: "ready with gaps",
}
_STATES = {
    QuestionState.OPEN: "to do",
    QuestionState.ANSWERED: "answered",
    QuestionState.LATER: "for later",
    QuestionState.NOT_APPLICABLE: "does not apply",
}


def guide(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the three next steps, then each task with its questions; always exit code 0: a to-do is no fault."""
    with terminal.open(options.case, read_only=True) as case:
        found = guided(case, load_law(), options.date or date.today())
    lines = ["What comes next"]
    lines += [f"  {number}. {step.sentence} (question {step.screen})" for number, step in enumerate(found.steps, 1)]
    if not found.steps:
        lines.append("  Every question is answered.")
    for task in found.progress.tasks:
        lines += ["", *_task_lines(task)]
    terminal.report(_report(found), "\n".join(lines))
    return ExitCode.OK


def _task_lines(task: TaskProgress) -> Iterator[str]:
    head = f"{task.task.number}. {task.task.title}: "
    if not task.applicable:
        yield f"{head}opens {task.task.opens}"
        return
    left = f", {task.later} for later" if task.later else ""
    yield f"{head}{task.answered} of {task.applicable} answered{left}; {_TASKS[task.state]}"
    about = None
    for question in task.screens:
        subject = question.subject
        if subject is not None and subject.key != about:
            yield f"   {subject.name}"
        elif subject is None and about is not None:
            yield "   The whole case"
        about = subject.key if subject is not None else None
        yield f"     {_line(question)}"


def _line(question: ScreenProgress) -> str:
    screen = question.screen
    count = ""
    if len(question.asked) > 1:
        count = f" ({question.settled} of {len(question.asked)})"
    doubt = "; something does not fit" if any(one.disputed for one in question.asked) else ""
    return f"{screen.id:<5}{question.question}  {_STATES[question.state]}{count}{doubt}"


def _report(found: Guided) -> dict[str, object]:
    done = found.progress
    return {
        "to_do": done.to_do,
        "questions": done.questions,
        "next": [
            {"kind": step.kind, "screen": step.screen, "subject": step.subject, "sentence": step.sentence}
            for step in found.steps
        ],
        "tasks": [
            {
                "number": task.task.number,
                "title": task.task.title,
                "state": task.state,
                "answered": task.answered,
                "applicable": task.applicable,
                "later": task.later,
                "blocking": task.blocking,
                "warnings": task.warnings,
                "screens": [
                    {
                        "id": one.screen.id,
                        "question": one.question,
                        "state": one.state,
                        "subjects": [
                            {
                                "id": asked.subject.key,
                                "name": asked.subject.name,
                                "state": asked.state,
                                "disputed": asked.disputed,
                            }
                            for asked in one.asked
                        ],
                    }
                    for one in task.screens
                ],
                "unused": [screen.id for screen in task.unused],
            }
            for task in done.tasks
        ],
    }


ACTIONS: CommandActions = {"guide": guide}
