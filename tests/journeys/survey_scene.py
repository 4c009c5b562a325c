"""The people, groups, events and surveys of the demo, without its other parts."""

import django


def make(password: str) -> None:
    """Everybody signs in with this password."""
    from eprm.events import demo as events  # noqa: PLC0415 - Django must be set up first
    from eprm.groups import demo as groups  # noqa: PLC0415
    from eprm.people import demo as people  # noqa: PLC0415
    from eprm.surveys import demo as surveys  # noqa: PLC0415

    for layer in (people, groups, events, surveys):
        layer.make(seed=1, scale=1, password=password)


if __name__ == "__main__":
    import sys

    django.setup()
    make(sys.argv[1])
