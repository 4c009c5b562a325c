"""Every field that says of itself that it names a supplier, a price, a whistle-blower or a place has its level."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from eprm.base import confidential
from eprm.base.confidential import Level
from eprm.diligence.models import Supplier


def ours():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("eprm.") and not model._meta.object_name.endswith("Event")
    ]


def test_telling_fields_are_declared():
    assert confidential.undeclared(ours()) == []


def test_pick_leaves_out_what_is_above_the_level():
    supplier = Supplier(pk=7, name="Solder & Sons", country="DE")

    assert confidential.pick(supplier, "id", "name", level=Level.ORGANISATION) == {"id": 7, "name": "Solder & Sons"}
    assert confidential.pick(supplier, "id", "name", level=Level.PARTNERSHIP) == {}


def test_declare_knows_its_fields():
    with pytest.raises(FieldDoesNotExist):
        confidential.declare("diligence.Supplier", Level.PERSON, "shoe_size")
