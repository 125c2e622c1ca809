"""What the information says of a side effect (domain 11), and days of a report that cannot be."""

from datetime import date

import pytest

from kostenklar.models.rules.procedures import Procedure
from kostenklar.models.rules.side_effects import (
    Named,
    SideEffectKind,
    follow_up_findings,
    hint_of,
    report_findings,
)

TREATED = date(2026, 11, 20)
DAY_3 = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("procedure", "kind", "named"),
    [
        ("cryopeeling", "blister", Named.USUAL),  # no. 3
        ("cryopeeling", "scales", Named.USUAL),  # no. 4
        ("cryopeeling", "bloody_blister", Named.NOT_NAMED),
        ("cryopeeling", "burn", Named.NOT_NAMED),
        ("tattoo_laser", "bloody_blister", Named.TEMPORARY),  # no. 9
        ("pigment_laser", "redness", Named.TEMPORARY),  # nos 9, 12
        ("pigment_laser", "lighter", Named.TEMPORARY),  # no. 12
        ("pigment_laser", "burn", Named.RISK),  # no. 13
        ("cryopeeling", "scar", Named.RISK),  # no. 6
        ("tattoo_laser", "ink_darkened", Named.RISK),  # no. 11
        ("pigment_laser", "ink_darkened", Named.NOT_NAMED),
        ("tattoo_laser", "infection", Named.NOT_NAMED),
    ],
)
def test_what_the_information_says_of_a_kind(procedure: str, kind: str, named: Named) -> None:
    assert hint_of(Procedure(procedure), SideEffectKind(kind), TREATED, DAY_3).named is named


@pytest.mark.parametrize(("day", "over"), [(date(2026, 12, 4), False), (date(2026, 12, 5), True)])
def test_blisters_after_a_laser_are_gone_after_about_two_weeks(day: date, over: bool) -> None:
    hint = hint_of(Procedure.TATTOO_LASER, SideEffectKind.BLOODY_BLISTER, TREATED, day)
    assert (hint.days, hint.over) == (14, over)


@pytest.mark.parametrize(
    ("reported", "began", "codes"),
    [
        (DAY_3, TREATED, []),
        (TREATED, None, []),
        (date(2026, 11, 19), None, ["reported_before_session"]),
        (date(2026, 11, 24), None, ["reported_in_future"]),
        (DAY_3, date(2026, 11, 19), ["began_before_session"]),
        (date(2026, 11, 21), DAY_3, ["began_after_report"]),
    ],
)
def test_days_of_a_report(reported: date, began: date | None, codes: list[str]) -> None:
    assert [finding.code for finding in report_findings(TREATED, reported, began, DAY_3)] == codes


def test_a_follow_up_lies_ahead() -> None:
    assert follow_up_findings(None, DAY_3) == follow_up_findings(DAY_3, DAY_3) == []
    assert [finding.code for finding in follow_up_findings(TREATED, DAY_3)] == ["follow_up_in_past"]
