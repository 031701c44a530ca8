"""Which record a pack means: ids that depend on nothing but the pack's own, so that loading twice meets the same."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6b1f0c52-6d0f-5c6e-9a3d-2f1f5f0b7a11")

# What all relationships share has one id on the whole site; the rest is told apart by the relationship.
SHARED = frozenset({"party", "source", "post", "official", "relationship"})


def record_name(kind: str, identity: str, relationship: str) -> str:
    """The name that a record's id is derived from."""
    return f"{kind}/{identity}" if kind in SHARED else f"{kind}/{relationship}/{identity}"


def record_id(kind: str, identity: str, relationship: str = "") -> UUID:
    """The id of a record of a pack."""
    return uuid5(NAMESPACE, record_name(kind, identity, relationship))


class PartIds:
    """Gives the parts of one record their ids. The same key again counts up, so that ids never meet."""

    def __init__(self, kind: str, identity: str, relationship: str) -> None:
        self.name = record_name(kind, identity, relationship)
        self._times: dict[str, int] = {}

    def id(self, part: str, *key: object) -> UUID:
        """The id of the part with this key."""
        name = "/".join([self.name, part, *map(str, key)])
        times = self._times[name] = self._times.get(name, 0) + 1
        return uuid5(NAMESPACE, name if times == 1 else f"{name}/{times}")
