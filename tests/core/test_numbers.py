"""Numbers are gapless and unique, whatever is killed and however many write (promise 3)."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from kostenklar.models.records import IssuedPaper
from kostenklar.models.rules.numbering import NumberKind, gaps_and_doubles
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.numbers import draw
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.core import killed_writers
from kostenklar.tests.core.drawing import keep_paper
from kostenklar.tests.people import Cast


def numbers() -> list[str]:
    return list(session().scalars(select(IssuedPaper.number).order_by(IssuedPaper.number)))


def test_each_kind_and_year_counts_for_itself(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work():
        drawn = [draw(cast.practice_id, NumberKind.INVOICE, 2026) for _ in range(2)]
        drawn += [
            draw(cast.practice_id, NumberKind.INVOICE, 2027),
            draw(cast.practice_id, NumberKind.CANCELLATION, 2026),
        ]
        drawn += [draw(cast.stranger_id, NumberKind.INVOICE, 2026), draw(cast.practice_id, NumberKind.PATIENT, 2026)]
    assert drawn == ["RE-2026-0001", "RE-2026-0002", "RE-2027-0001", "ST-2026-0001", "RE-2026-0001", "PA-0001"]


def test_a_rolled_back_transaction_gives_its_number_back(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work():
        draw(cast.practice_id, NumberKind.INVOICE, 2026)
        session().rollback()
    with unit_of_work():
        assert draw(cast.practice_id, NumberKind.INVOICE, 2026) == "RE-2026-0001"


def test_fifty_writers_killed_between_draw_and_commit_leave_no_gap(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    command = [sys.executable, killed_writers.__file__, database_url, str(tmp_path)]
    subprocess.run([*command, str(cast.practice_id), str(cast.patient_id), "50"], check=True)

    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
        assert numbers() == [f"RE-2026-{n:04d}" for n in range(1, 52)]
        assert [line for line in problems() if "Nummer" in line] == []


def test_sixteen_writers_at_once_draw_gapless_and_unique_numbers(app: Flask, cast: Cast) -> None:
    failed: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(5):
                with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]), unit_of_work():
                    keep_paper(cast.practice_id, cast.patient_id, draw(cast.practice_id, NumberKind.INVOICE, 2026))
        except BaseException as error:  # noqa: BLE001  # whatever a writer meets, the test shows it
            failed.append(error)

    writers = [threading.Thread(target=write) for _ in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert failed == []
    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
        assert len(numbers()) == 80
        assert gaps_and_doubles(numbers()).clean


def test_check_names_a_gap_and_a_paper_that_is_missing(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work():
        keep_paper(cast.practice_id, cast.patient_id, draw(cast.practice_id, NumberKind.INVOICE, 2026))
        draw(cast.practice_id, NumberKind.INVOICE, 2026)
        keep_paper(cast.practice_id, cast.patient_id, draw(cast.practice_id, NumberKind.INVOICE, 2026))
        draw(cast.practice_id, NumberKind.CANCELLATION, 2026)

    found = list(problems())

    assert "Nummer RE-2026-0002 fehlt" in found
    assert "Nummer ST-2026-0001 ist zuletzt vergeben, es gibt dazu 0 Dokumente" in found


def test_two_who_open_the_years_first_number_at_once_both_get_one(app: Flask, cast: Cast) -> None:
    drawn: list[str] = []
    start = threading.Barrier(2)

    def write() -> None:
        with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
            start.wait()
            with unit_of_work():
                drawn.append(draw(cast.practice_id, NumberKind.INVOICE, 2030))

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(drawn) == ["RE-2030-0001", "RE-2030-0002"]
