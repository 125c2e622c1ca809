"""What `kostenklar init` asks, with the checks of the forms: answers come by option, or by prompt where missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import click
from werkzeug.datastructures import MultiDict
from wtforms import Field

from ..models.rules.holidays import FederalState
from .forms.fields import NO_SUCH_CHOICE
from .texts import kt

Command = TypeVar("Command", bound=Callable[..., Any])
Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """One answer: the option's name, the form and field that check it, and whether it may stay empty."""

    name: str
    form: str
    field: str
    help: str
    optional: bool = False
    hint: str = ""


_STATES: Final = ", ".join(FederalState)
QUESTIONS: Final = (
    Question("name", "PracticeForm", "name", "The practice's name, as it stands on papers."),
    Question("legal_form", "PracticeForm", "legal_form", "Einzelpraxis, GbR, PartG, GmbH ...", optional=True),
    Question("street", "SiteForm", "street", "Street and house number."),
    Question("postcode", "SiteForm", "postcode", "Postcode."),
    Question("city", "SiteForm", "city", "City."),
    Question("state", "PracticeForm", "federal_state", f"Federal state: {_STATES}.", hint=_STATES),
    Question("tax_number", "PracticeForm", "tax_number", "Tax number (Steuernummer).", optional=True),
    Question("iban", "PracticeForm", "iban", "The account that invoices name.", optional=True),
    Question("telephone", "SiteForm", "telephone", "Telephone.", optional=True),
    Question("email", "SiteForm", "email", "E-mail address of the practice.", optional=True),
    Question("title", "StaffForm", "title", "Title of the first person, such as Dr. med.", optional=True),
    Question("person", "StaffForm", "name", "First and last name of the first person, who leads the practice."),
    Question("login", "StaffForm", "actor_key", "The name under which this person signs in."),
)
_LOGIN: Final = "login"
_STATE: Final = "state"


def asking(command: Command) -> Command:
    """Give a command the options of all questions."""
    silent = click.option("--no-input", is_flag=True, help="Ask nothing: what is missing stays empty or is named.")
    licence = click.option("--physician/--no-physician", default=None, help="Whether the first person is a physician.")
    command = silent(licence(command))
    for question in reversed(QUESTIONS):
        option = f"--{question.name.replace('_', '-')}"
        command = click.option(option, question.name, default=None, help=question.help)(command)
    return command


def answered(given: Mapping[str, Any], more: Mapping[str, Check]) -> dict[str, Any]:
    """Every answer, checked. Raises ClickException for a wrong or missing option.

    more: by the question's name what else an answer must pass; it returns the answer to keep or raises UsageError.
    """
    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        check = _checking(question, answers, more.get(question.name))
        typed = given.get(question.name)
        if typed is not None:
            answers[question.name] = check(str(typed))
        elif given.get("no_input"):
            answers[question.name] = check("")
        else:
            answers[question.name] = click.prompt(
                _prompt(question), default="" if question.optional else None, show_default=False, value_proc=check
            )
    answers["physician"] = _physician(given)
    return answers


def _physician(given: Mapping[str, Any]) -> bool:
    if given.get("physician") is not None or given.get("no_input"):
        return bool(given.get("physician"))
    return click.confirm(kt("Ärztin oder Arzt"), default=True)


def _prompt(question: Question) -> str:
    words = str(_form(question, {})[question.field].label.text)
    if question.name == "person":
        words = kt("Leitung, {label}", label=words)
    if question.name == _LOGIN:
        words = kt("Anmeldename")
    hint = question.hint or (kt("kann leer bleiben") if question.optional else "")
    return f"{words} ({hint})" if hint else words


def _checking(question: Question, answers: Mapping[str, Any], more: Check | None) -> Check:
    """The form's checks as one function of the typed text; what it cannot take raises with the form's sentence."""

    def check(typed: str) -> str:
        if question.name == _STATE:
            typed = _state(typed)
        form = _form(question, {**answers, question.name: typed})
        form.validate()
        field: Field = form[question.field]
        if field.errors:
            option = f"--{question.name.replace('_', '-')}"
            raise click.BadParameter(str(field.errors[0]), param_hint=option)
        value = str(field.data or "")
        return more(value) if more else value

    return check


def _state(typed: str) -> str:
    """The letters of a federal state, small ones too; a list at a terminal has no other way in."""
    if typed.upper() not in set(FederalState):
        raise click.BadParameter(kt(NO_SUCH_CHOICE), param_hint="--state")
    return typed.upper()


def _form(question: Question, answers: Mapping[str, Any]) -> Any:
    """The form with what was answered so far: a tax number is judged by the federal state."""
    from .forms import practice

    fields = {each.name: each.field for each in QUESTIONS if each.form == question.form}
    typed = MultiDict({fields[name]: value for name, value in answers.items() if name in fields})
    form_class = getattr(practice, question.form)
    return form_class(formdata=typed or None, meta={"csrf": False})  # typed at a terminal, not sent by a browser
