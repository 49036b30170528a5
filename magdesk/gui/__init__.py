"""The window: a skin over the services. The only home of PySide6; no case logic."""

from __future__ import annotations
