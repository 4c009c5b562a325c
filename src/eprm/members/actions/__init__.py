"""Every write about membership. What other apps do stands here."""

from eprm.members.actions.duties import meet_duty
from eprm.members.actions.membership import admit, change_state

__all__ = ("admit", "change_state", "meet_duty")
