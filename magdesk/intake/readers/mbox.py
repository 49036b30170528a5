"""A mailbox file: each message in it becomes a file of its own."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.filereading import CHILD_LIMIT, FileReading
from magdesk.intake.knownencoding import CHOSEN
from magdesk.intake.mailparts import mailbox_messages, parse_message
from magdesk.intake.readers.mail import header_values
from magdesk.intake.source import Source

_HEAD = 100_000  # bytes of a message in which its headers are looked for


def read_mbox(source: Source, findings: FileReading) -> None:
    """Subjects and dates as its text; the messages as files inside it."""
    lines = []
    count = 0
    for raw in mailbox_messages(source.stream):
        count += 1
        if count > CHILD_LIMIT:
            continue
        head = parse_message(raw[:_HEAD], source.encoding)
        told = [" ".join(" ".join(header_values(head, name)).split()) for name in ("Date", "From", "To", "Subject")]
        subject = told[-1]
        lines.append(" · ".join(told))
        findings.child(f"{count:04d} {subject[:60] or 'message'}.eml".replace("/", " ").replace("\\", " "), raw)
        if count % 100 == 0:
            findings.pulse()
    if source.encoding.chosen:
        findings.detail("reading", CHOSEN, source.encoding.name)
    findings.detail("document", "Messages", count)
    findings.text(0, "\n".join(lines))
    if count > CHILD_LIMIT:
        findings.note(
            _("The mailbox holds {count} messages; only the first {limit} were taken.").format(
                count=count, limit=CHILD_LIMIT
            )
        )
