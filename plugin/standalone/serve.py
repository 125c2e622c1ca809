"""`kostenklar serve`: one process for one practice; on the first start with tables, keys and, if wished, the demo."""

from __future__ import annotations

import errno
import logging
import threading
from typing import Any, Final

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from ...models.practice import Practice
from ..actor import acting_as
from ..texts import kt
from . import accounts
from .schema import upgrade_host
from .settings import Settings

_DUE_EVERY: Final = 60.0  # seconds


@click.command()
@click.option("--demo", is_flag=True, help="Load the fictional practice if there is no practice yet.")
@with_appcontext
def serve(demo: bool) -> None:  # noqa: FBT001  # a flag of the command line
    """Serve the practice in this process until Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's documented way
    chosen: Settings = app.extensions["kostenklar_host"]
    from ..cli import bring_up_to_date

    server = bound(app, chosen)
    upgrade_host(app.extensions["sqlalchemy"].engine)
    bring_up_to_date()
    for path in app.extensions["kostenklar_drawn_keys"]:
        click.echo(kt("Neuer Schlüssel: {path}. Bewahren Sie eine Kopie an einem sicheren Ort auf.", path=path))
    _tell_sign_ins(with_demo=demo)
    app.extensions["sqlalchemy"].session.remove()
    click.echo(kt("Kostenklar läuft: {address}", address=chosen.address))
    click.echo(kt("Beenden mit Strg-C"))
    threading.Thread(target=run_due_for_ever, args=(app, threading.Event()), name="due", daemon=True).start()
    server.run()


def bound(app: Flask, chosen: Settings) -> Any:
    """The server, listening already; a taken port ends the command with one sentence."""
    from waitress import create_server

    try:
        return create_server(
            app,
            host=chosen.host,
            port=chosen.port,
            threads=8,
            ident="Kostenklar",
            clear_untrusted_proxy_headers=not chosen.trusted_proxies,  # else ProxyFix would find nothing
        )
    except OSError as wrong:
        if wrong.errno != errno.EADDRINUSE:
            sentence = kt("Unter {address} lässt sich nichts öffnen: {why}", address=chosen.address, why=wrong.strerror)
        else:
            sentence = kt(
                "Der Port {port} ist schon belegt. Nehmen Sie einen anderen: KOSTENKLAR_PORT={other}",
                port=chosen.port,
                other=chosen.port + 1 if chosen.port < 65535 else 8000,
            )
        raise click.ClickException(sentence) from wrong


def run_due_for_ever(app: Flask, stop: threading.Event) -> None:
    """Every minute what is due: sealing the audit, mail. One process serves, so no other one does it."""
    from ..jobs import run_all_due

    while not stop.wait(_DUE_EVERY):
        try:
            with app.app_context(), acting_as("system:jobs"):
                run_all_due()
        except Exception:  # what is due stays due; the next round tries again
            logging.getLogger("kostenklar").exception("what is due could not be done")


def _tell_sign_ins(*, with_demo: bool) -> None:
    session = current_app.extensions["sqlalchemy"].session
    practices = list(session.scalars(select(Practice.id)))
    if with_demo and not practices:
        from ..demo import load_demo

        click.echo(kt("Die Demo-Praxis wird angelegt, das dauert etwa eine halbe Minute."), err=True)
        practices = list(load_demo())
    if accounts.has_accounts():
        click.echo(kt("Es gelten die Passwörter vom ersten Start. Ein neues: kostenklar accounts reset NAME"))
    elif with_demo:
        click.echo(kt("Damit melden Sie sich an. Die Passwörter stehen nur hier und nur dieses eine Mal:"))
        for name, login, password in accounts.create_demo_accounts(practices):
            click.echo(f"  {login:<12} {password}   {name}")
    elif practices:
        click.echo(kt("Es gibt noch kein Konto. Das erste: kostenklar accounts add NAME --role owner"))
    else:
        click.echo(kt("Es gibt noch kein Konto. Eine Praxis und ihr erstes: kostenklar init"))
