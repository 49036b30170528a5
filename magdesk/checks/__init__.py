"""Pure functions from (dossier, regimes, today) to findings. Changes nothing, shows nothing."""

from __future__ import annotations
