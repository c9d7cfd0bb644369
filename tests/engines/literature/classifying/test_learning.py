"""Terms learned from what people accepted and refused."""

from nahtstelle.engines.literature.classifying import (
    Label,
    Matcher,
    Term,
    Text,
    learn,
    precision_at,
    propose,
    recall_at,
)  # fmt: skip

ABOUT = [f"Betriebe und Unternehmen im Handwerk {n}: Personal, Werkstatt, Meister" for n in range(20)]
OTHER = [f"Kindertagesbetreuung und Familien {n}: Kita, Eltern, Wege" for n in range(20)]
TEXTS = [*ABOUT, *OTHER]
SAID = {"betrieb": {n: n < 20 for n in range(40)}, "selten": {1: True, 2: False}}
COMPANY = Matcher([Term("betrieb", (Label("Firma", "de"),))])


def test_from_thirty_decisions_on_a_term_is_learned() -> None:
    learned = learn(TEXTS, SAID)
    assert learned.keys == ("betrieb",)
    assert learn(TEXTS, {"betrieb": {n: n < 10 for n in range(20)}}).keys == ()
    assert learn(TEXTS, {"betrieb": dict.fromkeys(range(40), True)}).keys == ()


def test_what_no_label_names_is_proposed_once_it_was_learned() -> None:
    text = Text("Meister und Werkstatt im Handwerk")
    assert propose(text, COMPANY) == []
    (found,) = propose(text, COMPANY, learn(TEXTS, SAID))
    assert found.key == "betrieb"
    assert "handwerk" in found.words


def test_what_people_refuse_is_proposed_less() -> None:
    text = Text("Eltern gründen eine Firma: Kita und Familien")
    before, after = propose(text, COMPANY)[0].score, propose(text, COMPANY, learn(TEXTS, SAID))
    assert not after or after[0].score < before


def test_a_term_of_a_thesaurus_the_source_used_counts() -> None:
    (found,) = propose(Text("Ohne"), COMPANY, given={"betrieb": (0.9, "Unternehmen")})
    assert (found.score, found.words) == (0.9, ("Unternehmen",))


def test_learning_twice_says_the_same() -> None:
    one, two = learn(TEXTS, SAID), learn(TEXTS, SAID)
    assert one.scores(TEXTS[3]) == two.scores(TEXTS[3])


def test_quality_is_counted_as_it_is_told() -> None:
    assert precision_at(3, ["a", "b", "c", "d"], {"a", "d"}) == 1 / 3
    assert precision_at(3, ["a", "b"], {"a"}) == 1 / 2
    assert recall_at(5, ["a", "b", "c", "d", "e", "f"], {"a", "f"}) == 1 / 2
    assert precision_at(3, [], {"a"}) == 0
