"""The questions of suitability and the answers that the rules of the regimes may name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": ("person", "entity", "unit"),
        "conduct": ("abuse", "corruption", "both", "none", "unknown"),
        "abuse_types": (),
        "victim_status": ("yes", "no", "unknown"),
        "official": ("current", "former", "acting_for", "no", "unknown"),
        "foreign": ("foreign", "dual", "national_only", "unknown"),
        "recent": ("yes", "partly", "no", "unknown"),
        "scale": ("single", "pattern", "unknown"),
        "abroad": ("yes", "partly", "no", "unknown"),
        "us_victim": ("yes", "no", "unknown"),
        "programme": ("yes", "no", "unknown"),
        "listed_elsewhere": ("yes", "no", "unknown"),
        "victims_safety": ("safe_named", "safe_anonymous", "not_safe", "unknown"),
        "family": ("yes", "no"),
        "foreign_government": ("yes", "no", "unknown"),
    }
)
"""Answers by question; the answers to ``abuse_types`` are the codes of abuse and corruption types."""
