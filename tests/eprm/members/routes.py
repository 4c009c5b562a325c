"""Who may open which page of membership."""

RULES: dict = {}


def scene(people):
    return {}
