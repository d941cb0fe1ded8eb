"""Words of the report that name a cause: in the reader's language, and with one point at the end."""

import pytest

from levcheck.app.analysis import CauseLoss
from levcheck.domain.explanation import Explanation, Unit
from levcheck.i18n.explanation_sentences import explain_text
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.presenting.names import cause_name
from levcheck.stress.attribution import OTHER_ROOTS, RESET_AND_COST


@pytest.mark.parametrize("root", [OTHER_ROOTS, RESET_AND_COST])
def test_that_what_gathers_causes_is_named_in_every_language(root: str) -> None:
    cause = CauseLoss(root, "A name in English", -1.0)
    assert len({cause_name(Words(language), cause) for language in LANGUAGES}) == len(LANGUAGES)
    assert "English" not in cause_name(Words("en"), cause)


def test_that_a_company_is_named_without_its_legal_form() -> None:
    assert cause_name(Words("de"), CauseLoss("AAPL.US", "Apple Inc.", -1.0)) == "Apple"


@pytest.mark.parametrize("name", ["Apple Inc.", "Apple"])
def test_that_a_sentence_ends_with_one_point(name: str) -> None:
    told = explain_text(
        Words("en"), Explanation("explain.part_of_move", 0.1, Unit.SHARE, args={"root": name})
    )
    assert told.endswith("Apple Inc." if name.endswith(".") else "Apple.")
