"""Age in completed years on a date, and who is a minor."""

from datetime import date

FULL_AGE = 18  # § 2 BGB


def age_on(born_on: date, on: date) -> int:
    """Completed years; the day of birth counts (§ 187(2) BGB), so 29 February completes with 28 February.

    Raises ValueError for a birth after `on`.
    """
    if born_on > on:
        raise ValueError(f"born on {born_on}, after {on}")
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def is_minor(born_on: date, on: date) -> bool:
    """Under 18 on that date (§ 2 BGB)."""
    return age_on(born_on, on) < FULL_AGE
