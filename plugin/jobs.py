"""Work for later: a table of jobs, each one step in one transaction, held by a lease while it runs."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, or_, select

from ..models.ledger import Job, OnceToken
from .clock import now, today
from .extension import session
from .services.clarification_dates import fall_overdue
from .services.estimates import expire_estimates
from .services.patients import give_phonetic_keys
from .services.seal import BATCH, seal
from .unit_of_work import unit_of_work

log = logging.getLogger("kostenklar")
LEASE = dt.timedelta(minutes=10)
MAX_ATTEMPTS = 5
TOKENS_KEPT = dt.timedelta(days=30)
HEARD_AT_ONCE = 500


def _seal(_payload: dict[str, Any]) -> dt.timedelta:
    """Runs for ever: every minute what was committed since is sealed."""
    return dt.timedelta(seconds=60 if seal() < BATCH else 0)


def _forget_tokens(_payload: dict[str, Any]) -> dt.timedelta:
    """A form that was open for a month is not sent a second time: its token may go."""
    session().execute(delete(OnceToken).where(OnceToken.used_at < now() - TOKENS_KEPT))
    return dt.timedelta(days=1)


def _hear_names(_payload: dict[str, Any]) -> dt.timedelta | None:
    """Once after the upgrade: patients on file get their phonetic keys; whoever is changed meanwhile has them."""
    return dt.timedelta(0) if give_phonetic_keys(HEARD_AT_ONCE) == HEARD_AT_ONCE else None


def _expire_estimates(_payload: dict[str, Any]) -> dt.timedelta:
    """Several times a day: an estimate holds to the end of its last day in Berlin."""
    expire_estimates(today())
    return dt.timedelta(hours=3)


def _fall_overdue(_payload: dict[str, Any]) -> dt.timedelta:
    """Answers of payers that are late; pages reckon it by themselves, so a missed run changes nothing they show."""
    return dt.timedelta(0) if fall_overdue(today()) else dt.timedelta(hours=4)


# a handler returns after how long it wants to run again, or None when the job is done
HANDLERS: dict[str, Callable[[dict[str, Any]], dt.timedelta | None]] = {
    "seal": _seal,
    "forget_tokens": _forget_tokens,
    "fall_overdue": _fall_overdue,
    "expire_estimates": _expire_estimates,
    "hear_names": _hear_names,
}
# hear_names is done when every patient has been heard
RECURRING = ("seal", "forget_tokens", "fall_overdue", "expire_estimates", "hear_names")


def ensure_recurring() -> None:
    """Put the recurring jobs into the table where they are missing."""
    for kind in RECURRING:
        if not session().scalar(select(Job.id).where(Job.kind == kind, Job.unique_key == kind)):
            session().add(Job(kind=kind, unique_key=kind, run_at=now()))


def run_due(limit: int = 50) -> int:
    """Run jobs that are due, oldest first; returns how many steps were made. Safe beside other workers."""
    with unit_of_work(reason="jobs"):
        ensure_recurring()
    done = 0
    while done < limit and (job_id := _lease()) is not None:
        _step(job_id)
        done += 1
    return done


def _lease() -> int | None:
    with unit_of_work(reason="jobs"):
        job = session().scalar(
            select(Job)
            .where(Job.run_at <= now(), Job.state.in_(("waiting", "running")))
            .where(or_(Job.leased_until.is_(None), Job.leased_until < now()))
            .order_by(Job.run_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            return None
        job.state, job.leased_until, job.attempts = "running", now() + LEASE, job.attempts + 1
        return job.id


def _step(job_id: int) -> None:
    try:
        with unit_of_work(reason="jobs"):
            job = session().get_one(Job, job_id, populate_existing=True)
            again = HANDLERS[job.kind](job.payload)
            job.leased_until, job.attempts, job.last_error = None, 0, ""
            job.state = "done" if again is None else "waiting"
            job.run_at = now() + (again or dt.timedelta())
    except Exception as error:  # one broken job must not stop the others; it is kept and shown
        log.exception("job %s failed", job_id)
        with unit_of_work(reason="jobs"):
            job = session().get_one(Job, job_id, populate_existing=True)
            job.last_error = f"{type(error).__name__}: {error}"[:2000]
            job.leased_until = None
            job.state = "failed" if job.attempts >= MAX_ATTEMPTS else "waiting"
            job.run_at = now() + dt.timedelta(minutes=2**job.attempts)
