"""Run by test_numbers: forks writers that kill themselves between drawing a number and the commit."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from flask import Flask

from kostenklar.models.rules.numbering import NumberKind
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.services.numbers import draw
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.core.drawing import keep_paper
from kostenklar.tests.host import make_app


def writer(app: Flask, practice_id: int, patient_id: int, *, dies: bool) -> None:
    """Draw a number for a paper; die by SIGKILL before the commit, or commit."""
    with app.app_context(), acting_as("system:tests", practices=[practice_id]), unit_of_work():
        keep_paper(practice_id, patient_id, draw(practice_id, NumberKind.INVOICE, 2026))
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, folder: str, practice: str, patient: str, times: str) -> None:
    """Alternate a killed and a surviving writer."""
    app = make_app(url, Path(folder))
    writer(app, int(practice), int(patient), dies=False)  # imports and compiles everything once, before the forks
    with app.app_context():
        app.extensions["test-db"].engine.dispose()  # so that each fork opens its own connection
    for _ in range(int(times)):
        for dies in (True, False):
            child = os.fork()
            if child == 0:
                writer(app, int(practice), int(patient), dies=dies)
                os._exit(0)
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status) if dies else status == 0, status


if __name__ == "__main__":
    main(*sys.argv[1:])
