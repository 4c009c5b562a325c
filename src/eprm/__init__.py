"""`eprm` is the site: it knows people and storage; what minerals are, `lode` knows."""
