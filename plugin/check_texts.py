"""The sentences for the codes of models/rules/checks: what stands against a bill, for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .expense_texts import EXPENSES
from .texts import lazy_kt

_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "line_not_in_schedule": (
        lazy_kt(
            "Position {line}: Nr. {number} steht nicht im Gebührenverzeichnis vom {service_on:day}. "
            "Bitte prüfen Sie Nummer und Tag."
        ),
    ),
    "line_without_price": (lazy_kt("Position {line}, {service}: Der Betrag fehlt."),),
    "goods_rate_unusual": (
        lazy_kt(
            "Position {line}, {service}: {rate:figure} % Umsatzsteuer sind ungewöhnlich, üblich sind 19 % oder 7 %."
        ),
    ),
    "line_factor_crooked": (
        lazy_kt(
            "Position {line}, Nr. {number}: Der Faktor {factor:factor} hat mehr als eine Nachkommastelle. "
            "Das sieht nach einem Preis aus, der vorher feststand."
        ),
    ),
    "reason_no_criterion": (
        lazy_kt(
            "Position {line}, Nr. {number}: Versicherung oder Geräte sind keine Begründung für den Faktor. "
            "Es zählen Schwierigkeit, Zeitaufwand und Umstände."
        ),
    ),
    "reason_too_short": (
        lazy_kt(
            "Position {line}, Nr. {number}: Die Begründung ist sehr kurz. "
            "Verständlich ist, was an dieser Leistung besonders war."
        ),
    ),
    "tariff_cap_exceeded": (
        lazy_kt(
            "Position {line}, Nr. {number}: Im Tarif der Patientin oder des Patienten gilt in der Regel höchstens der "
            "Faktor {cap:factor}, hier steht {factor:factor}. Die Sätze sind umstritten, bitte prüfen Sie sie."
        ),
    ),
    "above_insured_factor": (
        lazy_kt(
            "Position {line}, Nr. {number}: Versichert ist höchstens der Faktor {cap:factor}, hier steht "
            "{factor:factor}. Den Unterschied zahlt die Patientin oder der Patient in der Regel selbst."
        ),
    ),
}

_INDICATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "indication_contradicts_estimate": (
        lazy_kt(
            "Im Kostenvoranschlag {number} steht „{stated:word}“, hier „{indication:word}“. "
            "Bitte stellen Sie einen neuen Kostenvoranschlag aus oder lassen Sie ärztlich entscheiden."
        ),
    ),
    "indication_contradicts_query": (
        lazy_kt(
            "In der Kostenklärung {number} wurde „{stated:word}“ angegeben, hier steht „{indication:word}“. "
            "Bitte berichten Sie es dem Kostenträger."
        ),
    ),
    "expense_other_indication": (
        lazy_kt(
            "Position {line}: Die Auslage ist „{indication:word}“, die Leistungen sind „{stated:word}“. "
            "In der Regel teilt sie deren Umsatzsteuer."
        ),
    ),
}

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "numbers_exclude": (
        lazy_kt("Position {line}: Nr. {number} und Nr. {other} stehen nicht nebeneinander. Bitte wählen Sie eine."),
    ),
    "numbers_exclude_earlier": (
        lazy_kt(
            "Position {line}: Nr. {number} steht nicht neben Nr. {other}. "
            "Die steht am {service_on:day} schon auf einer anderen Rechnung."
        ),
    ),
    "three_not_beside": (
        lazy_kt(
            "Position {line}: Nr. 3 steht nur allein oder neben einer Untersuchung (5 bis 8, 800, 801), "
            "nicht neben {others}."
        ),
    ),
    "two_not_beside": (lazy_kt("Position {line}: Nr. 2 steht nur allein, nicht neben anderen Leistungen des Tages."),),
    "typing_without_report": (lazy_kt("Position {line}: Nr. {number} steht nur neben Nr. 80, 85 oder 90."),),
    "report_on_request": (
        lazy_kt(
            "Position {line}, Nr. {number}: Bitte nur berechnen, wenn das Schriftstück verlangt und geschrieben wurde. "
            "Ein Kostenvoranschlag zählt nicht dazu."
        ),
    ),
    "minimum_duration": (
        lazy_kt(
            "Position {line}, Nr. {number}: Die Leistung verlangt mindestens {minutes} Minuten. "
            "Bitte achten Sie darauf, dass die Dauer in der Akte steht."
        ),
    ),
}

_HOW_OFTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "clock_time_missing": (
        lazy_kt(
            "Position {line}: Nr. {number} steht am {service_on:day} mehrmals. "
            "Das geht nur, wenn es nötig war und jede ihre Uhrzeit trägt."
        ),
    ),
    "once_per_case": (
        lazy_kt(
            "Position {line}: Nr. {number} gilt neben einer Behandlung nur einmal im Behandlungsfall und wurde am "
            "{first_on:day} schon berechnet. Bei einer anderen Erkrankung geht es."
        ),
    ),
    "once_per_case_number": (
        lazy_kt(
            "Position {line}: Nr. {number} gilt nur einmal im Behandlungsfall und wurde am {first_on:day} schon "
            "berechnet. Bei einer anderen Erkrankung geht es."
        ),
    ),
    "repeat_needs_reason": (
        lazy_kt(
            "Position {line}: Nr. {number} wurde im Behandlungsfall am {first_on:day} schon berechnet. "
            "Ein zweites Mal braucht eine eigene Begründung."
        ),
    ),
    "twice_in_six_months": (lazy_kt("Position {line}: Nr. {number} gilt höchstens zweimal in sechs Monaten."),),
    "laser_fourth_time": (
        lazy_kt(
            "Position {line}: Für Laser empfiehlt die Bundesärztekammer Nr. {number} höchstens {times}-mal im "
            "Behandlungsfall. Bitte ärztlich prüfen."
        ),
    ),
}

_LASER: Final[Mapping[str, tuple[str, ...]]] = {
    "laser_area_counts_once": (
        lazy_kt(
            "Position {line}, Nr. {number}: Beim Laser zählt die ganze Fläche der Sitzung einmal, "
            "nicht je Stelle oder Gerät. Bitte ärztlich prüfen."
        ),
    ),
    "laser_area_missing": (
        lazy_kt(
            "Position {line}, Nr. {number}: Die behandelte Fläche ist nicht eingetragen. "
            "Nach ihr richtet sich die Nummer."
        ),
    ),
    "laser_needs_analog": (
        lazy_kt(
            "Position {line}: Nr. {number} steht für eine Gefäßoperation. "
            "Eine andere Laserbehandlung wird beschrieben und entsprechend berechnet."
        ),
    ),
    "laser_naevus_question": (
        lazy_kt(
            "Position {line}, Nr. {number}: In der Sitzung ist ein Muttermal eingetragen. "
            "Für melanozytäre Naevi gilt die Laser-Empfehlung nicht. Bitte ärztlich prüfen."
        ),
    ),
    "analog_rejected": (
        lazy_kt(
            "Position {line}: Gerichte haben Nr. {number} als entsprechende Laserleistung abgelehnt. "
            "Bitte wählen Sie eine andere Nummer."
        ),
    ),
}

CHECKS: Final[Mapping[str, tuple[str, ...]]] = {
    **_LINES,
    **_INDICATIONS,
    **_BESIDE,
    **_HOW_OFTEN,
    **_LASER,
    **EXPENSES,
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
