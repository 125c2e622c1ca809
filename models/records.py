"""Every record in one place; importing this module fills the metadata."""

from __future__ import annotations

from .base import PREFIX, Base, Scoped, Versioned
from .blob import Blob, BlobBytes
from .consent import Consent, ConsentSigner, CostNotice
from .course import Course, Explanation, Lesion
from .invoice import Invoice, InvoiceLine, NumberRange, Payment
from .ledger import AuditActor, AuditEntry, AuditSeal, Job, Move, OnceToken
from .paper import IssuedPaper
from .patient import Insurer, Patient, PatientKey, PatientPhone, Policy, Representative
from .practice import Device, DeviceInstruction, Physician, Practice, Procedure, ProcedurePosition, Site, Staff
from .text_version import GoaePosition, TextVersion
from .treatment import GateOverride, Treatment, TreatmentSite

__all__ = [
    "PREFIX", "AuditActor", "AuditEntry", "AuditSeal", "Base", "Blob", "BlobBytes", "Consent",
    "ConsentSigner", "CostNotice", "Course", "Device", "DeviceInstruction", "Explanation", "GateOverride",
    "GoaePosition", "Insurer", "Invoice", "InvoiceLine", "IssuedPaper", "Job", "Lesion", "Move",
    "NumberRange", "OnceToken", "Patient", "PatientKey", "PatientPhone", "Payment", "Physician", "Policy",
    "Practice", "Procedure", "ProcedurePosition", "Representative", "Scoped", "Site", "Staff", "TextVersion",
    "Treatment", "TreatmentSite", "Versioned",
]  # fmt: skip
