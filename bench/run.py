"""Measures what docs/bench.md tells of: `make bench` for all, `python -P bench/run.py lists --quick` for one."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module

from kostenklar.bench.rounds import Line, Options, table

QUESTIONS = ("invoice_pdf", "lists", "writers", "startup", "fee_search", "billing")


def main() -> None:
    """Ask each question in a fresh process of its own and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="*", choices=[*QUESTIONS, []], help="one or more; all of them without")
    parser.add_argument("--quick", action="store_true", help="few rows and rounds; its figures say little")
    parser.add_argument("--postgresql", action="store_true", help="measure the lists on PostgreSQL, too")
    given = parser.parse_args()
    print(machine())
    lines: list[Line] = []
    for question in given.question or QUESTIONS:
        print(f"\n{question}", flush=True)
        lines += _in_a_fresh_process(question, Options(quick=given.quick, postgresql=given.postgresql))
    print(f"\n{table(lines)}")


def machine() -> str:
    """What this was measured on, and how busy it was."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, load {load}"
    )


def _in_a_fresh_process(question: str, options: Options) -> list[Line]:
    # What one question leaves in memory would be paid for by the garbage collector of the next.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(answer, question, options).result()


def answer(question: str, options: Options) -> list[Line]:
    """The lines of one question."""
    found: list[Line] = import_module(f"kostenklar.bench.{question}").measure(options)
    return found


if __name__ == "__main__":
    main()
