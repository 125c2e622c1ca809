"""The desk's side of the tablet: give a paper to it, watch what becomes of it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask import Response, redirect, request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from .. import pairing
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import now
from ..forms.base import bound
from ..forms.signings import EndForm, OfferForm
from ..queries import words
from ..queries.signings import (
    SigningRow,
    agreement_on_screen,
    answered_yes,
    parent_of,
    running_signing,
    signable_row,
    signing_row,
    talk_on_paper,
)
from ..services import signings
from ..services.signable import INK_ONLY
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page

_CODE: Final = "kostenklar_pairing"  # (signing, code) in the session of the desk that offered; the database has a hash
_SIGN_PAGES: Final = {
    "consent": ("consents_sign", "consent_id"),
    "cost_notice": ("cost_notices_sign", "notice_id"),
    "case_grant": ("grants_sign", "grant_id"),
}


@dataclass(frozen=True, slots=True)
class TabletOffer:
    """What the page of a waiting paper says about the tablet: `why_not` in words where it cannot be given."""

    form: OfferForm
    url: str
    running_url: str = ""
    why_not: str = ""
    hint: str = ""


def tablet_offer(noun: str, record_id: int, *, with_agreement: bool = False, handed: bool = True) -> TabletOffer:
    """For the page of a paper that waits for its signature; see templates/kostenklar/signings/_give.html."""
    running = running_signing(noun, record_id, now())
    why_not = ""
    if with_agreement and not agreement_on_screen(record_id):
        why_not = kt("Diese Vereinbarung wird mit Tinte unterschrieben: Auf dem Bildschirm ist ihre Form umstritten.")
    elif not handed:
        why_not = kt("Auf dem Tablet geht das, sobald das Blatt mitgegeben ist, auf Papier oder per E-Mail.")
    hint = ""
    if noun == "consent" and not talk_on_paper(record_id):
        hint = kt("Das Gespräch steht noch nicht auf diesem Blatt, und auf dem Tablet lässt es sich nicht nachtragen.")
    return TabletOffer(
        OfferForm(formdata=None),
        url_for("kostenklar.signings_offer", noun=noun, record_id=record_id),
        url_for("kostenklar.signings_show", signing_id=running.id) if running else "",
        why_not,
        hint,
    )


@bp.route("/signings/<noun>/<int:record_id>", methods=["GET", "POST"])
@requires(Permission.GIVE_TO_TABLET)
def signings_offer(noun: str, record_id: int) -> AnyResponse:
    """Offer the paper to a tablet; the address with the code is shown next, once, at this desk."""
    if noun in INK_ONLY:
        signings.offer(noun, record_id, now())  # says why not
    row = signable_row(noun, record_id)
    form = bound(OfferForm)

    def action() -> str:
        made = signings.offer(noun, record_id, now())
        session[_CODE] = [made.signing_id, made.code]
        return url_for("kostenklar.signings_show", signing_id=made.signing_id)

    return carried_out(form, action) or form_page(
        "signings/offer.html", form, row=row, kinds=words.PAPER_KINDS, back_url=_paper_url(noun, record_id)
    )


@bp.route("/signings/<int:signing_id>")
@requires(Permission.GIVE_TO_TABLET)
def signings_show(signing_id: int) -> Response:
    """The code to scan or to type, and where the signing stands."""
    return _shown(signing_row(signing_id), bound(EndForm))


@bp.route("/signings/<int:signing_id>/state")
@requires(Permission.GIVE_TO_TABLET)
def signings_state(signing_id: int) -> dict[str, object]:
    """Where it stands, for the page that asks by itself."""
    row = signing_row(signing_id)
    return {"stands": row.stands(now()), "asked": row.asked_at is not None}


@bp.route("/signings/<int:signing_id>/end", methods=["GET", "POST"])
@requires(Permission.GIVE_TO_TABLET)
def signings_end(signing_id: int) -> AnyResponse:
    """The desk's word: the tablet shows the paper no longer."""
    row = signing_row(signing_id)
    if request.method == "GET":
        return redirect(url_for("kostenklar.signings_show", signing_id=row.id), 303)
    form = bound(EndForm)

    def action() -> str:
        signings.end(signing_id, now())
        notice(kt("Das Blatt {number} ist vom Tablet zurückgenommen.", number=row.number))
        return _paper_url(row.noun, row.record_id)

    return carried_out(form, action) or _shown(signing_row(signing_id), form)


_ONLY_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def _shown(row: SigningRow, form: EndForm) -> Response:
    stands = row.stands(now())
    code = _code_of(row) if stands == "offered" else ""
    address = url_for("kostenklar.tablet_pair", code=code, _external=True) if code else ""
    return form_page(
        "signings/show.html",
        form,
        again=OfferForm(formdata=None),
        row=row,
        stands=stands,
        kinds=words.PAPER_KINDS,
        code=pairing.shown(code) if code else "",
        qr=_qr(address) if address else "",
        typed_at=url_for("kostenklar.tablet_open", _external=True),
        only_here=request.host.rpartition(":")[0].strip("[]") in _ONLY_HERE or request.host in _ONLY_HERE,
        yes=answered_yes(row.id) if stands == "signed" else (),
        back_url=_paper_url(row.noun, row.record_id),
        on_url=_on_url(row),
        on_words=kt("Zur Kostenklärung") if row.noun == "case_grant" else kt("Zur Serie"),
    )


def _code_of(row: SigningRow) -> str:
    """The code, at the desk that offered the paper; elsewhere nobody knows it any more."""
    kept = session.get(_CODE)
    return str(kept[1]) if isinstance(kept, list) and len(kept) == 2 and kept[0] == row.id else ""


def _qr(address: str) -> Markup:
    """The address as a picture, drawn into the page: no other request, no style."""
    import segno

    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(scale=6, border=4, dark="#000", light="#fff", svgclass="kk-qr", lineclass=None))  # noqa: S704  # digits and path letters


def _paper_url(noun: str, record_id: int) -> str:
    endpoint, name = _SIGN_PAGES[noun]
    values: dict[str, Any] = {name: record_id}
    return url_for(f"kostenklar.{endpoint}", **values)


def _on_url(row: SigningRow) -> str:
    parent = parent_of(row.noun, row.record_id)
    if row.noun == "case_grant":
        return url_for("kostenklar.clarifications_show", clarification_id=parent)
    return url_for("kostenklar.courses_show", course_id=parent)
