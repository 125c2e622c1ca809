"""A new fee schedule loads whole or not at all, beside the old one, which ends the day before."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from importlib.resources import files

import pytest
from sqlalchemy import func, select

from kostenklar.models.rules.schedule_file import Fault
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.text_version import GoaePosition
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.fee_search import search_fees
from kostenklar.plugin.queries.fees import positions
from kostenklar.plugin.services.fees import position
from kostenklar.plugin.services.schedules import FileRefused, load_schedule, read_file, schedules
from kostenklar.plugin.services.setup import SCHEDULE
from kostenklar.plugin.unit_of_work import unit_of_work

SHIPPED = files("kostenklar.models.catalogue").joinpath("goae.csv").read_bytes()
STARTS = dt.date(2027, 7, 1)
BEFORE = dt.date(2027, 6, 30)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def as_file(rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def count() -> int:
    return session().scalar(select(func.count()).select_from(GoaePosition)) or 0


def load(data: bytes, name: str = "GOÄ neu", starts: dt.date = STARTS):
    with unit_of_work():
        return load_schedule(data, name, starts)


def break_down_after_loading() -> None:
    with unit_of_work():
        load_schedule(SHIPPED, "GOÄ neu", STARTS)
        raise ZeroDivisionError


def dearer() -> bytes:
    """The shipped one with Nr. 740 at 100 points and Nr. 757 gone."""
    rows = [row for row in rows_of(SHIPPED) if row["number"] != "757"]
    for row in rows:
        if row["number"] == "740":
            row |= {"points": "100", "amount_1_0": "5.83"}
    return as_file(rows)


def test_a_new_schedule_holds_from_its_day_on_and_the_old_one_until_the_day_before(as_reception):
    loaded = load(dearer())
    assert (loaded.count, loaded.ended) == (2843, (SCHEDULE,))
    assert [position("740", day).points for day in (BEFORE, STARTS)] == [71, 100]
    assert "757" in positions(["757"], BEFORE)
    assert positions(["757"], STARTS) == {}
    assert [(each.name, each.valid_to) for each in schedules()] == [(SCHEDULE, BEFORE), ("GOÄ neu", None)]


def test_the_search_knows_the_new_schedule_at_once(as_reception):
    assert search_fees("740", BEFORE).rows[0].single == Decimal("4.14")
    load(dearer())
    assert search_fees("740", BEFORE).rows[0].single == Decimal("4.14")
    assert search_fees("740", STARTS).rows[0].single == Decimal("5.83")
    assert search_fees("757", STARTS).count == 0


def test_doubtful_rows_are_loaded_and_marked(as_reception):
    loaded = load(SHIPPED)
    assert loaded.doubtful == ("2518", "2542")
    marked = session().scalars(
        select(GoaePosition.number).where(GoaePosition.schedule == "GOÄ neu", GoaePosition.doubtful)
    )
    assert sorted(marked) == ["2518", "2542"]


def test_errors_in_row_1700_leave_nothing_half_loaded(as_reception):
    before = count()
    rows = rows_of(SHIPPED)
    rows[1698] |= {"points": "viele", "factor_max": "0"}
    with pytest.raises(FileRefused) as refused:
        load(as_file(rows))
    assert [(each.row, each.fault) for each in refused.value.faults] == [
        (1700, Fault.FACTOR),
        (1700, Fault.FACTORS_BACKWARDS),
        (1700, Fault.POINTS),
    ]
    assert count() == before
    assert [(each.name, each.valid_to) for each in schedules()] == [(SCHEDULE, None)]
    assert position("740", STARTS).points == 71


def test_a_breakdown_while_it_is_written_takes_everything_back(as_reception):
    before = count()
    with pytest.raises(ZeroDivisionError):
        break_down_after_loading()
    assert count() == before
    assert [(each.name, each.valid_to) for each in schedules()] == [(SCHEDULE, None)]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8"), (";", "utf-8-sig")])
def test_a_spreadsheets_file_is_read_as_well(delimiter, encoding):
    assert len(read_file(as_file(rows_of(SHIPPED), delimiter, encoding))) == 2844


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.COLUMNS_MISSING),
        (b"\xff\xfe\x00", Fault.UNREADABLE),
        ("number,points\nÄ".encode("latin-1"), Fault.UNREADABLE),
        (b"%PDF-1.7", Fault.COLUMNS_MISSING),
        (b"number,points,text,section,factor_threshold,factor_max\n", Fault.EMPTY),
        (b'number,points,text,section,factor_threshold,factor_max\n1,80,"Bera', Fault.UNREADABLE),
        (b"number,points,text,section,factor_threshold,factor_max\n1,80,B,G,2.3,3.5,9\n", Fault.CELLS),
    ],
)
def test_what_is_no_schedule_is_refused(data, fault):
    with pytest.raises(FileRefused) as refused:
        read_file(data)
    assert fault in [each.fault for each in refused.value.faults]


@pytest.mark.parametrize(
    ("name", "starts", "code"),
    [
        (SCHEDULE, STARTS, "schedule_known"),
        ("", STARTS, "schedule_name"),
        ("x" * 61, STARTS, "schedule_name"),
        ("GOÄ neu", dt.date(1983, 1, 1), "schedule_too_early"),
        ("GOÄ neu", dt.date(1970, 1, 1), "schedule_too_early"),
    ],
)
def test_a_schedule_that_has_been_charged_by_is_never_changed(as_reception, name, starts, code):
    with pytest.raises(RuleBroken, match=code):
        load(SHIPPED, name, starts)


def test_a_third_one_ends_the_second(as_reception):
    load(SHIPPED)
    loaded = load(SHIPPED, "GOÄ 2028", dt.date(2028, 1, 1))
    assert loaded.ended == ("GOÄ neu",)
    assert [each.valid_to for each in schedules()] == [BEFORE, dt.date(2027, 12, 31), None]
