"""One indication for several lesions."""

from __future__ import annotations

import pytest

from kostenklar.models.rules.joint import joint_indication
from kostenklar.models.rules.vat import Indication

M, C, U = Indication.MEDICAL, Indication.COSMETIC, Indication.UNDECIDED


@pytest.mark.parametrize(("lesions", "together"), [([C, C], C), ([M], M), ([M, C], U), ([C, U], U), ([U], U), ([], U)])
def test_a_paper_for_several_lesions_contradicts_none_of_them(lesions, together):
    assert joint_indication(lesions) is together
