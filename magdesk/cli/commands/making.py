"""Commands that make a case file."""

from __future__ import annotations

import argparse
from typing import Any

from magdesk.casefile import CaseFile
from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal, jsonable, say, user_name
from magdesk.errors import ExitCode
from magdesk.paths import with_case_suffix
from magdesk.regimes import load_law
from magdesk.services.cases import create_case, describe
from magdesk.services.dump.folder import load_case


def _figures(info: object) -> dict[str, Any]:
    data = jsonable(info)
    assert isinstance(data, dict)
    return data


def new(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make an empty case file."""
    law = load_law()

    def make(phrase: str) -> CaseFile:
        return create_case(
            options.case, phrase, title=options.title, authorities=options.authority, law=law, who=user_name()
        )

    with terminal.create(options.case, make) as case:
        terminal.report({"case": case.path, **_figures(describe(case))}, f"Created {case.path}")
    return ExitCode.OK


def sample(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make the sample case."""
    from magdesk.services.sample import create_sample  # noqa: PLC0415  it takes the libraries that make documents

    def make(phrase: str) -> CaseFile:
        return create_sample(
            with_case_suffix(options.case), phrase, progress=terminal.progress, cancel=terminal.cancel
        )

    with terminal.create(options.case, make) as case:
        terminal.report({"case": case.path}, f"Created the sample case {case.path}")
    return ExitCode.OK


def load(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make a case file from a dump or a hand-written dossier."""

    def make(phrase: str) -> CaseFile:
        return load_case(
            options.folder,
            options.case,
            phrase,
            who=user_name(),
            doubt=say,
            progress=terminal.progress,
            cancel=terminal.cancel,
        )

    with terminal.create(options.case, make) as case:
        terminal.report({"case": case.path, **_figures(describe(case))}, f"Loaded into {case.path}")
    return ExitCode.OK


ACTIONS: CommandActions = {"new": new, "sample": sample, "load": load}
