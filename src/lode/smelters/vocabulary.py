"""Terms (words, runs of letters) of many names as sparse rows, each term weighing more the fewer smelters have it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


class Vocabulary:
    """The terms of the known names. A term that none of them has stands in one last column, as rare as can be."""

    def __init__(self, documents: Sequence[Collection[str]], owners: Sequence[int], *, floor: float) -> None:
        """`owners[i]` is whose name the i-th document is; `floor` is the weight of a term that everybody has."""
        having: dict[str, set[int]] = defaultdict(set)
        for terms, owner in zip(documents, owners, strict=True):
            for term in terms:
                having[term].add(owner)
        everybody = len(set(owners))
        counts = [len(who) for who in having.values()]
        self._at = {term: place for place, term in enumerate(having)}
        self.weight = np.array(
            [math.log((everybody + 1) / (count + 1)) + floor for count in (*counts, 0)], dtype=np.float32
        )
        self.size = len(self.weight)

    def places(self, documents: Sequence[Collection[str]]) -> tuple[Ints, Ints]:
        """The column of each term of each document, and where each document begins and ends among them."""
        at, unseen = self._at, self.size - 1
        lengths = np.fromiter((len(terms) for terms in documents), dtype=np.intp, count=len(documents))
        ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        found = map(at.get, chain.from_iterable(documents), repeat(unseen))
        columns = np.fromiter(found, dtype=np.intp, count=int(ends[-1]))
        return columns, ends

    def unit_rows(self, documents: Sequence[Collection[str]]) -> sparse.csr_array:
        """The documents as rows of weights, each of length one: products of rows are cosines."""
        columns, ends = self.places(documents)
        data = self.weight[columns]
        lengths = np.sqrt(sums(data * data, ends))
        data = data / np.repeat(np.maximum(lengths, 1e-9), np.diff(ends))
        return self.rows(data, columns, ends)

    def rows(self, data: Floats, columns: Ints, ends: Ints) -> sparse.csr_array:
        """A sparse matrix with one row a document."""
        return sparse.csr_array((data, columns, ends), shape=(len(ends) - 1, self.size))


def sums(data: Floats, ends: Ints) -> Floats:
    """The sum over each document's stretch of `data`; 0 for an empty one."""
    total = np.concatenate([[0.0], np.cumsum(data, dtype=np.float64)])
    found: Floats = (total[ends[1:]] - total[ends[:-1]]).astype(np.float32)
    return found
