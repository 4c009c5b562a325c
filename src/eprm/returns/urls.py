from django.urls import path

from eprm.returns.views import answers, own, progress, questionnaire, review

app_name = "returns"
urlpatterns = [
    path("", own.start, name="start"),
    path("<int:pk>/", own.return_detail, name="return_detail"),
    path("<int:pk>/begin/", own.version_begin, name="version_begin"),
    path("<int:pk>/versions/<int:number>/", own.version_detail, name="version_detail"),
    path("<int:pk>/steps/<str:step>/", answers.step_answer, name="step_answer"),
    path("<int:pk>/questions/<int:question>/evidence/", answers.evidence_new, name="evidence_new"),
    path("<int:pk>/questions/<int:question>/reply/", own.reply_new, name="reply_new"),
    path("<int:pk>/send/", own.return_submit, name="return_submit"),
    path("<int:pk>/correct/", own.correction_new, name="correction_new"),
    path("<int:pk>/pdf/", own.return_pdf, name="return_pdf"),
    path("evidence/<int:pk>/", answers.evidence_file, name="evidence_file"),
    path("review/", review.review_list, name="review_list"),
    path("review/open/", review.year_open, name="year_open"),
    path("review/<int:pk>/", review.review_detail, name="review_detail"),
    path("review/<int:pk>/questions/<int:question>/", review.comment_new, name="comment_new"),
    path("review/<int:pk>/send-back/", review.return_send_back, name="return_send_back"),
    path("review/<int:pk>/close/", review.return_close, name="return_close"),
    path("review/comments/<int:pk>/settle/", review.comment_settle, name="comment_settle"),
    path("questionnaire/", questionnaire.edition_list, name="edition_list"),
    path("questionnaire/new/", questionnaire.edition_new, name="edition_new"),
    path("questionnaire/<int:pk>/", questionnaire.edition_detail, name="edition_detail"),
    path("questionnaire/<int:pk>/rules/", questionnaire.edition_rules, name="edition_rules"),
    path("questionnaire/<int:pk>/preview/", questionnaire.edition_preview, name="edition_preview"),
    path("questionnaire/<int:pk>/against/<int:other>/", questionnaire.edition_compare, name="edition_compare"),
    path("questionnaire/<int:pk>/in-force/", questionnaire.edition_in_force, name="edition_in_force"),
    path("questionnaire/<int:pk>/questions/new/", questionnaire.question_new, name="question_new"),
    path("questionnaire/questions/<int:pk>/", questionnaire.question_edit, name="question_edit"),
    path("questionnaire/questions/<int:pk>/remove/", questionnaire.question_remove, name="question_remove"),
    path("progress/", progress.progress, name="progress"),
    path("board/", progress.board, name="board"),
    path("figures/", progress.publication_list, name="publication_list"),
]
