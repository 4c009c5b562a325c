"""The secretariat's office: mails, periods of keeping, second factors, seals."""

from django.urls import path

from eprm.office.views import factors, mails, periods, seals

app_name = "office"
urlpatterns = [
    path("mails", mails.mail_list, name="mail_list"),
    path("mails/<uuid:pk>", mails.mail_detail, name="mail_detail"),
    path("mails/<uuid:pk>/release", mails.mail_release, name="mail_release"),
    path("mails/<uuid:pk>/withdraw", mails.mail_withdraw, name="mail_withdraw"),
    path("mails/<uuid:pk>/attachments/<uuid:attachment>", mails.mail_attachment, name="mail_attachment"),
    path("periods", periods.period_list, name="period_list"),
    path("periods/<slug:name>", periods.period_new, name="period_new"),
    path("second-factor", factors.factor_list, name="factor_list"),
    path("second-factor/new", factors.factor_new, name="factor_new"),
    path("second-factor/<int:pk>/end", factors.factor_end, name="factor_end"),
    path("second-factor/needed", factors.factor_needed, name="factor_needed"),
    path("seals", seals.seal_list, name="seal_list"),
]
