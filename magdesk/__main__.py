"""``python -m magdesk``: the command line, or a worker of the program where its parent asks for one."""

from __future__ import annotations

import sys

from magdesk.intake.sandbox.command import is_worker

if is_worker(sys.argv[1:]):
    from magdesk.packet.workers import main

    main(sys.argv[2:])
else:
    from magdesk.cli import run

    run()
