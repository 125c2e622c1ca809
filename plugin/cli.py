"""The commands of `kostenklar` that concern the plugin: upgrade, check, seal, run-due, init, demo."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from .actor import acting_as

commands = AppGroup("kostenklar", help="Kostenklar: schema, checks, jobs, demo practice.")


@commands.command("upgrade")
def upgrade() -> None:
    """Bring tables and triggers up to date and load new shipped texts."""
    bring_up_to_date()
    click.echo("Die Tabellen sind auf dem neuesten Stand.")


@commands.command("check")
def check() -> None:
    """Prove numbers, paper hashes, the audit chain and the triggers."""
    from .services.checks import problems
    from .services.seal import seal
    from .unit_of_work import unit_of_work

    with acting_as("system:check"):
        with unit_of_work(reason="check"):
            while seal():
                pass
        found = list(problems())
    for line in found:
        click.echo(line)
    click.echo("Alles in Ordnung." if not found else f"{len(found)} Auffälligkeiten.")
    sys.exit(1 if found else 0)


@commands.command("run-due")
def run_due() -> None:
    """Run the jobs that are due (call it every minute where several workers share a PostgreSQL)."""
    from . import jobs

    with acting_as("system:jobs"):
        click.echo(f"{jobs.run_due()} Schritte.")


@commands.command("demo")
@click.option(
    "--papers", type=click.Path(file_okay=False, path_type=Path), help="Write one of each paper to this folder."
)
def demo(papers: Path | None) -> None:
    """Load the demo practice (fictional), or write one of each paper."""
    from .demo import load_demo, write_papers

    if papers:
        for file in write_papers(papers):
            click.echo(str(file))
        return
    bring_up_to_date()
    click.echo(f"{len(load_demo())} Praxis geladen.")


def bring_up_to_date() -> None:
    """Upgrade the schema and load shipped texts and the fee schedule."""
    from ..models.schema import upgrade as upgrade_schema
    from .clock import today
    from .extension import extension
    from .services.setup import load_reference
    from .unit_of_work import unit_of_work

    upgrade_schema(extension().db.engine)
    with acting_as("system:upgrade"), unit_of_work(reason="upgrade"):
        load_reference(today())
