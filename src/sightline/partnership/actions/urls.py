from django.urls import path

from sightline.partnership.actions.views import recommendations, register, steps

app_name = "actions"

urlpatterns = [
    path("actions/", register.register, name="register"),
    path("actions/new/", register.raise_action, name="raise_action"),
    path("actions/recommendations/", recommendations.recommendations, name="recommendations"),
    path("actions/recommendations/new/", recommendations.add, name="add_recommendation"),
    path("actions/recommendations/<str:recommendation_id>/", recommendations.recommendation, name="recommendation"),
    path("actions/recommendations/<str:recommendation_id>/answer/", recommendations.answer, name="answer_recommendation"),
    path("actions/evidence/<str:evidence_id>/file/", register.evidence_file, name="evidence_file"),
    path("actions/evidence/<str:evidence_id>/withdraw/", steps.withdraw_evidence, name="withdraw_evidence"),
    path("actions/<str:action_id>/", register.action, name="action"),
    path("actions/<str:action_id>/update/", steps.update, name="update"),
    path("actions/<str:action_id>/evidence/", steps.add_evidence, name="add_evidence"),
    path("actions/<str:action_id>/done/", steps.done, name="done"),
    path("actions/<str:action_id>/assure/", steps.assure, name="assure"),
    path("actions/<str:action_id>/send-back/", steps.send_back, name="send_back"),
    path("actions/<str:action_id>/difference/", steps.difference, name="difference"),
    path("actions/<str:action_id>/close/", steps.close, name="close"),
    path("actions/<str:action_id>/reopen/", steps.reopen, name="reopen"),
    path("actions/<str:action_id>/due/", steps.change_due, name="change_due"),
    path("actions/<str:action_id>/replace/", steps.supersede, name="supersede"),
]
