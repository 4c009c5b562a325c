"""The search is for everybody; what it finds is each person's own."""

EVERYBODY = (200, 200, 200, 200, 200, 200)

RULES = {"search:results": ("GET", [], EVERYBODY)}


def scene(people):
    return {}
