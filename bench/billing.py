"""A thousand invoices in one batch: is the last hundred as quick as the first, does memory stay flat; and one alone."""

from __future__ import annotations

import gc
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from flask import Flask

from kostenklar.models.invoice import Invoice
from kostenklar.models.rules.batch_states import PRINTED_AT_ONCE, BatchKind
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.batch_print import joined_part
from kostenklar.plugin.services.batches import begin_batch, start_batch, step
from kostenklar.plugin.services.invoice_issue import issue_invoice
from kostenklar.plugin.services.invoice_papers import invoice_content
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.render import render_paper
from kostenklar.tests.batch_scene import drafts_of_many, somebody
from kostenklar.tests.host import make_app
from kostenklar.tests.invoice_scene import a_session
from kostenklar.tests.people import Cast, set_the_scene
from kostenklar.tests.statements import watched

from .rounds import Line, Options, interleaved, milliseconds, ratio

WARM = 20
"""Invoices before the first one that counts: they import, compile and fill caches."""


def measure(options: Options) -> list[Line]:
    """Growth within a batch, and what one invoice takes beside its own paper."""
    count = 200 if options.quick else 1000
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/practice.db", Path(folder))
        with app.app_context():
            bring_up_to_date()
            cast = set_the_scene()
        return _in_a_batch(app, cast, count) + _alone(app, cast, options)


def _in_a_batch(app: Flask, cast: Cast, count: int) -> list[Line]:
    with app.app_context(), _reception(cast):
        ids = drafts_of_many(cast, count + WARM)
        batch_id = _started(cast, ids)
    tenth = count // 10
    _steps(app, batch_id, WARM)
    looked = [_steps(app, batch_id, tenth) for _ in range(10)]
    _steps(app, batch_id, 1)  # the one that closes the looking through
    with app.app_context(), _reception(cast), unit_of_work():
        begin_batch(batch_id)
    _steps(app, batch_id, WARM)
    issued = [_steps(app, batch_id, tenth) for _ in range(10)]
    _steps(app, batch_id, 1)
    print(f"  looked at {1 / looked[0][0]:.0f} a second, issued {1 / issued[0][0]:.0f} a second")
    printed = _printed(app, cast, batch_id, count // PRINTED_AT_ONCE)
    where = f"batch of {count}"
    return [
        Line(where, "time: look at the last hundreds, the first = 1", _growth(looked), aim=1.3),
        Line(where, "time: issue the last hundreds, the first = 1", _growth(issued), aim=1.3),
        Line(where, "memory: after the last hundred, the first = 1", issued[-1][1] / issued[0][1], aim=1.1),
        Line(where, "memory: the last file to print, the first = 1", printed[-1] / printed[0], aim=1.1),
    ]


def _started(cast: Cast, ids: list[int]) -> int:
    with unit_of_work():
        return start_batch(cast.practice_id, BatchKind.ISSUE, ids)


def _steps(app: Flask, batch_id: int, count: int) -> tuple[float, float]:
    """(seconds of the processor for one in the middle, megabytes in use then) of so many, each as the job takes it."""
    taken = []
    for _ in range(count):
        began = time.process_time()
        with app.app_context(), acting_as("system:jobs"), unit_of_work(reason="jobs"):
            step(batch_id)
        taken.append(time.process_time() - began)
    return statistics.median(taken), _megabytes()


def _growth(tenths: list[tuple[float, float]]) -> float:
    """The quickest of the last three tenths beside the quickest of the first three: others use the machine, too."""
    seconds = [taken for taken, _ in tenths]
    return min(seconds[-3:]) / min(seconds[:3])


def _printed(app: Flask, cast: Cast, batch_id: int, parts: int) -> list[float]:
    """Megabytes in use after each file of papers."""
    found = []
    for part in range(1, parts + 1):
        with app.app_context(), _reception(cast):
            began = time.process_time()
            size = len(joined_part(batch_id, part)[0])
            taken = time.process_time() - began
        found.append(_megabytes())
    print(f"  a file of {PRINTED_AT_ONCE} papers: {taken * 1000:.0f} ms, {size / 1024:.0f} kB")
    return found


def _megabytes() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _alone(app: Flask, cast: Cast, options: Options) -> list[Line]:
    """Make a draft, show it, issue it: beside the rendering of its paper, which is most of the work."""
    times = 5 if options.quick else 20
    works = {"create, issue and render": _whole(app, cast, times), "render only": _render(app, cast, times)}
    found = interleaved(works, options.rounds)
    milliseconds(found)
    with app.app_context(), _reception(cast):
        treatment_id = a_session(_anybody(cast))
        with watched(app) as drafted, unit_of_work():
            invoice_id = draft_invoice(treatment_id)
            shown = draft_of(session().get_one(Invoice, invoice_id), today()).fingerprint
        session().remove()
        with watched(app) as issuing, unit_of_work():
            issue_invoice(invoice_id, None, shown, today())
    return [
        Line("one invoice", "time: create, issue and render, rendering = 1", *ratio(*found.values())),
        Line("one invoice", "statements: make and show the draft", len(drafted)),
        Line("one invoice", "statements: issue it, paper and number included", len(issuing)),
    ]


def _whole(app: Flask, cast: Cast, times: int) -> Callable[[], float]:
    def measured() -> float:
        taken = []
        for _ in range(times):
            with app.app_context(), _reception(cast):
                treatment_id = a_session(_anybody(cast))
                began = time.process_time()
                with unit_of_work():
                    invoice_id = draft_invoice(treatment_id)
                    shown = draft_of(session().get_one(Invoice, invoice_id), today()).fingerprint
                with unit_of_work():
                    issue_invoice(invoice_id, None, shown, today())
                taken.append(time.process_time() - began)
        return statistics.median(taken)

    return measured


def _render(app: Flask, cast: Cast, times: int) -> Callable[[], float]:
    with app.app_context(), _reception(cast):
        treatment_id = a_session(_anybody(cast))
        with unit_of_work():
            draft = draft_of(session().get_one(Invoice, draft_invoice(treatment_id)), today())
            content = invoice_content(draft, today())

    def measured() -> float:
        taken = []
        for _ in range(times):
            began = time.process_time()
            render_paper(content)
            taken.append(time.process_time() - began)
        return statistics.median(taken)

    return measured


_NUMBERS = itertools.count(90_000)


def _anybody(cast: Cast) -> Cast:
    return somebody(cast, next(_NUMBERS))


def _reception(cast: Cast) -> AbstractContextManager[Any]:
    return acting_as(
        cast.keys["reception"], name=cast.names["reception"], roles=["reception"], practices=[cast.practice_id]
    )
