"""The letter beside a corrected invoice: asked for once, then it lies with the invoice."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.debts import LetterForm
from ..queries.debts import debts_of
from ..queries.invoice_pages import invoice_record
from ..queries.invoice_rows import head_of
from ..services.correction_letters import issue_letter
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page


@bp.route("/invoices/<int:invoice_id>/letter", methods=["GET", "POST"])
@requires(Permission.ISSUE_INVOICES)
def correction_letters_new(invoice_id: int) -> AnyResponse:
    """Ask the patient to submit the new invoice in place of the cancelled one."""
    invoice = invoice_record(invoice_id)
    head, debts = head_of(invoice), debts_of(invoice, clock.today())
    there = url_for("kostenklar.invoices_show", invoice_id=invoice_id)
    if request.method == "GET" and (debts is None or not debts.corrects or debts.letter):
        return redirect(there, 303)
    form = bound(LetterForm, version=head.version)

    def write() -> str:
        issue_letter(invoice_id, form.version.data, clock.today())
        notice(kt("Der Begleitbrief ist geschrieben. Bitte geben Sie ihn mit der neuen Rechnung mit."))
        return there

    return carried_out(form, write) or form_page("debts/letter.html", form, head=head)
