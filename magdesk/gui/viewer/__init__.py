"""The reading room: any item of evidence inside the window, straight from the encrypted case file."""

from __future__ import annotations

from magdesk.gui.viewer.viewer import Viewer

__all__ = ["Viewer"]
