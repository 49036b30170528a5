"""The words of ``resources/words/checks.toml`` that raise a question, in every language that is listed there."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from magdesk import paths


@lru_cache(maxsize=16)
def spotted(kind: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """What finds one kind of words: ``hearsay``, ``first_hand``, ``dead``, ``listed``, ``not_listed``.

    Raises:
        KeyError: the file has no such kind.
        re.error: one of the words is no regular expression.
    """
    languages = _file()[kind]
    return re.compile("|".join(f"(?:{word})" for words in languages.values() for word in words), flags)


@lru_cache(maxsize=1)
def _file() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(paths.resource("words/checks.toml").read_text("utf-8"))
