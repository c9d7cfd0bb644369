"""What people accepted and refused teaches which words speak for a term: one linear model a term, the same on every day."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from nahtstelle.engines.literature.classifying.words import stems_of, words_of

MIN_DECISIONS = 30  # on a term, before it is learned
MIN_OF_EACH = 5  # accepted and refused among them
MOST_WORDS = 6_000


class Learned(NamedTuple):
    """Plain arrays, so that it can be kept: words with their weight of rareness, and a row of weights for each term."""

    words: tuple[str, ...]
    rareness: Any  # one number a word
    keys: tuple[str, ...]
    weights: Any  # terms × words
    starts: Any  # one number a term

    def scores(self, text: str) -> dict[str, tuple[float, tuple[str, ...]]]:
        """How sure it is of each term, and the words that spoke for it most."""
        place = {word: at for at, word in enumerate(self.words)}
        row = np.zeros(len(self.words))
        for word in features_of(text):
            if word in place:
                row[place[word]] += 1
        row = np.where(row > 0, 1 + np.log(np.maximum(row, 1)), 0) * self.rareness
        length = float(np.linalg.norm(row))
        if not length or not self.keys:
            return {}
        spoken = self.weights * (row / length)
        points = spoken.sum(axis=1) + self.starts
        found = {}
        for at, key in enumerate(self.keys):
            best = [int(n) for n in np.argsort(-spoken[at])[:4] if spoken[at][n] > 0]
            found[key] = float(1 / (1 + np.exp(-points[at]))), tuple(self.words[n] for n in best)
        return found


def features_of(text: str) -> list[str]:
    """German stems of all words: in English ones they do little harm, and a text need not say its language."""
    return [stem for stem in stems_of(words_of(text), "de") if len(stem) > 2]


def can_learn(decisions: Mapping[int, bool]) -> bool:
    accepted = sum(decisions.values())
    return len(decisions) >= MIN_DECISIONS and min(accepted, len(decisions) - accepted) >= MIN_OF_EACH


def learn(texts: Sequence[str], decisions: Mapping[str, Mapping[int, bool]]) -> Learned:
    """``decisions``: term → place among the texts → accepted or refused. Terms with too few are left out."""
    # reason: a second and 100 MB that a web server, which never learns, need not spend
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped] # it ships no types
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # it ships no types

    keys = [key for key in sorted(decisions) if can_learn(decisions[key])]
    if not keys:
        return Learned((), np.zeros(0), (), np.zeros((0, 0)), np.zeros(0))
    words = TfidfVectorizer(analyzer=features_of, sublinear_tf=True, min_df=2, max_df=0.6, max_features=MOST_WORDS)
    rows = words.fit_transform(texts)
    weights, starts = [], []
    for key in keys:
        places = sorted(decisions[key])
        model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=300)
        model.fit(rows[places], [decisions[key][at] for at in places])
        weights.append(model.coef_[0])
        starts.append(model.intercept_[0])
    return Learned(tuple(words.get_feature_names_out()), words.idf_, tuple(keys), np.array(weights), np.array(starts))
