"""Incoming scans: take them in, file each by the number that stands on it, put others aside."""

from __future__ import annotations

from typing import Any, Final

from flask import render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.reference import read_reference
from ..access import Permission, practices, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.incoming import AsideForm, FiledConsentForm, FiledPaperForm, FileLetterForm, IncomingForm
from ..queries import incoming as query
from ..queries.courses import course_head
from ..queries.gate_links import address
from ..queries.incoming import ScanRow, Target
from ..queries.words import PAPER_KINDS
from ..sentences import sentence
from ..services import incoming
from ..services.incoming import Arrived
from ..services.moves import steps
from ..shell import notice
from ..texts import kt, kt_count
from .consents import signers_of
from .sending import carried_out, form_page

_OPEN: Final = ("waiting", "put_aside")


@bp.route("/incoming")
@requires(Permission.RECORD_PAPERS)
def incoming_list() -> str:
    """What waits for its case, the oldest first."""
    after = request.args.get("after", "")
    rows = query.waiting_scans(int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0)
    return render_template(
        "kostenklar/incoming/list.html",
        rows=rows[: query.SHOWN],
        after=after,
        next_after=rows[query.SHOWN - 1].id if len(rows) > query.SHOWN else 0,
        aside=query.put_aside_scans(),
    )


@bp.route("/incoming/new", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def incoming_new() -> AnyResponse:
    """One or several files of one day."""
    form = bound(IncomingForm, received_on=today())

    def action() -> str:
        files = [Arrived(*each) for each in form.files.data]
        new, known = incoming.take_in(practices()[0], files, form.received_on.data)
        for finding in known:
            notice(sentence(finding), "overdue")
        notice(kt_count("{count} Scan ist aufgenommen.", "{count} Scans sind aufgenommen.", len(new)))
        if len(new) == 1:
            return url_for("kostenklar.incoming_file", scan_id=new[0])
        return url_for("kostenklar.incoming_list")

    return carried_out(form, action) or form_page("incoming/new.html", form)


@bp.route("/incoming/<int:scan_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def incoming_file(scan_id: int) -> AnyResponse:
    """Type the number on the paper, see whom it belongs to, and file the scan there."""
    scan, typed = query.scan_row(scan_id), request.args.get("number", "").strip()
    target, problem = _sought(typed) if typed and scan.state in _OPEN else (None, "")
    form, people = _form(scan, target) if target else (bound(FileLetterForm, version=scan.version), [])

    def action() -> str:
        assert target is not None
        return _carry_out(scan, target, form)

    if target is None and request.method == "POST":
        form.validate()  # somebody was faster, or no page of ours sent this
        form.add_problem(None, problem or kt("Bitte tippen Sie zuerst die Nummer, die auf dem Blatt steht."))
    done = carried_out(form, action) if target else None
    return done or form_page(
        "incoming/file.html",
        form,
        scan=scan,
        typed=typed,
        target=target,
        problem=problem,
        roles=[role for role, _ in people],
        kinds=PAPER_KINDS,
        filed_url=_where(scan.noun, scan.record_id, scan.patient_id) if scan.state == "filed" else "",
    )


@bp.route("/incoming/<int:scan_id>/aside", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def incoming_aside(scan_id: int) -> AnyResponse:
    """Put a scan aside, with the reason."""
    scan = query.scan_row(scan_id)
    form = bound(AsideForm, version=scan.version)

    def action() -> str:
        incoming.put_aside(scan_id, form.version.data, form.reason.data)
        return url_for("kostenklar.incoming_list")

    return carried_out(form, action) or form_page("incoming/aside.html", form, scan=scan)


def _sought(typed: str) -> tuple[Target | None, str]:
    """(what the number belongs to, why nothing can be filed there)."""
    reference = read_reference(typed, today().year)
    if reference is None:
        return None, kt("Das ist keine Nummer von uns. Sie steht oben auf dem Blatt, zum Beispiel KK-2026-0003.")
    if not query.fileable(reference):
        return None, kt(
            "{number} kommt nicht unterschrieben zurück. Bitte nehmen Sie die Nummer der Einwilligung, der "
            "Kosteninformation oder der Kostenklärung.",
            number=reference.numbers[0],
        )
    target = query.target_of(reference)
    if target is None:
        number = reference.numbers[0]
        return None, kt("Zu {number} gibt es hier nichts. Bitte vergleichen Sie sie mit dem Blatt.", number=number)
    return (target, "") if target.letter or "sign" in steps(target.noun, target.state) else (None, _closed(target))


def _closed(target: Target) -> str:
    """Why a paper takes no signature any more."""
    facts = {"what": kt(PAPER_KINDS[target.kind]), "number": target.number}
    if target.signed_on is not None:
        return kt("{what} {number} ist schon unterschrieben in der Akte. Bitte legen Sie den Scan beiseite.", **facts)
    return kt("{what} {number} gilt nicht mehr. Bitte lassen Sie das neue Blatt unterschreiben.", **facts)


def _form(scan: ScanRow, target: Target) -> tuple[Any, list[Any]]:
    if target.letter:
        return bound(FileLetterForm, version=scan.version), []
    assert target.issued_on is not None  # every paper has its day
    if target.noun == "consent":
        people = signers_of(course_head(target.course_id))
        form = bound(FiledConsentForm, version=scan.version, signers=[{"name": name} for _, name in people])
        form.roles, form.issued_on = tuple(role for role, _ in people), target.issued_on
        return form, people
    paper = bound(FiledPaperForm, version=scan.version)
    paper.issued_on = target.issued_on
    return paper, []


def _carry_out(scan: ScanRow, target: Target, form: Any) -> str:
    version: int | None = form.version.data
    if target.letter:
        incoming.file_letter(scan.id, version, target)
        notice(kt("Der Brief liegt bei der Kostenklärung {number}.", number=target.number))
        return _where(target.noun, target.record_id, target.patient_id)
    signers = form.value() if target.noun == "consent" else ()
    incoming.file_signed(scan.id, version, target, form.signed_on.data, signers, today())
    what = kt(PAPER_KINDS[target.kind])
    notice(kt("{what} {number} liegt unterschrieben in der Akte.", what=what, number=target.number))
    return url_for("kostenklar.courses_show", course_id=target.course_id)


def _where(noun: str, record_id: int | None, patient_id: int | None) -> str:
    case = address("clarifications_show", clarification_id=record_id) if noun == "clarification" else ""
    return case or url_for("kostenklar.patients_show", patient_id=patient_id)
