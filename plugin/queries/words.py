"""Words for the values of courses and their papers, shared by forms and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..texts import lazy_kt

LESION_KINDS: Final[Mapping[str, str]] = {
    "age_spot": lazy_kt("Altersfleck"),
    "pigment_spot": lazy_kt("Pigmentfleck"),
    "mole": lazy_kt("Muttermal"),
    "age_wart": lazy_kt("Alterswarze"),
    "scar": lazy_kt("Narbe"),
    "tattoo": lazy_kt("Tätowierung"),
}
INKS: Final[Mapping[str, str]] = {
    "black": lazy_kt("schwarz"),
    "blue": lazy_kt("blau"),
    "green": lazy_kt("grün"),
    "red": lazy_kt("rot"),
    "yellow": lazy_kt("gelb"),
    "orange": lazy_kt("orange"),
    "violet": lazy_kt("violett"),
    "brown": lazy_kt("braun"),
    "white": lazy_kt("weiß oder hautfarben"),
    "other": lazy_kt("andere"),
}
"""Colours of a tattoo: a code as Lesion.ink_colours holds it -> its word."""
RISK_CLAUSES: Final[Mapping[str, str]] = {
    "skin_dark": lazy_kt("sehr dunkle Haut"),
    "skin_sensitive": lazy_kt("sehr empfindliche Haut"),
    "ink_darkens": lazy_kt("Farben, die nachdunkeln können"),
}
INDICATIONS: Final[Mapping[str, str]] = {
    "cosmetic": lazy_kt("kosmetisch"),
    "medical": lazy_kt("medizinisch"),
    "undecided": lazy_kt("noch nicht entschieden"),
}
CHANNELS: Final[Mapping[str, str]] = {
    "in_person": lazy_kt("persönlich"),
    "video": lazy_kt("per Video"),
    "telephone": lazy_kt("am Telefon"),
}
WAYS: Final[Mapping[str, str]] = {"paper": lazy_kt("auf Papier"), "email": lazy_kt("per E-Mail")}
IDENTITIES: Final[Mapping[str, str]] = {"known": lazy_kt("persönlich bekannt"), "document": lazy_kt("Ausweis gesehen")}
LANGUAGES: Final[Mapping[str, str]] = {
    "de": lazy_kt("Deutsch"),
    "en": lazy_kt("Englisch"),
    "ar": lazy_kt("Arabisch"),
    "fr": lazy_kt("Französisch"),
    "pl": lazy_kt("Polnisch"),
    "ru": lazy_kt("Russisch"),
    "tr": lazy_kt("Türkisch"),
    "uk": lazy_kt("Ukrainisch"),
    "other": lazy_kt("andere"),
}
PAPER_LANGUAGES: Final[Mapping[str, str]] = {"de": lazy_kt("Deutsch"), "en": lazy_kt("Englisch")}
WITHDRAWN_HOW: Final[Mapping[str, str]] = {
    "oral": lazy_kt("mündlich"),
    "telephone": lazy_kt("am Telefon"),
    "written": lazy_kt("schriftlich"),
    "email": lazy_kt("per E-Mail"),
}
CONSENT_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "prepared": ("open", lazy_kt("vorbereitet")),
    "signed": ("done", lazy_kt("unterschrieben")),
    "withdrawn": ("blocked", lazy_kt("widerrufen")),
    "expired": ("overdue", lazy_kt("abgelaufen")),
    "void": ("waiting", lazy_kt("verworfen")),
}
NOTICE_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "prepared": ("open", lazy_kt("ausgestellt")),
    "handed": ("done", lazy_kt("übergeben")),
    "signed": ("done", lazy_kt("unterschrieben")),
    "void": ("waiting", lazy_kt("ersetzt")),
}
ESTIMATE_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "issued": ("open", lazy_kt("ausgestellt")),
    "handed": ("done", lazy_kt("übergeben")),
    "expired": ("overdue", lazy_kt("abgelaufen")),
    "replaced": ("waiting", lazy_kt("ersetzt")),
}
ESTIMATE_FLAGS: Final[Mapping[str, str]] = {
    "consent_withdrawn": lazy_kt(
        "Die Einwilligung wurde widerrufen. Bitte klären Sie, ob der Kostenvoranschlag noch gebraucht wird."
    ),
    "indication_changed": lazy_kt(
        "Die Indikation hat sich geändert. Bitte stellen Sie einen neuen Kostenvoranschlag aus."
    ),
}
AGREEMENT_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "prepared": ("open", lazy_kt("vorbereitet")),
    "signed": ("done", lazy_kt("unterschrieben")),
    "void": ("waiting", lazy_kt("verworfen")),
}
TREATMENT_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "planned": ("open", lazy_kt("geplant")),
    "started": ("open", lazy_kt("läuft")),
    "done": ("done", lazy_kt("gemacht")),
    "aborted": ("overdue", lazy_kt("abgebrochen")),
    "not_started": ("waiting", lazy_kt("nicht begonnen")),
}
PAPER_KINDS: Final[Mapping[str, str]] = {
    "consent": lazy_kt("Aufklärung und Einwilligung"),
    "cost_notice": lazy_kt("Kosteninformation"),
    "aftercare": lazy_kt("Nachsorgeblatt"),
    "invoice": lazy_kt("Rechnung"),
    "cancellation": lazy_kt("Stornorechnung"),
    "estimate": lazy_kt("Kostenvoranschlag"),
    "fee_agreement": lazy_kt("Honorarvereinbarung"),
    "cost_query": lazy_kt("Kostenanfrage"),
    "release": lazy_kt("Schweigepflichtentbindung"),
    "power_of_attorney": lazy_kt("Vollmacht"),
    "outcome": lazy_kt("Ergebnis der Kostenklärung"),
    "receipt": lazy_kt("Quittung"),
    "reminder": lazy_kt("Zahlungserinnerung"),
    "correction_letter": lazy_kt("Begleitbrief zur neuen Rechnung"),
    "instalment_plan": lazy_kt("Ratenzahlungsvereinbarung"),
    "claim_statement": lazy_kt("Forderungsaufstellung"),
    "dunning": lazy_kt("Mahnung"),
}
