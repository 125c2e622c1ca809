"""The fixed words of the papers in both languages: labels, headings and short sentences that no practice rewords."""

from typing import Final

from .base import Language
from .debt_words import DEBT_WORDS
from .grant_words import GRANT_WORDS
from .ink_words import INK_WORDS
from .query_words import QUERY_WORDS

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "draft": ("Entwurf", "Draft"),
    "page": ("Seite {page} von {pages}", "Page {page} of {pages}"),
    "born": ("geb. {day}", "born {day}"),
    "phone": ("Telefon {value}", "Phone {value}"),
    "tax_number": ("Steuernummer {value}", "Tax number {value}"),
    "vat_id": ("USt-IdNr. {value}", "VAT ID {value}"),
    "iban": ("IBAN {value}", "IBAN {value}"),
    "bic": ("BIC {value}", "BIC {value}"),
    # the info block
    "invoice_number": ("Rechnungsnummer", "Invoice number"),
    "invoice_date": ("Rechnungsdatum", "Invoice date"),
    "cancellation_number": ("Nummer", "Number"),
    "number": ("Nummer", "Number"),
    "date": ("Datum", "Date"),
    "for_invoice": ("Zur Rechnung", "For invoice"),
    "for_invoice_value": ("{number} vom {day}", "{number} of {day}"),
    "patient": ("Patient/in", "Patient"),
    "birth_date": ("geb.", "Born"),
    "procedure": ("Behandlung", "Treatment"),
    "period": ("Leistungszeitraum", "Service period"),
    "physician": ("Ärztin/Arzt", "Physician"),
    "contact": ("Kontakt", "Contact"),
    "insurer": ("Versicherung", "Insurer"),
    "valid_until": ("Gültig bis", "Valid until"),
    # invoice and cancellation
    "invoice": ("Rechnung", "Invoice"),
    "invoice_title": ("Rechnung {number}", "Invoice {number}"),
    "invoice_lead": (
        "Für die ärztlichen Leistungen nach der Gebührenordnung für Ärzte (GOÄ) berechnen wir:",
        "For the medical services under the German fee schedule for physicians (GOÄ) we charge:",
    ),
    "goods_lead": ("Für die abgegebenen Waren berechnen wir:", "For the goods handed over we charge:"),
    "mixed_lead": (
        "Für die ärztlichen Leistungen nach der Gebührenordnung für Ärzte (GOÄ) und die abgegebenen Waren berechnen wir:",  # noqa: E501  # one sentence
        "For the medical services under the German fee schedule for physicians (GOÄ) and the goods handed over we charge:",  # noqa: E501  # one sentence
    ),
    "cancellation": ("Stornorechnung", "Cancellation invoice"),
    "cancellation_title": ("Stornorechnung {number}", "Cancellation invoice (Stornorechnung) {number}"),
    "cancellation_subject": (
        "Stornorechnung zu Rechnung {number} vom {day}",
        "Cancellation of invoice {number} of {day}",
    ),
    "cancellation_lead": (
        "Wir stornieren die genannte Rechnung in voller Höhe. Aus ihr ist nichts mehr zu zahlen.",
        "We cancel the invoice named above in full. Nothing remains to be paid from it.",
    ),
    "cancellation_reason": ("Grund: {reason}", "Reason: {reason}"),
    "diagnosis": ("Diagnose: {text}", "Diagnosis: {text}"),
    "column_date": ("Datum", "Date"),
    "column_number": ("GOÄ", "GOÄ"),
    "column_service": ("Leistung", "Service"),
    "column_quantity": ("Anz.", "Qty"),
    "column_factor": ("Faktor", "Factor"),
    "column_amount": ("Betrag", "Amount"),
    "expense": ("§ 10", "§ 10"),
    "net": ("Summe netto", "Net amount"),
    "group_sum": ("Summe", "Sum"),
    "vat": ("zuzüglich {rate} Umsatzsteuer", "plus {rate} VAT"),
    "invoice_total": ("Rechnungsbetrag", "Total amount"),
    "cancelled_total": ("Stornobetrag", "Total cancelled"),
    "paid": ("bereits gezahlt", "already paid"),
    "due": ("noch zu zahlen", "still to be paid"),
    "payee": ("Empfänger", "Payee"),
    "bank": ("Bank", "Bank"),
    "amount": ("Betrag", "Amount"),
    "purpose": ("Verwendungszweck", "Reference"),
    # receipt and reminder
    "receipt_title": ("Quittung {number}", "Receipt (Quittung) {number}"),
    "paid_by": ("Gezahlt von", "Paid by"),
    "received_on": ("Eingang", "Received on"),
    "paid_way": ("Zahlungsweg", "Way of payment"),
    "received": ("Erhaltener Betrag", "Amount received"),
    "way_transfer": ("per Überweisung", "by bank transfer"),
    "way_till": ("laut Praxiskasse, Beleg-Nr. {number}", "at the practice's till, slip no. {number}"),
    "reminder_title": ("Zahlungserinnerung {number}", "Payment reminder {number}"),
    "reminder_subject": ("Zahlungserinnerung zur Rechnung {number}", "Payment reminder for invoice {number}"),
    "please_pay_by": ("Bitte zahlen bis", "Please pay by"),
    # dunning letter
    "dunning_title_1": ("Mahnung {number}", "First dunning letter (Mahnung) {number}"),
    "dunning_title_2": ("Zweite Mahnung {number}", "Second dunning letter (Mahnung) {number}"),
    "dunning_subject_1": ("Mahnung zur Rechnung {number}", "First dunning letter for invoice {number}"),
    "dunning_subject_2": ("Zweite Mahnung zur Rechnung {number}", "Second dunning letter for invoice {number}"),
    "dunning_fee": ("Kosten dieses Schreibens", "Cost of this letter"),
    "interest_until": ("Verzugszinsen bis {day}", "Default interest until {day}"),
    "interest_heading": ("So sind die Verzugszinsen gerechnet", "How the default interest is reckoned"),
    "column_interest_period": ("Zeitraum", "Period"),
    "column_interest_days": ("Tage", "Days"),
    "column_interest_rate": ("Zinssatz", "Rate"),
    "column_interest_on": ("auf", "on"),
    "giro_caption": ("GiroCode: mit der Banking-App scannen", "GiroCode: scan it with your banking app"),
    # cost notice
    "cost_notice": ("Kosteninformation", "Cost information"),
    "cost_notice_title": ("Information über die voraussichtlichen Kosten", "Information on the expected costs"),
    "cost_notice_gkv_title": (
        "Kosteninformation und Vereinbarung einer Selbstzahlerleistung",
        "Cost information and self-payer agreement",
    ),
    "cost_notice_law": (
        "Vor der Behandlung informieren wir Sie über die voraussichtlichen Kosten (§ 630c Abs. 3 BGB).",
        "Before the treatment we inform you of the expected costs (section 630c(3) German Civil Code, BGB).",
    ),
    "sites": ("Körperstellen", "Body sites"),
    "sessions": ("Sitzungen", "Sessions"),
    "sessions_planned": ("voraussichtlich {count}", "expected: {count}"),
    "area": ("Fläche", "Area"),
    "device": ("Gerät", "Device"),
    "method": ("Verfahren", "Method"),
    "per_session": (
        "Je Sitzung, nach der Gebührenordnung für Ärzte (GOÄ)",
        "Per session, under the German fee schedule for physicians (GOÄ)",
    ),
    "needs_agreement": (
        "nur mit gesonderter Vereinbarung nach § 2 GOÄ vor der Behandlung",
        "only with a separate agreement under section 2 GOÄ before the treatment",
    ),
    "session_gross": ("je Sitzung", "per session"),
    "total_gross_one": ("insgesamt bei 1 Sitzung", "in total for 1 session"),
    "total_gross": ("insgesamt bei {count} Sitzungen", "in total for {count} sessions"),
    "who_pays": ("Wer die Kosten trägt", "Who bears the costs"),
    "agreement": ("Vereinbarung", "Agreement"),
    "par52": ("Hinweis zu Folgekosten", "Note on follow-up costs"),
    # estimate
    "estimate": ("Kostenvoranschlag", "Cost estimate"),
    "estimate_title": ("Kostenvoranschlag {number}", "Cost estimate (Kostenvoranschlag) {number}"),
    "estimate_lead": (
        "Für die geplante Behandlung erwarten wir diese Kosten, aufgeschlüsselt wie später die Rechnung.",
        "For the planned treatment we expect these costs, itemised as the invoice will be.",
    ),
    "estimate_diagnosis": ("Diagnose", "Diagnosis"),
    "estimate_reason": ("Begründung: {reason}", "Reason: {reason}"),
    # fee agreement (§ 2 GOÄ): nothing may be added to it
    "fee_agreement_title": ("Vereinbarung nach § 2 GOÄ", "Agreement under section 2 GOÄ"),
    "fee_agreement_parties": (
        "Zwischen {payer} und {physician} wird für die folgenden Leistungen diese Vergütung vereinbart:",
        "{payer} and {physician} agree on the following fees for the following services:",
    ),
    "fee_agreement_payer_for": ("{payer} für {patient}", "{payer} for {patient}"),
    "fee_agreement_statement": (
        "Eine Erstattung der Vergütung durch Erstattungsstellen ist möglicherweise nicht in vollem Umfang gewährleistet.",  # noqa: E501  # the statute's own sentence
        "It is possible (möglicherweise) that reimbursing bodies do not reimburse the fee in full.",
    ),
    # consent
    "consent": ("Einwilligung", "Consent"),
    "consent_title": ("Aufklärung und Einwilligung: {procedure}", "Information and consent: {procedure}"),
    "questions": ("Fragen an Sie vor der Behandlung", "Questions to you before the treatment"),
    "questions_lead": (
        "Bitte beantworten Sie jede Frage. Ein Ja schließt die Behandlung nicht immer aus; wir sprechen darüber.",
        "Please answer each question. A yes does not always rule out the treatment; we will discuss it with you.",
    ),
    "yes": ("ja", "yes"),
    "no": ("nein", "no"),
    "talk": ("Das Aufklärungsgespräch", "The explanatory talk"),
    "talk_lead": (
        "Dieses Blatt ergänzt das Gespräch und ersetzt es nicht (§ 630e BGB).",
        "This sheet supplements the talk and does not replace it (section 630e German Civil Code, BGB).",
    ),
    "talk_by": ("Geführt von", "Held by"),
    "talk_on": ("Am", "On"),
    "talk_from": ("von {start} bis {end} Uhr", "from {start} to {end}"),
    "talk_time": ("Uhrzeit von – bis", "Time from – to"),
    "talk_companion": ("Begleitung", "Companion"),
    "talk_interpreter": ("Sprachmittlung", "Interpreter"),
    "talk_risks": ("Persönliche Risiken", "Individual risks"),
    "talk_questions": ("Ihre Fragen", "Your questions"),
    "talk_copy": ("Abschrift ausgehändigt", "Copy handed over"),
    "scope": ("Wofür die Einwilligung gilt", "What the consent covers"),
    "up_to": ("bis zu {count}", "up to {count}"),
    "covered_until": ("Gilt bis", "Valid until"),
    # aftercare
    "aftercare": ("Nachsorge", "Aftercare"),
    "aftercare_title": ("Nachsorge: {procedure}", "Aftercare: {procedure}"),
    "treated_on": ("Behandelt am", "Treated on"),
    "next_on": ("Nächster Termin", "Next appointment"),
    # signatures
    "place_date": ("Ort, Datum", "Place, date"),
    "sign_patient": ("Unterschrift Patient/in", "Signature of the patient"),
    "sign_guardian": ("Unterschrift sorgeberechtigte Person", "Signature of the parent or guardian"),
    "sign_payer": ("Unterschrift zahlungspflichtige Person", "Signature of the person who pays"),
    "sign_physician": ("Unterschrift Ärztin/Arzt", "Signature of the physician"),
    "sign_practice": ("Unterschrift für die Praxis", "Signature for the practice"),
    "signed_on_tablet": (
        "auf dem Tablet unterschrieben am {day} um {time} Uhr",
        "signed on the tablet on {day} at {time}",
    ),
    "practice_said": ("Praxis", "Practice"),
    **DEBT_WORDS,
    **GRANT_WORDS,
    **INK_WORDS,
    **QUERY_WORDS,
}


def word(language: Language, key: str, /, **values: str) -> str:
    """The word or sentence of a key; no-break spaces stand after § and before figures of a paragraph."""
    text = _WORDS[key][0 if language == "de" else 1]
    return (text.format(**values) if values else text).replace("§ ", "§\u00a0")


def all_words() -> dict[str, tuple[str, str]]:
    """Every key with its German and its English, for the test that both are complete."""
    return dict(_WORDS)
