"""How far a task is, in words."""

from __future__ import annotations

from magdesk.gui.desk.guidelook import TaskLook
from magdesk.gui.words import _
from magdesk.guide.state import TaskState

_STATES = {
    TaskState.NOT_STARTED: _("Not started"),
    TaskState.BEGUN: _("Begun"),
    TaskState.READY: _("Ready"),
    TaskState.READY_WITH_GAPS: _("Ready with gaps"),
}


def state_words(task: TaskLook) -> str:
    """The state of a task in a word or three."""
    return _STATES[task.state]


def progress_words(task: TaskLook) -> str:
    """How many of its questions are answered, or what opens it."""
    if not task.applicable:
        return _("Opens {when}").format(when=task.opens) if task.opens else _("Nothing to ask")
    text = _("{answered} of {all} answered").format(answered=task.answered, all=task.applicable)
    return f"{text}, " + _("{count} for later").format(count=task.later) if task.later else text
