"""The sentences about the fee schedule, chains, articles and wished prices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

CATALOGUE: Final[Mapping[str, tuple[str, ...]]] = {
    "chain_full": (lazy_kt("Eine Leistungskette hat höchstens {most} Leistungen. Bitte nehmen Sie erst eine heraus."),),
    "chain_repeats": (lazy_kt("Nr. {number} steht schon in dieser Kette. Bitte prüfen Sie, ob sie zweimal anfällt."),),
    "wish_too_low": (
        lazy_kt("Die anderen Leistungen kosten allein schon mehr als {wished:money}. Bitte prüfen Sie den Preis."),
    ),
    "factor_crooked": (
        lazy_kt(
            "Ein krummer Faktor wie {factor:factor} sieht vom Preis her gerechnet aus. Der Faktor folgt aus "
            "Schwierigkeit, Zeit und Umständen. Nehmen Sie besser einen mit einer Nachkommastelle."
        ),
    ),
    "lump_sum_hidden": (
        lazy_kt(
            "Mit dem Faktor {factor:factor} kommen genau {wished:money} heraus. Das kann als versteckte Pauschale "
            "gelten, und die ist unwirksam."
        ),
    ),
    "schedule_name": (lazy_kt("Der Name der Gebührenordnung fehlt oder hat mehr als {longest} Zeichen."),),
    "schedule_known": (lazy_kt("Eine Gebührenordnung „{name}“ gibt es schon. Bitte wählen Sie einen anderen Namen."),),
    "schedule_too_early": (
        lazy_kt(
            "Die letzte Gebührenordnung gilt seit {newest:day}. Eine neue kann erst danach beginnen, nicht am "
            "{valid_from:day}."
        ),
    ),
    "article_name_taken": (lazy_kt("Den Artikel „{name}“ gibt es schon. Bitte wählen Sie eine andere Bezeichnung."),),
}
"""Code of a finding -> its sentence; see finding_texts."""
