"""Each safety sentence of the README has a test, and no test holds a sentence that is gone."""

from __future__ import annotations

from tests.safety import ROOT, marked, sentences

# What to do, and what the program does not do: nothing to test.
ADVICE = (
    (
        "While a case is open its key is in memory, and swap and hibernation can write it to the disk: encrypt the "
        "disk, and shut the machine down when it is at risk."
    ),
    "On Windows a crash report may hold parts of the memory: turn error reporting off there.",
)


def test_each_safety_sentence_has_a_test_and_each_marked_test_its_sentence() -> None:
    said = set(sentences((ROOT / "README.md").read_text(encoding="utf-8")))
    held = dict(marked(ROOT / "tests"))
    assert len(said) >= 14
    assert said - set(held) - set(ADVICE) == set(), "sentences of the README without a test (see tests/safety.py)"
    assert set(held) - said == set(), "tests of sentences that the README no longer says"
    assert said >= set(ADVICE)


def test_sentences_are_taken_apart_as_a_reader_does() -> None:
    readme = """
# Title
A first one. Not of safety.

### Safety, plainly

Before the list.

- One, with `code.py` in it; still
  the same: E. and i.e. too. Two! *Three* stands here.
- `Four` says something.

| where | what |
|---|:-:|
| Linux | all |

## Next
Not this.
"""
    assert sentences(readme) == [
        "Before the list.",
        "One, with `code.py` in it; still the same: E. and i.e. too.",
        "Two!",
        "*Three* stands here.",
        "`Four` says something.",
        "where | what",
        "Linux | all",
    ]
