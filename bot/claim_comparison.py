"""One claim held against one clause: what is met, what is said otherwise, what is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.claim_evidence import Clause
from bot.claim_lexicon import Lexicon
from bot.claim_mentions import Mention, Role
from bot.claim_morphology import is_passive, is_verb, same_word
from bot.claim_quantities import Quantity
from bot.claim_reading import Force, Reading
from retrieval.numbers import DateMention

_NEAR = 5
"""A modifier and its noun stand at most so many words apart in a clause that says the same."""

_INFLECTED = re.compile(".*(?:лар|лер|дар|дер|тар|тер|[кдтн][ае]|[дтн][ае]н|[ыи]н|[мп]ен|(?:лар|лер|дар|дер|тар|тер)[ыи].*)")
_SUBJECT = frozenset([Role.DOER, Role.DONE_TO, Role.OWNER, Role.COMPLEMENT])


class Kind(StrEnum):
    """In what a clause differs from a claim."""

    NUMBER = "number"
    DATE = "date"
    OFFICE = "office"
    WORD = "word"
    DENIAL = "denial"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Difference:
    """One point in which the clause says otherwise; both sides as written."""

    kind: Kind
    claimed: str
    stated: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``missing`` are words of the claim for which the clause has nothing; ``sure`` is False where the
    clause meets the claim only by a pronoun of several readings, or under a condition that the claim drops.
    ``met`` counts the parts of the claim that the clause meets.
    """

    clause: Clause
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    met: int
    sure: bool

    @property
    def supports(self) -> bool:
        return self.sure and not self.differences and not self.missing

    @property
    def contradicts(self) -> bool:
        return len(self.differences) == 1 and not self.missing


class Comparer:
    """Compares readings; holds the words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def compare(self, claim: Reading, clause: Clause) -> Comparison:
        return _Work(claim, clause, self._lexicon).done()


class _Work:
    """The state of one comparison."""

    def __init__(self, claim: Reading, clause: Clause, lexicon: Lexicon) -> None:
        self.claim, self.clause, self.there, self.lexicon = claim, clause, clause.reading, lexicon
        self.differences: list[Difference] = []
        self.missing: list[str] = []
        self.met = 0
        self.sure = True
        self.matches: dict[int, list[int]] = {}
        self.used: set[int] = set()
        self.inner = False  # the claim's verb stands inside the clause, not at its end

    def done(self) -> Comparison:
        self._content()
        self._mentions()
        self._quantities()
        self._dates()
        self._force()
        if not self.differences and not self.missing:
            self._order()
            self._narrowing()
        return Comparison(self.clause, tuple(self.differences), tuple(self.missing), self.met, self.sure)

    # -- words

    def _content(self) -> None:
        claim, there = self.claim, self.there
        open_words = [i for i in range(len(there.words)) if not self._inside_mention(i)]
        unmatched = []
        for i in claim.content:
            key = claim.words[i].key
            found = [
                j
                for j in open_words
                if self.lexicon.same(key, there.words[j].key)
            ]
            if found:
                self._denied_inside(i, found)
                self.matches[i] = found
                self.met += 1
                self.used.update(found)
            else:
                unmatched.append(i)
        for i in self._identity(unmatched):
            self._opposite(i)

    def _denied_inside(self, i: int, found: list[int]) -> None:
        """A word that is denied on its own on one side only: «құрылады» and «құрылмайтын мекеме»."""
        whole = self._is_last(self.claim, i)
        if whole and any(self._governed(j) for j in found):
            return  # the force of both clauses is compared
        mine = self.claim.negative if whole else i in self.claim.negated
        theirs = {j in self.there.negated if not self._governed(j) else self.there.negative for j in found}
        self.inner |= whole
        if mine not in theirs:
            if whole:
                self.differences.append(Difference(Kind.DENIAL, self.claim.said(i), self.there.said(found[0])))
            else:
                self.sure = False
        elif len(theirs) > 1:
            self.sure = False

    def _governed(self, j: int) -> bool:
        """Whether the end of the clause says if word ``j`` is affirmed («сайлануға, … болуға құқығы жоқ»)."""
        return self._is_last(self.there, j) or self.there.words[j].key.endswith(("ука", "уке"))

    @staticmethod
    def _is_last(reading: Reading, i: int) -> bool:
        return bool(reading.content) and i == reading.content[-1]

    def _inside_mention(self, j: int) -> bool:
        return any(mention.first <= j < mention.after for mention in self.there.mentions)

    def _opposite(self, i: int) -> None:
        """An unmatched word: does the clause hold another value of its kind in its place?"""
        values = self.lexicon.contrasts(self.claim.words[i].key)
        for j, word in enumerate(self.there.words):
            for other in self.lexicon.contrasts(word.key):
                rows = [value for value in values if value.row == other.row]
                if rows and all(value.value != other.value for value in rows) and self._same_place(i, j):
                    self.differences.append(Difference(Kind.WORD, self.claim.said(i), self.there.said(j)))
                    self.used.add(j)
                    return
        if self._is_topic(i):
            return
        self.missing.append(self.claim.said(i))

    def _is_topic(self, i: int) -> bool:
        """A word of the sentence before, for which a pronoun stands here."""
        return i <= 1 and any(same_word(self.claim.words[i].key, key) for key in self.clause.topic)

    def _same_place(self, i: int, j: int) -> bool:
        """Whether word ``j`` stands in the clause where word ``i`` stands in the claim."""
        claim, there = self.claim.words, self.there.words
        if is_verb(claim[i].key) and is_verb(there[j].key):
            return True
        if i + 1 < len(claim) and not claim[i + 1].gap.strip():
            return j + 1 < len(there) and self.lexicon.same(claim[i + 1].key, there[j + 1].key)
        last = max(self.there.content, default=-1)
        return i >= max(self.claim.content, default=-1) and (j >= last - 1)

    def _identity(self, unmatched: list[int]) -> list[int]:
        """«X-тің Y-сы – Z» against «X-тің Y-сы – W»: a thing has one of it. Returns what is still unmatched."""
        here, there = _dash(self.claim), _dash(self.there)
        if here is None or there is None or not unmatched or min(unmatched) < here:
            return unmatched
        left = [i for i in self.claim.content if i < here]
        possessed = self.claim.words[here - 1].key.endswith(("сы", "си", "ы", "и"))
        met = left and all(any(j < there for j in self.matches[i]) for i in left)
        right = [i for i in self.claim.content if i >= here]
        own = [i for i in right if i not in unmatched]
        if possessed and met and len(own) <= 1 and len(right) <= 3 and len(self.there.words) - there <= 4:
            self.differences.append(
                Difference(Kind.IDENTITY, self.claim.said(*right), self.there.said(there, len(self.there.words) - 1))
            )
            self.used.update(range(there, len(self.there.words)))
            return []
        return unmatched

    # -- offices

    def _mentions(self) -> None:
        for mention in self.claim.mentions:
            same = [other for other in self.there.mentions if mention.same_as(other)]
            if any(self._one_part(mention, other) for other in same):
                self.met += 1
                continue
            if any(mention.same_as(other) and _stands_for(mention, other) for other in self.clause.meant):
                self.met += 1
                self.sure &= not self.clause.open
                continue
            if mention.roles & {Role.TO, Role.AT, Role.FROM} and self._holds(mention):
                self.met += 1
                continue
            other = self._instead(mention)
            if other is not None:
                said = self.there.said(other.first, other.after - 1)
                claimed = self.claim.said(mention.first, mention.after - 1)
                self.differences.append(Difference(Kind.OFFICE, claimed, said))
            elif not (Role.DOER in mention.roles and self._other_deed()):
                self.missing.append(self.claim.said(mention.first, mention.after - 1))

    def _holds(self, mention: Mention) -> bool:
        """«Мәжіліске депутат сайлайды» for «Мәжілістің депутатын»: the body of an office that both name."""
        return any(
            other.chain[-2:-1] == mention.chain[-1:] and claimed.chain[-1] == other.chain[-1]
            for other in self.there.mentions
            for claimed in self.claim.mentions
        )

    def _one_part(self, mention: Mention, other: Mention) -> bool:
        """Whether both play the same part."""
        if not mention.roles & other.roles:
            passive = any(is_passive(self.there.words[j].key) for j in self.there.content[-1:])
            return passive and Role.DOER in mention.roles and Role.AT in other.roles
        only_owner = mention.roles & other.roles == {Role.OWNER}
        return not (only_owner and mention.owned and other.owned) or self.lexicon.same(mention.owned, other.owned)

    def _instead(self, mention: Mention) -> Mention | None:
        """Another office that does in the clause what the claim says this one does."""
        for other in self.there.mentions:
            if other.same_as(mention) or any(other.same_as(named) for named in self.claim.mentions):
                continue
            if Role.DOER in mention.roles & other.roles and self._same_deed(mention):
                return other
            owner = Role.OWNER in mention.roles & other.roles and mention.owned and other.owned
            if owner and same_word(mention.owned, other.owned) and len(self.claim.mentions) > 1:
                return other
            if Role.TO in mention.roles & other.roles and len(self.claim.mentions) > 1:
                return other
        return None

    def _same_deed(self, mention: Mention) -> bool:
        """Something besides the doer is named and met: the thing it is done to, or words of the matter."""
        others = [m for m in self.claim.mentions if m is not mention]
        met = any(self._one_part(m, other) for m in others for other in self.there.mentions if m.same_as(other))
        return met or len(self.matches) >= 2

    def _other_deed(self) -> bool:
        """The clause has another verb of one row («сайланады» for «тағайындайды»): its doer is not asked for."""
        return any(d.kind is Kind.WORD and is_verb(_key(d.claimed)) for d in self.differences)

    # -- numbers and days

    def _quantities(self) -> None:
        for quantity in self.claim.quantities:
            others = [other for other in self.there.quantities if quantity.comparable(other)]
            if not others:
                if not (quantity.kind == "count" and quantity.value == 1 and quantity.unit != "рет"):
                    self.missing.append(self.claim.text[quantity.start : quantity.end])
                continue
            nearest = self._belonging(others)
            if all(quantity.agrees(other) for other in nearest):
                self.met += 1
                self.used.update(*(other.words for other in nearest))
            elif not any(quantity.agrees(other) for other in nearest):
                self._number_differs(quantity, nearest[0])
            else:
                self.missing.append(self.claim.text[quantity.start : quantity.end])

    def _number_differs(self, quantity: Quantity, other: Quantity) -> None:
        only_bound = quantity.value == other.value and not (quantity.relation and other.relation)
        claimed = self.claim.text[quantity.start : quantity.end]
        if only_bound and not self._denied_bound(quantity, other):
            self.missing.append(claimed)  # «бір рет» for «кемінде бір рет»: not the same, not against it
            return
        self.differences.append(
            Difference(Kind.NUMBER, claimed, self.there.text[other.start : other.end])
        )
        self.used.update(other.words)

    def _denied_bound(self, quantity: Quantity, other: Quantity) -> bool:
        return False

    def _belonging(self, others: list[Quantity]) -> list[Quantity]:
        """Of several numbers of one kind those that stand in the part of the sentence the claim speaks of."""
        if len({(other.value, other.relation) for other in others}) < 2:
            return others

        def shared(other: Quantity) -> int:
            segment = self._segment(min(other.words))
            words = sum(any(j in segment for j in found) for found in self.matches.values())
            named = sum(
                mention.first in segment
                for mention in self.there.mentions
                if any(mention.same_as(claimed) for claimed in self.claim.mentions)
            )
            return words + 2 * named

        best = max(map(shared, others))
        return [other for other in others if shared(other) == best]

    def _segment(self, at: int) -> range:
        """The words between two commas around ``at``."""
        words = self.there.words
        first, after = at, at + 1
        while first > 0 and "," not in words[first].gap:
            first -= 1
        while after < len(words) and "," not in words[after].gap:
            after += 1
        return range(first, after)

    def _dates(self) -> None:
        for date in self.claim.dates:
            said = self.claim.text[date.start : date.end]
            if not self.there.dates:
                self.missing.append(said)
            elif any(_within(date, other) for other in self.there.dates):
                self.met += 1
            elif not any(_within(other, date) for other in self.there.dates):
                other = self.there.dates[0]
                self.differences.append(Difference(Kind.DATE, said, self.there.text[other.start : other.end]))
            else:
                self.missing.append(said)

    # -- the whole

    def _force(self) -> None:
        claim, there = self.claim, self.there
        if self.inner:
            return
        denied, denied_there = _denied(claim), _denied(there)
        if denied != denied_there:
            if any(d.kind is Kind.NUMBER for d in self.differences):
                return  # «екі рет сайлана алады» for «бір реттен артық сайлана алмайды»: the number says it
            self.differences.append(Difference(Kind.DENIAL, _ending(claim), _ending(there)))
        elif claim.force is Force.MUST and any(word.key == "ушин" for word in claim.words):
            return  # «болу үшін … толу керек» asks for what «толған … бола алады» gives
        elif claim.force is not there.force:
            if {claim.force, there.force} == {Force.MAY, Force.MUST} and not self.differences:
                self.differences.append(Difference(Kind.DENIAL, _ending(claim), _ending(there)))
            elif there.force is Force.MAY and not denied:
                self.sure = False
            elif claim.force is Force.MUST:
                self.sure = False

    def _order(self) -> None:
        """Neighbours in the claim must be near each other, in this order, in the clause."""
        content = list(self.claim.content)
        for one, two in zip(content, content[1:], strict=False):
            adjacent = two == one + 1 and not self.claim.words[two].gap.strip()
            modifies = adjacent and not any(is_verb(self.claim.words[i].key) for i in (one, two))
            if not modifies or _INFLECTED.fullmatch(self.claim.words[one].key):
                continue
            if not (one in self.matches and two in self.matches):
                continue
            if not any(0 < b - a <= _NEAR for a in self.matches[one] for b in self.matches[two]):
                self.sure = False

    def _narrowing(self) -> None:
        """A permission or a ban holds only with its conditions."""
        if self.there.force is not Force.MAY and not self.there.negative:
            return
        lead = max((j for j, word in enumerate(self.there.words) if ":" in word.gap), default=0)
        counted = {i for quantity in self.there.quantities for i in quantity.words}
        for j, word in enumerate(self.there.words):
            if j >= lead and self.lexicon.is_narrowing(word.key) and j not in self.used | counted:
                self.sure = False


def _stands_for(mention: Mention, meant: Mention) -> bool:
    """Whether an office named before may be what the claim names: a title only for what a law is about."""
    if Role.ABOUT in meant.roles:
        return Role.ABOUT in mention.roles
    return bool(mention.roles & _SUBJECT)


def _dash(reading: Reading) -> int | None:
    """The first word behind a dash between words."""
    return next((i for i, word in enumerate(reading.words) if i and word.gap.strip() in ("–", "—", "-") and " " in word.gap), None)


def _denied(reading: Reading) -> bool:
    """Whether the clause denies; «екі реттен артық … алмайды» is a bound, not a denial."""
    bounded = any(quantity.relation == ">" for quantity in reading.quantities)
    return reading.negative and not bounded


def _within(date: DateMention, other: DateMention) -> bool:
    """Whether ``other`` says all that ``date`` says."""
    return (
        date.year == other.year
        and date.month in (None, other.month)
        and date.day in (None, other.day)
    )


def _ending(reading: Reading) -> str:
    """The last words of a clause, where its verb stands."""
    return reading.said(max(len(reading.words) - 2, 0), len(reading.words) - 1)


def _key(text: str) -> str:
    from bot.claim_morphology import key_of

    return key_of(text)
