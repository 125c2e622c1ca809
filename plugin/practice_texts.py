"""Words about the practice: legal choices, people, devices, federal states, and what its page cannot file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..models.rules.deadlines import CaseReading
from ..models.rules.holidays import FederalState
from ..models.rules.vat import VatRegime
from .texts import lazy_kt

PRACTICE: Final[Mapping[str, tuple[str, ...]]] = {
    "sign_in_taken": (lazy_kt("Dieser Zugang gehört schon zu {name}. Ein Zugang steht für eine Person."),),
}
"""Code of a finding -> its sentence; see finding_texts."""

CASE_READINGS: Final[Mapping[CaseReading, str]] = {
    CaseReading.MONTH: lazy_kt("einen Monat"),
    CaseReading.THIRTY_DAYS: lazy_kt("30 Tage"),
}
VAT_REGIMES: Final[Mapping[VatRegime, str]] = {
    VatRegime.STANDARD: lazy_kt("Regelbesteuerung"),
    VatRegime.SMALL_BUSINESS: lazy_kt("Kleinunternehmer (§ 19 UStG)"),
}
GROUP_KINDS: Final[Mapping[str, str]] = {
    "single": lazy_kt("Einzelpraxis"),
    "joint_practice": lazy_kt("Berufsausübungsgemeinschaft"),
    "shared_premises": lazy_kt("Praxisgemeinschaft"),
    "mvz": lazy_kt("Medizinisches Versorgungszentrum"),
}
EMPLOYMENTS: Final[Mapping[str, str]] = {
    "owner": lazy_kt("Inhaberin oder Inhaber"),
    "employed": lazy_kt("angestellt"),
    "locum": lazy_kt("Vertretung"),
    "assistant": lazy_kt("Assistenz"),
}
METHODS: Final[Mapping[str, str]] = {"cryo": lazy_kt("Kälte"), "laser": lazy_kt("Laser")}
STATES: Final[Mapping[FederalState, str]] = {
    FederalState.BW: lazy_kt("Baden-Württemberg"),
    FederalState.BY: lazy_kt("Bayern"),
    FederalState.BE: lazy_kt("Berlin"),
    FederalState.BB: lazy_kt("Brandenburg"),
    FederalState.HB: lazy_kt("Bremen"),
    FederalState.HH: lazy_kt("Hamburg"),
    FederalState.HE: lazy_kt("Hessen"),
    FederalState.MV: lazy_kt("Mecklenburg-Vorpommern"),
    FederalState.NI: lazy_kt("Niedersachsen"),
    FederalState.NW: lazy_kt("Nordrhein-Westfalen"),
    FederalState.RP: lazy_kt("Rheinland-Pfalz"),
    FederalState.SL: lazy_kt("Saarland"),
    FederalState.SN: lazy_kt("Sachsen"),
    FederalState.ST: lazy_kt("Sachsen-Anhalt"),
    FederalState.SH: lazy_kt("Schleswig-Holstein"),
    FederalState.TH: lazy_kt("Thüringen"),
}
