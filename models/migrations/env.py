"""Runs the migrations on the connection that models.schema hands over."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import TypeDecorator

from kostenklar.models.base import Json
from kostenklar.models.records import PREFIX, Base
from kostenklar.models.schema import VERSION_TABLE


def only_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Autogenerate looks at our tables only."""
    return kind != "table" or (name or "").startswith(PREFIX)


def plain_type(kind: str, value: object, _context: object) -> str | Literal[False]:
    """A migration spells a column's database type, not our class, which may change later."""
    if kind == "type" and isinstance(value, Json):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "type" and isinstance(value, TypeDecorator):
        return "sa.BigInteger()" if "Integer" in repr(value.impl) else "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_name=only_ours,
    render_item=plain_type,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
