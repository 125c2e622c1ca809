"""Dates, amounts and names as the screen writes them, with no-break spaces."""

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask

from kostenklar.plugin import formats
from kostenklar.plugin.texts import use_language

DAY = dt.date(2026, 11, 23)
INSTANT = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def german():
    with Flask("formats").test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("written", "german_text", "english_text"),
    [
        (lambda: formats.day(DAY), "23.11.2026", "23~Nov~2026"),
        (lambda: formats.day(None), "–", "–"),
        (lambda: formats.long_day(DAY), "Montag,~23.~November~2026", "Monday,~23~November~2026"),
        (lambda: formats.clock(dt.time(9, 5)), "09:05~Uhr", "09:05"),
        (lambda: formats.money(Decimal("1251.78")), "1.251,78~€", "€1,251.78"),
        (lambda: formats.money(Decimal("-3.5")), "−3,50~€", "−€3.50"),
        (lambda: formats.money(Decimal(0)), "0,00~€", "€0.00"),
        (lambda: formats.factor(Decimal("2.30")), "2,3", "2.3"),
        (lambda: formats.factor(Decimal(1)), "1,0", "1.0"),
        (lambda: formats.factor(Decimal("2.3125")), "2,3125", "2.3125"),
        (lambda: formats.percent(19), "19~%", "19%"),
        (lambda: formats.area(Decimal(5)), "5~cm²", "5~cm²"),
        (lambda: formats.area(Decimal("4.5")), "4,5~cm²", "4.5~cm²"),
        (lambda: formats.quantity(-80, "°C"), "−80~°C", "−80~°C"),
        (lambda: formats.age(dt.date(1988, 3, 14), DAY), "38~Jahre", "38~years"),
        (
            lambda: formats.person_name("Seidel", "Henrike", "Dr. med."),
            "Seidel, Dr. med.~Henrike",
            "Seidel, Dr. med.~Henrike",
        ),
        (lambda: formats.person_name("Nguyễn", ""), "Nguyễn", "Nguyễn"),
        (lambda: formats.law("§ 12 Abs. 3 GOÄ"), "§~12~Abs.~3~GOÄ", "§~12~Abs.~3~GOÄ"),
    ],
)
def test_both_languages_write_it_with_no_break_spaces(written, german_text, english_text):
    assert written() == german_text.replace("~", "\u00a0")
    use_language("en")
    assert written() == english_text.replace("~", "\u00a0")


def test_an_instant_is_shown_as_berlin_sees_it():
    assert formats.instant(INSTANT) == "23.11.2026, 00:30\u00a0Uhr"
    assert formats.day(INSTANT) == "23.11.2026"
    assert formats.iso(INSTANT) == "2026-11-23T00:30+01:00"


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        formats.instant(dt.datetime(2026, 11, 23, 10))  # noqa: DTZ001 - the point of the test
