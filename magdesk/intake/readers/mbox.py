"""A mailbox file: each message in it becomes a file of its own."""

from __future__ import annotations

import email
import email.policy

from magdesk.i18n import _
from magdesk.intake.filereading import CHILD_LIMIT, FileReading
from magdesk.intake.mailparts import mailbox_messages
from magdesk.intake.source import Source


def read_mbox(source: Source, findings: FileReading) -> None:
    """Subjects and dates as its text; the messages as files inside it."""
    lines = []
    count = 0
    for raw in mailbox_messages(source.stream):
        count += 1
        if count > CHILD_LIMIT:
            continue
        head = email.message_from_bytes(raw.partition(b"\n\n")[0][:100_000], policy=email.policy.compat32)
        subject = str(head.get("Subject", "")).strip()
        lines.append(" · ".join(str(head.get(name, "")) for name in ("Date", "From", "To", "Subject")))
        findings.child(f"{count:04d} {subject[:60] or 'message'}.eml".replace("/", " ").replace("\\", " "), raw)
        if count % 100 == 0:
            findings.pulse()
    findings.detail("document", "Messages", count)
    findings.text(0, "\n".join(lines))
    if count > CHILD_LIMIT:
        findings.note(
            _("The mailbox holds {count} messages; only the first {limit} were taken.").format(
                count=count, limit=CHILD_LIMIT
            )
        )
