"""What is asked (`survey.py`) and what was answered (`answering.py`)."""

from feedback.models.answering import Answer, Invitation, Response
from feedback.models.survey import Question, Survey

__all__ = ["Answer", "Invitation", "Question", "Response", "Survey"]
