"""Every decoder over thousands of damaged files: ``python -m tests.bench.mutations --count 10000 --seed 1``.

A damaged file may be read or called damaged. A fault (an exception that is neither) or a hang is a mistake of ours.
Each decoder runs in a process of its own, so that a crash of a library is counted and not suffered.
"""

from __future__ import annotations

import argparse
import queue
import subprocess
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from magdesk.errors import MagdeskError, fault_places
from tests.bench.decoders import Decoder, decoders, without_pandoc
from tests.bench.mutating import mutant

HANG = 60.0  # seconds for one file on a busy machine
READ, DAMAGED, FAULT, CRASH, LIMIT = "read", "damaged", "fault", "crash", "limit"


@dataclass(slots=True)
class Result:
    """What became of the mutants of one decoder."""

    outcomes: Counter[str] = field(default_factory=Counter)
    hangs: int = 0
    faults: Counter[str] = field(default_factory=Counter)


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
    without_pandoc()
    for outcome, place in outcomes(_named(name), first, count, seed):
        print(f"{outcome}\t{place}", flush=True)


def _tried(name: str, count: int, seed: int) -> Result:
    """All mutants of one decoder; after a crash or a hang the next one goes on in a new process."""
    result = Result()
    done = 0
    while done < count:
        command = [sys.executable, "-m", "tests.bench.mutations", "--decoder", name, "--first", str(done)]
        with subprocess.Popen(
            [*command, "--count", str(count - done), "--seed", str(seed)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            lines = _listen(process.stdout)
            while done < count:
                try:
                    line = lines.get(timeout=HANG)
                except queue.Empty:
                    result.hangs += 1
                    done += 1
                    process.kill()
                    break
                if line is None:
                    result.outcomes[CRASH] += 1
                    done += 1
                    break
                outcome, _tab, place = line.rstrip("\n").partition("\t")
                result.outcomes[outcome] += 1
                if place:
                    result.faults[place] += 1
                done += 1
    return result


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
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="decoders whose name holds this")
    parser.add_argument("--decoder", default="", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.decoder:
        _child(options.decoder, options.first, options.count, options.seed)
        return 0
    print(
        f"{'decoder':<28}{'mutations':>10}{'damaged':>9}{'read':>8}{'limit':>7}{'faults':>8}{'crashes':>9}{'hangs':>7}"
    )
    wrong = 0
    for name in [one.name for one in decoders() if options.only in one.name]:
        started = time.monotonic()
        result = _tried(name, options.count, options.seed)
        told = result.outcomes
        print(
            f"{name:<28}{options.count:>10}{told[DAMAGED]:>9}{told[READ]:>8}{told[LIMIT]:>7}{told[FAULT]:>8}"
            f"{told[CRASH]:>9}{result.hangs:>7}  {time.monotonic() - started:.0f} s",
            flush=True,
        )
        wrong += told[FAULT] + told[CRASH] + result.hangs
        for place, _count in result.faults.most_common(8):
            print(f"    {place}", flush=True)
    print("no fault, no crash, no hang" if not wrong else f"{wrong} faults, crashes or hangs")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
