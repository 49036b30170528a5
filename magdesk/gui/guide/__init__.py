"""The Guide in the window: the list of tasks, and one question a screen."""

from __future__ import annotations
