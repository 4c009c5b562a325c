"""Surveys: making, answering with and without account, results."""

from django.urls import path

from eprm.surveys.views import results, sheets, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.survey_list, name="survey_list"),
    path("new/", surveys.survey_new, name="survey_new"),
    path("links/<str:token>/", sheets.linked_answer, name="linked_answer"),
    path("results/<str:text>/", results.linked_results, name="linked_results"),
    path("no-more/<str:text>/", sheets.refuse, name="refuse"),
    path("<int:pk>/", surveys.survey_detail, name="survey_detail"),
    path("<int:pk>/edit/", surveys.survey_edit, name="survey_edit"),
    path("<int:pk>/preview/", surveys.survey_preview, name="survey_preview"),
    path("<int:pk>/release/", surveys.survey_release, name="survey_release"),
    path("<int:pk>/copy/", surveys.survey_copy, name="survey_copy"),
    path("<int:pk>/invite/", surveys.survey_invite, name="survey_invite"),
    path("<int:pk>/remind/", surveys.survey_remind, name="survey_remind"),
    path("<int:pk>/questions/new/", surveys.question_new, name="question_new"),
    path("<int:pk>/questions/<int:question>/", surveys.question_edit, name="question_edit"),
    path("<int:pk>/questions/<int:question>/remove/", surveys.question_remove, name="question_remove"),
    path("<int:pk>/questions/<int:question>/move/", surveys.question_move, name="question_move"),
    path("<int:pk>/answer/", sheets.survey_answer, name="survey_answer"),
    path("<int:pk>/change/", sheets.answer_change, name="answer_change"),
    path("<int:pk>/code/forget/", sheets.code_forget, name="code_forget"),
    path("<int:pk>/count/", results.survey_count, name="survey_count"),
    path("<int:pk>/results/", results.result_detail, name="result_detail"),
    path("<int:pk>/show/", results.result_show, name="result_show"),
    path("<int:pk>/texts/", results.text_list, name="text_list"),
    path("<int:pk>/texts/<uuid:answer>/", results.excerpt_new, name="excerpt_new"),
    path("<int:pk>/excerpts/<int:excerpt>/remove/", results.excerpt_remove, name="excerpt_remove"),
    path("<int:pk>/sheets/", results.sheet_list, name="sheet_list"),
]
