"""Which tables a practice of the benchmarks fills, and with which columns; everything else keeps its default."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from kostenklar.models.consent import Consent, CostNotice
from kostenklar.models.course import Course, Explanation, Lesion
from kostenklar.models.invoice import Invoice, InvoiceLine
from kostenklar.models.ledger import Move
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient, PatientKey, PatientPhone, Policy
from kostenklar.models.treatment import Treatment

from .bulk import Sheet

PATIENT = Sheet(
    Patient, "id", "practice_id", "number", "first_name", "last_name", "birth_date", "street", "postcode", "city",
    "sort_key",
)  # fmt: skip
KEY = Sheet(PatientKey, "practice_id", "patient_id", "key")
PHONE = Sheet(PatientPhone, "practice_id", "patient_id", "number")
POLICY = Sheet(Policy, "practice_id", "patient_id", "kind")
COURSE = Sheet(Course, "id", "practice_id", "patient_id", "procedure_id", "title", "sessions_max", "ended_on")
LESION = Sheet(
    Lesion, "id", "practice_id", "course_id", "kind", "site", "side", "indication", "benign_how", "benign_by_id",
    "benign_on",
)  # fmt: skip
TALK = Sheet(
    Explanation, "practice_id", "course_id", "explained_by_id", "started_at", "ended_at", "recorded_at", "recorded_by"
)
CONSENT = Sheet(
    Consent, "id", "practice_id", "patient_id", "course_id", "procedure_id", "state", "paper_id", "sites", "sessions",
    "valid_until", "signed_on", "recorded_at", "scan_id",
)  # fmt: skip
NOTICE = Sheet(
    CostNotice, "id", "practice_id", "patient_id", "course_id", "state", "payer", "with_agreement", "indication",
    "paper_id", "gross_min", "gross_max", "handed_on", "signed_on", "recorded_at", "scan_id",
)  # fmt: skip
TREATMENT = Sheet(
    Treatment, "id", "practice_id", "patient_id", "course_id", "site_id", "session_no", "state", "planned_on",
    "planned_time", "started_at", "ended_at", "documented_at", "performed_by_id", "device_id", "billing",
)  # fmt: skip
INVOICE = Sheet(
    Invoice, "id", "practice_id", "patient_id", "course_id", "site_id", "physician_id", "state", "number", "issued_on",
    "due_on", "net_total", "vat_total", "gross_total", "paid_total", "paper_id",
)  # fmt: skip
LINE = Sheet(
    InvoiceLine, "practice_id", "invoice_id", "treatment_id", "position", "service_on", "goae_number", "service",
    "points", "factor", "net", "indication", "vat_rate", "on_demand",
)  # fmt: skip
PAPER = Sheet(
    IssuedPaper, "id", "practice_id", "patient_id", "kind", "number", "issued_on", "issued_at", "issued_by", "language",
    "schema_version", "content", "sha256", "blob_id", "retain_until",
)  # fmt: skip
MOVE = Sheet(
    Move, "practice_id", "patient_id", "record_id", "noun", "step", "from_state", "to_state", "at", "actor_key",
    "actor_name",
)  # fmt: skip
SHEETS = (PATIENT, KEY, PHONE, POLICY, COURSE, LESION, TALK, PAPER, CONSENT, NOTICE, TREATMENT, INVOICE, LINE, MOVE)


def counts(connection: Connection) -> Iterator[tuple[str, int]]:
    """(table, rows) of what was loaded."""
    for sheet in SHEETS:
        yield sheet.table.name, connection.exec_driver_sql(f"SELECT count(*) FROM {sheet.table.name}").scalar() or 0
