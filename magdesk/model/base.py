"""The base of all stored rows: UUIDv7 keys, cleaned text, partial dates, choices stored by name."""

from __future__ import annotations

import sys
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Enum, MetaData, String, Text, Uuid, event, inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, QueryableAttribute, mapped_column
from sqlalchemy.types import TypeDecorator

from magdesk.dates.partialdate import PartialDate
from magdesk.values import clean_text, new_id


class PartialDateType(TypeDecorator[PartialDate]):
    """Stores a :class:`PartialDate` as its EDTF text."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else value.text

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        """From the database."""
        return None if value is None else PartialDate(value)


class DecimalType(TypeDecorator[Decimal]):
    """Stores a sum of money digit by digit; a binary fraction would change it."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """From the database."""
        return None if value is None else Decimal(value)


class UtcDateTime(TypeDecorator[datetime]):
    """Stores an aware moment in UTC; SQLite itself keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """A row of the case. Its key is made when the object is made, so rows can refer to each other before saving."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        uuid.UUID: Uuid(),
        PartialDate: PartialDateType,
        Decimal: DecimalType,
        datetime: UtcDateTime,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
    }

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=-10)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no field {name!r}")
            setattr(self, name, value)
        for column in self.__mapper__.column_attrs:
            default = column.columns[0].default
            if column.key not in values and default is not None and default.is_scalar:
                setattr(self, column.key, default.arg)

    def __repr__(self) -> str:
        # The key only: a repr ends up in logs and tracebacks, a name must not.
        return f"<{type(self).__name__} {self.id}>"


class Ranked:
    """A row that has a place among its siblings, set by the user.

    Attributes:
        rank: ascending; ties fall back to the time-ordered key.
    """

    rank: Mapped[int] = mapped_column(default=0)


def _clean_on_set(target: Base, value: object, _old: object, _initiator: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _validate_text(cls: type[Base], key: str, attribute: QueryableAttribute[Any]) -> None:
    """Every text column cleans what is assigned to it, whatever door it came through."""
    columns = getattr(attribute.property, "columns", None)
    if columns and isinstance(columns[0].type, String) and not isinstance(columns[0].type, Enum):
        event.listen(attribute, "set", _clean_on_set, retval=True)


def _give_its_state_a_dict(target: Base, *_ignored: object) -> None:
    """Make the attribute dictionary of the ORM's state of a row while the row is held, not when it is first needed.

    Before CPython 3.12 a state begins with a bare array of values, which becomes a dictionary at the first look at
    its ``__dict__`` or at an attribute too many. Making that dictionary can start the garbage collector there and
    then; if the row is garbage by that time, its weak reference has the state clean itself up, in the middle of
    this, which makes the dictionary too. Then two own the array, it is freed twice, and the memory of the process is
    broken: it ends without a word at some later allocation, most likely while rows are read. From 3.12 on the
    collector runs between two instructions only.
    """
    vars(inspect(target))


if sys.version_info < (3, 12):
    for _moment in ("init", "load"):
        event.listen(Base, _moment, _give_its_state_a_dict, propagate=True)
