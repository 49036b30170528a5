"""MagDesk: prepares Global Magnitsky case files offline, in one encrypted file per case."""

from __future__ import annotations

__version__ = "0.2.0.dev0"
