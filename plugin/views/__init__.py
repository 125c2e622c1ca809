"""The views: load, form, use case, redirect."""

from __future__ import annotations


def load() -> None:
    """Import every view, which puts it on the blueprint."""
    from . import (  # noqa: F401  # imported for what they register
        case_grants,
        clarification_papers,
        clarifications,
        consents,
        contacts,
        cost_notices,
        courses,
        estimates,
        explanations,
        fee_agreements,
        home,
        incoming,
        insurers,
        invoice_starts,
        invoices,
        lesions,
        papers,
        patients,
        payments,
        person,
        practice,
        side_effects,
        signings,
        tablet,
        telephone,
        tomorrow,
        treatment_records,
        treatments,
    )
