"""Every read of the index. What may not be seen is left out of results, counts, snippets and mended words alike."""

from eprm.search.queries.asking import asked_for
from eprm.search.queries.finding import HITS_A_PAGE, Found, Hit, found_by, keys_found_by, organisations_found

__all__ = ["HITS_A_PAGE", "Found", "Hit", "asked_for", "found_by", "keys_found_by", "organisations_found"]
