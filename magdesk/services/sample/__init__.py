"""The sample case, the Republic of Generica: invented, complete, so that nobody starts before an empty window.

The story lies in ``resources/sample``; the modules here turn it into rows and into files of real kinds.
"""

from __future__ import annotations

from magdesk.services.sample.create import create_sample

__all__ = ["create_sample"]
