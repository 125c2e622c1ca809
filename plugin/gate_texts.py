"""The words of "Was fehlt noch": the subject of each item, and what is said once it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .sentences import filled, fitting, sentences
from .texts import kt, lazy_kt

if TYPE_CHECKING:
    from ..models.rules.gate_facts import GateItem

TITLES: Final[Mapping[str, str]] = {
    "benign": lazy_kt("Gutartigkeit ärztlich bestätigt"),
    "indication": lazy_kt("Medizinisch oder kosmetisch"),
    "talk": lazy_kt("Aufklärungsgespräch"),
    "consent": lazy_kt("Einwilligung"),
    "consent_risks": lazy_kt("Persönliche Risiken in der Einwilligung"),
    "minor": lazy_kt("Sorgeberechtigte und Einsicht"),
    "fund_question": lazy_kt("Frage an die Krankenkasse"),
    "cost_notice": lazy_kt("Kosteninformation"),
    "self_payer_agreement": lazy_kt("Selbstzahlervereinbarung"),
    "fee_agreement": lazy_kt("Honorarvereinbarung"),
    "recheck": lazy_kt("Kurze Abfrage vor der Sitzung"),
    "sun": lazy_kt("Sonne und Solarium"),
    "interval": lazy_kt("Abstand zur letzten Sitzung"),
    "area": lazy_kt("Größe der Fläche"),
    "qualification": lazy_kt("Nachweis für den Laser"),
    "supervision": lazy_kt("Ärztliche Aufsicht"),
    "device": lazy_kt("Gerät"),
}

_SOLVED: Final[Mapping[str, tuple[str, ...]]] = {
    "benign": (lazy_kt("{benign_on:day}, {benign_how}"),),
    "indication": (lazy_kt("ärztlich entschieden"),),
    "talk": (lazy_kt("{held_on:day} geführt"),),
    "consent": (
        lazy_kt("{sites}; Sitzungen: {sessions}; gültig bis {valid_until:day}"),
        lazy_kt("{sites}; Sitzungen: {sessions}; unterschrieben am {signed_on:day}"),
    ),
    "consent_risks": (lazy_kt("stehen auf dem Blatt"),),
    "minor": (lazy_kt("Unterschriften vollständig"),),
    "cost_notice": (lazy_kt("{handed_on:day} ausgehändigt"),),
    "self_payer_agreement": (lazy_kt("{signed_on:day} unterschrieben"),),
    "fee_agreement": (lazy_kt("{signed_on:day} unterschrieben"),),
    "recheck": (lazy_kt("{on:day}, ohne Auffälligkeiten"),),
    "sun": (lazy_kt("Abstand eingehalten"),),
    "interval": (lazy_kt("Abstand eingehalten"),),
    "qualification": (lazy_kt("liegt vor"),),
    "supervision": (lazy_kt("ärztliche Aufsicht ist benannt"),),
    "device": (lazy_kt("Grenzen und Prüfung in Ordnung"),),
}
"""What is said of a solved item: the first one that its facts fill."""

_RELEASED: Final[Mapping[str, str]] = {
    "physician": lazy_kt("Ärztlich freigegeben, die Begründung steht im Verlauf."),
    "owner": lazy_kt("Von der Praxisleitung freigegeben, die Begründung steht im Verlauf."),
}


@dataclass(frozen=True, slots=True)
class GateLine:
    """An item as the macro gate() shows it; the view adds where its button leads."""

    code: str
    state: str
    title: str
    detail: str
    url: str = ""
    action: str = ""


def gate_line(item: GateItem, url: str = "", action: str = "") -> GateLine:
    """The item in words: what is wrong, or how it was solved; raises KeyError for an item without a title."""
    return GateLine(item.code, item.state.value, kt(TITLES[item.code]), _detail(item), url, action)


def _detail(item: GateItem) -> str:
    if "overridden_by" in item.facts:
        return kt(_RELEASED[item.facts["overridden_by"]])
    if item.findings:
        return " ".join(sentences(item.findings))
    template = fitting(_SOLVED.get(item.code, ()), item.facts)
    return "" if template is None else filled(template, item.facts)
