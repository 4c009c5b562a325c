"""The questionnaire by editions, the members' returns with their versions, and the figures of the group."""

from eprm.returns.models.figures import Counted, Figure, Publication
from eprm.returns.models.questionnaire import Edition, Question
from eprm.returns.models.returns import Answer, Comment, Evidence, Reminder, Return, Version

__all__ = [
    "Answer",
    "Comment",
    "Counted",
    "Edition",
    "Evidence",
    "Figure",
    "Publication",
    "Question",
    "Reminder",
    "Return",
    "Version",
]
