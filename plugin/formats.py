"""How dates, amounts and names are written on the screen: no-break spaces, German or English as chosen."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from ..models.rules.age import age_on
from .clock import BERLIN
from .texts import kt, kt_count, language

NBSP = "\u00a0"
_EMPTY = "–"


def day(value: date | None) -> str:
    """23.11.2026 or 23 Nov 2026; a dash for no date. A datetime is shown as its day in Berlin."""
    if value is None:
        return _EMPTY
    return _babel_date(_as_day(value), "dd.MM.yyyy" if language() == "de" else "d MMM yyyy")


def long_day(value: date) -> str:
    """Montag, 23. November 2026 or Monday, 23 November 2026: only for the line under a heading."""
    return _babel_date(_as_day(value), "EEEE, d. MMMM yyyy" if language() == "de" else "EEEE, d MMMM yyyy")


def clock(value: time | datetime | None) -> str:
    """10:30 Uhr or 10:30; an instant must be aware and is shown in Berlin."""
    if value is None:
        return _EMPTY
    if isinstance(value, datetime):
        value = _in_berlin(value).time()
    return kt("{time} Uhr", time=f"{value:%H:%M}").replace(" ", NBSP)


def instant(value: datetime | None) -> str:
    """23.11.2026, 10:30 Uhr in Berlin; raises ValueError for a naive datetime."""
    return _EMPTY if value is None else f"{day(value)}, {clock(value)}"


def iso(value: date) -> str:
    """What stands in the datetime attribute of <time>."""
    return _in_berlin(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def money(value: Decimal | None) -> str:
    """1.251,78 € or €1,251.78; a dash for no amount."""
    if value is None:
        return _EMPTY
    figure = number(abs(value), places=2)
    sign = "−" if value < 0 else ""
    return f"{sign}{figure}{NBSP}€" if language() == "de" else f"{sign}€{figure}"


def factor(value: Decimal | None) -> str:
    """2,3: one decimal, more only where it has them."""
    return _EMPTY if value is None else _babel_decimal(value, "0.0###")


def percent(value: Decimal | int) -> str:
    """19 % from 19."""
    return f"{_babel_decimal(Decimal(value), '0.##')}{NBSP if language() == 'de' else ''}%"


def area(value: Decimal | None) -> str:
    """5 cm² or 4,5 cm²."""
    return _EMPTY if value is None else quantity(value, "cm²")


def quantity(value: Decimal | int, unit: str) -> str:
    """12 s, −80 °C: figure, no-break space, unit."""
    return f"{_babel_decimal(Decimal(value), '#,##0.##')}{NBSP}{unit}".replace("-", "−")


def number(value: Decimal | int, places: int = 0) -> str:
    """A figure with exactly `places` decimals and grouped thousands."""
    return _babel_decimal(Decimal(value), "#,##0" + ("." + "0" * places if places else ""))


def plain_number(value: Decimal) -> str:
    """A figure as one types it: no grouping, no more decimals than it has."""
    return _babel_decimal(value, "0.######")


def person_name(family: str, given: str, title: str = "") -> str:
    """Nachname, Vorname as in lists and heads; a title goes before the given name."""
    first = f"{title}{NBSP}{given}".strip(NBSP) if title else given
    return f"{family}, {first}" if first else family


def age(born: date, today: date) -> str:
    """38 Jahre."""
    return kt_count("{count} Jahr", "{count} Jahre", age_on(born, today)).replace(" ", NBSP)


def law(paragraph: str) -> str:
    """§ 12 Abs. 3 GOÄ with no-break spaces, so that a citation never falls apart at a line's end."""
    return paragraph.replace(" ", NBSP)


def _as_day(value: date) -> date:
    return _in_berlin(value).date() if isinstance(value, datetime) else value


def _in_berlin(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return value.astimezone(BERLIN)


def _locale() -> str:
    return "de_DE" if language() == "de" else "en_GB"


def _babel_date(value: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(value, pattern, locale=_locale()).replace(" ", NBSP)


def _babel_decimal(value: Decimal, pattern: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, pattern, locale=_locale())
