"""What the benchmarks share: interleaved rounds, ratios of one run, and the lines of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True)
class Options:
    """quick: few rows and few rounds, to see that it runs. postgresql: lists on PostgreSQL, too."""

    quick: bool = False
    postgresql: bool = False

    @property
    def rounds(self) -> int:
        return 3 if self.quick else ROUNDS


@dataclass(frozen=True)
class Line:
    """A line of the table: what was compared, the figure, and the aim it is held against; none is for information."""

    question: str
    what: str
    figure: float
    spread: str = ""
    aim: float | None = None
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        if self.aim is None:
            return True
        return self.figure >= self.aim if self.at_least else self.figure <= self.aim


def interleaved(variants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Run A B C, A B C, ...: whatever slows the machine down for a while slows all of them down."""
    found: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, measure in variants.items():
            found[name].append(measure())
    return found


def seconds_each(
    work: Callable[[], object], times: int, clock: Callable[[], float] = time.process_time
) -> Callable[[], float]:
    """A measurement: the median seconds of one call of `work` among some, after one to warm up.

    The processor's time, unless another `clock` is given: what else the machine is busy with does not count.
    """

    def measure() -> float:
        work()
        taken = []
        for _ in range(times):
            began = clock()
            work()
            taken.append(clock() - began)
        return statistics.median(taken)

    return measure


def ratio(subject: list[float], anchor: list[float]) -> tuple[float, str]:
    """(median of the rounds' own ratios, "lowest to highest")."""
    each = [mine / other for mine, other in zip(subject, anchor, strict=True)]
    return statistics.median(each), f"{figure(min(each))} to {figure(max(each))}"


def figure(value: float) -> str:
    """Three digits that count; whole numbers as they are."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def milliseconds(found: Mapping[str, list[float]]) -> None:
    """Print what a variant took, for whoever wonders; other machines have other milliseconds."""
    for name, seconds in found.items():
        print(f"  {name:<58} {statistics.median(seconds) * 1000:10.2f} ms")


def table(lines: list[Line]) -> str:
    """The table that make bench ends with."""
    rows = [("question", "ratio or count", "found", "lowest to highest", "aim", "")]
    for line in lines:
        sign = "at least" if line.at_least else "at most"
        aim = "" if line.aim is None else f"{sign} {figure(line.aim)}"
        found = f"{figure(line.figure)}{line.unit}"
        rows.append((line.question, line.what, found, line.spread, aim, "" if line.met else "MISSED"))
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    rows.insert(1, tuple("-" * width for width in widths))  # type: ignore[arg-type]  # six texts, too
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
