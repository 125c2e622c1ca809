"""The demo practice: invented, complete, made through the services, and loaded once; one of each paper as a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import func, select, text
from stdnum import iban
from stdnum.de import stnr

from kostenklar.models.records import (
    AuditEntry,
    Batch,
    Clarification,
    Consent,
    CostNotice,
    InstalmentPlan,
    Invoice,
    InvoiceLine,
    IssuedPaper,
    Move,
    Patient,
    Practice,
    Procedure,
    Reminder,
    SideEffect,
    Treatment,
)
from kostenklar.models.rules.checks.expenses import RECEIPT_ABOVE
from kostenklar.models.rules.money import ZERO
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.clock import BERLIN, frozen, today
from kostenklar.plugin.demo import load_demo
from kostenklar.plugin.demo_diary import workday
from kostenklar.plugin.demo_money_file import MoneyFile
from kostenklar.plugin.demo_people import PEOPLE
from kostenklar.plugin.demo_plot import BEFORE, PLOT, SESSION
from kostenklar.plugin.demo_practice import OWNER, PRACTICE, TEAM
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.draft_choices import offered_mends
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.standalone import accounts
from kostenklar.tests.host import client_of

IN_BOTH = (
    "aftercare", "cancellation", "consent", "correction_letter", "cost_notice", "cost_query", "estimate", "invoice",
    "outcome", "power_of_attorney", "release",
)  # fmt: skip
ONLY_GERMAN = ("fee_agreement", "receipt", "reminder", "dunning", "instalment_plan", "claim_statement")
PAPERS = [
    *((kind, language) for kind in IN_BOTH for language in ("de", "en")),
    *((kind, "de") for kind in ONLY_GERMAN),
]
NEW_YEAR = dt.datetime(2027, 1, 1, 0, 20, tzinfo=BERLIN)  # a holiday, just after midnight
TUESDAY = dt.datetime(2026, 11, 24, 11, 0, tzinfo=BERLIN)


@pytest.fixture
def first_start(database_url: str) -> dt.datetime:
    return NEW_YEAR if database_url.startswith("sqlite") else TUESDAY


def states(model: type[Treatment] | type[Consent] | type[CostNotice] | type[Invoice]) -> set[str]:
    return set(session().scalars(select(model.state)))


@pytest.mark.slow
def test_the_patients_stand_at_every_stage_and_the_books_are_whole(app: Flask, first_start: dt.datetime) -> None:
    with app.app_context(), frozen(first_start):
        (practice_id,) = load_demo()

        assert session().scalar(select(func.count()).select_from(Patient)) == 49
        assert states(Treatment) == {"planned", "started", "done", "aborted", "not_started"}
        assert states(Consent) == {"prepared", "signed", "withdrawn"}
        assert states(CostNotice) == {"prepared", "handed", "signed"}
        assert states(Invoice) == {
            "draft",
            "issued",
            "sent",
            "part_paid",
            "reminded",
            "cancelled",
            "paid",
            "written_off",
        }
        papers = session().execute(select(IssuedPaper.kind, IssuedPaper.language).distinct())
        assert {(kind, language) for kind, language in papers} == set(PAPERS)
        cases = session().execute(select(Clarification.state, Clarification.decision))
        assert {tuple(row) for row in cases} >= {
            ("with_patient", ""), ("acknowledged", ""), ("answered", "part"), ("answered", "no_commitment"),
        }  # fmt: skip
        assert set(session().scalars(select(SideEffect.state))) == {"reported", "closed"}
        assert session().scalars(select(Treatment).where(Treatment.planned_on == today())).all()
        assert_the_money_has_its_ways()
        assert session().scalars(select(Invoice).where(Invoice.due_on < today(), Invoice.state == "sent")).all()
        assert session().scalar(select(func.count()).where(Patient.restricted_since.is_not(None))) == 1
        assert session().scalar(select(func.count()).where(Treatment.irregular, Treatment.irregular_reason == "")) == 1
        assert problems() == []
        assert_numbers_rise_with_their_days()
        assert_nothing_lies_ahead(first_start)
        assert_who_did_it_stands_there()

        assert load_demo() == [practice_id], "a second time loads nothing"
        assert session().scalar(select(func.count()).select_from(Practice)) == 1

    with frozen(first_start):
        assert_every_page_opens(app, practice_id)


def assert_the_money_has_its_ways() -> None:
    """Expenses, goods, letters, instalments, a lawyer and a batch can all be looked at; findings can be mended."""
    lines = session().scalars(select(InvoiceLine).where(InvoiceLine.receipt_id.is_not(None))).all()
    assert [(line.kind, line.net > RECEIPT_ABOVE) for line in lines] == [("expense", True)]
    assert set(session().scalars(select(InvoiceLine.kind))) == {"goae", "expense", "goods"}
    assert set(session().scalars(select(Reminder.level))) == {0, 1, 2}
    assert session().scalars(select(Reminder).where(Reminder.level == 2, Reminder.interest > ZERO)).all()
    assert set(session().scalars(select(InstalmentPlan.state))) == {"agreed"}
    assert session().scalar(select(func.count()).where(Invoice.handed_over_on.is_not(None))) == 1
    assert [(row.state, row.done, row.refused) for row in session().scalars(select(Batch))] == [("done", 2, 0)]
    assert session().scalar(select(func.count()).where(Invoice.replaces_id.is_not(None))) == 3
    draft = session().scalars(select(Invoice).where(Invoice.state == "draft", Invoice.number.is_(None))).one()
    findings = draft_of(draft, today()).findings
    offered = dict(zip((finding.code for finding in findings), offered_mends(draft, findings), strict=True))
    assert {code for code, mends in offered.items() if mends} >= {"factor_needs_reason", "once_per_case"}


def assert_numbers_rise_with_their_days() -> None:
    rows = session().execute(select(IssuedPaper.kind, IssuedPaper.number, IssuedPaper.issued_on))
    drawn = sorted((kind, number, day) for kind, number, day in rows)
    assert drawn == sorted(drawn, key=lambda row: (row[0], row[2], row[1]))


def assert_nothing_lies_ahead(now: dt.datetime) -> None:
    for column in (IssuedPaper.issued_at, Treatment.started_at, Move.at):
        latest = session().scalars(select(func.max(column))).one()
        assert latest is not None
        assert latest <= now


def assert_who_did_it_stands_there() -> None:
    names = {TEAM[key].signs_as for key in ("empfang", "aerztin")}
    assert set(session().scalars(select(Move.actor_name))) == {*names, TEAM[OWNER].signs_as}
    touched = select(AuditEntry.actor_name).where(AuditEntry.table_name.in_(("patient", "treatment", "lesion")))
    assert set(session().scalars(touched)) == names


def assert_every_page_opens(app: Flask, practice_id: int) -> None:
    """The demo is also a walk through every stage that a page can show."""
    who = TEAM[OWNER]
    actor = Actor(who.key, who.signs_as, frozenset(role.value for role in who.roles), (practice_id,))
    client = client_of(app, actor)
    with app.app_context():
        restricted = session().scalars(select(Patient.id).where(Patient.restricted_since.is_not(None))).one()
        pages = [
            "/",
            "/patients",
            "/treatments",
            "/invoices",
            "/clarifications",
            "/tomorrow",
            "/telephone",
            "/incoming",
            "/invoices/unbilled",
            "/invoices/receivables",
            "/invoices/batches",
            "/invoices/batches/new?kind=issue",
            "/invoices/batches/new?kind=print",
            "/invoices/batches/new?kind=remind",
            "/prices",
            "/prices/wish",
            "/fees/search?q=laser",
            "/fees/2440",
            "/practice",
            "/practice/articles",
            "/practice/base-rates",
        ]
        procedures = session().scalars(select(Procedure.id)).all()
        pages += [f"/practice/procedures/{procedure_id}" for procedure_id in procedures]
        pages += [f"/invoices/batches/{batch_id}" for batch_id in session().scalars(select(Batch.id))]
        for noun in ("course", "treatment", "invoice", "estimate", "clarification", "side_effect"):
            rows = session().execute(text(f"SELECT id FROM kostenklar_{noun} WHERE patient_id <> {restricted}"))
            pages += [f"/{noun.replace('_', '-')}s/{record_id}" for (record_id,) in rows]
        patients = [found for found in session().scalars(select(Patient.id)) if found != restricted]
        pages += [f"/{place}/{found}" for found in patients for place in ("patients", "telephone")]
    answers = {page: client.get(f"/kostenklar{page}").status_code for page in pages}
    assert {page: status for page, status in answers.items() if status != 200} == {}
    assert client.get(f"/kostenklar/patients/{restricted}").status_code == 404


def test_the_team_is_who_the_demo_accounts_are() -> None:
    told = {(login, name, (role,)) for login, name, role in accounts.DEMO}
    assert {(who.key, who.signs_as, who.roles) for who in TEAM.values() if who.key} == told


def test_each_patient_has_a_way_of_their_own_made_of_known_steps() -> None:
    assert sorted(case.person for case in PLOT) == sorted(PEOPLE)
    assert len(PEOPLE) == 49
    steps = [*BEFORE, *SESSION, *(step for case in PLOT for step in (*case.between, *case.then))]
    verbs = {step.verb for step in steps} | {verb for case in PLOT for verb in case.instead.values()}
    assert [verb for verb in verbs - {"late"} if not hasattr(MoneyFile, verb)] == []


def test_numbers_belong_to_nobody() -> None:
    phones = [phone.number for person in PEOPLE.values() for phone in person.data.phones]
    assert all(number.startswith("0221 4710 ") for number in [*phones, PRACTICE.telephone])
    assert len(set(phones)) == 49
    assert all(person.data.email.endswith(".example") for person in PEOPLE.values() if person.data.email)
    assert iban.is_valid(PRACTICE.iban)
    assert stnr.is_valid(PRACTICE.tax_number, "Nordrhein-Westfalen")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, dt.date(2026, 12, 26)),  # today is today, even on Boxing Day
        (-1, dt.date(2026, 12, 24)),
        (1, dt.date(2026, 12, 28)),
        (6, dt.date(2027, 1, 4)),  # New Year's Day and a weekend lie between
    ],
)
def test_the_past_moves_back_to_a_workday_and_the_future_on(days: int, expected: dt.date) -> None:
    assert workday(dt.date(2026, 12, 26), days) == expected


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_loads_only_into_an_empty_database(app: Flask) -> None:
    with app.app_context():
        load_demo(())

    told = app.test_cli_runner().invoke(args=["kostenklar", "demo"])

    assert told.exit_code == 1
    assert "Es gibt schon eine Praxis." in told.output


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_of_each_paper_is_written_without_a_practice(app: Flask, tmp_path: Path) -> None:
    told = app.test_cli_runner().invoke(args=["kostenklar", "demo", "--papers", str(tmp_path / "papers")])

    assert told.exit_code == 0, told.output
    names = sorted(f"{kind}.{language}.pdf" for kind, language in PAPERS)
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == names
    assert "Priya Iyer" in first_page(tmp_path / "papers" / "invoice.en.pdf")
    assert "Timo Hartmann" in first_page(tmp_path / "papers" / "cancellation.de.pdf")
    with app.app_context():
        assert session().scalars(select(Practice)).all() == []


def first_page(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()
