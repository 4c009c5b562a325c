"""What the partnership keeps about its members, by noun.

The organisation stands on every confidential row, for the database's own isolation (`migrations/`): a member sees its
own rows, the secretariat and the board see what they decide on, and each kind of row has its writers.
"""

from eprm.members.models.applications import Answer, Application, Comment, Evidence, Figures, Holding, Screening
from eprm.members.models.ballots import Ballot, BallotSeat
from eprm.members.models.contributions import Earmark, Invoice, InvoiceSeries, Payment, Pledge, WorkedDay
from eprm.members.models.duties import Duty, Reminder
from eprm.members.models.editions import FormEdition, Question, Section, Signature, Text
from eprm.members.models.membership import FeeClass, Member, MemberScreening, Notice, StateChange
from eprm.members.models.rules import BoardRule, DutyRule, FeeRule, SizeRule, TermsRule

__all__ = (
    "Answer",
    "Application",
    "Ballot",
    "BallotSeat",
    "BoardRule",
    "Comment",
    "Duty",
    "DutyRule",
    "Earmark",
    "Evidence",
    "FeeClass",
    "FeeRule",
    "Figures",
    "FormEdition",
    "Holding",
    "Invoice",
    "InvoiceSeries",
    "Member",
    "MemberScreening",
    "Notice",
    "Payment",
    "Pledge",
    "Question",
    "Reminder",
    "Screening",
    "Section",
    "Signature",
    "SizeRule",
    "StateChange",
    "TermsRule",
    "Text",
    "WorkedDay",
)
