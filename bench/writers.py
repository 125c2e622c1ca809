"""How many invoices several writers issue in a second, and that their numbers stay without a gap or a double."""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, select, text

from kostenklar.models.invoice import Invoice, NumberRange
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.invoice_issue import issue_invoice
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.host import make_app
from kostenklar.tests.invoice_scene import a_session, insured
from kostenklar.tests.people import Cast, set_the_scene
from kostenklar.tests.postgres import INSTALL, server_binaries, throw_away_server

from .rounds import Line, Options, figure, interleaved, ratio

WRITERS = (1, 4, 16)
Drafts = Sequence[tuple[int, str]]
"""Ids with the fingerprint that the page showed."""
Told = tuple[int, float, list[str], float]
"""What a writer issued, its longest wait, its errors, and when it was done (one clock for all processes)."""


@dataclass
class Run:
    """One heap of drafts, worked off by some writers: the seconds it took, what each issued, and the longest wait."""

    seconds: float
    issued: list[int]
    longest: float
    errors: list[str]


@dataclass
class Place:
    """A practice in a database of its own, and the runs that its invoices came from."""

    app: Flask
    cast: Cast
    url: str
    folder: Path
    runs: dict[int, list[Run]] = field(default_factory=dict)


Work = Callable[[Place, Drafts, int], Run]


def measure(options: Options) -> list[Line]:
    """Invoices in a second with 1, 4 and 16 writers: threads on SQLite, processes on PostgreSQL."""
    lines = _lines("SQLite, threads", _sqlite(), _threads, options)
    binaries = server_binaries()
    if binaries is None:
        print(f"  PostgreSQL left out: {INSTALL}")
        return lines
    return lines + _lines("PostgreSQL, processes", _postgresql(binaries), _processes, options)


def _lines(where: str, opened: AbstractContextManager[Place], work: Work, options: Options) -> list[Line]:
    heap = 32 if options.quick else 160
    with opened as place:
        runs = {writers: place.runs.setdefault(writers, []) for writers in WRITERS}
        seconds = interleaved({str(writers): _round(place, writers, heap, work) for writers in WRITERS}, options.rounds)
        wrong = _wrong_numbers(place)
    for writers, each in runs.items():
        rate = statistics.median(heap / run.seconds for run in each)
        longest = statistics.median(run.longest for run in each) * 1000
        print(f"  {where}, {writers:2} writers {rate:8.1f} invoices a second, longest wait {longest:6.0f} ms")
    errors = [error for each in runs.values() for run in each for error in run.errors]
    for error in errors[:5]:
        print(f"  {error}")
    least = [min(run.issued) * WRITERS[-1] / heap for run in runs[WRITERS[-1]]]
    share = statistics.median(least)
    spread = f"{figure(min(least))} to {figure(max(least))}"
    return [
        Line(where, "rate: 4 writers, one = 1", *ratio(seconds["1"], seconds["4"])),
        Line(where, "rate: 16 writers, one = 1", *ratio(seconds["1"], seconds["16"]), 0.5, at_least=True),
        Line(where, "slowest of 16 writers, fair share = 1", share, spread, 0.25, at_least=True),
        Line(where, "errors", len(errors), aim=0),
        Line(where, "gaps and doubles in the numbers", wrong, aim=0),
    ]


def _round(place: Place, writers: int, heap: int, work: Work) -> Callable[[], float]:
    def measure() -> float:
        drafts = _prepare(place, heap + writers)
        place.runs[writers].append(work(place, drafts, writers))
        return place.runs[writers][-1].seconds

    return measure


def _prepare(place: Place, count: int) -> Drafts:
    """Drafts of sessions that took place today, and as many more as there are writers, to warm up with."""
    made = []
    with place.app.app_context(), _reception(place.cast):
        for number in range(count):
            treatment_id = a_session(place.cast, session_no=number + 1)
            with unit_of_work():
                invoice = session().get_one(Invoice, draft_invoice(treatment_id))
                made.append((invoice.id, draft_of(invoice, today()).fingerprint))
    return made


def _issue(app: Flask, cast: Cast, draft: tuple[int, str]) -> float:
    """Issue one invoice as the view does, PDF included; the seconds from the click to the commit."""
    began = time.perf_counter()
    with app.app_context(), _reception(cast), unit_of_work():
        issue_invoice(draft[0], None, draft[1], today())
    return time.perf_counter() - began


def _reception(cast: Cast) -> AbstractContextManager[Any]:
    return acting_as(
        cast.keys["reception"], name=cast.names["reception"], roles=["reception"], practices=[cast.practice_id]
    )


def _write(place: Place, drafts: Drafts, taken: Synchronized[int], ready: Any, first: int) -> Told:
    """One writer: warms up on a draft of its own, then takes from the common heap until it is empty."""
    issued, longest, errors = 0, 0.0, list[str]()
    _issue(place.app, place.cast, drafts[first])
    ready.wait()
    while True:
        with taken.get_lock():
            index, taken.value = taken.value, taken.value + 1
        if index >= len(drafts):
            return issued, longest, errors, time.monotonic()
        try:
            longest = max(longest, _issue(place.app, place.cast, drafts[index]))
            issued += 1
        except Exception as error:  # noqa: BLE001  # whatever it is, it is counted and told
            errors.append(f"{type(error).__name__}: {error}")


def _threads(place: Place, drafts: Drafts, writers: int) -> Run:
    """Writers in one process, as SQLite is served."""
    taken, ready = multiprocessing.Value("l", writers), threading.Barrier(writers + 1)
    results: list[Told] = []

    def writer(first: int) -> None:
        results.append(_write(place, drafts, taken, ready, first))

    crew = [threading.Thread(target=writer, args=(first,)) for first in range(writers)]
    return _timed(crew, ready, lambda: results)


def _processes(place: Place, drafts: Drafts, writers: int) -> Run:
    """Writers in processes of their own, as PostgreSQL is served."""
    fork = multiprocessing.get_context("fork")  # each has the imports already, like a worker that runs for a while
    taken, ready, told = fork.Value("l", writers), fork.Barrier(writers + 1), fork.SimpleQueue()

    def writer(first: int) -> None:
        own = Place(make_app(place.url, place.folder), place.cast, place.url, place.folder)
        told.put(_write(own, drafts, taken, ready, first))

    crew = [fork.Process(target=writer, args=(first,)) for first in range(writers)]
    return _timed(crew, ready, lambda: [told.get() for _ in crew])


def _timed(crew: Sequence[Any], ready: Any, results: Callable[[], list[Told]]) -> Run:
    for member in crew:
        member.start()
    ready.wait(120)
    began = time.monotonic()
    for member in crew:
        member.join()
    issued, longest, errors, finished = zip(*results(), strict=True)
    return Run(max(finished) - began, list(issued), max(longest), [error for each in errors for error in each])


def _wrong_numbers(place: Place) -> int:
    """How many numbers are missing, twice, or beyond the range's next one."""
    with place.app.app_context():
        numbers = list(session().scalars(select(Invoice.number).where(Invoice.number.is_not(None))))
        drawn = session().scalar(select(NumberRange.next_number).where(NumberRange.kind == "invoice"))
    found = sorted(int(str(number).rpartition("-")[2]) for number in numbers)
    print(f"  {len(found)} invoices, numbers {found[0]} to {found[-1]}, the next one is {drawn}")
    wanted = set(range(1, len(found) + 1))
    return len(wanted ^ set(found)) + len(found) - len(set(found)) + abs((drawn or 0) - len(found) - 1)


@contextmanager
def _sqlite() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        yield _open(f"sqlite:///{folder}/practice.db", Path(folder))


@contextmanager
def _postgresql(binaries: Path) -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder, throw_away_server(binaries, durable=True) as server:
        engine = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE practice"))
        engine.dispose()
        place = _open(server.format(name="practice"), Path(folder))
        yield place
        with place.app.app_context():
            place.app.extensions["test-db"].engine.dispose()


def _open(url: str, folder: Path) -> Place:
    app = make_app(url, folder)
    with app.app_context():
        bring_up_to_date()
        cast = set_the_scene()
        with _reception(cast):
            insured(cast, "self_payer")
    return Place(app, cast, url, folder)
