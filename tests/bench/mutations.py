"""Every decoder over thousands of damaged files: ``python -m tests.bench.mutations --count 10000 --seed 1``.

A damaged file may be read or called damaged. A fault (an exception that is neither) or a hang is a mistake of ours.
Each decoder runs in a process of its own with as little memory as a worker has. What takes that process down is
counted by the signal that ended it, told with the number of the file, and the next file goes on in a new process: in
the program the worker is started anew likewise, and the file is taken as it is with a sentence that it could not be
read. ``--seconds`` bounds each decoder; the table then says how many files were tried.
"""

from __future__ import annotations

import argparse
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import IO

from magdesk.errors import MagdeskError, fault_places
from magdesk.intake.sandbox.limits import limit_memory
from tests.bench.decoders import Decoder, decoders, without_pandoc
from tests.bench.mutating import mutant

HANG = 60.0  # seconds for one file on a busy machine
READ, DAMAGED, FAULT, LIMIT = "read", "damaged", "fault", "limit"


@dataclass(slots=True)
class Result:
    """What became of the mutants of one decoder.

    Attributes:
        tried: how many there were.
        crashes: by the signal, or exit code, that ended the process.
        slowest: seconds of processor time that one file took, and its number.
    """

    tried: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: Counter[str] = field(default_factory=Counter)
    hangs: int = 0
    places: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)


def outcomes(decoder: Decoder, first: int, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """What becomes of each mutant, and where our code failed when it did."""
    for number in range(first, first + count):
        data = mutant(decoder.samples[number % len(decoder.samples)], f"{seed}/{decoder.name}/{number}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield (READ if decoder.decode(data) else DAMAGED), ""
        except MagdeskError:
            yield DAMAGED, ""
        except (MemoryError, RecursionError):
            yield LIMIT, ""
        except Exception as error:
            yield FAULT, f"#{number} {fault_places(error)}"


def _named(name: str) -> Decoder:
    return next(one for one in decoders() if one.name == name)


def _child(name: str, first: int, count: int, seed: int) -> None:
    limit_memory()
    without_pandoc()
    told = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # a library that prints must not write among the outcomes
    started = time.process_time()
    for outcome, place in outcomes(_named(name), first, count, seed):
        now = time.process_time()
        told.write(f"{outcome}\t{now - started:.3f}\t{place}\n")
        started = now


def tried(name: str, count: int, seed: int, seconds: float = inf) -> Result:
    """All mutants of one decoder; after a crash or a hang the next one goes on in a new process."""
    result = Result()
    end = inf  # counted from the first file: on a busy machine a process takes long to start
    while result.tried < count and time.monotonic() < end:
        command = [sys.executable, "-m", "tests.bench.mutations", "--decoder", name, "--first", str(result.tried)]
        with subprocess.Popen(
            [*command, "--count", str(count - result.tried), "--seed", str(seed)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            lines = _listen(process.stdout)
            while result.tried < count and time.monotonic() < end:
                try:
                    line = lines.get(timeout=HANG)
                except queue.Empty:
                    result.hangs += 1
                    result.places[f"#{result.tried} hangs"] += 1
                    result.tried += 1
                    break
                if line is None:
                    how = _ending(process.wait())
                    result.crashes[how] += 1
                    result.places[f"#{result.tried} {how}"] += 1
                    result.tried += 1
                    break
                end = min(end, time.monotonic() + seconds)
                outcome, spent, place = line.rstrip("\n").split("\t", 2)
                result.outcomes[outcome] += 1
                result.slowest = max(result.slowest, (float(spent), result.tried))
                if place:
                    result.places[place] += 1
                result.tried += 1
            process.kill()
    return result


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _listen(pipe: IO[str]) -> queue.Queue[str | None]:
    lines: queue.Queue[str | None] = queue.Queue()

    def listen() -> None:
        for line in pipe:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return lines


def main() -> int:
    """Try them all and print the table; 1 when there is a fault, a crash or a hang."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="mutants of each decoder")
    parser.add_argument("--seconds", type=float, default=inf, help="for each decoder; as many mutants as fit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="decoders whose name holds one of these, with commas between")
    parser.add_argument("--decoder", default="", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.decoder:
        _child(options.decoder, options.first, options.count, options.seed)
        return 0
    print(
        f"{'decoder':<28}{'mutations':>10}{'damaged':>9}{'read':>8}{'limit':>7}{'faults':>8}{'crashes':>9}{'hangs':>7}"
        "  slowest file"
    )
    wrong = 0
    for name in [one.name for one in decoders() if any(part in one.name for part in options.only.split(","))]:
        result = tried(name, options.count, options.seed, options.seconds)
        told, crashes = result.outcomes, result.crashes.total()
        print(
            f"{name:<28}{result.tried:>10}{told[DAMAGED]:>9}{told[READ]:>8}{told[LIMIT]:>7}{told[FAULT]:>8}"
            f"{crashes:>9}{result.hangs:>7}  {result.slowest[0]:.2f} s (#{result.slowest[1]})",
            flush=True,
        )
        wrong += told[FAULT] + crashes + result.hangs
        for place, _count in result.places.most_common(8):
            print(f"    {place}", flush=True)
    print("no fault, no crash, no hang" if not wrong else f"{wrong} faults, crashes or hangs")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
