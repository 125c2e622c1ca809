"""Kinds of policies and who, seen from the desk, carries the cost."""

from collections.abc import Iterable
from enum import StrEnum


class PolicyKind(StrEnum):
    """Every kind of cover a patient can have, several at once."""

    GKV = "gkv"
    GKV_REIMBURSEMENT = "gkv_reimbursement"
    PKV_FULL = "pkv_full"
    PKV_SUPPLEMENTARY = "pkv_supplementary"
    PKV_STANDARD = "pkv_standard"
    PKV_BASIC = "pkv_basic"
    PKV_EMERGENCY = "pkv_emergency"
    BEIHILFE = "beihilfe"
    HEILFUERSORGE = "heilfuersorge"
    POSTBEAMTE = "postbeamte"
    ACCIDENT = "accident"
    SELF_PAYER = "self_payer"


class PayerKind(StrEnum):
    """The three ways a patient is treated at the desk."""

    GKV = "gkv"
    PKV = "pkv"
    SELF_PAYER = "self_payer"


# § 13(2) SGB V: whoever chose reimbursement stays insured by the fund, so the written agreement stays necessary.
STATUTORY_KINDS = frozenset({PolicyKind.GKV, PolicyKind.GKV_REIMBURSEMENT})

# These leave the question of cover to another policy: a supplement, an accident cover, or none at all.
DECIDES_NOTHING = frozenset({PolicyKind.PKV_SUPPLEMENTARY, PolicyKind.ACCIDENT, PolicyKind.SELF_PAYER})


def payer_of(kinds: Iterable[PolicyKind]) -> PayerKind:
    """The payer kind of a patient with these policies.

    A statutory policy decides (the strictest duties follow from it: written agreement before the treatment,
    § 18(8) BMV-Ä), whatever private supplement stands beside it; a supplement or an accident cover alone leaves a
    self-payer.
    """
    held = frozenset(kinds)
    if held & STATUTORY_KINDS:
        return PayerKind.GKV
    if held - DECIDES_NOTHING:
        return PayerKind.PKV
    return PayerKind.SELF_PAYER
