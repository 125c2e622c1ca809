"""A paper on the tablet: given, opened once, signed or not; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from kostenklar.models.clarification import CaseGrant
from kostenklar.models.consent import Consent, ConsentSigner, CostNotice
from kostenklar.models.ledger import AuditEntry, Move
from kostenklar.models.rules.costs import agreement_proof_findings
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.signing import PaperSigning, Signature
from kostenklar.plugin import blobs, pairing
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.errors import NotFound
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.gate_papers import agreement_facts
from kostenklar.plugin.services import papers, signings, tablet_signatures, tablets
from kostenklar.plugin.services.consents import discard_consent
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.services.tablet_signatures import Drawing, sign
from kostenklar.plugin.services.tablets import TabletClosed
from kostenklar.tests.grant_scene import HOLDER, a_case, a_prepared_one
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.signing_scene import (
    DOT,
    SIGNED,
    Held,
    a_handed_notice,
    a_waiting_consent,
    drawings,
    make_minor,
    offered,
    opened,
)
from kostenklar.tests.treatment_scene import COSTS, done

pytestmark = pytest.mark.usefixtures("as_reception")
SOON = dt.timedelta(minutes=1)


def fresh(held: Held) -> tuple[Consent, PaperSigning]:
    session().expire_all()
    return session().get_one(Consent, held.consent_id), session().get_one(PaperSigning, held.signing_id)


def refused_with(error: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def signs(held: Held, *strokes: str, at: dt.datetime | None = None) -> None:
    sign(held.cookie, drawings(*(strokes or (SIGNED, ""))), held.answers, at or now())


def why(error: pytest.ExceptionInfo[TabletClosed]) -> str:
    return error.value.why


def nothing_is_signed(held: Held) -> bool:
    consent, signing = fresh(held)
    kept = session().scalar(select(func.count()).select_from(Signature))
    return (consent.state, consent.scan_id, signing.signed_scan_id, kept) == ("prepared", None, None, 0)


def test_the_signature_files_the_consent_with_its_strokes_and_a_signed_pdf(cast):
    held = opened(cast)
    signs(held)
    consent, signing = fresh(held)
    assert (consent.state, consent.medium, consent.signed_on) == ("signed", "screen", today())
    assert consent.recorded_by == "Tablet, gegeben von Sabine Krüger"
    assert (signing.state, signing.signed_scan_id) == ("signed", consent.scan_id)
    signer = session().scalars(select(ConsentSigner)).one()
    assert (signer.name, signer.role, signer.identity_checked) == ("Gisela Yılmaz-Hofer", "patient", "known")
    kept = session().scalars(select(Signature)).one()
    assert (kept.place, kept.role, len(kept.strokes)) == (0, "patient", 2)
    pdf, media_type = blobs.get(consent.scan_id or 0)
    assert media_type == "application/pdf"
    assert "auf dem Tablet unterschrieben am" in pdf_text(pdf)
    issued, _ = bytes_of(consent.paper_id)
    assert "auf dem Tablet" not in pdf_text(issued)  # what was issued stays as it was


def test_code_and_secret_are_kept_as_hashes_and_stand_in_no_audit(cast):
    consent_id = a_waiting_consent(cast)
    offer = offered("consent", consent_id)
    cookie = tablets.pair(offer.code, "", now()).cookie
    secret = cookie.partition(".")[2]
    signing = session().get_one(PaperSigning, offer.signing_id)
    assert (signing.code_sha256, signing.secret_sha256) == (pairing.digest(offer.code), pairing.digest(secret))
    told = "".join(str(body) for body in session().scalars(select(AuditEntry.body)))
    assert pairing.digest(offer.code) not in told
    assert pairing.digest(secret) not in told


def test_a_code_is_long_and_random_and_forgives_how_it_is_typed(cast):
    codes = {pairing.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert 5 * pairing.CODE_LENGTH >= 40
    assert pairing.typed(" 0oiL2-3456\u00a07 ") == "0011234567"
    assert pairing.typed("0123-456") == ""
    assert pairing.typed("abcde-oil07") == "ABCDE01107"
    assert pairing.typed("x" * 5000) == ""
    assert pairing.shown("ABCDEFGHJK") == "ABCDE-FGHJK"


def test_a_code_opens_one_paper_once(cast):
    offer = offered("consent", a_waiting_consent(cast))
    tablets.pair(offer.code, "", now())
    with pytest.raises(TabletClosed) as again:
        tablets.pair(offer.code, "", now())
    assert why(again) == "elsewhere"


def test_a_code_is_good_for_five_minutes(cast):
    offer = offered("consent", a_waiting_consent(cast))
    with pytest.raises(TabletClosed) as late:
        tablets.pair(offer.code, "", now() + dt.timedelta(minutes=5, seconds=1))
    assert why(late) == "expired"


def test_after_ten_wrong_codes_even_the_right_one_waits(cast):
    offer = offered("consent", a_waiting_consent(cast))
    for _ in range(10):
        with pytest.raises(TabletClosed) as wrong:
            tablets.pair(pairing.new_code(), "10.0.0.9", now())
        assert why(wrong) == "unknown"
    with pytest.raises(TabletClosed) as refused:
        tablets.pair(offer.code, "10.0.0.9", now())
    assert why(refused) == "patience"
    assert tablets.pair(offer.code, "10.0.0.7", now()).cookie  # another tablet is not held up


@pytest.mark.parametrize(
    "forged", ["", ".", "1.", "x.y", "1.guess", "9" * 19 + ".x", "9" * 400 + ".x", "-1.x", "１.x", "1." + "x" * 5000]
)
def test_a_forged_cookie_opens_nothing(cast, forged):
    opened(cast)
    with pytest.raises(TabletClosed) as refused:
        tablets.sheet(forged, now())
    assert why(refused) == "nothing"


def test_the_secret_of_one_paper_does_not_open_another(cast):
    held = opened(cast)
    notice = offered("cost_notice", a_handed_notice(cast, screen=True))
    other = tablets.pair(notice.code, "", now()).cookie
    crossed = f"{held.signing_id}.{other.partition('.')[2]}"
    with pytest.raises(TabletClosed) as refused:
        tablets.sheet(crossed, now())
    assert why(refused) == "nothing"


def test_the_tablet_reads_what_stands_on_the_paper_in_its_language(cast):
    sheet = tablets.sheet(opened(cast, "en").cookie, now())
    assert sheet.language == "en"
    text = " ".join([block.text + " ".join(map(" ".join, block.items)) for block in sheet.blocks])
    assert "Gisela Yılmaz-Hofer" in text
    assert "Valid until" in text
    assert "Hautpraxis am Lindenhof" in text
    assert [(line.role, line.needed) for line in sheet.lines] == [("patient", True), ("physician", False)]


def test_the_physician_may_sign_on_the_tablet_too(cast):
    held = opened(cast)
    signs(held, SIGNED, SIGNED)
    assert [(kept.role, kept.place) for kept in session().scalars(select(Signature).order_by(Signature.id))] == [
        ("patient", 0), ("physician", 1),
    ]  # fmt: skip
    assert [signer.role for signer in session().scalars(select(ConsentSigner))] == ["patient"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("", "signature_empty"), ("[]", "signature_empty"), ("[[]]", "signature_empty"), (DOT, "signature_empty"),
        ("{", "signature_unreadable"), ("null", "signature_unreadable"), ('{"a":1}', "signature_unreadable"),
        ("[[[1,2]]]", "signature_unreadable"), ("[[[1,2,NaN]]]", "signature_unreadable"),
        ("[[[true,2,3]]]", "signature_unreadable"), ("[[[1.5,2,3]]]", "signature_unreadable"),
        ("[[[-1,2,3]]]", "signature_unreadable"), ("[[[1201,2,3]]]", "signature_unreadable"),
        ("[[[1,2,1e999]]]", "signature_unreadable"), ("[" * 100_000, "signature_unreadable"),
        ("[[[" + "9" * 5000 + ",1,1]]]", "signature_unreadable"), ('[[["1","2","3"]]]', "signature_unreadable"),
        ("x" * 200_000, "signature_too_long"), (str([[[1, 1, 1]]] * 201), "signature_too_long"),
        (str([[[1, 1, 1]] * 5001]), "signature_too_long"),
    ],
)  # fmt: skip
def test_what_is_no_signature_gets_a_sentence_and_keeps_nothing(cast, sent, code):
    held = opened(cast)
    with pytest.raises(RuleBroken) as refused:
        signs(held, sent, "")
    assert refused_with(refused) == [code]
    assert nothing_is_signed(held)
    signs(held)  # and signing is still possible
    assert fresh(held)[0].state == "signed"


def test_no_drawing_at_all_is_an_empty_signature(cast):
    held = opened(cast)
    with pytest.raises(RuleBroken) as refused:
        sign(held.cookie, (), held.answers, now())
    assert refused_with(refused) == ["signature_empty"]


def test_every_question_wants_its_answer(cast):
    held = opened(cast)
    assert held.questions > 1
    with pytest.raises(RuleBroken) as refused:
        sign(held.cookie, drawings(SIGNED), {0: False}, now())
    assert refused_with(refused) == ["tablet_unanswered"]
    sign(held.cookie, drawings(SIGNED), held.answers | {1: True}, now())
    assert session().scalars(select(Signature.note)).one().startswith("1: nein, 2: ja")


def test_nobody_signs_twice(cast):
    held = opened(cast)
    signs(held)
    with pytest.raises(TabletClosed) as again:
        signs(held)
    assert why(again) == "signed"
    assert session().scalar(select(func.count()).select_from(Signature)) == 1


def test_after_the_time_nothing_is_kept_and_the_desk_reads_why(cast):
    held = opened(cast)
    late = now() + dt.timedelta(minutes=31)
    with pytest.raises(TabletClosed) as over:
        signs(held, at=late)
    assert why(over) == "time"
    assert nothing_is_signed(held)
    assert fresh(held)[1].state == "ended"
    assert "Zeit auf dem Tablet abgelaufen" in session().scalars(select(Move.reason)).all()


def test_a_paper_that_was_discarded_and_issued_anew_is_not_signed(cast):
    held = opened(cast)
    done(lambda: discard_consent(held.consent_id, None, "falsche Stelle"))
    a_waiting_consent(cast)
    with pytest.raises(TabletClosed) as over:
        signs(held)
    assert why(over) == "changed"
    assert fresh(held)[1].state == "ended"
    assert session().scalar(select(func.count()).select_from(Signature)) == 0


def test_the_desk_takes_the_paper_back(cast):
    held = opened(cast)
    done(lambda: signings.end(held.signing_id, now()))
    with pytest.raises(TabletClosed) as over:
        signs(held)
    assert why(over) == "ended"
    assert nothing_is_signed(held)


def test_a_signed_paper_is_not_taken_back(cast):
    held = opened(cast)
    signs(held)
    with pytest.raises(StepNotAllowed):
        done(lambda: signings.end(held.signing_id, now()))


def test_offering_again_ends_the_first_offer(cast):
    held = opened(cast)
    offered("consent", held.consent_id)
    with pytest.raises(TabletClosed) as over:
        tablets.sheet(held.cookie, now())
    assert why(over) == "ended"


def test_a_question_ends_nothing_and_tells_the_desk(cast):
    held = opened(cast)
    tablets.ask(held.cookie, now())
    assert fresh(held)[1].asked_at is not None
    signs(held)
    assert fresh(held)[0].state == "signed"


@pytest.mark.parametrize("breaks", ["_keep", "file_signed", "papers.signed", "move"])
def test_a_power_cut_in_the_middle_leaves_nothing_and_signing_again_works(cast, monkeypatch, breaks):
    held = opened(cast)

    def cut(*_args: Any, **_more: Any) -> Any:
        raise KeyboardInterrupt("the power is gone")

    with monkeypatch.context() as patched:
        target = papers if breaks.startswith("papers.") else tablet_signatures
        patched.setattr(target, breaks.removeprefix("papers."), cut)
        with pytest.raises(KeyboardInterrupt):
            signs(held)
    assert nothing_is_signed(held)
    signs(held)
    assert fresh(held)[0].state == "signed"


def test_a_minors_paper_is_signed_by_both_guardians_and_the_minor(cast):
    make_minor(cast, "Ayla Hofer")
    held = opened(cast)
    lines = tablets.sheet(held.cookie, now()).lines
    assert [(line.role, line.name) for line in lines][:3] == [
        ("patient", "Gisela Yılmaz-Hofer"), ("guardian", "Ayla Hofer"), ("guardian", ""),
    ]  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        signs(held, SIGNED, SIGNED, SIGNED)
    assert refused_with(refused) == ["signature_without_name"]
    with pytest.raises(RuleBroken) as refused:
        signs(held, SIGNED, SIGNED, "")
    assert refused_with(refused) == ["signature_empty"]
    sign(held.cookie, (*drawings(SIGNED, SIGNED), Drawing(SIGNED, "Bernd Hofer")), held.answers, now())
    consent, _ = fresh(held)
    assert [(each.role, each.name) for each in consent.signers] == [
        ("patient", "Gisela Yılmaz-Hofer"), ("guardian", "Ayla Hofer"), ("guardian", "Bernd Hofer"),
    ]  # fmt: skip
    assert "Bernd Hofer" in pdf_text(blobs.get(consent.scan_id or 0)[0])


def test_a_name_that_no_paper_can_print_is_named_in_a_sentence(cast):
    make_minor(cast, "Ayla Hofer")
    held = opened(cast)
    with pytest.raises(RuleBroken) as refused:
        sign(held.cookie, (*drawings(SIGNED, SIGNED), Drawing(SIGNED, "漢字")), held.answers, now())
    assert refused_with(refused) == ["characters_missing"]
    assert nothing_is_signed(held)


@pytest.mark.parametrize("kind", ["release", "power_of_attorney"])
def test_a_release_and_a_power_of_attorney_are_signed_on_the_tablet(cast, kind):
    grant_id = a_prepared_one(a_case(cast, **HOLDER), kind)
    cookie = tablets.pair(offered("case_grant", grant_id).code, "", now()).cookie
    sheet = tablets.sheet(cookie, now())
    assert next((line.role, line.needed) for line in sheet.lines) == (
        "patient" if kind == "release" else "policyholder", True,
    )  # fmt: skip
    sign(cookie, drawings(*(SIGNED if line.needed else "" for line in sheet.lines)), {}, now())
    grant = session().get_one(CaseGrant, grant_id)
    assert (grant.state, grant.medium, grant.signer_name) == ("signed", "screen", sheet.lines[0].name)
    assert "auf dem Tablet unterschrieben" in pdf_text(blobs.get(grant.scan_id or 0)[0])


def test_the_self_payer_agreement_needs_ink_unless_the_owner_says_otherwise(cast):
    notice = a_handed_notice(cast, screen=False)
    with pytest.raises(RuleBroken) as refused:
        offered("cost_notice", notice)
    assert refused_with(refused) == ["tablet_needs_ink"]  # domain 10.1 no. 3, § 126 BGB


def test_with_the_owners_setting_the_agreement_is_signed_on_the_tablet(cast):
    notice_id = a_handed_notice(cast, screen=True)
    cookie = tablets.pair(offered("cost_notice", notice_id).code, "", now()).cookie
    lines = tablets.sheet(cookie, now()).lines
    sign(cookie, drawings(*(SIGNED if line.needed else "" for line in lines)), {}, now())
    notice = session().get_one(CostNotice, notice_id)
    assert (notice.state, notice.medium) == ("signed", "screen")
    facts = agreement_facts([notice], today(), accepts_screen=False)  # the owner changed the setting since
    assert [finding.code for finding in agreement_proof_findings(facts)] == ["self_payer_agreement_on_screen"]
    assert agreement_proof_findings(agreement_facts([notice], today(), accepts_screen=True)) == []


def test_what_was_only_shown_on_a_screen_is_not_handed_over(cast):
    a_handed_notice(cast, screen=True)
    notice = done(lambda: issue_cost_notice(cast.course_id, None, COSTS, today()))
    with pytest.raises(RuleBroken) as refused:
        offered("cost_notice", notice.id)
    assert refused_with(refused) == ["tablet_hand_first"]  # § 630c(3) with § 126b BGB


def test_a_fee_agreement_never_goes_to_a_tablet(cast):
    with pytest.raises(RuleBroken) as refused:
        offered("fee_agreement", 1)
    assert refused_with(refused) == ["tablet_never"]  # § 2 GOÄ


@pytest.mark.parametrize("noun", ["invoice", "patient", "", "paper_signing"])
def test_only_what_is_signed_is_offered(cast, noun):
    with pytest.raises(NotFound):
        offered(noun, 1)


def test_a_signed_or_foreign_paper_is_not_offered(cast):
    held = opened(cast)
    signs(held)
    with pytest.raises(RuleBroken) as refused:
        offered("consent", held.consent_id)
    assert refused_with(refused) == ["tablet_not_waiting"]
    with acting_as("user:other", roles=["reception"], practices=[cast.stranger_id]), pytest.raises(NotFound):
        offered("consent", held.consent_id)


@pytest.mark.parametrize("rival", ["end", "discard"])
def test_while_the_desk_cancels_exactly_one_of_both_wins(app, cast, rival):
    held = opened(cast)
    start = threading.Barrier(2)
    came: dict[str, str] = {}

    def race(name: str, action: Any, **who: Any) -> None:
        with app.app_context(), acting_as(f"user:{name}", **who):
            start.wait()
            try:
                action()
                came[name] = "won"
            except (TabletClosed, StepNotAllowed) as lost:
                came[name] = type(lost).__name__
            session().remove()

    takes_back = {
        "end": lambda: done(lambda: signings.end(held.signing_id, now())),
        "discard": lambda: done(lambda: discard_consent(held.consent_id, None, "falsche Stelle")),
    }[rival]
    desk = {"roles": ["reception"], "practices": [cast.practice_id]}
    threads = [
        threading.Thread(target=race, args=("desk", takes_back), kwargs=desk),
        threading.Thread(target=race, args=("tablet", lambda: signs(held))),
    ]
    session().rollback()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert list(came.values()).count("won") == 1, came
    consent, signing = fresh(held)
    if came["tablet"] == "won":
        assert (consent.state, signing.state) == ("signed", "signed")
    else:
        assert (consent.scan_id, signing.state) == (None, "ended")


def test_of_two_tablets_with_one_code_exactly_one_opens_the_paper(app, cast):
    offer = offered("consent", a_waiting_consent(cast))
    session().rollback()
    start, came = threading.Barrier(2), list[str]()

    def opens() -> None:
        with app.app_context():
            start.wait()
            try:
                tablets.pair(offer.code, "", now())
                came.append("open")
            except TabletClosed as closed:
                came.append(closed.why)
            session().remove()

    threads = [threading.Thread(target=opens) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(came) == ["elsewhere", "open"]


def test_a_process_killed_before_the_commit_leaves_nothing_and_signing_again_works(app, cast, monkeypatch):
    held = opened(cast)
    session().remove()
    app.extensions["test-db"].engine.dispose()  # so that the fork opens its own connection
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(tablet_signatures, "move", lambda *_args: os.kill(os.getpid(), signal.SIGKILL))
        signs(held)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert nothing_is_signed(held)
    signs(held)
    assert fresh(held)[0].state == "signed"
