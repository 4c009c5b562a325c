"""The network of competent authorities, each authority's desk, and the letter box for concerns."""

from django.urls import path

from eprm.authorities.views import concerns, desk, filings, network

app_name = "authorities"
urlpatterns = [
    path("", network.authority_list, name="authority_list"),
    path("new/", network.authority_new, name="authority_new"),
    path("<int:pk>/", network.authority_detail, name="authority_detail"),
    path("<int:pk>/edit/", network.authority_edit, name="authority_edit"),
    path("<int:pk>/contacts/new/", network.contact_new, name="contact_new"),
    path("contacts/<int:pk>/confirm/", network.contact_confirm, name="contact_confirm"),
    path("contacts/<int:pk>/end/", network.contact_end, name="contact_end"),
    path("rules/", network.rule_list, name="rule_list"),
    path("questions/", network.topic_list, name="topic_list"),
    path("questions/new/", network.topic_new, name="topic_new"),
    path("questions/<int:pk>/", network.topic_detail, name="topic_detail"),
    path("questions/<int:pk>/settle/", network.topic_settle, name="topic_settle"),
    path("files/", filings.filing_list, name="filing_list"),
    path("files/new/", filings.filing_new, name="filing_new"),
    path("files/<int:pk>/", filings.filing_detail, name="filing_detail"),
    path("files/<int:pk>/correct/", filings.filing_correct, name="filing_correct"),
    path("files/<int:pk>/withdraw/", filings.filing_withdraw, name="filing_withdraw"),
    path("files/<int:pk>/write/", filings.message_new, name="message_new"),
    path("documents/<int:pk>/", filings.document_file, name="document_file"),
    path("desk/", desk.desk, name="desk"),
    path("desk/files/<int:pk>/take-up/", desk.filing_take, name="filing_take"),
    path("desk/files/<int:pk>/answer/", desk.filing_close, name="filing_close"),
    path("desk/files/<int:pk>/check/", desk.check_new, name="check_new"),
    path("desk/checks/", desk.check_list, name="check_list"),
    path("desk/checks/<int:pk>/remedied/", desk.check_remedied, name="check_remedied"),
    path("desk/past/", desk.past_remove, name="past_remove"),
    path("desk/weights/", desk.weights, name="weights"),
    path("concerns/", concerns.concern_list, name="concern_list"),
    path("concerns/new/", concerns.concern_new, name="concern_new"),
    path("concerns/follow/", concerns.concern_follow, name="concern_follow"),
    path("concerns/<uuid:pk>/", concerns.concern_detail, name="concern_detail"),
    path("concerns/<uuid:pk>/take-up/", concerns.concern_take, name="concern_take"),
    path("concerns/files/<uuid:pk>/", concerns.concern_file, name="concern_file"),
]
