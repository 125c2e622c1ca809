"""`kostenklar init` where it runs by itself: the practice, its first person, and this person's account."""

from __future__ import annotations

from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from ..access import Role
from ..init_practice import open_real_practice, unknown_name
from ..init_questions import answered, asking
from ..texts import kt
from . import accounts
from .accounts_cli import STRANGE_LOGIN, tell
from .schema import upgrade_host


@click.command()
@asking
@with_appcontext
def init(**given: Any) -> None:
    """Set up a real practice with its first account; asks for what is not given and prints the password, once."""
    from ..cli import bring_up_to_date

    upgrade_host(current_app.extensions["sqlalchemy"].engine)
    bring_up_to_date()
    answers = answered(given, {"name": unknown_name, "login": _free})
    practice_id = open_real_practice(answers)
    roles = [Role.OWNER, Role.ADMIN, *([Role.PHYSICIAN] if answers["physician"] else [])]
    password = accounts.add_account(answers["login"], _name(answers), roles, [practice_id])
    click.echo(kt("Die Praxis „{name}“ ist angelegt.", name=answers["name"]))
    tell(answers["login"], password)


def _free(login: str) -> str:
    """The login as it is kept; refused before anything is written."""
    try:
        return accounts.free_login(login)
    except accounts.LoginTaken as taken:
        raise click.UsageError(kt("Das Konto {login} gibt es schon.", login=login)) from taken
    except ValueError as strange:
        raise click.UsageError(kt(STRANGE_LOGIN)) from strange


def _name(answers: dict[str, Any]) -> str:
    return f"{answers['title']} {answers['person']}".strip()
