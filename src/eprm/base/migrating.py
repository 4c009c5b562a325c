"""An empty database in seconds: while migrating, only the model that changed is made anew.

Django renders a changed model together with each one related to it, and here nearly all are related to a person or an
organisation, so that adding the last of 450 models rendered the other 449 again: minutes of it on a small machine, all
before the first page of `make demo`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

_add_field, _add_model = ProjectState.add_field, ProjectState.add_model


def _render_alone(state: ProjectState, app_label: str, model_name: str) -> None:
    if "apps" not in state.__dict__:
        return
    # Django's own mark for "relations may be stale": who needs them (RunPython, the end) renders all of it first.
    state.is_delayed = True
    with state.apps.bulk_update():
        state.apps.unregister_model(app_label, model_name)
    state.apps.render_multiple([state.models[app_label, model_name]])


def _reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    if delay:
        _render_alone(state, app_label, model_name)
    else:
        _forget(state)


def _reload_models(state: ProjectState, models: object, delay: bool = True) -> None:
    _forget(state)


def _forget(state: ProjectState) -> None:
    """Columns that others may point to have changed: all is rendered anew when next asked for."""
    state.__dict__.pop("apps", None)
    state.is_delayed = False


@contextmanager
def _unrendered(state: ProjectState) -> Iterator[None]:
    apps = state.__dict__.pop("apps", None)
    yield
    if apps is not None:
        state.__dict__["apps"] = apps


def _adding_field(state: ProjectState, app_label: str, model_name: str, *args: Any) -> None:
    """A field that is new is pointed to by nobody yet, so its model alone changes."""
    with _unrendered(state):
        _add_field(state, app_label, model_name, *args)
    _render_alone(state, app_label, model_name)


def _adding_model(state: ProjectState, model_state: ModelState) -> None:
    with _unrendered(state):
        _add_model(state, model_state)
    _render_alone(state, model_state.app_label, model_state.name_lower)


QUICK = {
    "reload_model": _reload_model,
    "reload_models": _reload_models,
    "add_field": _adding_field,
    "add_model": _adding_model,
}


@contextmanager
def quickly() -> Iterator[None]:
    """Migrations inside make the same database in a fraction of the time (`tests/eprm/base/test_migrating.py`)."""
    own = {name: getattr(ProjectState, name) for name in QUICK}
    for name, method in QUICK.items():
        setattr(ProjectState, name, method)
    try:
        yield
    finally:
        for name, method in own.items():
            setattr(ProjectState, name, method)
