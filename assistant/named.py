"""A folded text in, the provider types and the sectors that it names out."""

import re

from assistant.scope import ProviderType, sector_of
from assistant.words import scope_words


def named_types(folded: str) -> frozenset[ProviderType]:
    """Return the provider types that a folded text names, a group as all its types; empty when it names none."""
    table = scope_words()
    for pattern in (*table.disregard, *(rule.pattern for rule in table.excluded)):
        folded = pattern.sub(" ", folded)
    types = {name for name, patterns in table.types.items() if any(pattern.search(folded) for pattern in patterns)}
    for rule in table.prevails:
        if rule.type in types and rule.over in types and not _side_by_side(rule.type, rule.over, folded):
            types.discard(rule.over)
    if types:
        return _of_profession(frozenset(types), folded)
    for group in table.groups:
        if any(pattern.search(folded) for pattern in group.patterns):
            return _of_profession(frozenset(group.types), folded)
    return frozenset()


def named_sectors(folded: str, types: frozenset[ProviderType]) -> frozenset[str]:
    """Return the sectors of the named types, or else the one called by its name, or those whose words a text holds.

    Who asks whether the Green Deal holds for the ggz, asks about the ggz.
    """
    if types:
        return frozenset(sector_of(provider_type) for provider_type in types)
    called = called_sectors(folded)
    if len(called) == 1:
        return called
    return frozenset(
        sector
        for sector, patterns in scope_words().sectors.items()
        if any(pattern.search(folded) for pattern in patterns)
    )


def called_sectors(folded: str) -> frozenset[str]:
    """Return the sectors that a folded text calls by their name, and not by a word of theirs."""
    return frozenset(sector for sector, patterns in scope_words().sectors.items() if patterns[0].search(folded))


def _of_profession(types: frozenset[ProviderType], folded: str) -> frozenset[ProviderType]:
    """Leave out types whose words both sectors use, where only a profession of the other sector is named."""
    table = scope_words()
    practised = {sector for sector, pattern in table.professions.items() if pattern.search(folded)}
    return frozenset(
        kind for kind in types if kind not in table.shared or not practised or sector_of(kind) in practised
    )


def _side_by_side(first: ProviderType, second: ProviderType, folded: str) -> bool:
    """Tell whether two types are compared ("psychiaters en vrijgevestigden") and not one description of one asker."""
    table = scope_words()
    firsts = [match.span() for pattern in table.types[first] for match in pattern.finditer(folded)]
    seconds = [match.span() for pattern in table.types[second] for match in pattern.finditer(folded)]
    between = [
        folded[min(a[1], b[1]) : max(a[0], b[0])] for a in firsts for b in seconds if a[1] <= b[0] or b[1] <= a[0]
    ]
    return any(re.fullmatch(r"\W*(en|of|and|or|versus|vs)\W+(de|een|an?|voor)?\W*", gap) for gap in between)
