"""Making the group's figures of a year: rows that name no member, from the returns closed by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from eprm.base import locks
from eprm.people.models import Organisation, Person
from eprm.returns import rules
from eprm.returns.models import Answer, Counted, Figure, Publication, Question, Version
from eprm.returns.queries.answers import scored
from eprm.returns.queries.figures import expected_of, newest_publication, versions_counted, versions_to_count
from eprm.returns.scoring import Score
from lode import anonymous, oecd

Shares = Mapping[int, Fraction]


@transaction.atomic
def publish_figures(*, year: int, note: str, by: Person) -> Publication:
    """Compute and keep the year's figures. NotAllowed for too few returns, or where a second telling tells of one."""
    locks.hold(f"returns figures {year}")
    versions, before = versions_to_count(year), newest_publication(year)
    least = least_of(versions)
    rules.can_publish(
        by,
        counted=len(versions),
        least=least,
        may_follow=may_follow(versions, before, least),
    ).require()
    made = Publication.objects.create(
        year=year,
        number=before.number + 1 if before else 1,
        note=note,
        members=len(versions),
        expected=expected_of(year),
        made_by=by,
    )
    told = [*share_figures(scored(versions), least), *sum_figures(versions, least)]
    for figure in told:
        figure.publication = made
    Figure.objects.bulk_create(told)
    Counted.objects.bulk_create(
        Counted(publication=made, organisation_id=version.organisation_id, version=version) for version in versions
    )
    return made


def least_of(versions: Sequence[Version]) -> int:
    """The smallest group told of: the strictest of the editions, and never under five."""
    return max((version.of.edition.least_group for version in versions), default=5)


def may_follow(versions: Sequence[Version], before: Publication | None, least: int) -> bool:
    counted = versions_counted(before)
    return before is None or anonymous.may_replace(counted, {version.pk for version in versions}, least)


def share_figures(scores: Sequence[tuple[Version, Score]], least: int) -> list[Figure]:
    """The rounded mean of each step and of the total, over all members and by pillar, where that tells of nobody."""
    found = []
    for key in [*(step.key for step in oecd.steps()), Figure.TOTAL]:
        shares = {
            version.of_id: (version.of.pillar, share)
            for version, score in scores
            if (share := score.total if key == Figure.TOTAL else score.by_step[key].share) is not None
        }
        by_pillar = {
            pillar.value: [share for of, share in shares.values() if of == pillar] for pillar in Organisation.Pillar
        }
        everybody = [share for _of, share in shares.values()]
        found.append(_share(Figure.ALL, key, everybody, least, None))
        verdicts = anonymous.told_parts({pillar: len(theirs) for pillar, theirs in by_pillar.items()}, least)
        found += [_share(pillar, key, theirs, least, verdicts[pillar]) for pillar, theirs in by_pillar.items()]
    return found


def _share(group: str, key: str, shares: Sequence[Fraction], least: int, verdict: anonymous.Hidden | None) -> Figure:
    mean = anonymous.mean(shares, least) if verdict is None else None
    if mean is None:
        hidden = verdict or anonymous.Hidden.TOO_FEW
        return Figure(measure=Figure.Measure.SHARE, group=group, key=key, hidden=hidden.value)
    return Figure(measure=Figure.Measure.SHARE, group=group, key=key, members=len(shares), value=Decimal(mean))


def sum_figures(versions: Sequence[Version], least: int) -> Iterator[Figure]:
    """Sums and parts of wholes over all members, for the questions whose group figure may be told."""
    told = (Question.Public.SUM, Question.Public.RATIO)
    given: dict[str, list[Answer]] = {}
    answers = Answer.objects.filter(version__in=versions, number__isnull=False, question__public__in=told)
    for answer in answers.select_related("question").order_by("pk"):
        given.setdefault(answer.question.key, []).append(answer)
    for key, theirs in sorted(given.items()):
        part = anonymous.pooled([Fraction(answer.number) for answer in theirs if answer.number is not None], least)
        if theirs[0].question.public == Question.Public.SUM:
            yield _sum(Figure.Measure.SUM, key, part, None)
        else:
            wholes = [Fraction(answer.whole) for answer in theirs if answer.whole is not None]
            yield _sum(Figure.Measure.RATIO, key, part, anonymous.pooled(wholes, least))


def _sum(measure: str, key: str, part: anonymous.Sum, whole: anonymous.Sum | None) -> Figure:
    hidden = part.hidden or (whole.hidden if whole else None)
    if hidden is not None:
        return Figure(measure=measure, group=Figure.ALL, key=key, hidden=hidden.value)
    return Figure(
        measure=measure,
        group=Figure.ALL,
        key=key,
        members=part.members,
        value=_decimal(part.value),
        whole=_decimal(whole.value) if whole else None,
    )


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
