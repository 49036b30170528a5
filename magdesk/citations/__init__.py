"""Source metadata becomes a citation string. Knows no document and no renderer."""

from __future__ import annotations
