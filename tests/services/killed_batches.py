"""Run by test_batches: workers that kill themselves in the middle of a batch, until one lives to finish it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from flask import Flask
from sqlalchemy import update

from kostenklar.models.batch import Batch, BatchItem
from kostenklar.models.ledger import Job
from kostenklar.plugin import jobs
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import batches
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.host import make_app

STEPS_UNTIL_DEATH = 3


def worker(app: Flask, *, dies: bool) -> None:
    """Work the batch off; one that dies is killed after the invoice has its number, before the commit."""
    taken = 0
    whole = batches._take

    def take(batch: Batch, item: BatchItem) -> None:
        nonlocal taken
        whole(batch, item)
        session().flush()
        taken += 1
        if dies and taken == STEPS_UNTIL_DEATH:
            os.kill(os.getpid(), signal.SIGKILL)

    batches._take = take
    with app.app_context(), acting_as("system:jobs"):
        jobs.run_all_due()


def free(app: Flask, batch_id: int) -> None:
    """What "Weitermachen" does about the lease of a worker that died."""
    with app.app_context(), acting_as("system:tests"), unit_of_work():
        session().execute(update(Job).where(Job.unique_key == str(batch_id)).values(leased_until=None))
        session().expire_all()


def main(url: str, folder: str, batch_id: str) -> None:
    """Three die; two that are started together finish it."""
    app = make_app(url, Path(folder))
    for dies in (True, True, True, False):
        free(app, int(batch_id))
        with app.app_context():
            session().remove()
            app.extensions["test-db"].engine.dispose()  # so that each fork opens its own connection
        children = [os.fork() for _ in range(1)] if dies else _two(app)
        for child in children:
            if child == 0:
                worker(app, dies=dies)
                os._exit(0)
        for child in children:
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status) if dies else status == 0, status


def _two(app: Flask) -> list[int]:
    first = os.fork()
    return [first] if first == 0 else [first, os.fork()]


if __name__ == "__main__":
    main(*sys.argv[1:])
