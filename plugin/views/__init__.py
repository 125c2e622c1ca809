"""The views: load, form, use case, redirect."""

from __future__ import annotations


def load() -> None:
    """Import every view, which puts it on the blueprint."""
    from . import (  # noqa: F401  # imported for what they register
        consents,
        cost_notices,
        courses,
        explanations,
        home,
        invoices,
        papers,
        patients,
        person,
        practice,
        treatment_records,
        treatments,
    )
