"""Suppliers, what they were asked, and their files on the way to an accepted declaration."""

from django.urls import include, path

from eprm.diligence.views import batches, decisions, enquiries, findings, suppliers, uploads

app_name = "diligence"
urlpatterns = [
    path("", include("eprm.diligence.company.urls")),
    path("uploads/", uploads.upload_list, name="upload_list"),
    path("uploads/new/", uploads.upload_new, name="upload_new"),
    path("uploads/check-again/", uploads.upload_recheck, name="upload_recheck"),
    path("uploads/<int:pk>/", uploads.upload_detail, name="upload_detail"),
    path("uploads/<int:pk>/lines/", uploads.upload_lines, name="upload_lines"),
    path("uploads/<int:pk>/lines/<int:line_pk>/", decisions.smelter_decide, name="smelter_decide"),
    path("uploads/<int:pk>/best/", decisions.decide_best, name="decide_best"),
    path("uploads/<int:pk>/findings/", uploads.upload_findings, name="upload_findings"),
    path("uploads/<int:pk>/file/", uploads.upload_file, name="upload_file"),
    path("uploads/<int:pk>/annotated/", uploads.upload_annotated, name="upload_annotated"),
    path("uploads/<int:pk>/accept/", uploads.upload_accept, name="upload_accept"),
    path("uploads/<int:pk>/return/", uploads.upload_return, name="upload_return"),
    path("uploads/<int:pk>/supplier/", uploads.upload_assign, name="upload_assign"),
    path("uploads/batches/<int:pk>/", batches.batch_detail, name="batch_detail"),
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("decisions/<int:pk>/undo/", decisions.decision_undo, name="decision_undo"),
    path("findings/<str:code>/", findings.finding_detail, name="finding_detail"),
    path("suppliers/", suppliers.supplier_list, name="supplier_list"),
    path("suppliers/new/", suppliers.supplier_new, name="supplier_new"),
    path("suppliers/import/", suppliers.supplier_import, name="supplier_import"),
    path("suppliers/<int:pk>/", suppliers.supplier_detail, name="supplier_detail"),
    path("suppliers/<int:pk>/screening/", suppliers.supplier_screening, name="supplier_screening"),
    path("suppliers/<int:pk>/edit/", suppliers.supplier_edit, name="supplier_edit"),
    path("enquiries/", enquiries.enquiry_list, name="enquiry_list"),
    path("enquiries/new/", enquiries.enquiry_new, name="enquiry_new"),
    path("enquiries/<int:pk>/reminder/", enquiries.enquiry_reminder, name="enquiry_reminder"),
]
