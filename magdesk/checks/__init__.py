"""Pure functions from (dossier, regimes, today) to findings. Changes nothing, shows nothing."""

from __future__ import annotations

from magdesk.checks.finding import Finding, Place, Severity
from magdesk.checks.run import run_checks

__all__ = ["Finding", "Place", "Severity", "run_checks"]
