"""What a person did with returns, for the copy of their data they may ask for."""

from __future__ import annotations

from eprm.returns.models import Comment, Evidence, Version


def work_of(person_id: int) -> list[dict[str, object]]:
    """The versions the person began or sent, the evidence they attached and the comments they made."""
    began = Version.objects.filter(begun_by=person_id).select_related("of__organisation")
    sent = Version.objects.filter(sent_by=person_id).select_related("of__organisation")
    evidence = Evidence.objects.filter(added_by=person_id).select_related("version__of__organisation")
    said = Comment.objects.filter(made_by=person_id).select_related("version__of__organisation")
    return [
        *({"deed": "began", "return": str(each.of), "at": each.begun_at.isoformat()} for each in began),
        *({"deed": "sent", "return": str(each.of), "at": each.sent_at.isoformat()} for each in sent if each.sent_at),
        *(
            {"deed": "attached", "return": str(each.version.of), "at": each.added_at.isoformat(), "title": each.title}
            for each in evidence
        ),
        *(
            {"deed": "said", "return": str(each.version.of), "at": each.made_at.isoformat(), "text": each.text}
            for each in said
        ),
    ]


def keep_work(_person_id: int) -> None:
    """Nothing of it is the person's alone: a return is its organisation's, and the account keeps only a number."""
