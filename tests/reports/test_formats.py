"""How figures and dates are written on paper."""

from datetime import date
from decimal import Decimal

import pytest

from kostenklar.reports.content import formats


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        ("1234.56", "1.234,56\u00a0€", "EUR\u00a01,234.56"),
        ("-11.33", "-11,33\u00a0€", "EUR\u00a0-11.33"),
        ("0", "0,00\u00a0€", "EUR\u00a00.00"),
        ("1234567.8", "1.234.567,80\u00a0€", "EUR\u00a01,234,567.80"),
    ],
)
def test_money(amount: str, german: str, english: str) -> None:
    assert formats.money(Decimal(amount), "de") == german
    assert formats.money(Decimal(amount), "en") == english


@pytest.mark.parametrize(
    ("value", "shown"), [("2.3", "2,3"), ("1", "1,0"), ("2.3500", "2,35"), ("2.3456", "2,3456"), ("3.0000", "3,0")]
)
def test_a_factor_has_one_decimal_and_more_only_if_it_needs_them(value: str, shown: str) -> None:
    assert formats.factor(Decimal(value), "de") == shown


def test_dates_rates_areas_and_accounts() -> None:
    assert formats.day(date(2026, 11, 3), "de") == "03.11.2026"
    assert formats.day(date(2026, 11, 3), "en") == "3\u00a0November\u00a02026"
    assert formats.percent(Decimal("19.00"), "de") == "19\u00a0%"
    assert formats.area(Decimal("4.50"), "en") == "4.5\u00a0cm²"
    assert formats.area(Decimal(10), "de") == "10\u00a0cm²"
    assert formats.iban("DE89370400440532013000") == "DE89 3704 0044 0532 0130 00".replace(" ", "\u00a0")
    assert formats.count_range(1, 3, "de") == "1\u00a0bis\u00a03"
    assert formats.day_range(date(2026, 1, 1), date(2026, 1, 1), "de") == "01.01.2026"
