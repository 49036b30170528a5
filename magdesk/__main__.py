"""``python -m magdesk``: the command line."""

from __future__ import annotations

from magdesk.cli import run

run()
