"""Search, lists and pages in practices of 1,000, 20,000 and 200,000 patients: does a page stay as fast as it was."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text

from kostenklar.plugin import blobs
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.clock import today
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.host import client_of, make_app
from kostenklar.tests.people import Cast, set_the_scene
from kostenklar.tests.postgres import INSTALL, server_binaries, throw_away_server

from .practice_data import RARE, load_practice, urgent_patient
from .practice_sheets import SHEETS, counts
from .rounds import Line, Options, figure, interleaved, ratio, seconds_each

WARM_RUNS = 50
PAGES = {
    "home": "/kostenklar/",
    "patients, first page": "/kostenklar/patients",
    "patients, 100th page": "/kostenklar/patients>",
    "search, one hit": f"/kostenklar/patients?q={RARE}",
    "search, many hits": "/kostenklar/patients?q=mü",
    "search, name and birth date": "/kostenklar/patients?q=müller 09.03.1984",
    "search, no hit": "/kostenklar/patients?q=xylander",
    "a patient in treatment": "/kostenklar/patients/{key}",
    "treatments, past, first page": "/kostenklar/treatments?when=past",
    "treatments, past, 100th page": "/kostenklar/treatments?when=past>",
    "invoices, first page": "/kostenklar/invoices",
    "invoices, 100th page": "/kostenklar/invoices>",
    "invoices, unpaid, first page": "/kostenklar/invoices?state=issued",
}
"""Name and address; ">" at the end: a hundred pages further, or as many as there are."""


@dataclass
class Practice:
    """A loaded practice with somebody at its desk."""

    patients: int
    engine: Engine
    client: Any
    addresses: dict[str, str]

    def get(self, name: str) -> str:
        """The page as it goes to the browser."""
        answer = self.client.get(self.addresses[name])
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {answer.status}")
        return str(answer.get_data(as_text=True))


def measure(options: Options) -> list[Line]:
    """Growth of each page's time from the smallest to the largest practice, statements, and full scans."""
    sizes = (1_000, 20_000) if options.quick else (1_000, 20_000, 200_000)
    lines = []
    with _sqlite_urls(sizes) as urls:
        lines += _measured("SQLite", urls, options)
    if options.postgresql:
        binaries = server_binaries()
        if binaries is None:
            print(f"  PostgreSQL left out: {INSTALL}")
            return lines
        with _postgresql_urls(binaries, sizes) as urls:
            lines += _measured("PostgreSQL", urls, options)
    return lines


def _measured(where: str, urls: dict[int, str], options: Options) -> list[Line]:
    clock = time.process_time if where == "SQLite" else time.perf_counter  # PostgreSQL works in a process of its own
    with ExitStack() as stack:
        practices = {size: stack.enter_context(_practice(size, url)) for size, url in urls.items()}
        lines = []
        for name in PAGES:
            times = WARM_RUNS // options.rounds + 1
            works = {str(size): seconds_each(partial(each.get, name), times, clock) for size, each in practices.items()}
            found = interleaved(works, options.rounds)
            lines += _page_lines(where, name, found, practices)
        return lines


def _page_lines(where: str, name: str, found: dict[str, list[float]], practices: dict[int, Practice]) -> list[Line]:
    small, large = min(practices), max(practices)
    shown = "  ".join(f"{statistics.median(seconds) * 1000:8.2f} ms" for seconds in found.values())
    statements = {size: _statements(practice, name) for size, practice in practices.items()}
    most = max(len(each) for each in statements.values())
    scans = _scans(practices[large].engine, statements[large])
    print(f"  {where} {name:<30} {shown}  {most} statements {' '.join(sorted(set(scans)))}", flush=True)
    growth, spread = ratio(found[str(large)], found[str(small)])
    return [
        Line(where, f"{name}: time at {figure(large)}, {figure(small)} = 1", growth, spread, 1.5),
        Line(where, f"{name}: statements", most, aim=6),
        *([Line(where, f"{name}: scans of whole tables", len(scans), aim=0)] if scans else []),
    ]


def _statements(practice: Practice, name: str) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_others: object) -> None:
        heard.append((statement, values))

    event.listen(practice.engine, "before_cursor_execute", listen)
    practice.get(name)
    event.remove(practice.engine, "before_cursor_execute", listen)
    return heard


def _scans(engine: Engine, statements: list[tuple[str, Any]]) -> list[str]:
    """Large tables that a statement reads from end to end; what the planner of the database itself says."""
    large = {sheet.table.name for sheet in SHEETS}
    found = []
    with engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
        for statement, values in statements:
            plan = connection.exec_driver_sql(explain + statement, values)
            told = "\n".join(str(row[-1]) for row in plan)
            names = re.findall(r"(?:^SCAN|Seq Scan on) (\w+)(?!.* USING )", told, re.MULTILINE)
            aliases = dict(re.findall(r"(kostenklar_\w+) AS (\w+)", statement))
            named = {alias: table for table, alias in aliases.items()}
            found += [named.get(name, name) for name in names if named.get(name, name) in large]
    return found


@contextmanager
def _practice(size: int, url: str) -> Iterator[Practice]:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(url, Path(folder))
        with app.app_context():
            engine: Engine = app.extensions["test-db"].engine
            cast = _fill(engine, size)
        client = client_of(app, Actor(cast.keys["reception"], cast.names["reception"], frozenset({"reception"}), (1,)))
        practice = Practice(size, engine, client, {})
        for name, page in PAGES.items():
            address = page.format(key=urgent_patient(size))
            practice.addresses[name] = _hundredth(client, address[:-1]) if address.endswith(">") else address
        yield practice
        engine.dispose()


def _fill(engine: Engine, size: int) -> Cast:
    began = time.perf_counter()
    bring_up_to_date()
    cast = set_the_scene()
    with acting_as("system:bench", practices=[cast.practice_id]), unit_of_work():
        blob_id = blobs.put(cast.practice_id, b"%PDF-1.7 a paper", "application/pdf").id
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
                driver.execute(f"PRAGMA {pragma}")
        load_practice(connection, cast, blob_id, size, today())
        connection.commit()
        rows = sum(count for _, count in counts(connection))
    engine.dispose()  # the next connection has the practice's own PRAGMAs again
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    print(
        f"  {engine.dialect.name}: {size:,} patients, {rows:,} rows in {time.perf_counter() - began:.0f} s", flush=True
    )
    return cast


def _hundredth(client: Any, address: str) -> str:
    """Follow the link to the next page, 99 times; a small practice has fewer pages, its last full one is taken."""
    before = address
    for _ in range(99):
        links = re.findall(r'href="([^"]*[?&]after=[^"]*)"', client.get(address).get_data(as_text=True))
        if not links:
            return before
        before, address = address, unescape(links[-1])
    return address


@contextmanager
def _sqlite_urls(sizes: tuple[int, ...]) -> Iterator[dict[int, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield {size: f"sqlite:///{folder}/practice{size}.db" for size in sizes}


@contextmanager
def _postgresql_urls(binaries: Path, sizes: tuple[int, ...]) -> Iterator[dict[int, str]]:
    with throw_away_server(binaries) as server:
        engine = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for size in sizes:
                connection.execute(text(f"CREATE DATABASE practice{size}"))
        engine.dispose()
        yield {size: server.format(name=f"practice{size}") for size in sizes}
