"""Every decoder over thousands of damaged files: ``python -m tests.bench.mutations --count 10000 --seed 1``.

A damaged file may be read or called damaged. A fault (an exception that is neither) or a hang is a mistake of ours.
Each decoder runs in a process of its own, forked when all is loaded, with as little memory as a worker has. What
takes that process down is counted by the signal that ended it, told with the number of the file, and the next file
goes on in a new process: in the program the worker is started anew likewise, and the file is taken as it is with a
sentence that it could not be read. ``--seconds`` bounds each decoder; the table then says how many were tried.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import select
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

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

    def add(self, outcome: str, spent: str, place: str) -> None:
        """Count a mutant by what was told of it."""
        self.outcomes[outcome] += 1
        self.slowest = max(self.slowest, (float(spent), self.tried))
        if place:
            self.places[place] += 1
        self.tried += 1

    def crashed(self, how: str) -> None:
        """Count a mutant that took the process down."""
        self.crashes[how] += 1
        self.places[f"#{self.tried} {how}"] += 1
        self.tried += 1

    def hung(self) -> None:
        """Count a mutant that never came to an end."""
        self.hangs += 1
        self.places[f"#{self.tried} hangs"] += 1
        self.tried += 1


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


def _work(decoder: Decoder, first: int, count: int, seed: int, told: int) -> None:
    """What a process of its own does: it tells one line of each mutant."""
    limit_memory()
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # what a library prints is not looked at
        os.dup2(quiet, stream)
    started = time.process_time()
    for outcome, place in outcomes(decoder, first, count, seed):
        now = time.process_time()
        os.write(told, f"{outcome}\t{now - started:.3f}\t{place}\n".encode())
        started = now


def _start(decoder: Decoder, first: int, count: int, seed: int) -> tuple[int, int]:
    """A process that works, and the pipe that it tells on; it has all modules that this one has loaded."""
    hearing, telling = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.close(hearing)
            _work(decoder, first, count, seed, telling)
            code = 0
        finally:
            os._exit(code)
    os.close(telling)
    return process, hearing


def _heard(pipe: int) -> Iterator[str]:
    """The lines as they come.

    Raises:
        TimeoutError: none came for too long.
    """
    rest = b""
    while True:
        ready, _nothing, _nothing = select.select([pipe], [], [], HANG)
        if not ready:
            raise TimeoutError
        data = os.read(pipe, 1 << 16)
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode() for line in lines)


def tried(decoder: Decoder, count: int, seed: int, seconds: float = inf) -> Result:
    """All mutants of one decoder; after a crash or a hang the next one goes on in a new process."""
    result = Result()
    for sample in decoder.samples:  # so that what is imported late is imported once, and not in every process
        with contextlib.suppress(MagdeskError):
            decoder.decode(sample)
    end = time.monotonic() + seconds
    while result.tried < count and time.monotonic() < end:
        process, pipe = _start(decoder, result.tried, count - result.tried, seed)
        try:
            for line in _heard(pipe):
                result.add(*line.split("\t", 2))
                if time.monotonic() > end:
                    break
            else:
                if result.tried < count:
                    result.crashed(_ending(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])))
                    process = 0
        except TimeoutError:
            result.hung()
        finally:
            os.close(pipe)
            if process:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
    return result


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def main() -> int:
    """Try them all and print the table; 1 when there is a fault, a crash or a hang."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="mutants of each decoder")
    parser.add_argument("--seconds", type=float, default=inf, help="for each decoder; as many mutants as fit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="decoders whose name holds one of these, with commas between")
    options = parser.parse_args()
    without_pandoc()
    print(
        f"{'decoder':<28}{'mutations':>10}{'damaged':>9}{'read':>8}{'limit':>7}{'faults':>8}{'crashes':>9}{'hangs':>7}"
        "  slowest file"
    )
    wrong = 0
    for decoder in [one for one in decoders() if any(part in one.name for part in options.only.split(","))]:
        result = tried(decoder, options.count, options.seed, options.seconds)
        told, crashes = result.outcomes, result.crashes.total()
        print(
            f"{decoder.name:<28}{result.tried:>10}{told[DAMAGED]:>9}{told[READ]:>8}{told[LIMIT]:>7}{told[FAULT]:>8}"
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
