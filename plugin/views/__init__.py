"""The views: load, form, use case, redirect."""

from __future__ import annotations


def load() -> None:
    """Import every view, which puts it on the blueprint."""
    from . import (  # noqa: F401  # imported for what they register
        articles,
        batches,
        billing_lists,
        case_grants,
        clarification_papers,
        clarifications,
        consents,
        contacts,
        correction_letters,
        cost_notices,
        courses,
        dunning,
        estimates,
        explanations,
        fee_agreements,
        fees,
        handovers,
        home,
        incoming,
        instalments,
        insurers,
        invoice_lines,
        invoice_starts,
        invoices,
        lesions,
        papers,
        patients,
        payments,
        person,
        practice,
        prices,
        procedures,
        side_effects,
        signings,
        tablet,
        telephone,
        tomorrow,
        treatment_records,
        treatments,
    )
