"""Cells that go out do no harm, and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.tables.writing import as_meant, harmless


@pytest.mark.parametrize("formula", ["=1+1", "+49 30 1", "-x", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_shown_and_not_calculated(formula: str) -> None:
    assert harmless(formula) == f"'{formula}"


@pytest.mark.parametrize("words", ["", "Fachstelle", "a=b", "'s ist so"])
def test_other_cells_stay_as_they_are(words: str) -> None:
    assert (harmless(words), as_meant(words)) == (words, words)


@given(st.text())
def test_a_cell_that_went_out_comes_back(cell: str) -> None:
    assert as_meant(harmless(cell)) == cell or cell.startswith("'")
