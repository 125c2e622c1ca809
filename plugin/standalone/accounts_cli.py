"""`kostenklar accounts`: list, add, reset, deactivate."""

from __future__ import annotations

from typing import Final

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from ...models.practice import Practice
from ..access import Role
from ..texts import kt, lazy_kt
from . import accounts as store

STRANGE_LOGIN: Final = lazy_kt("Ein Anmeldename hat höchstens 60 Buchstaben, Ziffern, Punkte oder Striche.")

accounts = AppGroup("accounts", help="Who may sign in. Passwords are drawn, never chosen here.")


@accounts.command("list")
def list_() -> None:
    """Every account: login, roles, practices, name."""
    for account in store.all_accounts():
        roles = ", ".join(role.name for role in account.roles)
        places = ", ".join(str(practice) for practice in account.practice_ids)
        closed = "" if account.active else " " + kt("(abgeschaltet)")
        click.echo(f"{account.login:<20} {roles:<20} {places:<8} {account.name}{closed}")


@accounts.command()
@click.argument("login")
@click.option("--name", default="", help="As it stands on the screen and in the history; the login if left out.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--practice", "practices", multiple=True, type=int, help="Its number; all practices if left out.")
def add(login: str, name: str, roles: tuple[str, ...], practices: tuple[int, ...]) -> None:
    """Open an account and print its password, once."""
    known = set(current_app.extensions["sqlalchemy"].session.scalars(select(Practice.id)))
    if unknown := set(practices) - known:
        raise click.ClickException(
            kt("Diese Praxis gibt es nicht: {numbers}", numbers=", ".join(map(str, sorted(unknown))))
        )
    try:
        password = store.add_account(
            login, name or login, [Role(role) for role in roles], list(practices or sorted(known))
        )
    except store.LoginTaken as taken:
        raise click.ClickException(kt("Das Konto {login} gibt es schon.", login=login)) from taken
    except ValueError as strange:
        raise click.ClickException(kt(STRANGE_LOGIN)) from strange
    tell(login, password)


@accounts.command()
@click.argument("login")
def reset(login: str) -> None:
    """Draw a new password, drop the second factor, open the account again."""
    try:
        tell(login, store.reset_password(login))
    except store.NoSuchAccount as unknown:
        raise _no_such(login) from unknown


@accounts.command()
@click.argument("login")
def deactivate(login: str) -> None:
    """Close an account; what it did stays in the history."""
    try:
        store.deactivate(login)
    except store.NoSuchAccount as unknown:
        raise _no_such(login) from unknown
    except store.LastLeader as last:
        raise click.ClickException(
            kt("{login} ist das letzte Konto mit Leitung. Öffnen Sie zuerst ein anderes mit --role owner.", login=login)
        ) from last
    click.echo(kt("Das Konto {login} ist abgeschaltet.", login=login))


def _no_such(login: str) -> click.ClickException:
    return click.ClickException(kt("Ein Konto {login} gibt es nicht.", login=login))


def tell(login: str, password: str) -> None:
    """Print a drawn password, the only time it is shown."""
    click.echo(
        kt(
            "Das Passwort für {login} steht nur hier und nur dieses eine Mal: {password}",
            login=login,
            password=password,
        )
    )
