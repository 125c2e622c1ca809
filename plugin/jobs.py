"""Work for later: a table of jobs, each one step in one transaction, held by a lease while it runs."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete, or_, select, update

from ..models.ledger import Job, OnceToken
from .actor import acting_as
from .clock import now, today
from .extension import extension, session
from .services import batches
from .services.clarification_dates import fall_overdue
from .services.dunning import fall_overdue as invoices_fall_overdue
from .services.estimates import expire_estimates
from .services.instalments import settle_plans
from .services.patients import give_phonetic_keys
from .services.seal import BATCH, seal
from .unit_of_work import unit_of_work

log = logging.getLogger("kostenklar")
LEASE = dt.timedelta(minutes=10)
LEASES = {batches.JOB: dt.timedelta(minutes=1)}  # its items have locks of their own: it may be taken up early
AT_ONCE = 50
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


def _settle_plans(_payload: dict[str, Any]) -> dt.timedelta:
    """Instalments that were all paid or missed; pages reckon how each one stands by themselves."""
    settle_plans(today())
    return dt.timedelta(hours=4)


def _batch(payload: dict[str, Any]) -> dt.timedelta | None:
    """One invoice of a batch; see services.batches."""
    return batches.step(payload["batch_id"])


def _invoices_fall_overdue(_payload: dict[str, Any]) -> dt.timedelta | None:
    """Unpaid invoices whose day is over; pages reckon it by themselves, too."""
    return dt.timedelta(0) if invoices_fall_overdue(today()) else dt.timedelta(hours=4)


# a handler returns after how long it wants to run again, or None when the job is done
HANDLERS: dict[str, Callable[[dict[str, Any]], dt.timedelta | None]] = {
    "seal": _seal,
    "forget_tokens": _forget_tokens,
    "fall_overdue": _fall_overdue,
    "invoices_fall_overdue": _invoices_fall_overdue,
    "settle_plans": _settle_plans,
    "expire_estimates": _expire_estimates,
    "hear_names": _hear_names,
    batches.JOB: _batch,
}
# hear_names is done when every patient has been heard
RECURRING = (
    "seal", "forget_tokens", "fall_overdue", "invoices_fall_overdue", "settle_plans", "expire_estimates", "hear_names",
)  # fmt: skip


def ensure_recurring() -> None:
    """Put the recurring jobs into the table where they are missing."""
    for kind in RECURRING:
        if not session().scalar(select(Job.id).where(Job.kind == kind, Job.unique_key == kind)):
            session().add(Job(kind=kind, unique_key=kind, run_at=now()))


def run_all_due() -> int:
    """Run what is due until nothing more is: a large batch is not done in one round. Returns the number of steps."""
    done = steps = run_due()
    while steps == AT_ONCE:
        steps = run_due()
        done += steps
    return done


def run_due(limit: int = AT_ONCE) -> int:
    """Run jobs that are due, oldest first; returns how many steps were made. Safe beside other workers."""
    with unit_of_work(reason="jobs"):
        ensure_recurring()
    done = 0
    while done < limit and (job_id := _lease()) is not None:
        _step(job_id)
        done += 1
    return done


def work_off_batches() -> None:
    """Begin at once with the batches that wait, in a thread of this process; whoever asks for one does not wait.

    Call it after the commit. Where the process ends before the batch does, `kostenklar run-due` goes on with it, and
    in a process that serves alone its own round of every minute.
    """
    here = extension()
    if here.settings.batch_thread:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's documented way
        guard = here.state.setdefault("batches", threading.Lock())
        threading.Thread(target=_work_off, args=(app, guard), name="batches", daemon=True).start()


def _work_off(app: Flask, guard: threading.Lock) -> None:
    """One thread at a time; each step in a context of its own, so that nothing of a thousand invoices is kept."""
    with guard:
        goes_on = True
        while goes_on:
            try:
                with app.app_context(), acting_as("system:jobs"):
                    job_id = _lease(batches.JOB)
                    if job_id is not None:
                        _step(job_id)
                    goes_on = job_id is not None
            except Exception:  # what is due stays due; the next round tries again
                log.exception("a batch could not go on")
                goes_on = False


def _lease(kind: str = "") -> int | None:
    """The id of a job that is due, of any kind or of this one, held for its lease; None where there is none."""
    with unit_of_work(reason="jobs"):
        query = (
            select(Job)
            .where(Job.run_at <= now(), Job.state.in_(("waiting", "running")))
            .where(or_(Job.leased_until.is_(None), Job.leased_until < now()))
        )
        if kind:
            query = query.where(Job.kind == kind)
        job = session().scalar(query.order_by(Job.run_at).limit(1).with_for_update(skip_locked=True))
        if job is None:
            return None
        lease = LEASES.get(job.kind, LEASE)
        job.state, job.leased_until, job.attempts = "running", now() + lease, job.attempts + 1
        return job.id


def _step(job_id: int) -> None:
    try:
        with unit_of_work(reason="jobs"):
            job = session().get_one(Job, job_id, populate_existing=True)
            lease = job.leased_until
            again = HANDLERS[job.kind](job.payload)
            session().execute(
                update(Job)
                # who armed it anew meanwhile has taken the lease away: what they want stands
                .where(Job.id == job_id, Job.leased_until == lease)
                .values(state="done" if again is None else "waiting", run_at=now() + (again or dt.timedelta()))
                .values(leased_until=None, attempts=0, last_error="")
                .execution_options(synchronize_session=False)
            )
    except Exception as error:  # one broken job must not stop the others; it is kept and shown
        log.exception("job %s failed", job_id)
        with unit_of_work(reason="jobs"):
            job = session().get_one(Job, job_id, populate_existing=True)
            job.last_error = f"{type(error).__name__}: {error}"[:2000]
            job.leased_until = None
            job.state = "failed" if job.attempts >= MAX_ATTEMPTS else "waiting"
            job.run_at = now() + dt.timedelta(minutes=2**job.attempts)
