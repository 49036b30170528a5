"""The private sub-command ``worker``: which kinds of worker there are and what each of them loads."""

from __future__ import annotations

from magdesk.intake.sandbox.command import Role
from magdesk.intake.sandbox.worker import Serve, live


def main(arguments: list[str]) -> None:
    """Be the worker that the parent asks for.

    Args:
        arguments: a role, and what goes with it.
    """
    role, rest = Role(arguments[0]), arguments[1:]
    match role:
        case Role.PROGRAM:
            from magdesk.intake.sandbox.launch import launch  # noqa: PLC0415  a worker loads what it needs

            launch(rest)
        case Role.PROBE:
            from magdesk.intake.sandbox.hostile import probe  # noqa: PLC0415

            probe(rest)
        case Role.READING:
            live(_reading)
        case Role.CONVERTING:
            live(_converting)
        case Role.RENDERING:
            live(_rendering)
        case Role.CHECKING:
            live(_checking)


def _reading() -> Serve:
    from magdesk.intake.reading.worker import load  # noqa: PLC0415

    return load()


def _converting() -> Serve:
    from magdesk.intake.conversion.worker import load  # noqa: PLC0415

    return load()


def _rendering() -> Serve:
    from magdesk.intake.rendering.worker import load  # noqa: PLC0415

    return load()


def _checking() -> Serve:
    from magdesk.packet.paperworker import load  # noqa: PLC0415

    return load()
