"""Opens the real practice that `kostenklar init` asked for: the legal entity, its first site, its first person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import select

from ..models.practice import Practice
from ..models.rules.folding import fold
from .actor import acting_as
from .extension import session
from .services.practice import PhysicianData, StaffData, keep_staff
from .services.setup import NewPractice, open_practice
from .texts import kt
from .unit_of_work import unit_of_work


def open_real_practice(answers: Mapping[str, Any]) -> int:
    """The new practice's id. Raises UsageError where one of this name is there already."""
    with acting_as("system:init"), unit_of_work(reason="init"):
        unknown_name(answers["name"])
        practice_id = open_practice(_practice(answers)).id
        with acting_as("system:init", practices=[practice_id]):
            keep_staff(practice_id, None, None, _first_person(answers))
        return practice_id


def unknown_name(name: str) -> str:
    """The name again; raises UsageError where a practice has it, however its umlauts are written."""
    wanted = fold(name).spelled
    if any(fold(known).spelled == wanted for known in session().scalars(select(Practice.name))):
        raise click.UsageError(kt("Eine Praxis mit dem Namen „{name}“ gibt es schon.", name=name))
    return name


def _practice(answers: Mapping[str, Any]) -> NewPractice:
    same = ("name", "legal_form", "street", "postcode", "city", "tax_number", "iban", "telephone", "email")
    return NewPractice(**{name: answers[name] for name in same}, federal_state=answers["state"])


def _first_person(answers: Mapping[str, Any]) -> StaffData:
    return StaffData(
        name=answers["person"],
        title=answers["title"],
        employment="owner",
        actor_key=answers["login"],
        physician=PhysicianData() if answers["physician"] else None,
    )
