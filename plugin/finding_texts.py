"""The sentences for the codes of models/rules: first what is, then what to do; the law follows by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .batch_texts import BATCHES
from .billing_texts import BILLING
from .catalogue_texts import CATALOGUE
from .check_texts import CHECKS
from .clarification_texts import CLARIFICATION
from .debt_texts import DEBTS
from .desk_texts import DESK
from .dunning_texts import DUNNING
from .estimate_texts import ESTIMATES
from .front_desk_texts import FRONT_DESK
from .grant_texts import GRANTS
from .payment_texts import PAYMENTS
from .practice_texts import PRACTICE
from .side_effect_texts import SIDE_EFFECTS
from .tablet_texts import TABLET
from .texts import lazy_kt
from .treatment_texts import TREATMENT

WORDS: Final[Mapping[str, str]] = {
    "cryopeeling": lazy_kt("Cryopeeling"),
    "pigment_laser": lazy_kt("Laser Pigmentfleck"),
    "tattoo_laser": lazy_kt("Laser Tätowierung"),
    "medical": lazy_kt("medizinisch"),
    "cosmetic": lazy_kt("kosmetisch"),
    "undecided": lazy_kt("noch nicht entschieden"),
    "physician": lazy_kt("ärztlich"),
    "owner": lazy_kt("von der Praxisleitung"),
    "dunning_level_0": lazy_kt("die Zahlungserinnerung"),
    "dunning_level_1": lazy_kt("die erste Mahnung"),
    "dunning_level_2": lazy_kt("die zweite Mahnung"),
}
"""Enum values as they stand in a sentence: "{planned:word}"."""

_CONSENT: Final[Mapping[str, tuple[str, ...]]] = {
    "consent_missing": (lazy_kt("Es liegt keine Einwilligung vor. Ohne sie beginnt keine Sitzung."),),
    "consent_withdrawn": (
        lazy_kt("Die Einwilligung wurde am {withdrawn_at:instant} widerrufen. Es braucht eine neue."),
    ),
    "consent_not_signed": (lazy_kt("Die Einwilligung ist noch nicht unterschrieben."),),
    "consent_signed_later": (
        lazy_kt("Die Einwilligung trägt das Datum {signed_on:day}, das liegt nach der Sitzung. Bitte prüfen Sie es."),
    ),
    "consent_not_recorded": (
        lazy_kt("Die Einwilligung vom {signed_on:day} ist noch nicht in der Akte. Bitte ordnen Sie den Scan zu."),
    ),
    "consent_wrong_signer": (
        lazy_kt("Unterschrieben hat weder die Patientin oder der Patient noch eine Vertretung. Bitte prüfen Sie das."),
    ),
    "consent_other_procedure": (
        lazy_kt("Die Einwilligung gilt für „{covered:word}“, geplant ist „{planned:word}“. Es braucht eine neue."),
    ),
    "consent_sites": (lazy_kt("Die Einwilligung nennt diese Stellen nicht: {missing}. Es braucht eine neue."),),
    "consent_sessions_used": (
        lazy_kt("Die Einwilligung ist ausgeschöpft: Sitzungen darin {covered}, gemacht {done}. Es braucht eine neue."),
    ),
    "consent_expired": (lazy_kt("Die Einwilligung galt bis {valid_until:day}. Es braucht eine neue."),),
    "talk_waived": (lazy_kt("Auf das Aufklärungsgespräch wurde ausdrücklich verzichtet."),),
    "talk_missing": (lazy_kt("Das Aufklärungsgespräch fehlt. Bitte tragen Sie es ein, sobald es geführt ist."),),
    "talk_after_consent": (
        lazy_kt(
            "Die Einwilligung vom {signed_on:day} ist älter als das Gespräch vom {held_on:day}. "
            "Sie muss nach dem Gespräch unterschrieben werden."
        ),
    ),
    "talk_short_notice": (
        lazy_kt(
            "Das Gespräch war am {held_on:day}, also kurz vor der Sitzung. "
            "Bitte achten Sie auf genug Zeit zum Überlegen."
        ),
    ),
    "minor_without_guardian": (
        lazy_kt("Die Person ist {age} Jahre alt. Es fehlt die Unterschrift der Sorgeberechtigten."),
    ),
    "minor_one_guardian": (
        lazy_kt(
            "Die Person ist {age} Jahre alt, unterschrieben hat nur eine sorgeberechtigte Person. "
            "Es fehlt die zweite Unterschrift oder der Nachweis der Alleinsorge."
        ),
    ),
    "minor_capacity_not_judged": (
        lazy_kt("Die Person ist {age} Jahre alt. Ob sie den Eingriff versteht, muss noch ärztlich beurteilt werden."),
    ),
    "minor_not_capable": (
        lazy_kt(
            "Die Person ist {age} Jahre alt und kann nach ärztlichem Urteil noch nicht selbst einwilligen. "
            "Die Behandlung beginnt nicht."
        ),
    ),
    "minor_not_signed": (lazy_kt("Die Person ist {age} Jahre alt. Ihre eigene Unterschrift fehlt noch."),),
}

_COSTS: Final[Mapping[str, tuple[str, ...]]] = {
    "cost_notice_missing": (lazy_kt("Die Kosteninformation wurde noch nicht ausgehändigt."),),
    "cost_notice_not_signed": (
        lazy_kt(
            "Die Kosteninformation wurde am {handed_on:day} ausgehändigt, aber nicht unterschrieben. Textform genügt."
        ),
    ),
    "self_payer_agreement_missing": (
        lazy_kt(
            "Die Selbstzahlervereinbarung fehlt. Sie muss vor der Leistung am {service_on:day} unterschrieben sein."
        ),
    ),
    "self_payer_agreement_late": (
        lazy_kt("Die Selbstzahlervereinbarung ist vom {signed_on:day}, die Leistung war schon am {service_on:day}."),
    ),
    "self_payer_agreement_on_screen": (
        lazy_kt(
            "Die Selbstzahlervereinbarung vom {signed_on:day} ist nur auf dem Bildschirm unterschrieben. "
            "Bitte lassen Sie sie auf Papier unterschreiben."
        ),
    ),
    "self_payer_agreement_not_recorded": (
        lazy_kt(
            "Der Scan der Selbstzahlervereinbarung vom {signed_on:day} fehlt. Die Sitzung kann beginnen, "
            "die Privatrechnung erst, wenn er vorliegt."
        ),
    ),
    "fund_benefit_question": (
        lazy_kt(
            "Die Behandlung ist medizinisch begründet und könnte eine Leistung der Krankenkasse sein. "
            "Bitte klären Sie das vorher."
        ),
    ),
}

_SESSION: Final[Mapping[str, tuple[str, ...]]] = {
    "benign_check_missing": (
        lazy_kt("Noch nicht ärztlich als gutartig bestätigt: {sites}. Vorher wird nicht behandelt."),
    ),
    "lesions_missing": (lazy_kt("Es sind noch keine Stellen eingetragen."),),
    "indication_undecided": (
        lazy_kt("Position {line}: Ob medizinisch oder kosmetisch, ist noch nicht ärztlich entschieden."),
        lazy_kt("Noch nicht ärztlich entschieden, ob medizinisch oder kosmetisch: {sites}."),
    ),
    "recheck_missing": (lazy_kt("Die kurze Abfrage vor der Sitzung fehlt noch: Bräune, Medikamente, Änderungen."),),
    "recheck_remarks": (lazy_kt("Aus der Abfrage: {remarks}. Bitte ärztlich ansehen lassen."),),
    "sun_too_recent": (
        lazy_kt(
            "Sonne oder Solarium zuletzt am {last_sun_on:day}. Empfohlen sind {before_days} Tage Abstand, "
            "also ab {possible_from:day}. Bitte ärztlich freigeben lassen."
        ),
    ),
    "interval_too_short": (
        lazy_kt(
            "Die letzte Sitzung war am {last_treated_on:day}. Bei {interval_days} Tagen Abstand ginge es ab "
            "{possible_from:day}. Bitte ärztlich freigeben lassen."
        ),
    ),
    "area_small_question": (
        lazy_kt("Eine Höchstgröße ist nicht eingestellt. Cryopeeling eignet sich für kleine Flächen."),
    ),
    "area_too_large": (
        lazy_kt(
            "Die Fläche ist {area_cm2:area}, die Praxis sieht bis {max_area_cm2:area} vor. "
            "Bitte ärztlich freigeben lassen."
        ),
    ),
    "supervisor_missing": (lazy_kt("Bitte nennen Sie die Ärztin oder den Arzt, unter deren Aufsicht behandelt wird."),),
    "performer_not_named": (lazy_kt("Bitte tragen Sie ein, wer den Laser anwendet."),),
    "performer_not_physician": (lazy_kt("Diese Laseranwendung ist Ärztinnen und Ärzten vorbehalten."),),
    "nisv_proof_missing": (lazy_kt("Der Nachweis der Fachkunde fehlt für die Person, die den Laser anwendet."),),
    "performer_talk_missing": (
        lazy_kt("Aufgeklärt hat eine andere Person. Wer anwendet, führt bitte noch ein eigenes kurzes Gespräch."),
    ),
}

_FACTORS: Final[Mapping[str, tuple[str, ...]]] = {
    "factor_fixed": (lazy_kt("Nr. {number} hat einen festen Satz, der Faktor {factor:factor} geht hier nicht."),),
    "factor_out_of_range": (
        lazy_kt(
            "Der Faktor {factor:factor} zu Nr. {number} ist nicht zulässig, erlaubt sind 1,0 bis {maximum:factor}."
        ),
    ),
    "factor_needs_agreement": (
        lazy_kt(
            "Der Faktor {factor:factor} zu Nr. {number} liegt außerhalb von 1,0 bis {maximum:factor}. "
            "Dafür braucht es eine Honorarvereinbarung vor der Leistung."
        ),
    ),
    "factor_needs_reason": (
        lazy_kt(
            "Der Faktor {factor:factor} zu Nr. {number} liegt über {threshold:factor}. "
            "Dafür gehört eine kurze Begründung auf die Rechnung."
        ),
    ),
    "agreement_not_allowed": (lazy_kt("Für Nr. {number} ist keine Honorarvereinbarung möglich."),),
    "agreement_too_late": (
        lazy_kt("Die Honorarvereinbarung zu Nr. {number} ist vom {signed_on:day}, die Leistung vom {service_on:day}."),
    ),
    "agreement_other_factor": (
        lazy_kt("Vereinbart ist zu Nr. {number} der Faktor {agreed:factor}, hier steht {factor:factor}."),
    ),
    "agreement_same_day": (
        lazy_kt(
            "Die Honorarvereinbarung zu Nr. {number} ist vom Tag der Leistung. "
            "Bitte achten Sie darauf, dass sie vorher unterschrieben wurde."
        ),
    ),
}

_INVOICE: Final[Mapping[str, tuple[str, ...]]] = {
    "issuer_address_missing": (
        lazy_kt("Name oder Anschrift der Praxis ist unvollständig. Sie gehört auf die Rechnung."),
    ),
    "issuer_tax_number_missing": (lazy_kt("Die Steuernummer der Praxis fehlt. Sie gehört auf die Rechnung."),),
    "issuer_bank_missing": (lazy_kt("Die IBAN der Praxis fehlt. Ohne sie kann niemand überweisen."),),
    "recipient_name_missing": (lazy_kt("Der Name der Empfängerin oder des Empfängers fehlt."),),
    "recipient_address_missing": (lazy_kt("Die Anschrift der Empfängerin oder des Empfängers ist unvollständig."),),
    "invoice_without_lines": (lazy_kt("Die Rechnung hat noch keine Position."),),
    "line_count": (lazy_kt("Position {line}, Nr. {number}: Die Anzahl {count} geht nicht."),),
    "service_in_future": (
        lazy_kt("Position {line}, Nr. {number}: Die Leistung vom {service_on:day} steht noch bevor."),
    ),
    "amount_not_by_factor": (
        lazy_kt(
            "Position {line}, Nr. {number}: Der Betrag ist {amount:money}, "
            "nach Punktzahl und Faktor sind es {fee:money}."
        ),
    ),
    "indication_contradicts": (
        lazy_kt(
            "Position {line}: Hier steht „{indication:word}“, auf einem früheren Papier „{stated:word}“. "
            "Beides muss übereinstimmen."
        ),
    ),
    "issue_not_today": (
        lazy_kt("Das Rechnungsdatum {issue_on:day} ist nicht heute. Rechnungen tragen das Datum von heute."),
    ),
    "books_locked": (lazy_kt("Die Bücher sind bis {locked_until:day} abgeschlossen."),),
    "service_in_locked_books": (
        lazy_kt("Eine Leistung liegt vor dem Abschluss der Bücher am {locked_until:day}. Bitte prüfen Sie das."),
    ),
    "above_cost_notice": (
        lazy_kt("Der Betrag liegt {over:money} über der Kosteninformation ({announced:money}). Bitte prüfen Sie ihn."),
    ),
}

SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    **_CONSENT,
    **_COSTS,
    **_SESSION,
    **_FACTORS,
    **_INVOICE,
    **BATCHES,
    **BILLING,
    **CATALOGUE,
    **CHECKS,
    **CLARIFICATION,
    **PAYMENTS,
    **DEBTS,
    **DUNNING,
    **DESK,
    **ESTIMATES,
    **FRONT_DESK,
    **GRANTS,
    **TREATMENT,
    **SIDE_EFFECTS,
    **PRACTICE,
    **TABLET,
}
"""Code of a finding -> its sentence; where its facts differ, several, and the first one that they fill is said."""
