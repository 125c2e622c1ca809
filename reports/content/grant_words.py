"""The fixed words on a release and on a power of attorney, German and English."""

from typing import Final

GRANT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "release": ("Schweigepflichtentbindung", "Release from medical secrecy"),
    "release_title": (
        "Entbindung von der Schweigepflicht für einen einzelnen Fall",
        "Release from medical secrecy for one single case",
    ),
    "power_of_attorney": ("Vollmacht", "Power of attorney"),
    "power_of_attorney_title": (
        "Vollmacht für eine einzelne Kostenanfrage",
        "Power of attorney for one single cost query",
    ),
    "grant_case": ("Fall", "Case"),
    "grant_towards": ("Gegenüber", "Towards"),
    "grant_numbers": ("Versicherung", "Insurance"),
    "grant_contract": ("Vertrag", "contract"),
    "grant_insured_no": ("Versichertennummer", "insured person no."),
    "grant_person": ("Behandelt wird", "Person treated"),
    "grant_holder": ("Versicherungsnehmer/in", "Policyholder"),
    "grant_purpose": ("Zweck", "Purpose"),
    "grant_valid": ("Gilt", "Valid"),
    "grant_valid_value": ("vom Tag der Unterschrift bis {day}", "from the day of signature until {day}"),
    "shown_heading": (
        "Nur diese Daten und Unterlagen dürfen gezeigt werden",
        "Only these data and documents may be shown",
    ),
    "shown_estimate": ("Kostenvoranschlag und Kostenanfrage", "Cost estimate and cost query"),
    "shown_diagnosis": ("Diagnose", "Diagnosis"),
    "shown_findings": (
        "Befund und ärztliche Einschätzung der genannten Körperstellen",
        "Findings and the physician's assessment of the body sites named above",
    ),
    "shown_treatment_plan": (
        "Behandlungsplan: Verfahren, Körperstellen, Zahl der Sitzungen",
        "Treatment plan: procedure, body sites, number of sessions",
    ),
    "shown_history": (
        "Frühere Behandlungen derselben Körperstellen",
        "Earlier treatments of the same body sites",
    ),
    "shown_photos": ("Fotos der genannten Körperstellen", "Photographs of the body sites named above"),
    "shown_no_photos": ("Fotos werden nicht gezeigt.", "Photographs are not shown."),
    "sign_policyholder": (
        "Unterschrift Versicherungsnehmer/in",
        "Signature of the policyholder",
    ),
}  # fmt: skip
