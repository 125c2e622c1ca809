"""Run by Alembic: the host's migrations, on the connection that schema.py opened."""

from __future__ import annotations

from alembic import context

from kostenklar.plugin.standalone.records import HostBase
from kostenklar.plugin.standalone.schema import VERSION_TABLE


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Only the host's tables; the plugin's have migrations of their own."""
    return kind != "table" or (name or "").startswith("standalone_")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=HostBase.metadata,
    version_table=VERSION_TABLE,
    include_name=include_name,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
