"""The tokens of the theme that judgements are painted in."""

from __future__ import annotations

from magdesk.checks.strength import Strength

TONES = {
    Strength.MISSING: "danger",
    Strength.UNSOURCED: "danger",
    Strength.SINGLE: "warn",
    Strength.WEAK: "warn",
    Strength.CONTESTED: "party",
    Strength.SOLID: "ok",
    Strength.NAMED: "ok",
    Strength.UNUSED: "muted",
}
"""The token of the theme that each strength is painted in."""
