"""The commands of `kostenklar` that concern the plugin: upgrade, check, run-due, init, demo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from .actor import acting_as
from .init_questions import answered, asking
from .schedules_cli import schedules
from .texts import kt

commands = AppGroup("kostenklar", help="Kostenklar: tables, proofs, jobs, a real practice, the demo practice.")
commands.add_command(schedules)


@commands.command("upgrade")
def upgrade() -> None:
    """Bring tables and triggers up to date and load new shipped texts."""
    bring_up_to_date()
    click.echo(kt("Die Tabellen sind auf dem neuesten Stand."))


@commands.command("check")
def check() -> None:
    """Prove numbers, paper hashes, the audit chain and the triggers; exit code 1 where something is wrong."""
    from .services.checks import prove

    with acting_as("system:check"):
        _seal_what_waits()
        proof = prove()
    for line in proof.problems:
        click.echo(line)
    if proof.counts:
        counts = {noun: proof.counts[noun] for noun in ("papers", "scans", "numbers", "entries", "triggers")}
        click.echo(
            kt(
                "Geprüft: {papers} Dokumente, {scans} Scans, {numbers} Nummern, "
                "{entries} Änderungen, {triggers} Trigger.",
                **counts,
            )
        )
    if proof.last_seal[0]:
        click.echo(kt("Letztes Siegel: {seq}, {hash}", seq=proof.last_seal[0], hash=proof.last_seal[1]))
    click.echo(kt("Auffällig: {count}", count=len(proof.problems)) if proof.problems else kt("Alles in Ordnung."))
    sys.exit(1 if proof.problems else 0)


@commands.command("run-due")
def run_due() -> None:
    """Run the jobs that are due (call it every minute where several workers share a PostgreSQL)."""
    from . import jobs

    with acting_as("system:jobs"):
        click.echo(kt("Erledigte Schritte: {count}", count=jobs.run_all_due()))


@commands.command("init")
@asking
def init(**given: Any) -> None:
    """Set up a real practice: asks for what is not given. In a host, the sign-in is its key for the person."""
    from .init_practice import open_real_practice, unknown_name

    bring_up_to_date()
    answers = answered(given, {"name": unknown_name})
    open_real_practice(answers)
    click.echo(kt("Die Praxis „{name}“ ist angelegt.", name=answers["name"]))


@commands.command("demo")
@click.option(
    "--papers", type=click.Path(file_okay=False, path_type=Path), help="Write one of each paper to this folder."
)
def demo(papers: Path | None) -> None:
    """Load the demo practice (fictional), or write one of each paper."""
    if papers:
        from .demo_papers import write_papers

        for file in write_papers(papers):
            click.echo(str(file))
        return
    from .demo import is_there, load_demo

    bring_up_to_date()
    if is_there():
        raise click.ClickException(kt("Es gibt schon eine Praxis. Die Demo lädt nur in eine leere Datenbank."))
    load_demo()
    click.echo(kt("Die Demo-Praxis ist geladen. Alle Personen darin sind erfunden."))


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


def _seal_what_waits() -> None:
    """What was committed since the last round belongs to the proof; tables of another release are left alone."""
    from ..models.schema import HEAD, current
    from .extension import session
    from .services.seal import seal
    from .unit_of_work import unit_of_work

    if current(session().connection()) != HEAD:
        return
    with unit_of_work(reason="check"):
        while seal():
            pass
