"""One claim held against one clause: what is met, what is said otherwise, what is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.claim_evidence import Clause, Evidence
from bot.claim_lexicon import Lexicon
from bot.claim_mentions import Mention, Role
from bot.claim_morphology import is_participle, is_passive, is_verb, key_of, same_word
from bot.claim_quantities import Quantity
from bot.claim_reading import Force, Reading
from retrieval.numbers import DateMention

_NEAR = 5
"""A modifier and its noun stand at most so many words apart in a clause that says the same."""

_SUBJECT = frozenset([Role.DOER, Role.DONE_TO, Role.OWNER, Role.COMPLEMENT])
_PLACING = ("саила", "такаиында")
_TERM_WORDS = ("окилеттик", "мерзим")
_ALONE = frozenset(["төралқа", "хатшылық", "аппарат"])  # organs that one body only has at a time


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
    clause meets the claim only by a pronoun of several readings, in a subordinate place, or under a
    condition that the claim drops. ``met`` counts the parts of the claim that the clause meets.
    """

    clause: Clause
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    met: int
    sure: bool
    aligned: bool
    named: bool = False
    offices: int = 0

    @property
    def supports(self) -> bool:
        return self.sure and self.aligned and not self.differences and not self.missing

    @property
    def contradicts(self) -> bool:
        if len(self.differences) != 1 or self.missing or not self.met:
            return False
        kind = self.differences[0].kind
        if kind is Kind.DENIAL and not self.sure:
            return False
        if kind in (Kind.NUMBER, Kind.DATE) and self.met < 2 and not self.offices:
            return False
        return self.aligned or kind not in (Kind.OFFICE, Kind.DENIAL) or (self.named and kind is Kind.OFFICE)


class Comparer:
    """Compares readings; holds the words."""

    def __init__(self, lexicon: Lexicon, evidence: Evidence) -> None:
        self._lexicon = lexicon
        self._evidence = evidence

    def compare(self, claim: Reading, clause: Clause) -> Comparison:
        return _Work(claim, clause, self._lexicon, self._evidence).done()


class _Work:
    """The state of one comparison."""

    def __init__(self, claim: Reading, clause: Clause, lexicon: Lexicon, evidence: Evidence) -> None:
        self.claim, self.clause, self.there = claim, clause, clause.reading
        self.lexicon, self.evidence = lexicon, evidence
        self.differences: list[Difference] = []
        self.missing: list[str] = []
        self.met = self.offices = 0
        self.sure = True
        self.matches: dict[int, list[int]] = {}
        self.used: set[int] = set()
        self.aligned = True  # the claim's predicate is the clause's predicate
        self.named = False  # the clause only names what the claim states: «енгізуді … қабылдайды»
        self.inner = False  # it is a participle inside a definition: denied or not on its own

    def done(self) -> Comparison:
        self._content()
        self._mentions()
        self._quantities()
        self._dates()
        self._force()
        if not self.missing and all(d.kind is Kind.DENIAL for d in self.differences):
            self._order()
            self._narrowing()
        return Comparison(
            self.clause, tuple(self.differences), tuple(self.missing), self.met, self.sure, self.aligned, self.named, self.offices
        )

    # -- words

    def _content(self) -> None:
        claim, there = self.claim, self.there
        named = {j for mention in there.mentions for j in range(mention.first, mention.after)}
        open_words = [j for j in range(len(there.words)) if j not in named]
        unmatched = []
        for i in claim.content:
            key = claim.words[i].key
            found = [j for j in open_words if self.lexicon.same(key, there.words[j].key)]
            found = self._predicate(i, found) if self._is_last(claim, i) else found
            if found:
                self.matches[i] = found
                self.met += 1
                self.used.update(found)
                if not self._is_last(claim, i) and not any(
                    (i in claim.negated) == (j in there.negated) for j in found
                ):
                    self.sure = False
            else:
                unmatched.append(i)
        for i in self._identity(unmatched):
            self._opposite(i)

    @staticmethod
    def _is_last(reading: Reading, i: int) -> bool:
        return bool(reading.content) and i == reading.content[-1]

    def _predicate(self, i: int, found: list[int]) -> list[int]:
        """Of the words that are the claim's last word, those that can say what the claim says."""
        ending = [j for j in found if self._is_last(self.there, j) or self._governed(j) or self._says(i, j)]
        if ending:
            return ending
        inside = [j for j in found if self._defines(j)]
        voice = is_passive(self.claim.words[i].key)
        inside = [j for j in inside if is_passive(self.there.words[j].key) == voice] or inside
        if inside:
            self.inner = True
            if self.claim.negative not in {j in self.there.negated for j in inside}:
                said = self.there.said(inside[0])
                self.differences.append(Difference(Kind.DENIAL, self.claim.said(i), said))
            return inside
        if found and self._has_opposite(i):
            return []
        self.aligned = not found
        self.named = any(_INFINITIVE.fullmatch(self.there.words[j].key) for j in found)
        return found

    def _says(self, i: int, j: int) -> bool:
        """Words that hold the place of a verb: beside a dash, before a number, or with «жүзеге асырылады»."""
        here, dash = _dash(self.claim), _dash(self.there)
        if here is not None and dash is not None and i >= here:
            turned = j < dash and self.claim.words[here - 1].key.endswith(("сы", "си", "ы", "и"))
            if j >= dash or turned:
                return True
        last = self.claim.words[-1].key
        if i < len(self.claim.words) - 1 and last.startswith("асыр") and self.there.words[-1].key == last:
            return True
        numbers = [min(q.words) for q in self.there.quantities]
        counted = {w for q in self.claim.quantities for w in q.words}
        if len(self.claim.words) - 1 in counted and any(0 < number - j <= 3 for number in numbers):
            return True
        action = any(_INFINITIVE.fullmatch(word.key) for word in self.there.words[j : j + 3])
        return action and self.there.words[-1].key.startswith(("асыр", "журкизил"))

    def _governed(self, j: int) -> bool:
        """«сайлануға, … партияда болуға құқығы жоқ»: one of several that the end of the clause speaks of."""
        infinitive = self.there.words[j].key.endswith(("ука", "уке", "уына", "уине"))
        return infinitive and self.there.force is not Force.PLAIN

    def _defines(self, j: int) -> bool:
        """A participle that tells of its noun what a sentence would."""
        words = self.there.words
        if not is_participle(words[j].key) and not (j in self.there.negated):
            return False
        if _dash(self.there) is not None or words[-1].key == "тапылады":
            return True
        beside = {mention.first for mention in self.there.mentions}
        dated = any(words[j].start - date.end in (0, 1) for date in self.there.dates)
        return dated or j + 1 in beside

    def _opposite(self, i: int) -> None:
        """An unmatched word: does the clause hold another value of its kind in its place?"""
        j = self._opposed(i)
        if j is not None:
            self.differences.append(Difference(Kind.WORD, self.claim.said(i), self.there.said(j)))
            self.used.add(j)
        elif not self._is_topic(i) and not self._is_term(i):
            self.missing.append(self.claim.said(i))

    def _has_opposite(self, i: int) -> bool:
        return self._opposed(i) is not None

    def _opposed(self, i: int) -> int | None:
        values = self.lexicon.contrasts(self.claim.words[i].key)
        for j, word in enumerate(self.there.words):
            for other in self.lexicon.contrasts(word.key):
                rows = [value for value in values if value.row == other.row]
                if rows and all(value.value != other.value for value in rows) and self._same_place(i, j):
                    return j
        return None

    def _is_topic(self, i: int) -> bool:
        """A word of the sentence before, for which a pronoun stands here; the country anywhere in its law."""
        key = self.claim.words[i].key
        if same_word(key, "казакстан"):
            return "Қазақстан" in self.clause.passage.text
        return i <= 1 and any(same_word(key, known) for known in self.clause.topic)

    def _is_term(self, i: int) -> bool:
        """«бес жылға сайланады» for «өкілеттік мерзімі – бес жыл» and the other way round."""
        key = self.claim.words[i].key
        if not any(q.kind == "term" for q in self.claim.quantities) or not any(
            q.kind == "term" for q in self.there.quantities
        ):
            return False
        if key.startswith(_TERM_WORDS):
            return any(word.key.startswith(_PLACING) for word in self.there.words)
        if key.startswith(_PLACING) and any(word.key.startswith(_TERM_WORDS) for word in self.there.words):
            document = self.clause.passage.document
            self.sure &= any(self.evidence.is_done(key, m, document) for m in self.claim.mentions)
            return True
        return False

    def _same_place(self, i: int, j: int) -> bool:
        """Whether word ``j`` stands in the clause where word ``i`` stands in the claim."""
        claim, there = self.claim.words, self.there.words
        if is_verb(claim[i].key) and is_verb(there[j].key):
            return True
        if i + 1 < len(claim) and not claim[i + 1].gap.strip():
            behind = range(j + 1, min(j + _NEAR, len(there)))
            return any(self.lexicon.same(claim[i + 1].key, there[k].key) for k in behind)
        last = max(self.there.content, default=-1)
        return i >= max(self.claim.content, default=-1) and (j >= last - 1 or len(self.matches) >= 3)

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
        after = len(self.there.words) - there
        if not (possessed and met and len(own) <= 1 and len(right) <= 3 and after <= 4):
            return unmatched
        stated = self.there.said(there, len(self.there.words) - 1)
        self.differences.append(Difference(Kind.IDENTITY, self.claim.said(*right), stated))
        self.used.update(range(there, len(self.there.words)))
        self.aligned = True
        return []

    # -- offices

    def _mentions(self) -> None:
        for mention in self.claim.mentions:
            if self._is_counted(mention):
                continue
            same = [other for other in self.there.mentions if mention.same_as(other)]
            part = next((other for other in same if self._one_part(mention, other)), None)
            if part is not None:
                self.met += 1
                self.offices += 1
                if mention.roles & {Role.DOER, Role.DONE_TO}:
                    self.sure &= self._same_owner(mention, part)
                continue
            if any(mention.same_as(other) and _stands_for(mention, other) for other in self.clause.meant):
                self.met += 1
                self.offices += 1
                self.sure &= not self.clause.open
                continue
            if mention.roles & {Role.TO, Role.AT, Role.FROM} and self._holds(mention):
                self.met += 1
                continue
            self._instead(mention, same)

    def _instead(self, mention: Mention, same: list[Mention]) -> None:
        """Nothing meets the mention: does another office do in the clause what the claim says this one does?"""
        other = None if same and Role.OWNER in mention.roles else self._rival(mention)
        claimed = self.claim.said(mention.first, mention.after - 1)
        if other is not None:
            said = self.there.said(other.first, other.after - 1)
            self.differences.append(Difference(Kind.OFFICE, claimed, said))
        elif not (Role.DOER in mention.roles and self._other_deed()):
            self.missing.append(claimed)

    def _is_counted(self, mention: Mention) -> bool:
        """«145 депутат»: the number speaks for its noun."""
        return any(
            q.kind == "count" and max(q.words) in (mention.first, mention.first - 1) and mention.after == mention.first + 1
            for q in self.claim.quantities
        )

    def _holds(self, mention: Mention) -> bool:
        """«Мәжіліске депутат сайлайды» for «Мәжілістің депутатын»; «Құрылтайда … бар» for «Құрылтай … тұрады»."""
        heads = [claimed.chain[-1] for claimed in self.claim.mentions]
        return any(
            other.chain[-2:-1] == mention.chain[-1:] and other.chain[-1] in heads for other in self.there.mentions
        ) or (
            self.claim.words[-1].key == "пар"
            and any(Role.DOER in other.roles and mention.same_as(other) for other in self.there.mentions)
        )

    def _one_part(self, mention: Mention, other: Mention) -> bool:
        """Whether both play the same part."""
        if not mention.roles & other.roles:
            passive = any(is_passive(self.there.words[j].key) for j in self.there.content[-1:])
            return passive and Role.DOER in mention.roles and Role.AT in other.roles
        if mention.roles & other.roles != {Role.OWNER} or not mention.owned or not other.owned:
            return True
        if self.lexicon.same(mention.owned, other.owned):
            return True
        behind = self.there.words[other.after : other.after + 3]
        return any(self.lexicon.same(mention.owned, word.key) for word in behind)

    def _same_owner(self, mention: Mention, other: Mention) -> bool:
        """Both named in full, or as fully: what holds of one court's judges need not hold of all judges."""
        if len(mention.chain) == len(other.chain):
            return True
        if len(mention.chain) > len(other.chain):
            missing = mention.chain[-len(other.chain) - 1]
            return any(near.chain[-1] == missing for near in self.there.mentions)
        return mention.chain[0] in _ALONE

    def _rival(self, mention: Mention) -> Mention | None:
        for other in self.there.mentions:
            if other.same_as(mention) or any(other.same_as(named) for named in self.claim.mentions):
                continue
            shared = mention.roles & other.roles
            if Role.DOER in shared and Role.OWNER not in shared and self._same_deed(mention):
                return other
            owned = mention.owned and other.owned and same_word(mention.owned, other.owned)
            if len(self.claim.mentions) > 1 and (Role.TO in shared or (Role.OWNER in shared and owned)):
                return other
        others = any(Role.DOER in other.roles for other in self.there.mentions)
        return self._other_doer(mention) if Role.DOER in mention.roles and not others else None

    def _other_doer(self, mention: Mention) -> Mention | None:
        """People or a court that do it, where no office does: «азаматтары … сайлайды», «сот қана … асырады»."""
        words = self.there.words
        named = {j for other in self.there.mentions for j in range(other.first, other.after)}
        for j, word in enumerate(words[:-1]):
            if j in named or not self.lexicon.is_doer(word.key):
                continue
            if _BARE.fullmatch(word.key) and not _POSSESSED.fullmatch(words[j + 1].key) and self._same_deed(mention):
                return Mention((word.key,), j, j + 1, frozenset([Role.DOER]))
        return None

    def _same_deed(self, mention: Mention) -> bool:
        """Something besides the doer is named and met: the thing it is done to, or words of the matter."""
        others = [m for m in self.claim.mentions if m is not mention]
        met = any(self._one_part(m, other) for m in others for other in self.there.mentions if m.same_as(other))
        return met or len(self.matches) >= 2

    def _other_deed(self) -> bool:
        """The clause has another verb of one row («сайланады» for «тағайындайды»): its doer is not asked for."""
        return any(d.kind is Kind.WORD and is_verb(key_of(d.claimed)) for d in self.differences)

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
        claimed = self.claim.text[quantity.start : quantity.end]
        if quantity.value == other.value and not (quantity.relation and other.relation):
            self.missing.append(claimed)  # «бір рет» for «кемінде бір рет»: not the same, not against it
            return
        self.differences.append(Difference(Kind.NUMBER, claimed, self.there.text[other.start : other.end]))
        self.used.update(other.words)

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
            if any(_within(date, other) for other in self.there.dates):
                self.met += 1
            elif self.there.dates and not any(_within(other, date) for other in self.there.dates):
                other = self.there.dates[0]
                self.differences.append(Difference(Kind.DATE, said, self.there.text[other.start : other.end]))
            else:
                self.missing.append(said)

    # -- the whole

    def _force(self) -> None:
        claim, there = self.claim, self.there
        if self.inner or not self.aligned:
            self.sure &= claim.force is Force.PLAIN
            return
        denied, denied_there = _denied(claim), _denied(there)
        if denied != denied_there:
            if any(d.kind is Kind.NUMBER for d in self.differences):
                return  # «екі рет сайлана алады» for «бір реттен артық сайлана алмайды»: the number says it
            self.differences.append(Difference(Kind.DENIAL, _ending(claim), _ending(there)))
        elif claim.force is Force.MUST and any(word.key == "ушин" for word in claim.words):
            self.sure &= there.force is not Force.PLAIN  # «болу үшін … керек» for «толған … бола алады»
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
            first = one == content[0] and self.there.content and self.there.content[0] in self.matches[one]
            near = any(0 < b - a <= _NEAR for a in self.matches[one] for b in self.matches[two])
            self.sure &= near or first

    def _narrowing(self) -> None:
        """A permission or a ban holds only with its conditions."""
        if self.there.force is not Force.MAY and not self.there.negative:
            return
        lead = max((j for j, word in enumerate(self.there.words) if ":" in word.gap), default=0)
        counted = {i for quantity in self.there.quantities for i in quantity.words}
        for j, word in enumerate(self.there.words):
            if j >= lead and self.lexicon.is_narrowing(word.key) and j not in self.used | counted:
                self.sure = False


_BARE = re.compile("..+?(?:т|к|[тдл][ае]р|[тдл][ае]р[ыи])")
_POSSESSED = re.compile("..+(?:[ыи]н|[ыи]на|[ыи]не|[ыи]нын|[ыи]нин)")
_INFINITIVE = re.compile("..+у(?:ды|ди|ын|ин|ы|и)?")
_INFLECTED = re.compile(
    ".*(?:лар|лер|дар|дер|тар|тер|[кдтн][ае]|[дтн][ае]н|[ыи]н|[мп]ен|(?:лар|лер|дар|дер|тар|тер)[ыи].*)"
)


def _stands_for(mention: Mention, meant: Mention) -> bool:
    """Whether an office named before may be what the claim names: a title only for what a law is about."""
    if Role.ABOUT in meant.roles:
        return Role.ABOUT in mention.roles
    return bool(mention.roles & _SUBJECT)


def _dash(reading: Reading) -> int | None:
    """The first word behind a dash between words."""
    return next(
        (i for i, word in enumerate(reading.words) if i and word.gap.strip(' ”»"') in ("–", "—", "-") and " " in word.gap),
        None,
    )


def _denied(reading: Reading) -> bool:
    """Whether the clause denies; «екі реттен артық … алмайды» is a bound, not a denial."""
    bounded = any(quantity.relation == ">" for quantity in reading.quantities)
    return reading.negative and not bounded


def _within(date: DateMention, other: DateMention) -> bool:
    """Whether ``other`` says all that ``date`` says."""
    return date.year == other.year and date.month in (None, other.month) and date.day in (None, other.day)


def _ending(reading: Reading) -> str:
    """The last words of a clause, where its verb stands."""
    return reading.said(max(len(reading.words) - 2, 0), len(reading.words) - 1)
