"""The command line: parses, calls services, prints. Works where PySide6 cannot be imported.

Results go to standard output (as JSON with ``--json``), progress and messages to standard error. Exit codes:
0 fine, 1 blocking findings or something that does not verify, 2 usage, 3 bad input, 4 case file, 5 export,
130 cancelled.
"""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import json
import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import magdesk
from magdesk import log
from magdesk.casefile import CaseFile, cloud_folder
from magdesk.checks.finding import Finding
from magdesk.errors import Cancelled, ExitCode, MagdeskError, UserError
from magdesk.hardening import harden
from magdesk.paths import with_case_suffix
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.regimes import load_law

PASSPHRASE_VARIABLE = "MAGDESK_PASSPHRASE"  # noqa: S105  the name of a variable, not a secret


def run() -> None:
    """Entry point of the ``magdesk`` command."""
    harden()
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    log.setup(verbose=options.verbose)
    cancel = CancelToken()
    previous = signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    try:
        code: int = options.command(options, _Terminal(options, cancel))
    except MagdeskError as error:
        if options.debug:
            raise
        _say(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        _say(str(Cancelled()))
        return ExitCode.CANCELLED
    finally:
        signal.signal(signal.SIGINT, previous)
    return code


def _say(*lines: str) -> None:
    for line in lines:
        if line:
            print(line, file=sys.stderr)


class _Terminal:
    """What every command needs of the surroundings: passphrase, progress, cancel, output.

    Attributes:
        cancel: set by Ctrl+C.
    """

    def __init__(self, options: argparse.Namespace, cancel: CancelToken) -> None:
        self._options = options
        self._phrase = ""
        self.cancel = cancel
        quiet = options.quiet or not sys.stderr.isatty()
        self.progress: Progress = no_progress if quiet else _Bar()

    def passphrase(self, prompt: str = "Passphrase: ", *, confirm: bool = False, new: bool = False) -> str:
        """The passphrase from a file, the environment or a prompt, in this order."""
        file: Path | None = self._options.new_passphrase_file if new else self._options.passphrase_file
        variable = "MAGDESK_NEW_PASSPHRASE" if new else PASSPHRASE_VARIABLE
        if file is not None:
            try:
                phrase = file.read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise UserError("The passphrase file cannot be read.", "Check its path and its rights.") from error
        elif variable in os.environ:
            phrase = os.environ[variable]
        else:
            phrase = self._ask(prompt, confirm=confirm)
        if not phrase:
            raise UserError("The passphrase is empty.", "Choose a passphrase of several words.")
        return phrase

    @staticmethod
    def _ask(prompt: str, *, confirm: bool) -> str:
        if not sys.stdin.isatty():
            raise UserError(
                "No passphrase was given.", f"Use --passphrase-file, set {PASSPHRASE_VARIABLE}, or run in a terminal."
            )
        phrase = getpass.getpass(prompt)
        if confirm and getpass.getpass("Once more: ") != phrase:
            raise UserError("The two passphrases differ.", "Try again.")
        return phrase

    def open(self, path: Path, *, read_only: bool = False) -> CaseFile:
        """The case file of a command."""
        self.warn_of_cloud(path)
        self._phrase = self.passphrase()
        from magdesk.services.cases import open_case

        case = open_case(path, self._phrase, who=_who(), read_only=read_only, progress=self.progress)
        if read_only and case.index.owed():
            _say("The text of some files is not in the index yet; the next command that writes mends that.")
        for problem in case.glance():
            _say(f"Warning: {problem} Run “magdesk verify” on the case.")
        return case

    def enter(self, path: Path, write: Callable[[CaseFile], object]) -> None:
        """Write into the custody ledger of a case that was open for reading; say so where that cannot be."""
        try:
            with CaseFile.open(path, self._phrase, who=_who(), backups=False) as case:
                write(case)
        except MagdeskError as error:
            _say(f"This was not entered in the custody ledger: {error}")

    def create(self, path: Path, make: Callable[[str], CaseFile]) -> CaseFile:
        """A new case file, made with a passphrase that was asked for twice."""
        self.warn_of_cloud(path)
        return make(self.passphrase("New passphrase: ", confirm=True))

    @staticmethod
    def warn_of_cloud(path: Path) -> None:
        """Say so when the file lies where a service copies it away."""
        service = cloud_folder(path)
        if service:
            _say(f"Warning: this folder is synchronised by {service}: copies of the case leave this machine.")

    def report(self, data: object, text: str) -> None:
        """Print a result: as JSON when asked for, else as text."""
        print(json.dumps(_jsonable(data), ensure_ascii=False, indent=2) if self._options.json else text)


class _Bar:
    """One line of progress on standard error, at most ten times a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, total: int, text: str = "") -> None:
        moment = time.monotonic()
        if moment - self._last < 0.1 and done != total:
            return
        self._last = moment
        share = f"{done}/{total}" if total else str(done)
        end = "\n" if total and done == total else ""
        print(f"\r\x1b[K{share} {text[:60]}", end=end, file=sys.stderr, flush=True)


def _jsonable(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_jsonable(item) for item in value]
    if isinstance(value, Path | uuid.UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


# ------------------------------------------------------------------------------------------- the commands


def _new(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.cases import create_case, describe

    law = load_law()

    def make(phrase: str) -> CaseFile:
        return create_case(
            options.case, phrase, title=options.title, authorities=options.authority, law=law, who=_who()
        )

    with terminal.create(options.case, make) as case:
        terminal.report({"case": case.path, **_info(describe(case))}, f"Created {case.path}")
    return ExitCode.OK


def _sample(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.sample import create_sample

    def make(phrase: str) -> CaseFile:
        return create_sample(
            with_case_suffix(options.case), phrase, progress=terminal.progress, cancel=terminal.cancel
        )

    with terminal.create(options.case, make) as case:
        terminal.report({"case": case.path}, f"Created the sample case {case.path}")
    return ExitCode.OK


def _info(info: object) -> dict[str, Any]:
    data = _jsonable(info)
    assert isinstance(data, dict)
    return data


def _describe(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.cases import describe

    with terminal.open(options.case, read_only=True) as case:
        info = describe(case)
    lines = [
        info.title or "(no title)",
        f"status        {info.status}",
        f"authorities   {', '.join(info.authorities) or 'none'}",
        f"filing date   {info.filing_date or 'not set'}",
        f"evidence      {info.rows.get('evidence', 0)} items, {info.evidence_bytes:,} bytes",
        f"file          {info.file_bytes:,} bytes",
        *(f"{name:<13} {count}" for name, count in info.rows.items() if name not in ("case", "evidence")),
    ]
    terminal.report(info, "\n".join(lines))
    return ExitCode.OK


def _add(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.evidence.adding import add_paths

    with terminal.open(options.case) as case:
        report = add_paths(case, options.paths, progress=terminal.progress, cancel=terminal.cancel)
        taken = [
            {"id": row.id, "title": row.title, "type": row.media_type, "sha256": row.sha256, "note": row.reading_note}
            for row in report.taken
        ]
    lines = [f"{len(taken)} taken, {len(report.duplicates)} already there, {len(report.refused)} refused"]
    lines += [f"  {item['title']}: {item['note']}" for item in taken if item["note"]]
    lines += [f"  refused {item.name}: {item.reason} {item.hint}" for item in report.refused]
    data = {"taken": taken, "duplicates": report.duplicates, "refused": report.refused}
    terminal.report(data, "\n".join(lines))
    return ExitCode.INPUT if report.refused else ExitCode.OK


def _finding(finding: Finding) -> str:
    return f"{finding.severity:<5} {finding.code} {finding.sentence} {finding.remedy}"


def _check(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.checking import blocking, check_case, set_aside

    with terminal.open(options.case, read_only=True) as case:
        found = check_case(case, load_law(), options.date or date.today())
    stops, aside = blocking(found), set_aside(found)
    findings = [finding for finding in found if finding.waived is None]
    lines = [_finding(finding) for finding in findings]
    lines.append(f"{len(stops)} blocking, {len(findings) - len(stops)} other findings, {len(aside)} set aside")
    for finding in aside:
        waived = finding.waived
        if waived is not None:
            when = f"{waived.by}, {waived.on.isoformat()}" if waived.on else waived.by
            lines.append(f"aside {finding.code} {finding.sentence} Reason: {waived.reason} ({when})")
    terminal.report({"blocking": len(stops), "findings": findings, "set_aside": aside}, "\n".join(lines))
    return ExitCode.FINDINGS if stops else ExitCode.OK


_VERDICTS = {"fits": "fits", "hurdles": "fits with hurdles", "open": "cannot be told yet", "no": "does not fit"}


def _suits(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.checks.suitability_questions import QUESTIONS
    from magdesk.services.judging import judge_suitability

    with terminal.open(options.case, read_only=True) as case:
        targets = judge_suitability(case, load_law(), options.date or date.today())
    lines: list[str] = []
    for target in targets:
        lines += [target.name, ""]
        for fit in target.regimes:
            mark = " (verify)" if fit.verify else ""
            best = f": plead {', '.join(fit.best)}" if fit.best else ""
            lines.append(f"  {fit.jurisdiction}, {fit.short}{mark}: {_VERDICTS[fit.verdict]}{best}")
            told = {reason.sentence: None for reason in fit.reasons}
            if fit.verdict in ("no", "open"):
                told |= {reason.sentence: None for prong in fit.prongs for reason in prong.reasons}
            else:
                chosen = [prong for prong in fit.prongs if prong.code in fit.best]
                told |= {f"{prong.code}: {one.sentence}": None for prong in chosen for one in prong.reasons}
            lines += [f"      {sentence}" for sentence in told]
            lines += [f"      Missing: {QUESTIONS[code].title}." for code in fit.missing]
        lines.append("")
    terminal.report(targets, "\n".join(lines).rstrip() or "The case has no target yet.")
    return ExitCode.OK


def _gaps(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.checks.gaps import EFFECTS
    from magdesk.services.judging import judge_strength

    day, law = options.date or date.today(), load_law()
    with terminal.open(options.case, read_only=True) as case:
        report = judge_strength(case, law, day).report
        if options.to is not None:
            from magdesk.services.gap_report import save_gap_report

            save_gap_report(case, options.to, law, day)
    lines: list[str] = []
    for effect, (title, _meaning) in EFFECTS.items():
        gaps = [gap for gap in report.gaps if gap.effect is effect]
        if gaps:
            lines.append(f"{title} ({len(gaps)})")
        for gap in gaps:
            lines.append(f"  {gap.code} {gap.sentence} {gap.remedy}")
            lines += [f"       {detail}" for detail in gap.details]
    if options.to is not None:
        _say(f"Written to {options.to}, in clear text: internal, not for filing.")
    terminal.report(report, "\n".join(lines) or "Nothing was found that would make the case stronger.")
    return ExitCode.OK


def _glance(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.judging import judge_strength

    with terminal.open(options.case, read_only=True) as case:
        tests = judge_strength(case, load_law(), options.date or date.today(), ()).tests
    lines: list[str] = []
    for filing in tests:
        lines.append(f"{filing.jurisdiction}: {', '.join(filing.authorities)}")
        if not filing.targets:
            lines.append("  No target is pleaded in this submission.")
        for test in filing.targets:
            lines.append(f"  {test.name}: {test.passed} of {len(test.replies)} questions answered")
            for reply in test.replies:
                lines.append(f"    {'yes' if reply.given else 'NO ':<3} {reply.number}. {reply.question}")
                lines += [f"          {line}" for line in reply.lines]
                lines += [f"          missing: {what}" for what in reply.missing]
    terminal.report(tests, "\n".join(lines) or "The case asks for no authority yet.")
    return ExitCode.OK if tests and all(filing.passed for filing in tests) else ExitCode.FINDINGS


def _export(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.custody import record_export
    from magdesk.services.export import export_packet

    with terminal.open(options.case, read_only=True) as case:
        result = export_packet(
            case,
            options.to,
            law=load_law(),
            regimes=options.authority,
            draft=options.draft,
            formats=options.formats,
            date=options.date or date.today(),
            progress=terminal.progress,
            cancel=terminal.cancel,
        )
    folder = result.folder
    if folder is None:
        for finding in result.blocking:
            _say(_finding(finding))
        _say(f"{len(result.blocking)} blocking findings: nothing was exported. Resolve them, or use --draft.")
        terminal.report({"folder": None, "blocking": result.blocking, "files": []}, "")
        return ExitCode.FINDINGS
    terminal.enter(options.case, lambda case: record_export(case, folder))
    terminal.report({"folder": folder, "blocking": result.blocking, "files": result.files}, str(folder))
    return ExitCode.OK


def _verify(options: argparse.Namespace, terminal: _Terminal) -> int:
    if options.path.is_dir():
        from magdesk.packet.verify import verify_packet

        problems = verify_packet(options.path)
    else:
        from magdesk.services.custody import check_fixity, record_fixity

        with terminal.open(options.path, read_only=True) as case:
            found = check_fixity(case, progress=terminal.progress, cancel=terminal.cancel)
        problems = list(found.problems)
        if problems:
            _say("The result was not entered in the custody ledger: a damaged file is left as it is.")
        elif options.record:
            terminal.enter(options.path, lambda case: record_fixity(case, found))
    text = "\n".join(problems) if problems else "Everything verifies."
    terminal.report({"path": options.path, "problems": problems}, text)
    return ExitCode.FINDINGS if problems else ExitCode.OK


def _search(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.search import search_case

    with terminal.open(options.case, read_only=True) as case:
        results = search_case(case, options.words, options.limit)
    lines = [
        f"{result.kind}{f' p. {result.page}' if result.page else ''}  {result.title}\n    {result.snippet}"
        for result in results
    ]
    terminal.report(results, "\n".join(lines) or "Nothing found.")
    return ExitCode.OK


def _confirmed_clear_text(options: argparse.Namespace) -> bool:
    if options.yes:
        return True
    if not sys.stdin.isatty():
        raise UserError(
            "A dump is clear text: anyone who gets the folder can read the whole case.",
            "Say --yes to write it all the same.",
        )
    _say("A dump is clear text: anyone who gets the folder can read the whole case, protected names included.")
    return input("Write it? [y/N] ").strip().lower() in ("y", "yes")


def _dump(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.dump.folder import dump_case

    if not _confirmed_clear_text(options):
        raise Cancelled("Nothing was written.")
    with terminal.open(options.case, read_only=True) as case:
        result = dump_case(case, options.to, progress=terminal.progress, cancel=terminal.cancel)
    terminal.report(result, f"{result.folder}: {result.rows} rows, {result.files} files, in clear text")
    return ExitCode.OK


def _load(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.cases import describe
    from magdesk.services.dump.folder import load_case

    def make(phrase: str) -> CaseFile:
        return load_case(
            options.folder, options.case, phrase, who=_who(), progress=terminal.progress, cancel=terminal.cancel
        )

    with terminal.create(options.case, make) as case:
        terminal.report({"case": case.path, **_info(describe(case))}, f"Loaded into {case.path}")
    return ExitCode.OK


def _backup(options: argparse.Namespace, terminal: _Terminal) -> int:
    with terminal.open(options.case, read_only=True) as case:
        made = case.backup(options.to)
    terminal.report({"backup": made}, str(made))
    return ExitCode.OK


def _passphrase(options: argparse.Namespace, terminal: _Terminal) -> int:
    old = terminal.passphrase("Present passphrase: ")
    with CaseFile.open(options.case, old, who=_who()) as case:
        case.change_passphrase(old, terminal.passphrase("New passphrase: ", confirm=True, new=True))
    terminal.report({"changed": True}, "The passphrase is changed. Older backups keep the older one.")
    return ExitCode.OK


def _journal(options: argparse.Namespace, terminal: _Terminal) -> int:
    with terminal.open(options.case, read_only=True) as case:
        steps = [
            {"number": step.number, "at": step.at, "who": step.who, "kind": str(step.kind), "label": step.label}
            for step in case.history(limit=options.limit)
        ]
    lines = [
        f"{s['number']:>6}  {s['at']:%Y-%m-%d %H:%M:%S}  {s['who']:<12} {s['kind']:<5} {s['label']}" for s in steps
    ]
    terminal.report(steps, "\n".join(lines))
    return ExitCode.OK


def _custody(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.custody import events_of, find_item

    with terminal.open(options.case, read_only=True) as case:
        key = find_item(case, options.item) if options.item else None
        events = events_of(case, key)
    lines = [
        f"{event.number:>6}  {event.at:%Y-%m-%d %H:%M:%S}  {event.who:<12} {event.what}"
        f"  {str(event.item)[:8] if event.item else '-':<8}  {event.detail}".rstrip()
        for event in events
    ]
    terminal.report(events, "\n".join(lines) or "The ledger is empty.")
    return ExitCode.OK


def _hashes(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.proofs.hashlists import export_hash_list

    with terminal.open(options.case) as case:
        files = export_hash_list(case, options.to, options.day or datetime.now(UTC).date())
    data = {"day": files.row.day, "root": files.row.root, "root_file": files.root_file, "list_file": files.list_file}
    text = (
        f"{files.root_file}: the root, to be timestamped; it tells nothing else\n"
        f"{files.list_file}: {files.row.count} digests, to be kept: who has a file can tell whether it is among them"
    )
    terminal.report(data, text)
    return ExitCode.OK


def _timestamp(options: argparse.Namespace, terminal: _Terminal) -> int:
    from magdesk.services.proofs.timestamps import Standing, import_proof, proofs

    if options.proof is None:
        with terminal.open(options.case, read_only=True) as case:
            found = proofs(case)
    else:
        try:
            content = options.proof.read_bytes()
            certificates = [path.read_bytes() for path in options.certificates]
        except OSError as error:
            raise UserError(f"A file cannot be read: {error.strerror}.", "Check its path and its rights.") from error
        with terminal.open(options.case) as case:
            found = [import_proof(case, content, options.proof.name, certificates=certificates)]
    data = [
        {
            "file": row.file_name,
            "kind": str(row.kind),
            "evidence": row.evidence_id,
            "hash_list": row.hash_list_id,
            "stamped": row.stamped,
            "standing": str(verdict.standing),
            "sentence": verdict.sentence,
        }
        for row, verdict in found
    ]
    lines = [f"{one['standing']:<8} {one['file']}: {one['sentence']}" for one in data]
    terminal.report(data, "\n".join(lines) or "No timestamps.")
    return ExitCode.FINDINGS if any(v.standing is Standing.BROKEN for _row, v in found) else ExitCode.OK


# ---------------------------------------------------------------------------------------------- arguments


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write YYYY-MM-DD") from error


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not chosen or not set(chosen) <= {"pdf", "docx"}:
        raise argparse.ArgumentTypeError("choose from pdf, docx")
    return chosen


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the result as JSON")
    common.add_argument("--quiet", action="store_true", help="no progress on standard error")
    common.add_argument("--verbose", action="store_true", help="log to standard error (ids, never names)")
    common.add_argument("--debug", action="store_true", help="show a traceback when something fails")
    common.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"read the passphrase from this file (else {PASSPHRASE_VARIABLE}, else a prompt)",
    )
    parser = argparse.ArgumentParser(
        prog="magdesk",
        description="Prepares Global Magnitsky case files offline, in one encrypted file per case.",
        epilog="Exit codes: 0 fine, 1 blocking findings or does not verify, 2 usage, 3 bad input, 4 case file, "
        "5 export, 130 cancelled.",
    )
    parser.add_argument("--version", action="version", version=f"magdesk {magdesk.__version__}")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def command(
        name: str, action: Callable[[argparse.Namespace, _Terminal], int], text: str, *, case: bool = True
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(command=action)
        if case:
            made.add_argument("case", type=Path, metavar="CASE", help="the case file")
        return made

    new = command("new", _new, "make an empty case file")
    new.add_argument("--title", default="", help="working title of the case")
    new.add_argument(
        "--authority", action="append", default=[], metavar="CODE", help="an authority to ask for, e.g. us-glomag"
    )
    command("sample", _sample, "make the sample case, the Republic of Generica")
    command("info", _describe, "say what is in a case")
    add = command("add", _add, "take files and folders into the case as evidence")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    check = command("check", _check, "check the case against the law it pleads")
    check.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="check as of this day (default: today)")
    for name, action, text in (
        ("suits", _suits, "say which authorities fit each target, and why"),
        ("gaps", _gaps, "say what would make the case stronger, in the order of its effect"),
        ("glance", _glance, "the five-minute test: the seven questions that an official asks first"),
    ):
        judged = command(name, action, text)
        judged.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="judge as of this day (default: today)")
        if name == "gaps":
            judged.add_argument(
                "--to", type=Path, metavar="FILE", help="also write it as .pdf or .docx, in clear text"
            )
    export = command("export", _export, "build the submission packet")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to be made")
    export.add_argument(
        "--authority",
        action="append",
        default=[],
        metavar="CODE",
        help="make the submission to this authority of the case; may be repeated for authorities of one packet "
        "(default: the case's first submission)",
    )
    export.add_argument("--draft", action="store_true", help="export despite blocking findings, with a DRAFT mark")
    export.add_argument("--formats", type=_formats, default=("pdf", "docx"), metavar="pdf,docx")
    export.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="date of the packet (default: today)")
    verify = command("verify", _verify, "verify a case file or a packet folder", case=False)
    verify.add_argument("path", type=Path, metavar="CASE|PACKET_DIR")
    verify.add_argument(
        "--no-record", dest="record", action="store_false", help="do not enter the result in the custody ledger"
    )
    search = command("search", _search, "find words anywhere in the case")
    search.add_argument("words", metavar="WORDS")
    search.add_argument("--limit", type=int, default=50)
    dump = command("dump", _dump, "write the whole case as clear files (dossier.json and evidence)")
    dump.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to be made")
    dump.add_argument("--yes", action="store_true", help="do not ask before writing clear text")
    load = command("load", _load, "make a case file from a dump or a hand-written dossier.json", case=False)
    load.add_argument("folder", type=Path, metavar="DIR")
    load.add_argument("case", type=Path, metavar="CASE")
    backup = command("backup", _backup, "make an encrypted backup")
    backup.add_argument("--to", type=Path, metavar="FILE", help="where (default: the rotating backups)")
    passphrase = command("passphrase", _passphrase, "change the passphrase")
    passphrase.add_argument("--new-passphrase-file", type=Path, metavar="FILE")
    journal = command("journal", _journal, "list the changes made to the case, newest first")
    journal.add_argument("--limit", type=int, default=200)
    custody = command("custody", _custody, "list what happened to the evidence, oldest first")
    custody.add_argument("--item", metavar="KEY", help="one item: the beginning of its key or SHA-256")
    hashes = command("hashes", _hashes, "write the Merkle root of a day's digests, to be timestamped outside")
    hashes.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="the root file; the list goes beside it"
    )
    hashes.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="day of arrival, UTC (default: today)")
    timestamp = command("timestamp", _timestamp, "list and verify outside timestamps, or take one in")
    timestamp.add_argument("--import", type=Path, dest="proof", metavar="PROOF", help="a .tsr or .ots file")
    timestamp.add_argument(
        "--certificates",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="certificates of the authority up to its root, PEM or DER",
    )
    return parser
