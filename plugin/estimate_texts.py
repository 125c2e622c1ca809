"""The sentences about estimates and § 2 GOÄ agreements: what cannot be planned, agreed or filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

ESTIMATES: Final[Mapping[str, tuple[str, ...]]] = {
    "estimate_ends_before_start": (
        lazy_kt("Das Datum liegt in der Vergangenheit. Ein Kostenvoranschlag gilt mindestens bis heute."),
    ),
    "estimate_needs_reason": (
        lazy_kt(
            "Zu Nr. {number} liegt der Faktor über {threshold:factor}. Dafür gehört eine kurze Begründung auf den "
            "Kostenvoranschlag."
        ),
    ),
    "fee_agreement_missing": (
        lazy_kt(
            "Für Nr. {numbers} ist ein Faktor über 3,5 angekündigt. Die Honorarvereinbarung muss vor der Sitzung "
            "unterschrieben sein, sonst gilt höchstens 3,5."
        ),
    ),
    "fee_talk_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Das Gespräch geht der Vereinbarung voraus."),),
    "agreement_needs_physician": (lazy_kt("Vereinbaren kann nur eine Ärztin oder ein Arzt dieser Praxis."),),
    "agreement_by_minor": (
        lazy_kt("Die Person ist minderjährig. Bitte nennen Sie die Sorgeberechtigten als Zahlende."),
    ),
    "agreement_without_services": (
        lazy_kt("Es ist noch kein Faktor eingetragen. Bitte tragen Sie bei mindestens einer Leistung einen ein."),
    ),
}
"""Code of a finding -> its sentence; see finding_texts."""
