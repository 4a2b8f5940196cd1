"""Public addresses of surveys and the feedback form; the host includes them below the language."""

from django.urls import path

from feedback import feedback_pages, survey_pages

app_name = "conduct_feedback"
urlpatterns = [
    path("survey/<slug:token>/", survey_pages.InvitedSurvey.as_view(), name="survey"),
    path("surveys/<slug:slug>/", survey_pages.OpenSurvey.as_view(), name="open_survey"),
    path(
        "surveys/<slug:slug>/thanks/", survey_pages.OpenSurveyThanks.as_view(), name="open_thanks"
    ),
    path("feedback/send/", feedback_pages.SendFeedback.as_view(), name="send"),
]
