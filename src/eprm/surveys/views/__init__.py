"""The pages, by noun: surveys and their making, sheets to answer, results."""
