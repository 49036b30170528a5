"""Every format that a case file ever had, as the statements that made it. Nothing here looks at the model.

``format-N.sql`` holds all tables, indexes and triggers of format N, and new files are made from the newest one;
``to-N.sql`` holds what the step from the format before changes. Neither is touched again once files of it are in use:
what the model needs next is a format of its own.
"""

from __future__ import annotations

from magdesk.casefile.formats.frozen import NEWEST, statements, step, triggers
from magdesk.casefile.formats.shape import Shape, normalised, shape_found, shape_of

__all__ = ["NEWEST", "Shape", "normalised", "shape_found", "shape_of", "statements", "step", "triggers"]
