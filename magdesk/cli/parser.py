"""Which commands there are and what each takes. What they do is imported only when one is called."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import magdesk
from magdesk.cli.actions import CommandActions
from magdesk.cli.passphrase import NEW_VARIABLE, VARIABLE
from magdesk.commandline import CommandLine
from magdesk.i18n import _


def _making() -> CommandActions:
    from magdesk.cli.commands import making  # noqa: PLC0415

    return making.ACTIONS


def _looking() -> CommandActions:
    from magdesk.cli.commands import looking  # noqa: PLC0415

    return looking.ACTIONS


def _evidence() -> CommandActions:
    from magdesk.cli.commands import evidence  # noqa: PLC0415

    return evidence.ACTIONS


def _judging() -> CommandActions:
    from magdesk.cli.commands import judging  # noqa: PLC0415

    return judging.ACTIONS


def _guiding() -> CommandActions:
    from magdesk.cli.commands import guiding  # noqa: PLC0415

    return guiding.ACTIONS


def _exporting() -> CommandActions:
    from magdesk.cli.commands import exporting  # noqa: PLC0415

    return exporting.ACTIONS


def _safekeeping() -> CommandActions:
    from magdesk.cli.commands import safekeeping  # noqa: PLC0415

    return safekeeping.ACTIONS


def _restoring() -> CommandActions:
    from magdesk.cli.commands import restoring  # noqa: PLC0415

    return restoring.ACTIONS


def _form() -> CommandActions:
    from magdesk.cli.commands import form  # noqa: PLC0415

    return form.ACTIONS


def _law() -> CommandActions:
    from magdesk.cli.commands import law  # noqa: PLC0415

    return law.ACTIONS


def _custody() -> CommandActions:
    from magdesk.cli.commands import custody  # noqa: PLC0415

    return custody.ACTIONS


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is not a date; write YYYY-MM-DD").format(text=text)) from error


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(_("“{text}” is not a number from 1 to 999999999").format(text=text))
    return int(text)


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not chosen or not set(chosen) <= {"pdf", "docx"}:
        raise argparse.ArgumentTypeError(_("choose from pdf, docx"))
    return chosen


def build_parser() -> CommandLine:
    """The parser of all commands; ``options.group()[options.name]`` is what a command does."""
    common = CommandLine(add_help=False)
    common.add_argument("--json", action="store_true", help="print the result as JSON")
    common.add_argument("--quiet", action="store_true", help="show no progress on standard error")
    common.add_argument("--verbose", action="store_true", help="log to standard error (IDs, never names)")
    common.add_argument("--debug", action="store_true", help="show a traceback when something fails")
    common.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"read the passphrase from this file (else {VARIABLE}, else a prompt)",
    )
    parser = CommandLine(
        prog="magdesk",
        description="Prepares Global Magnitsky case files offline, in one encrypted file per case.",
        epilog=f"The passphrase comes from --passphrase-file, the variable {VARIABLE}, or a prompt; a new one for "
        f"“magdesk passphrase” from --new-passphrase-file, the variable {NEW_VARIABLE}, or a prompt. A passphrase "
        "file is one line of text in UTF-8 or UTF-16; the line end is ignored, spaces are not. "
        "Exit codes: 0 fine, 1 blocking findings or does not verify, 2 usage, 3 bad input, 4 case file, "
        "5 export, 130 cancelled.",
    )
    parser.add_argument("--version", action="version", version=f"magdesk {magdesk.__version__}")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def command(name: str, group: Callable[[], CommandActions], text: str, *, case: bool = True) -> CommandLine:
        made = commands.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(group=group)
        if case:
            made.add_argument("case", type=Path, metavar="CASE", help="the case file")
        return made

    new = command("new", _making, "create an empty case file")
    new.add_argument("--title", default="", help="working title of the case")
    new.add_argument(
        "--authority",
        action="append",
        default=[],
        metavar="CODE",
        help="an authority to be addressed, e.g. us-glomag",
    )
    command("sample", _making, "create the sample case, the Republic of Generica")
    info = command("info", _looking, "show what is in a case, or whether hostile files are contained", case=False)
    info.add_argument("case", type=Path, nargs="?", metavar="CASE", help="the case file")
    info.add_argument(
        "--sandbox",
        action="store_true",
        help="act as an intruder inside the processes that read files, try everything, and print the result; "
        "exit code 1 if anything is not contained",
    )
    add = command("add", _evidence, "add files and folders to the case as evidence")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    add.add_argument("--unpack", action="store_true", help="also take what is inside ZIP archives, as parts of them")
    add.add_argument(
        "--encoding",
        default="",
        metavar="NAME",
        help="read text files in this encoding (cp1254, koi8-r …)",
    )
    reread = command("reread", _evidence, "have a program read the text of scans and pictures (tesseract)")
    reread.add_argument(
        "items",
        nargs="*",
        metavar="EXHIBIT",
        help="number in the list of exhibits, file name, or beginning of the SHA-256 (default: all unread scans)",
    )
    reread.add_argument(
        "--ocr", required=True, metavar="LANGS", help="languages of the text, as tesseract names them: eng+rus"
    )
    check = command("check", _judging, "check the case against the law it pleads")
    check.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="check as of this day (default: today)")
    check.add_argument(
        "--severity",
        choices=("block", "warn", "info"),
        default="info",
        help="show only findings at least this serious",
    )
    check.add_argument(
        "--page", default="", metavar="PAGE", help="show only what is fixed on this page of the window"
    )
    check.add_argument(
        "--target", default="", metavar="NAME", help="show only what concerns the target with this name"
    )
    check.add_argument("--all", action="store_true", help="list every finding, not only one line for each cause")
    for name, text in (
        ("suits", "show which authorities fit each target, and why"),
        ("gaps", "show what would make the case stronger, most effective first"),
        ("glance", "the five-minute test: the seven questions that an official asks first"),
    ):
        judged = command(name, _judging, text)
        judged.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="judge as of this day (default: today)")
        if name == "gaps":
            judged.add_argument("--to", type=Path, metavar="FILE", help="also write it as .pdf or .docx, unencrypted")
    guide = command("guide", _guiding, "say how far the case is, question by question, and what comes next")
    guide.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="look as of this day (default: today)")
    export = command("export", _exporting, "build the submission packet")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to create")
    export.add_argument(
        "--authority",
        action="append",
        default=[],
        metavar="CODE",
        help="export the submission to this authority; may be repeated for authorities that share a packet "
        "(default: the case's first submission)",
    )
    export.add_argument("--draft", action="store_true", help="export despite blocking findings, marked DRAFT")
    export.add_argument("--formats", type=_formats, default=("pdf", "docx"), metavar="pdf,docx")
    export.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="date of the packet (default: today)")
    verify = command("verify", _safekeeping, "verify a case file or a packet folder", case=False)
    verify.add_argument("path", type=Path, metavar="CASE|PACKET_DIR")
    verify.add_argument(
        "--no-record", dest="record", action="store_false", help="do not record the result in the custody ledger"
    )
    search = command("search", _looking, "find words anywhere in the case")
    search.add_argument("words", metavar="WORDS")
    search.add_argument("--limit", type=_count, default=50)
    dump = command("dump", _safekeeping, "write the whole case as unencrypted files (dossier.json and evidence)")
    dump.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to create")
    dump.add_argument("--yes", action="store_true", help="do not ask before writing unencrypted files")
    load = command("load", _making, "create a case file from a dump or a hand-written dossier.json", case=False)
    load.add_argument("folder", type=Path, metavar="DIR")
    load.add_argument("case", type=Path, metavar="CASE")
    schema = command("schema", _form, "print the form of dossier.json, as JSON Schema", case=False)
    schema.add_argument(
        "--explain",
        action="store_true",
        help="print it as a page to read instead: every field, code, reference and default, with an example",
    )
    backup = command("backup", _safekeeping, "make an encrypted backup")
    backup.add_argument("--to", type=Path, metavar="FILE", help="where to write it (default: the rotating backups)")
    restore = command("restore", _restoring, "restore a backup next to the case file, which is kept")
    restore.add_argument("--list", action="store_true", help="only list the backups")
    restore.add_argument(
        "--number", type=int, metavar="N", help="which backup in the list (default: the newest that opens)"
    )
    passphrase = command("passphrase", _safekeeping, "change the passphrase")
    passphrase.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"read the new passphrase from this file (else {NEW_VARIABLE}, else a prompt)",
    )
    journal = command("journal", _looking, "list the changes made to the case, newest first")
    journal.add_argument("--limit", type=_count, default=200)
    custody = command("custody", _custody, "list what happened to the evidence, oldest first")
    custody.add_argument("--item", metavar="KEY", help="a single item: the beginning of its key or SHA-256")
    hashes = command("hashes", _custody, "write the Merkle root of a day's hashes, to be timestamped elsewhere")
    hashes.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="the root file; the list is written next to it"
    )
    hashes.add_argument(
        "--day",
        type=_day,
        metavar="YYYY-MM-DD",
        help="day of arrival, UTC (default: the last with an arrival)",
    )
    timestamp = command("timestamp", _custody, "list and verify outside timestamps, or import one")
    timestamp.add_argument("--import", type=Path, dest="proof", metavar="PROOF", help="a .tsr or .ots file")
    timestamp.add_argument(
        "--certificates",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="certificates of the authority, up to its root (PEM or DER)",
    )
    _add_law(command("law", _law, "show how current the law is; import a signed law update", case=False))
    return parser


def _add_law(law: CommandLine) -> None:
    ways = law.add_mutually_exclusive_group()
    ways.add_argument(
        "--list",
        action="store_true",
        help="list the regimes: as of, in force until, next comparison with the official text (the default)",
    )
    ways.add_argument(
        "--import",
        type=Path,
        dest="update",
        metavar="FILE",
        help="show what a signed law update would change, and put it into use once confirmed; refused (exit code 3) "
        "if it is not signed by a trusted key, was changed, or is not newer than the law in use",
    )
    ways.add_argument("--revert", action="store_true", help="go back to the law that came with the program")
    ways.add_argument(
        "--trust", type=Path, metavar="FILE", help="trust a key: a .pub file of OpenSSH, or an update signed with it"
    )
    ways.add_argument("--signers", action="store_true", help="list the keys that are trusted")
    ways.add_argument("--distrust", metavar="FINGERPRINT", help="stop trusting a key")
    ways.add_argument(
        "--pack",
        type=Path,
        metavar="DIR",
        help="create a law update from the law files in a folder: DIR/regimes, acts, templates, guidance",
    )
    law.add_argument("--yes", action="store_true", help="with --import: accept it without being asked")
    law.add_argument("--older", action="store_true", help="with --import: accept it even if it is not newer")
    law.add_argument(
        "--fingerprint", metavar="SHA256:…", help="with --trust: the fingerprint that the owner of the key gave you"
    )
    law.add_argument(
        "--name",
        dest="owner",
        default="",
        metavar="NAME",
        help="with --trust: the name under which you list the owner of the key",
    )
    law.add_argument("--to", type=Path, metavar="FILE", help="with --pack: the file to create")
    law.add_argument("--issuer", default="", metavar="NAME", help="with --pack: who issues the update")
    law.add_argument("--note", default="", metavar="WORDS", help="with --pack: what is new in it")
    law.add_argument(
        "--serial", type=int, default=1, metavar="N", help="with --pack: number of the update within one day"
    )
    law.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help="with --pack: sign with this Ed25519 key of OpenSSH; without it, “ssh-keygen -Y sign -n magdesk-law -f "
        "KEY FILE” signs, and makes FILE.sig to be sent along",
    )
    law.add_argument(
        "--date", type=_day, metavar="YYYY-MM-DD", help="the day to judge by, or of the update (default: today)"
    )
