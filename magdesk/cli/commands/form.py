"""The command that says how a dossier is written by hand or by program."""

from __future__ import annotations

import argparse
import json

from magdesk.cli.actions import CommandActions
from magdesk.cli.terminal import Terminal
from magdesk.errors import ExitCode
from magdesk.regimes import load_law
from magdesk.services.dump.dossier_json import schema as json_schema
from magdesk.services.dump.explanation import explanation


def schema(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the JSON Schema, or the page that explains it."""
    if options.explain:
        page = explanation(load_law())
        terminal.report({"page": page}, page.rstrip("\n"))
    else:
        form = json_schema()
        terminal.report(form, json.dumps(form, ensure_ascii=False, indent=1))
    return ExitCode.OK


ACTIONS: CommandActions = {"schema": schema}
