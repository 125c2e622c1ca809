"""The search in the fee schedule at each key stroke, against a page of ours that looks nothing up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from kostenklar.plugin.actor import Actor
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.tests.host import client_of, make_app
from kostenklar.tests.people import set_the_scene

from .rounds import Line, Options, figure, interleaved, milliseconds, ratio, seconds_each

EMPTY = "an empty page: signed in, our frame, nothing looked up"
TYPED = ("kryotherapie", "2440", "tätowierung", "untersuchung der haut", "zzz")
"""Each is typed letter by letter; the last finds nothing."""

_TIMES = 30


def measure(options: Options) -> list[Line]:
    """Time of a key stroke, the empty page = 1, for each typed word; and statements."""
    with _desk() as (client, engine):
        works = {EMPTY: partial(_get, client, "/kostenklar/me")}
        for word in TYPED:
            works[word] = partial(_typed, client, word)
        times = 5 if options.quick else _TIMES
        found = interleaved({name: seconds_each(work, times) for name, work in works.items()}, options.rounds)
        strokes = {word: [seconds / len(word) for seconds in found[word]] for word in TYPED}
        milliseconds({EMPTY: found[EMPTY], **strokes})
        lines = []
        for word, seconds in strokes.items():
            growth, spread = ratio(seconds, found[EMPTY])
            lines.append(Line("fee_search", f"a key stroke of “{word}”, the empty page = 1", growth, spread, 3))
        most = max(_statements(engine, partial(_get, client, _address(word))) for word in TYPED)
        print(f"  statements a key stroke: {figure(most)}")
        return [*lines, Line("fee_search", "statements a key stroke", most, aim=6)]


def _typed(client: Any, word: str) -> None:
    """All key strokes of a word."""
    for length in range(1, len(word) + 1):
        _get(client, _address(word[:length]))


def _address(typed: str) -> str:
    return f"/kostenklar/fees/search?part=1&to=price&q={typed}"


def _get(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status}")


def _statements(engine: Any, work: partial[None]) -> int:
    heard: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_others: object) -> None:
        heard.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    work()
    event.remove(engine, "before_cursor_execute", listen)
    return len(heard)


@contextmanager
def _desk() -> Iterator[tuple[Any, Any]]:
    """A practice with the whole schedule, and somebody at its desk."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/fees.db", Path(folder))
        with app.app_context():
            bring_up_to_date()
            cast = set_the_scene()
            engine = app.extensions["test-db"].engine
        who = Actor(cast.keys["reception"], cast.names["reception"], frozenset({"reception"}), (cast.practice_id,))
        yield client_of(app, who), engine
        engine.dispose()
