"""A law update: one signed file of law files that stand before those of the program. Read strictly; knows no folder.

It is JSON, so that any editor shows what is in it, and holds whole files of law as text: nothing is packed, nothing
is executed, and nothing in it names a place on the disk. Each update stands alone: it counts together with what came
with the program, never on top of an earlier update.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.regimes.edition import Edition

NAMESPACE = "magdesk-law"
"""What a signature over a law update is made for."""

LARGEST = 8 << 20  # bytes; all law files that come with the program have a tenth of that
FORMAT, VERSION = "magdesk-law", 1
KINDS = ("regimes", "acts", "templates", "guidance")

_MOST_FILES = 200
_LARGEST_FILE = 2 << 20
_LONGEST_NOTE, _LONGEST_NAME = 4000, 120  # letters
_NAME = re.compile(rf"(?:{'|'.join(KINDS)})/[a-z0-9](?:[a-z0-9-]{{0,60}}[a-z0-9])?\.toml")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEYS = {"format", "version", "as_of", "serial", "issuer", "note", "follows", "files"}
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class LawUpdate:
    """What a law update says.

    Attributes:
        issuer: who made it, as they call themselves; who signed it is another question.
        note: what is new in it, in their words.
        follows: the state of the law that its maker had before them.
        follows_digest: of that state, see :class:`LawState`; empty where it is not said.
        files: the law files by name, ``regimes/us-glomag.toml``.
    """

    edition: Edition
    issuer: str
    note: str
    follows: Edition
    follows_digest: str
    files: Mapping[str, str]


def hidden_letter(text: str) -> str:
    """A letter in the text that nobody would see or that turns what is seen round, as ``U+202E``; empty for none."""
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def read_update(content: bytes) -> LawUpdate:
    """Take the content of a law update apart. The law files themselves are read by the loader.

    Raises:
        InputError: it is no such file.
    """
    if len(content) > LARGEST:
        raise _wrong("is larger than one can be")
    try:
        data = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:  # also what is not UTF-8
        raise _wrong("is not written as one") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _wrong("is something else")
    if data.get("version") != VERSION:
        raise InputError(_("The law update was made for another MagDesk."), _("Install the newest MagDesk first."))
    if set(data) != _KEYS or not isinstance(data["follows"], dict) or set(data["follows"]) != {*_EDITION, "sha256"}:
        raise _wrong("lacks something, or says more than it may")
    digest = data["follows"]["sha256"]
    if not isinstance(digest, str) or (digest and not _DIGEST.fullmatch(digest)):
        raise _wrong("names the law that it follows wrongly")
    return LawUpdate(
        edition=_edition(data),
        issuer=_issuer(data["issuer"]),
        note=_note(data["note"]),
        follows=_edition(data["follows"]),
        follows_digest=digest,
        files=_files(data["files"]),
    )


def write_update(update: LawUpdate) -> bytes:
    """The content of a law update: what is to be signed. The same update gives the same bytes."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "as_of": update.edition.as_of.isoformat(),
        "serial": update.edition.serial,
        "issuer": update.issuer,
        "note": update.note,
        "follows": {
            "as_of": update.follows.as_of.isoformat(),
            "serial": update.follows.serial,
            "sha256": update.follows_digest,
        },
        "files": dict(sorted(update.files.items())),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def law_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over names and texts of law files."""
    whole = hashlib.sha256()
    for name, text in sorted(files.items()):
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


_EDITION = ("as_of", "serial")


def _edition(data: Mapping[str, Any]) -> Edition:
    as_of, serial = (data[key] for key in _EDITION)
    if type(serial) is not int or not 0 <= serial < 10**9:
        raise _wrong("has no serial number")
    if not isinstance(as_of, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", as_of, re.ASCII):
        raise _wrong("has no date")
    try:
        return Edition(date.fromisoformat(as_of), serial)
    except ValueError:
        raise _wrong("has no date") from None


def _issuer(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_NAME or "\n" in value.strip():
        raise _wrong("does not say in one line who made it")
    return _visible(value.strip())


def _note(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_NOTE:
        raise _wrong("holds a note that is none, or is too long")
    return _visible(value.strip())


def _visible(text: str) -> str:
    hidden = hidden_letter(text)
    if hidden:
        raise _wrong(f"holds a letter that cannot be seen ({hidden})")
    return text


def _files(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not 0 < len(value) <= _MOST_FILES:
        raise _wrong("holds no files, or too many")
    for name, text in value.items():
        if not _NAME.fullmatch(name):
            raise _wrong("names a file that is no file of law")
        if not isinstance(text, str) or len(text) > _LARGEST_FILE:
            raise _wrong(f"holds no text under “{name}”, or too much of it")
        hidden = hidden_letter(text)
        if hidden:
            raise _wrong(f"holds a letter that cannot be seen ({hidden}) in “{name}”")
    return dict(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _wrong(problem: str) -> InputError:
    return InputError(
        _("The law update {problem}.").format(problem=problem), _("Nothing was changed. Ask its maker for a new one.")
    )
