"""Every record in one place; importing this module fills the metadata."""

from __future__ import annotations

from .base import PREFIX, Base, Scoped, Versioned
from .batch import Batch, BatchItem
from .blob import Blob, BlobBytes
from .clarification import AnswerLine, CaseGrant, Clarification, ClarificationAnswer
from .consent import Consent, ConsentSigner, CostNotice
from .course import Course, Explanation, Lesion
from .debt import BaseRate, DebtHandover, Instalment, InstalmentPlan
from .disclosure import AuthorisedContact, Disclosure, IncomingScan
from .estimate import Estimate, EstimateLine, FeeAgreement, FeeAgreementLine
from .invoice import Invoice, InvoiceLine, NumberRange, Payment, Reminder
from .ledger import AuditActor, AuditEntry, AuditSeal, Job, Move, OnceToken
from .paper import IssuedPaper
from .patient import Insurer, Patient, PatientKey, PatientPhone, Policy, Representative
from .practice import (
    Article,
    Device,
    DeviceInstruction,
    FavouritePosition,
    Physician,
    Practice,
    Procedure,
    ProcedurePosition,
    Site,
    Staff,
)
from .side_effect import SideEffect
from .signing import PaperSigning, Signature
from .text_version import GoaePosition, TextVersion
from .treatment import GateOverride, Treatment, TreatmentSite

__all__ = [
    "PREFIX",
    "AnswerLine",
    "Article",
    "AuditActor",
    "AuditEntry",
    "AuditSeal",
    "AuthorisedContact",
    "Base",
    "BaseRate",
    "Batch",
    "BatchItem",
    "Blob",
    "BlobBytes",
    "CaseGrant",
    "Clarification",
    "ClarificationAnswer",
    "Consent",
    "ConsentSigner",
    "CostNotice",
    "Course",
    "DebtHandover",
    "Device",
    "DeviceInstruction",
    "Disclosure",
    "Estimate",
    "EstimateLine",
    "Explanation",
    "FavouritePosition",
    "FeeAgreement",
    "FeeAgreementLine",
    "GateOverride",
    "GoaePosition",
    "IncomingScan",
    "Instalment",
    "InstalmentPlan",
    "Insurer",
    "Invoice",
    "InvoiceLine",
    "IssuedPaper",
    "Job",
    "Lesion",
    "Move",
    "NumberRange",
    "OnceToken",
    "PaperSigning",
    "Patient",
    "PatientKey",
    "PatientPhone",
    "Payment",
    "Physician",
    "Policy",
    "Practice",
    "Procedure",
    "ProcedurePosition",
    "Reminder",
    "Representative",
    "Scoped",
    "SideEffect",
    "Signature",
    "Site",
    "Staff",
    "TextVersion",
    "Treatment",
    "TreatmentSite",
    "Versioned",
]  # fmt: skip
