"""All benchmarks: ``python -m tests.bench``. Ratios against a raw baseline of the same run; never a timed test."""

from __future__ import annotations

from tests.bench import bundle, checks, documents, evidence, fidelity, intake, matrix, opening, search, store, viewer


def main() -> None:
    """Run one after the other."""
    for name, bench in (
        ("Storing evidence", lambda: store.main([])),
        ("Taking in many files", lambda: intake.main([])),
        ("Writing the exhibit bundle", bundle.main),
        ("Opening a large case", lambda: opening.main([])),
        ("Checking a large case", lambda: checks.main([])),
        ("Words read and words shown", lambda: fidelity.main([])),
        ("Building and setting documents", lambda: documents.main([])),
        ("The element matrix of a large case", lambda: matrix.main([])),
        ("Searching 100,000 pages", lambda: search.main([])),
        ("Reading a long document", viewer.main),
        ("The evidence list", lambda: evidence.main([])),
    ):
        print(f"== {name}", flush=True)
        bench()


main()
