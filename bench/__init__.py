"""Our figures beside each peer's, in one run on the same work: `make bench`, or `make bench ONLY=intake`."""
