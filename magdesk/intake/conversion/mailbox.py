"""A mailbox file: message by message, up to a limit."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.addresses import add_addresses
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.message import add_message
from magdesk.intake.conversion.refusal import WHOLE_COPY, Refusal
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.mailparts import mailbox_messages
from magdesk.intake.source import Source

MESSAGES = 200
_MESSAGE = 32 << 20


def convert_mbox(source: Source, gathering: Gathering) -> None:
    """Each message on a page of its own; how many there are is said first."""
    count = sum(1 for _one in mailbox_messages(source.stream, 0))
    if not count:
        raise Refusal(_("The mailbox holds no messages."), WHOLE_COPY)
    said = _("The mailbox holds {count:,} messages.").format(count=count)
    if count > MESSAGES:
        said += " " + _("The first {limit} are shown.").format(limit=MESSAGES)
    gathering.first(said)
    for number, raw in enumerate(mailbox_messages(source.stream, _MESSAGE), 1):
        if number > MESSAGES:
            break
        if number > 1:
            gathering.add(tree.new_page())
        label = _("Message {number} of {count:,}").format(number=number, count=count)
        gathering.add(tree.paragraph([tree.run(label)], "small"))
        try:
            with foreign("email"):
                add_message(raw, gathering, source.encoding)
        except Damaged:
            gathering.add(tree.paragraph([tree.run(_("This message is damaged."), italic=True)], "small"))
        gathering.pulse()
    add_addresses(gathering)
