"""ELAS u4, the default model of ASReview LAB 3 (Apache-2.0), in the scikit-learn it consists of: the peer of our ranking."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.values import Space


def elas_matrix(records: Sequence[Record]) -> sparse.csr_matrix:
    texts = [f"{record.title} {record.abstract}" for record in records]
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1, max_df=0.95).fit_transform(texts)


def plain(rows: sparse.csr_matrix) -> Space:
    """Points as they are, seen from nowhere in particular: our solver then solves what LIBLINEAR solves."""
    return Space(
        rows=sparse.csr_matrix(rows, dtype=np.float32),
        middles=np.zeros((1, rows.shape[1]), np.float32),
        language=np.zeros(rows.shape[0], np.int64),
        length=np.ones(rows.shape[0], np.float32),
    )


def elas_scores(rows: sparse.csr_matrix, chosen: np.ndarray, labels: np.ndarray) -> np.ndarray:
    relevant, irrelevant = int((labels == 1).sum()), int((labels == 0).sum())
    weights = np.where(labels == 1, 1.0, relevant / (9.8 * irrelevant))
    weights *= len(weights) / weights.sum()
    machine = LinearSVC(loss="squared_hinge", C=0.11, tol=1e-6, max_iter=20_000)
    machine.fit(rows[chosen], labels, sample_weight=weights)
    return machine.decision_function(rows)
