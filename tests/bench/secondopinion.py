"""What other programs read of the same file, against what the index reads: words that only one of the two found.

    python -m tests.bench.secondopinion [FOLDER] [--every N] [--write]

LibreOffice is asked about office files, ``pdftotext`` about PDFs, Python's own mail package about mail (its parts are
taken as they come, without our reader). ``secondopinion-known.tsv`` lists the files on which the two differ, by how
many words, and why; ``--write`` brings its numbers up to date and leaves the reasons. What no program can be asked
about is left out.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from magdesk.intake import FileReader
from magdesk.intake.comparison import lost_words, words
from tests.bench.fidelity import files_below

KNOWN = Path(__file__).with_name("secondopinion-known.tsv")
_OFFICE, _PDFTOTEXT = "soffice", "pdftotext"
_TEXTS = (".docx", ".docm", ".odt", ".rtf", ".doc")
# Of these the words are read off the pages that it makes: there numbers stand as they are shown.
_DRAWN = (".pptx", ".odp", ".ppt", ".xlsx", ".xls", ".ods")
_TAG = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_BROKEN = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=\w)")
_MINUTE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Opinion:
    """One file.

    Attributes:
        program: whom we asked.
        ours: words that only our reader found.
        theirs: words that only the other found.
    """

    name: str
    program: str
    read: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def there(suffix: str) -> str:
    """The program that can be asked about files of an ending here; empty for none."""
    if suffix in (*_TEXTS, *_DRAWN):
        needed = (_OFFICE, _PDFTOTEXT) if suffix in _DRAWN else (_OFFICE,)
        return "LibreOffice" if all(map(shutil.which, needed)) else ""
    if suffix == ".pdf":
        return _PDFTOTEXT if shutil.which(_PDFTOTEXT) else ""
    return "Python's email" if suffix == ".eml" else ""


def ask(path: Path, folder: Path) -> str:
    """The text as the other program reads it.

    Args:
        folder: for what it needs to write.

    Raises:
        OSError: it read nothing.
    """
    suffix = path.suffix.lower()
    if suffix == ".eml":
        return "\n".join(_mail(email.message_from_bytes(path.read_bytes(), policy=email.policy.default)))
    if suffix == ".pdf":
        return _pdf(path)
    if suffix in _DRAWN:
        return "\n".join(_pdf(one) for one in _converted(path, folder, "pdf", "pdf"))
    return "\n".join(
        one.read_text("utf-8-sig", "replace") for one in _converted(path, folder, "txt:Text (encoded):UTF8", "txt")
    )


def _converted(path: Path, folder: Path, way: str, ending: str) -> list[Path]:
    made = Path(tempfile.mkdtemp(dir=folder))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [_OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", way, "--outdir", made, path],
        check=False, capture_output=True, timeout=2 * _MINUTE,
    )  # fmt: skip
    found = sorted(made.glob(f"*.{ending}"))
    if not found:
        raise OSError(f"{_OFFICE} made nothing of it")
    return found


def _pdf(path: Path) -> str:
    done = subprocess.run([_PDFTOTEXT, "-enc", "UTF-8", path, "-"], check=False, capture_output=True, timeout=_MINUTE)
    if done.returncode:
        raise OSError(f"{_PDFTOTEXT} made nothing of it")
    return done.stdout.decode("utf-8", "replace")


def _mail(message: EmailMessage) -> Iterator[str]:
    yield from (str(message.get(name, "")) for name in ("From", "To", "Cc", "Subject", "Date"))
    bodies = [part for part in message.walk() if part.get_content_maintype() == "text"]
    plain = any(part.get_content_subtype() == "plain" for part in bodies)
    for part in message.walk():
        if part.get_filename():
            yield str(part.get_filename())
        elif part in bodies and (part.get_content_subtype() == "plain" or not plain):
            try:
                yield _TAG.sub(" ", str(part.get_content()))
            except LookupError:
                raw = part.get_payload(decode=True)
                yield raw.decode("latin-1") if isinstance(raw, bytes) else ""


def compare(files: Sequence[tuple[str, Path]]) -> Iterator[Opinion]:
    """Each file that another program can be asked about here, and has an answer for."""
    with FileReader() as reader, tempfile.TemporaryDirectory() as folder:
        for name, path in files:
            program = there(path.suffix.lower())
            if not program:
                continue
            try:
                text = ask(path, Path(folder))
            except (OSError, subprocess.TimeoutExpired, ValueError):
                continue  # theirs is no opinion
            with path.open("rb") as stream:
                facts = reader.read(stream, path.name, path.stat().st_size)
            read = "\n".join(one for _page, one in facts.text)
            # Each program joins other words at line ends: such a word is no difference.
            whole = _BROKEN.sub("", read.replace("[outside of the visible page: ", "["))
            told = "\n".join([read, *(one.value for one in facts.details), *facts.attached])
            ours, theirs = lost_words([whole], text), lost_words([_BROKEN.sub("", text)], told)
            yield Opinion(name, program, len(set(words(text))), ours, theirs)


def known() -> dict[str, tuple[int, int, str]]:
    """Of each file on which the two differ: how many words at most, ours and theirs, and why."""
    found = {}
    for line in KNOWN.read_text("utf-8").splitlines()[1:]:
        name, ours, theirs, why = line.split("\t")
        found[name] = (int(ours), int(theirs), why)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each file on which the two differ; returns how many of them miss more than is known."""
    parser = argparse.ArgumentParser(description="Words read by us and by others.")
    root = os.environ.get("MAGDESK_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(root))
    parser.add_argument("--every", type=int, default=6, help="ask about every Nth file (1: about all)")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print("no real files here: set MAGDESK_TEST_DATA to a folder of them")
        return 0
    files = [(name, path) for name, path in files_below(options.folder) if there(path.suffix.lower())]
    listed, new, rows, asked = known(), 0, {}, 0
    for one in compare(files[:: max(options.every, 1)]):
        asked += 1
        if one.ours or one.theirs:
            _ours, theirs, why = listed.get(one.name, (0, 0, "not yet looked at"))
            rows[one.name] = (len(one.ours), len(one.theirs), why)
            new += len(one.theirs) > theirs
            print(
                f"{one.name}: {one.program} read {one.read} words; {len(one.theirs)} only there "
                f"({', '.join(one.theirs[:8])}), {len(one.ours)} only here ({', '.join(one.ours[:8])}); {why}"
            )
    print(f"{asked} files compared, {len(rows)} differ, {new} new")
    if options.write:
        kept = {**listed, **rows}
        lines = ["\t".join(map(str, (name, *told))) for name, told in sorted(kept.items())]
        KNOWN.write_text("\n".join(["file\tours\ttheirs\twhy", *lines]) + "\n", "utf-8")
    return new


if __name__ == "__main__":
    raise SystemExit(bool(main()))
