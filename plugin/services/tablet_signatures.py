"""The signature on the tablet: checked, drawn into the paper and filed, all in one transaction or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.strokes import (
    FIELD_HEIGHT,
    FIELD_WIDTH,
    Stroke,
    StrokesTooMany,
    StrokesTooShort,
    StrokesUnreadable,
    read_strokes,
)
from ...models.rules.tablet_states import SigningStep
from ...models.signing import PaperSigning, Signature
from ...reports.content.base import PaperContent
from ...reports.content.formats import day
from ...reports.content.parts import DrawnSignature
from ...reports.content.words import word
from ..clock import BERLIN
from ..extension import session
from ..unit_of_work import locked, unit_of_work
from . import papers
from .moves import move
from .signable import Line, SignedPdf, file_signed, lines_of, record_of
from .tablets import TabletClosed, acting, closed, held, write_down

_REFUSED: Final[dict[type[Exception], str]] = {
    StrokesTooShort: "signature_empty",
    StrokesTooMany: "signature_too_long",
    StrokesUnreadable: "signature_unreadable",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What arrived for one line: the strokes as JSON text, the name where the paper leaves it open."""

    strokes: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line that is signed, and its strokes."""

    line: Line
    strokes: tuple[Stroke, ...]


def sign(cookie: str, drawings: tuple[Drawing, ...], answers: Mapping[int, bool], at: dt.datetime) -> None:
    """Sign the tablet's paper. Raises TabletClosed, RuleBroken; then nothing is signed.

    A paper whose time is over, or that changed at the desk meanwhile, is written down as ended.
    """
    seen = held(cookie)
    with acting(seen):
        signing_id, noun, record_id = seen.id, seen.noun, seen.record_id
        with unit_of_work(reason="tablet"):
            record = record_of(noun, record_id)  # the root first, then the signing: the desk's order, too
            signing: PaperSigning = locked(PaperSigning, signing_id)
            why = closed(signing, record, at)
            if why is None:
                _sign(signing, drawings, answers, at)
            else:
                write_down(signing, why, at)
        if why is not None:
            raise TabletClosed(why)


def drawn_lines(lines: tuple[Line, ...], drawings: tuple[Drawing, ...]) -> tuple[Drawn, ...]:
    """The lines that are signed. Raises RuleBroken: for an empty one that is needed, and for what is no signature."""
    found, drawn = list[Finding](), list[Drawn]()
    padded = (*drawings, *[Drawing()] * (len(lines) - len(drawings)))
    for line, drawing in zip(lines, padded, strict=False):
        if not line.needed and drawing.strokes.strip() in ("", "[]"):
            continue
        try:
            strokes = read_strokes(drawing.strokes)
        except tuple(_REFUSED) as refused:
            found.append(_finding(_REFUSED[type(refused)], line))
            continue
        if not (line.name or drawing.name):
            found.append(_finding("signature_without_name", line))
        drawn.append(Drawn(replace(line, name=line.name or drawing.name), strokes))
    refuse_blocked(found)
    return tuple(drawn)


def _finding(code: str, line: Line) -> Finding:
    return Finding(code, Severity.BLOCK, "", {"line": str(line.place + 1)})


def _sign(signing: PaperSigning, drawings: tuple[Drawing, ...], answers: Mapping[int, bool], at: dt.datetime) -> None:
    content, today = papers.content_of(signing.paper), at.astimezone(BERLIN).date()
    questions = getattr(content, "questions", ())
    if unanswered := [place for place in range(len(questions)) if place not in answers]:
        numbers = ", ".join(str(place + 1) for place in unanswered)
        raise RuleBroken([Finding("tablet_unanswered", Severity.BLOCK, "", {"numbers": numbers})])
    drawn = drawn_lines(lines_of(content), drawings)
    noted = _noted(content, at)
    pdf = papers.signed(
        content,
        {
            each.line.place: DrawnSignature(
                role=content.signatures[each.line.place].role,  # type: ignore[attr-defined]  # lines_of found it there
                name=each.line.name, strokes=each.strokes, width=FIELD_WIDTH, noted=noted,
            )
            for each in drawn
        },
        answers,
    )  # fmt: skip
    _keep(signing, drawn, _told(answers), at)
    record = file_signed(signing.noun, signing.record_id, tuple(each.line for each in drawn), SignedPdf(pdf), today)
    signing.signed_scan_id, signing.ended_at = record.scan_id, at
    move(signing, SigningStep.SIGN)


def _keep(signing: PaperSigning, drawn: tuple[Drawn, ...], told: str, at: dt.datetime) -> None:
    """The strokes as they came, each with its hash; what was answered stands beside the first one."""
    for index, each in enumerate(drawn):
        text = json.dumps(each.strokes, separators=(",", ":"))
        session().add(
            Signature(
                practice_id=signing.practice_id, paper_signing_id=signing.id, role=each.line.role, name=each.line.name,
                place=each.line.place, width=FIELD_WIDTH, height=FIELD_HEIGHT, strokes=json.loads(text),
                strokes_sha256=hashlib.sha256(text.encode()).hexdigest(), signed_at=at, note="" if index else told,
            )
        )  # fmt: skip
    session().flush()


def _told(answers: Mapping[int, bool]) -> str:
    return ", ".join(f"{place + 1}: {'ja' if answer else 'nein'}" for place, answer in sorted(answers.items()))


def _noted(content: PaperContent, at: dt.datetime) -> str:
    local = at.astimezone(BERLIN)
    return word(content.language, "signed_on_tablet", day=day(local.date(), content.language), time=f"{local:%H:%M}")
