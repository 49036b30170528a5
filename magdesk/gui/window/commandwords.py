"""Other words by which people look for a command or a page."""

from __future__ import annotations

from magdesk.gui.words import _

SYNONYMS: dict[str, str] = {
    "file.new": _("create begin start dossier"),
    "file.open": _("load file"),
    "file.sample": _("example tour demonstration"),
    "file.restore": _("recover older version"),
    "file.lock": _("hide passphrase leave away"),
    "file.panic": _("emergency hide quit now"),
    "file.close": _("leave end"),
    "file.quit": _("exit leave end"),
    "edit.undo": _("take back revert"),
    "edit.redo": _("again repeat"),
    "case.add_files": _("import upload drop document photo video"),
    "case.export": _("make packet send pdf word print draft"),
    "case.backup": _("copy save"),
    "case.verify": _("check intact integrity damage"),
    "case.custody": _("chain ledger hash timestamp provenance"),
    "case.law": _("statute regime update current"),
    "case.passphrase": _("password key"),
    "view.system": _("theme colours appearance"),
    "view.light": _("theme colours appearance bright white"),
    "view.dark": _("theme colours appearance night black"),
    "view.contrast": _("theme colours appearance accessible"),
    "view.larger": _("zoom bigger font size letters"),
    "view.smaller": _("zoom font size letters"),
    "view.own_size": _("zoom reset font size letters"),
    "view.security": _("settings options preferences idle lock clipboard screen"),
    "help.shortcuts": _("keys keyboard hotkeys"),
    "help.about": _("version licence"),
    "add.facts": _("new statement sentence allegation"),
    "add.targets": _("new accused perpetrator body company unit"),
    "add.people": _("new person injured hurt family"),
    "add.incidents": _("new event what happened"),
    "add.adverse": _("new contradiction denial alibi against"),
    "go.overview": _("start home case summary tasks"),
    "go.home": _("tasks next steps guide start"),
    "go.targets": _("accused perpetrators responsible companies units"),
    "go.suitability": _("countries regimes sanctions choose"),
    "go.people": _("persons hurt families sources consent protection"),
    "go.incidents": _("events what happened"),
    "go.chronology": _("timeline dates order"),
    "go.evidence": _("exhibits documents files photos sources"),
    "go.facts": _("statements allegations sentences"),
    "go.matrix": _("elements table law prongs"),
    "go.linkage": _("command responsibility chain order how involved"),
    "go.money": _("payments assets transfers corruption companies"),
    "go.adverse": _("other side contradictions denials against"),
    "go.interest": _("reasons why policy argument"),
    "go.accountability": _("courts proceedings other sanctions"),
    "go.narrative": _("text submission sections writing"),
    "go.strength": _("gaps weak score assessment"),
    "go.review": _("findings errors problems check"),
    "go.export": _("packet send pdf word recipients submissions"),
}
"""By the key of an entry; folded and matched word by word."""

ADDS: dict[str, str] = {
    "facts": _("Add a fact"),
    "targets": _("Add a person as target"),
    "people": _("Add a victim"),
    "incidents": _("Add an incident"),
    "adverse": _("Add adverse information"),
}
"""Commands that show a page and begin a row there, by the code of the page."""
