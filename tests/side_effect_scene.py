"""A side effect that was reported by telephone."""

from __future__ import annotations

from kostenklar.models.rules.side_effects import SideEffectKind
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.services.side_effects import Report, report_side_effect
from kostenklar.tests.treatment_scene import done


def a_side_effect(treatment_id: int) -> int:
    """The id of a blister that was reported just now."""
    report = Report(now(), "telephone", (SideEffectKind.BLISTER,), "Gisela Yılmaz-Hofer")
    return done(lambda: report_side_effect(treatment_id, report, today())).id
