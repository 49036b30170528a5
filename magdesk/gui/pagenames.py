"""What the pages of a case are called, in the order of the rail."""

from __future__ import annotations

from magdesk.gui.words import _

PAGE_TITLES: dict[str, str] = {
    "home": _("Overview"),
    "overview": _("Case"),
    "targets": _("Targets"),
    "suitability": _("Which authorities fit"),
    "people": _("Victims and witnesses"),
    "incidents": _("Incidents"),
    "chronology": _("Chronology"),
    "evidence": _("Evidence"),
    "facts": _("Facts and law"),
    "matrix": _("Element matrix"),
    "linkage": _("Linkage"),
    "money": _("Money"),
    "adverse": _("Adverse information"),
    "interest": _("National interest"),
    "accountability": _("Other accountability"),
    "narrative": _("Narrative"),
    "strength": _("How strong is it"),
    "review": _("Review"),
    "export": _("Export"),
}
"""By the code that a place names."""
