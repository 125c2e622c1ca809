"""What the desk types and what a form makes of it: amounts, days, hours, figures, IBANs."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from kostenklar.plugin.forms.typed import (
    AmountField,
    BirthDateField,
    DateTextField,
    DecimalTextField,
    IbanField,
    TimeTextField,
    WholeNumberField,
)
from kostenklar.plugin.texts import use_language


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23 08:00+01:00", tick=False), Flask("typed").test_request_context("/"):
        yield


def read(field, typed):
    """(value, sentences, text shown again) of one typed text."""
    form = type("OneField", (Form,), {"it": field})(MultiDict({"it": typed}))
    form.validate()
    return form.it.data, list(form.it.errors), form.it._value()


def value(field, typed):
    data, errors, _ = read(field, typed)
    assert errors == []
    return data


def complaint(field, typed):
    data, errors, shown = read(field, typed)
    assert data is None
    assert shown == typed  # nothing typed is lost
    (sentence,) = errors
    return sentence


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("12", "12.00"),
        ("12,5", "12.50"),
        (" 0,99 € ", "0.99"),
        ("1.234", "1234.00"),
        ("345.678,9", "345678.90"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_read_as_it_is_written_in_german(typed, euros):
    assert value(AmountField(), typed) == Decimal(euros)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Ein Betrag unter null passt hier nicht."),
        ("−1", "Ein Betrag unter null passt hier nicht."),
        ("abc", "Das ist keine Zahl. Zum Beispiel 1.251,78."),
        ("12.50", "Bitte schreiben Sie die Zahl mit Komma, zum Beispiel 1.251,78."),
        ("1,234.56", "Bitte schreiben Sie die Zahl mit Komma, zum Beispiel 1.251,78."),
        ("12.34,5", "Bitte schreiben Sie die Zahl mit Komma, zum Beispiel 1.251,78."),
        ("1,234", "Das sind zu viele Stellen nach dem Komma. Erlaubt sind 2."),
        ("1e5", "Das ist keine Zahl. Zum Beispiel 1.251,78."),
        ("NaN", "Das ist keine Zahl. Zum Beispiel 1.251,78."),
        ("١٢", "Das ist keine Zahl. Zum Beispiel 1.251,78."),
        ("1000000", "Das ist zu viel. Erlaubt ist höchstens 999999,99."),
        ("=cmd()", "Das ist keine Zahl. Zum Beispiel 1.251,78."),
    ],
)
def test_an_amount_that_is_not_clear_is_asked_back(typed, sentence):
    assert complaint(AmountField(), typed).replace("999.999,99", "999999,99") == sentence


def test_an_empty_amount_is_asked_for_unless_it_is_optional():
    assert complaint(AmountField(), "") == "Der Betrag fehlt. Zum Beispiel 1.251,78."
    assert read(AmountField(required=False), "")[:2] == (None, [])


def test_in_english_the_comma_groups_and_the_point_parts():
    use_language("en")
    assert value(AmountField(), "1,234.56") == Decimal("1234.56")
    assert value(AmountField(), "12.50") == Decimal("12.50")
    for german in ("1.234,56", "12,50"):
        assert read(AmountField(), german)[0] is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_a_field_shows_it_reads_again_as_the_same_value(language):
    use_language(language)
    for field, data in [
        (AmountField(), Decimal("1251.78")),
        (DecimalTextField(least=-100), Decimal("-80.5")),
        (WholeNumberField(), 1200),
        (DateTextField(), dt.date(2026, 2, 1)),
        (TimeTextField(), dt.time(9, 5)),
        (IbanField(), "DE89370400440532013000"),
    ]:
        form = type("OneField", (Form,), {"it": field})(data={"it": data})
        assert value(field, form.it._value()) == data


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23.11.2026", "2026-11-23"),
        ("1.2.26", "2026-02-01"),
        ("010226", "2026-02-01"),
        ("01022026", "2026-02-01"),
        ("2026-02-01", "2026-02-01"),
        ("1. 2. 2026", "2026-02-01"),
        ("1.2.75", "2075-02-01"),
        ("1.2.77", "1977-02-01"),
        ("29.2.28", "2028-02-29"),
    ],
)
def test_a_day_is_read_in_every_way_people_type_it(typed, day):
    assert value(DateTextField(), typed) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Das Datum fehlt. Zum Beispiel 23.11.2026."),
        ("gestern", "Das ist kein Datum. Zum Beispiel 23.11.2026."),
        ("31.2.2026", "Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum."),
        ("29.2.27", "Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum."),
        ("1.1.0206", "Das Jahr 206 kann nicht stimmen. Bitte prüfen Sie das Datum."),
        ("1.1.9999", "Das Jahr 9999 kann nicht stimmen. Bitte prüfen Sie das Datum."),
    ],
)
def test_a_day_that_is_none_is_asked_back(typed, sentence):
    assert complaint(DateTextField(), typed) == sentence


def test_what_happened_does_not_lie_in_the_future_and_a_plan_not_in_the_past():
    assert value(DateTextField(future=False), "23.11.2026") == dt.date(2026, 11, 23)
    assert complaint(DateTextField(future=False), "24.11.2026").startswith("Das Datum liegt in der Zukunft.")
    assert complaint(DateTextField(past=False), "22.11.2026").startswith("Das Datum liegt in der Vergangenheit.")


def test_a_birth_date_of_two_digits_is_the_last_such_year():
    assert value(BirthDateField(), "2.9.57") == dt.date(1957, 9, 2)
    assert value(BirthDateField(), "24.11.26") == dt.date(1926, 11, 24)
    assert value(BirthDateField(), "22.11.26") == dt.date(2026, 11, 22)
    assert complaint(BirthDateField(), "24.11.2026").startswith("Das Datum liegt in der Zukunft.")
    assert complaint(BirthDateField(), "31.12.1899").startswith("Das Jahr 1899 kann nicht stimmen.")
    assert complaint(BirthDateField(), "") == "Das Geburtsdatum fehlt. Zum Beispiel 02.09.1957."


@pytest.mark.parametrize("typed", ["10:30", "10.30", "1030", "10:30 Uhr", "10.30Uhr"])
def test_an_hour_is_read_in_every_way_people_type_it(typed):
    assert value(TimeTextField(), typed) == dt.time(10, 30)


def test_an_hour_that_is_none_is_asked_back():
    assert value(TimeTextField(), "9") == dt.time(9)
    for typed in ("24:00", "10:60", "halb elf", "10:3"):
        assert complaint(TimeTextField(), typed) == "Das ist keine Uhrzeit. Zum Beispiel 10:30."


def test_a_figure_may_be_negative_only_where_that_makes_sense():
    assert value(DecimalTextField(least=-200, unit="°C"), "-80 °C") == Decimal(-80)
    assert complaint(DecimalTextField(), "-80") == "Eine Zahl unter null passt hier nicht."
    assert complaint(DecimalTextField(least=1), "0,5") == "Das ist zu wenig. Erlaubt ist mindestens 1."
    assert complaint(DecimalTextField(most=5), "5,01") == "Das ist zu viel. Erlaubt ist höchstens 5."


def test_a_whole_figure_leaves_as_int():
    assert value(WholeNumberField(), "6") == 6
    assert isinstance(value(WholeNumberField(), "6"), int)
    assert complaint(WholeNumberField(), "6,5") == "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 6."


def test_an_iban_is_kept_without_spaces_and_a_wrong_digit_is_noticed():
    assert value(IbanField(), "de89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    for wrong in ("DE88 3704 0044 0532 0130 00", "DE89", "abc"):
        assert complaint(IbanField(), wrong).startswith("Diese IBAN stimmt nicht.")
