"""What every typed text must pass, as sentences that say what to do; and the readers of figures, dates and times."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from ...models.rules.characters import forbidden
from ..clock import today
from ..texts import kt, language

_SIGN = re.compile(r"^[-−–](?=[0-9])")
_MANY_SHOWN = 3


class Unreadable(ValueError):
    """What was typed cannot be taken; the message is the sentence beside the field (WTForms shows it as it is)."""


def tidy(text: str, *, multiline: bool = False) -> str:
    """Composed characters (NFC), no space at the ends; in one line every run of spaces becomes one."""
    text = unicodedata.normalize("NFC", text)
    if not multiline:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def check_text(text: str, *, longest: int, multiline: bool = False) -> None:
    """Raises Unreadable for too long a text, for characters no field takes, and for ones the papers' font lacks."""
    if len(text) > longest:
        raise Unreadable(
            kt("Das sind {count} Zeichen, Platz ist für {longest}. Bitte kürzen Sie.", count=len(text), longest=longest)
        )
    if refused := forbidden(text, multiline=multiline):
        names = ", ".join(refused[:_MANY_SHOWN])
        raise Unreadable(
            kt("Hier steckt ein unsichtbares Steuerzeichen: {names}. Bitte tippen Sie den Text neu.", names=names)
        )
    if lacking := _missing_on_paper(text):
        shown = " ".join(lacking[:_MANY_SHOWN])
        raise Unreadable(
            kt(
                "Diese Zeichen fehlen in der Schrift der Dokumente: {shown}. Bitte schreiben Sie sie anders.",
                shown=shown,
            )
        )


def read_number(text: str, *, places: int, example: str) -> Decimal:
    """A figure as the reader's language writes it: 1.234,56 in German, 1,234.56 in English, no sign lost.

    Dots (commas) group only in threes, so that 12.50 is asked back and never read as 1250. Raises Unreadable.
    """
    negative = _SIGN.match(text) is not None
    digits = text[1:] if negative else text
    group, point = (r"\.", ",") if language() == "de" else (",", r"\.")
    found = re.fullmatch(rf"([0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{point}([0-9]+))?", digits)
    if not found:
        if re.fullmatch(r"[0-9][0-9.,]*", digits):
            raise Unreadable(kt("Bitte schreiben Sie die Zahl mit Komma, zum Beispiel {example}.", example=example))
        raise Unreadable(kt("Das ist keine Zahl. Zum Beispiel {example}.", example=example))
    if len(found[2] or "") > places:
        if places == 0:
            raise Unreadable(kt("Bitte geben Sie eine ganze Zahl ein, zum Beispiel {example}.", example=example))
        raise Unreadable(kt("Das sind zu viele Stellen nach dem Komma. Erlaubt sind {places}.", places=places))
    value = Decimal(re.sub("[.,]", "", found[1]) + ("." + found[2] if found[2] else ""))
    return -value if negative else value


def read_date(text: str, *, past: bool = False) -> dt.date:
    """TT.MM.JJJJ, 1.2.26, 010226, 01022026 or 2026-02-01; raises Unreadable.

    Two digits mean the nearest such year; where only the past makes sense (`past`: a birth date), the last such year.
    """
    found = (
        re.fullmatch(r"([0-9]{1,2})[./] ?([0-9]{1,2})[./] ?([0-9]{4}|[0-9]{2})", text)
        or re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})", text)
        or re.fullmatch(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", text)
    )
    if not found:
        raise Unreadable(kt("Das ist kein Datum. Zum Beispiel 23.11.2026."))
    day, month, year = found.groups() if "day" not in found.groupdict() else found.group("day", "month", "year")
    try:
        if len(year) == 2:
            return _with_century(int(day), int(month), int(year), past=past)
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(kt("Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum.")) from None


def read_time(text: str) -> dt.time:
    """10:30, 10.30, 1030, 9:05 or 9; raises Unreadable."""
    text = text.removesuffix("Uhr").strip()
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?", text)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unreadable(kt("Das ist keine Uhrzeit. Zum Beispiel 10:30."))
    return dt.time(int(found[1]), int(found[2] or 0))


def _with_century(day: int, month: int, year: int, *, past: bool) -> dt.date:
    now = today()
    this_century = now.year // 100 * 100
    found = []
    for century in (this_century - 100, this_century, this_century + 100):
        try:
            found.append(dt.date(century + year, month, day))
        except ValueError:
            continue  # 29 February exists in one century and not in the other
    if past:
        found = [date for date in found if date <= now]
    if not found:
        raise ValueError("no such day")
    return max(found) if past else min(found, key=lambda date: abs(date - now))


def _missing_on_paper(text: str) -> tuple[str, ...]:
    """Characters the papers could not print; the font is loaded when the first text is checked."""
    from ...reports.layout.fonts import missing_characters

    return tuple(missing_characters(text.replace("\n", " ").replace("\t", " ")))
