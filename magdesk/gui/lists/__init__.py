"""Lists of rows beside the chosen one, and how their lines are painted."""

from __future__ import annotations
