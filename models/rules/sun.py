"""Sun before and after a treatment: at least four weeks before, two weeks after (domain 11 no. 14; settings)."""

from datetime import date, timedelta

from .severity import Finding, Severity

BEFORE_DAYS = 28
AFTER_DAYS = 14


def sun_findings(last_sun_on: date | None, planned_on: date, before_days: int = BEFORE_DAYS) -> list[Finding]:
    """A warning where the last sun or solarium lies less than `before_days` before the treatment; a physician releases.

    None means: asked, and there was none worth noting. Sun after the treatment does not count here.
    """
    if last_sun_on is None or last_sun_on > planned_on:
        return []
    days = (planned_on - last_sun_on).days
    if days >= before_days:
        return []
    facts = {
        "last_sun_on": last_sun_on.isoformat(),
        "days": str(days),
        "before_days": str(before_days),
        "possible_from": (last_sun_on + timedelta(days=before_days)).isoformat(),
    }
    return [Finding("sun_too_recent", Severity.WARN, "", facts)]


def no_sun_until(treated_on: date, after_days: int = AFTER_DAYS) -> date:
    """The last day without sun and solarium; the day of treatment does not count."""
    return treated_on + timedelta(days=after_days)
