"""What stands on the § 2 GOÄ agreement: the parties, the services, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ...models.patient import Patient
from ...models.practice import Staff
from ...models.rules.age import is_minor
from ...models.rules.goae import fee
from ...reports.content.fee_agreement import AgreedService, FeeAgreementContent
from ...reports.content.parts import Signature
from .agreement_plans import AgreementPlan
from .fees import PricedService
from .paper_heads import guardian_signatures


def agreement_content(
    plan: AgreementPlan, services: Sequence[PricedService], patient: Patient, physician: Staff, today: dt.date
) -> FeeAgreementContent:
    """The frozen content; only services with a factor are agreed on."""
    agreed = tuple(
        _agreed(service, factor) for service, factor in zip(services, plan.factors, strict=True) if factor is not None
    )
    own = plan.payer_name == patient.full_name
    if is_minor(patient.birth_date, today):
        party = guardian_signatures(patient)
    else:
        party = (Signature(role="patient" if own else "payer", name=plan.payer_name),)
    return FeeAgreementContent(
        language=plan.language,
        payer=plan.payer_name,
        patient="" if own else patient.full_name,
        physician=physician.full_name,
        services=agreed,
        signatures=(*party, Signature(role="physician", name=physician.full_name)),
    )


def _agreed(service: PricedService, factor: Decimal) -> AgreedService:
    its = service.position
    return AgreedService(
        number=its.number,
        service=its.text,
        factor=factor,
        amount=fee(its, factor),
        analog_service=service.analog_service,
        minimum_minutes=its.minimum_minutes,
    )
