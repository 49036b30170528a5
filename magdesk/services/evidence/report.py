"""What became of the files that were handed in: values, and the sentences that tell it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from magdesk.i18n import _, ngettext
from magdesk.intake import FileFacts
from magdesk.plainfiles import readable_name
from magdesk.values import clean_text


@dataclass(frozen=True, slots=True)
class Taken:
    """One file, stored and read, not yet recorded.

    Attributes:
        path: where it came from; for the report only, never stored.
        name: its cleaned file name.
        within: the path it had inside an archive; empty when it comes from none.
        name_bytes: of a file name that is no UTF-8, in hexadecimal digits; empty for all others.
        archive: name and digest of that archive.
        children: the files inside it.
        lost: names of files inside it that could not be taken out.
    """

    path: Path
    name: str
    sha256: str
    size: int
    facts: FileFacts
    within: str = ""
    name_bytes: str = ""
    archive: str = ""
    children: tuple[Taken, ...] = ()
    lost: tuple[str, ...] = ()

    def family(self) -> Iterator[Taken]:
        """This file and all those inside it."""
        yield self
        for child in self.children:
            yield from child.family()


@dataclass(frozen=True, slots=True)
class Refused:
    """One file that could not be taken, and why."""

    path: Path
    reason: str
    hint: str = ""

    @property
    def name(self) -> str:
        """Its file name, fit to be shown."""
        return clean_text(readable_name(self.path.name), multiline=False)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One file whose bytes are evidence already.

    Attributes:
        evidence_id: the item that holds them.
        title: its title.
    """

    path: Path
    evidence_id: uuid.UUID | None
    title: str

    def named(self, path: Path) -> Duplicate:
        """The same for a file of another path."""
        return Duplicate(path, self.evidence_id, self.title)


@dataclass(frozen=True, slots=True)
class Added:
    """One new item of evidence, in short: thousands of these must not weigh anything.

    Attributes:
        reading_note: what could not be read and why.
        locked: whether it needs a password.
        children: how many files inside it came in with it.
        faults: where this program itself failed over it or over a file inside it.
    """

    id: uuid.UUID
    title: str
    media_type: str
    sha256: str
    reading_note: str
    locked: bool
    children: int
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class AddReport:
    """What became of each file handed in."""

    taken: list[Added] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def locked(self) -> list[Added]:
        """Those taken that need a password."""
        return [item for item in self.taken if item.locked]

    @property
    def faulty(self) -> list[Added]:
        """Those over which this program itself failed; the files are in the case all the same."""
        return [item for item in self.taken if item.faults]

    @property
    def children(self) -> int:
        """How many files inside others came in with them."""
        return sum(item.children for item in self.taken)

    def note(self, one: Added | Duplicate | Refused) -> None:
        """What became of one more file."""
        if isinstance(one, Added):
            self.taken.append(one)
        elif isinstance(one, Duplicate):
            self.duplicates.append(one)
        else:
            self.refused.append(one)

    def sentences(self) -> list[str]:
        """The report in words: counts first, then each file that needs attention."""
        taken, children = len(self.taken), self.children
        lines = [ngettext("{count} file was added.", "{count} files were added.", taken).format(count=taken)]
        if children:
            text = ngettext(
                "{count} file inside them was added as well.",
                "{count} files inside them were added as well.",
                children,
            )
            lines.append(text.format(count=children))
        if self.duplicates:
            count = len(self.duplicates)
            text = ngettext("{count} was already in the case.", "{count} were already in the case.", count)
            lines.append(text.format(count=count))
        lines += [_("{name} needs a password.").format(name=item.title) for item in self.locked]
        lines += [
            _("MagDesk itself failed while reading {name}; please report: {places}").format(
                name=item.title, places=fault
            )
            for item in self.faulty
            for fault in item.faults
        ]
        lines += [f"{one.name}: {one.reason} {one.hint}".rstrip() for one in self.refused]
        return lines
