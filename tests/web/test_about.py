"""The page about Marsad: the figures are those of the model's card, with the command that printed them."""

from __future__ import annotations

from importlib.resources import files

from fastapi.testclient import TestClient

from marsad.web.pages.about import measured

CARD = """
<!-- figures open -->
| figure | all | ar | en | 95 % |
|---|---|---|---|---|
| event | 0.5 | 0.6 | 0.4 | 0.4–0.6 |
| something | 0.1 | 0.1 | 0.1 | 0.1–0.2 |

`marsad eval x.jsonl` (12 texts)
<!-- /figures -->
<!-- figures speed -->
no table
`python bench/read.py`
<!-- /figures -->
"""


def test_the_figures_of_a_card() -> None:
    (one,) = measured(CARD)
    assert (one.name, one.command, one.texts) == ("open", "marsad eval x.jsonl", 12)
    assert one.rows == (("event", ("0.5", "0.6", "0.4", "0.4–0.6")),)
    assert measured("") == ()


def test_the_page_has_the_figures_of_the_shipped_card(reader: TestClient) -> None:
    card = files("marsad.model").joinpath("data", "card.md").read_text(encoding="utf-8")
    page = reader.get("/about?lang=en").text
    shown = [one for one in measured(card) if one.name != "dev"]
    assert shown
    for one in shown:
        assert one.command in page
        for _, values in one.rows:
            assert all(value in page for value in values)


def test_it_says_how_the_keys_go_and_what_runs(reader: TestClient) -> None:
    page = reader.get("/about?lang=ar").text
    assert 'id="keys"' in page
    assert "marsad doctor" in page
    assert "NOTICE" in page
