"""The exhibit bundle in two steps: plan it, so that documents can cite its pages, then write it."""

from __future__ import annotations

from magdesk.packet.plan import BundlePlan, PlannedExhibit, plan_bundle
from magdesk.packet.writer import BUNDLE_NAME, BundleFacts, BundleInfo, BundleWords, write_bundle

__all__ = [
    "BUNDLE_NAME",
    "BundleFacts",
    "BundleInfo",
    "BundlePlan",
    "BundleWords",
    "PlannedExhibit",
    "plan_bundle",
    "write_bundle",
]
