"""How fast a large encrypted case is searched and indexed.

    python -m tests.bench.search --pages 100000

The pages are made up: about 2 kB each, in Latin, Cyrillic, Arabic and Chinese letters, with words as rare and as
common as in a language (Zipf). The queries are those of a person who types, letter by letter, with the window's
limit. What indexing costs is compared with what pypdfium2 needs to read such text out of PDFs, in the same run.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from magdesk.casefile import CaseFile, KeyCost
from magdesk.model import Case, Evidence, Fact, Name, Party
from magdesk.services.search import search_case
from magdesk.values import now

COST = KeyCost(1024, 1, 1)
PAGES_PER_FILE = 50
LIMIT = 40
PROCESSOR = "processor time of all"
WANTED_SECONDS, WANTED_RATIO = 0.050, 1.5

_LATIN = [a + b for a in ["", *"bcdfghjklmnprstvwz", "ch", "st", "tr", "pr", "sh"] for b in "aeiou"]
_ACCENTED = [a + b for a in "bcdfglmnprst" for b in "aeiouéèüöñ"]
_CYRILLIC = [a + b for a in "бвгджзклмнпрстфхцчшщ" for b in "аеёиоуыя"]
_ARABIC = [a + b for a in "بتثجحخدذرزسشصضطظعغفقكلمنهو" for b in ("ا", "ي", "و", "")]


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words of one script, the most common first."""

    words: list[str]
    weights: list[float]
    per_page: int
    between: str

    def page(self, dice: random.Random) -> str:
        """A page of about two kilobytes."""
        chosen = dice.choices(self.words, cum_weights=self.weights, k=self.per_page)
        return self.between.join(chosen)


def _tongue(dice: random.Random, syllables: Sequence[str], count: int, per_page: int, between: str) -> Tongue:
    made: dict[str, None] = {}
    while len(made) < count:
        # Common words are short.
        length = min(5, 1 + len(made) // 300 + dice.choice((0, 1, 1, 2)))
        made.setdefault("".join(dice.choices(syllables, k=length)))
    total, weights = 0.0, []
    for rank in range(1, count + 1):
        total += 1 / (rank + 2.7)
        weights.append(total)
    return Tongue(list(made), weights, per_page, between)


class Corpus:
    """Files of pages, the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        dice = random.Random(seed)
        han = [chr(code) for code in dice.sample(range(0x4E00, 0x9000), 3500)]
        self.latin = _tongue(dice, _LATIN, 60_000, 330, " ")
        self.accented = _tongue(dice, _ACCENTED, 40_000, 300, " ")
        self.cyrillic = _tongue(dice, _CYRILLIC, 60_000, 160, " ")
        self.arabic = _tongue(dice, _ARABIC, 40_000, 170, " ")
        self.chinese = _tongue(dice, han, 20_000, 330, "")
        self._mix = (
            [self.latin] * 8 + [self.accented] * 2 + [self.cyrillic] * 5 + [self.arabic] * 3 + [self.chinese] * 2
        )

    def file(self, number: int, pages: int) -> list[tuple[int, str]]:
        """The pages of one file: one language, some words that return on every page."""
        dice = random.Random(number)
        tongue = self._mix[number % len(self._mix)]
        topic = " ".join(dice.choices(tongue.words[200:], k=3))
        return [(page, f"{topic} {number}/{page}. {tongue.page(dice)}") for page in range(1, pages + 1)]

    def queries(self, count: int) -> list[tuple[str, str]]:
        """Kind and words of what people type."""
        dice = random.Random(1)
        tongues = [self.latin, self.latin, self.accented, self.cyrillic, self.arabic]
        found: list[tuple[str, str]] = []
        while len(found) < count:
            tongue = dice.choice(tongues)
            common, usual, rare = tongue.words[:30], tongue.words[200:3000], tongue.words[8000:]
            word, other = dice.choice(usual), dice.choice(usual)
            found += [
                ("rare", dice.choice(rare)),
                ("usual", word),
                ("common", dice.choice(common)),
                ("two words", f"{word} {other}"),
                ("common and rare", f"{dice.choice(common)} {dice.choice(common)} {dice.choice(rare)}"),
                ("two common", f"{dice.choice(common)} {dice.choice(common)}"),
                ("phrase", f'"{" ".join(dice.choices(tongue.words[:200], k=2))}"'),
                ("without", f"{word} -{dice.choice(common)}"),
                ("either", f"{word} OR {other}"),
                ("field", f"type:pdf title:report {word}"),
                ("CJK", dice.choice(self.chinese.words[:4000])),
                ("CJK", "".join(dice.choices(self.chinese.words[:300], k=2))),
                ("CJK one sign", dice.choice(self.chinese.words[:30])[:1]),
            ]
            typed = dice.choice(usual)
            found += [("typed", typed[:length]) for length in range(1, min(len(typed), 7) + 1)]
            both = f"{word} {other}"
            found += [("typed", both[:length]) for length in range(len(word) + 1, len(both) + 1, 2)]
        return found[:count]


def build(path: Path, corpus: Corpus, pages: int, say: Callable[[str], None]) -> tuple[float, float]:
    """Make the case; returns the seconds spent indexing and the size of the file in MiB."""
    spent = 0.0
    with CaseFile.create(path, "bench", cost=COST, backups=False) as case:
        with case.change("Build") as session:
            session.add(Case(title="A large case", created_at=now()))
            for number in range(300):
                words = " ".join(corpus.latin.page(random.Random(number)).split()[:25])
                session.add(Fact(text=words, rank=number))
                session.add(Party(names=[Name(text=" ".join(words.split()[:2]).title())]))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for number in range(pages // PAGES_PER_FILE):
            with case.change("Add") as session:
                row = Evidence(title=f"Report {number}", file_name=f"report-{number}.pdf", rank=number)
                row.media_type, row.language = "application/pdf", "ru"
                session.add(row)
            parts = corpus.file(number, PAGES_PER_FILE)
            start = time.perf_counter()
            case.index.put("evidence", row.id, parts)
            spent += time.perf_counter() - start
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        say(f"memory grown while indexing: {grown / 1024:.0f} MiB")
    return spent, path.stat().st_size / (1 << 20)


def ask(case: CaseFile, queries: Sequence[tuple[str, str]]) -> dict[str, list[float]]:
    """Seconds of each query, by kind."""
    times: dict[str, list[float]] = {}
    for kind, words in queries:
        start, own = time.perf_counter(), time.thread_time()
        search_case(case, words, LIMIT)
        times.setdefault(kind, []).append(time.perf_counter() - start)
        times.setdefault(PROCESSOR, []).append(time.thread_time() - own)
    return times


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay under."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def pdfs(corpus: Corpus, files: int) -> Iterator[tuple[bytes, list[tuple[int, str]]]]:
    """PDF files of Latin pages, and the pages."""
    for number in range(files):
        dice = random.Random(number)
        pages = [(page, corpus.latin.page(dice)) for page in range(1, 31)]
        out = io.BytesIO()
        canvas = Canvas(out)
        for _page, text in pages:
            block = canvas.beginText(50, 800)
            words = text.split()
            for first in range(0, len(words), 12):
                block.textLine(" ".join(words[first : first + 12]))
            canvas.drawText(block)
            canvas.showPage()
        canvas.save()
        yield out.getvalue(), pages


def ratio(folder: Path, corpus: Corpus, files: int = 20) -> tuple[float, float]:
    """Milliseconds per page of extracting text and of indexing it."""
    extracting = indexing = 0.0
    count = 0
    with CaseFile.create(folder / "ratio.magdesk", "bench", cost=COST, backups=False) as case:
        for data, _pages in pdfs(corpus, files):
            start = time.perf_counter()
            document = pypdfium2.PdfDocument(data)
            texts = [(number, page.get_textpage().get_text_bounded()) for number, page in enumerate(document, 1)]
            extracting += time.perf_counter() - start
            document.close()
            start = time.perf_counter()
            case.index.put("evidence", uuid.uuid4(), texts)
            indexing += time.perf_counter() - start
            count += len(texts)
    return extracting / count * 1000, indexing / count * 1000


def main(arguments: Sequence[str] | None = None) -> float:
    """Run the measurement; returns the p95 in seconds."""
    parser = argparse.ArgumentParser(description="Speed of search and of indexing.")
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--keep", type=Path, help="keep the case here, and use it when it is there")
    options = parser.parse_args(arguments)
    corpus = Corpus()
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as name:
        path = options.keep or Path(name) / "search.magdesk"
        if not path.exists():
            spent, size = build(path, corpus, options.pages, print)
            print(f"{options.pages} pages indexed in {spent:.0f} s ({spent / options.pages * 1e3:.2f} ms a page)")
            print(f"the file has {size:.0f} MiB")
        with CaseFile.open(path, "bench", cost=COST, backups=False) as case:
            queries = corpus.queries(options.queries)
            start = time.perf_counter()
            search_case(case, queries[1][1], LIMIT)
            print(f"first query after opening: {(time.perf_counter() - start) * 1000:.0f} ms")
            cold = ask(case, queries)
            warm = ask(case, queries)
            afresh = []
            for _kind, words in queries[:: max(1, len(queries) // 60)]:
                with case.change("Edit") as session:  # A commit makes the open connection forget what it has read.
                    session.query(Case).one().title = f"A large case, {words}"
                start = time.perf_counter()
                search_case(case, words, LIMIT)
                afresh.append(time.perf_counter() - start)
        for kind, values in warm.items():
            print(f"  {kind:21} {len(values):3}x  p50 {statistics.median(values) * 1e3:6.1f} ms"
                  f"  p95 {p95(values) * 1e3:6.1f} ms  longest {max(values) * 1e3:6.1f} ms")  # fmt: skip
        result = 0.0
        every_time = {
            label: [value for kind, values in times.items() if kind != PROCESSOR for value in values]
            for label, times in (("first time asked", cold), ("asked again", warm))
        }
        for label, every in (*every_time.items(), ("each after a commit", afresh)):
            result = max(result, p95(every))
            print(f"{label}: p50 {statistics.median(every) * 1e3:.1f} ms, p95 {p95(every) * 1e3:.1f} ms,"
                  f" longest {max(every) * 1e3:.1f} ms; wanted p95 under {WANTED_SECONDS * 1e3:.0f} ms")  # fmt: skip
        reading, indexing = ratio(Path(name), corpus)
        print(f"extracting {reading:.2f} ms, indexing {indexing:.2f} ms a page: {indexing / reading:.2f} times;"
              f" wanted under {WANTED_RATIO}")  # fmt: skip
    return result


if __name__ == "__main__":
    main()
