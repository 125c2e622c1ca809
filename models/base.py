"""What every record is made of: the declarative base, its column types, and the two marks Scoped and Versioned."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.types import TypeEngine

from .rules.money import from_cents, to_cents

PREFIX = "kostenklar_"
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BigInt = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows only in INTEGER PRIMARY KEY


class Cents(TypeDecorator[Decimal]):
    """Euros as Decimal in code, whole cents as integer in the database (SQLite keeps NUMERIC as a float)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else to_cents(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_cents(int(value))


class Scaled(TypeDecorator[Decimal]):
    """A Decimal with a fixed number of places, kept as an integer: factors (4 places), areas and sizes (2 places)."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        plain = Decimal(int(value)).scaleb(-self.places)
        whole = plain.to_integral_value()
        return whole if plain == whole else plain.normalize()


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware instant; SQLite, which knows no time zone, keeps it as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Json(TypeDecorator[Any]):
    """JSON, on PostgreSQL as JSONB; None is the database's NULL. On SQLite PostgreSQL's dialect is never loaded."""

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(self.impl_instance)
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


Id = Annotated[int, mapped_column(BigInt, primary_key=True)]
Name = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(60))]
Prose = Annotated[str, mapped_column(Text)]
Euro = Annotated[Decimal, mapped_column(Cents)]
Factor = Annotated[Decimal, mapped_column(Scaled(4))]
Hundredths = Annotated[Decimal, mapped_column(Scaled(2))]
# a folded search or sort key: byte order on both databases, so that a prefix is a range of the index
SortKey = Annotated[str, mapped_column(String(240).with_variant(String(240, collation="C"), "postgresql"))]


class Base(DeclarativeBase):
    """Our own base: a host's metadata, and so its migrations, never see these tables."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            dict[str, Any]: Json,
            list[Any]: Json,
            dt.datetime: UtcDateTime,
            dt.date: Date,
            int: BigInt,
            str: String(200),
        },
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:
        words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)
        return PREFIX + words.lstrip("_")


class Scoped:
    """A record that belongs to one practice and is never seen from another."""

    # No index of its own: a practice is never deleted, and SQLite would prefer it to the ones that find a few rows.
    practice_id: Mapped[int] = mapped_column(BigInt, ForeignKey("kostenklar_practice.id"))


class Versioned:
    """A root that people change: the version a form showed is compared before it is written (promise 7)."""

    version: Mapped[int] = mapped_column(Integer, default=1)
    changed_at: Mapped[dt.datetime | None]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def partial(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows of which `where` is true, in SQL."""
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(where))


def reference(table: str, *, nullable: bool = False, index: bool = True, unique: bool = False) -> Any:
    """A foreign key to one of our tables, with the index that SQLAlchemy does not make by itself."""
    return mapped_column(BigInt, ForeignKey(f"{PREFIX}{table}.id"), nullable=nullable, index=index, unique=unique)
