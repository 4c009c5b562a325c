"""The whole demo partnership, as `make demo` fills it: every area's part, one after the other."""

import pytest
from django.core.management import call_command

from eprm.base.identity import acting_everywhere
from eprm.diligence.models import RiskRow
from eprm.people.models import Organisation


@pytest.mark.django_db
def test_demo_fills_every_area_and_twice_adds_nothing(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    for command in ("load_reference", "load_knowledge", "load_membership"):
        call_command(command, verbosity=0)

    counts = []
    for _again in range(2):
        call_command("demo", password="a password for the demo", verbosity=0)
        with acting_everywhere("test"):
            counts.append((Organisation.objects.count(), RiskRow.objects.count()))

    assert counts[0] == counts[1]
    assert min(counts[0]) > 20
    assert "femke@eprm.example" in (tmp_path / "logins.txt").read_text("utf-8")
