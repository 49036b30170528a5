"""Questions from several threads, questions nobody waits for, and the connection that stays open."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.errors import Cancelled
from magdesk.progress import CancelToken
from tests.casefile.cases import PASSPHRASE, reopen


def test_a_question_that_is_not_wanted_any_more_stops(case: CaseFile) -> None:
    case.index.put("evidence", uuid.uuid4(), [(page, f"word {page}") for page in range(1, 500)])
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        case.index.search("word", cancel=token)
    assert len(case.index.search("word", 10)) == 10


def test_a_running_question_is_interrupted(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    case.index.put("evidence", uuid.uuid4(), [(page, f"word {page}") for page in range(1, 3000)])
    monkeypatch.setattr("magdesk.casefile.index._STEPS_BETWEEN_LOOKS", 50)

    class Second(CancelToken):
        looks = 0

        @property
        def cancelled(self) -> bool:
            self.looks += 1
            return self.looks > 3

        def check(self) -> None:
            return

    with pytest.raises(Cancelled):
        case.index.search("word", cancel=Second())
    warm = case.index._warm
    assert warm is not None
    assert len(case.index.search("word", 10)) == 10
    assert case.index._warm is warm


def test_many_threads_ask_while_one_writes(case: CaseFile) -> None:
    key = uuid.uuid4()
    errors: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                for hit in case.index.search("word"):
                    assert hit.marks
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _number in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(10):
        case.index.put("evidence", key, [(page, f"word {turn}") for page in range(1, 50)])
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(case.index.search("word 9", 100)) == 49


def test_the_open_connection_sees_what_is_written_and_lets_go(case: CaseFile, path: Path) -> None:
    key = uuid.uuid4()
    assert case.index.search("word") == []
    case.index.put("evidence", key, [(1, "word")])
    assert len(case.index.search("word")) == 1
    case.change_passphrase(PASSPHRASE, "another one")
    assert len(case.index.search("word")) == 1
    case.change_passphrase("another one", PASSPHRASE)
    case.close()
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(path.name)] == [path.name]
    with reopen(path, read_only=True) as again:
        assert len(again.index.search("word")) == 1
