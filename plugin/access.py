"""Who may do what, and what they may see: closed unless granted (promise 8)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, false
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.sql.functions import FunctionElement

from ..models.base import Scoped
from .errors import NotAllowed, NotSignedIn
from .extension import actor

Function = TypeVar("Function", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person is in a practice; one person may have several."""

    RECEPTION = "reception"
    PHYSICIAN = "physician"
    OWNER = "owner"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a view asks for by name."""

    OPEN = "open"  # no sign-in: stylesheets, fonts, icons
    OWN_SETTINGS = "own_settings"  # language and colours of one's own screen
    SEE_PATIENTS = "see_patients"  # patients, courses, treatments, papers, invoices of the own practices
    EDIT_PATIENTS = "edit_patients"
    PLAN_TREATMENTS = "plan_treatments"
    RECORD_TREATMENTS = "record_treatments"
    RECORD_PAPERS = "record_papers"  # explanation, consent, cost notice, their scans and withdrawals
    CLARIFY_COSTS = "clarify_costs"  # estimates, cost queries, releases, answers, what was told on the telephone
    GIVE_TO_TABLET = "give_to_tablet"  # offer a paper to a tablet, take it back
    JUDGE_SIDE_EFFECTS = "judge_side_effects"  # physicians only; the desk records what is reported
    RECORD_PAYMENTS = "record_payments"
    USE_FEES = "use_fees"  # look up the fee schedule, mark favourites, tell a price
    DECIDE_INDICATION = "decide_indication"  # indication and benign check: physicians only
    OVERRIDE_GATE = "override_gate"  # with a reason: physicians only
    ISSUE_INVOICES = "issue_invoices"
    CANCEL_INVOICES = "cancel_invoices"
    ENFORCE_DEBTS = "enforce_debts"  # write off, hand over to a lawyer: owners only
    OVERRIDE_AGREEMENT = "override_agreement"  # invoice without prior agreement: owners only
    EDIT_PRACTICE = "edit_practice"


_DESK = frozenset(
    {
        Permission.SEE_PATIENTS,
        Permission.EDIT_PATIENTS,
        Permission.PLAN_TREATMENTS,
        Permission.RECORD_TREATMENTS,
        Permission.RECORD_PAPERS,
        Permission.ISSUE_INVOICES,
        Permission.CANCEL_INVOICES,
        Permission.CLARIFY_COSTS,
        Permission.GIVE_TO_TABLET,
        Permission.RECORD_PAYMENTS,
        Permission.USE_FEES,
    }
)
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RECEPTION: _DESK,
    Role.PHYSICIAN: _DESK | {Permission.DECIDE_INDICATION, Permission.OVERRIDE_GATE, Permission.JUDGE_SIDE_EFFECTS},
    Role.OWNER: _DESK | {Permission.OVERRIDE_AGREEMENT, Permission.ENFORCE_DEBTS, Permission.EDIT_PRACTICE},
    Role.ADMIN: frozenset({Permission.EDIT_PRACTICE, Permission.USE_FEES}),
}


def may(permission: Permission | str) -> bool:
    """Whether the acting person has the permission."""
    wanted = Permission(permission)
    if wanted is Permission.OPEN:
        return True
    who = actor()
    if who is None:
        return False
    if wanted is Permission.OWN_SETTINGS:
        return True
    return any(wanted in GRANTS[Role(role)] for role in who.roles if role in set(Role))


def require(permission: Permission) -> None:
    """Raises NotSignedIn or NotAllowed."""
    if may(permission):
        return
    if actor() is None:
        raise NotSignedIn
    raise NotAllowed(permission.value)


def requires(permission: Permission) -> Callable[[Function], Function]:
    """Name a view's permission; the blueprint asks for it before the view runs and closes views without one."""

    def mark(view: Function) -> Function:
        view.permission = permission  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def practices() -> tuple[int, ...]:
    """The ids of the practices that the acting person may see."""
    who = actor()
    return who.practices if who else ()


def scoped(statement: Select[*tuple[Any, ...]]) -> Select[Any]:
    """The statement, seeing rows of the acting person's practices only, in every table it touches."""
    ids = practices()
    if not ids:
        return statement.where(false())
    return statement.options(
        with_loader_criteria(Scoped, lambda record: _guarding(record.practice_id).in_(ids), include_aliases=True)
    )


def leading(record: type[Scoped]) -> ColumnElement[bool]:
    """The own practices at the head of an index: what a list says of the table by which it is ordered or searched."""
    return record.practice_id.in_(practices())


class _guarding(FunctionElement[int]):  # noqa: N801  # an SQL function by its looks
    """A column that keeps rows out and finds none: SQLite has no statistics and takes any index on the practice."""

    name = "guarding"
    type = BigInteger()
    inherit_cache = True


@compiles(_guarding)
def _as_it_is(element: _guarding, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_guarding, "sqlite")
def _kept_from_indexes(element: _guarding, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"  # sqlite.org/optoverview.html, 9.1
