from django.urls import path

from eprm.knowledge.views import desk, hub, learning, library, news, pages

app_name = "knowledge"
urlpatterns = [
    path("", hub.hub, name="hub"),
    path("for-you/", hub.for_you, name="for_you"),
    path("for-you/keep/", hub.for_you_keep, name="for_you_keep"),
    path("resources/", library.resource_list, name="resource_list"),
    path("resources/<int:pk>/", library.resource_detail, name="resource_detail"),
    path("resources/<int:pk>/file/", library.resource_file, name="resource_file"),
    path("resources/<int:pk>/rate/", library.resource_rate, name="resource_rate"),
    path("resources/<int:pk>/checked/", desk.resource_checked, name="resource_checked"),
    path("cases/", library.case_list, name="case_list"),
    path("cases/<int:pk>/", library.case_detail, name="case_detail"),
    path("glossary/", library.glossary, name="glossary"),
    path("glossary/<int:pk>/", library.term, name="term"),
    path("questions/", library.question_list, name="question_list"),
    path("guidance/", pages.guidance_list, name="guidance_list"),
    path("briefs/", pages.brief_list, name="brief_list"),
    path("minerals/<slug:key>/", pages.mineral, name="mineral"),
    path("news/", pages.news_list, name="news_list"),
    path("news/new/", news.news_new, name="news_new"),
    path("news/<int:pk>/withdraw/", news.news_withdraw, name="news_withdraw"),
    path("news.atom", pages.news_feed, name="news_feed"),
    path("courses/", learning.course_list, name="course_list"),
    path("read/<int:pk>/", pages.page, name="page"),
    path("read/<int:pk>/answers/", learning.unit_answer, name="unit_answer"),
    path("record/", learning.record, name="record"),
    path("suggest/", desk.suggestion_new, name="suggestion_new"),
    path("suggestions/", desk.suggestion_list, name="suggestion_list"),
    path("suggestions/<int:pk>/", desk.suggestion_decide, name="suggestion_decide"),
    path("links/", desk.link_list, name="link_list"),
    path("editors/", desk.editor_list, name="editor_list"),
    path("editors/<int:pk>/dismiss/", desk.editor_dismiss, name="editor_dismiss"),
]
