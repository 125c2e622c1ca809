"""The fields for figures, amounts, days, hours and IBANs: text in, a typed value out, the typed text kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from wtforms.widgets import TextInput

from .. import formats
from ..clock import today
from ..texts import kt, language, lazy_kt
from .fields import Asked
from .validators import Unreadable, read_date, read_number, read_time, tidy

MOST = Decimal("999999.99")
"""The largest amount a field takes: more is a slip of the finger in a practice."""
MOST_PAID = Decimal("99999999999.99")
"""For money that came or went: whatever an invoice can come to; what is too much for it is asked about by itself."""


class _Typed(Asked):
    """A value that is typed as text: `read` makes the value of it, `write` the text again."""

    widget = TextInput()
    inputmode = "decimal"
    width = 3

    def read(self, text: str) -> Any:
        """The typed text's value; raises Unreadable with the sentence for the desk."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The text that reads as this value again."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            text = tidy(str(valuelist[0]))
            self.data = None
            self.data = self.read(text) if text else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)


class DecimalTextField(_Typed):
    """A figure with a comma, as Decimal: areas, factors, temperatures (with a minus where `least` allows one)."""

    missing = lazy_kt("Bei „{label}“ fehlt die Zahl.")
    example = lazy_kt("4,5")

    def __init__(
        self, label: str = "", *, least: Decimal | int = 0, most: Decimal | int = MOST, places: int = 2, **kw: Any
    ) -> None:
        super().__init__(label, **kw)
        self.least, self.most, self.places = Decimal(least), Decimal(most), places

    def read(self, text: str) -> Decimal:
        value = read_number(text.removesuffix(self.unit or " ").strip(), places=self.places, example=self.example)
        if value < self.least:
            raise Unreadable(self.too_little())
        if value > self.most:
            raise Unreadable(kt("Das ist zu viel. Erlaubt ist höchstens {most}.", most=self.write(self.most)))
        return value

    def write(self, value: Decimal) -> str:
        return formats.plain_number(value)

    def too_little(self) -> str:
        """The sentence for a figure under the smallest one."""
        if self.least == 0:
            return kt("Eine Zahl unter null passt hier nicht.")
        return kt("Das ist zu wenig. Erlaubt ist mindestens {least}.", least=self.write(self.least))


class WholeNumberField(DecimalTextField):
    """A whole figure, as int: pulses, cycles, spots."""

    inputmode = "numeric"
    example = lazy_kt("6")

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"places": 0, **kw})

    def read(self, text: str) -> int:  # type: ignore[override]  # a whole figure leaves as int
        return int(super().read(text))

    def write(self, value: Decimal | int) -> str:
        return formats.plain_number(Decimal(value))


class AmountField(DecimalTextField):
    """Euros, as Decimal with two places: 1.234,56, 1234,56 or 12; see read_number for what is asked back."""

    missing = lazy_kt("Der Betrag fehlt. Zum Beispiel 1.251,78.")
    example = lazy_kt("1.251,78")

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"unit": "€", **kw})

    def read(self, text: str) -> Decimal:
        return super().read(text).quantize(Decimal("0.01"))

    def write(self, value: Decimal) -> str:
        return formats.number(value, places=2)

    def too_little(self) -> str:
        if self.least == 0:
            return kt("Ein Betrag unter null passt hier nicht.")
        return super().too_little()


class DateTextField(_Typed):
    """A day: TT.MM.JJJJ, 1.2.26, 010226 or ISO. `future=False` for what happened, `past=False` for plans."""

    missing = lazy_kt("Das Datum fehlt. Zum Beispiel 23.11.2026.")
    inputmode = "numeric"
    earliest = dt.date(1900, 1, 1)
    latest = dt.date(2199, 12, 31)
    only_past = False

    def __init__(self, label: str = "", *, future: bool = True, past: bool = True, **kw: Any) -> None:
        super().__init__(label, **{"description": lazy_kt("TT.MM.JJJJ"), **kw})
        self.future, self.past = future, past

    def read(self, text: str) -> dt.date:
        value, now = read_date(text, past=self.only_past), today()
        if value > now and not self.future:
            raise Unreadable(kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."))
        if value < now and not self.past:
            raise Unreadable(kt("Das Datum liegt in der Vergangenheit. Bitte prüfen Sie es."))
        if not self.earliest <= value <= self.latest:
            raise Unreadable(kt("Das Jahr {year} kann nicht stimmen. Bitte prüfen Sie das Datum.", year=value.year))
        return value

    def write(self, value: dt.date) -> str:
        return f"{value:%d.%m.%Y}"


class BirthDateField(DateTextField):
    """A date of birth: not in the future and not before 1900; two digits mean the last such year."""

    missing = lazy_kt("Das Geburtsdatum fehlt. Zum Beispiel 02.09.1957.")
    only_past = True

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, future=False, **kw)


class TimeTextField(_Typed):
    """An hour of the day: 10:30, 10.30, 1030 or 9."""

    missing = lazy_kt("Die Uhrzeit fehlt. Zum Beispiel 10:30.")
    inputmode = "numeric"

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"unit": lazy_kt("Uhr"), **kw})

    def read(self, text: str) -> dt.time:
        return read_time(text)

    def write(self, value: dt.time) -> str:
        return f"{value:%H:%M}"


class IbanField(_Typed):
    """An IBAN with its check digits right, without spaces; shown in groups of four."""

    missing = lazy_kt("Die IBAN fehlt.")
    inputmode = ""
    width = 6

    def read(self, text: str) -> str:
        from stdnum import iban
        from stdnum.exceptions import ValidationError as WrongIban

        try:
            return str(iban.validate(text))
        except WrongIban:
            raise Unreadable(kt("Diese IBAN stimmt nicht. Bitte vergleichen Sie Ziffer für Ziffer.")) from None

    def write(self, value: str) -> str:
        return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


class FactorField(DecimalTextField):
    """A GOÄ factor; 2,3 and 2.3 are the same, for nobody groups thousands in a factor."""

    missing = lazy_kt("Der Faktor fehlt. Zum Beispiel 2,3.")
    example = lazy_kt("2,3")

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"most": Decimal(999), "places": 4, **kw})

    def read(self, text: str) -> Decimal:
        value = super().read(text.replace(".", ",") if language() == "de" else text.replace(",", "."))
        if value == 0:
            raise Unreadable(self.too_little())
        return value

    def too_little(self) -> str:
        return kt("Der Faktor ist größer als null. Zum Beispiel 2,3.")
