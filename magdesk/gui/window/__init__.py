"""The window's frame: shell, navigation, the open case, what the menus offer, messages that pass."""

from __future__ import annotations
