"""Who of the demo's patients stands where: their ways through the practice, in days before and after today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from .demo_file import USUAL
from .demo_practice import ASSISTANT, OWNER, PHYSICIAN, RECEPTION
from .demo_wishes import BACK, CHEEK, FRECKLES, HANDS, LENTIGINES, SCAR, SLEEVE, TATTOO, WART, Wish
from .services.cost_plans import PlannedFactor


class Step(NamedTuple):
    """`verb` is a method of PatientFile; `day` counts from the session, `time` is in the forenoon of the first case."""

    verb: str
    day: int
    time: str
    who: str


BEFORE: Final = (
    Step("register", -21, "08:10", RECEPTION),
    Step("open_course", -21, "08:15", RECEPTION),
    Step("assess", -21, "08:40", PHYSICIAN),
    Step("talk", -21, "09:00", PHYSICIAN),
    Step("print_consent", -21, "09:05", RECEPTION),
    Step("print_notice", -21, "09:06", RECEPTION),
    Step("hand_notice", -21, "09:10", RECEPTION),
    Step("sign_consent", -14, "08:50", RECEPTION),
    Step("sign_notice", -14, "08:52", RECEPTION),
)
SESSION: Final = (
    Step("plan", -14, "09:00", RECEPTION),
    Step("recheck", 0, "08:20", RECEPTION),
    Step("start", 0, "08:30", PHYSICIAN),
    Step("complete", 0, "08:50", PHYSICIAN),
    Step("draft", 1, "12:00", RECEPTION),
    Step("issue", 1, "12:05", RECEPTION),
    Step("deliver", 2, "08:30", RECEPTION),
)
LAST: Final = "deliver"
_PAPERS: Final = ("print_consent", "print_notice", "hand_notice", "sign_consent", "sign_notice")


@dataclass(frozen=True, slots=True)
class Case:
    """A person with a wish; `days` of the sessions from today. The last one gets as far as `until`, `then` follows.

    `without` leaves steps out, `instead` puts another verb in a step's place. `between` lies between the opening and
    the first session; the opening begins `lead` days earlier for it.
    """

    person: str
    wish: Wish
    day: int
    until: str
    before: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    then: tuple[Step, ...] = ()
    performer: str = PHYSICIAN
    factors: PlannedFactor = USUAL
    opening: tuple[Step, ...] = BEFORE
    between: tuple[Step, ...] = ()
    lead: int = 0


_REISSUE: Final = (
    Step("cancel", 6, "10:00", RECEPTION),
    Step("name_recipient", 6, "10:05", RECEPTION),
    Step("reissue", 6, "10:10", RECEPTION),
    Step("issue", 6, "10:12", RECEPTION),
    Step("write_letter", 6, "10:15", RECEPTION),
    Step("deliver", 7, "09:00", RECEPTION),
)
_NOTICE: Final = ("print_notice", "hand_notice", "sign_notice")
_ASKED: Final = tuple(step for step in BEFORE if step.verb not in _NOTICE)  # the costs come with the estimate
_CLARIFIED: Final = (
    Step("estimate", -60, "10:00", RECEPTION),
    Step("hand_estimate", -60, "10:10", RECEPTION),
    Step("print_notice", -60, "10:12", RECEPTION),
    Step("hand_notice", -60, "10:13", RECEPTION),
    Step("open_cases", -60, "10:15", RECEPTION),
    Step("sign_grants", -60, "10:25", RECEPTION),
    Step("write_queries", -59, "09:00", RECEPTION),
    Step("give_queries", -59, "09:05", RECEPTION),
    Step("practice_sends", -58, "11:00", RECEPTION),
    Step("patient_sent", -55, "15:00", RECEPTION),
    Step("received", -52, "09:30", RECEPTION),
    Step("answered_without_commitment", -32, "08:30", RECEPTION),
    Step("answered_in_part", -26, "08:20", RECEPTION),
    Step("told", -25, "10:40", RECEPTION),
)


def _asked(person: str, day: int, until: str, wish: Wish = LENTIGINES, **more: Any) -> Case:
    """Somebody whose costs are clarified for some weeks before the first session."""
    return Case(person, wish, day, until, opening=_ASKED, between=_CLARIFIED, lead=45, **more)


_BY_PRACTICE: Final = {"open_cases": "open_cases_for_practice"}
_NO_GRANTS: Final = ("sign_grants", "practice_sends", "received")
_NO_BEIHILFE: Final = ("give_queries", "patient_sent", "answered_without_commitment")
_SERIES_BILLED: Final = (
    Step("draft_series", 1, "12:00", RECEPTION),
    Step("issue", 1, "12:05", RECEPTION),
    Step("deliver", 1, "12:10", RECEPTION),
    Step("report_side_effect", 3, "09:20", RECEPTION),
    Step("see_side_effect", 4, "11:10", PHYSICIAN),
    Step("pay_half", 4, "14:00", RECEPTION),
    Step("cancel", 5, "10:00", RECEPTION),
    Step("reissue", 5, "10:05", RECEPTION),
    Step("issue", 5, "10:10", RECEPTION),
    Step("move_credit", 5, "10:15", RECEPTION),
    Step("deliver", 5, "10:20", RECEPTION),
    Step("pay_rest", 6, "13:00", RECEPTION),
    Step("receipt", 6, "13:05", RECEPTION),
    Step("side_effect_gone", 8, "10:30", PHYSICIAN),
)
_HIGHER: Final = PlannedFactor(Decimal(4), Decimal(4), "farbige, mehrschichtige Tätowierung")
_UNBILLED: Final = ("draft", "issue", "deliver")
IN_ENGLISH: Final = Case("obrien", CHEEK, -24, LAST, then=_REISSUE, performer=OWNER)
IN_GERMAN: Final = Case("jung", HANDS, -30, LAST, then=_REISSUE)

COSTS_IN_GERMAN: Final = _asked(
    "lorenz",
    -6,
    LAST,
    instead={**_BY_PRACTICE, "draft": "draft_by_area"},
)
COSTS_IN_ENGLISH: Final = _asked("iyer", -8, LAST, FRECKLES, instead=_BY_PRACTICE, without=_NO_BEIHILFE)
SERIES: Final = Case(
    "hartmann",
    SLEEVE,
    -9,
    "complete",
    before=(-44,),
    between=(Step("agree", -14, "09:10", RECEPTION),),
    without=_UNBILLED,
    factors=_HIGHER,
    then=_SERIES_BILLED,
)
_DUNNED: Final = (
    Step("remind", 40, "09:40", RECEPTION),
    Step("dun", 65, "09:30", RECEPTION),
    Step("post_letter", 65, "12:00", RECEPTION),
    Step("dun_again", 90, "09:30", RECEPTION),
)
DUNNED: Final = Case("otto", FRECKLES, -100, LAST, then=_DUNNED)
WITH_LAWYER: Final = Case(
    "fuchs", FRECKLES, -125, LAST, then=(*_DUNNED, Step("hand_to_lawyer", 112, "13:00", OWNER))
)  # fmt: skip
IN_INSTALMENTS: Final = Case(
    "hoang", TATTOO, -40, LAST,
    then=(Step("agree_instalments", 20, "11:00", RECEPTION), Step("pay_rate", 29, "10:00", RECEPTION)),
)  # fmt: skip
FOR_PAPERS: Final = (
    IN_GERMAN, IN_ENGLISH, COSTS_IN_GERMAN, COSTS_IN_ENGLISH, SERIES, DUNNED, WITH_LAWYER, IN_INSTALMENTS,
)  # fmt: skip

PLOT: Final = (
    # at the beginning
    Case("abel", HANDS, 19, "register"),
    Case("becker", BACK, 20, "open_course"),
    Case("dietz", WART, 17, "assess", instead={"assess": "leave_undecided"}),
    Case("garcia", FRECKLES, 13, "talk"),
    Case("ivanova", HANDS, 11, "print_consent"),
    # papers
    Case("kowalska", CHEEK, 9, "print_notice"),
    Case("klein", HANDS, 8, "hand_notice"),
    Case("evers", HANDS, 15, "hand_notice", instead={"assess": "leave_undecided"}),
    Case("tanaka", FRECKLES, 7, "sign_consent", without=("print_notice", "hand_notice")),
    Case("novak", HANDS, 6, "sign_notice"),
    Case("gross", TATTOO, 5, "plan", then=(Step("withdraw_consent", -7, "15:10", RECEPTION),)),
    # today
    Case("vogel", CHEEK, 0, "complete", performer=ASSISTANT),
    Case("mueller", HANDS, 0, "start"),
    Case("yilmaz", HANDS, 0, "plan", without=_PAPERS),
    Case(
        "berg", HANDS, 0, "recheck", instead={"recheck": "recheck_tanned"},
        then=(Step("release_sun", 0, "08:25", PHYSICIAN),),
    ),
    Case("xhaka", HANDS, 0, "recheck", without=("sign_notice",)),
    Case("arslan", TATTOO, 0, "plan", without=("talk",)),
    # tomorrow and later
    Case("nguyen", FRECKLES, 1, "plan"),
    Case("roth", CHEEK, 1, "plan", without=("sign_consent", "sign_notice")),
    Case("peters", SCAR, 5, "plan"),
    Case("zimmer", HANDS, 6, "plan", factors=PlannedFactor(Decimal("2.3"), Decimal("3.5"), "erhöhter Zeitaufwand")),
    Case("moeller", TATTOO, 8, "plan", before=(-72, -37)),
    # done
    Case("dreyer", WART, -1, "draft", instead={"draft": "draft_hastily"}),
    Case("ueberall", HANDS, -4, "start", then=(Step("abort", 0, "08:41", PHYSICIAN),)),
    Case("lemaire", CHEEK, -3, "plan", then=(Step("call_off", 0, "08:15", RECEPTION),)),
    Case("haas", HANDS, -6, "sign_notice", then=(Step("late", 1, "10:20", PHYSICIAN),), performer=OWNER),
    Case("quast", WART, -5, "sign_notice", then=(Step("late", 2, "11:40", RECEPTION),)),
    # billed
    COSTS_IN_ENGLISH,
    Case("fischer", FRECKLES, -52, LAST),
    Case("engels", HANDS, -75, LAST, then=(Step("remind", 62, "09:20", RECEPTION),), performer=ASSISTANT),
    Case("costa", FRECKLES, -12, LAST, instead={"draft": "draft_with_extras"}),
    Case("lukasz", TATTOO, -10, LAST),
    Case("sahin", HANDS, -16, "draft", performer=ASSISTANT),
    Case("jansen", HANDS, -16, "draft", then=(Step("issue_all", 2, "16:00", RECEPTION),)),
    Case(
        "celik", TATTOO, -170, LAST,
        then=(Step("remind", 40, "10:00", RECEPTION), Step("write_off", 140, "13:10", OWNER)),
    ),
    WITH_LAWYER,
    IN_INSTALMENTS,
    Case("weiss", CHEEK, -95, LAST, then=(Step("restrict", 60, "11:00", RECEPTION),)),
    IN_ENGLISH,
    IN_GERMAN,
    # costs to be clarified with private insurers and the Beihilfe
    _asked("kaiser", 50, "hand_estimate"),
    _asked("albrecht", 40, "give_queries", without=_NO_GRANTS),
    _asked("brandstaetter", 30, "answered_without_commitment",
        instead=_BY_PRACTICE,
        then=(Step("allow_contact", -31, "09:00", RECEPTION), Step("letter_comes", -30, "08:05", RECEPTION)),
    ),
    _asked("sommerfeld", 15, "received", instead=_BY_PRACTICE,
        without=_NO_BEIHILFE,
    ),
    _asked("keller", 1, "plan", instead=_BY_PRACTICE, without=_NO_BEIHILFE
    ),
    COSTS_IN_GERMAN,
    # series of a self-payer
    SERIES,
    Case(
        "lang", TATTOO, -4, "complete", then=(Step("report_side_effect", 3, "16:20", RECEPTION),),
    ),
    DUNNED,
)  # fmt: skip
