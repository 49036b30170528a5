"""The list of addresses that a text links to: paper keeps nothing of a link."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.gathering import Gathering


def add_addresses(gathering: Gathering) -> None:
    """Add the list where there is anything to list."""
    if not gathering.links:
        return
    gathering.add(tree.heading(3, [tree.run(_("Addresses that the original links to"))]))
    for number, address in enumerate(gathering.links, 1):
        gathering.add(tree.paragraph([tree.run(f"[{number}]\u00a0 {address}")], "fine"))
