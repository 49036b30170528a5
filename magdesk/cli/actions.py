"""What a group of commands hands to the parser."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from magdesk.cli.terminal import Terminal

CommandActions = Mapping[str, Callable[[argparse.Namespace, Terminal], int]]
"""What the commands of a group do, by name; each returns an exit code."""
