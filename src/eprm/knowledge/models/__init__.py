"""Words are Wagtail pages; what is sorted, counted and rated are plain models with Wagtail's drafts and workflow."""

from eprm.knowledge.models.base import ForWhom, Shelf
from eprm.knowledge.models.figures import ProductionFigure
from eprm.knowledge.models.learning import PathPage, QuizQuestion, UnitDone, UnitPage
from eprm.knowledge.models.library import CaseStudy, Question, Resource, Term
from eprm.knowledge.models.pages import (
    BriefPage,
    Element,
    Fact,
    HubPage,
    NewsPage,
    SourceLine,
    TheoryPage,
    WordsPage,
)
from eprm.knowledge.models.readers import PersonalStart, Rating, Suggestion

__all__ = [
    "BriefPage",
    "CaseStudy",
    "Element",
    "Fact",
    "ForWhom",
    "HubPage",
    "NewsPage",
    "PathPage",
    "PersonalStart",
    "ProductionFigure",
    "Question",
    "QuizQuestion",
    "Rating",
    "Resource",
    "Shelf",
    "SourceLine",
    "Suggestion",
    "Term",
    "TheoryPage",
    "UnitDone",
    "UnitPage",
    "WordsPage",
]
