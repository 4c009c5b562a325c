"""The one way to say "you may not, or not now"."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """`reason` is a whole sentence: whose it is or what state stands against it, and who can change that.

    As a PermissionDenied it becomes the 403 page with that sentence by itself (handler403).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Overtaken(NotAllowed):
    """Somebody else was quicker: `reason` says who, when and what. The page shows it in place, as news."""
