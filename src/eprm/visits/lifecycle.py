"""The states of a field visit, and which follows which."""

PLANNED, UNDER_WAY, REPORTING, CLOSED, CANCELLED = "planned", "under_way", "reporting", "closed", "cancelled"

# From each state: where the visit can go next. A closed one is opened again for what was forgotten.
MOVES: dict[str, tuple[str, ...]] = {
    PLANNED: (UNDER_WAY, CANCELLED),
    UNDER_WAY: (REPORTING, CANCELLED),
    REPORTING: (CLOSED,),
    CLOSED: (REPORTING,),
    CANCELLED: (),
}
BEGUN = (UNDER_WAY, REPORTING, CLOSED)
# While the delegation writes down what it saw.
OPEN = (PLANNED, UNDER_WAY, REPORTING)
