"""An e-mail with an attachment, as the file a mail program saves."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

_SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def message_with_table(story: Mapping[str, str], table: bytes) -> bytes:
    """The message with the table attached; its boundary is fixed, since a random one would change the bytes."""
    message = EmailMessage(policy=SMTP)
    for name in ("From", "To", "Subject", "Date", "Message-ID", "User-Agent"):
        message[name] = story[name]
    message.set_content(story["text"], cte="7bit")
    message.add_attachment(table, maintype=_SHEET[0], subtype=_SHEET[1], filename=story["attachment"])
    message.set_boundary("=-generica-2025-01-30")
    return message.as_bytes()
