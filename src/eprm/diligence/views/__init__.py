"""The pages, by noun. Thin: read the input, call one action or query, answer."""
