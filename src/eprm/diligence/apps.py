from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Names of suppliers and of whom they buy from are the organisation's own business.
CONFIDENTIAL = {
    "Supplier": ("name", "number", "contact_name", "contact_email"),
    "Declaration": ("company_name",),
    "Enquiry": ("supplier",),
    "Upload": ("supplier", "file"),
    "SupplierScreening": ("supplier", "name"),
}


class DiligenceConfig(AppConfig):
    name = "eprm.diligence"
    label = "diligence"
    verbose_name = _("Due diligence")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import confidential, hooks  # noqa: PLC0415
        from eprm.diligence import lifecycle  # noqa: PLC0415
        from eprm.diligence.models import (  # noqa: PLC0415
            Decision,
            Enquiry,
            Report,
            Supplier,
            SupplierScreening,
            Upload,
        )
        from eprm.people import trail  # noqa: PLC0415

        _show_pages()
        trail.add(Supplier)
        trail.add(Enquiry, hidden=["organisation", "answered_by"])
        trail.add(
            Upload,
            hidden=["organisation", "batch", "superseded_by", "received_at", "checked_seconds", "judged_by"]
            + ["received_by", "returned_at", "returned_by", "accepted_at", "accepted_by", "code_version"],
            words={"file": _("file"), "checked_at": _("checked")},
            values={"state": {key: state.label for key, state in lifecycle.STATES.items()}},
        )
        trail.add(
            Decision,
            hidden=["organisation", "upload", "row", "normalised", "superseded_by", "decided_at", "decided_by"],
            words={"": _("decision on a name"), "metal": _("metal"), "country": _("country")}
            | {"name": _("name"), "judgement": _("it is"), "cid": _("smelter number")},
        )
        trail.add(Report, hidden=["organisation", "workbook", "made_at", "made_by"], words={"pdf": _("file")})
        trail.add(
            SupplierScreening,
            hidden=["organisation", "supplier", "country", "screened_at", "judged_at", "judged_by"],
            words={"editions": _("lists"), "hits": _("listed parties with a name like it")},
        )
        hooks.name_event("declaration.checked", _("a declaration was checked"))
        hooks.name_event("declaration.accepted", _("a declaration was accepted"))
        for model, fields in CONFIDENTIAL.items():
            confidential.declare(f"diligence.{model}", confidential.Level.ORGANISATION, *fields)
        _name_statuses()


def _show_pages() -> None:
    from eprm.diligence.queries.screening import alike_for  # noqa: PLC0415
    from eprm.diligence.queries.uploads import waiting_for  # noqa: PLC0415
    from eprm.ui import navigation  # noqa: PLC0415

    navigation.add("check", _("Overview"), "diligence:company", order=10)
    navigation.add("check", _("Declarations"), "diligence:upload_list", order=20)
    navigation.add("check", _("Suppliers"), "diligence:supplier_list", order=30)
    navigation.add("check", _("Enquiries"), "diligence:enquiry_list", order=40)
    navigation.add("check", _("Decisions"), "diligence:decision_list", order=50)
    navigation.attention(
        waiting_for,
        ngettext_lazy("%(n)d declaration to decide or accept", "%(n)d declarations to decide or accept", "n"),
        "diligence:upload_list",
    )
    navigation.attention(
        alike_for,
        ngettext_lazy(
            "%(n)d supplier with a name like a listed party’s",
            "%(n)d suppliers with a name like a listed party’s",
            "n",
        ),
        "diligence:supplier_list",
        query="?screening=open",
    )


def _name_statuses() -> None:
    from eprm.diligence import lifecycle  # noqa: PLC0415
    from eprm.diligence.models import SmelterRow  # noqa: PLC0415
    from eprm.ui import statuses  # noqa: PLC0415

    for key, state in lifecycle.STATES.items():
        statuses.add(f"declaration.{key}", state.tone, state.label)
    for outcome, tone in {
        SmelterRow.Outcome.OPEN: "yellow",
        SmelterRow.Outcome.MATCHED: "green",
        SmelterRow.Outcome.UNSURE: "violet",
        SmelterRow.Outcome.NOT_SMELTER: "none",
        SmelterRow.Outcome.UNIDENTIFIED: "yellow",
        SmelterRow.Outcome.UNLISTED: "violet",
    }.items():
        statuses.add(f"line.{outcome}", tone, outcome.label)
