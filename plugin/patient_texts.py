"""Words about patients: kinds of insurance, telephones and representatives, and who carries the cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..models.rules.payers import PayerKind, PolicyKind
from .texts import kt, lazy_kt

POLICY_KINDS: Final[Mapping[PolicyKind, str]] = {
    PolicyKind.GKV: lazy_kt("Gesetzlich versichert"),
    PolicyKind.GKV_REIMBURSEMENT: lazy_kt("Gesetzlich mit Kostenerstattung"),
    PolicyKind.PKV_FULL: lazy_kt("Privat versichert"),
    PolicyKind.PKV_SUPPLEMENTARY: lazy_kt("Private Zusatzversicherung"),
    PolicyKind.BEIHILFE: lazy_kt("Beihilfe"),
    PolicyKind.SELF_PAYER: lazy_kt("Ohne Versicherung, zahlt selbst"),
    PolicyKind.PKV_STANDARD: lazy_kt("Privat, Standardtarif"),
    PolicyKind.PKV_BASIC: lazy_kt("Privat, Basistarif"),
    PolicyKind.PKV_EMERGENCY: lazy_kt("Privat, Notlagentarif"),
    PolicyKind.HEILFUERSORGE: lazy_kt("Heilfürsorge"),
    PolicyKind.POSTBEAMTE: lazy_kt("Postbeamtenkrankenkasse"),
    PolicyKind.ACCIDENT: lazy_kt("Unfallversicherung"),
}
"""In the order of the list: the frequent ones first."""

_SHORT: Final[Mapping[PolicyKind, str]] = {
    PolicyKind.GKV: lazy_kt("gesetzlich"),
    PolicyKind.GKV_REIMBURSEMENT: lazy_kt("gesetzlich"),
    PolicyKind.PKV_FULL: lazy_kt("privat"),
    PolicyKind.PKV_STANDARD: lazy_kt("privat"),
    PolicyKind.PKV_BASIC: lazy_kt("privat"),
    PolicyKind.PKV_EMERGENCY: lazy_kt("privat"),
    PolicyKind.PKV_SUPPLEMENTARY: lazy_kt("Zusatzversicherung"),
    PolicyKind.BEIHILFE: lazy_kt("Beihilfe"),
    PolicyKind.HEILFUERSORGE: lazy_kt("Heilfürsorge"),
    PolicyKind.POSTBEAMTE: lazy_kt("Postbeamte"),
    PolicyKind.ACCIDENT: lazy_kt("Unfall"),
    PolicyKind.SELF_PAYER: lazy_kt("zahlt selbst"),
}
SEXES: Final[Mapping[str, str]] = {
    "w": lazy_kt("weiblich"),
    "m": lazy_kt("männlich"),
    "d": lazy_kt("divers"),
    "x": lazy_kt("unbestimmt"),
}
PHONE_KINDS: Final[Mapping[str, str]] = {
    "mobile": lazy_kt("mobil"),
    "private": lazy_kt("privat"),
    "work": lazy_kt("dienstlich"),
}
REPRESENTATIVE_KINDS: Final[Mapping[str, str]] = {
    "parent": lazy_kt("Elternteil"),
    "guardian": lazy_kt("Vormund"),
    "carer": lazy_kt("rechtliche Betreuung"),
}
PAPER_LANGUAGES: Final[Mapping[str, str]] = {"de": lazy_kt("Deutsch"), "en": lazy_kt("Englisch")}
INDICATIONS: Final[Mapping[str, str]] = {
    "medical": lazy_kt("medizinisch"),
    "cosmetic": lazy_kt("kosmetisch"),
    "undecided": lazy_kt("noch nicht entschieden"),
    "mixed": lazy_kt("je nach Stelle verschieden"),
}


def insured(kinds: Iterable[PolicyKind]) -> str:
    """ "privat, Beihilfe" in a list's row; a dash where nothing is known."""
    return ", ".join(dict.fromkeys(kt(_SHORT[kind]) for kind in kinds)) or "–"


def who_pays(payer: PayerKind, sex: str, *, known: bool) -> str:
    """What the desk tells about the cost of a cosmetic treatment, carefully; `known`: an insurance is on file."""
    if not known:
        return kt("noch keine Versicherung eingetragen")
    if payer is PayerKind.GKV:
        return kt("in der Regel keine Kassenleistung, über Ausnahmen entscheidet die Krankenkasse")
    if payer is PayerKind.SELF_PAYER:
        return kt("keine Versicherung, die für die Behandlung eintritt")
    if sex == "w":
        return kt("geklärt wird individuell mit der Versicherten")
    if sex == "m":
        return kt("geklärt wird individuell mit dem Versicherten")
    return kt("geklärt wird individuell mit der versicherten Person")


COUNTRIES = {
    "DE": lazy_kt("Deutschland"),
    "AT": lazy_kt("Österreich"),
    "BE": lazy_kt("Belgien"),
    "CH": lazy_kt("Schweiz"),
    "CZ": lazy_kt("Tschechien"),
    "DK": lazy_kt("Dänemark"),
    "ES": lazy_kt("Spanien"),
    "FR": lazy_kt("Frankreich"),
    "GB": lazy_kt("Vereinigtes Königreich"),
    "IT": lazy_kt("Italien"),
    "LU": lazy_kt("Luxemburg"),
    "NL": lazy_kt("Niederlande"),
    "PL": lazy_kt("Polen"),
    "TR": lazy_kt("Türkei"),
    "US": lazy_kt("Vereinigte Staaten"),
}
