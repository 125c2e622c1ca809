"""The commands of the standalone host: serve, accounts, init, and one upgrade for the plugin's tables and its own."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from .accounts_cli import accounts
from .init_cli import init
from .schema import upgrade_host
from .serve import serve


def add_commands(app: Flask) -> None:
    """Lift the plugin's commands out of their group (`flask kostenklar check` is `kostenklar check` here), add ours."""
    group = app.cli.commands.pop("kostenklar", None)
    for name, command in (group.commands if isinstance(group, click.Group) else {}).items():
        app.cli.add_command(command, name)
    plugin_upgrade = app.cli.commands.get("upgrade")
    if plugin_upgrade is not None:
        app.cli.add_command(_with_host_tables(plugin_upgrade), "upgrade")
    app.cli.add_command(init)  # with an account, which the plugin knows nothing of
    app.cli.add_command(serve)
    app.cli.add_command(accounts)


def _with_host_tables(plugin_upgrade: click.Command) -> click.Command:
    @click.pass_context
    def upgrade(context: click.Context, /, **options: object) -> None:
        upgrade_tables()
        context.invoke(plugin_upgrade, **options)

    return click.Command(
        "upgrade", callback=with_appcontext(upgrade), params=plugin_upgrade.params, help=plugin_upgrade.help
    )


def upgrade_tables() -> None:
    """Bring the host's own tables to this release."""
    upgrade_host(current_app.extensions["sqlalchemy"].engine)
