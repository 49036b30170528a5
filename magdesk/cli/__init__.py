"""The command line: parses, calls services, prints. Works where PySide6 cannot be imported.

Results go to standard output (as JSON with ``--json``), progress and messages to standard error. Exit codes:
0 fine, 1 blocking findings or something that does not verify, 2 usage, 3 bad input, 4 case file, 5 export,
130 cancelled.
"""

from __future__ import annotations

from magdesk.cli.program import main, run

__all__ = ["main", "run"]
