"""How long a name may be.

Protected names are searched for, in every order and spelling of their words, in each text that leaves the case. What
is no name but a page of text would hold that search up for minutes.
"""

from __future__ import annotations

from magdesk.errors import InputError
from magdesk.i18n import _

LONGEST_NAME = 500  # letters: a full name of many parts, or of an office, is well below
_NAMES = frozenset({("name", "text"), ("organisation", "name")})


def check_name(table: str, column: str, text: str) -> None:
    """Refuse what is too long for a name. Values of columns that hold no names are not looked at.

    Raises:
        InputError: it is longer than any name.
    """
    if (table, column) in _NAMES and len(text) > LONGEST_NAME:
        raise InputError(
            _("A name has at most {most} letters; this text has {count}.").format(most=LONGEST_NAME, count=len(text)),
            _("Enter the name alone, and put what else is known in a fact or a note."),
        )
