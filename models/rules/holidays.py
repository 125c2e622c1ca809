"""Public holidays of the sixteen federal states, 2020 to 2040, by state law as known today."""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 2020, 2040


class FederalState(StrEnum):
    """The federal states by their ISO 3166-2 letters."""

    BW = "BW"
    BY = "BY"
    BE = "BE"
    BB = "BB"
    HB = "HB"
    HH = "HH"
    HE = "HE"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    SH = "SH"
    TH = "TH"


_EVERYWHERE = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
_EASTER_EVERYWHERE = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday

_EPIPHANY = frozenset({"BW", "BY", "ST"})
_CORPUS_CHRISTI = frozenset({"BW", "BY", "HE", "NW", "RP", "SL"})
_ALL_SAINTS = frozenset({"BW", "BY", "NW", "RP", "SL"})
_REFORMATION = frozenset({"BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"})
# Bavaria keeps it in communities with a Catholic majority only: left out, so that a deadline ends rather early.
_ASSUMPTION = frozenset({"SL"})
_ONE_OFF = {
    # Liberation 1945 after 75 and 80 years, the uprising of 1953 after 75 years
    "BE": (date(2020, 5, 8), date(2025, 5, 8), date(2028, 6, 17)),
}
_WOMENS_DAY_SINCE = {"BE": 2019, "MV": 2023}
_CHILDRENS_DAY = "TH"
_REPENTANCE_DAY = "SN"
_SUNDAYS_BY_NAME = "BB"  # Brandenburg's law names Easter Sunday and Whit Sunday


def easter_sunday(year: int) -> date:
    """Gregorian Easter by the anonymous algorithm (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    four, single = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * four - moon - single) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def public_holidays(year: int, state: FederalState) -> frozenset[date]:
    """All public holidays of one state in one year.

    Raises ValueError outside 2020 to 2040: a table that guesses would move deadlines.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no holidays known for {year}")
    easter = easter_sunday(year)
    days = {date(year, month, day) for month, day in _EVERYWHERE}
    days |= {easter + timedelta(days=offset) for offset in _EASTER_EVERYWHERE}
    days |= _of_the_state(year, state, easter)
    return frozenset(days)


def is_public_holiday(on: date, state: FederalState) -> bool:
    """Whether this day is a public holiday in this state."""
    return on in public_holidays(on.year, state)


def _of_the_state(year: int, state: FederalState, easter: date) -> set[date]:
    code = state.value
    rules = (
        (code in _EPIPHANY, date(year, 1, 6)),
        (code == _SUNDAYS_BY_NAME, easter),
        (code == _SUNDAYS_BY_NAME, easter + timedelta(days=49)),
        (year >= _WOMENS_DAY_SINCE.get(code, LAST_YEAR + 1), date(year, 3, 8)),
        (code in _CORPUS_CHRISTI, easter + timedelta(days=60)),
        (code in _ASSUMPTION, date(year, 8, 15)),
        (code == _CHILDRENS_DAY, date(year, 9, 20)),
        (code in _REFORMATION, date(year, 10, 31)),
        (code in _ALL_SAINTS, date(year, 11, 1)),
        (code == _REPENTANCE_DAY, _repentance_day(year)),
    )
    return {day for kept, day in rules if kept} | {day for day in _ONE_OFF.get(code, ()) if day.year == year}


def _repentance_day(year: int) -> date:
    """The Wednesday before 23 November."""
    last = date(year, 11, 22)
    return last - timedelta(days=(last.weekday() - 2) % 7)
