"""How figures and dates are written on paper, in German and English, always with no-break spaces."""

from datetime import date
from decimal import Decimal

from .base import Language

NBSP = "\u00a0"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _grouped(number: Decimal, places: int, language: Language) -> str:
    text = f"{number:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


def money(amount: Decimal, language: Language) -> str:
    """Euros as "1.234,56 €" or "EUR 1,234.56"."""
    text = _grouped(amount, 2, language)
    return f"{text}{NBSP}€" if language == "de" else f"EUR{NBSP}{text}"


def money_range(lowest: Decimal, highest: Decimal, language: Language) -> str:
    """One amount, or "… bis …" where the two differ."""
    if lowest == highest:
        return money(lowest, language)
    return f"{money(lowest, language)} {'bis' if language == 'de' else 'to'} {money(highest, language)}"


def number(value: Decimal, language: Language, at_least: int = 0) -> str:
    """A decimal with as many places as it has, but `at_least` some: factor 2,3; area 1,25."""
    exponent = value.normalize().as_tuple().exponent
    places = max(at_least, -exponent if isinstance(exponent, int) else 0)
    return _grouped(value, places, language)


def factor(value: Decimal, language: Language) -> str:
    """A GOÄ factor: one decimal, more only if it has them."""
    return number(value, language, at_least=1)


def percent(rate: Decimal, language: Language) -> str:
    """A rate given in per cent: "19 %"."""
    return f"{number(rate, language)}{NBSP}%"


def area(square_centimetres: Decimal, language: Language) -> str:
    """An area: "5 cm²"."""
    return f"{number(square_centimetres, language)}{NBSP}cm²"


def day(value: date, language: Language) -> str:
    """A date: "23.11.2026" or "23 November 2026"."""
    if language == "de":
        return f"{value:%d.%m.%Y}"
    return f"{value.day}{NBSP}{_MONTHS[value.month - 1]}{NBSP}{value.year}"


def short_day(value: date, language: Language) -> str:
    """A date for a table column: "23.11.2026" or "23 Nov 2026"."""
    if language == "de":
        return day(value, language)
    return f"{value.day}{NBSP}{_MONTHS[value.month - 1][:3]}{NBSP}{value.year}"


def day_range(first: date, last: date, language: Language) -> str:
    """One date, or two with an en dash."""
    if first == last:
        return day(first, language)
    return f"{day(first, language)} – {day(last, language)}"


def count_range(lowest: int, highest: int, language: Language) -> str:
    """One count, or "1 bis 3"."""
    if lowest == highest:
        return str(lowest)
    return f"{lowest}{NBSP}{'bis' if language == 'de' else 'to'}{NBSP}{highest}"


def iban(value: str) -> str:
    """An IBAN in groups of four."""
    plain = "".join(value.split())
    return NBSP.join(plain[start : start + 4] for start in range(0, len(plain), 4))
