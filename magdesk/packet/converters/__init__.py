"""An exhibit's file becomes pages of a PDF, or a reason why it cannot. One interface in front of all converters.

Everything that takes a stranger's file apart on the way into the bundle stands behind :func:`convert`, so that it
can be moved into a process of its own.
"""

from __future__ import annotations

from magdesk.packet.converters.convert import convert, needs_worker
from magdesk.packet.converters.result import NoPages, Pages

__all__ = ["NoPages", "Pages", "convert", "needs_worker"]
