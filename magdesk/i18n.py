"""Text for people goes through ``_``; catalogues lie in ``resources/locale``. Works without Qt."""

from __future__ import annotations

import gettext

from magdesk import paths

_catalogue = gettext.translation("magdesk", localedir=str(paths.resource("locale")), fallback=True)


def _(text: str) -> str:
    """The text in the user's language, or as it stands when there is no translation."""
    return _catalogue.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the text that fits the count, in the user's language."""
    return _catalogue.ngettext(singular, plural, count)
