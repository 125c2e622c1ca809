"""The practice: what it is, its sites, its people and its devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.vat import Indication
from ..access import Permission, may, requires
from ..blueprint import bp
from ..clock import today
from ..extension import actor
from ..forms import practice as forms
from ..forms.base import KostenklarForm, bound
from ..practice_texts import EMPLOYMENTS, GROUP_KINDS, METHODS, STATES, VAT_REGIMES
from ..queries import practice as query
from ..queries.procedures import procedures
from ..services import practice as service
from ..services.prices import prices_of
from .sending import carried_out, form_page


@bp.route("/practice")
@requires(Permission.EDIT_PRACTICE)
def practice_show() -> str:
    """Everything on one page."""
    practice = query.own_practice()
    iban = " ".join(practice.iban[start : start + 4] for start in range(0, len(practice.iban), 4))
    return render_template(
        "kostenklar/practice/show.html", practice=practice, iban=iban, sites=practice.sites,
        staff=query.staff_rows(practice.id), devices=query.device_rows(practice.id),
        procedures=prices_of(procedures(), Indication.COSMETIC, today()),
        employments=EMPLOYMENTS, group_kinds=GROUP_KINDS, methods=METHODS, states=STATES, regimes=VAT_REGIMES,
    )  # fmt: skip


@bp.route("/practice/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def practice_edit() -> AnyResponse:
    """Tax, bank, deadlines."""
    practice = query.own_practice()
    form = bound(forms.PracticeForm, **forms.practice_values(practice))
    if not may(Permission.OVERRIDE_AGREEMENT):  # whether ink may be missing is for the owner to say
        del form.sign_agreement_on_screen
    return _kept(form, lambda: service.change_practice(practice.id, form.version.data, form.typed())) or form_page(
        "practice/edit.html", form
    )


@bp.route("/practice/sites/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def sites_new() -> AnyResponse:
    """A further place."""
    return _site(None)


@bp.route("/practice/sites/<int:site_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def sites_edit(site_id: int) -> AnyResponse:
    """A place's letterhead."""
    return _site(site_id)


@bp.route("/practice/staff/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def staff_new() -> AnyResponse:
    """Somebody new."""
    return _staff(None)


@bp.route("/practice/staff/<int:staff_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def staff_edit(staff_id: int) -> AnyResponse:
    """Somebody who works here."""
    return _staff(staff_id)


@bp.route("/practice/devices/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def devices_new() -> AnyResponse:
    """A new device."""
    return _device(None)


@bp.route("/practice/devices/<int:device_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def devices_edit(device_id: int) -> AnyResponse:
    """A device, its limits and its dates."""
    return _device(device_id)


def _site(site_id: int | None) -> AnyResponse:
    practice = query.own_practice()
    values = {"obj": query.site_record(site_id)} if site_id else {}
    form = bound(forms.SiteForm, **values, version=practice.version)
    return _kept(form, lambda: service.keep_site(practice.id, form.version.data, site_id, form.typed())) or form_page(
        "practice/site.html", form, site_id=site_id
    )


def _staff(staff_id: int | None) -> AnyResponse:
    practice = query.own_practice()
    values: dict[str, Any] = forms.staff_values(*query.staff_record(staff_id)) if staff_id else {}
    form = bound(forms.StaffForm, **values, version=practice.version)
    sitting = actor()
    return _kept(form, lambda: service.keep_staff(practice.id, form.version.data, staff_id, form.typed())) or form_page(
        "practice/staff.html", form, staff_id=staff_id, own_key=sitting.key if sitting else ""
    )


def _device(device_id: int | None) -> AnyResponse:
    practice = query.own_practice()
    sites = [(site.id, site.name) for site in practice.sites]
    first = {"site_id": sites[0][0]} if sites else {}
    values: dict[str, Any] = forms.device_values(query.device_record(device_id)) if device_id else first
    form = bound(forms.DeviceForm, **values, version=practice.version, sites=sites)
    return _kept(
        form, lambda: service.keep_device(practice.id, form.version.data, device_id, form.typed())
    ) or form_page("practice/device.html", form, device_id=device_id)


def _kept(form: KostenklarForm, keep: Callable[[], object]) -> AnyResponse | None:
    """Carry it out, go back to the practice's page, and let the top bar read its words anew."""

    def action() -> str:
        keep()
        return url_for("kostenklar.practice_show")

    done = carried_out(form, action)
    if done:
        query.forget_places()
    return done
