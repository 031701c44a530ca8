"""The generation: one rising number that moves when what the public can see moves."""

from django.db.models import F

from relations.models import Generation


def current() -> int:
    """The present generation; 0 before anything was published. One query."""
    return Generation.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def raise_generation() -> None:
    """Moves the generation on. Call inside the transaction of the change, so that both commit or neither."""
    Generation.objects.get_or_create(pk=1)  # two who publish for the first time at once: one row
    Generation.objects.filter(pk=1).update(number=F("number") + 1)
