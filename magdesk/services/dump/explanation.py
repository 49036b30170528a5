"""``dossier.json`` explained on one page, in Markdown: every table, field and code, made from model and law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from magdesk import paths
from magdesk.regimes import load_law
from magdesk.regimes.regime import Element, Law
from magdesk.services.dump.codes import CODED, CodedField, coded_fields
from magdesk.services.dump.dossier_json import DOSSIER, FILE_KEY, JsonRow, schema, tables

MARKED_UP = frozenset(
    {
        ("adverse_item", "text"),
        ("adverse_item", "answer"),
        ("ask", "text"),
        ("case", "standard_of_proof"),
        ("element_note", "text"),
        ("incident", "summary"),
        ("incident", "old_justification"),
        ("interest_argument", "text"),
        ("legal_basis", "argument"),
        ("organisation", "contribution"),
        ("organisation", "link_to_case"),
        ("organisation", "mandate"),
        ("section", "text"),
        ("target", "request"),
    }
)
"""The fields that are read as CommonMark; all other texts are plain."""

_HEAD = """\
# The form of dossier.json

A case as one JSON object in UTF-8. Anyone may write one by hand or by program; `magdesk load DIR CASE` makes an
encrypted case of the folder that holds it, `magdesk dump CASE --to DIR` writes one. `magdesk schema` prints the JSON
Schema (2020-12) that every file is checked against. Whatever does not fit is refused, each place with its row.

## How it is written

- The top level names the form, `"format": "magdesk-dossier", "version": 1`, the one `case`, and an array of rows for
  each other table that has any. Order of tables does not matter.
- Every row but the case has an `id`: any text, unique in its table, such as `"f1"` or `"the general"`. Fields that
  end in `_id` hold the `id` of another row.
- What is left out takes the default that stands in the table below; an empty text means that nothing is known.
- `rank` orders rows among their like. Where it is left out, they stand in the order in which they are written.
- A key that begins with `_` is the writer’s own note and is not taken over.
- **Dates** may be partial (EDTF): `2014`, `2014-03`, `2014-03-05`, `197X`, `2014?`, `2014~`, `2014-03-05/2014-03-07`,
  `2014/..` (since), `[..2013]` (before). Days of the program’s own record (`…_on`) are whole: `2026-11-05`.
- **Sums** of money are texts without separators, `"1250000.00"`, with the ISO 4217 code in `currency`
  (`USD`; withdrawn codes such as `DEM` too), or the name of a commodity in words.
- **Countries** are named in words as the sources name them, or by their ISO 3166-1 code (`RU`; `SU`, `YU` for what
  was then). **Languages** are BCP 47 tags (`en`, `ar`, `zh-Hant`). What is neither is refused, with the nearest.
- **Files** lie beside `dossier.json`; an `evidence` row names its own under `file`.

## References in text

Names, facts and exhibits are never typed into a text; they are named by key, so that a protected name cannot slip
through and a number stays right. Every text that a submission prints may hold:

- `{@party:ID}` prints the name of a party, or its pseudonym.
- `[@fact:ID]` prints a footnote with the sources of that fact.
- `[@evidence:ID]` or `[@evidence:ID, p. 4]` prints a footnote that cites the exhibit.

Read as CommonMark (headings, lists, emphasis, quotations) are: {marked}. All other texts are plain.

## Proof, written once

A `proof` row ties a fact to an element and names exactly one of three:

- `legal_basis_id`: the element of that one ground (`"element": "E2"`; what a mode of responsibility needs in that
  ground alone is written with the mode, `"command:C3"`).
- `kind`: the element of a type (`"kind": "torture", "element": "T2"`). It counts in each ground, under whatever
  authority, that pleads the type against a target who took part in the fact’s incident; a fact without an incident
  counts for every target.
- `participation_id`: what the mode of that participation needs (`"element": "C3"`). It counts in each ground of that
  target that asks for it.

Elements marked “optional” below need no proof, alternatives of one group need one among them, and the element
“principal” of a ground is answered where the row names a `principal_id` or a `principal_listing`.

## Findings set aside

A `waiver` names the check (`code`), the row that the finding is about (`subject_id`, none for the case as a whole:
what `magdesk check --json` prints as `row` of its `place`) and the `field` (what is printed there as `key`).
"""


def explanation(law: Law) -> str:
    """The page.

    Args:
        law: whose codes it lists.
    """
    marked = ", ".join(f"`{table}.{field}`" for table, field in sorted(MARKED_UP))
    lines = [_HEAD.replace("{marked}", marked), "## The tables", ""]
    described = schema()["properties"]
    for name in ("case", *(name for name in tables() if name != "case")):
        spec = described[name]
        lines += _table(name, spec if name == "case" else spec["items"])
    lines += ["## The codes", ""]
    for coded in CODED:
        lines += _codes(coded, law)
    lines += ["## What each ground asks to be proved", ""]
    lines += _grounds(law)
    example = paths.resource("schema", "example", DOSSIER).read_text(encoding="utf-8")
    lines += ["## An example", "", "```json", example.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _table(name: str, spec: JsonRow) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    yield _INSIDE.sub("", spec["description"])
    yield ""
    yield "| Field | Takes | Default | Meaning |"
    yield "|---|---|---|---|"
    for field, about in spec["properties"].items():
        default = "required" if field in spec["required"] else _default(name, field)
        yield f"| `{field}` | {_takes(name, field, about)} | {default} | {_meaning(name, field, about)} |"
    yield ""


def _takes(table: str, field: str, about: JsonRow) -> str:
    coded = coded_fields().get((table, field))
    if coded is not None:
        return f"{'codes, comma-separated' if coded.many else 'a code'} (see “{_heading(coded)}”)"
    if "enum" in about:
        return ", ".join(f"`{value}`" for value in about["enum"] if value is not None)
    if (reference := about.get("$comment")) is not None:
        return str(reference)
    if about.get("format"):
        return {"date": "a whole day", "date-time": "a day and time"}[about["format"]]
    if "pattern" in about:
        return "a sum"
    kinds = [about["type"]] if isinstance(about["type"], str) else [kind for kind in about["type"] if kind != "null"]
    named = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
    column = tables()[table].__table__.columns.get(field)
    if column is not None and type(column.type).__name__ == "PartialDateType":
        return "a date"
    return named[kinds[0]]


def _default(table: str, field: str) -> str:
    column = tables()[table].__table__.columns.get(field)
    if column is None or column.default is None or not column.default.is_scalar:
        return "none"
    value: Any = column.default.arg
    value = getattr(value, "value", value)
    return "empty" if value == "" else f"`{str(value).lower() if isinstance(value, bool) else value}`"


# What a docstring says to those who work on the program.
_INSIDE = re.compile(r" \(domain[^)]*\)|:(?:class|attr|func):|(?<=`)~?magdesk\.")
_SAME = {
    "id": "key of the row.",
    "rank": "place among its like, ascending.",
    FILE_KEY: "path of the bytes, relative to this file.",
}


def _meaning(table: str, field: str, about: JsonRow) -> str:
    meaning = str(about.get("description") or _SAME.get(field, ""))
    if (table, field) in MARKED_UP:
        meaning += " CommonMark."
    return _INSIDE.sub("", meaning).replace("``", "`").replace("|", "\\|")


def _heading(coded: CodedField) -> str:
    return f"{coded.table}.{coded.field}"


def _codes(coded: CodedField, law: Law) -> Iterator[str]:
    first = next(one for one in CODED if one.codes is coded.codes)
    yield f"### {_heading(coded)}"
    yield ""
    if first is not coded:
        yield f"The same {coded.what} as in “{_heading(first)}”."
    else:
        for code, meaning in coded.codes(law).items():
            yield f"- `{code}`" + (f": {meaning}" if meaning else "")
    yield ""


def _grounds(law: Law) -> Iterator[str]:
    for regime in law.regimes.values():
        yield f"### {regime.code}: {regime.title}"
        yield ""
        for prong in regime.prongs:
            reach = f" (of type: {prong.family})" if prong.family else ""
            yield f"- `{prong.code}` {prong.title}{reach}: {_asked(prong.elements)}"
        yield ""
    yield "### Types of abuse and corruption"
    yield ""
    for kind in law.acts.values():
        yield f"- `{kind.code}` {kind.title} ({kind.family}): {_asked(kind.elements)}"
    yield ""
    yield "### Modes of responsibility"
    yield ""
    for mode in law.modes.values():
        yield f"- `{mode.code}` {mode.title}: {_asked(mode.elements)}"
    yield ""


def _asked(elements: Sequence[Element]) -> str:
    return "; ".join(f"`{one.code}` {one.title}{_standing(one)}" for one in elements) or "nothing of its own"


def _standing(element: Element) -> str:
    if not element.required:
        return " (optional)"
    return f" (one of “{element.group}” is enough)" if element.group else ""


if __name__ == "__main__":
    paths.resource("schema", "dossier-1.md").write_text(explanation(load_law([paths.resource()])), encoding="utf-8")
