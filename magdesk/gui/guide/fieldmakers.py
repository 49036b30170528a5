"""How the Guide asks for a single value: the same editors as on the pages, with labels in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from magdesk.gui.forms.chips import ChipsField
from magdesk.gui.forms.choices import evidence_choices
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.pages.incidents import abuse_types
from magdesk.gui.words import _
from magdesk.model.base import Base
from magdesk.model.people import PartyKind, VictimGroup, VictimStatus

MakeField = Callable[[Form], Field]


def _kinds(form: Form, _row: Base) -> list[tuple[str, str]]:
    return abuse_types(form.desk)


def _groups(form: Form) -> Field:
    help_text = form.desk.guidance("people", "groups")
    label, other = _("Groups that the person belongs to"), _("Another group")
    return form.add(ChipsField(form.desk, "people", "groups", label, help_text, kind=VictimGroup, other=other))


MAKERS: Mapping[tuple[str, str], MakeField] = {
    ("Fact", "text"): lambda form: form.narrative("text", _("What happened"), lines=3),
    ("Fact", "date"): lambda form: form.partial_date("date", _("When"), 6),
    ("Party", "kind"): lambda form: form.choice("kind", _("What it is"), PartyKind, 6),
    ("Party", "protected"): lambda form: form.boolean("protected", _("Yes: the name never leaves the case file")),
    ("Party", "pseudonym"): lambda form: form.text("pseudonym", _("Called in documents"), 6, hint="Witness 3"),
    ("Party", "description"): lambda form: form.multiline("description", _("In one or two neutral sentences")),
    ("Party", "short_name"): lambda form: form.text("short_name", _("Short name in running text"), 6),
    ("Name", "text"): lambda form: form.text("text", _("Name")),
    ("Identifier", "value"): lambda form: form.text("value", _("Value"), 8),
    ("Identifier", "date"): lambda form: form.partial_date("date", _("Date"), 6),
    ("Identifier", "country"): lambda form: form.standard("country", _("Country"), Standard.COUNTRY, 6),
    ("Incident", "title"): lambda form: form.text("title", _("A short title")),
    ("Incident", "kind"): lambda form: form.code("kind", _("Kind of wrong"), partial(_kinds, form)),
    ("Incident", "start"): lambda form: form.partial_date("start", _("When, or the first day"), 6),
    ("Incident", "end"): lambda form: form.partial_date("end", _("Last day"), 6),
    ("Incident", "place"): lambda form: form.text("place", _("Place"), 8),
    ("Incident", "country"): lambda form: form.standard("country", _("Country"), Standard.COUNTRY, 4),
    ("Incident", "summary"): lambda form: form.narrative("summary", _("In two or three sentences"), lines=3),
    ("Incident", "old_justification"): lambda form: form.multiline(
        "old_justification", _("Why it still counts despite its age")
    ),
    ("Target", "namesake_check"): lambda form: form.multiline(
        "namesake_check", _("Where you looked, and the result")
    ),
    ("Target", "namesake_checked_on"): lambda form: form.date("namesake_checked_on", _("Looked on"), 6),
    ("Target", "photo_id"): lambda form: form.reference("photo_id", _("Photo"), evidence_choices),
    ("Target", "designation_check"): lambda form: form.multiline(
        "designation_check", _("Which lists, which spellings, what you found")
    ),
    ("Target", "designation_checked_on"): lambda form: form.date("designation_checked_on", _("Looked on"), 6),
    ("Target", "already_designated"): lambda form: form.boolean("already_designated", _("Already on a list")),
    ("Target", "request"): lambda form: form.narrative("request", _("Exactly what is requested"), lines=3),
    ("Target", "foreign_person_basis"): lambda form: form.multiline(
        "foreign_person_basis", _("Why this is a foreign person")
    ),
    ("Witness", "basis_of_knowledge"): lambda form: form.narrative(
        "basis_of_knowledge", _("How the person knows"), lines=2
    ),
    ("Witness", "interviewed_by"): lambda form: form.text("interviewed_by", _("Interviewed by"), 6),
    ("Witness", "interviewed_on"): lambda form: form.partial_date("interviewed_on", _("Interviewed on"), 6),
    ("Witness", "prior_statements"): lambda form: form.multiline("prior_statements", _("Earlier statements")),
    ("Witness", "risk"): lambda form: form.multiline("risk", _("What could happen, and what lowers the risk")),
    ("Witness", "risk_assessed_on"): lambda form: form.date("risk_assessed_on", _("Assessed on"), 6),
    ("Victim", "status"): lambda form: form.choice("status", _("Why attacked"), VictimStatus, 8),
    ("Victim", "groups"): _groups,
    ("Victim", "present_situation"): lambda form: form.narrative("present_situation", _("How the person is now")),
    ("Case", "standard_of_proof"): lambda form: form.multiline("standard_of_proof", _("Our standard of proof")),
    ("Case", "side_effects"): lambda form: form.multiline(
        "side_effects", _("Side effects on victims and third parties")
    ),
    ("Case", "programme_check"): lambda form: form.multiline(
        "programme_check", _("What the check for a country program found")
    ),
    ("Case", "programme_checked_on"): lambda form: form.date("programme_checked_on", _("Checked on"), 6),
    ("Case", "filing_date"): lambda form: form.date("filing_date", _("Planned filing date"), 6),
    ("Case", "country"): lambda form: form.standard("country", _("Country"), Standard.COUNTRY, 6),
}
