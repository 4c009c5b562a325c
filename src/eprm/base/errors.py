"""The one way to say "you may not, or not now"."""


class NotAllowed(Exception):
    """`reason` is a whole sentence: whose it is or what state stands against it, and who can change that."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
