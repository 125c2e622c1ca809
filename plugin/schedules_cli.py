"""The command `kostenklar schedules`: load a fee schedule from a file, and see which ones are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from .actor import acting_as
from .texts import kt

if TYPE_CHECKING:
    from ..models.rules.schedule_file import RowFault

_SHOWN = 20


schedules = AppGroup("schedules", help="Fee schedules: load another one from a file, list those that are there.")


@schedules.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", required=True, help="What the schedule is called, for example GOÄ 2027.")
@click.option(
    "--valid-from", required=True, type=click.DateTime(["%d.%m.%Y", "%Y-%m-%d"]), help="The first day it holds."
)
def load(file: Path, name: str, valid_from: dt.datetime) -> None:
    """Load FILE (CSV, UTF-8) as a schedule; the one before ends the day before. All rows or none."""
    from ..models.rules.severity import RuleBroken
    from .sentences import sentences
    from .services.schedules import FileRefused, load_schedule
    from .unit_of_work import unit_of_work

    try:
        with acting_as("system:schedules"), unit_of_work(reason=f"schedule {name}"[:200]):
            loaded = load_schedule(file.read_bytes(), name, valid_from.date())
    except FileRefused as refused:
        raise click.ClickException(_told(refused.faults)) from None
    except RuleBroken as broken:
        raise click.ClickException(" ".join(sentences(broken.findings))) from None
    click.echo(kt("Geladen: {count} Leistungen als „{name}“.", count=loaded.count, name=name))
    for ended in loaded.ended:
        click.echo(kt("„{name}“ gilt noch bis zum Tag davor.", name=ended))
    if loaded.doubtful:
        numbers = ", ".join(loaded.doubtful[:_SHOWN])
        click.echo(
            kt("Bitte vergleichen ({count}): {numbers}", count=len(loaded.doubtful), numbers=numbers)
            + (" …" if len(loaded.doubtful) > _SHOWN else "")
        )


@schedules.command("list")
def list_them() -> None:
    """Which schedules are loaded, and when they hold."""
    from . import formats
    from .services.schedules import schedules as loaded

    for each in loaded():
        days = f"{formats.day(each.valid_from)} – {formats.day(each.valid_to) if each.valid_to else ''}".rstrip()
        click.echo(f"{each.name}: {days}, {kt('{count} Leistungen', count=each.count)}")


def _told(faults: Sequence[RowFault]) -> str:
    from .schedule_texts import fault_sentence

    lines = [fault_sentence(each) for each in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(kt("und {count} weitere Fehler", count=len(faults) - _SHOWN))
    return "\n".join([kt("Es wurde nichts geladen."), *lines])
