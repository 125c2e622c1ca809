"""Words about side effects: kinds, how they were told, states, how they ended, what the information says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..models.rules.side_effects import Hint, Named, SideEffectKind
from .texts import kt, lazy_kt

_K = SideEffectKind
KINDS: Final[Mapping[str, str]] = {
    _K.REDNESS: lazy_kt("Rötung"),
    _K.SWELLING: lazy_kt("Schwellung"),
    _K.BLISTER: lazy_kt("Blase"),
    _K.BLOODY_BLISTER: lazy_kt("blutige Blase"),
    _K.BRUISE: lazy_kt("kleiner Bluterguss"),
    _K.SCALES: lazy_kt("Schuppen"),
    _K.BURN: lazy_kt("Verbrennung"),
    _K.LIGHTER: lazy_kt("heller als die Umgebung"),
    _K.DARKER: lazy_kt("dunkler als die Umgebung"),
    _K.SCAR: lazy_kt("Narbe"),
    _K.INFECTION: lazy_kt("Infektion"),
    _K.INK_DARKENED: lazy_kt("Farbe nachgedunkelt"),
    _K.OTHER: lazy_kt("anderes"),
}
HOW: Final[Mapping[str, str]] = {
    "telephone": lazy_kt("am Telefon"),
    "in_person": lazy_kt("persönlich"),
    "email": lazy_kt("per E-Mail"),
    "seen": lazy_kt("selbst gesehen"),
}
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "reported": ("open", lazy_kt("gemeldet")),
    "seen": ("waiting", lazy_kt("ärztlich gesehen")),
    "closed": ("done", lazy_kt("abgeschlossen")),
}
OUTCOMES: Final[Mapping[str, str]] = {
    "gone": lazy_kt("abgeheilt"),
    "better": lazy_kt("gebessert"),
    "lasting": lazy_kt("bleibt bestehen"),
    "referred": lazy_kt("überwiesen"),
}
_NAMED: Final[Mapping[Named, str]] = {
    Named.USUAL: lazy_kt("üblicher Verlauf"),
    Named.TEMPORARY: lazy_kt("kann vorübergehend auftreten"),
    Named.RISK: lazy_kt("als Risiko genannt"),
    Named.NOT_NAMED: lazy_kt("nicht genannt"),
}
"""What the information sheet says of a kind, as a word behind it."""
SIDE_EFFECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "side_effect_without_session": (
        lazy_kt("Diese Sitzung hat noch nicht stattgefunden. Bitte wählen Sie die Sitzung, nach der es auftrat."),
    ),
    "reported_in_future": (lazy_kt("Die Meldung liegt in der Zukunft. Bitte prüfen Sie Tag und Uhrzeit."),),
    "reported_before_session": (
        lazy_kt("Die Meldung liegt vor der Sitzung vom {treated_on:day}. Bitte prüfen Sie Tag und Uhrzeit."),
    ),
    "began_before_session": (
        lazy_kt("Der Beginn liegt vor der Sitzung vom {treated_on:day}. Bitte prüfen Sie das Datum."),
    ),
    "began_after_report": (lazy_kt("Der Beginn liegt nach der Meldung. Bitte prüfen Sie das Datum."),),
    "follow_up_in_past": (lazy_kt("Die Nachkontrolle liegt in der Vergangenheit. Bitte prüfen Sie das Datum."),),
    "outcome_before_session": (
        lazy_kt("Der Tag des Ausgangs liegt vor der Sitzung vom {treated_on:day}. Bitte prüfen Sie das Datum."),
    ),
    "outcome_in_future": (lazy_kt("Der Tag des Ausgangs liegt in der Zukunft. Bitte prüfen Sie das Datum."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""


def kinds_said(codes: Iterable[str]) -> str:
    """ "Rötung, Blase" in the reader's language."""
    return ", ".join(kt(KINDS[code]) for code in codes)


def hint_said(hint: Hint) -> str:
    """What the information says of one kind: a hint for the desk, no judgement."""
    kind = kt(KINDS[hint.kind])
    if hint.over:
        return kt("{kind}: dauert länger als die genannten etwa {days} Tage", kind=kind, days=hint.days)
    said = kt(_NAMED[hint.named])
    if hint.days:
        said = kt("{said}, etwa {days} Tage lang", said=said, days=hint.days)
    return f"{kind}: {said}"


def hints_said(hints: Iterable[Hint]) -> list[str]:
    """All hints of one sort in a line: "üblicher Verlauf: Blase, Schuppen"."""
    together: dict[Named, list[str]] = {sort: [] for sort in Named}
    for hint in hints:
        together[hint.named].append(kt(KINDS[hint.kind]))
    return [f"{kt(_NAMED[sort])}: {', '.join(kinds)}" for sort, kinds in together.items() if kinds]
