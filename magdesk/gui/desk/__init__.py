"""The open case as the window holds it: what is open, what changed, what is wrong, where each row is edited."""

from __future__ import annotations
