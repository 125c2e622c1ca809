"""What a paired tablet may do with its one paper: open it, ask the desk, sign it. Nobody is signed in here.

The capability is the secret in the tablet's cookie. It is no person of the practice: it is an actor without roles,
for its practice, and only while one of these functions runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import select

from ...models.practice import Practice
from ...models.rules.tablet_states import SigningState, SigningStep
from ...models.signing import PaperSigning
from ...reports.content.base import Language
from ...reports.content.parts import Question
from ...reports.content.reading import Block, reading, title_of
from .. import blobs, pairing
from ..actor import acting_as
from ..extension import session
from ..unit_of_work import locked, unit_of_work
from .moves import move, steps
from .papers import content_of
from .signable import Line, lines_of, record_of

Why = Literal["nothing", "unknown", "patience", "expired", "elsewhere", "signed", "ended", "time", "changed"]
LARGEST_ID: Final = 2**63 - 1
_REASONS: Final = {"time": "Zeit auf dem Tablet abgelaufen", "changed": "Blatt wurde inzwischen geändert"}


class TabletClosed(Exception):
    """This tablet has no open paper, or none any more; `why` chooses the page it shows."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True, slots=True)
class Paired:
    """What the tablet's cookie holds, told once."""

    cookie: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper as it is read on the tablet, with its lines to sign and its questions to answer."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    questions: tuple[str, ...]
    ends_at: dt.datetime
    asked: bool


def pair(code: str, client: str, at: dt.datetime) -> Paired:
    """Exchange the code for the secret, once. Raises TabletClosed."""
    if not pairing.patience(client, at):
        raise TabletClosed("patience")
    found = session().scalar(select(PaperSigning).where(PaperSigning.code_sha256 == pairing.digest(code)))
    if found is None or not pairing.matches(code, found.code_sha256):
        pairing.missed(client, at)
        raise TabletClosed("unknown")
    with acting(found), unit_of_work(reason="tablet"):
        signing: PaperSigning = locked(PaperSigning, found.id)
        if why := _why_not_paired(signing, at):
            raise TabletClosed(why)
        secret = pairing.new_secret()
        move(signing, SigningStep.PAIR)
        signing.secret_sha256, signing.paired_at = pairing.digest(secret), at
        minutes = session().get_one(Practice, signing.practice_id).tablet_minutes
        signing.ends_at = at + dt.timedelta(minutes=minutes)
        return Paired(f"{signing.id}.{secret}")


def sheet(cookie: str, at: dt.datetime) -> Sheet:
    """The paper to read. Raises TabletClosed."""
    with opened(cookie, at) as signing:
        content = content_of(signing.paper)
        questions: tuple[Question, ...] = getattr(content, "questions", ())
        return Sheet(
            title_of(content), content.language, reading(content), lines_of(content),
            tuple(question.text for question in questions), signing.ends_at, signing.asked_at is not None,
        )  # fmt: skip


def paper_of(cookie: str, at: dt.datetime) -> tuple[bytes, str]:
    """(the PDF as it was issued, its file name). Raises TabletClosed."""
    with opened(cookie, at) as signing:
        return blobs.opened(signing.paper.blob), f"{signing.paper.number}.pdf"


def look(cookie: str, at: dt.datetime) -> None:
    """Quiet while the paper is open here. Raises TabletClosed."""
    with opened(cookie, at):
        pass


def ask(cookie: str, at: dt.datetime) -> None:
    """Tell the desk that there is a question; nothing ends. Raises TabletClosed."""
    with opened(cookie, at) as signing, unit_of_work(reason="tablet"):
        locked(PaperSigning, signing.id).asked_at = at


@contextmanager
def opened(cookie: str, at: dt.datetime) -> Iterator[PaperSigning]:
    """Act as the tablet that holds this cookie, as long as its paper is open. Raises TabletClosed."""
    signing = held(cookie)
    with acting(signing):
        if why := closed(signing, record_of(signing.noun, signing.record_id, lock=False), at):
            raise TabletClosed(why)
        yield signing


def closed(signing: PaperSigning, record: Any, at: dt.datetime) -> Why | None:
    """Why a paired paper is not open any more: what is shown is what is signed, and only while it waits for that."""
    if signing.state == SigningState.SIGNED.value:
        return "signed"
    if signing.state != SigningState.PAIRED.value:
        return "ended"
    if at > signing.ends_at:
        return "time"
    told = (signing.record_version, signing.paper_id, signing.paper_sha256)
    if (record.version, record.paper_id, record.paper.sha256) != told or "sign" not in steps(
        signing.noun, record.state
    ):
        return "changed"
    return None


def write_down(signing: PaperSigning, why: Why, at: dt.datetime) -> None:
    """In the running transaction: time ran out, or the paper changed; so the desk sees it. Once."""
    if why in _REASONS:
        move(signing, SigningStep.END, _REASONS[why])
        signing.ended_at = at


def held(cookie: str) -> PaperSigning:
    """The signing whose secret this is; found by its id, compared in constant time. Raises TabletClosed."""
    number, _, secret = cookie.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 20 and secret and len(secret) < 100):
        raise TabletClosed("nothing")
    if (signing_id := int(number)) > LARGEST_ID:
        raise TabletClosed("nothing")
    query = select(PaperSigning).where(PaperSigning.id == signing_id).execution_options(populate_existing=True)
    found = session().scalar(query)
    if not pairing.matches(secret, found.secret_sha256 if found else None) or found is None:
        raise TabletClosed("nothing")
    return found


def _why_not_paired(signing: PaperSigning, at: dt.datetime) -> Why | None:
    if signing.state == SigningState.OFFERED.value:
        return "expired" if at > signing.code_until else None
    return {"paired": "elsewhere", "signed": "signed"}.get(signing.state, "ended")  # type: ignore[return-value]  # each a Why


@contextmanager
def acting(signing: PaperSigning) -> Iterator[None]:
    """The tablet as an actor: of one practice, without a role; the desk that gave the paper stands in its name."""
    name = f"Tablet, gegeben von {signing.offered_by}"[:200]
    with acting_as(f"tablet:{signing.id}", name=name, practices=[signing.practice_id]):
        yield
